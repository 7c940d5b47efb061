"""Every refusal code as a sentence for people, in both languages; its places are filled from the blocker's facts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workflows.definition import Definition, Label
from workflows.errors import Blocker
from workflows.offices import EMPTY, Directory
from workflows.sentences import (
    definitions,
    delegations,
    effects,
    histories,
    money,
    oversight,
    plans,
    programmes,
    reports,
    requests,
    sittings,
)
from workflows.sentences import directory as directory_texts
from workflows.sentences.words import WORDS

SENTENCES: Mapping[str, Label] = MappingProxyType(
    {
        code: Label(id=indonesian, en=english)
        for code, indonesian, english in (
            *requests.TEXTS,
            *sittings.TEXTS,
            *plans.TEXTS,
            *reports.TEXTS,
            *programmes.TEXTS,
            *money.TEXTS,
            *effects.TEXTS,
            *oversight.TEXTS,
            *histories.TEXTS,
            *directory_texts.TEXTS,
            *delegations.TEXTS,
            *definitions.TEXTS,
        )
    }
)
STATES = frozenset({"as", "state", "states", "sources"})
ACTS = frozenset({"act", "move"})
ROLES = frozenset({"role", "roles"})
OFFICES = frozenset({"office", "asker", "on_behalf_of", "to"})
VERDICTS = frozenset({"verdict", "allowed"})
FIELDS = frozenset({"fields", "known_fields"})


def sentence(
    blocker: Blocker, language: str, *, definition: Definition | None = None, directory: Directory = EMPTY
) -> str:
    """A blocker as one sentence in a language (id | en), with the names that the definition and the directory give."""
    text = said(SENTENCES[blocker.code], language)
    filled = {
        place: ", ".join(_shown(place, code, language, definition, directory) for code in codes.split(", "))
        for place, codes in blocker.facts.items()
    }
    return text.format_map({**filled, **_fields(blocker.facts, language, definition)})


def _fields(facts: Mapping[str, str], language: str, definition: Definition | None) -> Mapping[str, str]:
    """Own fields by their labels: two objects may have fields of one name."""
    kind = facts.get("object", "").partition(" ")[0]
    if definition is None or not kind:
        return {}
    labels = {
        field.name: said(field.label, language)
        for place, field in definition.fields.each()
        if place.partition(".")[0] == kind
    }
    return {
        place: ", ".join(labels.get(name, name) for name in names.split(", "))
        for place, names in facts.items()
        if place in FIELDS
    }


def said(label: Label, language: str) -> str:
    """A label in a language; Indonesian where it isn't English."""
    return label.en if language == "en" else label.id


def _shown(place: str, code: str, language: str, definition: Definition | None, directory: Directory) -> str:
    if place in OFFICES:
        office = directory.office(code)
        return code if office is None else office.name
    if place == "party":
        organisation = directory.organisation(code)
        return code if organisation is None else organisation.name
    if place == "object":
        kind, _, number = code.partition(" ")
        return f"{said(WORDS['object'][kind], language)} {number}".strip()
    label = _label(place, code, definition)
    return code if label is None else said(label, language)


def _label(place: str, code: str, definition: Definition | None) -> Label | None:
    if place in VERDICTS:
        return WORDS["verdict"].get(code)
    if place in ("status", "expected"):
        return WORDS[place].get(code)
    if definition is None:
        return WORDS["act"].get(code) if place in ACTS else None
    if place in STATES:
        state = definition.states.get(code)
        return None if state is None else state.label
    if place in ROLES:
        role = definition.roles.get(code)
        return None if role is None else role.label
    if place in ACTS:
        move = definition.moves.get(code)
        return WORDS["act"].get(code) if move is None else move.label
    if place == "reason":
        return next((known[code] for known in definition.reasons.values() if code in known), None)
    return None
