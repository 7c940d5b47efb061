"""What would happen: commands supposed on the real log, which stays as it is."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, inspect, select, table

from service.api.supposed_acts import GROUPS
from service.what_if import MOST_COMMITMENTS, Imagined, TooMuchSupposed
from tests.support.api_story import ApiStory, done, drafted, refused, sign_asked, signed, started
from tests.support.api_world import ApiWorld
from tests.support.world import (
    AUDITOR,
    COORDINATOR,
    HEAD,
    NEIGHBOUR,
    NEW_YEAR,
    PIC,
    PROVINCE,
    REGION,
    SECRETARY,
    SHEET,
)


def ask(world: ApiWorld, office: str, *commands: dict[str, Any]) -> dict[str, Any]:
    return done(world.client.post("/api/v1/what-if", json={"commands": commands}, headers=world.bearer(office)))


def start_it(world: ApiWorld, story: ApiStory) -> tuple[dict[str, Any], ...]:
    """The whole way into replication: asked, checked, approved."""
    request = f"{story.commitment}.r2"
    body = {"move": "start", "evidence": [world.upload(HEAD)]}
    return (
        {"office": HEAD, "path": f"{story.path}/requests", "body": body},
        {"office": REGION, "path": f"/requests/{request}/approvals"},
        {"office": SECRETARY, "path": f"/api/v1/requests/{request}/approvals", "body": {"note": "baik"}},
    )


def everything_stored(world: ApiWorld) -> dict[str, int]:
    with world.runtime.engine.connect() as connection:
        names = inspect(connection).get_table_names()
        return {name: connection.execute(select(func.count()).select_from(table(name))).scalar_one() for name in names}


def test_a_chain_of_commands_is_supposed_one_after_the_other(world: ApiWorld) -> None:
    story = signed(world)
    world.advance(to=NEW_YEAR)
    answer = ask(world, HEAD, *start_it(world, story))
    opened, checked, approved = answer["steps"]
    assert [one["refused"] for one in answer["steps"]] == [False] * 3
    assert [one["fact"] for one in opened["effects"][0]["facts"]] == ["request-opened", "step-reached"]
    assert checked["effects"][0]["waits_for"][0]["office"] == SECRETARY
    assert {"state-changed"} <= {one["fact"] for one in approved["effects"][0]["facts"]}
    (commitment,) = answer["commitments"]
    assert (commitment["state"]["name"], commitment["would_be"]["name"]) == ("signed", "in_replication")
    assert commitment["etag"] == story.etag
    assert answer["written"] is False
    assert "holders" in answer["note"]["en"]


def test_it_says_who_would_be_told_and_what_would_fall_due_and_when(world: ApiWorld) -> None:
    story = signed(world)
    world.advance(to=NEW_YEAR)
    opened = ask(world, HEAD, *start_it(world, story))["steps"][0]["effects"][0]
    reached = opened["facts"][1]
    assert {name: reached["told"][0][name] for name in ("office", "urgency", "why", "action")} == {
        "office": REGION,
        "urgency": "now",
        "why": "approver",
        "action": True,
    }
    assert reached["sentence"]["id"].endswith(".")
    (owed,) = opened["owed"]
    assert (owed["office"], owed["kind"]) == (REGION, "decision")
    assert owed["levels"][0]["at"] < owed["due_at"]


def test_what_would_happen_is_what_happens(world: ApiWorld) -> None:
    story = signed(world)
    world.advance(to=NEW_YEAR)
    commands = start_it(world, story)
    steps = ask(world, HEAD, *commands)["steps"]
    before = len(done(world.get(HEAD, f"{story.path}/history"))["history"])
    story.approve(story.ask("start", evidence=commands[0]["body"]["evidence"]), REGION, SECRETARY)
    facts = [one["fact"] for one in done(world.get(HEAD, f"{story.path}/history"))["history"]][before:]
    assert [one["fact"] for step in steps for one in step["effects"][0]["facts"]] == facts


def test_the_answer_ends_at_the_first_that_would_be_refused_with_every_blocker(world: ApiWorld) -> None:
    story = signed(world)
    world.advance(to=NEW_YEAR)
    opened, _, approved = start_it(world, story)
    answer = ask(world, HEAD, opened, approved, approved)
    assert [one["refused"] for one in answer["steps"]] == [False, True]
    (left_out,) = answer["steps"][1]["left_out"]
    assert left_out["blockers"][0]["code"] == "not_your_turn"
    assert left_out["blockers"][0]["cleared_by"][0]["office"] == REGION


def test_nothing_is_written_locked_or_kept(world: ApiWorld) -> None:
    story = signed(world)
    world.advance(to=NEW_YEAR)
    commands = start_it(world, story)
    world.catch_up()
    story.read()
    before, folds = everything_stored(world), dict(world.runtime._folds)
    ask(world, HEAD, *commands)
    ask(world, HEAD, *commands[:1])
    assert everything_stored(world) == before
    assert dict(world.runtime._folds) == folds
    assert story.read()["state"]["name"] == "signed"
    assert world.runtime.store.receipt("http") is None
    assert done(world.get(HEAD, f"{story.path}/blockers"))["etag"] == story.etag


def test_a_sheets_signature_can_be_supposed(world: ApiWorld) -> None:
    _, request = sign_asked(world)
    world.catch_up()
    now = world.runtime.now().isoformat()
    body = {"mode": "in_person", "place": "Pontianak", "signed_at": now}
    sheet = {"office": SECRETARY, "path": f"/sheets/{SHEET}/signatures", "body": body}
    refused_first = ask(world, REGION, sheet)["steps"][0]
    assert (refused_first["refused"], refused_first["effects"]) == (True, [])
    answer = ask(world, REGION, {"office": REGION, "path": f"/requests/{request}/approvals"}, sheet)
    assert answer["commitments"][0]["would_be"]["name"] == "signed"


def test_every_kind_of_command_can_be_supposed(world: ApiWorld) -> None:
    draft = drafted(world)
    edited = ask(world, HEAD, {"office": HEAD, "path": draft.path, "body": {"pic": HEAD}})
    assert edited["steps"][0]["effects"][0]["facts"][0]["fact"] == "draft-edited"
    story = ApiStory(world, draft.commitment, draft.etag)
    request = story.ask("sign")
    given = {"office": REGION, "path": f"/requests/{request}/returns", "body": {"reason": "rencana_belum_jelas"}}
    assert ask(world, HEAD, given)["steps"][0]["effects"][0]["waits_for"] == []
    taken = {"office": HEAD, "path": f"/requests/{request}/withdrawal"}
    assert ask(world, HEAD, taken)["steps"][0]["effects"][0]["ended"][0]["status"] == "closed"


def test_claims_can_be_supposed_with_their_check(world: ApiWorld) -> None:
    story = started(world)
    photo = world.upload(PIC, b"\x89PNG\r\n\x1a\n foto", "foto.png")
    claim = {"office": PIC, "path": f"{story.path}/claims", "body": {"item": 1, "value": 100, "evidence": [photo]}}
    check = {"office": REGION, "path": f"/claims/{story.commitment}.c1/verifications"}
    answer = ask(world, PIC, claim, check)
    assert [one["fact"] for one in answer["steps"][1]["effects"][0]["facts"]] == ["claim-verified"]


def test_four_eyes_is_checked_as_if_the_holders_acted(world: ApiWorld) -> None:
    _, request = sign_asked(world)
    answer = ask(world, HEAD, {"office": HEAD, "path": f"/requests/{request}/approvals"})
    assert answer["steps"][0]["left_out"][0]["blockers"][0]["code"] == "asker_approves"


@pytest.mark.parametrize("office", [NEIGHBOUR, AUDITOR])
def test_nobody_supposes_on_what_they_may_not_see(world: ApiWorld, office: str) -> None:
    story, request = sign_asked(world)
    answer = world.post(
        office, "/what-if", {"commands": [{"office": REGION, "path": f"/requests/{request}/approvals"}]}
    )
    problem = refused(answer, 404, "not_found")
    unknown = world.post(office, "/what-if", {"commands": [{"office": REGION, "path": "/requests/x.r1/approvals"}]})
    assert {**problem, "errors": None} == {**refused(unknown, 404, "not_found"), "errors": None}
    assert list(problem["errors"]) == ["commands[0]"]
    assert story.commitment in str(problem["errors"])


def test_an_office_outside_the_askers_reach_is_none(world: ApiWorld) -> None:
    _, request = sign_asked(world)
    command = {"office": NEIGHBOUR, "path": f"/requests/{request}/approvals"}
    refused(world.post(HEAD, "/what-if", {"commands": [command]}), 404, "not_found")
    assert ask(world, COORDINATOR, command)["steps"][0]["left_out"][0]["blockers"][0]["code"] == "out_of_scope"


@pytest.mark.parametrize(
    ("commands", "status", "place"),
    [
        ([], 422, "commands"),
        ([{}], 422, "commands"),
        ([{"office": HEAD, "path": "/commitments"}], 404, "commands[0]"),
        ([{"office": HEAD, "path": "/evidence"}], 404, "commands[0]"),
        ([{"office": HEAD, "path": "/what-if"}], 404, "commands[0]"),
        ([{"office": HEAD, "path": "http://kawal.example/requests/x.r1/approvals"}], 404, "commands[0]"),
        ([{"office": HEAD, "path": "{path}/requests", "body": {"moves": "start"}}], 422, "commands[0].body"),
        ([{"office": HEAD, "path": "{path}/requests", "body": []}], 422, "commands"),
        (
            [{"office": HEAD, "path": "{path}/requests", "body": {"move": "start", "evidence": ["ff"]}}],
            422,
            "commands[0]",
        ),
        ([{"office": HEAD, "path": "{path}/requests", "body": {"move": "start"}}] * 21, 422, "commands"),
    ],
)
def test_a_question_that_cannot_be_read_names_the_command(
    world: ApiWorld, commands: list[dict[str, Any]], status: int, place: str
) -> None:
    story = signed(world)
    wanted = [{**one, "path": one["path"].format(path=story.path)} if one else one for one in commands]
    answer = world.post(PROVINCE, "/what-if", {"commands": wanted})
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert list(answer.get_json()["errors"]) == [place]


def test_a_question_touches_a_few_commitments_at_most(world: ApiWorld) -> None:
    story, _ = sign_asked(world)
    folded = world.runtime.commitment(story.commitment)
    imagined = Imagined(world.runtime.basis(), world.runtime.now(), lambda _: folded)
    for number in range(MOST_COMMITMENTS):
        assert imagined.state(f"c{number}") is folded.state
    assert imagined.state("c0") is folded.state
    with pytest.raises(TooMuchSupposed):
        imagined.state("one more")


def test_what_is_supposable_ends_in_one_dispatch() -> None:
    names = {view.name for group in GROUPS for view in group.supposable}
    assert {"open_request", "approve", "edit_draft", "sign_sheet", "make_claim"} <= names
    assert "draft_commitment" not in names
