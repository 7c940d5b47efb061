"""Versions of workflows and migrations through the API: two offices, and the workers that carry it out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from service.proposed import migration_of, outlooks
from tests.support.api_story import done, refused, signed, started
from tests.support.api_world import ApiWorld, api_world
from tests.support.browsing import visitor
from tests.support.short_path import short_path
from tests.support.world import ADMIN, COORDINATOR, HEAD, NEIGHBOUR, PROGRAMME, REGION
from workflows.context import Acting

NAME = "replikasi-inovasi"
TEXT = short_path()
NEXT = TEXT.replace("version: 1", "version: 2", 1).replace("en: Signed}", "en: Agreed}")
RENAMED = re.sub(r"\bsigned\b", "agreed", NEXT)
P1, M1 = f"{NAME}.p1", f"{PROGRAMME}.m1"
WHY = {"letter": "800/7", "text": "Aturan baru"}
TO_TWO: Mapping[str, Any] = {"to_version": 2, **WHY}
MAPPED = {**TO_TWO, "states": [{"old": "signed", "new": "agreed"}]}


@pytest.fixture
def world(tmp_path: Path) -> ApiWorld:
    return api_world(tmp_path)


def propose(world: ApiWorld, text: str = NEXT, office: str = ADMIN) -> dict[str, Any]:
    proposal: dict[str, Any] = done(world.post(office, "/definition-proposals", {"text": text}))["proposal"]
    return proposal


def install(world: ApiWorld, text: str = NEXT) -> None:
    propose(world, text)
    done(world.post(COORDINATOR, f"/definition-proposals/{P1}/confirmation"))


def test_one_office_proposes_and_another_installs(world: ApiWorld) -> None:
    proposed = propose(world)
    assert (proposed["id"], proposed["version"], proposed["status"], proposed["by"]["office"]) == (P1, 2, "open", ADMIN)
    whole = done(world.get(HEAD, f"/definition-proposals/{P1}"))
    assert whole["text"] == NEXT
    assert "-version: 1" in whole["difference"]
    assert "+version: 2" in whole["difference"]
    answer = world.post(COORDINATOR, f"/definition-proposals/{P1}/confirmation")
    assert done(answer)["proposal"]["status"] == "installed"
    assert answer.headers["Location"].endswith(f"/definition-proposals/{P1}")
    assert [one["status"] for one in done(world.get(HEAD, "/definition-proposals"))["proposals"]] == ["installed"]
    assert done(world.get(HEAD, f"/programmes/{PROGRAMME}"))["definition_version"] == 1


def test_the_second_click_has_the_first_ones_answer(world: ApiWorld) -> None:
    first = world.post(ADMIN, "/definition-proposals", {"text": NEXT}, key="once")
    again = world.post(ADMIN, "/definition-proposals", {"text": NEXT}, key="once")
    assert (done(first), again.headers["Idempotency-Replayed"]) == (done(again), "true")
    assert propose(world)["id"] == P1
    done(world.post(COORDINATOR, f"/definition-proposals/{P1}/confirmation", key="yes"))
    repeated = world.post(COORDINATOR, f"/definition-proposals/{P1}/confirmation", key="yes")
    assert done(repeated)["proposal"]["status"] == "installed"
    refused(world.post(COORDINATOR, f"/definition-proposals/{P1}/confirmation"), 409, "proposal_closed")


def test_who_may_not_is_told_who_may(world: ApiWorld) -> None:
    problem = refused(world.post(HEAD, "/definition-proposals", {"text": NEXT}), 403, "role_may_not")
    assert {one["office"] for one in problem["blockers"][0]["cleared_by"]} == {ADMIN, COORDINATOR}
    propose(world)
    own = refused(world.post(ADMIN, f"/definition-proposals/{P1}/confirmation"), 403, "proposer_confirms")
    assert [one["office"] for one in own["blockers"][0]["cleared_by"]] == [COORDINATOR]
    world.appoint(ADMIN)
    refused(world.post(HEAD, f"/definition-proposals/{P1}/confirmation"), 403, "role_may_not")


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("name: x", 422, "definition_invalid"),
        (TEXT.replace("version: 1", "version: 9", 1), 409, "version_out_of_order"),
        (TEXT, 409, "version_out_of_order"),
        ("", 422, "input_invalid"),
        ("\x00", 422, "input_invalid"),
        ("x" * 60_001, 422, "input_invalid"),
        ("\ud800", 422, "input_invalid"),
    ],
)
def test_a_text_that_cannot_be_proposed_is_refused(world: ApiWorld, text: str, status: int, code: str) -> None:
    refused(world.post(ADMIN, "/definition-proposals", {"text": text}), status, code)
    assert done(world.get(ADMIN, "/definition-proposals"))["proposals"] == []


def test_a_declined_proposal_says_why_and_what_is_not_there_is_not_found(world: ApiWorld) -> None:
    propose(world)
    declined = done(world.post(COORDINATOR, f"/definition-proposals/{P1}/decline", {"text": "belum dibahas"}))
    assert declined["proposal"]["declined_because"] == "belum dibahas"
    for path in ("/definition-proposals/x.p1", "/migrations/x.m1", "/migrations/x.m1/commitments"):
        refused(world.get(ADMIN, path), 404, "not_found")
    for path in ("/definition-proposals/x.p1", "/migrations/x.m1"):
        refused(world.post(ADMIN, f"{path}/confirmation"), 404, "not_found")
        refused(world.post(ADMIN, f"{path}/decline", {"text": "x"}), 404, "not_found")
    refused(world.get(ADMIN, "/programmes/x/migrations"), 404, "not_found")
    refused(world.get(ADMIN, "/programmes/x/migration-preview?to_version=2"), 404, "not_found")
    refused(world.post(ADMIN, "/programmes/x/migrations", TO_TWO), 404, "not_found")
    refused(world.post(ADMIN, "/programmes/x/definition", {"version": 2, **WHY}), 404, "not_found")


def test_new_drafts_follow_another_version_after_an_act(world: ApiWorld) -> None:
    install(world)
    body = {"version": 2, **WHY}
    refused(world.post(ADMIN, f"/programmes/{PROGRAMME}/definition", body), 403, "role_may_not")
    used = done(world.post(COORDINATOR, f"/programmes/{PROGRAMME}/definition", body))
    assert used["definition_version"] == 2
    assert done(world.post(COORDINATOR, f"/programmes/{PROGRAMME}/definition", body)) == used
    world.catch_up()
    drafted = signed(world)
    assert drafted.read()["definition_version"] == 2


def test_a_migration_is_foreseen_proposed_confirmed_carried_out_and_read(world: ApiWorld) -> None:
    story = signed(world)
    install(world, RENAMED)
    path = f"/programmes/{PROGRAMME}/migration-preview?to_version=2"
    (stays,) = done(world.get(ADMIN, path))["commitments"]
    assert (stays["status"], [why["code"] for why in stays["why_not"]]) == ("stays", ["state_unmapped"])
    (goes,) = done(world.get(ADMIN, f"{path}&states=signed=agreed"))["commitments"]
    assert (goes["status"], goes["from_state"], goes["to_state"], goes["to_version"]) == ("goes", "signed", "agreed", 2)
    refused(world.get(HEAD, path), 403, "role_may_not")
    refused(world.get(ADMIN, f"{path}&states=signed"), 422, "input_invalid")
    proposed = done(world.post(ADMIN, f"/programmes/{PROGRAMME}/migrations", MAPPED))["migration"]
    assert (proposed["id"], proposed["status"], proposed["moved"]) == (M1, "open", None)
    assert done(world.post(ADMIN, f"/programmes/{PROGRAMME}/migrations", MAPPED))["migration"]["id"] == M1
    refused(world.post(ADMIN, f"/migrations/{M1}/confirmation"), 403, "proposer_confirms")
    assert done(world.post(COORDINATOR, f"/migrations/{M1}/confirmation"))["migration"]["status"] == "confirmed"
    assert story.read()["definition_version"] == 1
    world.catch_up()
    assert story.read()["definition_version"] == 2
    ended = done(world.get(HEAD, f"/migrations/{M1}"))
    assert (ended["status"], ended["moved"], ended["left"]) == ("ended", 1, 0)
    (moved,) = done(world.get(HEAD, f"/migrations/{M1}/commitments"))["commitments"]
    assert (moved["status"], moved["from_state"], moved["to_state"], moved["why_not"]) == (
        "moved",
        "signed",
        "agreed",
        [],
    )
    assert done(world.get(NEIGHBOUR, f"/migrations/{M1}/commitments"))["commitments"] == []
    basis, by = world.runtime.basis(fresh=True), Acting(HEAD, world.persons[HEAD])
    now, others = world.runtime.now(), frozenset({"another"})
    found = outlooks(world.runtime, basis, migration_of(basis, M1), by=by, now=now, programmes=others, limit=9)
    assert found == ([], False)
    assert [one["id"] for one in done(world.get(HEAD, f"/programmes/{PROGRAMME}/migrations"))["migrations"]] == [M1]


def test_a_request_that_would_break_is_foreseen_and_its_commitment_goes_over_once_it_is_cleared(
    world: ApiWorld,
) -> None:
    story = signed(world)
    request = story.ask("start", evidence=[world.upload(HEAD)])
    install(world, NEXT.replace("\n  start:\n", "\n  begin:\n", 1))
    path = f"/programmes/{PROGRAMME}/migration-preview?to_version=2"
    (held,) = done(world.get(ADMIN, path))["commitments"]
    (why,) = held["why_not"]
    assert (held["status"], why["code"]) == ("stays", "request_would_break")
    assert "diputus atau ditarik" in why["sentence"]["id"]
    assert "decided or withdrawn" in why["sentence"]["en"]
    assert {REGION, HEAD} <= {one["office"] for one in why["cleared_by"]}
    done(world.post(ADMIN, f"/programmes/{PROGRAMME}/migrations", TO_TWO))
    desk = visitor(world, COORDINATOR)
    desk.open(f"/definitions/migrations/{M1}")
    assert "setelah permohonan itu diputus atau ditarik" in desk.words
    assert f"Yang dapat menyelesaikannya: Jabatan {REGION}" in desk.words
    done(world.post(HEAD, f"/requests/{request}/withdrawal", {"text": "menunggu alur baru"}))
    (goes,) = done(world.get(ADMIN, path))["commitments"]
    assert (goes["status"], goes["why_not"]) == ("goes", [])
    done(world.post(COORDINATOR, f"/migrations/{M1}/confirmation"))
    world.catch_up()
    assert story.read()["definition_version"] == 2


def test_a_migration_is_taken_back(world: ApiWorld) -> None:
    story = started(world)
    install(world, RENAMED)
    done(world.post(ADMIN, f"/programmes/{PROGRAMME}/migrations", MAPPED))
    done(world.post(COORDINATOR, f"/migrations/{M1}/confirmation"))
    world.catch_up()
    (goes,) = done(world.get(ADMIN, f"/programmes/{PROGRAMME}/migration-preview?undoes={M1}"))["commitments"]
    assert (goes["status"], goes["to_version"]) == ("goes", 1)
    undo = done(world.post(COORDINATOR, f"/programmes/{PROGRAMME}/migrations", {"undoes": M1, **WHY}))["migration"]
    done(world.post(ADMIN, f"/migrations/{undo['id']}/confirmation"))
    world.catch_up()
    assert story.read()["definition_version"] == 1
    assert story.read()["state"]["label"]["en"] == "In replication"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"to_version": 9, **WHY}, 422, "definition_unknown"),
        (WHY, 422, "definition_unknown"),
        ({"undoes": "x.m9", **WHY}, 404, "migration_unknown"),
        ({"to_version": 2, "letter": "1"}, 422, "input_invalid"),
        ({"to_version": 2, "commitments": [], **WHY}, 422, "input_invalid"),
        ({"to_version": 2, "commitments": ["k9"], **WHY}, 422, "input_invalid"),
        ({"to_version": 2, "states": [{"old": "asleep", "new": "signed"}], **WHY}, 422, "state_unknown_anywhere"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(
    world: ApiWorld, body: Mapping[str, Any], status: int, code: str
) -> None:
    install(world)
    refused(world.post(ADMIN, f"/programmes/{PROGRAMME}/migrations", body), status, code)
    assert done(world.get(ADMIN, f"/programmes/{PROGRAMME}/migrations"))["migrations"] == []


def test_a_long_result_comes_in_pages(world: ApiWorld) -> None:
    signed(world)
    install(world)
    path = f"/programmes/{PROGRAMME}/migration-preview?to_version=2&limit=1"
    page = done(world.get(ADMIN, path))
    assert page["next"] is None
    assert len(page["commitments"]) == 1
    refused(world.get(ADMIN, f"{path}&cursor=nonsense"), 400, "cursor_malformed")


def test_a_declined_migration_moves_nobody(world: ApiWorld) -> None:
    story = signed(world)
    install(world)
    done(world.post(ADMIN, f"/programmes/{PROGRAMME}/migrations", TO_TWO))
    declined = done(world.post(COORDINATOR, f"/migrations/{M1}/decline", {"text": "belum siap"}))["migration"]
    assert (declined["status"], declined["declined_because"]) == ("declined", "belum siap")
    world.catch_up()
    assert story.read()["definition_version"] == 1
    (stays,) = done(world.get(ADMIN, f"/migrations/{M1}/commitments"))["commitments"]
    assert stays["status"] == "stays"
