"""What a log with the whole story says at the stop, counted from its events and its read models."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import func, select

from events.envelope import Event
from service.catalog import COMMITMENT_PREFIX, recorded
from service.demo.story import WIB
from service.read_models.commitments import commitment_table
from service.read_models.inbox import inbox_table
from service.read_models.obligations import obligation_table
from service.runtime import Runtime
from workflows.commitment import Commitment, Recorded, replay
from workflows.facts import CommitmentFact


class Counted:
    """One played log, read once."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Every event, in order."""
        return tuple(self._pages())

    @cached_property
    def commitments(self) -> dict[str, tuple[list[Recorded], Commitment]]:
        """Every commitment's facts and their fold, by reference."""
        streams: dict[str, list[Recorded]] = {}
        for event in self.events:
            if event.stream.startswith(COMMITMENT_PREFIX):
                streams.setdefault(event.stream, []).append(recorded(event))
        folded = ((events, replay(events)) for events in streams.values())
        return {state.drafted.reference: (events, state) for events, state in folded if state is not None}

    def told(self, *kinds: type[CommitmentFact]) -> list[tuple[Commitment, Recorded]]:
        """Every fact of these kinds with its commitment as it is at the end."""
        return [
            (state, event)
            for events, state in self.commitments.values()
            for event in events
            if isinstance(event.fact, kinds)
        ]

    def states(self) -> dict[str, int]:
        """How many commitments the read model has in each state."""
        query = select(commitment_table.c.state, func.count()).group_by(commitment_table.c.state)
        with self.runtime.engine.connect() as connection:
            return {str(row[0]): int(row[1]) for row in connection.execute(query)}

    def signed_parties(self) -> dict[str, set[bool]]:
        """Whether each party's commitments are signed."""
        query = select(commitment_table.c.party, commitment_table.c.signed)
        found: dict[str, set[bool]] = {}
        with self.runtime.engine.connect() as connection:
            for party, signed in connection.execute(query):
                found.setdefault(party, set()).add(signed)
        return found

    def waiting(self, move: str) -> Counter[str]:
        """Where the open requests of a move wait."""
        query = select(commitment_table.c.open_office).where(commitment_table.c.open_move == move)
        with self.runtime.engine.connect() as connection:
            return Counter(connection.execute(query).scalars())

    def roles_with_something_in_the_inbox(self) -> set[str]:
        """The roles of the offices for which anything waits."""
        with self.runtime.engine.connect() as connection:
            offices = connection.execute(select(inbox_table.c.office).distinct()).scalars().all()
        directory = self.runtime.basis(fresh=True).directory
        return {directory.offices[office].role for office in offices}

    def obligations(self, *parties: str) -> list[dict[str, object]]:
        """What was ever owed for these parties' commitments."""
        query = (
            select(obligation_table)
            .join(commitment_table, commitment_table.c.commitment == obligation_table.c.commitment)
            .where(commitment_table.c.party.in_(parties))
        )
        with self.runtime.engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def _pages(self) -> Iterator[Event]:
        after = 0
        while page := self.runtime.store.read_all(after=after):
            yield from page
            after = page[-1].position


def local_day(moment: datetime) -> date:
    """The day that a wall calendar in West Kalimantan shows then."""
    return moment.astimezone(WIB).date()
