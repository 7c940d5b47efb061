"""A party's place in a programme: invited, declined, without an answer, joined, late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.support.directory import directory
from tests.support.saying import codes_said
from tests.support.world import COORDINATOR, HEAD, NEW_YEAR, OPENED, PARTY, holder_of
from tests.workflows.test_programmes import ADOPTED, INSTALLED
from workflows.commands import DeclineInvitation, InviteParties, JoinProgramme, SeatCommand
from workflows.context import Acting
from workflows.errors import Refused
from workflows.facts import InvitationDeclined, PartyInvited, PartyJoined, ProgrammeClosed, ProgrammeFact, SeatFact
from workflows.programme_seats import Seat, seats_of
from workflows.programmes import decide_programme, replay_programmes

NAME, OTHER = OPENED.programme, "61.05"
SENT, LIMIT = date(2021, 11, 1), date(2021, 11, 15)
INVITE = InviteParties(NAME, (PARTY, OTHER), " 000.8/1 ", SENT, LIMIT)
INVITED = PartyInvited(NAME, PARTY, "000.8/1", SENT, LIMIT, COORDINATOR)
DECLINE = DeclineInvitation(NAME, PARTY, "", date(2021, 11, 10), " Tanpa anggaran ")
DECLINED = InvitationDeclined(NAME, PARTY, "", date(2021, 11, 10), "Tanpa anggaran", COORDINATOR)
JOIN = JoinProgramme(NAME, PARTY, "000.8/7", date(2021, 11, 20))
JOINED = PartyJoined(NAME, PARTY, "000.8/7", date(2021, 11, 20), COORDINATOR)
READY: tuple[ProgrammeFact, ...] = (ADOPTED, INSTALLED, OPENED)
CLOSED = ProgrammeClosed(NAME, "800/9", "Tahun berakhir", COORDINATOR)


def stated(command: SeatCommand, *before: ProgrammeFact, office: str = COORDINATOR) -> tuple[ProgrammeFact, ...]:
    by, state = Acting(office, holder_of(office)), replay_programmes((*READY, *before))
    return decide_programme(state, command, by=by, directory=directory(), now=NEW_YEAR)


def refused(command: SeatCommand, *before: ProgrammeFact, office: str = COORDINATOR) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        stated(command, *before, office=office)
    return codes_said(caught.value.blockers)


def seat(*said: SeatFact) -> Seat:
    return seats_of((PARTY,), said)[0]


def test_parties_are_invited_by_one_letter_each_with_a_fact_of_its_own() -> None:
    assert stated(INVITE) == (INVITED, replace(INVITED, party=OTHER))
    assert stated(INVITE, INVITED) == (replace(INVITED, party=OTHER),)
    assert stated(replace(INVITE, parties=(PARTY, PARTY))) == (INVITED,)
    again = replace(INVITE, parties=(PARTY,), letter="000.8/2")
    assert stated(again, INVITED) == (replace(INVITED, letter="000.8/2"),)


def test_a_party_declines_with_a_reason_and_may_be_asked_again() -> None:
    assert stated(DECLINE, INVITED) == (DECLINED,)
    assert stated(DECLINE, INVITED, DECLINED) == ()
    assert stated(replace(INVITE, parties=(PARTY,)), INVITED, DECLINED) == (INVITED,)
    assert seat(INVITED, DECLINED, INVITED).standing(LIMIT) == "invited"


def test_a_party_joins_by_invitation_or_of_itself_and_a_slip_is_taken_back() -> None:
    assert stated(JOIN, INVITED) == (JOINED,)
    assert stated(JOIN) == (JOINED,)
    assert stated(JOIN, JOINED) == ()
    assert stated(DECLINE, JOINED) == (DECLINED,)
    assert stated(JOIN, INVITED, DECLINED) == (JOINED,)
    assert refused(INVITE, INVITED, JOINED) == ("party_joined",)


@pytest.mark.parametrize(
    ("said", "today", "standing", "late"),
    [
        ((), LIMIT, "not_invited", False),
        ((INVITED,), LIMIT, "invited", False),
        ((INVITED,), date(2021, 11, 16), "no_answer", False),
        ((replace(INVITED, answer_by=None),), date(2022, 11, 16), "invited", False),
        ((INVITED, DECLINED), date(2021, 11, 16), "declined", False),
        ((INVITED, JOINED), date(2021, 11, 20), "joined", True),
        ((INVITED, replace(JOINED, joined_on=LIMIT)), LIMIT, "joined", False),
        ((JOINED,), LIMIT, "joined", False),
    ],
)
def test_how_a_seat_stands_is_computed(said: tuple[SeatFact, ...], today: date, standing: str, late: bool) -> None:
    one = seat(*said)
    assert (one.standing(today), one.is_late) == (standing, late)


def test_every_party_has_a_seat_and_what_was_said_of_others_is_kept() -> None:
    found = seats_of((OTHER, PARTY), (JOINED, replace(INVITED, party="61.99")))
    assert [(one.party, one.standing(LIMIT)) for one in found] == [
        (OTHER, "not_invited"),
        (PARTY, "joined"),
        ("61.99", "invited"),
    ]


@pytest.mark.parametrize(
    ("command", "codes"),
    [
        (replace(INVITE, parties=()), ("field_blank",)),
        (replace(INVITE, parties=(PARTY, "61.99")), ("party_not_in_programme",)),
        (replace(INVITE, letter=" "), ("letter_missing",)),
        (replace(INVITE, invited_on=date(2022, 2, 1), answer_by=None), ("seat_in_future",)),
        (replace(INVITE, answer_by=date(2021, 10, 1)), ("end_before_start",)),
        (replace(DECLINE, reason=" "), ("text_missing",)),
        (replace(DECLINE, declined_on=date(2022, 2, 1)), ("seat_in_future",)),
        (replace(DECLINE, declined_on=date(2021, 10, 1)), ("answered_before_invited",)),
        (replace(JOIN, joined_on=date(2021, 10, 1)), ("answered_before_invited",)),
        (replace(JOIN, joined_on=date(2022, 2, 1)), ("seat_in_future",)),
    ],
)
def test_what_is_wrong_with_a_seat_is_named(command: SeatCommand, codes: tuple[str, ...]) -> None:
    assert refused(command, INVITED) == codes


def test_nobody_declines_what_was_never_offered() -> None:
    assert refused(DECLINE) == ("party_not_invited",)


def test_a_closed_programme_keeps_its_seats() -> None:
    assert [refused(one, INVITED, CLOSED) for one in (INVITE, DECLINE, JOIN)] == [("programme_closed",)] * 3


def test_only_who_may_open_the_programme_keeps_its_seats() -> None:
    assert refused(INVITE, office=HEAD) == ("role_may_not",)
    assert refused(replace(JOIN, programme="none")) == ("programme_unknown",)
