"""A party's place in a programme: invited, declined, without an answer, joined, late.

Scope, invited and signed are three different sets: the scope is what the programme opened with, whom it invited stands
here, and who signed is told by the commitments alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from workflows.commands import DeclineInvitation, InviteParties, JoinProgramme, SeatCommand
from workflows.errors import Blocker, Refused
from workflows.facts import InvitationDeclined, PartyInvited, PartyJoined, SeatFact
from workflows.period_changes import NONE, Blockers, Managing, acts_in_role, managers, programme_runs

MANAGE = "open_programme"
"""Who may open a programme keeps its seats."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A party's place as its last facts leave it; None where nothing was said."""

    party: str
    invited: PartyInvited | None = None
    answered: InvitationDeclined | PartyJoined | None = None

    def standing(self, today: date) -> str:
        """How it stands on a day: not_invited | invited | no_answer | declined | joined"""
        if self.answered is not None:
            return "joined" if isinstance(self.answered, PartyJoined) else "declined"
        if self.invited is None:
            return "not_invited"
        limit = self.invited.answer_by
        return "no_answer" if limit is not None and limit < today else "invited"

    @property
    def is_late(self) -> bool:
        """True where it joined after the day by which an answer was asked."""
        limit = None if self.invited is None else self.invited.answer_by
        return limit is not None and isinstance(self.answered, PartyJoined) and self.answered.joined_on > limit


def seats_of(parties: Iterable[str], said: Iterable[SeatFact]) -> tuple[Seat, ...]:
    """The seat of every party, in the given order, after all that was said, in the order of saying."""
    seats = {party: Seat(party) for party in parties}
    for fact in said:
        seat = seats.get(fact.party, Seat(fact.party))
        if isinstance(fact, PartyInvited):
            seats[fact.party] = Seat(fact.party, invited=fact)
        else:
            seats[fact.party] = replace(seat, answered=fact)
    return tuple(seats.values())


Rule = Callable[[Managing, SeatCommand], Blockers]


def change_seats(case: Managing, command: SeatCommand) -> tuple[SeatFact, ...]:
    """State what is new about the seats; nothing where all is so already. Raises Refused with every reason why not."""
    found = seat_blockers(case, command)
    if found:
        raise Refused(found)
    return tuple(fact for fact in _stated(case, command) if fact not in _standing(_seat(case, fact.party)))


def seat_blockers(case: Managing, command: SeatCommand) -> Blockers:
    """Why the seats can't be changed in this way."""
    denied = acts_in_role(case, MANAGE, (case.programme.organisation,)) or parties_in_scope(case, command)
    return denied or tuple(blocker for rule in RULES[type(command)] for blocker in rule(case, command))


def parties_in_scope(case: Managing, command: SeatCommand) -> Blockers:
    programme = case.programme
    return tuple(
        Blocker("party_not_in_programme", {"party": party, "programme": programme.programme})
        for party in _parties(command)
        if party not in programme.parties
    )


def parties_named(case: Managing, command: SeatCommand) -> Blockers:
    return NONE if _parties(command) else (Blocker("field_blank", {"field": "parties"}),)


def invitation_has_letter(case: Managing, command: SeatCommand) -> Blockers:
    return NONE if command.letter.strip() else (Blocker("letter_missing", {}, (case.by.authority,)),)


def reason_given(case: Managing, command: SeatCommand) -> Blockers:
    assert isinstance(command, DeclineInvitation), "asked of refusals alone"
    return NONE if command.reason.strip() else (Blocker("text_missing", {}, (case.by.authority,)),)


def day_has_come(case: Managing, command: SeatCommand) -> Blockers:
    on = _on(command)
    return NONE if on <= case.today else (Blocker("seat_in_future", {"on": on.isoformat()}, (case.by.authority,)),)


def answer_after_invitation(case: Managing, command: SeatCommand) -> Blockers:
    assert isinstance(command, InviteParties), "asked of invitations alone"
    start, end = command.invited_on, command.answer_by
    if end is None or end >= start:
        return NONE
    return (Blocker("end_before_start", {"start": start.isoformat(), "end": end.isoformat()}),)


def not_joined_yet(case: Managing, command: SeatCommand) -> Blockers:
    """Whoever takes part already isn't asked again."""
    joined = (_seat(case, party).answered for party in _parties(command))
    return tuple(
        Blocker("party_joined", {"party": one.party, "on": one.joined_on.isoformat()})
        for one in joined
        if isinstance(one, PartyJoined)
    )


def was_asked(case: Managing, command: SeatCommand) -> Blockers:
    """Only what was offered, or taken, can be declined."""
    assert isinstance(command, DeclineInvitation), "asked of refusals alone"
    seat = _seat(case, command.party)
    if seat.invited is not None or seat.answered is not None:
        return NONE
    return (Blocker("party_not_invited", {"party": command.party}, managers(case)),)


def not_before_invitation(case: Managing, command: SeatCommand) -> Blockers:
    (party,) = _parties(command)
    invited, on = _seat(case, party).invited, _on(command)
    if invited is None or on >= invited.invited_on:
        return NONE
    found = {"party": party, "invited_on": invited.invited_on.isoformat()}
    return (Blocker("answered_before_invited", found, (case.by.authority,)),)


RULES: dict[type, tuple[Rule, ...]] = {
    InviteParties: (
        parties_named,
        programme_runs,
        invitation_has_letter,
        day_has_come,
        answer_after_invitation,
        not_joined_yet,
    ),
    DeclineInvitation: (programme_runs, reason_given, day_has_come, was_asked, not_before_invitation),
    JoinProgramme: (programme_runs, day_has_come, not_before_invitation),
}


def _stated(case: Managing, command: SeatCommand) -> Iterator[SeatFact]:
    programme, letter, by = command.programme, command.letter.strip(), case.by.authority
    match command:
        case InviteParties():
            for party in dict.fromkeys(command.parties):
                yield PartyInvited(programme, party, letter, command.invited_on, command.answer_by, by)
        case DeclineInvitation():
            yield InvitationDeclined(programme, command.party, letter, command.declined_on, command.reason.strip(), by)
        case JoinProgramme():
            yield PartyJoined(programme, command.party, letter, command.joined_on, by)
        case _:
            assert_never(command)


def _standing(seat: Seat) -> tuple[SeatFact, ...]:
    """What holds of a seat: its invitation until it is answered, and its answer."""
    last = seat.answered or seat.invited
    return () if last is None else (last,)


def _seat(case: Managing, party: str) -> Seat:
    (seat,) = seats_of((party,), (fact for fact in case.seats if fact.party == party))
    return seat


def _parties(command: SeatCommand) -> tuple[str, ...]:
    return command.parties if isinstance(command, InviteParties) else (command.party,)


def _on(command: SeatCommand) -> date:
    match command:
        case InviteParties():
            return command.invited_on
        case DeclineInvitation():
            return command.declined_on
        case JoinProgramme():
            return command.joined_on
        case _:
            assert_never(command)
