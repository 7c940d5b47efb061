"""What waits for a second person, for the doors that show it: proposed workflow texts and migrations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import unified_diff

from sqlalchemy import select

from events.engine import answering
from service import reading
from service.basis import Basis
from service.catalog import definition_stream, programme_stream
from service.errors import NotFound
from service.migrating import targets
from service.read_models.commitments import commitment_table
from service.read_models.scope import Scope, sees
from service.runtime import Runtime
from workflows.commands import ConfirmDefinition, ConfirmMigration, DeclineDefinition, DeclineMigration
from workflows.context import Acting
from workflows.facts import DefinitionProposed
from workflows.migrating import Foreseen, foresee
from workflows.proposals import Migration, Proposal
from workflows.second_person import may_install

Answer = ConfirmDefinition | DeclineDefinition | ConfirmMigration | DeclineMigration


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a migration did to a commitment, or would do. status: moved | there | goes | stays"""

    found: Foreseen
    status: str


def proposal_of(basis: Basis, name: str) -> Proposal:
    """A proposed text; raises NotFound."""
    known = basis.installed.proposals.get(name)
    if known is None:
        raise NotFound("proposal", name)
    return known


def migration_of(basis: Basis, name: str) -> Migration:
    """A proposed migration; raises NotFound."""
    known = basis.installed.migrations.get(name)
    if known is None:
        raise NotFound("migration", name)
    return known


def stream_of(basis: Basis, answer: Answer) -> str:
    """The stream that an answer to a proposal writes; raises NotFound."""
    if isinstance(answer, ConfirmDefinition | DeclineDefinition):
        return definition_stream(proposal_of(basis, answer.proposal).proposed.definition)
    return programme_stream(migration_of(basis, answer.migration).proposed.programme)


def programme_with(basis: Basis, definition: str) -> str | None:
    """A programme of that workflow, whose names for roles a refusal may use."""
    return next((one.programme for one in basis.programmes.values() if one.definition == definition), None)


def difference(basis: Basis, proposed: DefinitionProposed) -> tuple[str, ...]:
    """The lines that a proposed text changes, against the version before it, in the form of a unified diff."""
    before = basis.installed.definition(proposed.definition, proposed.version - 1)
    old = [] if before is None else before.text.splitlines()
    names = (f"{proposed.definition} v{proposed.version - 1}", f"{proposed.definition} v{proposed.version}")
    return tuple(unified_diff(old, proposed.text.splitlines(), *names, lineterm=""))


def may_answer(basis: Basis, definition: str, *, by: Acting, now: datetime) -> bool:
    """Whether somebody may propose and confirm for a workflow, and so see all that it concerns."""
    return not may_install(basis.installed, definition, by=by, directory=basis.directory, now=now)


def outlooks(
    runtime: Runtime,
    basis: Basis,
    migration: Migration,
    *,
    by: Acting,
    now: datetime,
    programmes: frozenset[str] = reading.ALL,
    after: str = "",
    limit: int,
) -> tuple[list[Outlook], bool]:
    """What a migration did or would do, a page of commitments behind `after`, and whether more follow.

    Who may not answer such proposals learns of those commitments alone that the office sees; no other one is read.
    programmes  the only ones that are shown, unless it is empty
    """
    order = migration.proposed
    sees_all = may_answer(basis, order.definition, by=by, now=now)
    scope = reading.scope(basis, by.authority, now, programmes=programmes)
    ids = targets(runtime, order) if sees_all else _seen(runtime, scope, targets(runtime, order), order.programme)
    begin = ids.index(after) + 1 if after in ids else 0
    found: list[Outlook] = []
    for commitment in ids[begin:]:
        state = runtime.commitment(commitment, fresh=True).state
        if state is None or not (sees_all or reading.may_see(basis, by.authority, state, now, programmes=programmes)):
            continue
        if len(found) == limit:
            return found, True
        context = basis.context(order.programme, state.definition_version, by=by, now=now)
        found.append(_outlook(migration, foresee(state, order, context)))
    return found, False


def _seen(runtime: Runtime, scope: Scope, ids: Sequence[str], programme: str) -> list[str]:
    table = commitment_table.c
    query = select(table.commitment).where(sees(scope), table.programme == programme)
    with answering(), runtime.engine.connect() as connection:
        seen = frozenset(connection.execute(query).scalars())
    return [one for one in ids if one in seen]


def _outlook(migration: Migration, found: Foreseen) -> Outlook:
    mine = any(one.fact.migration == migration.proposed.migration for one in found.commitment.migrated)
    if mine:
        return Outlook(found, "moved")
    if found.is_done:
        return Outlook(found, "there")
    is_over = migration.status in ("ended", "declined")
    return Outlook(found, "stays" if found.blockers or is_over else "goes")
