"""A workflow that keeps a ledger of money, as a text, and a commitment of it in a real log."""

from __future__ import annotations

from dataclasses import replace

from service import catalog
from service.dispatch import Caller
from tests.support.api_story import ApiStory, done
from tests.support.api_world import ApiWorld, draft_body
from tests.support.short_path import short_path
from tests.support.world import COORDINATOR, HEAD, OPENED, PARTY, REGION, SECRETARY, SIGNING
from workflows.commands import OpenProgramme
from workflows.context import Acting

NAME = "replikasi-uang"
PROGRAMME = "uang"
TEXT = (
    short_path()
    .replace("name: replikasi-inovasi", f"name: {NAME}", 1)
    .replace("[import, open_programme,", "[establish_money, import, open_programme,", 1)
    .replace("may: [draft, edit_draft, submit_report", "may: [pay, draft, edit_draft, submit_report", 1)
    .replace("may: [draft, edit_draft, verify_claim", "may: [prove_payment, draft, edit_draft, verify_claim", 1)
    + "\nledger: {label: {id: Kerugian daerah, en: Loss of the region}}\n"
)


def owing_money(world: ApiWorld) -> ApiStory:
    """A signed commitment whose workflow keeps a ledger; no amount is established."""
    world.install(NAME, TEXT)
    opened = replace(OPENED, programme=PROGRAMME, definition=NAME)
    coordinator = Caller(Acting(COORDINATOR, world.persons[COORDINATOR]), "cli:test")
    world.tell(catalog.programme_stream(PROGRAMME), OpenProgramme(opened), by=coordinator)
    commitment = done(world.post(REGION, "/commitments", draft_body(programme=PROGRAMME)))["commitment"]
    story = ApiStory(world, str(commitment), "")
    story.etag = world.get(HEAD, story.path).headers["ETag"]
    story.approve(story.ask("sign"), REGION)
    world.advance(to=SIGNING)
    world.catch_up()
    sheet = f"/sheets/{PROGRAMME}:{PARTY}"
    body = {"mode": "in_person", "place": "Pontianak", "signed_at": SIGNING.isoformat()}
    done(world.post(SECRETARY, f"{sheet}/signatures", body, etag=world.get(SECRETARY, sheet).headers["ETag"]))
    return story
