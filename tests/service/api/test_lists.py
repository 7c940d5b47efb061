"""Lists, the inbox and the matrix: what an office sees, page by page, now and in the past."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from service import catalog
from service.dispatch import Caller
from service.read_models.commitment_queries import list_commitments
from service.reading import scope
from tests.support import directory as small
from tests.support.api_story import done, drafted, refused, sign_asked, signed, started
from tests.support.api_world import ApiWorld, item_body
from tests.support.world import (
    AUDITOR,
    COORDINATOR,
    HEAD,
    MENTOR,
    MINISTRY,
    NEIGHBOUR,
    NEW_YEAR,
    OPENED,
    OTHER_HEAD,
    OWNER,
    PARTY,
    PIC,
    PLAN,
    PROGRAMME,
    PROVINCE,
    REGION,
    SECRETARY,
    SHEET,
    SIGNING,
    SUBJECT,
)
from workflows.commands import OpenProgramme
from workflows.context import Acting


def _listed(world: ApiWorld, office: str, query: str = "") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = done(world.get(office, f"/commitments?{query}"))["commitments"]
    return rows


@pytest.mark.parametrize(
    ("office", "seen"),
    [
        *((office, 1) for office in (HEAD, PIC, REGION, SECRETARY, COORDINATOR, PROVINCE, MINISTRY, MENTOR)),
        *((office, 0) for office in (OTHER_HEAD, NEIGHBOUR, AUDITOR, OWNER)),
    ],
)
def test_an_office_lists_what_its_scope_reaches_and_reads_no_more(world: ApiWorld, office: str, seen: int) -> None:
    story = drafted(world)
    world.catch_up()
    assert len(_listed(world, office)) == seen
    assert world.get(office, story.path).status_code == (200 if seen else 404)
    assert len(done(world.get(office, "/matrix"))["cells"]) == seen


@pytest.mark.parametrize("named", ["organisation", "subject", "commitment"])
def test_a_grant_opens_what_it_names_but_no_draft(world: ApiWorld, named: str) -> None:
    story = drafted(world)
    value = {"organisation": "61", "subject": SUBJECT, "commitment": story.commitment}[named]
    world.grant(AUDITOR, **{named: value})
    world.catch_up()
    assert _listed(world, AUDITOR) == []
    refused(world.get(AUDITOR, story.path), 404, "not_found")
    story.approve(story.ask("sign"), REGION)
    world.advance(to=SIGNING)
    world.catch_up()
    etag = world.get(SECRETARY, f"/sheets/{SHEET}").headers["ETag"]
    body = {"mode": "in_person", "place": "Pontianak", "signed_at": SIGNING.isoformat()}
    done(world.post(SECRETARY, f"/sheets/{SHEET}/signatures", body, etag=etag))
    world.catch_up()
    assert [row["id"] for row in _listed(world, AUDITOR)] == [story.commitment]
    assert done(world.get(AUDITOR, story.path))["state"]["name"] == "signed"


def test_the_scope_in_sql_is_the_directorys_own(world: ApiWorld) -> None:
    story = signed(world)
    world.grant(AUDITOR, organisation="61")
    world.catch_up()
    basis, now = world.runtime.basis(fresh=True), world.runtime.now()
    state = world.runtime.commitment(story.commitment, fresh=True).state
    assert state is not None
    for office, *_ in small.OFFICES:
        expected = basis.directory.sees(
            office,
            party=PARTY,
            subject=SUBJECT,
            commitment=story.commitment,
            names=state.names,
            private=False,
            on=now.date(),
        )
        with world.runtime.engine.connect() as connection:
            assert bool(list_commitments(connection, scope(basis, office, now))) == expected, office


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (f"programme={PROGRAMME}", True),
        (f"party={PARTY}&subject={SUBJECT}&state=drafted", True),
        ("state=signed", False),
        (f"agency={HEAD}", True),
        (f"office={REGION}", True),
        (f"office={SECRETARY}", False),
        ("signed=no", True),
        ("signed=yes", False),
        ("overdue=yes", False),
        ("q=pikobar", True),
        ("q=organisasi 61.03", True),
        ("q=nothing", False),
        ("q=%25", False),
    ],
)
def test_filters_narrow_a_list(world: ApiWorld, query: str, found: bool) -> None:
    sign_asked(world)
    world.catch_up()
    assert bool(_listed(world, COORDINATOR, query)) == found


def test_what_is_overdue_is_found(world: ApiWorld) -> None:
    sign_asked(world)
    world.advance(to=NEW_YEAR)
    world.catch_up()
    assert _listed(world, COORDINATOR, "overdue=yes")
    assert done(world.get(COORDINATOR, "/matrix"))["cells"][0]["overdue"] == 1


def test_pages_follow_each_other_without_gap_or_repeat(world: ApiWorld) -> None:
    offices: list[str] = []
    path = "/offices?limit=3"
    for _ in range(20):
        answer = world.get(HEAD, path)
        body = done(answer)
        offices += [one["id"] for one in body["offices"]]
        if body["next"] is None:
            assert "Link" not in answer.headers
            break
        link = answer.headers["Link"]
        assert link.endswith('>; rel="next"')
        path = link[len("</api/v1") : link.index(">")]
    assert offices == sorted(name for name, *_ in small.OFFICES)


@pytest.mark.parametrize("limit", ["0", "201", "-1", "many", "1.5", "\u0663"])
def test_a_limit_outside_its_bounds_is_refused(world: ApiWorld, limit: str) -> None:
    assert "limit" in refused(world.get(HEAD, f"/commitments?limit={limit}"), 422, "input_invalid")["errors"]


def test_the_inbox_holds_what_an_office_can_do_now(world: ApiWorld) -> None:
    story, request = sign_asked(world)
    world.catch_up()
    inbox = done(world.get(REGION, "/inbox"))
    assert inbox["total"] == 1
    waiting = inbox["waiting"][0]
    assert (waiting["kind"], waiting["key"], waiting["move"], waiting["step"]) == ("decision", request, "sign", "check")
    assert done(world.get(HEAD, "/inbox"))["waiting"] == []
    story.approve(request, REGION)
    answer = world.get(REGION, "/inbox", X_Kawal_Position=str(done(world.get(HEAD, story.path))["position"]))
    # No worker runs here: the answer says that it hasn't come that far.
    assert int(answer.headers["X-Kawal-Complete-To"]) < done(world.get(HEAD, story.path))["position"]
    world.catch_up()
    assert done(world.get(REGION, "/inbox"))["waiting"] == []
    assert [one["key"] for one in done(world.get(SECRETARY, "/inbox"))["waiting"]] == [request]


def test_the_inbox_is_read_page_by_page_the_most_pressing_first(world: ApiWorld) -> None:
    started(world)
    world.catch_up()
    whole = done(world.get(PIC, "/inbox"))["waiting"]
    assert [one["due_on"] for one in whole] == sorted(one["due_on"] for one in whole)
    assert len(whole) == 3
    first = done(world.get(PIC, "/inbox?limit=2"))
    second = done(world.get(PIC, f"/inbox?limit=2&cursor={first['next']}"))
    assert first["waiting"] + second["waiting"] == whole
    assert second["next"] is None


def test_the_matrix_shows_parties_and_subjects_where_nothing_was_promised(world: ApiWorld) -> None:
    sign_asked(world)
    world.catch_up()
    matrix = done(world.get(COORDINATOR, f"/matrix?rows=party&cols=subject&programme={PROGRAMME}"))
    assert [row["id"] for row in matrix["rows"]] == ["61.03", "61.05"]
    assert [col["id"] for col in matrix["cols"]] == [SUBJECT]
    cell = matrix["cells"][0]
    assert (cell["row"], cell["col"], cell["count"], cell["state"]) == (PARTY, SUBJECT, 1, "drafted")
    assert (cell["signed"], cell["open"], cell["open_move"], cell["open_office"]) == (0, 1, "sign", REGION)
    assert cell["label"]["id"] == "Konsep"
    assert matrix["totals"] == {"drafted": 1}
    by_state = done(world.get(COORDINATOR, "/matrix?rows=state&cols=programme"))
    assert [(cell["row"], cell["count"]) for cell in by_state["cells"]] == [("drafted", 1)]


def test_the_past_is_read_on_both_axes(world: ApiWorld) -> None:
    """Signed on 6 December, recorded on 9 December: what was true and what was known differ in between."""
    story, request = sign_asked(world)
    story.approve(request, REGION)
    before = done(world.get(HEAD, story.path))["position"]
    world.advance(to=SIGNING + timedelta(days=3))
    world.catch_up()
    etag = world.get(SECRETARY, f"/sheets/{SHEET}").headers["ETag"]
    body = {"mode": "in_person", "place": "Pontianak", "signed_at": SIGNING.isoformat()}
    done(world.post(SECRETARY, f"/sheets/{SHEET}/signatures", body, etag=etag))
    world.catch_up()
    expected = {
        f"at_position={before}": "drafted",
        "as_known_on=2021-12-07": "drafted",
        "as_known_on=2021-12-09": "signed",
        "as_true_on=2021-12-05": "drafted",
        "as_true_on=2021-12-06": "signed",
        "as_true_on=2021-12-06T02:59:59Z": "drafted",
        "as_true_on=2021-12-06T10:00:00%2B07:00": "signed",
        "as_true_on=2021-12-06&as_known_on=2021-12-07": "drafted",
        "as_true_on=2021-12-06&as_known_on=2021-12-09": "signed",
        f"as_true_on=2021-12-06&at_position={before}": "drafted",
    }
    for query, state in expected.items():
        whole = done(world.get(HEAD, f"{story.path}?{query}"))
        assert (whole["state"]["name"], whole["etag"]) == (state, None), query
        assert [row["state"] for row in _listed(world, COORDINATOR, query)] == [state], query
        assert done(world.get(COORDINATOR, f"/matrix?{query}"))["totals"] == {state: 1}, query
        assert len(_listed(world, COORDINATOR, f"{query}&state={state}")) == 1, query
    assert _listed(world, COORDINATOR, "as_known_on=2021-11-01") == []
    refused(world.get(HEAD, f"{story.path}?as_known_on=2021-11-01"), 404, "not_found")


def test_a_signature_recorded_later_is_read_as_true_then(world: ApiWorld) -> None:
    story = drafted(world)
    story.approve(story.ask("sign"), REGION)
    signed_at = world.runtime.now()
    world.advance(to=SIGNING)
    world.catch_up()
    etag = world.get(SECRETARY, f"/sheets/{SHEET}").headers["ETag"]
    body = {"mode": "in_person", "place": "Pontianak", "signed_at": signed_at.isoformat()}
    done(world.post(SECRETARY, f"/sheets/{SHEET}/signatures", body, etag=etag))
    world.catch_up()
    then = done(world.get(HEAD, f"{story.path}?as_true_on=2021-12-01"))
    assert then["state"]["name"] == "signed"
    assert done(world.get(COORDINATOR, "/matrix?as_true_on=2021-12-01"))["totals"] == {"signed": 1}


@pytest.mark.parametrize("query", ["as_known_on=yesterday", "as_true_on=2022-02-30", "as_known_on=2021-12-06T10:00:00"])
def test_a_moment_that_is_none_is_refused(world: ApiWorld, query: str) -> None:
    story = drafted(world)
    refused(world.get(HEAD, f"{story.path}?{query}"), 422, "as_of_malformed")
    refused(world.get(HEAD, f"/matrix?{query}"), 422, "as_of_malformed")


def test_a_position_beyond_the_head_asks_for_all_that_there_is(world: ApiWorld) -> None:
    story = signed(world)
    world.catch_up()
    for beyond in (10_000, 2**40):
        assert done(world.get(HEAD, f"{story.path}?at_position={beyond}"))["state"]["name"] == "signed"
        assert done(world.get(COORDINATOR, f"/matrix?at_position={beyond}"))["totals"] == {"signed": 1}


def test_a_filter_without_a_past_is_refused(world: ApiWorld) -> None:
    refused(world.get(COORDINATOR, "/commitments?at_position=3&signed=yes"), 422, "as_of_filter_unknown")
    refused(world.get(COORDINATOR, "/matrix?at_position=3&rows=agency"), 422, "as_of_filter_unknown")


def test_notices_are_a_persons_own_and_are_read_once(world: ApiWorld) -> None:
    world.catch_up()
    sign_asked(world)
    world.catch_up()
    mine = done(world.get(REGION, "/notices"))
    assert mine["unread"] == 1
    notice = mine["notices"][0]
    assert (notice["fact"], notice["action"]) == ("step-reached", True)
    path = f"/notices/{notice['id']}/read"
    refused(world.post(HEAD, path), 404, "not_found")
    done(world.post(REGION, path))
    done(world.post(REGION, path))
    unread = done(world.get(REGION, "/notices?unread=yes"))["notices"]
    assert [one["fact"] for one in unread if one["urgency"] != "page"] == []
    assert done(world.get(REGION, "/notices"))["unread"] == 0


def test_the_directory_is_everybodys_and_holders_are_not(world: ApiWorld) -> None:
    assert [one["id"] for one in done(world.get(AUDITOR, "/programmes"))["programmes"]] == [PROGRAMME]
    assert done(world.get(AUDITOR, f"/programmes/{PROGRAMME}"))["parties"] == ["61.03", "61.05"]
    refused(world.get(AUDITOR, "/programmes/none"), 404, "not_found")
    children = done(world.get(AUDITOR, "/organisations?parent=61"))["organisations"]
    assert [one["id"] for one in children] == ["61.03", "61.05"]
    assert done(world.get(AUDITOR, "/organisations/61.03"))["parent"] == "61"
    assert done(world.get(AUDITOR, f"/offices/{HEAD}"))["holders"] is None
    assert done(world.get(NEIGHBOUR, f"/offices/{HEAD}"))["holders"] is None
    above = done(world.get(PROVINCE, f"/offices/{HEAD}"))
    assert [one["person"] for one in above["holders"]] == [world.persons[HEAD]]
    assert done(world.get(HEAD, f"/offices/{HEAD}"))["holders"]
    world.end(HEAD)
    assert done(world.get(PROVINCE, f"/offices/{HEAD}"))["vacant"] is True


def test_sample_data_is_marked_wherever_it_is_shown(world: ApiWorld) -> None:
    by = Caller(Acting(COORDINATOR, world.persons[COORDINATOR]), "cli:test")
    world.tell(
        catalog.programme_stream("sungguhan"),
        OpenProgramme(replace(OPENED, programme="sungguhan", sample=False)),
        by=by,
    )
    shown = {}
    for programme in (PROGRAMME, "sungguhan"):
        story = drafted(world, programme=programme)
        story.ask("sign")
        shown[programme] = story.read()["sample"]
    world.catch_up()
    wanted = {PROGRAMME: True, "sungguhan": False}
    assert OPENED.sample is True
    assert shown == wanted
    listed = done(world.get(REGION, "/commitments"))["commitments"]
    waiting = done(world.get(REGION, "/inbox"))["waiting"]
    assert {one["programme"]: one["sample"] for one in listed} == wanted
    assert {one["programme"]: one["sample"] for one in waiting} == wanted
    for programme in wanted:
        assert done(world.get(REGION, f"/matrix?programme={programme}"))["sample"] is wanted[programme]
    assert done(world.get(REGION, "/matrix"))["sample"] is True


def test_an_invited_office_sees_the_commitment_as_long_as_it_is_asked(world: ApiWorld) -> None:
    story = started(world)
    world.catch_up()
    assert _listed(world, OWNER) == []
    refused(world.get(OWNER, story.path), 404, "not_found")
    body = {"reason": "kondisi_wilayah", "items": [item_body(PLAN[0], target="90"), item_body(PLAN[1])]}
    request = story.ask("amend", evidence=[world.upload(HEAD)], **body)
    story.approve(request, REGION)
    world.catch_up()
    assert [one["id"] for one in _listed(world, OWNER)] == [story.commitment]
    assert [cell["count"] for cell in done(world.get(OWNER, "/matrix"))["cells"]] == [1]
    assert done(world.get(OWNER, story.path))["open_request"]["id"] == request
    assert story.commitment in str(done(world.get(OWNER, "/events?after=0&limit=200")))
    assert [one["kind"] for one in done(world.get(OWNER, "/inbox"))["waiting"]] == ["opinion"]
    done(world.post(OWNER, f"/requests/{request}/opinions", {"text": "Komponen inti berubah."}))
    done(world.post(HEAD, f"/requests/{request}/withdrawal"))
    world.catch_up()
    assert _listed(world, OWNER) == []
    refused(world.get(OWNER, story.path), 404, "not_found")
