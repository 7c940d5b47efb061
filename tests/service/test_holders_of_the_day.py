"""Who holds an office is asked for the day that it is where the office stands, not for the day in Greenwich."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from events.envelope import Event
from service.basis import Basis
from service.catalog import OFFICES
from service.demo.acts import caller_of
from service.demo.material import COORDINATOR
from service.demo.programme import import_structure
from service.dispatch import Ask, Caller, dispatch
from service.reactions import listeners
from service.read_models.histories import Step
from tests.support import telling
from tests.support.importing import opened
from tests.support.short_path import short_path
from workflows import facts
from workflows.commands import AppointHolder
from workflows.context import Acting
from workflows.offices import Directory, evolve_directory
from workflows.programmes import EMPTY, evolve_programmes

FIRST, NEXT = date(2022, 3, 1), date(2022, 3, 2)
# Half past midnight of the next day in Pontianak, and still the evening before in Greenwich.
NIGHT = datetime(2022, 3, 1, 17, 30, tzinfo=UTC)


def handed_over(office: str) -> Directory:
    """The office passes from one person to another between the two days."""
    directory = telling.directory()
    for person, begin, end in (("before", FIRST, FIRST), ("after", NEXT, None)):
        held = facts.HolderAppointed(f"{office}/{person}", office, person, "definitive", "821/9/2022", begin, end)
        directory = evolve_directory(directory, held)
    return directory


def test_whoever_took_the_office_over_that_morning_hears_of_a_fact_of_that_night() -> None:
    recorded, state = telling.found(facts.StepReached)
    workflow = facts.DefinitionInstalled("replikasi-inovasi", 1, "", short_path())
    installed = evolve_programmes(evolve_programmes(EMPTY, workflow), telling.programme())
    basis = Basis(directory=handed_over(telling.COORDINATOR), installed=installed)
    event = Event(1, "s", 1, "step-reached", 1, NIGHT, NIGHT, NIGHT, "o", None, basis=False, body=b"{}", leaf_hash=b"")
    step = Step(replace(recorded, recorded_at=NIGHT), state, state)
    assert {one.person for one in listeners(event, step, basis) if one.told.office == telling.COORDINATOR} == {"after"}


def test_the_demo_acts_for_whoever_holds_the_office_on_its_own_day(tmp_path: Path) -> None:
    with opened(tmp_path / "data", clock=NIGHT) as runtime:
        import_structure(runtime)
        operator = Caller(Acting("operator", "operator"), signin="demo:")
        for person, begin, end in (("before", FIRST, FIRST), ("after", NEXT, None)):
            command = AppointHolder(person, COORDINATOR, person, "definitive", "data contoh", begin, end)
            dispatch(runtime, Ask(command, OFFICES, operator, f"demo:appoint-{person}", {"office": person}))
        assert caller_of(runtime, COORDINATOR).acting.person == "after"
