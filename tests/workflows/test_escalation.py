from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.support.directory import CALENDAR, ZONE, calendar, directory
from tests.support.world import (
    COORDINATOR,
    DRAFTED,
    HEAD,
    MINISTRY,
    NEW_YEAR,
    PAPER,
    PIC,
    PLAN,
    PROVINCE,
    REGION,
    SECRETARY,
    SIGN_ASKED,
    SIGN_CHECKED,
    SIGNED,
    Act,
    Story,
    Tried,
    World,
    approvals,
    claimed,
    draft,
    given,
    signature,
)
from workflows.calendar import morning
from workflows.commands import ApproveRequest, Escalate, OpenRequest
from workflows.decide import decide
from workflows.errors import Refused
from workflows.escalation import next_due
from workflows.facts import EscalationRaised, LevelDue, Skipped

CHECK = "r1/check"
# The check is asked on Monday 29 November 2021 and due on Thursday, 2 December.
LEVELS = [date(2021, 12, day) for day in (1, 2, 6, 9, 16, 23)]
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def at(day: date, hour: int = 8) -> datetime:
    return morning(day, ZONE, hour)


def raising(story: Story, level: int, when: datetime, *, obligation: str = CHECK, **changed: int) -> Tried:
    command = replace(Escalate(obligation, 1, 1, level), **changed)
    return story.when("clock", command, at=when, person="clock")


def climbed(story: Story, *, to: int, obligation: str = CHECK, start: int = 1) -> Story:
    """Every level is taken at its own moment."""
    for level in story.commitment.owed[obligation].obligation.levels:
        if start <= level.level <= to:
            story = raising(story, level.level, level.at, obligation=obligation).then(EscalationRaised)
    return story


def told(story: Story) -> tuple[str, ...]:
    """The offices that the last level reached."""
    raised = story.new[0]
    assert isinstance(raised, EscalationRaised)
    return raised.recipients


def coming(story: Story, obligation: str = CHECK) -> LevelDue | None:
    owed = story.commitment.owed[obligation]
    ladder = story.world.definition.ladders[owed.obligation.ladder]
    return next_due(owed, ladder, calendar=calendar(), zone=ZONE)


def test_the_levels_of_a_verdict_come_in_order_each_at_its_morning() -> None:
    story = given(*SIGN_ASKED)
    moments = []
    while (due := coming(story)) is not None:
        moments.append(due)
        story = raising(story, due.level, due.at).then(EscalationRaised)
    assert moments == [LevelDue(number, at(day)) for number, day in enumerate(LEVELS, start=1)]


def test_a_level_says_what_is_late_and_how_it_is_told() -> None:
    story = raising(given(*SIGN_ASKED), 1, at(LEVELS[0])).done
    assert story.new == (
        EscalationRaised(
            obligation=CHECK,
            round=1,
            ladder="decision",
            ladder_version=1,
            level=1,
            style="message",
            due_at=at(date(2021, 12, 2), 24 - 1) + timedelta(hours=1),
            office=REGION,
            recipients=(REGION,),
            skipped=(),
        ),
    )


@pytest.mark.parametrize(
    ("level", "recipients"),
    [
        (1, (SECRETARY,)),
        (2, (SECRETARY,)),
        (3, (SECRETARY, REGION)),
        (4, (SECRETARY,)),
        (5, (COORDINATOR,)),
        (6, (PROVINCE,)),
    ],
)
def test_a_late_signature_climbs_from_the_secretary_to_the_province(level: int, recipients: Sequence[str]) -> None:
    story = climbed(given(*SIGN_CHECKED), to=level, obligation="r1/sign")
    assert told(story) == recipients


@pytest.mark.parametrize(
    ("level", "recipients"),
    [
        (1, (PIC,)),
        (2, (PIC,)),
        (3, (HEAD, PIC)),
        (4, (REGION,)),
        (5, (SECRETARY,)),
        (6, (COORDINATOR,)),
        (7, (PROVINCE,)),
    ],
)
def test_a_late_item_climbs_from_the_pic_to_the_province(level: int, recipients: Sequence[str]) -> None:
    story = climbed(given(*SIGNED), to=level, obligation="item-1")
    assert told(story) == recipients


def test_the_ladder_ends_where_nobody_stands_above_and_never_reaches_nobody() -> None:
    asked = given(*SIGNED, Act(COORDINATOR, OpenRequest("cancel", "digabung", evidence=PAPER), NEW_YEAR))
    story = climbed(asked, to=6, obligation="r2/approve")
    assert [event.fact.recipients for event in story.events if isinstance(event.fact, EscalationRaised)] == [
        (PROVINCE,),
        (PROVINCE,),
        (PROVINCE, REGION),
        (PROVINCE,),
    ]
    assert coming(story, "r2/approve") is None
    decided = asked.does(approvals(2, PROVINCE)[0])
    assert told(climbed(decided, to=3, obligation="r2/decide")) == (MINISTRY, REGION)
    assert [due.level for due in decided.commitment.owed["r2/decide"].obligation.levels] == [1, 2, 3, 4]


def test_a_level_above_stays_owed_while_the_office_there_is_vacant() -> None:
    story = given(*SIGN_CHECKED).during(World(directory=directory(vacant=[COORDINATOR, PROVINCE])))
    assert [due.level for due in story.commitment.owed["r1/sign"].obligation.levels] == [1, 2, 3, 4, 5, 6]


def test_vacant_recipients_are_passed_over_on_the_way_up_and_named() -> None:
    story = climbed(given(*SIGNED), to=2, obligation="item-1")
    empty = story.during(World(directory=directory(vacant=[PIC, HEAD])))
    raised = raising(empty, 3, at(date(2022, 4, 5)), obligation="item-1").done.new[0]
    assert isinstance(raised, EscalationRaised)
    assert raised.recipients == (SECRETARY,)
    assert raised.skipped == (Skipped(HEAD, "vacant"), Skipped(PIC, "vacant"))


def test_nobody_is_reached_where_the_line_is_empty_up_to_its_top() -> None:
    story = climbed(given(*SIGNED), to=6, obligation="item-1")
    empty = story.during(World(directory=directory(vacant=[PROVINCE])))
    raised = raising(empty, 7, at(date(2022, 5, 17)) + timedelta(days=1), obligation="item-1").done.new[0]
    assert isinstance(raised, EscalationRaised)
    assert (raised.recipients, raised.skipped) == ((), (Skipped(PROVINCE, "vacant"),))


def test_nobody_hears_of_an_offices_lateness_before_that_office_did() -> None:
    signed_late = signature(signed_at=at(date(2021, 12, 6), 10))
    long_over = draft(items=(replace(PLAN[0], starts_on=date(2021, 12, 1), ends_on=date(2021, 12, 6)), *PLAN[1:]))
    story = given(
        Act(REGION, long_over),
        Act(HEAD, OpenRequest("sign")),
        *approvals(1, REGION),
        Act(SECRETARY, signed_late, at(date(2021, 12, 10), 9)),
    )
    first = coming(story, "item-1")
    assert first == LevelDue(4, at(date(2021, 12, 13)))
    story = raising(story, 4, first.at, obligation="item-1").done
    assert told(story) == (PIC, REGION)
    assert told(climbed(story, to=5, start=5, obligation="item-1")) == (SECRETARY,)


def test_after_an_outage_one_level_fires_and_the_next_keeps_its_distance() -> None:
    back = at(date(2021, 12, 13), 10)
    story = given(*SIGN_ASKED)
    assert coming(story) == LevelDue(1, at(LEVELS[0]))
    story = raising(story, 1, back).then(EscalationRaised)
    assert coming(story) == LevelDue(2, at(date(2021, 12, 14)))
    early = raising(story, 2, back + MINUTE).refused("level_not_due")
    assert early.blockers[0].until == at(date(2021, 12, 14))
    story = raising(story, 2, at(date(2021, 12, 14))).then(EscalationRaised)
    assert coming(story) == LevelDue(3, at(date(2021, 12, 16)))


def test_a_level_is_never_taken_before_its_moment() -> None:
    tried = raising(given(*SIGN_ASKED), 1, at(LEVELS[0]) - SECOND).refused("level_not_due")
    assert tried.blockers[0].until == at(LEVELS[0])


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (at(date(2021, 12, 3), 11), at(date(2021, 12, 3), 13)),
        (at(date(2021, 12, 2), 17), at(date(2021, 12, 3))),
        (at(date(2021, 12, 4), 9), at(date(2021, 12, 6))),
    ],
)
def test_a_level_missed_in_an_outage_waits_for_telling_hours(now: datetime, opens: datetime) -> None:
    tried = raising(given(*SIGN_ASKED), 1, now).refused("outside_hours")
    assert tried.blockers[0].until == opens
    raising(given(*SIGN_ASKED), 1, opens).then(EscalationRaised)


def test_each_level_is_taken_once_and_in_order() -> None:
    story = climbed(given(*SIGN_ASKED), to=2)
    raising(story, 2, at(LEVELS[2])).refused("level_taken")
    raising(story, 1, at(LEVELS[2])).refused("level_taken")
    raising(story, 4, at(LEVELS[3])).refused("level_unknown")
    raising(story, 7, at(LEVELS[3])).refused("level_unknown")
    raising(story, 3, at(LEVELS[2]), ladder_version=2).refused("level_unknown")
    raising(climbed(story, to=6, start=3), 7, at(date(2021, 12, 30))).refused("level_unknown")


def test_only_the_clock_escalates() -> None:
    command = Escalate(CHECK, 1, 1, 1)
    given(*SIGN_ASKED).when(REGION, command, at=at(LEVELS[0])).refused("not_the_clock")
    given(*SIGN_ASKED).when(REGION, replace(command, obligation="r9/check"), at=at(LEVELS[0])).refused(
        "not_the_clock", "obligation_unknown"
    )


def test_what_was_just_approved_is_not_escalated() -> None:
    story = given(*SIGN_ASKED).when(REGION, ApproveRequest("k1.r1"), at=at(LEVELS[0]) - SECOND).done
    raising(story, 1, at(LEVELS[0])).refused("obligation_ended")
    assert coming(story) is None


def test_what_is_not_owed_or_owed_in_another_round_is_not_escalated() -> None:
    raising(given(*DRAFTED), 1, at(LEVELS[0])).refused("obligation_unknown")
    raising(given(*SIGN_ASKED), 1, at(LEVELS[0]), round=2).refused("round_ended")


def test_a_met_item_is_not_escalated() -> None:
    story = given(*SIGNED, *claimed(1, 100, at=NEW_YEAR))
    raising(story, 1, at(date(2022, 3, 24)), obligation="item-1").refused("obligation_ended")


def test_an_escalation_past_the_calendar_is_refused_not_guessed() -> None:
    story = climbed(given(*SIGN_ASKED), to=5)
    context = story.context("clock", at=at(date(2021, 12, 23)), person="clock")
    short = replace(calendar(), last_day=date(2021, 12, 20))
    with pytest.raises(Refused) as refused:
        decide(story.state, Escalate(CHECK, 1, 1, 6), replace(context, calendars={CALENDAR: short}))
    assert refused.value.code == "calendar_ends"
    assert refused.value.blockers[0].facts == {"calendar": CALENDAR, "day": "2021-12-21"}
