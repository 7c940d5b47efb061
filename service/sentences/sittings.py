"""What fills the places of the sentences about sittings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from service.sentences.vocabulary import Vocabulary
from workflows.facts import (
    Attendee,
    SittingAttendanceRecorded,
    SittingClosed,
    SittingCorrected,
    SittingFact,
    SittingOpened,
)


def places(fact: SittingFact, words: Vocabulary) -> Mapping[str, str]:
    """The texts of the places."""
    match fact:
        case SittingOpened():
            return {
                "actor": words.office(fact.opened_by),
                "title": fact.title,
                "mode": words.clause(fact.mode),
                "place": words.clause_if("place", fact.place),
                "held_at": words.moment(fact.held_at),
            }
        case SittingAttendanceRecorded():
            attendees = words.listed(attendee(one, words) for one in fact.attendees)
            return {"actor": words.office(fact.by), "attendees": attendees}
        case SittingCorrected():
            return _corrected(fact, words)
        case SittingClosed():
            return {
                "actor": words.office(fact.by),
                "ended_at": words.moment(fact.ended_at),
                "minutes": words.quoted("sitting minutes said", fact.minutes),
                "evidence": words.clause_if("sitting evidence", None if fact.file is None else fact.file.name),
            }
        case _:
            assert_never(fact)


def attendee(one: Attendee, words: Vocabulary) -> str:
    """An office that was there, in which capacity, and how."""
    return f"{words.actor(one.office, one.capacity)} ({words.clause(one.presence)})"


def _corrected(fact: SittingCorrected, words: Vocabulary) -> Mapping[str, str]:
    changes = (
        words.clause_if("sitting title", fact.title),
        words.clause_if("sitting mode", fact.mode and words.clause(fact.mode)),
        words.clause_if("sitting place", fact.place),
        words.clause_if("sitting minutes", fact.minutes),
        words.clause_if("sitting file", None if fact.file is None else fact.file.name),
    )
    return {
        "actor": words.office(fact.by),
        "changes": words.clause_if("sitting changes", words.listed(one for one in changes if one)),
        "struck": words.clause_if("sitting struck", words.listed(words.office(one) for one in fact.struck)),
        "reason": words.quoted("because", fact.reason),
    }
