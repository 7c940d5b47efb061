"""Reports by period, through the API: prepared, submitted once, checked, verified."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.api_story import done, refused, signed
from tests.support.api_world import ApiWorld
from tests.support.reporting import AFTER_B03, IN_B03
from tests.support.reporting_api import REPORTING, report_body, reporting, submitted
from tests.support.world import COORDINATOR, HEAD, NEIGHBOUR, PARTY, PIC, PROGRAMME, REGION, SPRING

PERIODS = f"/programmes/{REPORTING}/periods"


def test_a_report_is_submitted_once_and_answers_with_its_receipt(world: ApiWorld) -> None:
    story = reporting(world)
    body = report_body(world)
    answer = world.post(HEAD, f"{story.path}/reports", body, key="laporan-1")
    report = done(answer)["report"]
    assert report["receipt"] == "LAPORAN-2022-6103-pikobar/B03/1"
    assert answer.headers["Location"].endswith(f"/reports/{report['id']}")
    assert [claim["item"] for claim in report["claims"]] == [1]
    assert [one["item"] for one in report["nihil"]] == [2, 3, 4]
    again = world.post(HEAD, f"{story.path}/reports", body, key="laporan-1")
    assert (again.headers["Idempotency-Replayed"], again.get_json()["report"]) == ("true", report)
    assert done(world.get(REGION, f"/reports/{report['id']}")) == report
    listed = done(world.get(REGION, f"{story.path}/reports"))
    assert [one["id"] for one in listed["reports"]] == [report["id"]]
    assert [(one["period"], one["stands"]) for one in listed["periods"]][:2] == [("B03", "open"), ("B06", "coming")]


def test_a_report_that_leaves_items_out_is_refused_with_their_numbers(world: ApiWorld) -> None:
    story = reporting(world)
    body = report_body(world, nihil_rest="")
    problem = refused(world.post(HEAD, f"{story.path}/reports", body), 422, "report_incomplete")
    assert problem["blockers"][0]["facts"]["items"] == "2, 3, 4"
    refused(world.post(PIC, f"{story.path}/reports", report_body(world)), 403, "role_may_not")
    refused(world.post(NEIGHBOUR, f"{story.path}/reports", report_body(world)), 404, "not_found")


def test_a_draft_is_kept_text_first_and_names_its_preparer_in_the_report(world: ApiWorld) -> None:
    story = reporting(world)
    path = f"{story.path}/report-drafts/B03"
    assert done(world.get(PIC, path))["saved"] == 0
    text = {"saved": 0, "lines": [{"item": 1, "value": "12.5", "note": "Baru sebagian"}]}
    assert done(world.post(PIC, path, text, key="simpan-1"))["saved"] == 1
    assert done(world.post(PIC, path, text, key="simpan-1"))["saved"] == 1
    photo = world.upload(PIC, b"\x89PNG\r\n\x1a\n foto", "foto.png")
    files = {"saved": 1, "lines": [{**text["lines"][0], "evidence": [photo]}]}
    saved = done(world.post(PIC, path, files))
    assert (saved["saved"], saved["lines"][0]["value"], saved["lines"][0]["evidence"][0]["name"]) == (
        2,
        "12.5",
        "foto.png",
    )
    problem = refused(world.post(HEAD, path, text), 409, "report_draft_moved")
    assert PIC in problem["title"]
    assert done(world.get(HEAD, path))["saved"] == 2
    report = submitted(world, story)["report"]
    assert (report["prepared_by"], report["office"]) == (PIC, HEAD)
    assert done(world.get(PIC, path))["saved"] == 0


def test_only_the_commitments_own_offices_see_a_draft(world: ApiWorld) -> None:
    story = reporting(world)
    for office in (REGION, COORDINATOR, NEIGHBOUR):
        refused(world.get(office, f"{story.path}/report-drafts/B03"), 404, "not_found")
    refused(world.get(PIC, f"{story.path}/report-drafts/B99"), 404, "not_found")
    refused(world.post(PIC, f"{story.path}/report-drafts/B06", {"saved": 0}), 409, "period_not_open")


def test_evidence_follows_and_the_claim_is_checked_only_then(world: ApiWorld) -> None:
    story = reporting(world)
    claim = {"item": 1, "value": 50, "promised": True}
    made = submitted(world, story, claims=[claim])["report"]["claims"][0]
    world.catch_up()
    assert [one["kind"] for one in done(world.get(PIC, "/inbox?kind=evidence"))["waiting"]] == ["evidence"]
    refused(world.post(REGION, f"/claims/{made['id']}/checks"), 409, "evidence_awaited")
    photo = world.upload(PIC, b"\x89PNG\r\n\x1a\n foto", "foto.png")
    attached = done(world.post(PIC, f"/claims/{made['id']}/evidence", {"evidence": [photo]}))
    assert [one["digest"] for one in attached["claim"]["evidence"]] == [photo]
    assert world.get(REGION, f"{story.path}/evidence/{photo}").data == b"\x89PNG\r\n\x1a\n foto"
    checked = done(world.post(REGION, f"/claims/{made['id']}/checks", {"note": "Sesuai"}))["claim"]
    assert (checked["status"], checked["checked_by"], checked["why"], checked["waits_for"]) == (
        "checked",
        REGION,
        [],
        None,
    )


def test_three_figures_say_what_they_rest_on(world: ApiWorld) -> None:
    story = reporting(world)
    made = submitted(world, story, value=100)["report"]["claims"][0]["id"]
    assert done(world.post(REGION, f"/claims/{made}/checks"))["claim"]["waits_for"] == COORDINATOR
    world.catch_up()
    waiting = done(world.get(COORDINATOR, "/inbox?kind=verification"))["waiting"]
    assert [(one["key"], one["kind"]) for one in waiting] == [(made, "verification")]
    item = done(world.get(HEAD, f"{story.path}/plan-items"))["items"][0]
    assert [item[f"{name}_value"] for name in ("claimed", "checked", "verified")] == ["100", "100", "0"]
    assert item["rests_on"]["checked"]["office"] == REGION
    assert item["rests_on"]["verified"] is None
    done(world.post(COORDINATOR, f"/claims/{made}/verifications"))
    item = done(world.get(HEAD, f"{story.path}/plan-items"))["items"][0]
    assert (item["verified_value"], item["complete"], item["rests_on"]["verified"]["office"]) == (
        "100",
        True,
        COORDINATOR,
    )


def test_where_one_office_verifies_its_word_is_both_figures(world: ApiWorld) -> None:
    story = signed(world)
    world.advance(to=SPRING)
    claim = story.claim(1, 50)
    done(world.post(REGION, f"/claims/{claim}/verifications"))
    item = done(world.get(HEAD, f"{story.path}/plan-items"))["items"][0]
    assert item["checked_value"] == item["verified_value"] == "50"
    assert item["rests_on"]["checked"] == item["rests_on"]["verified"]


def test_one_item_goes_back_and_the_others_stand(world: ApiWorld) -> None:
    story = reporting(world)
    photo = world.upload(HEAD, b"\x89PNG\r\n\x1a\n foto", "foto.png")
    claims = [{"item": number, "value": 10, "evidence": [photo]} for number in (1, 2)]
    first, second = submitted(world, story, claims=claims)["report"]["claims"]
    done(world.post(REGION, f"/claims/{first['id']}/returns", {"reason": "bukti_kurang"}))
    world.catch_up()
    for office in (HEAD, PIC):
        assert [one["item"] for one in done(world.get(office, "/inbox?kind=repair"))["waiting"]] == [1]
    assert done(world.get(HEAD, f"/claims/{second['id']}"))["status"] == "claimed"
    again = submitted(world, story, nihil_rest="")["report"]
    assert again["receipt"].endswith("/B03/2")


def test_the_next_report_stands_in_the_inbox_of_who_prepares_and_who_submits(world: ApiWorld) -> None:
    story = reporting(world)
    world.catch_up()
    for office in (PIC, HEAD):
        waiting = done(world.get(office, "/inbox?kind=report"))["waiting"]
        assert [(one["key"], one["due_on"]) for one in waiting] == [("report-B03", "2022-04-14")]
    submitted(world, story)
    world.catch_up()
    assert [one["key"] for one in done(world.get(PIC, "/inbox?kind=report"))["waiting"]] == ["report-B06"]
    receipt = [one for one in done(world.get(HEAD, "/notices"))["notices"] if one["fact"] == "report-submitted"]
    assert len(receipt) == 1
    asked = [one for one in done(world.get(REGION, "/notices"))["notices"] if one["action"]]
    assert [one["fact"] for one in asked if one["fact"] in ("report-submitted", "claim-made")] == ["report-submitted"]


def test_an_extension_moves_what_is_owed_and_is_told(world: ApiWorld) -> None:
    story = reporting(world)
    body = {"parties": [PARTY], "due_on": "2022-04-22", "closes_on": "2022-05-20", "reason": "Banjir"}
    answer = world.post(COORDINATOR, f"{PERIODS}/B03/extensions", body, key="perpanjang")
    assert done(answer)["moved"] == [story.commitment]
    again = world.post(COORDINATOR, f"{PERIODS}/B03/extensions", body, key="perpanjang")
    assert again.headers["Idempotency-Replayed"] == "true"
    owed = {one["obligation"]: one["due_on"] for one in story.read()["owed"]}
    assert owed["report-B03"] == "2022-04-22"
    world.catch_up()
    assert "report-due-moved" in [one["fact"] for one in done(world.get(PIC, "/notices"))["notices"]]
    shown = done(world.get(PIC, f"{PERIODS}?party={PARTY}"))
    assert [one["due_on"] for one in shown["periods"]][:2] == ["2022-04-22", "2022-07-14"]
    assert done(world.get(PIC, PERIODS))["periods"][0]["due_on"] == "2022-04-14"
    assert [one["fact"] for one in shown["changes"]] == ["period-extended"]
    nothing = done(world.post(COORDINATOR, f"{PERIODS}/B03/duties"))
    assert (nothing["moved"], nothing["left"], nothing["position"]) == ([], [], 0)
    refused(world.post(COORDINATOR, f"{PERIODS}/B99/duties"), 404, "not_found")


def test_a_closed_period_takes_nothing_until_the_province_opens_it_again(world: ApiWorld) -> None:
    story = reporting(world)
    done(world.post(COORDINATOR, f"{PERIODS}/B03/closures", {"reason": "Selesai"}))
    problem = refused(world.post(HEAD, f"{story.path}/reports", report_body(world)), 409, "period_closed")
    assert [one["office"] for one in problem["blockers"][0]["cleared_by"]] == [COORDINATOR]
    opened = {"closes_on": "2022-04-29", "reason": "Tercecer", "parties": [PARTY]}
    refused(world.post(REGION, f"{PERIODS}/B03/reopenings", opened), 403, "role_may_not")
    done(world.post(COORDINATOR, f"{PERIODS}/B03/reopenings", opened))
    submitted(world, story)


def test_the_lot_falls_on_checked_claims_and_everybody_can_draw_it_again(world: ApiWorld) -> None:
    story = reporting(world)
    made = submitted(world, story)["report"]["claims"][0]["id"]
    done(world.post(REGION, f"/claims/{made}/checks"))
    refused(world.post(COORDINATOR, f"{PERIODS}/B03/sample"), 409, "period_not_closed")
    world.advance(to=AFTER_B03)
    drawn = done(world.post(COORDINATOR, f"{PERIODS}/B03/sample", key="undi"))
    assert drawn["moved"] == [story.commitment]
    assert done(world.post(COORDINATOR, f"{PERIODS}/B03/sample", key="undi"))["position"] == drawn["position"]
    refused(world.post(COORDINATOR, f"{PERIODS}/B03/sample"), 409, "sample_drawn")
    (sample,) = done(world.get(REGION, PERIODS))["samples"]
    assert (len(sample["seed"]), sample["permille"]) == (32, 500)
    claim = done(world.get(REGION, f"/claims/{made}"))
    assert claim["why"] in ([], ["sample"])


def test_reports_stand_beside_single_claims_in_the_shipped_workflow(world: ApiWorld) -> None:
    story = signed(world)
    world.advance(to=IN_B03)
    report = submitted(world, story)["report"]
    assert report["receipt"].startswith(f"{PROGRAMME.upper()}-")
    done(world.post(REGION, f"/claims/{report['claims'][0]['id']}/verifications"))


def test_progress_is_rolled_up_from_rows(world: ApiWorld) -> None:
    story = reporting(world)
    made = submitted(world, story, value=50)["report"]["claims"][0]["id"]
    done(world.post(REGION, f"/claims/{made}/checks"))
    world.catch_up()
    for by, group in (("party", PARTY), ("subject", "pikobar"), ("programme", REPORTING)):
        rolled = done(world.get(REGION, f"/progress?by={by}"))
        (row,) = rolled["rows"]
        assert row["group"]["id"] == group
        assert row["group"]["name"] != ""
        assert [row[f"{name}_permille"] for name in ("claimed", "checked", "verified")] == [125, 125, 0]
        assert (row["commitments"], row["items"], row["reports"]) == (1, 4, 1)
    assert rolled["total"]["checked_permille"] == 125
    assert rolled["sample"] is True
    world.advance(to=datetime(2022, 8, 1, tzinfo=UTC) + timedelta(hours=3))
    one = done(world.get(REGION, f"/progress?by=commitment&programme={REPORTING}&party={PARTY}"))
    assert one["rows"][0]["reports_overdue"] == 1
    live = {"on": "2022-09-01", "text": "Mulai dipakai"}
    done(world.post(COORDINATOR, f"/programmes/{REPORTING}/go-live", live))
    one = done(world.get(REGION, f"/progress?programme={REPORTING}"))
    assert one["total"]["reports_overdue"] == 0, "due before kawal was used for it"
    assert done(world.get(NEIGHBOUR, "/progress"))["total"] is None
    refused(world.get(REGION, "/progress?programme=x"), 422, "programme_unknown")
    refused(world.get(REGION, "/progress?party=61.99"), 422, "organisation_unknown")


@pytest.mark.parametrize("office", [HEAD, PIC, NEIGHBOUR])
def test_without_the_role_an_office_neither_checks_nor_draws_nor_moves_what_is_owed(
    world: ApiWorld, office: str
) -> None:
    story = reporting(world)
    made = submitted(world, story)["report"]["claims"][0]["id"]
    assert world.post(office, f"/claims/{made}/checks").status_code in (403, 404)
    world.advance(to=AFTER_B03)
    refused(world.post(office, f"{PERIODS}/B03/sample"), 403, "role_may_not")
    followed = done(world.post(office, f"{PERIODS}/B03/duties"))
    assert (followed["moved"], followed["position"]) == ([], 0)
    assert {one["code"] for one in followed["left"]} <= {"role_may_not"}
    assert bool(followed["left"]) == (office != NEIGHBOUR), "what an office doesn't see is passed over"
    done(world.post(REGION, f"/claims/{made}/checks"))
