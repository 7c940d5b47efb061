"""Why not, in one sentence with names, numbers and local times in the places of ids, codes and stored times."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from service.sentences.vocabulary import Vocabulary
from workflows.definition import Label
from workflows.errors import Blocker
from workflows.sentences import sentence as sentence_of_blocker

_NUMBERED = re.compile(r".+\.[rcp](\d+)", re.ASCII)
_MATTER = re.compile(r".+\.([fdoh])(\d+)", re.ASCII)
_KINDS = {"f": "finding", "d": "direction", "o": "obstacle", "h": "help"}
_STORED_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SKIPPED = re.compile(r"(.+) \((\w+)\)")
_MODES = frozenset({"in_person", "online", "wet_ink"})
_PLACES: Mapping[str, Label] = {
    "agency": Label("perangkat daerah", "agency"),
    "pic": Label("penanggung jawab", "person in charge"),
    "cumulative": Label("kumulatif", "cumulative"),
    "per_period": Label("per periode", "per period"),
}
_FORM_FIELDS: Mapping[str, Label] = {
    "letter": Label("Nomor surat", "The letter's number"),
    "text": Label("Alasan", "The reason"),
    "reason": Label("Alasan", "The reason"),
    "parties": Label("Daftar pihak", "The list of parties"),
}


def refusal(blocker: Blocker, words: Vocabulary, *, reference: str | None = None) -> str:
    """A blocker as a sentence in the vocabulary's language, without any id or code that the vocabulary can name.

    reference  what the commitment that is spoken of is called
    """
    named = replace(blocker, facts=called(blocker.code, blocker.facts, words, reference=reference))
    return sentence_of_blocker(named, words.language, definition=words.definition, directory=words.directory)


def called(
    code: str, facts: Mapping[str, str], words: Vocabulary, *, reference: str | None = None
) -> Mapping[str, str]:
    """What fills a code's sentence, as people say it; what the vocabulary can't name stands as it is."""
    found = {name: _called(_CALLED.get((code, name)) or _CALLED.get(name), fact, words) for name, fact in facts.items()}
    if reference is not None and "commitment" in found:
        found["commitment"] = reference
    return found


def _field(fact: str, words: Vocabulary) -> str:
    """A field of a form by its label."""
    return words.said(_FORM_FIELDS[fact]) if fact in _FORM_FIELDS else fact


_Call = Callable[[str, Vocabulary], str]


def _called(call: _Call | None, fact: str, words: Vocabulary) -> str:
    try:
        return (call or _plain)(fact, words)
    except (ValueError, ArithmeticError):
        return fact


def _plain(fact: str, words: Vocabulary) -> str:
    """A stored day as people write it; anything else as it stands."""
    return _day(fact, words) if _STORED_DAY.fullmatch(fact) else fact


def _each(call: _Call) -> _Call:
    return lambda fact, words: ", ".join(call(one, words) for one in fact.split(", "))


def clears(blocker: Blocker, words: Vocabulary) -> str:
    """Until when an office can clear it, or when time alone does; empty where no time is known."""
    if blocker.until is None:
        return ""
    return words.limit(blocker.until) if blocker.cleared_by else words.moment(blocker.until)


def _number_or_sheet(fact: str, words: Vocabulary) -> str:
    """The number of a request or claim, which is what its id ends with; a sheet by its party."""
    numbered = _NUMBERED.fullmatch(fact)
    return _sheet(fact, words) if numbered is None else numbered.group(1)


def _matter(fact: str, words: Vocabulary) -> str:
    found = _MATTER.fullmatch(fact)
    return fact if found is None else words.clause(_KINDS[found.group(1)], number=found.group(2))


def _sheet(fact: str, words: Vocabulary) -> str:
    _, sep, party = fact.partition(":")
    return words.organisation(party) if sep else fact


def _programme(fact: str, words: Vocabulary) -> str:
    known = words.programme
    return known.name if known is not None and known.programme == fact else fact


def _skipped(fact: str, words: Vocabulary) -> str:
    found = _SKIPPED.fullmatch(fact)
    if found is None or found.group(2) not in ("conflicted", "vacant"):
        return fact
    return f"{words.office(found.group(1))} ({words.clause(f'why {found.group(2)}')})"


def _reason(fact: str, words: Vocabulary) -> str:
    catalogues = {} if words.definition is None else words.definition.reasons
    label = next((known[fact] for known in catalogues.values() if fact in known), None)
    return fact if label is None else words.said(label)


def _evidence(fact: str, words: Vocabulary) -> str:
    """The rules name kinds of evidence in Indonesian; what they are in English, the workflow says."""
    if fact == "-":
        return words.said(Label("bukti dukung", "evidence"))
    moves = () if words.definition is None else words.definition.moves.values()
    label = next((kind for move in moves for kind in move.evidence if kind.id == fact), None)
    return fact if label is None else words.said(label)


def _mode(fact: str, words: Vocabulary) -> str:
    return words.clause(fact) if fact in _MODES else fact


def _place(fact: str, words: Vocabulary) -> str:
    if fact in _PLACES:
        return words.said(_PLACES[fact])
    return fact if words.language == "en" else fact.replace("items", "butir").replace("item", "butir")


def _moment(fact: str, words: Vocabulary) -> str:
    return words.moment(datetime.fromisoformat(fact))


def _money(fact: str, words: Vocabulary) -> str:
    return words.money(int(fact))


def _day(fact: str, words: Vocabulary) -> str:
    return words.day(date.fromisoformat(fact))


_CALLED: Mapping[str | tuple[str, str], _Call] = {
    "pic": lambda fact, words: words.office(fact),
    "request": _number_or_sheet,
    "claim": _number_or_sheet,
    "matter": _matter,
    "findings": _each(_matter),
    "sheet": _sheet,
    ("sheet_unknown", "known"): _sheet,
    "programme": _programme,
    ("field_blank", "field"): _field,
    ("field_unusable", "field"): _field,
    "subject": lambda fact, words: words.subject(fact),
    "skipped": _each(_skipped),
    "place": _place,
    "wanted": _each(_evidence),
    ("reason_missing", "known"): _each(_reason),
    ("reason_unknown", "known"): _each(_reason),
    ("move_unknown", "known"): _each(lambda fact, words: words.move(fact)),
    ("scope_unknown", "known"): _each(lambda fact, words: words.scope(fact)),
    ("stage_unknown", "known"): _each(lambda fact, words: words.stage(fact)),
    ("fund_unknown", "known"): _each(lambda fact, words: words.fund(fact)),
    ("value_unknown", "known"): _each(_place),
    ("mode_unknown", "known"): _each(_mode),
    "value": lambda fact, words: words.number(Decimal(fact)),
    "last": lambda fact, words: words.number(Decimal(fact)),
    "amount_idr": _money,
    "paid_idr": _money,
    "left_idr": _money,
    "remaining_idr": _money,
    "paid_on": _day,
    "payment": _number_or_sheet,
    "signed_at": _moment,
    "received_at": _moment,
    "drafted_at": _moment,
    "asked_at": _moment,
    "approved_at": _moment,
    "witnessed_at": _moment,
    "at": _moment,
    "held_at": _moment,
    "ended_at": _moment,
    "decided_at": _moment,
    "true_at": _moment,
    "last_at": _moment,
    "signed_on": _day,
    "start": _day,
    "end": _day,
    "today": _day,
    ("not_a_delegate", "office"): lambda fact, words: words.office(fact),
    ("not_a_delegate", "on_behalf_of"): lambda fact, words: words.office(fact),
    "unknown": _each(lambda fact, words: words.move(fact)),
    "due_on": _day,
    "visited_on": _day,
    "drafted_on": _day,
    "opens_on": _day,
    ("year_not_long_over", "from"): _day,
    "last_day": _day,
    "invited_on": _day,
    ("seat_in_future", "on"): _day,
    ("party_joined", "on"): _day,
    ("before_go_live", "on"): _day,
    "closes_on": _day,
    "day": _day,
}
