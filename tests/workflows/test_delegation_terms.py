"""A delegation that begins or ends by itself: the clock says so, once, at eight in the morning where the giver is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.support.delegating import FROM, UNTIL, given_to, tried
from tests.support.directory import directory
from tests.support.world import COORDINATOR, OTHER_HEAD, REGION, SECRETARY
from workflows.commands import NoteTerm
from workflows.context import CLOCK
from workflows.delegation_terms import BEGUN, ENDED, terms_due
from workflows.delegations import Delegations, replay_delegations
from workflows.errors import Refused
from workflows.facts import DelegationBegun, DelegationEnded, DelegationRevoked

BEFORE = date(2021, 12, 20)
NAME = f"{SECRETARY} to {REGION}"
GIVEN = given_to(SECRETARY, REGION, given_on=BEFORE)
FIRST_MORNING = datetime(2022, 1, 4, 1, tzinfo=UTC)
MORNING_AFTER = datetime(2022, 2, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def said(state: Delegations, phase: str, at: datetime, office: str = CLOCK, name: str = NAME) -> Delegations:
    return tried(NoteTerm(name, phase), office, before=state, now=at, person="p")


def due(state: Delegations, at: datetime) -> list[str]:
    return [one.phase for one in terms_due(state, directory(), at)]


def test_the_first_day_begins_at_eight_where_the_giver_is() -> None:
    state = replay_delegations((GIVEN,))
    assert due(state, FIRST_MORNING - MINUTE) == []
    assert due(state, FIRST_MORNING) == [BEGUN]
    assert said(state, BEGUN, FIRST_MORNING).known[NAME].is_begun


def test_what_was_said_is_not_due_again() -> None:
    state = replay_delegations((GIVEN, DelegationBegun(NAME, SECRETARY, REGION)))
    assert due(state, FIRST_MORNING) == []
    ended = replay_delegations((GIVEN, DelegationEnded(NAME, SECRETARY, REGION)))
    assert due(ended, MORNING_AFTER) == []


def test_one_that_was_given_on_its_first_day_began_with_that() -> None:
    assert due(replay_delegations((given_to(SECRETARY, REGION, given_on=FROM),)), FIRST_MORNING) == []


def test_the_end_is_said_on_the_morning_after_the_last_day() -> None:
    state = replay_delegations((GIVEN,))
    assert date(2022, 1, 31) == UNTIL
    assert due(state, MORNING_AFTER - MINUTE) == []
    assert due(state, MORNING_AFTER) == [ENDED]
    assert said(state, ENDED, MORNING_AFTER).known[NAME].is_ended


def test_a_whole_term_that_passed_unseen_ends_and_does_not_begin() -> None:
    assert due(replay_delegations((GIVEN,)), MORNING_AFTER + timedelta(days=100)) == [ENDED]


def test_one_that_was_revoked_neither_begins_nor_ends() -> None:
    revoked = DelegationRevoked(NAME, SECRETARY, REGION, FIRST_MORNING - timedelta(days=2), "kembali")
    state = replay_delegations((GIVEN, revoked))
    assert due(state, FIRST_MORNING) == []
    assert due(state, MORNING_AFTER) == []
    with pytest.raises(Refused) as refused:
        said(state, ENDED, MORNING_AFTER)
    assert refused.value.code == "term_not_due"


def test_one_that_was_passed_on_does_not_begin_once_its_forerunner_is_revoked() -> None:
    first = given_to(SECRETARY, REGION, may_redelegate=True)
    onward = given_to(
        SECRETARY, OTHER_HEAD, given_by=REGION, given_on=BEFORE, parent=first.delegation, delegation="onward"
    )
    gone = DelegationRevoked(first.delegation, SECRETARY, REGION, FIRST_MORNING - timedelta(hours=1), "kembali")
    assert due(replay_delegations((first, onward)), FIRST_MORNING) == [BEGUN]
    assert due(replay_delegations((first, onward, gone)), FIRST_MORNING) == []


@pytest.mark.parametrize(
    ("office", "name", "at", "code"),
    [
        (COORDINATOR, NAME, FIRST_MORNING, "not_the_clock"),
        (CLOCK, "none", FIRST_MORNING, "delegation_not_found"),
        (CLOCK, NAME, FIRST_MORNING - MINUTE, "term_not_due"),
    ],
)
def test_nobody_says_it_before_its_time_or_in_the_clocks_place(office: str, name: str, at: datetime, code: str) -> None:
    with pytest.raises(Refused) as refused:
        said(replay_delegations((GIVEN,)), BEGUN, at, office, name)
    assert refused.value.code == code
