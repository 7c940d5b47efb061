"""That a document was received, through the API: the limit counts from its day, and one office alone may say so."""

from __future__ import annotations

from dataclasses import replace

from service import catalog
from service.dispatch import Caller
from tests.support.api_story import ApiStory, done, refused
from tests.support.api_world import ApiWorld, draft_body
from tests.support.short_path import short_path
from tests.support.world import COORDINATOR, HEAD, OPENED, PARTY, REGION, SECRETARY, SIGNING
from workflows.commands import OpenProgramme
from workflows.context import Acting

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
    short_path()
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


def test_the_limit_counts_from_the_day_of_the_document_and_a_second_receipt_is_refused(world: ApiWorld) -> None:
    story = ApiStory(world, drafted(world), "")
    story.etag = world.get(HEAD, story.path).headers["ETag"]
    story.approve(story.ask("sign"), REGION)
    world.advance(to=SIGNING)
    world.catch_up()
    sheet = f"/sheets/tanda-terima:{PARTY}"
    body = {"mode": "in_person", "place": "Pontianak", "signed_at": SIGNING.isoformat()}
    done(world.post(SECRETARY, f"{sheet}/signatures", body, etag=world.get(SECRETARY, sheet).headers["ETag"]))
    refused(world.post(HEAD, f"{story.path}/receipt", RECEIVED), 403, "role_may_not")
    first = world.post(REGION, f"{story.path}/receipt", RECEIVED, key="tanda-terima")
    assert done(first) == done(world.post(REGION, f"{story.path}/receipt", RECEIVED, key="tanda-terima"))
    told = story.read()
    assert told["received"]["letter"] == "BA-7/2021"
    owed = {one["obligation"]: (one["office"], one["due_on"]) for one in told["owed"]}
    assert owed["duty-answer"] == (HEAD, "2022-01-19")
    refused(world.post(REGION, f"{story.path}/receipt", {**RECEIVED, "letter": "BA-8"}), 409, "received_already")
    world.catch_up()
    assert "duty-answer" in [one["key"] for one in done(world.get(HEAD, "/inbox"))["waiting"]]
