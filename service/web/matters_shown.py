"""Matters and notes as pages show them: what is open first, and what the visitor may do with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from service.sentences import Vocabulary, item_named, raised
from service.web.dues import Due, due_owed
from service.web.visit import Visit
from workflows.answers import acts_on
from workflows.blockers import Possible
from workflows.commitment import Commitment, Matter, Said
from workflows.facts import Evidence
from workflows.matters import ACTS


@dataclass(frozen=True, slots=True)
class SaidShown:
    """Something said on a matter."""

    office: str
    text: str
    evidence: tuple[Evidence, ...]
    when: str


@dataclass(frozen=True, slots=True)
class MatterShown:
    """A matter. anchor: its place on the page; may: what the visitor may do, of answer, send_back and close"""

    id: str
    anchor: str
    kind: str
    title: str
    status: str
    is_open: bool
    office: str
    addressee: str
    item: str
    category: str
    text: str
    evidence: tuple[Evidence, ...]
    raised: str
    due: Due | None
    answers: tuple[SaidShown, ...]
    returned: SaidShown | None
    closing: SaidShown | None
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class NoteShown:
    """A note. visited: the day and place of a visit; empty for any other note"""

    office: str
    text: str
    evidence: tuple[Evidence, ...]
    noted: str
    visited: str


@dataclass(frozen=True, slots=True)
class OversightShown:
    """What others raised and noted; raising: what the visitor may raise, as the name and path of its form"""

    open: tuple[MatterShown, ...]
    over: tuple[MatterShown, ...]
    notes: tuple[NoteShown, ...]
    raising: tuple[tuple[str, str], ...]

    @property
    def is_empty(self) -> bool:
        """True where there is nothing to show."""
        return not (self.open or self.over or self.notes or self.raising)


FORMS = {**{act: kind for kind, act in ACTS.items()}, "note_visit": "visit", "note": "note"}
"""The form of each act that raises or notes something, as its path names it."""


def oversight_shown(visit: Visit, state: Commitment, possible: Iterable[Possible]) -> OversightShown:
    """Everything that others raised and noted. possible: what `overview` found; empty for a past view"""
    offered = tuple(possible)
    matters = [matter_shown(visit, state, one, offered) for one in state.matters.values()]
    return OversightShown(
        open=tuple(one for one in matters if one.is_open),
        over=tuple(one for one in matters if not one.is_open),
        notes=tuple(_notes(visit, state)),
        raising=tuple(
            (form_name(visit, FORMS[one.act]), f"/commitments/{state.id}/raise/{FORMS[one.act]}")
            for one in offered
            if one.act in FORMS and one.may
        ),
    )


def matter_shown(visit: Visit, state: Commitment, matter: Matter, possible: Iterable[Possible]) -> MatterShown:
    """One matter."""
    words = visit.words(state)
    owed = None if matter.obligation is None else state.owed[matter.obligation]
    obliged = owed.obligation if owed is not None and owed.is_open else None
    title = raised(matter.id, words)
    return MatterShown(
        id=matter.id,
        anchor=matter.id.rpartition(".")[2],
        kind=matter.kind,
        title=title[:1].upper() + title[1:],
        status=matter.status,
        is_open=matter.is_open,
        office=words.office(matter.office),
        addressee="" if matter.addressee is None else words.office(matter.addressee),
        item="" if matter.item is None else item_named(matter.item, words, state),
        category="" if matter.category is None else words.reason("obstacle", matter.category),
        text=matter.text,
        evidence=matter.evidence,
        raised=words.moment(matter.raised_at),
        due=None if obliged is None else due_owed(visit, state, obliged),
        answers=tuple(_said(one, words) for one in matter.answers),
        returned=_said(matter.returned, words) if matter.returned is not None and matter.status == "open" else None,
        closing=None if matter.closing is None else _said(matter.closing, words),
        may=frozenset(one.act for one in possible if one.on == matter.id and one.may and one.act in acts_on(matter)),
    )


def form_name(visit: Visit, form: str) -> str:
    """What a form that raises or notes something is called."""
    return {
        "finding": visit.say("Catat temuan", "Record a finding"),
        "direction": visit.say("Beri arahan", "Give a direction"),
        "obstacle": visit.say("Laporkan kendala", "Report an obstacle"),
        "help": visit.say("Minta bantuan pendamping", "Ask the mentor for help"),
        "visit": visit.say("Catat kunjungan", "Note a visit"),
        "note": visit.say("Beri catatan", "Make a note"),
    }[form]


def _said(said: Said, words: Vocabulary) -> SaidShown:
    return SaidShown(words.office(said.office), said.text, said.evidence, words.moment(said.at))


def _notes(visit: Visit, state: Commitment) -> Iterable[NoteShown]:
    words = visit.words(state)
    for note in state.notes:
        visited = "" if note.visited_on is None else f"{words.weekday(note.visited_on)}, {note.place}"
        yield NoteShown(words.office(note.office), note.text, note.evidence, words.moment(note.noted_at), visited)
