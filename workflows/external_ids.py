"""How other systems call a commitment or an item of its plan. That an id means one thing is the door's to see to."""

from __future__ import annotations

from workflows import facts
from workflows.commands import GiveExternalId
from workflows.commitment import Commitment
from workflows.context import Context
from workflows.elsewhere import id_blockers
from workflows.errors import Blocker
from workflows.facts import CommitmentFact
from workflows.rules import (
    NONE,
    Blockers,
    access,
    role_acts,
)

MAY_GIVE = ("import", "draft", "edit_draft")


def give_blockers(commitment: Commitment, command: GiveExternalId, context: Context) -> Blockers:
    """Why the commitment, or its item, can't be called so."""
    denied = access(commitment, context)
    if denied:
        return denied
    item = command.item
    unknown = item is not None and commitment.item(item) is None
    missing = (Blocker("item_unknown", {"item": str(item), "known": _numbers(commitment)}),) if unknown else NONE
    return (*role_gives(commitment, context), *id_blockers(command.system, command.external_id), *missing)


def give_external_id(commitment: Commitment, command: GiveExternalId, context: Context) -> tuple[CommitmentFact, ...]:
    """It is called so from now on; nothing where it was already. Nothing stands in the way."""
    if is_called(commitment, command.system, command.external_id, command.item):
        return ()
    return (facts.ExternalIdGiven(command.system, command.external_id, command.item),)


def is_called(commitment: Commitment | None, system: str, external_id: str, item: int | None) -> bool:
    """Whether the commitment, or that item of it, has this id."""
    given = facts.ExternalIdGiven(system, external_id, item)
    return commitment is not None and given in commitment.external_ids


def role_gives(commitment: Commitment, context: Context) -> Blockers:
    return role_acts("give_external_id", commitment, context, granted_by=MAY_GIVE)


def _numbers(commitment: Commitment) -> str:
    return ", ".join(str(item.number) for item in commitment.items) or "-"
