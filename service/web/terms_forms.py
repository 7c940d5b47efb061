"""What a request asks for beside a plan, as a form: what stands in its fields, and the terms that they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from service.web.forms import day, text
from service.web.visit import Visit
from workflows.commitment import Commitment
from workflows.definition import Move
from workflows.facts import Correction, Extension, PlanItem, Terms
from workflows.plan import WORDING_FIELDS

PREFIX = "item"
PIC = "pic"


@dataclass(frozen=True, slots=True)
class ItemTerms:
    """An item's fields. until: the end as it is, in words; values: what stands in each field, by its name"""

    number: int
    activity: str
    until: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TermsForm:
    """The fields of a move's terms. does: what the move does, which says what fields there are

    items     those that can be extended or corrected
    offices   the party's offices, id and name, of which one is the PIC
    """

    does: str
    longest_days: int | None
    entered: Mapping[str, str] = field(default_factory=dict)
    items: tuple[ItemTerms, ...] = ()
    offices: tuple[tuple[str, str], ...] = ()


def shown_terms(visit: Visit, state: Commitment, move: Move, entered: Mapping[str, str] | None) -> TermsForm | None:
    """The fields that a move needs; None where it needs none. entered: the fields of a form that was refused"""
    match move.does:
        case "hold":
            return TermsForm(move.does, move.longest_days, entered or {})
        case "extend":
            left = (item for item in _ordered(state) if not state.progress[item.number].complete)
            items = tuple(_extendable(visit, state, item, entered or {}) for item in left)
            return TermsForm(move.does, move.longest_days, entered or {}, items)
        case "correct":
            items = tuple(_correctable(visit, state, item, entered or {}) for item in _ordered(state))
            filled = {PIC: state.pic, **(entered or {})}
            return TermsForm(move.does, None, filled, items, _offices(visit, state))
        case _:
            return None


def terms_of(form: Mapping[str, str], move: Move, state: Commitment) -> Terms | None:
    """The terms that the fields make: what was left as it is, isn't among them. None where the move has none.

    Raises FieldWrong.
    """
    match move.does:
        case "hold":
            return Terms(until=day(form, "until"))
        case "extend":
            return Terms(extensions=tuple(_extensions(form, state)))
        case "correct":
            return Terms(corrections=tuple(_corrections(form, state)))
        case _:
            return None


def _extensions(form: Mapping[str, str], state: Commitment) -> Iterator[Extension]:
    for item in _ordered(state):
        name = f"{PREFIX}-{item.number}-ends_on"
        if text(form, name):
            yield Extension(item.number, day(form, name))


def _corrections(form: Mapping[str, str], state: Commitment) -> Iterator[Correction]:
    if PIC in form and text(form, PIC) != state.pic:
        yield Correction(PIC, text(form, PIC))
    for item in _ordered(state):
        for name in WORDING_FIELDS:
            written_in = f"{PREFIX}-{item.number}-{name}"
            if written_in in form and text(form, written_in) != text({name: getattr(item, name)}, name):
                yield Correction(name, text(form, written_in), item=item.number)


def _extendable(visit: Visit, state: Commitment, item: PlanItem, entered: Mapping[str, str]) -> ItemTerms:
    name = f"{PREFIX}-{item.number}-ends_on"
    return ItemTerms(
        item.number, item.activity, visit.words(state).day(item.ends_on), {"ends_on": entered.get(name, "")}
    )


def _correctable(visit: Visit, state: Commitment, item: PlanItem, entered: Mapping[str, str]) -> ItemTerms:
    values = {name: entered.get(f"{PREFIX}-{item.number}-{name}", str(getattr(item, name))) for name in WORDING_FIELDS}
    return ItemTerms(item.number, item.activity, visit.words(state).day(item.ends_on), values)


def _offices(visit: Visit, state: Commitment) -> tuple[tuple[str, str], ...]:
    directory = visit.basis.directory
    own = [directory.offices[one] for one in directory.in_organisation.get(state.drafted.party, ())]
    return tuple(sorted(((one.office, one.name) for one in own), key=lambda pair: pair[1]))


def _ordered(state: Commitment) -> list[PlanItem]:
    return sorted(state.items, key=lambda item: item.number)
