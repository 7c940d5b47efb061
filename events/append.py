"""The one handle that writes to the log."""

import sqlite3

import psycopg
from sqlalchemy import Engine

from events.append_postgresql import PostgresAppend
from events.append_sqlite import SqliteAppend
from events.clock import clock_of
from events.envelope import Append, Receipt, build_leaves
from events.errors import OutcomeUnknown, Unavailable


class Appender:
    """Appends events, each call a transaction of its own that joins nobody's. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._clock = clock_of(engine)
        self._engine = engine
        self._writer: PostgresAppend | SqliteAppend | None = None

    def append(self, append: Append) -> Receipt:
        """Record events at the next positions, if all that they rest on still stands; durable when it returns.

        The operation key is looked up before every other condition: a repeat gets the first answer again.
        raises   Refused (WrongVersion, KeyReused, BasisMoved, GivenMoved, ClockRefused, BodyTooLarge, NotCanonical),
                 Unavailable: nothing was written; OutcomeUnknown: repeat with the same key; LogMissing
        """
        leaves = build_leaves(append, self._clock.identity.log_id)
        writer = self._write_with()
        try:
            return writer.write(append, leaves)
        except (sqlite3.OperationalError, psycopg.Error):
            # An error doesn't mean that nothing happened: only the operation key can tell.
            writer.forget()
        try:
            return writer.write(append, leaves)
        except (sqlite3.OperationalError, psycopg.Error, Unavailable) as error:
            writer.forget()
            raise OutcomeUnknown(append.operation) from error

    def close(self) -> None:
        """Close the connections that threads kept; only once no thread appends."""
        if self._writer is not None:
            self._writer.close()

    def _write_with(self) -> PostgresAppend | SqliteAppend:
        if self._writer is None:
            if self._engine.dialect.name == "sqlite":
                self._writer = SqliteAppend(self._engine, is_demo=self._clock.is_demo)
            else:
                self._writer = PostgresAppend(self._engine, self._clock)
        return self._writer
