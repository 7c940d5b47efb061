"""What pages and the API read, each against a look-up of one row by its primary key in the same database.

python -m bench.reading                       plays the demo's story first (about a minute)
python -m bench.reading --data var            on a copy of what a data directory holds
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from bench import played
from bench.measure import Result, alternate, options, repeated, report
from service import reading
from service.basis import Basis
from service.catalog import COMMITMENT_PREFIX
from service.read_models.commitment_queries import Past, list_commitments
from service.read_models.commitments import commitment_table
from service.read_models.inbox_queries import Desk, count_inbox, list_inbox
from service.read_models.matrix import read_matrix, read_past_matrix
from service.read_models.scope import Scope
from service.runtime import Runtime

OFFICE = "61.biro-organisasi"
CALLS = 40


@dataclass(frozen=True, slots=True)
class Reader:
    """One office that reads: what it sees, on a log that doesn't move."""

    runtime: Runtime
    basis: Basis
    now: datetime
    commitment: str

    def connected(self, ask: Callable[[Connection], object]) -> Callable[[], object]:
        """The question on a connection of its own, as a request asks it."""

        def call() -> object:
            with self.runtime.engine.connect() as connection:
                return ask(connection)

        return call

    def one_row(self, connection: Connection) -> object:
        """The floor."""
        query = select(commitment_table).where(commitment_table.c.commitment == self.commitment)
        return connection.execute(query).one()

    def inbox(self, connection: Connection) -> object:
        """The first 50 that wait, and how many there are."""
        return list_inbox(connection, [Desk(OFFICE)], limit=51), count_inbox(connection, [Desk(OFFICE)])

    def listed(self, connection: Connection) -> object:
        """The first 50 commitments."""
        return list_commitments(connection, self.scope(), limit=51)

    def matrix(self, connection: Connection) -> object:
        """Parties against subjects, now."""
        return read_matrix(connection, self.scope(), rows="party", cols="subject", now=self.now)

    def matrix_of(self, past: Past) -> Callable[[Connection], object]:
        """The same, of a past."""
        return lambda connection: read_past_matrix(connection, self.scope(), past, rows="party", cols="subject")

    def scope(self) -> Scope:
        """What the office sees, as every list asks it anew."""
        return reading.scope(self.basis, OFFICE, self.now)

    def page(self) -> object:
        """A commitment whose fold this process has: is it still the head, and may the office see it."""
        return reading.visible(self.runtime, self.basis, OFFICE, commitment=self.commitment, now=self.now)

    def story(self) -> object:
        """Its whole history, read and decoded from the log."""
        return self.runtime.history(self.commitment)


def main() -> None:
    """Measure the lists, the matrix on each time axis, and a commitment's page."""
    parser = options(__doc__ or "", rounds=7)
    played.add_options(parser)
    arguments = parser.parse_args()
    with played.played(arguments) as runtime:
        reader = _reader(runtime)
        results = _results(reader, arguments.rounds)
        facts = len(runtime.history(reader.commitment))
    note = f"read by {OFFICE}; the commitment's page is that of the longest history, {facts} facts"
    report(results, as_json=arguments.as_json, notes=(note,))


def _results(reader: Reader, rounds: int) -> list[Result]:
    head = reader.runtime.store.log_head()
    assert head is not None
    half = head.position // 2
    event = reader.runtime.store.event_at(half)
    assert event is not None
    known, true = Past(position=half), Past(true_on=event.known_at)
    both = Past(position=half, true_on=event.known_at)
    measured: tuple[tuple[str, Callable[[], object]], ...] = (
        ("inbox: first 50 and the total", reader.connected(reader.inbox)),
        ("list: first 50 commitments", reader.connected(reader.listed)),
        ("matrix, now", reader.connected(reader.matrix)),
        ("matrix, as known at half the log", reader.connected(reader.matrix_of(known))),
        ("matrix, as true on a day", reader.connected(reader.matrix_of(true))),
        ("matrix, both axes at once", reader.connected(reader.matrix_of(both))),
        ("what an office sees (in list and matrix too)", reader.scope),
        ("commitment, its fold in memory", reader.page),
        ("commitment's whole story from the log", reader.story),
    )
    floor = repeated(reader.connected(reader.one_row), CALLS * 5)
    return [
        alternate(what, repeated(call, CALLS), floor_name="read one row by its key", floor=floor, rounds=rounds)
        for what, call in measured
    ]


def _reader(runtime: Runtime) -> Reader:
    streams = runtime.store.streams(COMMITMENT_PREFIX, limit=10_000)
    longest = max(streams, key=lambda stream: runtime.store.stream_head(stream).version)
    return Reader(runtime, runtime.basis(fresh=True), runtime.now(), longest.removeprefix(COMMITMENT_PREFIX))


if __name__ == "__main__":
    main()
