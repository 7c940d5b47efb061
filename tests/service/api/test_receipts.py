"""That a document was received, through the API: the limit counts from its day, and one office alone may say so."""

from __future__ import annotations

from dataclasses import replace

from service import catalog
from service.dispatch import Caller
from tests.support.api_story import done, refused
from tests.support.api_world import ApiWorld, draft_body
from tests.support.world import COORDINATOR, HEAD, OPENED, REGION
from workflows.commands import OpenProgramme
from workflows.context import Acting
from workflows.definition_yaml import shipped

DUTY = """
duties:
  answer:
    label: {id: Jawaban, en: Answer}
    begins: {fact: document-received}
    owed_by: agency_head
    limit: {days: 60, working: false}
    until: [in_replication]
    ladder: task
"""
NAME = "replikasi-tanda-terima"
TEXT = (
    shipped("replikasi-inovasi")
    .replace("name: replikasi-inovasi", f"name: {NAME}", 1)
    .replace("may: [draft, edit_draft", "may: [receive_document, draft, edit_draft", 1)
    + DUTY
)
RECEIVED = {"letter": "BA-7/2021", "received_at": "2021-11-20T02:00:00Z"}


def test_a_receipt_is_no_drafts_and_who_may_not_record_one_is_told(world: ApiWorld) -> None:
    commitment = drafted(world)
    refused(world.post(REGION, f"/commitments/{commitment}/receipt", RECEIVED), 409, "receipt_not_asked")
    told = world.post(HEAD, f"/commitments/{commitment}/receipt", RECEIVED).get_json()
    assert "role_may_not" in [one["code"] for one in told["blockers"]]


def test_a_receipt_needs_its_letter_and_its_time(world: ApiWorld) -> None:
    commitment = drafted(world)
    answer = world.post(REGION, f"/commitments/{commitment}/receipt", {"letter": ""})
    assert answer.status_code == 422
    assert done(world.get(HEAD, f"/commitments/{commitment}"))["received"] is None


def drafted(world: ApiWorld) -> str:
    """A draft in a programme whose workflow waits for a document."""
    world.install(NAME, TEXT)
    opened = replace(OPENED, programme="tanda-terima", definition=NAME)
    coordinator = Caller(Acting(COORDINATOR, world.persons[COORDINATOR]), "cli:test")
    world.tell(catalog.programme_stream("tanda-terima"), OpenProgramme(opened), by=coordinator)
    return str(done(world.post(REGION, "/commitments", draft_body(programme="tanda-terima")))["commitment"])
