"""What a new plan changes as rows: the item, the field, what stands there and what would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from service.sentences.commitments.plans import field_of, may_be_told, said_of_both, said_of_field
from service.sentences.texts import FIELDS
from service.sentences.vocabulary import Vocabulary
from workflows.facts import PlanItem
from workflows.plan import Change, differences, texts

SHOWN_OF_WHOLE_ITEMS = ("activity", "indicator", "target", "starts_on", "ends_on", "budget_idr", "fund")
Plan = tuple[PlanItem, ...]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One field that a new plan writes otherwise. kind: added | dropped | changed; an empty text: nothing is there"""

    item: int
    kind: str
    field: str
    old: str
    new: str


def change_rows(old: Plan, new: Plan, words: Vocabulary, *, role: str | None) -> tuple[ChangeRow, ...]:
    """Every difference between two plans that a reader of that role may see; of a whole item its main fields."""
    changes = (change for change in differences(old, new) if may_be_told(change, words, role))
    return tuple(row for change in changes for row in _rows(change, old, new, words))


def _rows(change: Change, old: Plan, new: Plan, words: Vocabulary) -> Iterator[ChangeRow]:
    if change.kind == "changed":
        said, now = said_of_both(change, old, new, words)
        told = (said if change.old else "", now if change.new else "")
        yield ChangeRow(change.number, change.kind, field_of(change, words), *told)
        return
    item = _item(old if change.kind == "dropped" else new, change.number)
    for field in SHOWN_OF_WHOLE_ITEMS:
        written = Change(change.number, change.kind, field, texts(item)[field], texts(item)[field])
        said = said_of_field(written, written.new, item, words) if written.new else ""
        stands, would = (said, "") if change.kind == "dropped" else ("", said)
        yield ChangeRow(change.number, change.kind, words.said(FIELDS[field]), stands, would)


def _item(plan: Plan, number: int) -> PlanItem:
    return next(item for item in plan if item.number == number)
