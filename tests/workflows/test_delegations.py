"""Giving authority to another office and taking it back: who may, for how long, in what, and never in a circle."""

from datetime import UTC, date, datetime

import pytest

from tests.support.delegating import FROM, UNTIL, give, given_to, tried
from tests.support.directory import directory, holder, office
from tests.support.saying import codes_said
from tests.support.world import (
    ADMIN,
    COORDINATOR,
    HEAD,
    NEIGHBOUR,
    NEW_YEAR,
    PROGRAMME,
    PROVINCE,
    REGION,
    SECRETARY,
    holder_of,
)
from workflows.commands import DelegationCommand, RevokeDelegation
from workflows.delegations import ASSIST, ENDED, NOT_BEGUN, REVOKED, Moment, covers, replay_delegations
from workflows.errors import Refused
from workflows.facts import DelegationRevoked
from workflows.offices import Directory

NAME = f"{SECRETARY} to {REGION}"
GIVE = give(SECRETARY, REGION)
REVOKE = RevokeDelegation(NAME, "kembali bertugas")


def refusal(command: DelegationCommand, by: str, **how: object) -> tuple[str, ...]:
    with pytest.raises(Refused) as found:
        tried(command, by, **how)
    return codes_said(found.value.blockers)


def test_an_office_gives_its_authority_from_a_day_to_a_day() -> None:
    after = tried(GIVE, SECRETARY)
    assert after.in_force_to(REGION, Moment(NEW_YEAR, FROM)) == (given_to(SECRETARY, REGION),)
    assert after.in_force_of(SECRETARY, Moment(NEW_YEAR, UNTIL)) == (given_to(SECRETARY, REGION),)
    assert after.standing(NAME, Moment(NEW_YEAR, date(2022, 1, 2))) == NOT_BEGUN
    assert after.standing(NAME, Moment(NEW_YEAR, date(2022, 2, 1))) == ENDED


def test_the_same_delegation_again_is_nothing_new_and_another_of_its_name_is_refused() -> None:
    after = tried(GIVE, SECRETARY)
    assert tried(GIVE, SECRETARY, before=after) == after
    differs = give(SECRETARY, REGION, ends_on=date(2022, 3, 1), moves=("start",))
    assert refusal(differs, SECRETARY, before=after) == ("delegation_exists",)


def test_nobody_delegates_to_oneself() -> None:
    assert "delegation_to_oneself" in refusal(give(SECRETARY, SECRETARY), SECRETARY)


def test_an_office_that_the_giver_alone_holds_is_oneself_too() -> None:
    both = directory(vacant=(REGION,), more=(holder(REGION, holder_of(SECRETARY), capacity="plt"),))
    assert refusal(GIVE, SECRETARY, within=both) == ("delegation_to_oneself",)


def test_a_delegation_needs_a_letter_a_known_capacity_known_offices_and_a_term_in_order() -> None:
    wrong = give(SECRETARY, "nowhere", letter=" ", capacity="pj", starts_on=date(2022, 2, 9), ends_on=date(2022, 2, 1))
    assert refusal(wrong, SECRETARY) == ("office_unknown", "field_blank", "capacity_unknown", "end_before_start")


def test_authority_is_not_given_for_days_that_are_over() -> None:
    yesterday = give(SECRETARY, REGION, starts_on=date(2022, 1, 3))
    assert refusal(yesterday, SECRETARY, now=datetime(2022, 1, 4, 2, tzinfo=UTC)) == ("delegation_in_past",)


def test_a_scope_names_known_programmes_and_moves() -> None:
    wrong = give(SECRETARY, REGION, programmes=(PROGRAMME, "other"), moves=("start", "fly"))
    assert refusal(wrong, SECRETARY) == ("delegation_scope_unknown",)
    tried(give(SECRETARY, REGION, programmes=(PROGRAMME,), moves=("start",)), SECRETARY)


def test_only_the_office_itself_gives_and_only_through_who_holds_it() -> None:
    assert refusal(GIVE, HEAD) == ("not_the_giver",)
    assert refusal(GIVE, PROVINCE) == ("not_the_giver",)
    assert refusal(GIVE, ADMIN) == ("not_the_giver",)
    assert refusal(GIVE, SECRETARY, person="somebody else") == ("not_a_holder",)
    assert refusal(give("nowhere", REGION), "nowhere") == ("office_unknown", "not_a_holder")


def test_the_same_authority_is_not_given_twice_for_the_same_days() -> None:
    after = tried(GIVE, SECRETARY)
    again = give(SECRETARY, COORDINATOR, starts_on=UNTIL, ends_on=date(2022, 3, 1))
    assert refusal(again, SECRETARY, before=after) == ("delegation_overlaps",)
    tried(give(SECRETARY, COORDINATOR, starts_on=date(2022, 2, 1), ends_on=date(2022, 3, 1)), SECRETARY, before=after)


def test_delegations_of_different_matters_stand_beside_each_other() -> None:
    starts = tried(give(SECRETARY, REGION, moves=("start",)), SECRETARY)
    tried(give(SECRETARY, COORDINATOR, moves=("amend", "complete")), SECRETARY, before=starts)
    assert refusal(give(SECRETARY, COORDINATOR), SECRETARY, before=starts) == ("delegation_overlaps",)


def test_after_a_revocation_the_authority_may_be_given_anew() -> None:
    revoked = tried(REVOKE, SECRETARY, before=tried(GIVE, SECRETARY))
    tried(give(SECRETARY, COORDINATOR), SECRETARY, before=revoked)


def test_authority_never_comes_back_to_its_giver() -> None:
    first = tried(GIVE, SECRETARY)
    assert refusal(give(REGION, SECRETARY), REGION, before=first) == ("delegation_loop",)
    second = tried(give(REGION, HEAD), REGION, before=first)
    assert refusal(give(HEAD, SECRETARY), HEAD, before=second) == ("delegation_loop",)
    tried(give(HEAD, SECRETARY, starts_on=date(2022, 2, 1), ends_on=date(2022, 2, 2)), HEAD, before=second)


def test_authority_is_passed_on_only_where_that_is_allowed() -> None:
    closed, again = tried(GIVE, SECRETARY), give(SECRETARY, HEAD)
    assert refusal(again, REGION, before=closed, on_behalf_of=SECRETARY) == ("redelegation_not_allowed",)
    opened = tried(give(SECRETARY, REGION, may_redelegate=True), SECRETARY)
    after = tried(again, REGION, before=opened, on_behalf_of=SECRETARY)
    passed_on = after.known[again.delegation].given
    assert (passed_on.given_by, passed_on.person, passed_on.parent) == (REGION, holder_of(REGION), NAME)
    assert after.line(passed_on) == (passed_on, after.known[NAME].given)


def test_who_received_nothing_passes_nothing_on() -> None:
    assert refusal(give(SECRETARY, HEAD), REGION, on_behalf_of=SECRETARY) == ("delegation_unknown",)


@pytest.mark.parametrize(
    "more", [{"ends_on": date(2022, 2, 1)}, {"moves": ("start", "complete")}, {"moves": ()}], ids=lambda more: str(more)
)
def test_what_is_passed_on_reaches_no_further_than_what_was_received(more: dict[str, object]) -> None:
    received = tried(give(SECRETARY, REGION, may_redelegate=True, moves=("start", "amend")), SECRETARY)
    wrong = give(SECRETARY, HEAD, **{"moves": ("start",), **more})
    assert refusal(wrong, REGION, before=received, on_behalf_of=SECRETARY) == ("redelegation_exceeds",)
    tried(give(SECRETARY, HEAD, moves=("start",)), REGION, before=received, on_behalf_of=SECRETARY)


def test_passing_authority_back_to_whose_it_is_is_a_delegation_to_oneself() -> None:
    received = tried(give(SECRETARY, REGION, may_redelegate=True), SECRETARY)
    back = give(SECRETARY, SECRETARY, delegation="back")
    assert "delegation_to_oneself" in refusal(back, REGION, before=received, on_behalf_of=SECRETARY)


def test_a_revocation_holds_at_once_also_for_what_was_passed_on() -> None:
    opened = tried(give(SECRETARY, REGION, may_redelegate=True), SECRETARY)
    further = give(SECRETARY, HEAD)
    passed_on = tried(further, REGION, before=opened, on_behalf_of=SECRETARY)
    after = tried(REVOKE, SECRETARY, before=passed_on)
    assert after.standing(NAME, Moment(NEW_YEAR, FROM)) == REVOKED
    assert after.standing(further.delegation, Moment(NEW_YEAR, FROM)) == REVOKED
    before = datetime(2022, 1, 4, 1, tzinfo=UTC)
    assert after.in_force_to(HEAD, Moment(before, FROM)) == (passed_on.known[further.delegation].given,)


def test_the_giver_and_whose_authority_it_is_revoke_what_was_passed_on() -> None:
    opened = tried(give(SECRETARY, REGION, may_redelegate=True), SECRETARY)
    further = give(SECRETARY, HEAD)
    passed_on = tried(further, REGION, before=opened, on_behalf_of=SECRETARY)
    for by in (REGION, SECRETARY):
        assert tried(RevokeDelegation(further.delegation), by, before=passed_on) != passed_on


def test_whoever_administers_offices_there_may_revoke_and_the_operator_too() -> None:
    after = tried(GIVE, SECRETARY)
    for by in (ADMIN, "operator"):
        assert tried(REVOKE, by, before=after).known[NAME].revoked_at == NEW_YEAR


def test_nobody_else_revokes_not_even_the_delegate_or_an_administrator_elsewhere() -> None:
    after = tried(GIVE, SECRETARY)
    elsewhere = directory(more=(office("61.05.admin", "system_admin", "61.05"), holder("61.05.admin")))
    for by in (REGION, NEIGHBOUR, PROVINCE, "nowhere"):
        assert "not_the_giver" in refusal(REVOKE, by, before=after)
    assert refusal(REVOKE, "61.05.admin", before=after, within=elsewhere) == ("not_the_giver",)
    assert refusal(REVOKE, REGION, before=after, on_behalf_of=SECRETARY) == ("not_the_giver",)
    assert refusal(REVOKE, SECRETARY, before=after, person="somebody else") == ("not_a_holder",)


def test_what_is_unknown_ended_or_revoked_is_not_revoked() -> None:
    after = tried(GIVE, SECRETARY)
    assert refusal(RevokeDelegation("none"), SECRETARY, before=after) == ("delegation_not_found",)
    late = datetime(2022, 2, 1, 2, tzinfo=UTC)
    assert refusal(REVOKE, SECRETARY, before=after, now=late) == ("delegation_ended",)
    assert refusal(REVOKE, SECRETARY, before=tried(REVOKE, SECRETARY, before=after)) == ("delegation_ended",)


def test_a_scope_of_moves_does_not_reach_an_act_that_is_no_move() -> None:
    starts = given_to(SECRETARY, REGION, moves=("start",), programmes=(PROGRAMME,))
    assert covers(starts, PROGRAMME, "start")
    assert not covers(starts, PROGRAMME, "amend")
    assert not covers(starts, PROGRAMME, None)
    assert not covers(starts, "other", "start")
    assert covers(given_to(SECRETARY, REGION), "other", None)


def test_the_fold_of_nothing_knows_nothing() -> None:
    empty = replay_delegations(())
    assert (empty.given_of(SECRETARY), empty.received_by(REGION)) == ((), ())
    revoked = replay_delegations(
        (given_to(SECRETARY, REGION), DelegationRevoked(NAME, SECRETARY, REGION, NEW_YEAR, ""))
    )
    assert revoked.known[NAME].revoked_at == NEW_YEAR


def test_the_directory_is_the_one_of_the_day() -> None:
    ended: Directory = directory(vacant=(SECRETARY,), more=(holder(SECRETARY, ends_on=date(2021, 12, 31)),))
    assert refusal(GIVE, SECRETARY, within=ended) == ("not_a_holder",)


def test_an_assistant_stands_beside_a_delegate_and_never_in_a_circle() -> None:
    assisted = tried(give(SECRETARY, REGION, capacity=ASSIST), SECRETARY)
    both = tried(give(SECRETARY, COORDINATOR, delegation="second"), SECRETARY, before=assisted)
    tried(give(REGION, SECRETARY), REGION, before=both)
    tried(give(REGION, SECRETARY, capacity=ASSIST), REGION, before=both)
    again = give(SECRETARY, HEAD, capacity=ASSIST)
    assert refusal(again, SECRETARY, before=assisted) == ("delegation_overlaps",)


def test_an_assistant_passes_nothing_on() -> None:
    assisted = tried(give(SECRETARY, REGION, capacity=ASSIST, may_redelegate=True), SECRETARY)
    assert refusal(give(SECRETARY, HEAD), REGION, before=assisted, on_behalf_of=SECRETARY) == ("assistant_decides",)
