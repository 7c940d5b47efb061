"""The seats of a programme as an office may see them: how each stands, and who signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from events.engine import answering
from service.basis import Basis
from service.formats import local_day
from service.read_models.scope import Scope
from service.read_models.signatories import signatories
from service.runtime import Runtime
from service.sentences import Vocabulary
from workflows.facts import InvitationDeclined, PartyJoined
from workflows.programme_seats import Seat, seats_of


@dataclass(frozen=True, slots=True)
class ReadSeat:
    """A party's seat. standing: not_invited | invited | no_answer | declined | joined; signed: any commitment"""

    seat: Seat
    standing: str
    signed: bool


def read_seats(runtime: Runtime, basis: Basis, scope: Scope, programme: str) -> tuple[ReadSeat, ...]:
    """The seats of a known programme's parties that the office sees, in the programme's order."""
    opened = basis.programmes[programme]
    today = local_day(runtime.now(), opened.zone)
    with answering(), runtime.engine.connect() as connection:
        signed = signatories(connection, scope, programme)
    seen = [party for party in opened.parties if _sees(basis, scope, programme, party) or party in signed]
    said = (fact for fact in basis.installed.seats.get(programme, ()) if fact.party in seen)
    return tuple(ReadSeat(one, one.standing(today), one.party in signed) for one in seats_of(seen, said))


def counted(seats: Iterable[ReadSeat]) -> dict[str, int]:
    """How many parties are in scope, were invited, gave no answer, declined, joined and signed: sets of their own."""
    found = tuple(seats)
    return {
        "parties": len(found),
        "invited": sum(one.seat.invited is not None for one in found),
        **{name: sum(one.standing == name for one in found) for name in ("no_answer", "declined", "joined")},
        "signed": sum(one.signed for one in found),
    }


def seat_document(one: ReadSeat, words: Vocabulary) -> dict[str, object]:
    """A seat as programs read it, from the API and the command line alike."""
    invited, answered = one.seat.invited, one.seat.answered
    return {
        "party": {"id": one.seat.party, "name": words.organisation(one.seat.party)},
        "standing": one.standing,
        "letter": invited and invited.letter,
        "invited_on": invited and invited.invited_on,
        "answer_by": invited and invited.answer_by,
        "answer_letter": answered and answered.letter,
        "answered_on": _day(answered),
        "reason": answered.reason if isinstance(answered, InvitationDeclined) else None,
        "late": one.seat.is_late,
        "signed": one.signed,
    }


def _day(answered: InvitationDeclined | PartyJoined | None) -> date | None:
    if answered is None:
        return None
    return answered.joined_on if isinstance(answered, PartyJoined) else answered.declined_on


def _sees(basis: Basis, scope: Scope, programme: str, party: str) -> bool:
    """Whether the party lies in the office's scope, or the office in the party."""
    if scope.programmes and programme not in scope.programmes:
        return False
    office = basis.directory.office(scope.office)
    return party in scope.parties or (office is not None and party in basis.directory.path(office.organisation))
