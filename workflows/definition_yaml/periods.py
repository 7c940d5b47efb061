"""The section of periods."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection

from workflows.definition import Label, PeriodEnd, Periods
from workflows.definition_yaml.labels import label
from workflows.definition_yaml.values import at_least, some
from workflows.yaml_nodes import Value

CODE = re.compile("[A-Z0-9][A-Za-z0-9_]{0,11}")
LISTED = "list"
A_COMMON_YEAR = 2023
MONTHS = 12


def _by_month(*months: int) -> tuple[PeriodEnd, ...]:
    return tuple(PeriodEnd(f"B{month:02}", Label(f"B{month:02}", f"B{month:02}"), month) for month in months)


SCHEMES = {
    "b03_b06_b09_b12": _by_month(3, 6, 9, 12),
    "b04_b08_b12": _by_month(4, 8, 12),
    "quarters": tuple(
        PeriodEnd(f"TW{number}", Label(f"Triwulan {numeral}", f"Quarter {number}"), 3 * number)
        for number, numeral in enumerate(("I", "II", "III", "IV"), start=1)
    ),
    "half_years": tuple(
        PeriodEnd(f"S{number}", Label(f"Semester {numeral}", f"Half-year {number}"), 6 * number)
        for number, numeral in enumerate(("I", "II"), start=1)
    ),
}


def periods(value: Value, ladders: Collection[str]) -> Periods:
    """The period scheme: a known one, or a list of the text's own periods, with the window of each."""
    parts = value.record(("scheme", "opens_days", "due_days", "closes_days"), ("list", "grace_days", "ladder"))
    scheme = parts["scheme"].one_of((*SCHEMES, LISTED), "scheme")
    if (scheme == LISTED) != ("list" in parts):
        value.fail("list is given where the scheme is list, and nowhere else")
    found = Periods(
        ends=_listed(parts["list"]) if scheme == LISTED else SCHEMES[scheme],
        opens_days=at_least(0, parts["opens_days"]),
        due_days=at_least(0, parts["due_days"]),
        closes_days=at_least(0, parts["closes_days"]),
        grace_days=at_least(0, parts["grace_days"]) if "grace_days" in parts else 0,
        ladder=parts["ladder"].one_of(ladders, "ladder") if "ladder" in parts else None,
    )
    if found.due_days + found.grace_days > found.closes_days:
        parts["closes_days"].fail("a period can't close before its reports are due and their grace is over")
    return found


def _listed(value: Value) -> tuple[PeriodEnd, ...]:
    ends = tuple(_end(member) for member in some(value))
    if len({end.code for end in ends}) < len(ends):
        value.fail("two periods of one code")
    days = [(end.month, end.day or 31) for end in ends]
    if days != sorted(set(days)):
        value.fail("periods must end one after the other")
    return ends


def _end(value: Value) -> PeriodEnd:
    parts = value.record(("code", "label", "month"), ("day",))
    month = at_least(1, parts["month"])
    if month > MONTHS:
        parts["month"].fail(f"{month}, expected at most {MONTHS}")
    day = at_least(1, parts["day"]) if "day" in parts else None
    if day is not None and day > monthrange(A_COMMON_YEAR, month)[1]:
        parts["day"].fail(f"month {month} hasn't {day} days in every year; leave the day out for its last one")
    return PeriodEnd(parts["code"].identifier(CODE), label(parts["label"]), month, day)
