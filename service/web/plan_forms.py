"""An action plan as a form: what stands in its fields, and the plan that they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from service.web.forms import FieldWrong, day, number, text, written_number
from service.web.own_fields import OwnInput, own_inputs, own_values
from service.web.plan_extras import EXTRAS, with_extras, written_extras
from service.web.visit import Visit
from workflows.commitment import Commitment
from workflows.facts import PlanItem

USUAL = (
    "activity",
    "output",
    "indicator",
    "unit",
    "target",
    "starts_on",
    "ends_on",
    "budget_idr",
    "fund",
    "evidence_required",
)
FIELDS = (*USUAL, *EXTRAS)
NEW = "new"
BASED_ON = "based_on_revision"
MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One item as fields. prefix: what its fields' names begin with; is_new: the empty one at the end

    own  the workflow's own fields
    """

    prefix: str
    number: int
    fields: Mapping[str, str]
    own: tuple[OwnInput, ...]
    dropped: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class PlanForm:
    """The whole plan as fields, with the words that may be chosen.

    revision    of the plan that they are written from
    components  of the subject; periods: codes of the workflow's, that targets may name
    """

    lines: tuple[Line, ...]
    revision: int
    funds: tuple[tuple[str, str], ...]
    stages: tuple[tuple[str, str], ...]
    components: tuple[str, ...]
    periods: tuple[str, ...]


def shown_plan(visit: Visit, state: Commitment, entered: Mapping[str, str] | None) -> PlanForm:
    """The plan in force as fields, or what was entered. entered: the fields of a form that was refused"""
    words, definition = visit.words(state), visit.context(state).definition
    items = sorted(state.items, key=lambda item: item.number)
    fields = definition.fields.item
    lines = [
        _line(item, entered, own_inputs(visit, fields, item.fields, entered=entered, prefix=f"item-{item.number}"))
        for item in items
    ]
    empty = {name: (entered or {}).get(f"{NEW}-{name}", "") for name in (*FIELDS, "stage")}
    own = own_inputs(visit, fields, (), entered=entered, prefix=NEW)
    lines.append(Line(NEW, next_number(state), empty, own, dropped=False, is_new=True))
    return PlanForm(
        tuple(lines),
        state.revision,
        tuple((name, words.said(label)) for name, label in definition.funds.items()),
        tuple((name, words.said(label)) for name, label in definition.stages.items()),
        _components(visit, state),
        () if definition.periods is None else definition.periods.codes,
    )


def plan_of(visit: Visit, form: Mapping[str, str], state: Commitment) -> tuple[PlanItem, ...]:
    """The plan that the fields make; what has no field stays as it was. Raises FieldWrong."""
    items = sorted(state.items, key=lambda item: item.number)
    lines = [(f"item-{item.number}", item) for item in items if f"item-{item.number}-drop" not in form]
    if text(form, f"{NEW}-activity"):
        lines.append((NEW, _blank(form, state)))
    own = visit.context(state).definition.fields.item
    return tuple(
        replace(_item(form, item, prefix), fields=own_values(form, own, visit.role, prefix)) for prefix, item in lines
    )


def based_on(form: Mapping[str, str]) -> int | None:
    """The revision of the plan that the fields were written from; None where the form doesn't say it."""
    said = text(form, BASED_ON)
    return int(said) if said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS else None


def next_number(state: Commitment) -> int:
    """The number of an item to come: one that no item of any plan ever had."""
    return max((item.number for plan in (state.items, *state.revisions) for item in plan), default=0) + 1


def plan_fields(state: Commitment, items: tuple[PlanItem, ...]) -> Mapping[str, str]:
    """The fields as they would stand if somebody had written `items` into the form; of new items it takes one."""
    asked, fields = {item.number: item for item in items}, dict[str, str]()
    for item in state.items:
        prefix = f"item-{item.number}"
        fields |= {f"{prefix}-{name}": said for name, said in _written(asked.pop(item.number, item)).items()}
        if all(one.number != item.number for one in items):
            fields[f"{prefix}-drop"] = "on"
    for item in list(asked.values())[:1]:
        fields |= {f"{NEW}-{name}": said for name, said in _written(item).items()}
        fields[f"{NEW}-stage"] = item.stage
    return fields


def _components(visit: Visit, state: Commitment) -> tuple[str, ...]:
    subject = visit.context(state).subject(state.drafted.subject)
    return () if subject is None else tuple(one.name for one in subject.components)


def _written(item: PlanItem) -> Mapping[str, str]:
    return {
        **{name: str(getattr(item, name)) for name in USUAL},
        "target": written_number(item.target),
        "budget_idr": written_number(Decimal(item.budget_idr)),
        **written_extras(item),
    }


def _line(item: PlanItem, entered: Mapping[str, str] | None, own: tuple[OwnInput, ...]) -> Line:
    prefix = f"item-{item.number}"
    if entered is not None:
        fields = {name: entered.get(f"{prefix}-{name}", "") for name in FIELDS}
        return Line(prefix, item.number, fields, own, f"{prefix}-drop" in entered, is_new=False)
    return Line(prefix, item.number, _written(item), own, dropped=False, is_new=False)


def _item(form: Mapping[str, str], item: PlanItem, prefix: str) -> PlanItem:
    money = number(form, f"{prefix}-budget_idr")
    if money != int(money):
        raise FieldWrong(f"{prefix}-budget_idr", "number")
    return replace(
        with_extras(form, item, prefix),
        activity=text(form, f"{prefix}-activity"),
        output=text(form, f"{prefix}-output"),
        indicator=text(form, f"{prefix}-indicator"),
        unit=text(form, f"{prefix}-unit"),
        target=number(form, f"{prefix}-target"),
        starts_on=day(form, f"{prefix}-starts_on"),
        ends_on=day(form, f"{prefix}-ends_on"),
        budget_idr=int(money),
        fund=text(form, f"{prefix}-fund"),
        evidence_required=text(form, f"{prefix}-evidence_required"),
    )


def _blank(form: Mapping[str, str], state: Commitment) -> PlanItem:
    first = day(form, f"{NEW}-starts_on")
    return PlanItem(
        number=next_number(state),
        stage=text(form, f"{NEW}-stage"),
        activity="",
        output="",
        indicator="",
        unit="",
        target=number(form, f"{NEW}-target"),
        starts_on=first,
        ends_on=first,
        agency=state.agency,
        budget_idr=0,
        fund="",
        evidence_required="",
    )
