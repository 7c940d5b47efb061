"""A programme's go-live and its end through the API: the list of what is open, and who may."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.event import listen

from tests.support.api_story import done, drafted, refused, sign_asked
from tests.support.api_world import ApiWorld
from tests.support.world import COORDINATOR, HEAD, PROGRAMME, PROVINCE, REGION

PATH = f"/programmes/{PROGRAMME}"
WHY = {"letter": "800/9", "text": "Tahun berakhir"}


def test_a_programme_is_closed_only_when_nothing_in_it_is_open(world: ApiWorld) -> None:
    story = drafted(world)
    reference = story.read(REGION)["reference"]
    problem = refused(world.post(COORDINATOR, f"{PATH}/closure", WHY), 409, "commitments_open")
    assert problem["blockers"][0]["facts"] == {"count": "1", "commitments": reference}
    request = story.ask("withdraw", REGION, reason="tanpa_anggaran", evidence=[world.upload(REGION, b"%PDF-1.7 surat")])
    story.approve(request, "61.03.sekda")
    closed = done(world.post(COORDINATOR, f"{PATH}/closure", WHY, key="once"))
    assert closed["closed"] is True
    again = world.post(COORDINATOR, f"{PATH}/closure", WHY, key="once")
    assert (done(again)["closed"], again.headers["Idempotency-Replayed"]) == (True, "true")
    refused(world.post(COORDINATOR, f"{PATH}/closure", WHY), 409, "programme_closed")
    assert done(world.post(COORDINATOR, f"{PATH}/reopening", WHY))["closed"] is False


def test_who_may_not_open_a_programme_may_not_close_it(world: ApiWorld) -> None:
    refused(world.post(HEAD, f"{PATH}/closure", WHY), 403, "role_may_not")
    refused(world.post(PROVINCE, f"{PATH}/go-live", {"on": "2022-01-01", "text": "x"}), 403, "role_may_not")
    refused(world.post(COORDINATOR, "/programmes/none/closure", WHY), 422, "programme_unknown")


def test_for_who_may_not_close_a_programme_nothing_is_counted(world: ApiWorld) -> None:
    drafted(world)
    world.catch_up()
    asked: list[str] = []
    listen(world.runtime.engine, "before_cursor_execute", lambda _one, _two, said, *_rest: asked.append(said))
    refused(world.post(HEAD, f"{PATH}/closure", WHY), 403, "role_may_not")
    assert not [one for one in asked if "ORDER BY commitment.reference" in one]
    refused(world.post(COORDINATOR, f"{PATH}/closure", WHY), 409, "commitments_open")
    assert [one for one in asked if "ORDER BY commitment.reference" in one]


def test_what_fell_due_before_go_live_is_shown_as_such_and_fires_nothing(world: ApiWorld) -> None:
    story, _ = sign_asked(world)
    owed = story.read(REGION)["owed"][0]
    assert owed["before_go_live"] is False
    live = done(world.post(COORDINATOR, f"{PATH}/go-live", {"on": "2022-06-01", "text": "Mulai dipakai"}))
    assert live["go_live_on"] == "2022-06-01"
    world.advance(to=world.runtime.now() + timedelta(days=30))
    world.catch_up()
    after = story.read(REGION)["owed"][0]
    assert (after["before_go_live"], after["raised"]) == (True, 0)
    (cell,) = done(world.get(COORDINATOR, "/matrix"))["cells"]
    assert cell["overdue"] == 0
    done(world.post(COORDINATOR, f"{PATH}/go-live", {"on": None, "text": "Belum jadi"}))
    (cell,) = done(world.get(COORDINATOR, "/matrix"))["cells"]
    assert cell["overdue"] == 1
    world.advance(to=world.runtime.now() + timedelta(days=2))
    world.catch_up()
    assert story.read(REGION)["owed"][0]["raised"] == 1
