"""A programme's seats on its page: how each stands, and the commands of its forms."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from service import seats
from service.seats import ReadSeat
from service.sentences import Happening, Vocabulary, sentence
from service.web.forms import FieldWrong, day, text
from service.web.visit import Visit
from workflows.commands import DeclineInvitation, InviteParties, JoinProgramme, SeatCommand
from workflows.facts import InvitationDeclined, PartyJoined, ProgrammeOpened

STANDINGS = {
    "not_invited": ("belum diundang", "not invited"),
    "invited": ("menunggu jawaban", "waiting for an answer"),
    "no_answer": ("tidak ada jawaban", "no answer"),
    "declined": ("tidak ikut serta", "declined"),
    "joined": ("ikut serta", "joined"),
}


@dataclass(frozen=True, slots=True)
class SeatShown:
    """A party's seat in words.

    standing  empty where a party signed that was never invited here
    notes     by which letter it was invited, and what it answered
    """

    party: str
    name: str
    standing: str
    is_joined: bool
    is_late: bool
    signed: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeatsShown:
    """The seats that the visitor sees. missing: the names of those that have not signed; said: what was recorded"""

    counts: dict[str, int]
    seats: tuple[SeatShown, ...]
    missing: str
    said: tuple[str, ...]


def seats_shown(visit: Visit, opened: ProgrammeOpened, words: Vocabulary) -> SeatsShown:
    """The seats of the programme's parties in the visitor's scope."""
    found = seats.read_seats(visit.runtime, visit.basis, visit.scope, opened.programme)
    names = {one.seat.party for one in found}
    said = (fact for fact in visit.basis.installed.seats.get(opened.programme, ()) if fact.party in names)
    return SeatsShown(
        counts=seats.counted(found),
        seats=tuple(_seat(visit, one, words) for one in found),
        missing=words.listed(words.organisation(one.seat.party) for one in found if not one.signed),
        said=tuple(sentence(Happening(fact, visit.now, fact.office), words) for fact in said),
    )


def invitation(programme: str) -> SeatCommand:
    """What the form of an invitation says. Raises FieldWrong."""
    form = request.form
    parties = tuple(one for one in form.getlist("parties") if one)
    if not parties:
        raise FieldWrong("parties", "choice")
    limit = day(form, "answer_by") if text(form, "answer_by") else None
    return InviteParties(programme, parties, text(form, "letter"), day(form, "day"), limit)


def answer(programme: str) -> SeatCommand:
    """What the form of an answer says. Raises FieldWrong."""
    form = request.form
    party, letter, on = text(form, "party"), text(form, "letter"), day(form, "day")
    match text(form, "verdict"):
        case "join":
            return JoinProgramme(programme, party, letter, on)
        case "decline":
            return DeclineInvitation(programme, party, letter, on, text(form, "text"))
        case _:
            raise FieldWrong("verdict", "choice")


def _seat(visit: Visit, one: ReadSeat, words: Vocabulary) -> SeatShown:
    return SeatShown(
        party=one.seat.party,
        name=words.organisation(one.seat.party),
        standing="" if one.signed and one.standing == "not_invited" else visit.say(*STANDINGS[one.standing]),
        is_joined=one.standing == "joined",
        is_late=one.seat.is_late,
        signed=one.signed,
        notes=_notes(visit, one, words),
    )


def _notes(visit: Visit, one: ReadSeat, words: Vocabulary) -> tuple[str, ...]:
    invited, answered, notes = one.seat.invited, one.seat.answered, []
    if invited is not None:
        said = {"letter": invited.letter, "on": words.day(invited.invited_on)}
        notes.append(visit.say("diundang dengan surat {letter}, {on}", "invited by letter {letter}, {on}", **said))
        if invited.answer_by is not None:
            until = words.day(invited.answer_by)
            notes.append(visit.say("jawaban paling lambat {on}", "answer by {on}", on=until))
    match answered:
        case PartyJoined():
            notes.append(visit.say("sejak {on}", "since {on}", on=words.day(answered.joined_on)))
        case InvitationDeclined():
            notes.append(f"{words.day(answered.declined_on)}: {answered.reason}")
        case None:
            pass
    return tuple(notes)
