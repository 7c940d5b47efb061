"""What the played story says of the sitting of 6 December 2021, in which eleven regions signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.demo.material import COORDINATOR, MINISTRY, SECRETARY
from service.demo.sitting import SITTING
from service.demo.story import LATE_SIGNER
from tests.support.counting import Counted
from tests.support.played import opened
from workflows.facts import SignatureRecorded, WitnessRecorded


@pytest.fixture(scope="module")
def counted(whole_story: Path) -> Iterator[Counted]:
    with opened(whole_story) as runtime:
        yield Counted(runtime)


def test_eleven_regions_signed_in_the_sitting_before_its_witnesses(counted: Counted) -> None:
    signed = Counter(event.fact.sitting for _, event in counted.told(SignatureRecorded))
    assert signed == {SITTING: 53, None: 6}
    outside = {state.drafted.party for state, event in counted.told(SignatureRecorded) if event.fact.sitting is None}
    assert outside == {LATE_SIGNER}
    witnessed = Counter((event.office, event.fact.sitting) for _, event in counted.told(WitnessRecorded))
    assert witnessed == {(one, where): count for one in (MINISTRY, SECRETARY) for where, count in signed.items()}


def test_the_sitting_has_place_mode_attendance_and_minutes_and_is_closed(counted: Counted) -> None:
    sitting = counted.runtime.basis().sittings[SITTING]
    there = Counter(one.presence for one in sitting.attendees)
    assert there == {"in_person": 7 + 2, "online": 4 + 1}
    assert {MINISTRY, SECRETARY, COORDINATOR} <= {one.office for one in sitting.attendees}
    assert {one.capacity for one in sitting.attendees if one.office == SECRETARY} == {"pj"}
    assert (sitting.mode, bool(sitting.place), sitting.opened.opened_by) == ("in_person", True, COORDINATOR)
    assert "data contoh" in sitting.minutes
    assert sitting.file is not None
    assert sitting.closed is not None
