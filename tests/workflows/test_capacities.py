"""A delegate acts in the capacity of the delegation that reaches the act, where an office gave several."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.delegating import given_to
from tests.support.world import NEW_YEAR, OTHER_HEAD, REGION, SIGN_CHECKED, START_ASKED, K, given, world
from workflows.capacities import capacity_of
from workflows.commands import ApproveRequest, CommitmentCommand, OpenRequest, SignCommitment, WitnessCommitment
from workflows.context import Acting, Context
from workflows.delegations import replay_delegations

SIGN = SignCommitment("s1", "in_person", "Pontianak", NEW_YEAR)
WITNESS = WitnessCommitment("s1", "in_person", "Pontianak", NEW_YEAR)
STARTING = given_to(REGION, OTHER_HEAD, delegation="1", capacity="plt", moves=("start",))
SIGNING = given_to(REGION, OTHER_HEAD, delegation="2", capacity="an", moves=("sign",))


def context(*, on_behalf_of: str | None = REGION) -> Context:
    """The delegate's, in whose token stands some capacity."""
    known = world().context(OTHER_HEAD, "p", NEW_YEAR + timedelta(days=7))
    by = Acting(OTHER_HEAD, "p", "pj", on_behalf_of)
    return replace(known, by=by, delegations=replay_delegations((STARTING, SIGNING)))


@pytest.mark.parametrize(
    ("command", "capacity"),
    [
        (ApproveRequest(f"{K}.r2"), "plt"),
        (ApproveRequest(f"{K}.r9"), "pj"),
        (OpenRequest("start"), "plt"),
        (OpenRequest("sign"), "an"),
        (OpenRequest("amend"), "pj"),
        (WITNESS, "pj"),
        (SIGN, "plt"),
    ],
)
def test_the_delegation_that_reaches_the_act_names_the_capacity(command: CommitmentCommand, capacity: str) -> None:
    assert capacity_of(command, given(*START_ASKED).commitment, context()) == capacity


def test_a_signature_is_in_the_capacity_of_its_move() -> None:
    assert capacity_of(SIGN, given(*SIGN_CHECKED).commitment, context()) == "an"


def test_who_uses_no_other_authority_acts_in_their_own_capacity() -> None:
    assert capacity_of(ApproveRequest(f"{K}.r2"), given(*START_ASKED).commitment, context(on_behalf_of=None)) == "pj"
