"""Findings, directions, obstacles, help and notes through the API: raised, answered, judged; refused by name."""

from __future__ import annotations

from tests.support.api_story import ApiStory, done, refused, started
from tests.support.api_world import ApiWorld
from tests.support.world import COORDINATOR, HEAD, MENTOR, NEIGHBOUR, PIC, PROVINCE, REGION, SECRETARY

DUE = "2022-02-15"


def finding(world: ApiWorld, story: ApiStory) -> str:
    body = {"addressee": HEAD, "due_on": DUE, "text": "Daftar hadir tidak ada", "item": 1}
    answer = world.post(COORDINATOR, f"{story.path}/findings", {**body, "evidence": [world.upload(COORDINATOR)]})
    assert answer.headers["Location"].endswith(done(answer)["matter"]["id"])
    return str(answer.get_json()["matter"]["id"])


def test_a_finding_goes_from_its_record_over_two_answers_to_its_closing(world: ApiWorld) -> None:
    story = started(world)
    matter = finding(world, story)
    file = world.upload(HEAD, b"%PDF-1.7 daftar hadir", "hadir.pdf")
    first = world.post(HEAD, f"/matters/{matter}/answers", {"text": "Menyusul"})
    assert done(first)["matter"]["status"] == "answered"
    back = world.post(COORDINATOR, f"/matters/{matter}/returns", {"text": "Mana?"}, etag=first.headers["ETag"])
    assert done(back)["matter"]["returned"]["text"] == "Mana?"
    second = world.post(HEAD, f"/matters/{matter}/answers", {"text": "Terlampir", "evidence": [file]})
    assert [one["text"] for one in done(second)["matter"]["answers"]] == ["Menyusul", "Terlampir"]
    closed = world.post(COORDINATOR, f"/matters/{matter}/closings", {"text": "Lengkap"}, etag=second.headers["ETag"])
    assert done(closed)["matter"]["closing"]["office"] == COORDINATOR
    listed = done(world.get(REGION, f"{story.path}/matters"))["matters"]
    assert [(one["id"], one["kind"], one["status"], one["due_on"][:4]) for one in listed] == [
        (matter, "finding", "closed", "2022")
    ]
    assert done(world.get(REGION, f"/matters/{matter}")) == listed[0]
    assert world.get(SECRETARY, f"{story.path}/evidence/{file}").status_code == 200


def test_the_same_key_records_one_finding(world: ApiWorld) -> None:
    story = started(world)
    body = {"addressee": HEAD, "due_on": DUE, "text": "Kurang", "evidence": [world.upload(COORDINATOR)]}
    first = world.post(COORDINATOR, f"{story.path}/findings", body, key="satu")
    again = world.post(COORDINATOR, f"{story.path}/findings", body, key="satu")
    assert again.headers["Idempotency-Replayed"] == "true"
    assert done(first) == done(again)
    assert len(done(world.get(HEAD, f"{story.path}/matters"))["matters"]) == 1


def test_a_judgement_rests_on_what_was_seen(world: ApiWorld) -> None:
    story = started(world)
    matter = finding(world, story)
    etag = world.get(COORDINATOR, story.path).headers["ETag"]
    done(world.post(HEAD, f"/matters/{matter}/answers", {"text": "Baru saja dijawab"}))
    stale = world.post(COORDINATOR, f"/matters/{matter}/closings", {"text": "Tak dijawab"}, etag=etag)
    assert refused(stale, 412, "stale_version")["changes"][0]["fact"] == "finding-answered"
    refused(world.post(COORDINATOR, f"/matters/{matter}/closings", {"text": "x"}), 428, "if_match_missing")


def test_what_cannot_be_is_refused_by_name(world: ApiWorld) -> None:
    story = started(world)
    direction = {"addressee": "61.03.nobody", "due_on": DUE, "text": "Percepat"}
    problem = refused(world.post(PROVINCE, f"{story.path}/directions", direction), 422, "addressee_unknown")
    assert problem["blockers"][0]["cleared_by"][0]["office"] == PROVINCE
    late = {**direction, "addressee": REGION, "due_on": "2021-12-01"}
    refused(world.post(PROVINCE, f"{story.path}/directions", late), 422, "due_in_past")
    up = {**direction, "addressee": PROVINCE}
    refused(world.post(SECRETARY, f"{story.path}/directions", up), 422, "addressee_not_below")
    far = {**direction, "addressee": REGION, "due_on": "2025-01-01"}
    refused(world.post(PROVINCE, f"{story.path}/directions", far), 409, "calendar_ends")
    refused(world.post(HEAD, f"/matters/{story.commitment}.f1/answers", {"text": "?"}), 404, "not_found")
    refused(world.post(NEIGHBOUR, f"{story.path}/notes", {"text": "?"}), 404, "not_found")
    refused(world.post(COORDINATOR, f"{story.path}/findings", {"text": "?"}), 422, "input_invalid")
    obstacle = {"category": "cuaca", "text": "Banjir"}
    refused(world.post(PIC, f"{story.path}/obstacles", obstacle), 422, "reason_unknown")
    future = {"visited_on": "2022-06-01", "place": "Sanggau", "text": "Nanti"}
    refused(world.post(MENTOR, f"{story.path}/visits", future), 422, "visited_in_future")


def test_an_open_finding_stands_in_the_way_of_completion(world: ApiWorld) -> None:
    story = started(world)
    for number in (1, 2, 3):
        done(world.post(REGION, f"/claims/{story.claim(number, 100)}/verifications"))
    matter = finding(world, story)
    possible = done(world.get(HEAD, f"{story.path}/blockers"))["possible"]
    complete = next(one for one in possible if one["act"] == "ask" and one["on"] == "complete")
    assert [one["code"] for one in complete["blockers"]] == ["findings_open"]
    assert complete["blockers"][0]["sentence"] == {
        "id": "Masih ada temuan terbuka: temuan 1.",
        "en": "There are open findings: finding 1.",
    }
    assert {one["act"] for one in possible if one["on"] == matter} == {"answer", "send_back", "close"}


def test_a_revoked_verification_is_owed_again(world: ApiWorld) -> None:
    story = started(world)
    claim = story.claim(1, 100)
    done(world.post(REGION, f"/claims/{claim}/verifications"))
    body = {"reason": "bukti_tidak_benar", "text": "Foto dari kegiatan lain"}
    shown = done(world.post(COORDINATOR, f"/claims/{claim}/revocations", body))["claim"]
    assert (shown["status"], shown["reason"], shown["text"]) == ("revoked", "bukti_tidak_benar", body["text"])
    item = done(world.get(PIC, f"{story.path}/plan-items"))["items"][0]
    assert (item["verified_value"], item["complete"], item["owed"]) == ("0", False, "open")
    refused(world.post(COORDINATOR, f"/claims/{claim}/revocations", body), 409, "claim_not_verified")


def test_a_visit_and_a_note_are_listed_with_what_they_say(world: ApiWorld) -> None:
    story = started(world)
    visit = {"visited_on": "2022-01-03", "place": "Sanggau", "text": "Layanan berjalan"}
    assert done(world.post(MENTOR, f"{story.path}/visits", visit))["note"]["visited_on"] == "2022-01-03"
    done(world.post(SECRETARY, f"{story.path}/notes", {"text": "Patut dicontoh"}))
    notes = done(world.get(HEAD, f"{story.path}/notes"))["notes"]
    assert [(one["number"], one["text"], one["place"]) for one in notes] == [
        (1, "Layanan berjalan", "Sanggau"),
        (2, "Patut dicontoh", ""),
    ]
    past = done(world.get(HEAD, f"{story.path}?as_true_on=2022-01-03"))
    assert past["state"]["name"] == "signed", "a visit that was true before the rest breaks no past"


def test_help_is_asked_of_the_mentor_and_ends_with_the_answer(world: ApiWorld) -> None:
    story = started(world)
    asked = done(world.post(PIC, f"{story.path}/help-requests", {"text": "Mohon contoh SOP"}))["matter"]
    assert (asked["addressee"], asked["status"]) == (MENTOR, "open")
    answered = done(world.post(MENTOR, f"/matters/{asked['id']}/answers", {"text": "Terlampir"}))["matter"]
    assert answered["status"] == "closed"
