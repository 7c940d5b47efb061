"""Opinions on a request as pages show them: whose they are, what was said, or that nothing came in time."""

from __future__ import annotations

from dataclasses import dataclass

from service.sentences import Vocabulary
from service.web.visit import Visit
from workflows.commitment import Request
from workflows.facts import Evidence, OpinionGiven, OpinionInvited


@dataclass(frozen=True, slots=True)
class OpinionShown:
    """An opinion. of: the office or outside body; said: its words, or that there are none; letter: number and day"""

    of: str
    said: str
    letter: str
    evidence: tuple[Evidence, ...]


def opinions_shown(visit: Visit, request: Request, words: Vocabulary) -> tuple[OpinionShown, ...]:
    """Every opinion that was asked for, in order."""
    given = {one.office: one for one in request.opinions}
    return tuple(_shown(visit, one, given.get(one.office), words) for one in request.invited)


def entered_for(visit: Visit, request: Request) -> str:
    """The outside body whose opinion the visitor's office enters; empty where it speaks for itself."""
    return next((one.body for one in request.invited if one.office == visit.office), "")


def _shown(visit: Visit, asked: OpinionInvited, given: OpinionGiven | None, words: Vocabulary) -> OpinionShown:
    of = asked.body or words.office(asked.office)
    if given is None:
        return OpinionShown(of, _none_yet(visit, asked, words), "", ())
    dated = "" if given.letter_on is None else f", {words.day(given.letter_on)}"
    return OpinionShown(of, given.text, f"{given.letter}{dated}", given.evidence)


def _none_yet(visit: Visit, asked: OpinionInvited, words: Vocabulary) -> str:
    due = words.weekday(asked.due_on)
    if visit.now >= asked.due_at:
        return visit.say("tidak ada pendapat sampai {due}", "no opinion by {due}", due=due)
    return visit.say("belum ada, ditunggu sampai {due}", "none yet, awaited until {due}", due=due)
