from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.support.directory import directory, holder
from tests.support.world import (
    COORDINATOR,
    DRAFT_DAY,
    DRAFTED,
    HEAD,
    MINISTRY,
    NEIGHBOUR,
    OPENED,
    PAPER,
    PLAN,
    PROVINCE,
    REGION,
    SECRETARY,
    SHEET,
    SIGN_ASKED,
    SIGN_CHECKED,
    SIGNED,
    SIGNING,
    STARTED,
    Act,
    K,
    draft,
    given,
    holder_of,
    item,
    signature,
    world,
)
from workflows.commands import ApproveRequest, OpenRequest, WitnessCommitment
from workflows.facts import (
    Evidence,
    ObligationsArisen,
    RequestApproved,
    SignatureRecorded,
    StateChanged,
    WitnessRecorded,
)

WITNESS = WitnessCommitment(SHEET, "online", "Jakarta", SIGNING)
LATER = SIGNING + timedelta(hours=2)


def test_a_signature_is_the_approval_the_signature_the_move_and_what_is_owed_from_then_on() -> None:
    story = given(*SIGN_CHECKED).when(SECRETARY, signature(), at=LATER)
    signed = story.then(RequestApproved, SignatureRecorded, StateChanged, ObligationsArisen)
    fact = signed.new[1]
    assert isinstance(fact, SignatureRecorded)
    opened = signed.commitment.requests[f"{K}.r1"].opened
    assert (fact.digest, fact.signed_at, fact.party) == (opened.substance, SIGNING, "61.03")
    assert signed.commitment.revisions == (PLAN,)


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({}, "internal"),
        ({"scan": PAPER[0]}, "scan"),
        ({"scan": PAPER[0], "mode": "wet_ink"}, "scan"),
        ({"scan": PAPER[0], "kind": "certified"}, "certified"),
    ],
)
def test_a_signature_says_what_it_was_made_with(changed: dict[str, object], kind: str) -> None:
    story = given(*SIGN_CHECKED).when(SECRETARY, signature(**changed), at=LATER).done
    assert next(fact for fact in story.new if isinstance(fact, SignatureRecorded)).kind == kind


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"kind": "seal"}, "signature_kind_unknown"),
        ({"kind": "internal", "scan": PAPER[0]}, "signature_kind_not_of_file"),
        ({"kind": "scan"}, "signature_kind_not_of_file"),
        ({"kind": "certified"}, "signature_kind_not_of_file"),
        ({"scan": Evidence("b" * 64, "lembar.csv", "text/csv", 10)}, "scan_not_paper"),
    ],
)
def test_a_kind_that_does_not_fit_its_file_is_refused(changed: dict[str, object], code: str) -> None:
    given(*SIGN_CHECKED).when(SECRETARY, signature(**changed), at=LATER).refused(code)


def test_a_signature_may_be_recorded_days_after_it_was_given() -> None:
    story = given(*SIGN_CHECKED).when(SECRETARY, signature(), at=SIGNING + timedelta(days=3)).done
    assert story.commitment.signature is not None
    assert story.commitment.signature.signed_at == SIGNING


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"sheet": "kalbar-2022:61.05"}, "sheet_unknown"),
        ({"mode": "telepathy"}, "mode_unknown"),
        ({"mode": "wet_ink"}, "scan_missing"),
        ({"mode": "wet_ink", "scan": Evidence("d" * 64, "lembar.pdf", "application/pdf", 0)}, "evidence_invalid"),
        ({"signed_at": LATER + timedelta(minutes=1)}, "signed_in_future"),
        ({"signed_at": DRAFT_DAY - timedelta(days=1)}, "signed_before_draft"),
    ],
)
def test_an_unsound_signature_is_refused(changed: dict[str, object], code: str) -> None:
    given(*SIGN_CHECKED).when(SECRETARY, signature(**changed), at=LATER).refused(code)


def test_a_signature_is_not_older_than_its_request() -> None:
    asked_on = DRAFT_DAY + timedelta(days=1)
    checked = given(*DRAFTED, Act(HEAD, OpenRequest("sign"), asked_on), *SIGN_CHECKED[2:])
    before = signature(signed_at=asked_on - timedelta(seconds=1))
    checked.when(SECRETARY, before, at=LATER).refused("signed_before_asked")


def test_a_signature_is_not_older_than_the_approvals_that_lead_up_to_it() -> None:
    asked_on, checked_on = DRAFT_DAY + timedelta(days=1), DRAFT_DAY + timedelta(days=2)
    asked = given(*DRAFTED, Act(HEAD, OpenRequest("sign"), asked_on))
    checked = asked.does(Act(REGION, ApproveRequest(f"{K}.r1"), checked_on))
    early = signature(signed_at=checked_on - timedelta(seconds=1))
    tried = checked.when(SECRETARY, early, at=LATER).refused("signed_before_approved")
    assert tried.blocker("signed_before_approved").facts["approved_at"] == checked_on.isoformat()
    checked.when(SECRETARY, signature(signed_at=checked_on), at=LATER).passes()
    half = asked.does(Act(REGION, ApproveRequest(f"{K}.r1"), checked_on + timedelta(seconds=30)))
    half.when(SECRETARY, signature(signed_at=checked_on), at=LATER).passes()
    oldest = signature(signed_at=asked_on - timedelta(seconds=1))
    checked.when(SECRETARY, oldest, at=LATER).refused("signed_before_asked")


def test_who_holds_the_office_today_cannot_sign_for_a_day_on_which_another_held_it() -> None:
    today = holder(SECRETARY, "new", capacity="plh", starts_on=date(2021, 12, 20))
    changed = replace(world(), directory=directory(more=[today]))
    checked = given(*SIGN_CHECKED).during(changed)
    later = datetime(2021, 12, 21, 3, tzinfo=UTC)
    checked.when(SECRETARY, signature(), at=later, person="new").refused("signer_not_holder_then")
    checked.when(SECRETARY, signature(signed_at=later), at=later, person="new").passes()


def test_wet_ink_is_signed_with_its_scan() -> None:
    given(*SIGN_CHECKED).when(SECRETARY, signature(mode="wet_ink", scan=PAPER[0]), at=LATER).passes()


def test_no_item_may_end_before_the_party_really_signed() -> None:
    short = item(1, starts_on=date(2021, 11, 29), ends_on=date(2021, 12, 3))
    checked = given(Act(REGION, draft(items=(short, item(2)))), *SIGN_CHECKED[1:])
    checked.when(SECRETARY, signature(), at=LATER).refused("item_ends_before_signature")
    day_of_the_item = datetime(2021, 12, 3, 16, 59, tzinfo=UTC)
    checked.when(SECRETARY, signature(signed_at=day_of_the_item), at=LATER).passes()


def test_the_day_of_a_signature_is_the_programmes_day() -> None:
    short = item(1, starts_on=date(2021, 11, 29), ends_on=date(2021, 12, 3))
    checked = given(Act(REGION, draft(items=(short,))), *SIGN_CHECKED[1:])
    after_midnight = datetime(2021, 12, 3, 17, 1, tzinfo=UTC)
    checked.when(SECRETARY, signature(signed_at=after_midnight), at=LATER).refused("item_ends_before_signature")
    abroad = replace(world(), programme=replace(OPENED, zone="UTC"))
    checked.during(abroad).when(SECRETARY, signature(signed_at=after_midnight), at=LATER).passes()


def test_nobody_else_signs_for_the_party() -> None:
    given(*SIGN_CHECKED).when(PROVINCE, signature(), at=LATER).refused("not_your_turn")
    given(*SIGN_CHECKED).when(REGION, signature(), at=LATER).refused("acted_already", "not_your_turn")
    given(*SIGN_CHECKED).when(NEIGHBOUR, signature(), at=LATER).refused("out_of_scope")


def test_a_signature_waits_until_the_draft_was_checked() -> None:
    tried = given(*SIGN_ASKED).when(SECRETARY, signature(), at=LATER).refused("signature_not_awaited")
    assert tried.blocker("signature_not_awaited").cleared_by == (REGION,)
    tried = given(*DRAFTED).when(SECRETARY, signature(), at=LATER).refused("signature_not_awaited")
    assert tried.blocker("signature_not_awaited").cleared_by == (HEAD,)


def test_a_sheet_is_signed_once() -> None:
    given(*SIGNED).when(SECRETARY, signature()).refused("request_closed")
    given(*STARTED).when(SECRETARY, signature()).refused("request_closed")


@pytest.mark.parametrize("office", [MINISTRY, PROVINCE])
def test_those_who_oversee_witness_the_signature(office: str) -> None:
    story = given(*SIGNED).when(office, WITNESS).then(WitnessRecorded)
    assert story.commitment.witnesses[0].office == office
    story.when(office, WITNESS).refused("acted_already")


def test_only_a_role_that_may_witnesses_what_was_signed() -> None:
    tried = given(*SIGNED).when(COORDINATOR, WITNESS).refused("role_may_not")
    assert tried.blocker("role_may_not").cleared_by == (MINISTRY, PROVINCE)
    tried = given(*SIGN_CHECKED).when(PROVINCE, WITNESS, at=LATER).refused("signature_missing")
    assert tried.blocker("signature_missing").cleared_by == (SECRETARY,)
    given(*SIGNED).when(NEIGHBOUR, WITNESS).refused("out_of_scope")


def test_whoever_signed_is_no_witness_of_it_under_any_office() -> None:
    both = replace(world(), directory=directory(more=[holder(PROVINCE, holder_of(SECRETARY), capacity="pj")]))
    story = given(*SIGNED).during(both)
    story.when(PROVINCE, WITNESS, person=holder_of(SECRETARY)).refused("signer_witnesses")
    given(*SIGNED).when(SECRETARY, WITNESS).refused("role_may_not", "signer_witnesses")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (replace(WITNESS, sheet="kalbar-2022:61.05"), "sheet_unknown"),
        (replace(WITNESS, mode="wet_paint"), "mode_unknown"),
        (replace(WITNESS, witnessed_at=SIGNING + timedelta(days=9)), "witnessed_in_future"),
        (replace(WITNESS, witnessed_at=SIGNING - timedelta(days=1)), "witnessed_before_signature"),
    ],
)
def test_an_unsound_witness_is_refused(command: WitnessCommitment, code: str) -> None:
    given(*SIGNED).when(MINISTRY, command).refused(code)


def test_the_signed_content_is_what_the_approver_was_shown() -> None:
    signed = given(*SIGNED).commitment
    other = given(Act(REGION, draft(items=PLAN[:2])), *SIGNED[1:]).commitment
    assert signed.signature is not None
    assert other.signature is not None
    assert signed.signature.digest != other.signature.digest


def test_one_partys_request_for_another_move_does_not_wait_for_a_signature() -> None:
    asked = given(*DRAFTED, Act(REGION, OpenRequest("withdraw", reason="tanpa_anggaran", evidence=PAPER)))
    asked.when(SECRETARY, signature(), at=LATER).refused("signature_not_awaited")
