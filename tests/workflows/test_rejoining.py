"""A party that left promises the same again: as a new commitment, and never beside one that goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.world import (
    COMPLETED,
    DRAFTED,
    PAPER,
    REGION,
    SECRETARY,
    SIGNED,
    Act,
    Story,
    Tried,
    approvals,
    definition,
    draft,
    given,
)
from workflows.commands import DraftCommitment, Earlier, OpenRequest
from workflows.commitment import Commitment
from workflows.facts import CommitmentDrafted, PlanDrafted
from workflows.rejoining import earlier_of, is_left
from workflows.retractions import WITHIN

LEAVE = OpenRequest("withdraw", reason="tanpa_anggaran", text="Refocusing", evidence=PAPER)
LEFT = (*DRAFTED, Act(REGION, LEAVE), *approvals(1, SECRETARY))
AGAIN = "KALBAR-2022-6103-pikobar-2"


def again(left: Commitment | None, **changed: object) -> DraftCommitment:
    before = None if left is None else replace(earlier_of(left), commitment="k0")
    return draft(**{"commitment": "k2", "reference": AGAIN, "earlier": before, **changed})


def tried(after: Story, command: DraftCommitment, *, later: timedelta = 2 * WITHIN) -> Tried:
    return given().when(REGION, command, at=after.now + later)


def test_a_party_that_withdrew_promises_the_same_again_as_a_new_commitment() -> None:
    left = given(*LEFT)
    assert left.commitment.state == "withdrawn"
    done = tried(left, again(left.commitment)).then(CommitmentDrafted, PlanDrafted)
    drafted = done.commitment.drafted
    assert (drafted.reference, drafted.follows) == (AGAIN, "k0")
    assert drafted.follows_reference == left.commitment.drafted.reference
    repeated = done.when(REGION, again(left.commitment, commitment="k2"), at=done.now + timedelta(days=1))
    assert repeated.done.new == ()


def test_what_never_had_one_before_follows_nothing() -> None:
    assert given(*DRAFTED).commitment.drafted.follows == ""


@pytest.mark.parametrize("acts", [DRAFTED, SIGNED, COMPLETED])
def test_nobody_promises_the_same_beside_what_goes_on_or_was_completed(acts: tuple[Act, ...]) -> None:
    story = given(*acts)
    found = tried(story, again(story.commitment)).refused("commitment_not_left")
    assert found.blocker("commitment_not_left").facts == {
        "commitment": story.commitment.drafted.reference,
        "state": story.commitment.state,
    }


def test_only_an_exit_that_no_move_leads_out_of_is_left_for_good() -> None:
    left = {name for name in definition().states if is_left(definition(), name)}
    assert left == {"withdrawn", "cancelled"}


def test_as_long_as_the_withdrawal_may_be_taken_back_nothing_begins_beside_it() -> None:
    left = given(*LEFT)
    early = tried(left, again(left.commitment), later=WITHIN).refused("end_retractable")
    assert early.blocker("end_retractable").until == left.now + WITHIN
    tried(left, again(left.commitment), later=WITHIN + timedelta(seconds=1)).passes()


@pytest.mark.parametrize("other", [{"party": "61.05"}, {"subject": "e-open"}, {"programme": "jateng-2020"}])
def test_a_draft_follows_its_own_partys_commitment_to_the_same_in_the_same_programme(other: dict[str, str]) -> None:
    left = given(*LEFT)
    foreign: Earlier = replace(earlier_of(left.commitment), **other)
    tried(left, again(None, earlier=foreign)).refused("follows_another")
