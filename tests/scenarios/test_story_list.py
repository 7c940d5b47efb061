"""The story as a list: the same at every build, each step once, at an hour at which offices work."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from service.demo import BEGINS, ENDS, story
from service.demo.steps import Step, parties_of
from service.demo.story import WIB
from service.imports.calendar_days import calendar_for
from tests.support.processes import CHECKOUT, environment
from workflows.calendar import Calendar, calendar_of

TOLD_IN_HOURS = range(8, 16)


def working_calendar() -> Calendar:
    adopt = calendar_for("id", fiscal_year=2022, known=None)
    assert adopt is not None
    return calendar_of(adopt.adopted)


def written(steps: tuple[Step, ...]) -> str:
    return sha256(msgspec.json.encode(steps)).hexdigest()


@pytest.fixture(scope="module")
def steps() -> tuple[Step, ...]:
    return story(working_calendar())


def test_every_step_has_a_name_of_its_own(steps: tuple[Step, ...]) -> None:
    assert len({step.name for step in steps}) == len(steps) == 1496


def test_every_step_happens_in_working_hours_of_a_working_day(steps: tuple[Step, ...]) -> None:
    calendar = working_calendar()
    local = [(step.name, step.at.astimezone(WIB)) for step in steps]
    assert [name for name, at in local if not calendar.is_working_day(at.date()) or at.hour not in TOLD_IN_HOURS] == []


def test_the_steps_stand_in_order_between_the_beginning_and_the_stop(steps: tuple[Step, ...]) -> None:
    moments = [step.at for step in steps]
    assert moments == sorted(moments)
    assert moments[0] > BEGINS
    assert moments[-1] < ENDS


def test_a_partys_part_is_what_the_whole_story_says_of_it(steps: tuple[Step, ...]) -> None:
    part = story(working_calendar(), parties=frozenset({"61.10"}))
    assert part == tuple(step for step in steps if parties_of(step) in (None, "61.10"))
    assert {parties_of(step) for step in steps} >= {"61.01", "61.02", "61.10", "61.71"}


def test_the_list_is_the_same_at_every_build(steps: tuple[Step, ...], tmp_path: Path) -> None:
    assert story(working_calendar()) == steps
    program = (
        "from tests.scenarios.test_story_list import story, working_calendar, written;"
        "print(written(story(working_calendar())))"
    )
    built = subprocess.run(
        [sys.executable, "-c", program],
        env=environment(tmp_path, 1, {"PYTHONHASHSEED": "1"}),
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert built.stdout.strip() == written(steps)
