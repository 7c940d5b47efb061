"""A commitment to change a core component of an innovation whose owner has no office here."""

from __future__ import annotations

from dataclasses import replace

from service import catalog
from service.dispatch import Caller
from tests.support.api_story import ApiStory, done, drafted
from tests.support.api_world import ApiWorld, item_body
from tests.support.world import COORDINATOR, HEAD, NEW_YEAR, OPENED, PLAN, REGION, SECRETARY, SIGNING, SUBJECTS
from workflows.commands import OpenProgramme
from workflows.context import Acting

ELSEWHERE = "kalbar-luar"
BODY = "Dinas Kesehatan Provinsi Jawa Barat"


def asked(world: ApiWorld) -> tuple[ApiStory, str]:
    """A core component is to change; the coordinator of the regency has checked it."""
    coordinator = Caller(Acting(COORDINATOR, world.persons[COORDINATOR]), "cli:test")
    subjects = (replace(SUBJECTS[0], owner_office=None),)
    opened = replace(OPENED, programme=ELSEWHERE, subjects=subjects)
    world.tell(catalog.programme_stream(ELSEWHERE), OpenProgramme(opened), by=coordinator)
    story = drafted(world, programme=ELSEWHERE)
    story.approve(story.ask("sign"), REGION)
    signing = {"mode": "in_person", "place": "Pontianak", "signed_at": SIGNING.isoformat()}
    world.advance(to=SIGNING)
    world.catch_up()
    etag = world.get(SECRETARY, f"/sheets/{ELSEWHERE}:61.03").headers["ETag"]
    done(world.post(SECRETARY, f"/sheets/{ELSEWHERE}:61.03/signatures", signing, etag=etag))
    story.etag = story.read()["etag"]
    world.advance(to=NEW_YEAR)
    decree = world.upload(HEAD, b"%PDF-1.7 SK tim", "sk.pdf")
    story.approve(story.ask("start", evidence=[decree]), REGION, SECRETARY)
    items = [item_body(PLAN[0], target=110), *(item_body(item) for item in PLAN[1:])]
    memo = world.upload(HEAD, b"%PDF-1.7 nota dinas", "nota.pdf")
    request = story.ask("amend", reason="kondisi_wilayah", evidence=[memo], items=items)
    story.approve(request, REGION)
    return story, request
