"""Notes of who oversees or mentors: what they saw on a visit, what they think. Nothing hangs on them."""

from __future__ import annotations

from dataclasses import dataclass

from workflows import facts
from workflows.calendar import morning
from workflows.commands import MakeNote, NoteVisit, NotingCommand
from workflows.commitment import Commitment
from workflows.context import Context
from workflows.errors import Blocker
from workflows.facts import CommitmentFact
from workflows.rules import (
    NONE,
    Blockers,
    access,
    collect,
    evidence,
    role_acts,
    text_given,
)


@dataclass(frozen=True, slots=True)
class Noting:
    """A note that somebody makes. act: note | note_visit; `command` is None where the question is whether they might"""

    commitment: Commitment
    act: str
    command: NotingCommand | None
    context: Context

    @property
    def given(self) -> NotingCommand:
        """What is noted."""
        assert self.command is not None, "asked only with a command"
        return self.command


def may_note(commitment: Commitment, act: str, context: Context) -> Blockers:
    """Why the acting office can't make such a note, whatever it were to say."""
    return access(commitment, context) or collect(MAY_NOTE_RULES, Noting(commitment, act, None, context))


def note_blockers(commitment: Commitment, command: NotingCommand, context: Context) -> Blockers:
    """Why this note can't be made."""
    act = "note_visit" if isinstance(command, NoteVisit) else "note"
    return access(commitment, context) or collect(NOTE_RULES, Noting(commitment, act, command, context))


def make_note(commitment: Commitment, command: NotingCommand, context: Context) -> tuple[CommitmentFact, ...]:
    """The note stands. Nothing stands in the way."""
    number, office = len(commitment.notes) + 1, context.by.authority
    note, text, files = f"{commitment.id}.n{number}", command.text, command.evidence
    if isinstance(command, MakeNote):
        return (facts.NoteMade(note, number, office, text, files),)
    visited_at = max(morning(command.visited_on, context.programme.zone, 0), commitment.drafted_at)
    day, place = command.visited_on, command.place
    return (facts.VisitNoted(note, number, office, day, visited_at, place, text, files),)


def role_notes(case: Noting) -> Blockers:
    return role_acts(case.act, case.commitment, case.context)


def says_something(case: Noting) -> Blockers:
    return text_given(case.given.text, case.context)


def evidence_sound(case: Noting) -> Blockers:
    return evidence(case.given.evidence)


def place_named(case: Noting) -> Blockers:
    if not isinstance(case.given, NoteVisit) or case.given.place.strip():
        return NONE
    return (Blocker("place_missing", {}, (case.context.by.authority,)),)


def day_of_visit(case: Noting) -> Blockers:
    """A visit was made since the commitment was drafted, and not in the days to come."""
    if not isinstance(case.given, NoteVisit):
        return NONE
    day, drafted_on = case.given.visited_on, case.context.day_of(case.commitment.drafted_at)
    if day > case.context.today:
        return (Blocker("visited_in_future", {"visited_on": day.isoformat()}, (case.context.by.authority,)),)
    if day < drafted_on:
        found = {"visited_on": day.isoformat(), "drafted_on": drafted_on.isoformat()}
        return (Blocker("visited_before_draft", found, (case.context.by.authority,)),)
    return NONE


MAY_NOTE_RULES = (role_notes,)
NOTE_RULES = (*MAY_NOTE_RULES, says_something, place_named, day_of_visit, evidence_sound)
