"""The opinion of an owner that has no office here, on the pages and over the API."""

from __future__ import annotations

from datetime import timedelta

from tests.support.api_story import done, refused
from tests.support.api_world import ApiWorld
from tests.support.browsing import visitor
from tests.support.outside_owner import BODY, asked
from tests.support.world import COORDINATOR, HEAD, MENTOR

LETTER = ("evidence", b"%PDF-1.7 surat balasan", "surat.pdf")


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
