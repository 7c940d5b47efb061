"""A slip of the pen is put right: words, the person in charge; never what was promised."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.support.world import (
    HEAD,
    NEIGHBOUR,
    OTHER_HEAD,
    PHOTO,
    PIC,
    PLAN,
    REGION,
    SECRETARY,
    SIGNING,
    STARTED,
    Act,
    K,
    approvals,
    claimed,
    draft,
    given,
    signature,
)
from workflows.commands import ApproveRequest, MakeClaim, OpenRequest
from workflows.facts import (
    CommitmentCorrected,
    Correction,
    ObligationsArisen,
    RequestApproved,
    RequestFulfilled,
    StepReached,
    Terms,
)
from workflows.plan import PROMISE_FIELDS

MARCH = datetime(2022, 3, 1, 2, tzinfo=UTC)
SPELLING = Correction("activity", "Kegiatan pertama 1", item=1)


def correct(*corrections: Correction) -> OpenRequest:
    return OpenRequest("correct", text="Salah tulis", terms=Terms(corrections=corrections))


def test_the_agency_itself_decides_on_a_correction_of_words() -> None:
    asked = given(*STARTED).when(REGION, correct(SPELLING), at=MARCH).done
    reached = asked.new[1]
    assert isinstance(reached, StepReached)
    assert reached.office == HEAD
    story = asked.when(HEAD, ApproveRequest(f"{K}.r3")).then(RequestApproved, CommitmentCorrected, RequestFulfilled)
    fact = story.new[1]
    assert isinstance(fact, CommitmentCorrected)
    assert fact.corrections == (Correction("activity", "Kegiatan pertama 1", 1, old="Kegiatan 1"),)
    commitment = story.commitment
    assert commitment.items == (replace(PLAN[0], activity="Kegiatan pertama 1"), *PLAN[1:])
    assert (commitment.revision, commitment.revisions, commitment.state) == (0, (PLAN,), "in_replication")


@pytest.mark.parametrize(("field", "new"), [("output", "Laporan akhir"), ("evidence_required", "Foto")])
def test_every_wording_of_an_item_can_be_corrected(field: str, new: str) -> None:
    story = given(*STARTED, Act(REGION, correct(Correction(field, new, item=2)), MARCH), *approvals(3, HEAD))
    assert getattr(story.commitment.items[1], field) == new


@pytest.mark.parametrize("field", PROMISE_FIELDS)
def test_what_was_promised_is_never_corrected(field: str) -> None:
    tried = given(*STARTED).when(REGION, correct(Correction(field, "1", item=2)), at=MARCH)
    assert tried.refused("correction_forbidden").blocker("correction_forbidden").facts == {"fields": f"2 {field}"}


def test_every_forbidden_field_is_named() -> None:
    money, target = Correction("budget_idr", "1", item=1), Correction("target", "90", item=3)
    tried = given(*STARTED).when(REGION, correct(money, SPELLING, target), at=MARCH)
    assert tried.blocker("correction_forbidden").facts == {"fields": "1 budget_idr, 3 target"}


@pytest.mark.parametrize(
    "wrong",
    [
        (Correction("activity", "Rapat", item=9),),
        (Correction("activity", "Rapat"),),
        (Correction("pic", PIC, item=1),),
        (Correction("reference", "X"),),
        (Correction("letter", "12/2022"),),
        (Correction("letter", "12/2022", item=1),),
        (SPELLING, SPELLING),
    ],
)
def test_only_what_stands_there_is_corrected_and_once(wrong: tuple[Correction, ...]) -> None:
    given(*STARTED).when(REGION, correct(*wrong), at=MARCH).refused("correction_unknown")


@pytest.mark.parametrize("new", ["", "  ", "Kegiatan 1"])
def test_a_correction_writes_something_else(new: str) -> None:
    tried = given(*STARTED).when(REGION, correct(Correction("activity", new, item=1)), at=MARCH)
    assert "correction_empty" in tried.codes


def test_a_figure_inside_a_text_is_never_corrected() -> None:
    tried = given(*STARTED).when(REGION, correct(Correction("activity", "Kegiatan 7", item=1)), at=MARCH)
    assert tried.refused("correction_of_figures").blocker("correction_of_figures").facts == {"fields": "1 activity"}


def test_a_correction_names_something() -> None:
    given(*STARTED).when(REGION, correct(), at=MARCH).refused("corrections_missing")


def test_another_person_in_charge_owes_what_is_owed_from_now_on() -> None:
    command = correct(Correction("pic", OTHER_HEAD))
    story = given(*STARTED, *claimed(1, 100, at=MARCH), Act(REGION, command))
    story = story.when(HEAD, ApproveRequest(f"{K}.r3")).then(
        RequestApproved, CommitmentCorrected, RequestFulfilled, ObligationsArisen
    )
    commitment = story.commitment
    assert commitment.pic == OTHER_HEAD
    owed = {name: (one.obligation.office, one.obligation.round) for name, one in commitment.owed.items()}
    assert (owed["item-2"], owed["item-3"]) == ((OTHER_HEAD, 2), (OTHER_HEAD, 2))
    assert owed["item-1"] == (PIC, 1)


def test_the_person_in_charge_is_an_office_of_the_party() -> None:
    given(*STARTED).when(REGION, correct(Correction("pic", NEIGHBOUR)), at=MARCH).refused("agency_not_of_party")
    given(*STARTED).when(REGION, correct(Correction("pic", "nobody")), at=MARCH).refused("office_unknown")


def test_another_agency_of_the_party_does_not_decide_in_its_place() -> None:
    plan = tuple(replace(one, agency=OTHER_HEAD) for one in PLAN)
    signed = (
        Act(REGION, draft(agency=OTHER_HEAD, items=plan)),
        Act(OTHER_HEAD, OpenRequest("sign")),
        *approvals(1, REGION),
        Act(SECRETARY, signature(), SIGNING + timedelta(hours=1)),
    )
    reached = given(*signed, Act(REGION, correct(SPELLING))).new[1]
    assert isinstance(reached, StepReached)
    assert reached.office == OTHER_HEAD


def test_a_correction_leaves_claims_as_they_are() -> None:
    acts = (*STARTED, Act(PIC, MakeClaim(1, Decimal(50), PHOTO), MARCH), Act(REGION, correct(SPELLING)))
    story = given(*acts, *approvals(3, HEAD))
    assert story.commitment.claims[f"{K}.c1"].status == "claimed"
    assert story.commitment.owed["item-1"].obligation.due_on == date(2022, 3, 31)
