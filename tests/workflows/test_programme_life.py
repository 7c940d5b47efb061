"""A programme goes live on a day, is closed when nothing in it is open, and can be opened again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.support.directory import directory
from tests.support.saying import codes_said
from tests.support.world import (
    COORDINATOR,
    DRAFTED,
    HEAD,
    NEW_YEAR,
    OPENED,
    REGION,
    SIGN_ASKED,
    Story,
    draft,
    given,
    holder_of,
    world,
)
from tests.workflows.test_programmes import ADOPTED, INSTALLED
from workflows.commands import (
    CloseProgramme,
    Escalate,
    ExtendPeriod,
    LifeCommand,
    OpenRequest,
    PeriodCommand,
    ReopenProgramme,
    SetGoLive,
)
from workflows.context import CLOCK, Acting
from workflows.errors import Refused
from workflows.facts import EscalationRaised, GoLiveSet, ProgrammeClosed, ProgrammeFact, ProgrammeReopened
from workflows.programmes import decide_programme, replay_programmes

NAME = OPENED.programme
DAY = date(2022, 2, 1)
CLOSE = CloseProgramme(NAME, "800/9", "Tahun berakhir", ())
REOPEN = ReopenProgramme(NAME, "800/10", "Ada temuan")
LIVE = SetGoLive(NAME, DAY, "Mulai dipakai")
READY: tuple[ProgrammeFact, ...] = (ADOPTED, INSTALLED, OPENED)
CLOSED = (*READY, ProgrammeClosed(NAME, "800/9", "Tahun berakhir", COORDINATOR))


def stated(
    before: tuple[ProgrammeFact, ...], command: LifeCommand | PeriodCommand, office: str = COORDINATOR
) -> tuple[ProgrammeFact, ...]:
    by = Acting(office, holder_of(office))
    return decide_programme(replay_programmes(before), command, by=by, directory=directory(), now=NEW_YEAR)


def refused(
    before: tuple[ProgrammeFact, ...], command: LifeCommand | PeriodCommand, office: str = COORDINATOR
) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        stated(before, command, office)
    return codes_said(caught.value.blockers)


def test_a_programme_in_which_nothing_is_open_is_closed_and_opened_again() -> None:
    (closed,) = stated(READY, CLOSE)
    assert closed == ProgrammeClosed(NAME, "800/9", "Tahun berakhir", COORDINATOR)
    (again,) = stated((*READY, closed), REOPEN)
    assert again == ProgrammeReopened(NAME, "800/10", "Ada temuan", COORDINATOR)
    assert stated((*READY, closed, again), CLOSE) == (closed,)


def test_what_is_open_is_named_and_long_lists_are_counted() -> None:
    open_ones = tuple(f"REF-{number:02}" for number in range(25))
    with pytest.raises(Refused) as caught:
        stated(READY, replace(CLOSE, still_open=open_ones))
    (blocker,) = caught.value.blockers
    assert (blocker.code, blocker.facts["count"]) == ("commitments_open", "25")
    assert blocker.facts["commitments"].startswith("REF-00, REF-01")
    assert blocker.facts["commitments"].endswith("REF-19, +5")
    with pytest.raises(Refused) as caught:
        stated(READY, replace(CLOSE, still_open=("REF-00",)))
    assert caught.value.blockers[0].facts["commitments"] == "REF-00"


def test_closing_twice_and_opening_what_is_open_are_refused() -> None:
    assert refused(CLOSED, CLOSE) == ("programme_closed",)
    assert refused(READY, REOPEN) == ("programme_not_closed",)
    assert refused(CLOSED, LIVE) == ("programme_closed",)


def test_letter_and_reason_are_given() -> None:
    assert refused(READY, replace(CLOSE, letter=" ", text="")) == ("field_blank", "field_blank")
    assert refused(CLOSED, replace(REOPEN, letter="")) == ("field_blank",)
    assert refused(READY, replace(LIVE, text="")) == ("field_blank",)


def test_only_who_may_open_a_programme_closes_it() -> None:
    assert refused(READY, CLOSE, HEAD) == ("role_may_not",)
    assert refused(READY, LIVE, REGION) == ("role_may_not",)


def test_the_go_live_is_set_moved_and_taken_back() -> None:
    (live,) = stated(READY, LIVE)
    assert live == GoLiveSet(NAME, DAY, "Mulai dipakai", COORDINATOR)
    assert stated((*READY, live), LIVE) == ()
    (gone,) = stated((*READY, live), replace(LIVE, on=None))
    assert replay_programmes((*READY, live, gone)).go_live == {NAME: None}


def test_the_periods_of_a_closed_programme_stay_as_they_are() -> None:
    extend = ExtendPeriod(NAME, "B03", (), date(2022, 5, 2), date(2022, 5, 10), "Libur")
    assert refused(CLOSED, extend) == ("programme_closed",)
    assert stated(READY, extend)


def test_nothing_is_drafted_or_asked_for_in_a_closed_programme() -> None:
    over = replace(world(), is_closed=True)
    asked = given(*DRAFTED).during(over).when(HEAD, OpenRequest("sign"))
    assert COORDINATOR in asked.refused("programme_closed").blocker("programme_closed").cleared_by
    drafted = Story(over, NEW_YEAR).when(REGION, draft())
    assert COORDINATOR in drafted.refused("programme_closed").blocker("programme_closed").cleared_by


def test_what_was_due_before_go_live_has_no_ladder_and_fires_nothing() -> None:
    story = given(*SIGN_ASKED)
    (name,) = [one for one in story.commitment.owed if story.commitment.owed[one].is_open]
    owed = story.commitment.owed[name].obligation
    late = replace(story, world=replace(story.world, go_live=owed.due_on + timedelta(days=1)))
    first = owed.levels[0]
    command = Escalate(name, owed.round, owed.ladder_version, first.level)
    blocker = late.when(CLOCK, command, at=first.at).refused("before_go_live").blocker("before_go_live")
    assert blocker.until is not None
    assert blocker.until > first.at
    on_time = replace(story, world=replace(story.world, go_live=owed.due_on))
    on_time.when(CLOCK, command, at=first.at).then(EscalationRaised)


def test_an_obligation_that_arises_before_go_live_reaches_no_level() -> None:
    story = given(*SIGN_ASKED[:-1])
    early = replace(story, world=replace(world(), go_live=date(2023, 1, 1)))
    after = early.does(SIGN_ASKED[-1])
    assert [one.obligation.levels for one in after.commitment.owed.values()] == [()]


def test_what_was_said_of_a_programmes_life_is_kept_in_order() -> None:
    (closed,) = stated(READY, CLOSE)
    (again,) = stated((*READY, closed), REOPEN)
    assert replay_programmes((*READY, closed, again)).life[NAME] == (closed, again)
