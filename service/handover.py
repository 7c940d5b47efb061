"""What an office hands over when its holder changes: what is open, since when, and who held it when it fell due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from events.engine import answering
from service import identity, reading
from service.basis import Basis
from service.errors import NotFound
from service.identity import Principal
from service.read_models.inbox_queries import Waiting, list_asked, list_open
from service.runtime import Runtime
from workflows.delegations import IN_FORCE, NOT_BEGUN
from workflows.facts import DelegationGiven, HolderAppointed, HolderProposed

MOST = 500


@dataclass(frozen=True, slots=True)
class Open:
    """One thing that is open. late: its due day is over; held_by: whose it is: who held the office when it fell due"""

    waiting: Waiting
    late: bool
    held_by: tuple[HolderAppointed, ...]


@dataclass(frozen=True, slots=True)
class Handover:
    """An office's open matters on a day, for who leaves it and who comes.

    appointments  of the office, the latest first; proposals: those that wait for a second person
    open, asked   what waits for the office, and what it asked for and waits for others; MOST of each
    given, received  delegations that are or will be in force
    """

    office: str
    on: date
    appointments: tuple[HolderAppointed, ...]
    proposals: tuple[HolderProposed, ...]
    open: tuple[Open, ...]
    asked: tuple[Open, ...]
    given: tuple[DelegationGiven, ...]
    received: tuple[DelegationGiven, ...]

    @property
    def late(self) -> int:
        """How many open matters are late."""
        return sum(one.late for one in self.open)


def handover_of(runtime: Runtime, basis: Basis, principal: Principal, office: str, now: datetime) -> Handover:
    """An office's handover, for itself or for who stands above it, who sees of it what their scope opens.

    raises  NotFound
    """
    directory = basis.directory
    if not may_read(basis, principal.authority, office):
        raise NotFound("office", office)
    scope = None
    if principal.authority != office or principal.programmes:
        scope = reading.scope(basis, principal.authority, now, programmes=principal.programmes)
    with answering(), runtime.engine.connect() as connection:
        waiting = list_open(connection, office, scope=scope, limit=MOST)
        asked = list_asked(connection, office, scope=scope, limit=MOST)
    moment = identity.moment_of(directory, office, now)
    standing = (IN_FORCE, NOT_BEGUN)
    known = basis.delegations
    return Handover(
        office=office,
        on=moment.on,
        appointments=_appointments(basis, office),
        proposals=tuple(one for one in directory.proposals.values() if one.office == office),
        open=_opened(basis, waiting, moment.on, now),
        asked=_opened(basis, asked, moment.on, now),
        given=tuple(one for one in known.given_of(office) if known.standing(one.delegation, moment) in standing),
        received=tuple(one for one in known.received_by(office) if known.standing(one.delegation, moment) in standing),
    )


def may_read(basis: Basis, reader: str, office: str) -> bool:
    """Whether an office may read another's handover: it is that one, or its organisation lies above."""
    mine, theirs = basis.directory.office(reader), basis.directory.office(office)
    if mine is None or theirs is None:
        return False
    above = mine.scope == "organisation" and mine.organisation in basis.directory.path(theirs.organisation)
    return reader == office or above


def _appointments(basis: Basis, office: str) -> tuple[HolderAppointed, ...]:
    found = [basis.directory.appointments[one] for one in basis.directory.of_office.get(office, ())]
    return tuple(sorted(found, key=lambda one: one.starts_on, reverse=True))


def _opened(basis: Basis, rows: Sequence[Waiting], today: date, now: datetime) -> tuple[Open, ...]:
    return tuple(
        Open(
            waiting=one,
            late=one.due_at is not None and one.due_at <= now,
            held_by=basis.directory.holders(one.office, today if one.due_on is None else min(one.due_on, today)),
        )
        for one in rows
    )
