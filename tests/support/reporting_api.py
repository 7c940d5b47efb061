"""The API's world with a second programme, under the workflow whose reports are owed, checked and verified."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from service import catalog
from service.dispatch import Caller
from tests.support.api_story import ApiStory, done
from tests.support.api_world import ApiWorld, draft_body, item_body
from tests.support.reporting import IN_B03, PLAN, text
from tests.support.world import COORDINATOR, HEAD, OPENED, PARTY, REGION, SECRETARY, SIGNING, SUBJECT, SUBJECTS
from workflows.commands import OpenProgramme
from workflows.context import Acting

REPORTING = "laporan-2022"
NAME = "laporan-panjang"


def reporting_programme(world: ApiWorld, *, more: tuple[str, ...] = ()) -> None:
    """Install the workflow and open its programme. more: further subjects"""
    written = text(("name: replikasi-inovasi", f"name: {NAME}"))
    world.install(NAME, written)
    coordinator = Caller(Acting(COORDINATOR, world.persons[COORDINATOR]), "cli:test")
    others = tuple(replace(SUBJECTS[0], subject=one, name=one, short_name=one) for one in more)
    opened = replace(OPENED, programme=REPORTING, definition=NAME, subjects=(*SUBJECTS, *others))
    world.tell(catalog.programme_stream(REPORTING), OpenProgramme(opened), by=coordinator)


def reporting(world: ApiWorld, *, at: datetime | None = IN_B03, more: tuple[str, ...] = ()) -> ApiStory:
    """A signed commitment of that programme, in its first period. more: subjects of further ones on its sheet"""
    reporting_programme(world, more=more)
    story, *_ = [ready(world, subject) for subject in (SUBJECT, *more)]
    world.advance(to=SIGNING)
    world.catch_up()
    path = f"/sheets/{REPORTING}:{PARTY}"
    sheet = world.get(SECRETARY, path)
    body = {"mode": "in_person", "place": "Pontianak", "signed_at": SIGNING.isoformat()}
    signed = done(world.post(SECRETARY, f"{path}/signatures", body, etag=sheet.headers["ETag"]))
    story.etag = next(one["etag"] for one in signed["done"] if one["commitment"] == story.commitment)
    if at is not None:
        world.advance(to=at)
    return story


def ready(world: ApiWorld, subject: str = SUBJECT) -> ApiStory:
    """A commitment of that programme whose sheet can be signed; the read models aren't told."""
    items = [item_body(item) for item in PLAN]
    answer = world.post(REGION, "/commitments", draft_body(programme=REPORTING, subject=subject, items=items))
    story = ApiStory(world, str(done(answer)["commitment"]), answer.headers["ETag"])
    story.approve(story.ask("sign"), REGION)
    return story


def report_body(world: ApiWorld, *, item: int = 1, value: int = 50, **changed: Any) -> dict[str, Any]:
    """A sound report of one item, nihil for the rest."""
    photo = world.upload(HEAD, b"\x89PNG\r\n\x1a\n foto", "foto.png")
    said = {"item": item, "value": value, "evidence": [photo]}
    return {"period": "B03", "claims": [said], "nihil_rest": "Belum dimulai", **changed}


def submitted(world: ApiWorld, story: ApiStory, **changed: Any) -> dict[str, Any]:
    """The answer to a report that must be taken."""
    return done(world.post(HEAD, f"{story.path}/reports", report_body(world, **changed)))
