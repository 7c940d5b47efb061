"""The opinion of an owner that has no office here, on the pages and over the API."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from service import catalog
from service.dispatch import Caller
from tests.support.api_story import ApiStory, done, drafted, refused
from tests.support.api_world import ApiWorld, item_body
from tests.support.browsing import visitor
from tests.support.world import (
    COORDINATOR,
    HEAD,
    MENTOR,
    NEW_YEAR,
    OPENED,
    PLAN,
    REGION,
    SECRETARY,
    SIGNING,
    SUBJECTS,
)
from workflows.commands import OpenProgramme
from workflows.context import Acting

ELSEWHERE = "kalbar-luar"
BODY = "Dinas Kesehatan Provinsi Jawa Barat"
LETTER = ("evidence", b"%PDF-1.7 surat balasan", "surat.pdf")


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


def test_the_coordinator_enters_an_outside_bodys_letter_on_the_page(world: ApiWorld) -> None:
    story, request = asked(world)
    one = visitor(world, COORDINATOR)
    one.open(story.path)
    assert f"Catat pendapat {BODY} menurut suratnya." in one.words
    assert f"Pendapat {BODY}: belum ada, ditunggu sampai" in one.words
    form = one.form(f"{story.path}/opinions")
    one.send(form, {"text": "Tidak keberatan.", "letter": "440/12", "letter_on": "2031-01-03"}, file=LETTER)
    assert one.status == 422
    assert "Tanggal surat (3 Januari 2031) belum tiba." in one.words
    assert "surat.pdf" in one.words
    assert 'value="440/12"' in one.page
    one.send(one.form(f"{story.path}/opinions"), {"letter_on": "2022-01-03"})
    assert one.status == 200, one.words
    one.open(story.path)
    assert f"Pendapat {BODY}: Tidak keberatan. (surat 440/12, 3 Januari 2022)" in one.words
    heard = done(world.get(HEAD, f"/requests/{request}"))["invited"]
    shown = next(each for each in heard if each["body"] == BODY)
    assert (shown["opinion"], shown["letter"], shown["letter_on"]) == ("Tidak keberatan.", "440/12", "2022-01-03")
    assert [file["name"] for file in shown["evidence"]] == ["surat.pdf"]


def test_past_its_limit_the_page_says_that_no_opinion_came(world: ApiWorld) -> None:
    story, _ = asked(world)
    world.advance(to=world.runtime.now() + timedelta(days=20))
    one = visitor(world, HEAD)
    one.open(story.path)
    assert f"Pendapat {BODY}: tidak ada pendapat sampai " in one.words


def test_an_outside_opinion_without_its_letter_is_refused_over_the_api(world: ApiWorld) -> None:
    _, request = asked(world)
    answer = world.post(COORDINATOR, f"/requests/{request}/opinions", {"text": "Tidak keberatan."})
    problem = refused(answer, 422, "letter_missing")
    assert [one["code"] for one in problem["blockers"]] == [
        "letter_missing",
        "letter_date_missing",
        "letter_file_missing",
    ]
    own = {"text": "Wajar.", "letter": "1/2"}
    refused(world.post(MENTOR, f"/requests/{request}/opinions", own), 422, "opinion_letter_not_asked")
