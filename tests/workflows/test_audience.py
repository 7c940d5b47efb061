from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.support.delegating import delegated, given_to
from tests.support.directory import ZONE, directory, holder, office
from tests.support.reporting import AFTER_B03, ReportingWorld, claim, long_path, reported
from tests.support.world import (
    COMPLETE_ASKED,
    COORDINATOR,
    DRAFTED,
    HEAD,
    MENTOR,
    MINISTRY,
    NEW_YEAR,
    OTHER_HEAD,
    OWNER,
    PAPER,
    PHOTO,
    PIC,
    PLAN,
    PROGRAMME,
    PROVINCE,
    REGION,
    SECRETARY,
    SHEET,
    SIGN_ASKED,
    SIGN_CHECKED,
    SIGNED,
    SIGNING,
    SPRING,
    START_ASKED,
    STARTED,
    Act,
    K,
    Story,
    World,
    amendment,
    approvals,
    claimed,
    given,
    item,
    signature,
)
from workflows.audience import Told, audience
from workflows.calendar import local_day, morning
from workflows.commands import (
    ApproveRequest,
    CheckClaim,
    CommitmentCommand,
    Escalate,
    FollowSample,
    GiveOpinion,
    MakeClaim,
    OpenRequest,
    RejectRequest,
    ReturnClaim,
    ReturnRequest,
    VerifyClaim,
    WithdrawRequest,
    WitnessCommitment,
)
from workflows.commitment import replay
from workflows.definition import NoticeRule
from workflows.facts import (
    ClaimChecked,
    ClaimMade,
    ClaimReturned,
    ClaimsSampled,
    ClaimVerified,
    CommitmentDrafted,
    CommitmentFact,
    EscalationRaised,
    OpinionGiven,
    OpinionInvited,
    RequestApproved,
    RequestOpened,
    RequestRejected,
    RequestReturned,
    RequestWithdrawn,
    SampleDrawn,
    SignatureRecorded,
    StateChanged,
    StepReached,
    WitnessRecorded,
)


def told(story: Story, kind: type[CommitmentFact]) -> tuple[Told, ...]:
    """Who hears of the story's last fact of a kind."""
    event = next(event for event in reversed(story.events) if isinstance(event.fact, kind))
    after = replay(story.events[: event.version])
    assert after is not None
    world = story.world
    return audience(
        event,
        replay(story.events[: event.version - 1]),
        after,
        directory=world.directory,
        definition=world.definition,
        programme=world.programme,
        delegations=world.delegations,
    )


def urgencies(story: Story, kind: type[CommitmentFact]) -> Mapping[str, str]:
    heard = told(story, kind)
    assert len({one.office for one in heard}) == len(heard), "an office hears twice"
    return {one.office: one.urgency for one in heard}


def acted(story: Story, by: str, command: CommitmentCommand) -> Story:
    return story.when(by, command).done


def late_signature(levels: int) -> Story:
    """The secretary's signature is late by that many levels of its ladder."""
    story = given(*SIGN_CHECKED)
    for level in story.commitment.owed["r1/sign"].obligation.levels[:levels]:
        story = story.when("clock", Escalate("r1/sign", 1, 1, level.level), at=level.at, person="clock").done
    return story


def test_the_open_steps_office_is_called_and_the_rest_may_look() -> None:
    assert told(given(*SIGN_ASKED), StepReached) == (
        Told(REGION, "now", "approver", action=True),
        Told(PIC, "page", "agency_pic"),
        Told(SECRETARY, "page", "region_secretary"),
        Told(COORDINATOR, "page", "province_coordinator"),
        Told(PROVINCE, "page", "province_secretary"),
    )


def test_a_request_is_shown_to_the_line_but_not_to_its_asker() -> None:
    assert urgencies(given(*START_ASKED), RequestOpened) == {
        PIC: "page",
        REGION: "page",
        SECRETARY: "page",
        COORDINATOR: "page",
        PROVINCE: "page",
    }


def test_the_next_approver_hears_when_the_chain_reaches_it() -> None:
    assert told(given(*SIGN_CHECKED), StepReached)[0] == Told(SECRETARY, "now", "approver", action=True)


def test_the_ministry_hears_only_as_approver_of_an_open_step() -> None:
    cancelling = given(*SIGNED, Act(COORDINATOR, OpenRequest("cancel", "digabung", evidence=PAPER), NEW_YEAR))
    assert MINISTRY not in urgencies(cancelling, StepReached)
    decided = acted(cancelling, PROVINCE, ApproveRequest(f"{K}.r2"))
    assert told(decided, StepReached)[0] == Told(MINISTRY, "now", "approver", action=True)
    assert MINISTRY not in urgencies(acted(decided, MINISTRY, ApproveRequest(f"{K}.r2")), StateChanged)


def test_who_is_to_be_heard_is_asked_now() -> None:
    story = given(*COMPLETE_ASKED, *approvals(3, REGION))
    assert told(story, OpinionInvited) == (Told(MENTOR, "now", "heard", action=True),)
    opinion = acted(story, MENTOR, GiveOpinion(f"{K}.r3", "Layanan sudah berjalan baik."))
    assert told(opinion, OpinionGiven) == ()


def test_a_subjects_owner_is_heard_when_a_core_component_changes() -> None:
    changed = (item(1, component="pelacakan kasus", target=Decimal(90)), *PLAN[1:])
    story = given(*STARTED).when(HEAD, amendment(*changed), at=SPRING).done
    story = acted(story, REGION, ApproveRequest(f"{K}.r3"))
    invited = [event.fact.office for event in story.events if isinstance(event.fact, OpinionInvited)]
    assert invited == [MENTOR, OWNER]
    assert told(story, OpinionInvited) == (Told(OWNER, "now", "heard", action=True),)


def test_a_return_calls_the_asker_to_act() -> None:
    story = acted(given(*SIGN_CHECKED), SECRETARY, ReturnRequest(f"{K}.r1", "rencana_belum_jelas"))
    assert told(story, RequestReturned) == (
        Told(HEAD, "now", "asker", action=True),
        Told(PIC, "now", "agency_pic"),
        Told(REGION, "daily", "region_coordinator"),
        Told(COORDINATOR, "page", "province_coordinator"),
        Told(MENTOR, "page", "mentor"),
    )


def test_a_rejection_is_told_down_the_line_at_once() -> None:
    story = acted(given(*SIGN_CHECKED), SECRETARY, RejectRequest(f"{K}.r1", "tidak_memenuhi_syarat"))
    assert urgencies(story, RequestRejected) == {
        HEAD: "now",
        PIC: "now",
        REGION: "now",
        COORDINATOR: "page",
        PROVINCE: "page",
        MENTOR: "page",
    }


def test_a_request_taken_back_is_told_to_the_office_that_had_it() -> None:
    story = acted(given(*SIGN_CHECKED), HEAD, WithdrawRequest(f"{K}.r1"))
    assert told(story, RequestWithdrawn) == (Told(SECRETARY, "now", "approver"),)


def test_a_start_is_told_now_daily_and_weekly() -> None:
    assert urgencies(given(*STARTED), StateChanged) == {
        HEAD: "now",
        PIC: "now",
        REGION: "daily",
        COORDINATOR: "daily",
        MENTOR: "daily",
        PROVINCE: "weekly",
    }


def test_an_end_is_told_to_everyone_at_once_and_to_the_provincial_secretary_weekly() -> None:
    story = given(*COMPLETE_ASKED, *approvals(3, REGION, SECRETARY, COORDINATOR))
    heard = urgencies(acted(story, PROVINCE, ApproveRequest(f"{K}.r3")), StateChanged)
    assert heard == dict.fromkeys((HEAD, PIC, REGION, SECRETARY, COORDINATOR, MENTOR), "now")
    withdrawn = given(*DRAFTED, Act(REGION, OpenRequest("withdraw", "tanpa_anggaran", evidence=PAPER)))
    withdrawn = acted(withdrawn, SECRETARY, ApproveRequest(f"{K}.r1"))
    assert urgencies(withdrawn, StateChanged) == {
        **dict.fromkeys((HEAD, PIC, REGION, COORDINATOR, MENTOR), "now"),
        PROVINCE: "weekly",
    }


def test_a_signature_is_told_to_its_signer_as_a_receipt() -> None:
    assert urgencies(given(*SIGNED), SignatureRecorded) == {
        HEAD: "now",
        REGION: "now",
        SECRETARY: "now",
        COORDINATOR: "daily",
        PROVINCE: "weekly",
        PIC: "page",
        MENTOR: "page",
    }
    assert told(given(*SIGNED), StateChanged) == ()


def test_a_witness_is_told_of_no_act_of_its_own() -> None:
    witness = WitnessCommitment(sheet=SHEET, mode="online", place="Jakarta", witnessed_at=SIGNING)
    story = given(*SIGNED).when(PROVINCE, witness, at=SIGNING + timedelta(hours=2)).done
    assert urgencies(story, WitnessRecorded) == {
        HEAD: "now",
        REGION: "now",
        SECRETARY: "now",
        COORDINATOR: "daily",
        PIC: "page",
        MENTOR: "page",
    }


def test_a_claim_calls_its_verifier_and_its_verdict_goes_back() -> None:
    story = given(*STARTED).when(PIC, MakeClaim(1, Decimal(40), PHOTO), at=SPRING).done
    assert told(story, ClaimMade) == (
        Told(REGION, "now", "verifier", action=True),
        Told(HEAD, "page", "agency_head"),
    )
    returned = acted(story, REGION, ReturnClaim(f"{K}.c1", "bukti_kurang"))
    assert told(returned, ClaimReturned) == (
        Told(PIC, "now", "claimant", action=True),
        Told(HEAD, "daily", "agency_head"),
        Told(COORDINATOR, "page", "province_coordinator"),
        Told(MENTOR, "page", "mentor"),
    )
    assert urgencies(acted(story, REGION, VerifyClaim(f"{K}.c1")), ClaimVerified) == {
        PIC: "daily",
        HEAD: "daily",
        SECRETARY: "weekly",
        PROVINCE: "weekly",
        COORDINATOR: "page",
        MENTOR: "page",
    }


def test_an_escalation_reaches_its_recipients_and_asks_the_late_office_to_act() -> None:
    assert told(late_signature(3), EscalationRaised) == (
        Told(SECRETARY, "now", "escalation", action=True),
        Told(REGION, "now", "escalation"),
    )


def test_who_was_told_of_a_lateness_is_told_when_it_is_settled() -> None:
    late = late_signature(6)
    at = morning(local_day(late.now, ZONE) + timedelta(days=1), ZONE)
    signed = late.when(SECRETARY, signature(), at=at).done
    assert told(signed, RequestApproved) == tuple(
        Told(office, "now", "settled") for office in (REGION, COORDINATOR, PROVINCE)
    )
    returned = late.when(SECRETARY, ReturnRequest(f"{K}.r1", "rencana_belum_jelas"), at=at).done
    assert Told(PROVINCE, "now", "settled") in told(returned, RequestReturned)


def test_a_settled_item_is_told_to_those_above_but_not_to_the_office_that_owed_it() -> None:
    story = given(*STARTED)
    for level in story.commitment.owed["item-1"].obligation.levels[:5]:
        story = story.when("clock", Escalate("item-1", 1, 1, level.level), at=level.at, person="clock").done
    story = story.when(PIC, MakeClaim(1, Decimal(100), PHOTO)).done
    assert told(story, ClaimMade) == (
        Told(REGION, "now", "verifier", action=True),
        Told(HEAD, "now", "settled"),
        Told(SECRETARY, "now", "settled"),
    )


def test_what_was_on_time_settles_nothing() -> None:
    assert told(given(*SIGN_CHECKED), RequestApproved) == ()
    assert told(given(*DRAFTED), CommitmentDrafted) == ()


def test_a_role_means_the_office_that_leads_the_commitment_not_its_neighbour() -> None:
    heard = urgencies(given(*STARTED, *claimed(1, 40, at=SPRING)), ClaimVerified)
    assert HEAD in heard
    assert OTHER_HEAD not in heard


def test_a_role_that_nobody_may_speak_for_is_told_to_nobody() -> None:
    """A directory where the agency has another role: the agency heads next door aren't told in its place."""
    moved = directory(more=[office("61.03.dinkes", "unit_head", "61.03", scope="own"), holder("61.03.dinkes")])
    story = given(*STARTED, *claimed(1, 40, at=SPRING)).during(World(directory=moved))
    assert not {HEAD, OTHER_HEAD} & set(urgencies(story, ClaimVerified))


def test_a_role_without_an_office_is_told_to_nobody() -> None:
    story = given(*STARTED, *claimed(1, 40, at=SPRING)).during(ruled(NoticeRule("claim-made", "treasurer", "now")))
    assert told(story, ClaimMade) == ()


def ruled(*rules: NoticeRule) -> World:
    """A world whose workflow tells by these rules alone."""
    return World(definition=replace(World().definition, notices=rules))


@pytest.mark.parametrize("to", ["claimant", "verifier", "asker", "approver", "heard"])
def test_a_part_that_a_fact_does_not_have_is_nobody(to: str) -> None:
    witness = WitnessCommitment(sheet=SHEET, mode="online", place="Jakarta", witnessed_at=SIGNING)
    story = given(*SIGNED).during(ruled(NoticeRule("witness-recorded", to, "now")))
    witnessed = story.when(PROVINCE, witness, at=SIGNING + timedelta(hours=2)).done
    assert told(witnessed, WitnessRecorded) == ()


def test_a_closed_request_has_no_approver() -> None:
    story = given(*STARTED).during(ruled(NoticeRule("state-changed", "approver", "now")))
    assert told(story, StateChanged) == ()


def test_where_it_is_an_offices_turn_its_delegate_hears_too() -> None:
    covered = delegated(given_to(REGION, OTHER_HEAD))
    story = given(*SIGNED).during(covered).when(HEAD, OpenRequest("start", evidence=PAPER), at=NEW_YEAR).done
    heard = {one.office: one for one in told(story, StepReached)}
    assert heard[REGION].action
    assert heard[OTHER_HEAD] == replace(heard[REGION], office=OTHER_HEAD, for_office=REGION)


def test_a_delegate_hears_of_what_its_delegation_reaches_alone() -> None:
    others = delegated(given_to(REGION, OTHER_HEAD, moves=("amend",)))
    story = given(*SIGNED).during(others).when(HEAD, OpenRequest("start", evidence=PAPER), at=NEW_YEAR).done
    assert OTHER_HEAD not in {one.office for one in told(story, StepReached)}


def test_a_delegate_is_not_told_of_what_it_did_itself() -> None:
    covered = delegated(given_to(SECRETARY, REGION))
    story = given(*START_ASKED).during(covered).when(REGION, ApproveRequest(f"{K}.r2")).done
    assert REGION not in {one.office for one in told(story, StepReached) if one.for_office}


def test_the_delegate_of_a_late_office_is_reminded_too() -> None:
    story = late_signature(1)
    by_day = {"starts_on": date(2021, 11, 1), "ends_on": date(2022, 12, 31)}
    covered = story.during(delegated(given_to(SECRETARY, COORDINATOR, **by_day)))
    heard = {one.office: one for one in told(covered, EscalationRaised)}
    assert heard[COORDINATOR].for_office == SECRETARY


@pytest.mark.parametrize(("to", "offices"), [("verifier", {COORDINATOR}), ("claimant", set())])
def test_the_lot_calls_those_who_are_to_verify_and_no_claimant(to: str, offices: set[str]) -> None:
    drawn = (SampleDrawn(PROGRAMME, "B03", "5eed" * 8, 1000, COORDINATOR),)
    rules = replace(long_path(), notices=(NoticeRule("claims-sampled", to, "now"),))
    checked = reported(claim(1, 50)).when(REGION, CheckClaim(f"{K}.c1", "Sesuai")).done
    world = ReportingWorld(samples=drawn, definition=rules)
    sampled = checked.during(world).when(COORDINATOR, FollowSample("B03"), at=AFTER_B03).done
    by_clock = tuple(replace(one, office="clock", person="clock") for one in sampled.events)
    assert {one.office for one in told(replace(sampled, events=by_clock), ClaimsSampled)} == offices


def test_a_claim_that_a_second_office_is_to_verify_calls_it_once_it_is_checked() -> None:
    rules = replace(long_path(), notices=(NoticeRule("claim-checked", "verifier", "now"),))
    world = ReportingWorld(definition=rules)
    large = reported(claim(4, 50)).during(world).when(REGION, CheckClaim(f"{K}.c1", "Sesuai")).done
    small = reported(claim(1, 50)).during(world).when(REGION, CheckClaim(f"{K}.c1", "Sesuai")).done
    assert {one.office for one in told(large, ClaimChecked)} == {COORDINATOR}
    assert told(small, ClaimChecked) == ()
