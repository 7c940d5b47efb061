"""Who hears of delegations and appointments."""

from datetime import date

from tests.support.delegating import given_to
from tests.support.directory import directory
from tests.support.world import ADMIN, HEAD, MINISTRY, NEW_YEAR, OTHER_HEAD, REGION, SECRETARY
from workflows.concerned import concerned
from workflows.facts import (
    AppointmentEnded,
    DelegationBegun,
    DelegationEnded,
    DelegationFact,
    DelegationRevoked,
    HolderAppointed,
    HolderProposalDeclined,
    HolderProposed,
    OfficeFact,
)

DAY = date(2022, 1, 4)
PROPOSED = HolderProposed("a1", REGION, "p", "plh", "821/1", DAY, None, SECRETARY, "q")


def told(fact: OfficeFact | DelegationFact, by: str) -> list[tuple[str, str, bool]]:
    found = concerned(fact, by, directory(), administrators=frozenset({"system_admin"}))
    assert {one.urgency for one in found} <= {"now"}
    return [(one.office, one.why, one.action) for one in found]


def test_both_sides_of_a_delegation_hear_of_it_but_not_of_their_own_act() -> None:
    given = given_to(REGION, OTHER_HEAD)
    assert told(given, REGION) == [(OTHER_HEAD, "delegation", False)]
    assert told(given, HEAD) == [(OTHER_HEAD, "delegation", False), (REGION, "delegation", False)]
    for by_itself in (DelegationBegun("d", REGION, OTHER_HEAD), DelegationEnded("d", REGION, OTHER_HEAD)):
        assert told(by_itself, "clock") == [(OTHER_HEAD, "delegation", False), (REGION, "delegation", False)]
    revoked = DelegationRevoked(given.delegation, REGION, OTHER_HEAD, NEW_YEAR, "")
    assert told(revoked, ADMIN) == [(OTHER_HEAD, "delegation", False), (REGION, "delegation", False)]


def test_who_may_be_the_second_person_is_asked() -> None:
    assert told(PROPOSED, SECRETARY) == [(ADMIN, "appointment", True)]
    assert told(PROPOSED, ADMIN) == [(SECRETARY, "appointment", True)]


def test_an_office_without_superior_asks_who_administers_there() -> None:
    top = HolderProposed("a1", MINISTRY, "p", "plh", "821/1", DAY, None, MINISTRY, "q")
    assert told(top, MINISTRY) == []


def test_the_office_and_the_one_above_hear_of_a_new_holder_that_two_persons_made() -> None:
    appointed = HolderAppointed("a1", REGION, "p", "plh", "821/1", DAY, None)
    assert told(appointed, ADMIN) == [(REGION, "holder", False), (SECRETARY, "holder", False)]
    assert told(appointed, "operator") == []
    top = HolderAppointed("a1", MINISTRY, "p", "plh", "821/1", DAY, None)
    assert told(top, ADMIN) == [(MINISTRY, "holder", False)]


def test_the_proposer_hears_that_it_came_to_nothing() -> None:
    assert told(HolderProposalDeclined("a1", REGION, SECRETARY, "Sudah ada"), ADMIN) == [
        (SECRETARY, "appointment", False)
    ]


def test_what_an_operator_records_is_told_to_nobody() -> None:
    assert told(AppointmentEnded("a1", REGION, DAY, "821/2"), "operator") == []
