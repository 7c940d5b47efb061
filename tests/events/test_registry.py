"""Any event ever stored decodes into today's type, or the program doesn't start."""

from datetime import UTC, datetime

import pytest

from events.envelope import Event, Json, canonical, leaf_hash
from events.errors import RegistryGap, UnknownType
from events.registry import Registry, Upcast


def an_event(type: str, schema_version: int, data: dict[str, Json]) -> Event:
    body = canonical({"data": data})
    now = datetime(2022, 1, 3, tzinfo=UTC)
    return Event(
        position=1,
        stream="s",
        version=1,
        type=type,
        schema_version=schema_version,
        valid_at=now,
        recorded_at=now,
        known_at=now,
        operation="o",
        request_hash=b"\x01" * 32,
        basis=False,
        body=body,
        leaf_hash=leaf_hash(body),
    )


def add(name: str, value: Json) -> Upcast:
    return lambda data: {**data, name: value}


def three_versions() -> Registry:
    registry = Registry()
    registry.upcast("report-filed", 2, add("three", 3))
    registry.register("report-filed", 3, dict)
    registry.upcast("report-filed", 1, add("two", 2))
    return registry


def test_old_event_is_brought_up_one_step_at_a_time() -> None:
    registry = three_versions()
    registry.close()
    assert registry.decode(an_event("report-filed", 1, {"one": 1})) == {"one": 1, "two": 2, "three": 3}
    assert registry.decode(an_event("report-filed", 2, {"one": 1})) == {"one": 1, "three": 3}
    assert registry.decode(an_event("report-filed", 3, {"one": 1})) == {"one": 1}
    assert (registry.current("report-filed"), registry.names()) == (3, ("report-filed",))


def test_upcasting_leaves_the_event_as_it_was_stored() -> None:
    registry = three_versions()
    registry.close()
    event = an_event("report-filed", 1, {"one": 1})
    registry.decode(event)
    assert event.data == {"one": 1}


def test_registry_with_a_missing_step_is_refused() -> None:
    registry = Registry()
    registry.register("report-filed", 3, dict)
    registry.upcast("report-filed", 2, add("three", 3))
    with pytest.raises(RegistryGap) as gap:
        registry.close()
    assert (gap.value.type, gap.value.from_version) == ("report-filed", 1)


@pytest.mark.parametrize(("name", "from_version"), [("report-filed", 3), ("report-filed", 0), ("unknown", 1)])
def test_step_that_leads_nowhere_is_refused(name: str, from_version: int) -> None:
    registry = three_versions()
    registry.upcast(name, from_version, add("x", 1))
    with pytest.raises(RegistryGap):
        registry.close()


def test_name_or_step_stated_twice_is_refused() -> None:
    registry = three_versions()
    with pytest.raises(RegistryGap):
        registry.register("report-filed", 3, dict)
    with pytest.raises(RegistryGap):
        registry.upcast("report-filed", 1, add("x", 1))


@pytest.mark.parametrize(("type", "schema_version"), [("report-lost", 1), ("report-filed", 4), ("report-filed", 0)])
def test_event_of_an_unknown_name_or_a_newer_version_is_refused(type: str, schema_version: int) -> None:
    registry = three_versions()
    registry.close()
    with pytest.raises(UnknownType) as unknown:
        registry.decode(an_event(type, schema_version, {}))
    assert (unknown.value.type, unknown.value.schema_version) == (type, schema_version)


def test_open_registry_decodes_nothing_and_a_closed_one_learns_nothing() -> None:
    registry = three_versions()
    with pytest.raises(AssertionError):
        registry.decode(an_event("report-filed", 3, {}))
    registry.close()
    with pytest.raises(AssertionError):
        registry.register("report-lost", 1, dict)
    with pytest.raises(UnknownType):
        registry.current("report-lost")
