"""Asking once more for what was asked for before: a form's fields filled with the words of a request that is over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from service.web.own_fields import input_name
from service.web.plan_forms import plan_fields
from service.web.terms_forms import PIC, PREFIX
from service.web.uploads import Uploaded
from workflows.commitment import Commitment, Request
from workflows.definition import Move
from workflows.facts import FieldValue, PlanItem, Terms

AGAIN = "again"
NOTHING = Uploaded(())
OVER = frozenset({"void", "returned", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in a form before anybody wrote into it. fields: None where it begins empty"""

    fields: Mapping[str, str] | None = None
    kept: Uploaded = NOTHING


def filled_again(state: Commitment, move: Move, args: Mapping[str, str]) -> Filled:
    """The fields of the request that the address names, if it asked for that move and can be asked for again."""
    request = state.requests.get(args.get(AGAIN, ""))
    if request is None or request.opened.move != move.name or request.status not in OVER:
        return Filled()
    return Filled(dict(_fields(state, request)), Uploaded(request.opened.evidence))


def _fields(state: Commitment, request: Request) -> Iterator[tuple[str, str]]:
    opened = request.opened
    yield "reason", opened.reason or ""
    yield "text", opened.text
    yield from _own("", opened.fields)
    yield from _terms(opened.terms or Terms())
    if opened.items is not None:
        yield from plan_fields(state, opened.items).items()
        yield from (pair for item in opened.items for pair in _own_of_item(item))


def _own(prefix: str, values: tuple[FieldValue, ...]) -> Iterator[tuple[str, str]]:
    yield from ((input_name(prefix, one.name), one.value) for one in values)


def _own_of_item(item: PlanItem) -> Iterator[tuple[str, str]]:
    yield from _own(f"{PREFIX}-{item.number}", item.fields)


def _terms(terms: Terms) -> Iterator[tuple[str, str]]:
    if terms.until is not None:
        yield "until", terms.until.isoformat()
    yield from ((f"{PREFIX}-{one.item}-ends_on", one.ends_on.isoformat()) for one in terms.extensions)
    for one in terms.corrections:
        yield (PIC if one.item is None else f"{PREFIX}-{one.item}-{one.field}"), one.new
