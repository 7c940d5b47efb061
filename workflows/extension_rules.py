"""What must hold for a few more days for plan items."""

from __future__ import annotations

from collections import Counter
from datetime import date

from workflows.errors import Blocker
from workflows.facts import Extension, PlanItem
from workflows.holds import days_asked
from workflows.moving import Moving
from workflows.rules import NONE, Blockers, calendars_known, obliged


def items_to_extend(case: Moving) -> Blockers:
    """Each item stands in the plan, once in the request, and isn't complete."""
    numbers, commitment = [one.item for one in _asked(case)], case.commitment
    known = ", ".join(str(item.number) for item in commitment.items)
    unknown = tuple(
        Blocker("item_unknown", {"item": str(number), "known": known or "-"})
        for number in numbers
        if commitment.item(number) is None
    )
    complete = tuple(
        Blocker("item_complete", {"item": str(number)})
        for number in numbers
        if number in commitment.progress and commitment.progress[number].complete
    )
    twice = [number for number, times in Counter(numbers).items() if times > 1]
    return (*unknown, *complete, *_about("item_number_twice", twice))


def ends_later(case: Moving) -> Blockers:
    """Each new end lies ahead, after the present one."""
    early = [item.number for item, ends_on in _extended(case) if ends_on <= max(item.ends_on, case.context.today)]
    return _about("extension_not_later", early)


def ends_inside_year(case: Moving) -> Blockers:
    """No new end lies after the commitment's fiscal year."""
    year = case.commitment.drafted.fiscal_year
    late = [item.number for item, ends_on in _extended(case) if ends_on.year > year]
    return _about("extension_after_year", late, year=str(year))


def extension_not_too_long(case: Moving) -> Blockers:
    """No item gets more working days than the move allows."""
    unknown = calendars_known((obliged(case.commitment, case.context),), case.context)
    longest = case.move.longest_days
    if unknown or longest is None:
        return unknown
    long = [item.number for item, ends_on in _extended(case) if _is_longer(case, item, ends_on, longest)]
    return _about("extension_too_long", long, longest=str(longest))


def not_extended_too_often(case: Moving) -> Blockers:
    """No item was extended as often as the move allows."""
    most, before = case.move.most_times, Counter(one.item for one in case.commitment.extensions)
    often = [one.item for one in _asked(case) if most is not None and before[one.item] >= most]
    return _about("extended_too_often", often, most=str(most))


EXTENSION_RULES = (
    items_to_extend,
    ends_later,
    ends_inside_year,
    extension_not_too_long,
    not_extended_too_often,
)


def _is_longer(case: Moving, item: PlanItem, ends_on: date, longest: int) -> bool:
    days = days_asked(item.ends_on, ends_on, commitment=case.commitment, context=case.context)
    return days is None or days > longest


def _asked(case: Moving) -> tuple[Extension, ...]:
    return () if case.terms is None else case.terms.extensions


def _extended(case: Moving) -> tuple[tuple[PlanItem, date], ...]:
    asked = ((case.commitment.item(one.item), one.ends_on) for one in _asked(case))
    return tuple((item, ends_on) for item, ends_on in asked if item is not None)


def _about(code: str, numbers: list[int], **found: str) -> Blockers:
    listed = ", ".join(str(number) for number in dict.fromkeys(numbers))
    return (Blocker(code, {"items": listed, **found}),) if numbers else NONE
