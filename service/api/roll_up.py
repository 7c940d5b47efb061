"""Endpoint: figures rolled up by what commitments hang under."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from events.engine import answering
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.naming import known_programme
from service.api.parsing import invalid
from service.api.schemas import roll_up as schemas
from service.api.shown import Shown, is_sample
from service.problems import ProblemError
from service.read_models.parent_queries import Parent, hidden_in, roll_up_parents
from workflows.definition import Definition

endpoints = Endpoints("roll-up", "Figures by what commitments hang under: computed, never typed in.")


@endpoints.get("/programmes/<string:programme>/roll-up", schemas.RollUp, query=schemas.RollUpQuery, reads_models=True)
def read_roll_up(door: Door, query: Mapping[str, Any], programme: str) -> Reply:
    """Roll a programme up by the parents of its commitments

    Of those that the office sees. A workflow without parents has none.
    """
    known_programme(door, programme)
    opened = door.basis.programmes[programme]
    definition = door.basis.definition(opened.definition, opened.definition_version)
    levels = definition.parents_down_to(query["level"])
    if levels is None:
        known = ", ".join(definition.parents) or "-"
        raise ProblemError(invalid({"level": [f"unknown: {query['level']}, expected one of {known}"]}))
    found: list[Parent] = []
    if levels:
        hidden = hidden_in(door.basis.versions(opened.definition), levels, door.role)
        with answering(), door.runtime.engine.connect() as connection:
            found = roll_up_parents(connection, door.scope, programme, levels, hidden=hidden)
    own = definition.fields.commitment
    body = {
        "programme": programme,
        "levels": [{"name": name, "label": own[name].label} for name in definition.parents],
        "parents": [_shown(door, definition, one) for one in found],
        "sample": is_sample(door.basis, programme),
    }
    return Reply(body)


def _shown(door: Door, definition: Definition, parent: Parent) -> Shown:
    claimed, checked, verified = parent.mean_permille
    return {
        "path": parent.path,
        "commitments": parent.commitments,
        "states": [_state(door, definition, *one) for one in parent.states.items()],
        "items": parent.items,
        "items_complete": parent.items_complete,
        "claimed_permille": claimed,
        "checked_permille": checked,
        "verified_permille": verified,
        "money": None if definition.ledger is None else _money(parent),
    }


def _state(door: Door, definition: Definition, state: tuple[str, int], count: int) -> Shown:
    name, version = state
    named = door.basis.definition(definition.name, version).states[name]
    return {"state": name, "label": named.label, "meaning": named.meaning, "commitments": count}


def _money(parent: Parent) -> Shown:
    established, paid, proven = parent.money_idr
    return {
        "established_idr": established,
        "paid_idr": paid,
        "proven_idr": proven,
        "remaining_idr": established - proven,
    }
