"""An appointment by two persons: one proposes, another in another office confirms, and nothing holds before."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.support.delegating import delegated, given_to
from tests.support.directory import directory, holder, office
from tests.support.saying import codes_said
from tests.support.world import ADMIN, HEAD, NEIGHBOUR, NEW_YEAR, PIC, PROVINCE, REGION, SECRETARY, holder_of
from workflows.appointment_rules import decide_appointment
from workflows.commands import AppointmentCommand, ConfirmHolder, DeclineHolder, ProposeHolder
from workflows.context import Acting
from workflows.delegations import EMPTY, Delegations
from workflows.errors import Refused
from workflows.facts import HolderAppointed
from workflows.ground import Ground
from workflows.offices import Directory, evolve_directory

TODAY, LAST = date(2022, 1, 4), date(2022, 1, 20)
PROPOSE = ProposeHolder("a1", REGION, "newcomer", "plh", "821/9", TODAY, LAST)
CONFIRM, DECLINE = ConfirmHolder("a1"), DeclineHolder("a1", "Sudah ada pejabat lain")


def after(
    command: AppointmentCommand,
    by: str,
    *,
    before: Directory | None = None,
    person: str | None = None,
    on_behalf_of: str | None = None,
    now: datetime = NEW_YEAR,
    delegations: Delegations = EMPTY,
) -> Directory:
    """The directory once an office gave the command. Raises Refused."""
    known = before or directory()
    ground = Ground(
        now=now,
        by=Acting(by, person or holder_of(by), on_behalf_of=on_behalf_of),
        directory=known,
        delegations=delegations,
        administrators=frozenset(("system_admin",)),
    )
    for fact in decide_appointment(command, ground):
        known = evolve_directory(known, fact)
    return known


def refusal(command: AppointmentCommand, by: str, **how: object) -> tuple[str, ...]:
    with pytest.raises(Refused) as found:
        after(command, by, **how)
    return codes_said(found.value.blockers)


def proposed(by: str = SECRETARY) -> Directory:
    return after(PROPOSE, by)


def test_a_proposal_holds_nothing_until_another_person_in_another_office_confirms_it() -> None:
    waiting = proposed()
    assert "newcomer" not in {one.person for one in waiting.holders(REGION, TODAY)}
    assert set(waiting.proposals) == {"a1"}
    confirmed = after(CONFIRM, ADMIN, before=waiting)
    assert "newcomer" in {one.person for one in confirmed.holders(REGION, TODAY)}
    assert confirmed.proposals == {}
    assert confirmed.appointments["a1"] == HolderAppointed("a1", REGION, "newcomer", "plh", "821/9", TODAY, LAST)


def test_the_office_its_line_and_who_administers_there_propose_and_nobody_else() -> None:
    for by in (REGION, SECRETARY, PROVINCE, ADMIN):
        assert proposed(by).proposals
    for by in (HEAD, PIC, NEIGHBOUR):
        assert refusal(PROPOSE, by) == ("may_not_appoint",)
        assert refusal(CONFIRM, by, before=proposed()) == ("may_not_appoint",)
    elsewhere = directory(more=(office("61.05.admin", "system_admin", "61.05"), holder("61.05.admin")))
    assert refusal(PROPOSE, "61.05.admin", before=elsewhere) == ("may_not_appoint",)


def test_who_may_not_appoint_learns_nothing_of_the_person() -> None:
    assert refusal(replace(PROPOSE, person=""), HEAD) == ("may_not_appoint",)
    assert refusal(replace(PROPOSE, person=""), SECRETARY) == ("appointee_unknown",)


def test_the_proposer_does_not_confirm_neither_from_another_office_nor_through_a_colleague() -> None:
    waiting = proposed()
    assert refusal(CONFIRM, SECRETARY, before=waiting) == ("proposer_confirms",)
    both = evolve_directory(waiting, holder(ADMIN, holder_of(SECRETARY), capacity="plt"))
    assert refusal(CONFIRM, ADMIN, before=both, person=holder_of(SECRETARY)) == ("proposer_confirms",)
    colleague = evolve_directory(waiting, holder(SECRETARY, "deputy", capacity="plh"))
    assert refusal(CONFIRM, SECRETARY, before=colleague, person="deputy") == ("proposer_confirms",)


def test_nobody_makes_oneself_a_holder() -> None:
    own = replace(PROPOSE, person=holder_of(SECRETARY))
    assert refusal(own, SECRETARY) == ("appointee_decides",)
    for_admin = after(replace(PROPOSE, person=holder_of(ADMIN)), SECRETARY)
    assert refusal(CONFIRM, ADMIN, before=for_admin) == ("appointee_decides",)
    after(CONFIRM, PROVINCE, before=for_admin)


def test_only_a_holder_acts_and_never_on_anothers_behalf() -> None:
    assert refusal(PROPOSE, SECRETARY, person="somebody") == ("not_a_holder",)
    for_province = delegated(given_to(PROVINCE, HEAD)).delegations
    assert refusal(PROPOSE, HEAD, on_behalf_of=PROVINCE, delegations=for_province) == ("may_not_appoint",)
    by_secretary = delegated(given_to(SECRETARY, ADMIN)).delegations
    again = {"before": proposed(), "on_behalf_of": SECRETARY, "delegations": by_secretary}
    assert refusal(CONFIRM, ADMIN, **again) == ("may_not_appoint",)


def test_an_appointment_must_be_sound_when_it_is_proposed() -> None:
    assert refusal(replace(PROPOSE, office="nowhere"), SECRETARY) == ("office_unknown",)
    wrong = replace(PROPOSE, capacity="king", letter="", starts_on=LAST, ends_on=TODAY)
    assert refusal(wrong, SECRETARY) == ("field_blank", "capacity_unknown", "end_before_start")
    assert refusal(replace(PROPOSE, capacity="definitive"), SECRETARY) == ("office_held",)
    assert refusal(replace(PROPOSE, starts_on=date(2022, 1, 3)), SECRETARY) == ("appointment_in_past",)
    assert refusal(replace(PROPOSE, appointment="a2"), ADMIN, before=proposed()) == ("proposal_waiting",)


def test_what_came_between_may_stand_against_the_confirmation() -> None:
    vacant = directory(vacant=(REGION,))
    waiting = after(replace(PROPOSE, capacity="definitive", ends_on=None), SECRETARY, before=vacant)
    taken = evolve_directory(waiting, holder(REGION, "another"))
    assert refusal(CONFIRM, ADMIN, before=taken) == ("office_held",)


def test_a_late_confirmation_does_not_reach_back() -> None:
    later = datetime(2022, 1, 10, 2, tzinfo=UTC)
    confirmed = after(CONFIRM, ADMIN, before=proposed(), now=later)
    assert confirmed.appointments["a1"].starts_on == date(2022, 1, 10)
    over = datetime(2022, 1, 21, 2, tzinfo=UTC)
    assert refusal(CONFIRM, ADMIN, before=proposed(), now=over) == ("proposal_over",)


def test_a_proposal_is_declined_by_another_or_taken_back_by_its_proposer_with_a_reason() -> None:
    for by in (ADMIN, SECRETARY, REGION):
        assert after(DECLINE, by, before=proposed()).proposals == {}
    assert refusal(DECLINE, HEAD, before=proposed()) == ("may_not_appoint",)
    assert refusal(DeclineHolder("a1", " "), ADMIN, before=proposed()) == ("text_missing",)
    assert refusal(DECLINE, SECRETARY, before=proposed(), person="somebody") == ("not_a_holder",)


def test_what_does_not_wait_is_neither_confirmed_nor_declined() -> None:
    assert refusal(CONFIRM, ADMIN) == ("proposal_unknown",)
    assert refusal(DECLINE, ADMIN, before=after(DECLINE, ADMIN, before=proposed())) == ("proposal_unknown",)


def test_the_line_above_and_who_administers_are_named_as_who_can_do_it() -> None:
    with pytest.raises(Refused) as found:
        after(PROPOSE, HEAD)
    assert found.value.blockers[0].cleared_by == (SECRETARY, ADMIN)
    with pytest.raises(Refused) as confirmed:
        after(CONFIRM, SECRETARY, before=proposed())
    assert set(confirmed.value.blockers[0].cleared_by) == {PROVINCE, ADMIN, "menpanrb.deputi"}


def test_other_proposals_that_wait_do_not_stand_in_the_way() -> None:
    other = replace(PROPOSE, appointment="a2", person="another")
    assert set(after(other, SECRETARY, before=proposed()).proposals) == {"a1", "a2"}
