"""What two logs say, less what every run makes anew: generated ids, persons, positions, hashes, and the clock's times.

An id becomes the reference that it stands for, a person the mail address, a position or a time that was read from the
clock the version of the event that has it. What is left must be equal, whatever died meanwhile.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from sqlalchemy import select

from events.envelope import Event
from service.catalog import COMMITMENT_PREFIX, decode
from service.identity.tables import person
from service.notifications.tables import delivery, notice
from service.read_models.projection import MODELS
from service.references import reference_table
from service.runtime import Runtime
from workflows.facts import valid_at

Told: TypeAlias = Mapping[str, object]
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class _Names:
    """What generated ids and persons are called in every run."""

    names: Mapping[str, str]

    def plain(self, value: object) -> object:
        """The value with every generated id in it by name; raises KeyError for one that nothing explains."""
        if isinstance(value, str):
            return _UUID.sub(lambda found: self.names[found.group()], value)
        if isinstance(value, list):
            return [self.plain(one) for one in value]
        if isinstance(value, dict):
            return {self.plain(key): self.plain(one) for key, one in value.items()}
        return value


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a stream's positions and clock times stand in it: the version of the first event that has them."""

    positions: dict[int, str]
    times: dict[datetime, str]

    def plain(self, column: str, value: object) -> object:
        """A position or a time of the clock as a version; all else as it is, dates and other times as text."""
        if isinstance(value, datetime):
            return self.times.get(value, value.isoformat())
        if isinstance(value, int) and column.endswith("position"):
            return self.positions[value]
        return value.isoformat() if isinstance(value, date) else value


def events_of(runtime: Runtime) -> dict[str, list[Told]]:
    """Every stream's events in version order, by the stream's name."""
    names = _names(runtime)
    found: dict[str, list[Told]] = {}
    for event in _all(runtime):
        found.setdefault(str(names.plain(event.stream)), []).append(_event(event, names))
    return found


def views_of(runtime: Runtime) -> dict[str, set[str]]:
    """Every read model's rows, each as one text, by table."""
    names, places = _names(runtime), _places(runtime)
    found: dict[str, set[str]] = {}
    with runtime.engine.connect() as connection:
        for table in (table for model in MODELS for table in model.tables):
            rows = [_row(dict(row), names, places) for row in connection.execute(select(table)).mappings()]
            found[table.name] = set(rows)
            assert len(found[table.name]) == len(rows), f"{table.name} holds a row twice"
    return found


def notices_of(runtime: Runtime) -> list[tuple[object, ...]]:
    """Who was told of which event of which commitment, and how, in a fixed order."""
    names = _names(runtime)
    told = notice.c
    columns = (told.commitment, told.version, told.office, told.person, told.fact, told.why, told.urgency, told.action)
    query = select(*columns, told.language, told.subject, told.path)
    with runtime.engine.connect() as connection:
        return sorted((tuple(names.plain(one) for one in row) for row in connection.execute(query)), key=repr)


def deliveries_of(runtime: Runtime) -> list[tuple[object, ...]]:
    """Every delivery: of which notice, to whom, by which channel, and what came of it."""
    names = _names(runtime)
    query = (
        select(notice.c.commitment, notice.c.version, notice.c.office, delivery.c.address, delivery.c.channel)
        .add_columns(delivery.c.status)
        .join_from(delivery, notice, delivery.c.notice == notice.c.id)
    )
    with runtime.engine.connect() as connection:
        return sorted((tuple(names.plain(one) for one in row) for row in connection.execute(query)), key=repr)


def _all(runtime: Runtime) -> Iterator[Event]:
    after = 0
    while page := runtime.store.read_all(after=after):
        yield from page
        after = page[-1].position


def _event(event: Event, names: _Names) -> Told:
    body = event.attributes
    own_time = valid_at(decode(event))
    return {
        "version": event.version,
        "type": event.type,
        "schema_version": event.schema_version,
        "basis": event.basis,
        "operation": names.plain(event.operation),
        "request_hash": event.request_hash.hex() if event.request_hash else None,
        "valid_at": own_time.isoformat() if own_time else "as recorded",
        "is_valid_as_recorded": event.valid_at == (own_time or event.recorded_at),
        "office": body["office"],
        "person": names.plain(body["person"]),
        "capacity": body["capacity"],
        "onbehalfof": body["onbehalfof"],
        "signed in by": str(body["signin"]).partition(":")[0],
        "cause": names.plain(body["cause"]),
        "data": names.plain(body["data"]),
    }


def _row(row: dict[str, object], names: _Names, places: Mapping[str, _Places]) -> str:
    mine = places[str(row["commitment"])]
    plain = {column: names.plain(mine.plain(column, value)) for column, value in row.items()}
    return json.dumps(plain, sort_keys=True)


def _names(runtime: Runtime) -> _Names:
    with runtime.engine.connect() as connection:
        references = connection.execute(select(reference_table.c.commitment, reference_table.c.reference)).all()
        persons = connection.execute(select(person.c.id, person.c.email)).all()
    return _Names({str(name): str(plain) for name, plain in (*references, *persons)})


def _places(runtime: Runtime) -> dict[str, _Places]:
    found: dict[str, _Places] = {}
    for event in _all(runtime):
        if event.stream.startswith(COMMITMENT_PREFIX):
            mine = found.setdefault(event.stream.removeprefix(COMMITMENT_PREFIX), _Places({}, {}))
            mine.positions[event.position] = f"v{event.version}"
            mine.times.setdefault(event.recorded_at, f"v{event.version}")
    return found
