from datetime import date
from decimal import Decimal

import pytest

from tests.support.world import (
    ADMIN,
    AUDITOR,
    COORDINATOR,
    DRAFTED,
    HEAD,
    NEIGHBOUR,
    OTHER_HEAD,
    OWNER,
    PIC,
    PLAN,
    REGION,
    SECRETARY,
    SIGN_ASKED,
    SIGNED,
    STARTED,
    K,
    draft,
    given,
    item,
)
from workflows.commands import DraftCommitment, EditDraft, OpenRequest
from workflows.facts import CommitmentDrafted, DraftEdited, PlanDrafted, PlanItem


@pytest.mark.parametrize("office", [REGION, HEAD])
def test_the_partys_line_drafts(office: str) -> None:
    story = given().when(office, draft()).then(CommitmentDrafted, PlanDrafted)
    assert story.commitment.state == "drafted"
    assert (story.commitment.drafted.definition, story.commitment.drafted.definition_version) == (
        "replikasi-inovasi",
        1,
    )


def test_a_draft_may_begin_without_a_plan_and_without_a_pic() -> None:
    given().when(REGION, draft(items=(), pic="")).then(CommitmentDrafted)


@pytest.mark.parametrize("office", [SECRETARY, PIC])
def test_an_office_that_sees_the_party_but_has_no_such_role_may_not_draft(office: str) -> None:
    tried = given().when(office, draft()).refused("role_may_not")
    assert set(tried.blocker("role_may_not").cleared_by) == {REGION, HEAD}


@pytest.mark.parametrize("office", [NEIGHBOUR, AUDITOR, ADMIN, OTHER_HEAD])
def test_an_office_out_of_scope_may_not_draft(office: str) -> None:
    assert given().when(office, draft()).codes[0] == "out_of_scope"


def test_an_unknown_office_and_a_person_who_does_not_hold_it_may_not_draft() -> None:
    given().when("61.99.bag", draft()).refused("office_unknown")
    given().when(REGION, draft(), person="somebody else").refused("not_a_holder")


def test_the_same_draft_again_is_nothing_new_as_long_as_it_says_the_same() -> None:
    assert given(*DRAFTED).when(REGION, draft()).done.new == ()
    assert given(*STARTED).when(COORDINATOR, draft()).done.new == ()


@pytest.mark.parametrize(
    "other",
    [draft(items=PLAN[:2]), draft(reference="other"), draft(replication_scope="partial"), draft(subject="e-open")],
)
def test_another_draft_of_the_same_commitment_is_refused(other: DraftCommitment) -> None:
    given(*DRAFTED).when(REGION, other).refused("commitment_exists")


@pytest.mark.parametrize(
    ("command", "codes"),
    [
        (draft(programme="jateng-2020"), ["programme_unknown"]),
        (draft(party="61.99"), ["party_not_in_programme", "out_of_scope"]),
        (draft(subject="simpadu"), ["subject_not_in_programme", "component_unknown"]),
        (draft(fiscal_year=2023), ["fiscal_year_unknown"]),
        (draft(replication_scope="half"), ["scope_unknown"]),
        (draft(agency=""), ["office_unknown"]),
        (draft(agency="61.03.nowhere"), ["office_unknown"]),
        (draft(agency=NEIGHBOUR), ["agency_not_of_party"]),
        (draft(pic="61.03.nowhere"), ["office_unknown"]),
        (draft(pic=OWNER), ["agency_not_of_party"]),
    ],
)
def test_a_draft_of_something_that_does_not_exist_is_refused(command: DraftCommitment, codes: list[str]) -> None:
    assert given().when(REGION, command).codes == tuple(codes)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (item(0), "item_number_not_positive"),
        (item(4, target=Decimal(0)), "target_not_positive"),
        (item(4, target=Decimal("-1")), "target_not_positive"),
        (item(4, target=Decimal("NaN")), "target_not_positive"),
        (item(4, budget_idr=-1), "budget_negative"),
        (item(4, starts_on=date(2022, 5, 2), ends_on=date(2022, 5, 1)), "date_order"),
        (item(4, stage="pesta"), "stage_unknown"),
        (item(4, fund="hibah"), "fund_unknown"),
        (item(4, value="average"), "value_unknown"),
        (item(4, component="drone"), "component_unknown"),
        (item(4, agency="61.03.nowhere"), "office_unknown"),
        (item(4, agency=NEIGHBOUR), "agency_not_of_party"),
    ],
)
def test_nonsense_in_a_plan_is_refused_with_the_item_that_says_it(wrong: PlanItem, code: str) -> None:
    tried = given().when(REGION, draft(items=(*PLAN, wrong))).refused(code)
    assert any(str(wrong.number) in text for text in tried.blocker(code).facts.values())


def test_everything_wrong_with_a_draft_is_said_at_once() -> None:
    wrong = item(3, budget_idr=-5, fund="hibah", target=Decimal(-2))
    given().when(REGION, draft(fiscal_year=1999, items=(*PLAN, wrong))).refused(
        "fiscal_year_unknown", "item_number_twice", "target_not_positive", "budget_negative", "fund_unknown"
    )


def test_an_edit_states_only_what_differs() -> None:
    drafted = given(*DRAFTED)
    assert drafted.when(HEAD, EditDraft(agency=HEAD, items=PLAN)).done.new == ()
    assert drafted.when(HEAD, EditDraft(pic="")).then(DraftEdited).commitment.pic == ""
    drafted.when(REGION, EditDraft(items=PLAN[:2])).then(PlanDrafted)


def test_equal_numbers_written_differently_are_no_difference() -> None:
    same = item(1, component="pelacakan kasus", target=Decimal("100.00"))
    assert given(*DRAFTED).when(HEAD, EditDraft(items=(same, *PLAN[1:]))).done.new == ()


def test_only_those_who_write_drafts_edit_them() -> None:
    tried = given(*DRAFTED).when(COORDINATOR, EditDraft(pic="")).refused("role_may_not")
    assert tried.blocker("role_may_not").cleared_by == (REGION, HEAD)
    given(*DRAFTED).when(NEIGHBOUR, EditDraft(pic="")).refused("out_of_scope")


def test_a_draft_stands_still_while_its_signature_is_asked_for() -> None:
    tried = given(*SIGN_ASKED).when(HEAD, EditDraft(pic="")).refused("request_open")
    assert tried.blocker("request_open").cleared_by == (REGION, HEAD)
    assert tried.blocker("request_open").until is not None


def test_only_a_draft_is_edited_and_its_edit_is_checked_like_a_draft() -> None:
    given(*SIGNED).when(HEAD, EditDraft(pic="")).refused("draft_only")
    given(*DRAFTED).when(HEAD, EditDraft(replication_scope="half", items=(item(1, budget_idr=-1),))).refused(
        "scope_unknown", "budget_negative"
    )


def test_nothing_is_done_with_a_commitment_that_was_never_drafted() -> None:
    given().when(HEAD, OpenRequest("sign")).refused("commitment_unknown")


def test_the_id_of_a_draft_is_the_commitments() -> None:
    assert given(*DRAFTED).commitment.id == K


def test_a_role_that_may_only_import_drafts_from_a_file_and_not_by_hand() -> None:
    tried = given().when(COORDINATOR, draft()).refused("role_may_not")
    assert COORDINATOR not in tried.blocker("role_may_not").cleared_by
    given().when(COORDINATOR, draft(imported=True)).then(CommitmentDrafted, PlanDrafted)
    given().when(SECRETARY, draft(imported=True)).refused("role_may_not")


def test_a_draft_without_an_agency_says_which_place_is_empty() -> None:
    tried = given().when(REGION, draft(agency=""))
    assert tried.blocker("office_unknown").facts == {"office": "-", "place": "agency"}
