"""Facts about what happened elsewhere, and how others call a commitment."""

from __future__ import annotations

from collections.abc import Mapping

from service.sentences.commitments.telling import Telling
from workflows.facts import ExternalIdGiven, HistoryFact, HistoryImported, StateCorrected, StateImported

DIGEST_SHOWN = 12


def places(fact: HistoryFact, telling: Telling) -> Mapping[str, str]:
    """The texts of the places."""
    words = telling.words
    match fact:
        case HistoryImported():
            title = words.quoted("titled", fact.title)
            return {"actor": telling.actor, "file": fact.file, "digest": fact.digest[:DIGEST_SHOWN], "title": title}
        case ExternalIdGiven():
            named = "" if fact.item is None else telling.item(fact.item)
            return {
                "actor": telling.actor,
                "item": words.clause_if("of item", named),
                "system": fact.system,
                "external_id": fact.external_id,
            }
        case StateImported():
            move = words.clause_if("in brackets", fact.move and words.move(fact.move))
            return {**_state(fact, telling), "move": move}
        case StateCorrected():
            before, reason = words.state(fact.from_state), words.quoted("because", fact.reason)
            return {**_state(fact, telling), "before": before, "reason": reason}


def _state(fact: StateImported | StateCorrected, telling: Telling) -> Mapping[str, str]:
    words = telling.words
    return {
        "state": words.state(fact.to_state),
        "true_on": words.weekday(words.day_of(fact.true_at)),
        "source": words.quoted("by source", fact.source),
        "note": words.quoted("note", fact.note),
    }
