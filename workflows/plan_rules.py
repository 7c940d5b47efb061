"""What makes the fields of a draft or a plan nonsense, whoever writes them.

A field that is still empty is no nonsense: a draft may be incomplete until the party signs.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from workflows.context import Context
from workflows.errors import Blocker
from workflows.facts import PlanItem
from workflows.plan import CUMULATIVE
from workflows.rules import NONE, Blockers, collect

VALUES = (CUMULATIVE, "per_period")


@dataclass(frozen=True, slots=True)
class Written:
    """A plan as somebody wrote it, for a party's commitment to a subject."""

    party: str
    subject: str
    items: tuple[PlanItem, ...]
    context: Context


def plan_blockers(written: Written) -> Blockers:
    """Everything that is nonsense in a plan, each with the numbers of its items."""
    return collect(RULES, written)


def office_blockers(place: str, office: str, *, party: str, context: Context) -> Blockers:
    """Why an office can't stand in that place of a party's commitment.

    An empty place is no fault, and that a party is unknown isn't the office's.
    """
    if not office:
        return NONE
    known = context.directory.office(office)
    if known is None:
        return (Blocker("office_unknown", {"office": office, "place": place}),)
    if context.directory.path(party) and party not in context.directory.path(known.organisation):
        return (Blocker("agency_not_of_party", {"office": office, "place": place, "party": party}),)
    return NONE


def number_twice(written: Written) -> Blockers:
    counts = Counter(item.number for item in written.items)
    twice = [number for number, count in counts.items() if count > 1]
    return _about("item_number_twice", twice)


def number_positive(written: Written) -> Blockers:
    return _about("item_number_not_positive", [item.number for item in written.items if item.number < 1])


def target_positive(written: Written) -> Blockers:
    wrong = [item.number for item in written.items if not item.target.is_finite() or item.target <= 0]
    return _about("target_not_positive", wrong)


def budget_not_negative(written: Written) -> Blockers:
    return _about("budget_negative", [item.number for item in written.items if item.budget_idr < 0])


def dates_in_order(written: Written) -> Blockers:
    return _about("date_order", [item.number for item in written.items if item.ends_on < item.starts_on])


def stage_known(written: Written) -> Blockers:
    return _unknown(
        "stage_unknown", {i.number: i.stage for i in written.items}, tuple(written.context.definition.stages)
    )


def fund_known(written: Written) -> Blockers:
    funds = {item.number: item.fund for item in written.items}
    return _unknown("fund_unknown", funds, tuple(written.context.definition.funds))


def value_known(written: Written) -> Blockers:
    return _unknown("value_unknown", {item.number: item.value for item in written.items}, VALUES)


def component_known(written: Written) -> Blockers:
    subject = written.context.subject(written.subject)
    known = () if subject is None else tuple(component.name for component in subject.components)
    return _unknown("component_unknown", {item.number: item.component or "" for item in written.items}, known)


def agency_of_party(written: Written) -> Blockers:
    places: dict[str, list[str]] = {}
    for item in written.items:
        places.setdefault(item.agency, []).append(str(item.number))
    return tuple(
        blocker
        for agency, numbers in places.items()
        for blocker in office_blockers(
            f"items {', '.join(numbers)}", agency, party=written.party, context=written.context
        )
    )


def weight_positive(written: Written) -> Blockers:
    wrong = [
        item.number
        for item in written.items
        if item.weight is not None and (not item.weight.is_finite() or item.weight <= 0)
    ]
    return _about("weight_not_positive", wrong)


def dependencies_known(written: Written) -> Blockers:
    """An item depends on other items of the plan."""
    numbers = {item.number for item in written.items}
    wrong = [item.number for item in written.items if not set(item.depends_on) <= numbers]
    return _about("dependency_unknown", wrong)


def dependencies_end(written: Written) -> Blockers:
    """No item comes, over however many others, before itself."""
    left = {item.number: set(item.depends_on) for item in written.items}
    free = [number for number, before in left.items() if not before & left.keys()]
    while free:
        for number in free:
            del left[number]
        free = [number for number, before in left.items() if not before & left.keys()]
    return _about("dependency_circular", sorted(left))


def targets_sound(written: Written) -> Blockers:
    """Targets by period name the workflow's periods, each once, in order; they keep within the target and, where they
    are cumulative, don't fall."""
    scheme = written.context.definition.periods
    codes = () if scheme is None else scheme.codes
    wrong = [item.number for item in written.items if item.targets and not _targets_fit(item, codes)]
    if not wrong:
        return NONE
    found = {"items": ", ".join(str(number) for number in wrong), "known": ", ".join(codes) or "-"}
    return (Blocker("target_periods_unsound", found),)


RULES = (
    number_twice,
    number_positive,
    target_positive,
    budget_not_negative,
    dates_in_order,
    stage_known,
    fund_known,
    value_known,
    component_known,
    agency_of_party,
    weight_positive,
    dependencies_known,
    dependencies_end,
    targets_sound,
)


def _targets_fit(item: PlanItem, codes: tuple[str, ...]) -> bool:
    named, values = [one.period for one in item.targets], [one.target for one in item.targets]
    if named != [code for code in codes if code in named] or any(not one.is_finite() or one < 0 for one in values):
        return False
    if item.value == CUMULATIVE:
        return values == sorted(values) and values[-1] <= item.target
    return sum(values) <= item.target


def _about(code: str, numbers: list[int]) -> Blockers:
    return (Blocker(code, {"items": ", ".join(str(number) for number in numbers)}),) if numbers else NONE


def _unknown(code: str, written: dict[int, str], known: tuple[str, ...]) -> Blockers:
    bad = {number: text for number, text in written.items() if text and text not in known}
    if not bad:
        return NONE
    read = ", ".join(f"{number}: {text}" for number, text in bad.items())
    return (Blocker(code, {"items": read, "known": ", ".join(known) or "-"}),)
