"""Taking commitments over to another version of their workflow: it may be broken off and begun again at any point."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from events.engine import answering
from service.basis import Basis
from service.catalog import commitment_stream, decode, programme_stream
from service.dispatch import Ask, Caller, dispatch
from service.read_models.commitments import commitment_table
from service.reading import complete_to
from service.runtime import Runtime
from workflows.commands import EndMigration, MigrateDefinition, ProposeMigration
from workflows.context import Acting
from workflows.errors import Refused
from workflows.facts import NAMES, CommitmentDrafted, Hand, MigrationProposed
from workflows.installing import order_of
from workflows.migrating import Foreseen, foresee

DRY_RUN = "-"
"""Stands for the letter and the reason of a migration that nobody ordered yet."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One commitment of a migration that is carried out. moved: it went over by it, now or before"""

    commitment: str
    moved: bool


def targets(runtime: Runtime, order: MigrationProposed) -> list[str]:
    """The commitments that a migration names, in the order of `commitments_of`."""
    found = commitments_of(runtime, order.programme)
    return [one for one in found if order.commitments is None or one in order.commitments]


def commitments_of(runtime: Runtime, programme: str, parties: Collection[str] = ()) -> list[str]:
    """A programme's commitments: by reference, then those that the read models don't know yet.

    parties  whose; none named: everybody's
    """
    table = commitment_table.c
    query = select(table.commitment).where(table.programme == programme).order_by(table.reference)
    if parties:
        query = query.where(table.party.in_(parties))
    with answering(), runtime.engine.connect() as connection:
        # In this order: what a projection takes up between the two is then found twice rather than not at all.
        reached, known = complete_to(connection), list(connection.execute(query).scalars())
    drafted = _drafted_since(runtime, reached, programme)
    since = (one.commitment for one in drafted if not parties or one.party in parties)
    return list(dict.fromkeys((*known, *since)))


def unknown_targets(runtime: Runtime, order: MigrationProposed) -> tuple[str, ...]:
    """The ids that an order names and the programme doesn't have."""
    known = frozenset(targets(runtime, order))
    return tuple(one for one in order.commitments or () if one not in known)


def rehearsed(basis: Basis, command: ProposeMigration, *, by: Acting, now: datetime) -> MigrationProposed:
    """The order that a command would state; nothing is written. Raises Refused, but for want of letter and reason."""
    filled = ProposeMigration(
        programme=command.programme,
        to_version=command.to_version,
        states=command.states,
        commitments=command.commitments,
        undoes=command.undoes,
        letter=command.letter or DRY_RUN,
        text=command.text or DRY_RUN,
    )
    return order_of(basis.installed, filled, by=by, directory=basis.directory, now=now)


def foreseen(
    runtime: Runtime, basis: Basis, order: MigrationProposed, *, by: Acting, now: datetime
) -> Iterator[Foreseen]:
    """What the order would do to each commitment that it names, now; nothing is written."""
    for commitment in targets(runtime, order):
        state = runtime.commitment(commitment, fresh=True).state
        if state is not None:
            context = basis.context(order.programme, state.definition_version, by=by, now=now)
            yield foresee(state, order, context)


def confirmed(basis: Basis) -> str | None:
    """The oldest migration that was confirmed and isn't carried out yet."""
    return next((name for name, one in basis.installed.migrations.items() if one.status == "confirmed"), None)


def carrying_out(runtime: Runtime, migration: str) -> Iterator[Tried]:
    """Take over each commitment of a confirmed migration that can go, in its confirmer's name; then state the end.

    Each is an operation of its own: after a break-off it goes on where it stopped, and two at once do no harm.
    raises  service.errors.Unavailable
    """
    known = runtime.basis(fresh=True).installed.migrations[migration]
    assert known.by is not None, "asked only for a confirmed one"
    caller = _caller(known.by, migration)
    tried = [0, 0]
    for commitment in targets(runtime, known.proposed):
        moved = _moved(runtime, migration, commitment, caller)
        tried[moved] += 1
        yield Tried(commitment, moved)
    left, gone = tried
    end = EndMigration(migration, gone, left)
    stream = programme_stream(known.proposed.programme)
    dispatch(runtime, Ask(end, stream, caller, f"migration:{migration}:end", {"migration": migration}))


def _drafted_since(runtime: Runtime, position: int, programme: str) -> Iterator[CommitmentDrafted]:
    while page := runtime.store.read_all(position):
        position = page[-1].position
        for event in page:
            fact = decode(event) if event.type == NAMES[CommitmentDrafted] else None
            if isinstance(fact, CommitmentDrafted) and fact.programme == programme:
                yield fact


def _moved(runtime: Runtime, migration: str, commitment: str, caller: Caller) -> bool:
    ask = Ask(
        command=MigrateDefinition(migration),
        stream=commitment_stream(commitment),
        caller=caller,
        operation=f"migration:{migration}:{commitment}",
        request={"migration": migration, "commitment": commitment},
    )
    try:
        return dispatch(runtime, ask).position > 0
    except Refused:
        return False


def _caller(by: Hand, migration: str) -> Caller:
    return Caller(Acting(by.office, by.person, by.capacity), f"migration:{migration}")
