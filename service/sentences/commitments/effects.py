"""Facts of what took effect without a change of state."""

from __future__ import annotations

from collections.abc import Mapping

from service.sentences.commitments.telling import Telling
from service.sentences.texts import FIELDS
from service.sentences.vocabulary import Vocabulary
from workflows.commitment import Commitment
from workflows.facts import (
    CommitmentCorrected,
    Correction,
    EffectFact,
    HoldBegun,
    HoldEnded,
    ItemExtended,
    MovedItem,
    RequestFulfilled,
)

ITEMS_SHOWN = 5


def places(fact: EffectFact, telling: Telling) -> Mapping[str, str]:
    """The texts of the places."""
    words = telling.words
    match fact:
        case RequestFulfilled():
            return _fulfilled(fact, telling)
        case HoldBegun():
            return {
                "begins_on": words.weekday(fact.begins_on),
                "ends_on": words.weekday(fact.ends_on),
                "days": words.number(fact.working_days),
                "items": _items(fact.items, telling),
            }
        case ItemExtended():
            return _extended(fact, telling)
        case CommitmentCorrected():
            return {"corrections": "; ".join(_correction(one, telling) for one in fact.corrections)}
        case HoldEnded():
            return {
                "ended_on": words.weekday(fact.ended_on),
                "days": words.number(fact.days_left),
                "items": _items(fact.items, telling),
            }


def correction(one: Correction, words: Vocabulary, commitment: Commitment | None) -> str:
    """One field with what stood there and what is to stand there."""
    return _correction(one, Telling(words, commitment))


def _correction(one: Correction, telling: Telling) -> str:
    words = telling.words
    if one.item is not None:
        field = f"{words.clause('item', number=str(one.item), activity='')} {words.said(FIELDS[one.field])}"
    else:
        field = words.clause("pic")
    old, new = (words.office(text) if one.field == "pic" else f"“{text}”" for text in (one.old or "", one.new))
    return words.clause("corrected", field=field, old=old, new=new)


def _extended(fact: ItemExtended, telling: Telling) -> Mapping[str, str]:
    words, item = telling.words, telling.item(fact.item)
    return {
        "item": item[:1].upper() + item[1:],
        "ends_on": words.weekday(fact.ends_on),
        "was": words.day(fact.was),
        "days": words.number(fact.working_days),
        "number": words.number(fact.number),
    }


def _fulfilled(fact: RequestFulfilled, telling: Telling) -> Mapping[str, str]:
    request, commitment = telling.request(fact.request), telling.commitment
    asked = None if commitment is None else commitment.requests.get(fact.request)
    state = "-" if asked is None else telling.words.state(asked.opened.from_state)
    return {"Request": request[:1].upper() + request[1:], "state": state}


def _items(moved: tuple[MovedItem, ...], telling: Telling) -> str:
    words = telling.words
    shown = [_item(one, telling) for one in moved[:ITEMS_SHOWN]]
    left_out = len(moved) - ITEMS_SHOWN
    return words.clause_if("items end", words.listed(shown + ([f"+{left_out}"] if left_out > 0 else [])))


def _item(moved: MovedItem, telling: Telling) -> str:
    words = telling.words
    item = words.clause("item", number=str(moved.item), activity="")
    return words.clause("ends now", item=item, ends_on=words.day(moved.ends_on), was=words.day(moved.was))
