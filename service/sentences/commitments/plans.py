"""Facts of drafts and plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from service.sentences.commitments.telling import Telling
from service.sentences.own_values import own_value
from service.sentences.texts import FIELDS
from service.sentences.vocabulary import Vocabulary
from workflows.definition import Field
from workflows.facts import CommitmentDrafted, DraftEdited, PlanAmended, PlanDrafted, PlanItem
from workflows.plan import FIELD, Change, differences

PlanFact = CommitmentDrafted | DraftEdited | PlanDrafted | PlanAmended
Plan = tuple[PlanItem, ...]
CHANGES_SHOWN = 8


def places(fact: PlanFact, telling: Telling) -> Mapping[str, str]:
    """The texts of the places."""
    match fact:
        case CommitmentDrafted():
            return _drafted(fact, telling)
        case DraftEdited():
            return _edited(fact, telling)
        case PlanDrafted():
            return {"actor": telling.actor, **_plan(fact.items, telling)}
        case PlanAmended():
            return _amended(fact, telling)


def plan_changes(old: Plan, new: Plan, words: Vocabulary, *, role: str | None = None) -> str:
    """What a new plan changes, in words; empty for equal plans.

    role  who reads it; None: readers of every role, who learn nothing of an own field that some alone see
    """
    changes = tuple(change for change in differences(old, new) if may_be_told(change, words, role))
    parts = [_numbers(changes, kind, words) for kind in ("added", "dropped")]
    fields = [_field(change, old, new, words) for change in changes if change.kind == "changed"]
    if fields:
        left_out = len(fields) - CHANGES_SHOWN
        shown = fields[:CHANGES_SHOWN] + ([f"+{left_out}"] if left_out > 0 else [])
        parts.append(words.clause("changed", it=words.listed(shown)))
    return "; ".join(part for part in parts if part)


def may_be_told(change: Change, words: Vocabulary, role: str | None) -> bool:
    """True unless the change is of an own field that the reader's role doesn't see."""
    field = _own_field(change, words)
    return not change.field.startswith(FIELD) or (field is not None and field.is_seen_by(role))


def field_of(change: Change, words: Vocabulary) -> str:
    """What the changed field is called."""
    own = _own_field(change, words) if change.field.startswith(FIELD) else None
    return words.said(FIELDS[change.field] if own is None else own.label)


def said_of_both(change: Change, old: Plan, new: Plan, words: Vocabulary) -> tuple[str, str]:
    """What the changed field said and what it says now, each in the unit of its own plan."""
    before, now = (next(item for item in plan if item.number == change.number) for plan in (old, new))
    return said_of_field(change, change.old, before, words), said_of_field(change, change.new, now, words)


def said_of_field(change: Change, value: str, item: PlanItem, words: Vocabulary) -> str:
    """What a text of the changed field says."""
    own = _own_field(change, words) if change.field.startswith(FIELD) else None
    return _value(change.field, value, item, words) if own is None else own_value(own, value, words) or "–"


def _own_field(change: Change, words: Vocabulary) -> Field | None:
    """The field of the workflow's own that a change is about."""
    own = {} if words.definition is None else words.definition.fields.item
    return own.get(change.field.removeprefix(FIELD))


def _drafted(fact: CommitmentDrafted, telling: Telling) -> Mapping[str, str]:
    words = telling.words
    return {
        "actor": telling.actor,
        "reference": fact.reference,
        "party": words.organisation(fact.party),
        "subject": words.subject(fact.subject),
        "year": str(fact.fiscal_year),
        "scope": words.scope(fact.replication_scope),
        "pic": words.office(fact.pic),
        "following": words.clause_if("following", fact.follows_reference),
    }


def _edited(fact: DraftEdited, telling: Telling) -> Mapping[str, str]:
    words = telling.words
    return {
        "actor": telling.actor,
        "scope": words.scope(fact.replication_scope),
        "agency": words.office(fact.agency),
        "pic": words.office(fact.pic),
    }


def _amended(fact: PlanAmended, telling: Telling) -> Mapping[str, str]:
    changes = plan_changes(_revision_before(fact, telling), fact.items, telling.words)
    told = f": {changes}" if changes else ""
    return {"revision": str(fact.revision), **_plan(fact.items, telling), "changes": told}


def _revision_before(fact: PlanAmended, telling: Telling) -> tuple[PlanItem, ...]:
    revisions = () if telling.commitment is None else telling.commitment.revisions
    return revisions[fact.revision - 1] if 0 < fact.revision <= len(revisions) else fact.items


def _plan(items: tuple[PlanItem, ...], telling: Telling) -> dict[str, str]:
    budget = telling.words.money(sum(item.budget_idr for item in items))
    return {"items": telling.items_counted(items), "budget": budget}


def _numbers(changes: Iterable[Change], kind: str, words: Vocabulary) -> str:
    numbers = [words.clause("item", number=str(one.number), activity="") for one in changes if one.kind == kind]
    return words.clause(kind, it=words.listed(numbers)) if numbers else ""


def _field(change: Change, old: Plan, new: Plan, words: Vocabulary) -> str:
    named = words.clause("item", number=str(change.number), activity="")
    before, now = said_of_both(change, old, new, words)
    return f"{named} {field_of(change, words)} {before} → {now}"


def _value(field: str, value: str, item: PlanItem, words: Vocabulary) -> str:
    match field:
        case "target":
            return words.quantity(Decimal(value), item.unit)
        case "budget_idr":
            return words.money(int(value))
        case "starts_on" | "ends_on":
            return words.day(date.fromisoformat(value))
        case "agency":
            return words.office(value)
        case "stage":
            return words.stage(value)
        case "fund":
            return words.fund(value)
        case _:
            return f"“{value}”"
