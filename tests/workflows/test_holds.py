"""Work rests until a day: nothing falls due meanwhile, and the day itself ends it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.support.directory import CALENDAR, calendar
from tests.support.world import (
    COORDINATOR,
    HEAD,
    PAPER,
    PAPERS,
    PHOTO,
    PIC,
    PLAN,
    REGION,
    SECRETARY,
    STARTED,
    VERIFIED,
    Act,
    K,
    Story,
    World,
    amendment,
    approvals,
    claimed,
    given,
    item,
    world,
)
from workflows.calendar import Calendar
from workflows.commands import ApproveRequest, Escalate, MakeClaim, OpenRequest, RejectRequest, ReturnClaim
from workflows.commitment import Commitment
from workflows.context import Context
from workflows.facts import (
    DueMoved,
    HoldBegun,
    HoldEnded,
    MovedItem,
    ObligationsArisen,
    RequestApproved,
    RequestFulfilled,
    StepReached,
    Terms,
)
from workflows.holds import is_on_hold

MARCH = datetime(2022, 3, 1, 2, tzinfo=UTC)
"""A Tuesday; 1 and 3 March are days off or not as the calendar says."""
UNTIL = date(2022, 3, 25)
LONG = date(2022, 4, 14)


def hold(until: date | None = UNTIL, *, reason: str = "bencana") -> OpenRequest:
    terms = None if until is None else Terms(until=until)
    return OpenRequest("hold", reason=reason, text="Banjir", evidence=PAPER, terms=terms)


RESUME = OpenRequest("resume", reason="bencana", text="Surut", evidence=PAPER)
HELD = (*STARTED, Act(HEAD, hold(), MARCH), *approvals(3, SECRETARY))
LONG_HELD = (*STARTED, Act(HEAD, hold(LONG), MARCH), *approvals(3, SECRETARY, COORDINATOR))


def dues(commitment: Commitment) -> dict[str, date]:
    return {name: owed.obligation.due_on for name, owed in commitment.owed.items() if name.startswith("item-")}


def after(story: Story, day: date) -> datetime:
    """Nine o'clock of a day, which isn't before the story's end."""
    return max(datetime(day.year, day.month, day.day, 2, tzinfo=UTC), story.now + timedelta(minutes=1))


def working_days(first: date, last: date) -> int:
    return calendar().working_days_between(first + timedelta(days=1), last)


def test_a_hold_that_is_approved_leaves_the_state_and_moves_what_is_owed() -> None:
    asked = given(*STARTED, Act(HEAD, hold(), MARCH))
    before = asked.commitment
    held = asked.when(SECRETARY, ApproveRequest(f"{K}.r3")).then(RequestApproved, HoldBegun, RequestFulfilled, DueMoved)
    commitment, days = held.commitment, working_days(MARCH.date(), UNTIL)
    assert (commitment.state, commitment.revision) == (before.state, 0)
    assert commitment.requests[f"{K}.r3"].status == "approved"
    assert commitment.open_request is None
    assert commitment.hold is not None
    assert commitment.hold.begun.working_days == days
    moved = {name: calendar().add_working_days(due, days) for name, due in dues(before).items()}
    assert dues(commitment) == moved
    assert [one.ends_on for one in commitment.items] == list(moved.values())


def test_the_first_day_stays_in_the_plan_as_signed() -> None:
    commitment = given(*HELD).commitment
    assert commitment.revisions == (PLAN,)
    assert commitment.hold is not None
    assert commitment.hold.begun.items[0] == MovedItem(1, PLAN[0].ends_on, commitment.items[0].ends_on)


def test_the_levels_still_to_come_move_with_the_due_day() -> None:
    asked, held = given(*HELD[:-1]).commitment, given(*HELD).commitment
    days = working_days(MARCH.date(), UNTIL)
    for name in ("item-1", "item-2"):
        old, new = (one.owed[name].obligation.levels for one in (asked, held))
        assert [one.level for one in new] == [one.level for one in old]
        assert [calendar().add_working_days(one.at.date(), days) for one in old] == [one.at.date() for one in new]
        assert all(one.at.date() > UNTIL for one in new)


def test_what_is_late_already_stays_late_and_its_ladder_rests() -> None:
    april = datetime(2022, 4, 5, 2, tzinfo=UTC)
    late = given(*STARTED, Act(HEAD, hold(date(2022, 4, 22)), april))
    before = late.commitment.owed["item-1"].obligation
    held = late.does(Act(SECRETARY, ApproveRequest(f"{K}.r3")))
    owed = held.commitment.owed["item-1"]
    assert (owed.obligation.due_on, owed.obligation.due_at) == (before.due_on, before.due_at)
    assert held.commitment.items[0].ends_on == PLAN[0].ends_on
    first = owed.obligation.levels[0]
    assert first.at.date() > april.date()
    assert first.level == before.levels[0].level


def test_a_level_that_was_taken_stays_taken() -> None:
    first = given(*STARTED).commitment.owed["item-1"].obligation.levels[0]
    raised = given(*STARTED).does(Act("clock", Escalate("item-1", 1, 1, first.level), first.at, "clock"))
    story = raised.does(Act(HEAD, hold(date(2022, 4, 8)), first.at + timedelta(hours=1)))
    held = story.does(Act(SECRETARY, ApproveRequest(f"{K}.r3"))).commitment.owed["item-1"]
    assert [one.level for one in held.raised] == [first.level]
    assert held.obligation.levels[0] == first
    assert held.obligation.levels[1].at.date() > date(2022, 4, 8)


def test_a_hold_ends_by_its_day_and_nobody_writes_that() -> None:
    story = given(*HELD)
    assert not is_on_hold(given(*STARTED).commitment, MARCH.date())
    assert is_on_hold(story.commitment, UNTIL)
    assert not is_on_hold(story.commitment, UNTIL + timedelta(days=1))
    assert story.commitment.hold is not None
    assert story.commitment.hold.ended is None


def test_nothing_is_completed_while_work_rests() -> None:
    story = given(*VERIFIED, Act(HEAD, hold(date(2022, 5, 31)), datetime(2022, 5, 9, 2, tzinfo=UTC)))
    story = story.does(Act(SECRETARY, ApproveRequest(f"{K}.r3")))
    tried = story.when(HEAD, OpenRequest("complete", evidence=PAPERS))
    blocker = tried.refused("on_hold").blocker("on_hold")
    assert blocker.facts == {"ends_on": "2022-05-31"}
    assert blocker.cleared_by == (HEAD,)
    assert blocker.until == datetime(2022, 5, 31, 17, tzinfo=UTC)
    story.when(HEAD, OpenRequest("complete", evidence=PAPERS), at=datetime(2022, 6, 2, 2, tzinfo=UTC)).passes()


def test_work_that_rests_is_not_put_on_hold_again() -> None:
    given(*HELD).when(HEAD, hold(date(2022, 4, 14))).refused("on_hold")


@pytest.mark.parametrize("day", [date(2022, 2, 28), date(2022, 3, 1)])
def test_a_hold_ends_after_today(day: date) -> None:
    given(*STARTED).when(HEAD, hold(day), at=MARCH).refused("hold_ends_past")


def test_a_hold_names_its_last_day() -> None:
    given(*STARTED).when(HEAD, hold(None), at=MARCH).refused("until_missing")
    given(*STARTED).when(HEAD, replace(hold(), terms=Terms()), at=MARCH).refused("until_missing")


def test_other_moves_take_no_terms() -> None:
    command = replace(amendment(*PLAN, item(4)), terms=Terms(until=UNTIL))
    given(*STARTED).when(HEAD, command, at=MARCH).refused("terms_not_asked")


def test_a_hold_lasts_sixty_working_days_at_most() -> None:
    last = calendar().add_working_days(MARCH.date(), 60)
    given(*STARTED).when(HEAD, hold(last), at=MARCH).passes()
    over = calendar().add_working_days(MARCH.date(), 61)
    blocker = given(*STARTED).when(HEAD, hold(over), at=MARCH).refused("hold_too_long").blocker("hold_too_long")
    assert blocker.facts == {"days": "61", "longest": "60"}


def test_a_workflow_may_leave_the_length_open() -> None:
    plain = world().definition
    unbounded = replace(plain.moves["hold"], longest_days=None)
    endless = replace(world(), definition=replace(plain, moves={**plain.moves, "hold": unbounded}))
    given(*STARTED).during(endless).when(HEAD, hold(date(2022, 12, 30)), at=MARCH).passes()


def test_more_than_twenty_days_need_the_provinces_coordinator() -> None:
    edge = calendar().add_working_days(MARCH.date(), 20)
    assert given(*STARTED, Act(HEAD, hold(edge), MARCH), *approvals(3, SECRETARY)).commitment.hold is not None
    over = calendar().add_working_days(MARCH.date(), 21)
    story = given(*STARTED, Act(HEAD, hold(over), MARCH)).when(SECRETARY, ApproveRequest(f"{K}.r3"))
    reached = story.then(RequestApproved, StepReached).new[-1]
    assert isinstance(reached, StepReached)
    assert reached.office == COORDINATOR


def test_a_long_hold_stays_long_however_late_it_is_approved() -> None:
    story = given(*STARTED, Act(HEAD, hold(calendar().add_working_days(MARCH.date(), 22)), MARCH))
    story = story.does(Act(SECRETARY, ApproveRequest(f"{K}.r3"), MARCH + timedelta(days=14)))
    assert story.commitment.hold is None
    held = story.does(Act(COORDINATOR, ApproveRequest(f"{K}.r3"))).commitment.hold
    assert held is not None
    assert held.begun.working_days < 20


def test_a_hold_that_was_over_before_its_approval_is_refused() -> None:
    story = given(*STARTED, Act(HEAD, hold(), MARCH))
    story.when(SECRETARY, ApproveRequest(f"{K}.r3"), at=datetime(2022, 3, 25, 2, tzinfo=UTC)).refused("hold_ends_past")
    story.when(SECRETARY, RejectRequest(f"{K}.r3", "di_luar_kewenangan")).passes()


def test_an_approval_binds_to_the_last_day_that_was_asked() -> None:
    one, other = (given(*STARTED, Act(HEAD, hold(day), MARCH)).commitment.open_request for day in (UNTIL, LONG))
    assert one is not None
    assert other is not None
    assert one.opened.substance != other.opened.substance


def test_a_hold_that_leaves_the_calendar_is_refused() -> None:
    short = replace(calendar(), last_day=date(2022, 12, 31))
    story = given(*STARTED).during(Counting(days=short))
    story.when(HEAD, hold(date(2023, 1, 2)), at=MARCH).refused("calendar_ends")
    held = story.does(Act(HEAD, hold(), MARCH))
    far = Counting(days=replace(calendar(), last_day=date(2022, 10, 3)))
    held.during(far).when(SECRETARY, ApproveRequest(f"{K}.r3")).refused("calendar_ends")


class Counting(World):
    """A world whose calendar is another, or which has none."""

    def __init__(self, days: Calendar | None) -> None:
        super().__init__()
        object.__setattr__(self, "days", days)

    def context(self, office: str, person: str, now: datetime, on_behalf_of: str | None = None) -> Context:
        days: Calendar | None = self.__dict__["days"]
        context = super().context(office, person, now, on_behalf_of)
        return replace(context, calendars={} if days is None else {CALENDAR: days})


def test_a_hold_counted_in_a_calendar_that_nobody_adopted_is_refused() -> None:
    tried = given(*STARTED).during(Counting(days=None)).when(HEAD, hold(), at=MARCH)
    assert set(tried.codes) == {"calendar_unknown"}


def test_a_hold_that_is_ended_early_gives_the_days_left_back() -> None:
    story = given(*LONG_HELD)
    resumed_on = date(2022, 3, 24)
    story = story.does(Act(HEAD, RESUME, after(story, resumed_on)))
    story = story.does(Act(SECRETARY, ApproveRequest(f"{K}.r4")))
    done = story.when(COORDINATOR, ApproveRequest(f"{K}.r4")).then(
        RequestApproved, HoldEnded, RequestFulfilled, DueMoved
    )
    commitment, rested = done.commitment, working_days(MARCH.date(), resumed_on)
    assert commitment.hold is not None
    assert commitment.hold.ended == done.new[1]
    assert commitment.hold.ended.days_left == working_days(resumed_on, LONG)
    assert not is_on_hold(commitment, resumed_on)
    expected = {f"item-{one.number}": calendar().add_working_days(one.ends_on, rested) for one in PLAN}
    assert dues(commitment) == expected
    assert [one.ends_on for one in commitment.items] == list(expected.values())
    assert all(level.at.date() > resumed_on for level in commitment.owed["item-1"].obligation.levels)


def test_only_what_rests_is_resumed() -> None:
    given(*STARTED).when(HEAD, RESUME, at=MARCH).refused("not_on_hold")
    given(*HELD).when(HEAD, RESUME, at=datetime(2022, 3, 28, 2, tzinfo=UTC)).refused("not_on_hold")


def test_the_end_of_a_short_hold_needs_the_region_alone() -> None:
    story = given(*HELD, Act(HEAD, RESUME), *approvals(4, SECRETARY))
    assert story.commitment.hold is not None
    assert story.commitment.hold.ended is not None


def test_an_item_that_was_given_another_end_during_a_hold_keeps_it() -> None:
    moved = (
        replace(given(*LONG_HELD).commitment.items[0], ends_on=date(2022, 6, 30)),
        *given(*LONG_HELD).commitment.items[1:],
    )
    chain = (REGION, SECRETARY, COORDINATOR)
    story = given(*LONG_HELD, Act(HEAD, amendment(*moved)), *approvals(4, *chain), Act(HEAD, RESUME))
    resumed = story
    for act in approvals(5, SECRETARY, COORDINATOR):
        resumed = resumed.does(act)
    assert resumed.commitment.items[0].ends_on == date(2022, 6, 30)
    assert dues(resumed.commitment)["item-1"] == date(2022, 6, 30)
    assert resumed.commitment.items[1].ends_on < story.commitment.items[1].ends_on


def test_a_complete_item_does_not_move() -> None:
    story = given(*STARTED, *claimed(1, 100, at=MARCH - timedelta(days=1)), Act(HEAD, hold(), MARCH))
    commitment = story.does(Act(SECRETARY, ApproveRequest(f"{K}.r3"))).commitment
    assert commitment.items[0].ends_on == PLAN[0].ends_on
    assert [one.item for one in commitment.hold.begun.items] == [2, 3]


def test_an_item_owed_again_during_a_hold_has_its_limit_after_the_hold() -> None:
    april = datetime(2022, 4, 5, 2, tzinfo=UTC)
    until = date(2022, 4, 22)
    story = given(*STARTED, Act(HEAD, hold(until), april), *approvals(3, SECRETARY))
    story = story.does(Act(PIC, MakeClaim(1, Decimal(100), PHOTO)))
    story = story.when(REGION, ReturnClaim(f"{K}.c1", "bukti_kurang")).done
    arisen = story.new[-1]
    assert isinstance(arisen, ObligationsArisen)
    assert arisen.obligations[0].due_on == calendar().add_working_days(until, 10)
    resumed = story.does(Act(HEAD, RESUME)).does(Act(SECRETARY, ApproveRequest(f"{K}.r4")))
    assert dues(resumed.commitment)["item-1"] == calendar().add_working_days(april.date(), 10)


def test_a_hold_that_is_returned_moves_nothing() -> None:
    asked = given(*STARTED, Act(HEAD, hold(), MARCH))
    rejected = asked.does(Act(SECRETARY, RejectRequest(f"{K}.r3", "di_luar_kewenangan")))
    assert rejected.commitment.hold is None
    assert dues(rejected.commitment) == dues(asked.commitment)
