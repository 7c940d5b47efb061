from datetime import timedelta

import pytest

from tests.support.world import (
    COMPLETED,
    DRAFTED,
    HEAD,
    PIC,
    PLAN,
    REGION,
    SECRETARY,
    SIGN_ASKED,
    SIGNED,
    SIGNING,
    START_ASKED,
    STARTED,
    VERIFIED,
    K,
    approvals,
    given,
)
from workflows.commands import ApproveRequest, EditDraft
from workflows.commitment import replay
from workflows.facts import (
    CommitmentDrafted,
    DraftEdited,
    ObligationsArisen,
    PlanDrafted,
    RequestApproved,
    RequestOpened,
    SignatureRecorded,
    StateChanged,
    StepReached,
)


def test_a_commitment_goes_from_drafted_to_completed_by_the_moves_of_the_shipped_workflow() -> None:
    story = given(*COMPLETED)
    states = [event.fact.to_state for event in story.events if isinstance(event.fact, StateChanged)]
    assert states == ["signed", "in_replication", "completed"]
    assert story.commitment.state == "completed"


def test_the_fact_types_of_a_signed_commitment_stand_in_a_fixed_order() -> None:
    kinds = [type(event.fact) for event in given(*SIGNED).events]
    assert kinds == [
        CommitmentDrafted,
        PlanDrafted,
        RequestOpened,
        StepReached,
        RequestApproved,
        StepReached,
        RequestApproved,
        SignatureRecorded,
        StateChanged,
        ObligationsArisen,
    ]


def test_every_prefix_replays_to_the_state_that_was_folded_event_by_event() -> None:
    events = given(*COMPLETED).events
    state = None
    for length in range(1, len(events) + 1):
        state = replay(events[:length])
        assert state is not None
        assert state.last == events[length - 1]
    assert state == given(*COMPLETED).commitment
    assert replay(()) is None


def test_the_facts_say_what_was_true_when_it_was_signed_and_not_when_that_was_recorded() -> None:
    events = given(*SIGNED).events
    signed = next(event for event in events if isinstance(event.fact, SignatureRecorded))
    changed = next(event for event in events if isinstance(event.fact, StateChanged))
    assert signed.valid_at == changed.valid_at == SIGNING
    assert signed.recorded_at == SIGNING + timedelta(hours=1)


def test_nothing_is_owed_before_the_signature_and_the_pic_owes_every_item_after_it() -> None:
    assert not [one for one in given(*SIGN_ASKED).commitment.owed.values() if one.obligation.kind == "item"]
    owed = given(*SIGNED).commitment.owed
    items = {name: one for name, one in owed.items() if one.obligation.kind == "item"}
    assert list(items) == ["item-1", "item-2", "item-3"]
    assert {one.obligation.office for one in items.values()} == {PIC}
    assert [one.obligation.due_on for one in items.values()] == [item.ends_on for item in PLAN]


def test_completing_closes_the_commitment_and_leaves_nothing_owed() -> None:
    commitment = given(*COMPLETED).commitment
    assert not [one for one in commitment.owed.values() if one.is_open]
    assert commitment.open_request is None


def test_an_item_that_was_claimed_up_to_its_target_is_owed_no_more() -> None:
    assert given(*STARTED).commitment.owed["item-1"].is_open
    assert {given(*VERIFIED).commitment.owed[f"item-{n}"].status for n in (1, 2, 3)} == {"met"}


def test_edited_fields_replace_those_of_the_draft() -> None:
    story = given(*DRAFTED).when(HEAD, EditDraft(replication_scope="partial", items=PLAN[:1])).done
    assert story.new[0] == DraftEdited("partial", HEAD, PIC)
    assert story.commitment.items == PLAN[:1]
    assert set(story.commitment.progress) == {1}


def test_a_stream_that_begins_with_anything_else_is_a_bug_of_the_writer() -> None:
    events = given(*SIGNED).events
    with pytest.raises(AssertionError, match="before CommitmentDrafted"):
        replay(events[1:])


def test_a_stream_begins_once() -> None:
    drafted, *others = given(*SIGN_ASKED).events
    with pytest.raises(AssertionError, match="drafted twice"):
        replay((drafted, *others, drafted))


def test_the_commitment_names_its_agency_its_pic_and_its_items_agencies() -> None:
    commitment = given(*DRAFTED).commitment
    assert commitment.names == {HEAD, PIC}
    assert (commitment.id, commitment.item(2), commitment.item(9)) == (K, PLAN[1], None)


def test_a_change_of_state_names_the_move_that_brought_it_and_the_state_before() -> None:
    checked = given(*START_ASKED, *approvals(2, REGION))
    changed = checked.when(SECRETARY, ApproveRequest(f"{K}.r2")).then(RequestApproved, StateChanged).new[1]
    assert isinstance(changed, StateChanged)
    assert (changed.move, changed.from_state, changed.to_state) == ("start", "signed", "in_replication")
    assert (changed.request, changed.closes, changed.verified_percent) == (f"{K}.r2", False, None)
