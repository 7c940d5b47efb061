from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.support.world import (
    COMPLETED,
    COORDINATOR,
    DRAFT_DAY,
    DRAFTED,
    HEAD,
    MENTOR,
    PHOTO,
    PIC,
    REGION,
    SECRETARY,
    SPRING,
    STARTED,
    K,
    given,
)
from workflows.commands import MakeNote, NoteVisit
from workflows.facts import NoteMade, VisitNoted

VISIT = NoteVisit(date(2022, 2, 24), "Sanggau", "Layanan berjalan", PHOTO)
NOTE = MakeNote("Patut dicontoh", PHOTO)


@pytest.mark.parametrize("office", [MENTOR, REGION, COORDINATOR])
def test_a_visit_is_true_from_its_day_however_late_it_is_noted(office: str) -> None:
    story = given(*STARTED).when(office, VISIT, at=SPRING).then(VisitNoted)
    event = story.events[-1]
    assert story.context(office).day_of(event.valid_at) == VISIT.visited_on
    assert event.valid_at < event.recorded_at
    note = story.commitment.notes[0]
    assert (note.id, note.office, note.place, note.visited_on) == (f"{K}.n1", office, "Sanggau", VISIT.visited_on)


def test_a_visit_on_the_day_of_the_draft_is_not_before_the_draft() -> None:
    today = replace(VISIT, visited_on=DRAFT_DAY.date())
    story = given(*DRAFTED).when(REGION, today, at=DRAFT_DAY + timedelta(hours=2)).then(VisitNoted)
    assert story.events[-1].valid_at == story.commitment.drafted_at


def test_a_visit_lies_between_the_draft_and_today() -> None:
    story = given(*STARTED)
    story.when(MENTOR, replace(VISIT, visited_on=date(2021, 11, 1)), at=SPRING).refused("visited_before_draft")
    story.when(MENTOR, replace(VISIT, visited_on=date(2022, 3, 2)), at=SPRING).refused("visited_in_future")
    story.when(MENTOR, replace(VISIT, visited_on=date(2022, 3, 1)), at=SPRING).then(VisitNoted)


def test_a_visit_names_its_place_and_what_was_seen() -> None:
    bare = replace(VISIT, place=" ", text="", evidence=(replace(PHOTO[0], size_bytes=0),))
    given(*STARTED).when(MENTOR, bare, at=SPRING).refused("text_missing", "place_missing", "evidence_invalid")


@pytest.mark.parametrize("office", [HEAD, PIC])
def test_who_is_overseen_makes_no_notes(office: str) -> None:
    given(*STARTED).when(office, VISIT, at=SPRING).refused("role_may_not")
    given(*STARTED).when(office, NOTE, at=SPRING).refused("role_may_not")


def test_a_note_may_be_made_of_whatever_the_office_sees() -> None:
    for acts in (STARTED, COMPLETED):
        story = given(*acts).when(SECRETARY, NOTE).then(NoteMade)
        assert story.commitment.notes[-1].text == "Patut dicontoh"
        assert set(PHOTO) <= set(story.commitment.files)
    given(*STARTED).when(SECRETARY, replace(NOTE, text="")).refused("text_missing")
