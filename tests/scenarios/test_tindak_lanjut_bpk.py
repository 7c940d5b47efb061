"""An audit's recommendations on a real database: issued, received, answered late, paid in parts, judged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.support.api_story import ApiStory, done, refused
from tests.support.api_world import ApiWorld, api_world
from tests.support.audit import CHIEF, INSPECTORATE, PROGRAMME, RECOMMENDATIONS, TEAM
from tests.support.audit_api import answer, at, audited, establish, figures, imposed, judge, paper, pay, prove, tick
from tests.support.browsing import visitor
from tests.support.databases import ENGINES
from tests.support.sitting_calls import attend, open_sitting
from tests.support.world import HEAD, NEIGHBOUR, REGION, SECRETARY
from workflows.facts import EscalationRaised

FIRST, SECOND, THIRD = RECOMMENDATIONS
WHOLE, PART = 250_000_000, 100_000_000


@pytest.fixture(params=ENGINES)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ApiWorld]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    world = api_world(tmp_path, database_url=url)
    audited(world)
    yield world
    world.runtime.close()


def receive(story: ApiStory, on: datetime) -> None:
    body = {"letter": "BA-9/2022", "received_at": on.isoformat().replace("+00:00", "Z")}
    answered = story.world.post(INSPECTORATE, f"{story.path}/receipt", body)
    done(answered)
    story.etag = answered.headers["ETag"]


def owed(story: ApiStory) -> dict[str, tuple[str, str]]:
    """What is open: by whom, and until when."""
    return {
        one["obligation"]: (one["office"], one["due_on"]) for one in story.read(TEAM)["owed"] if one["status"] == "open"
    }


def told_late(story: ApiStory) -> list[tuple[int, tuple[str, ...]]]:
    return [
        (event.fact.level, event.fact.recipients)
        for event in story.world.runtime.history(story.commitment)
        if isinstance(event.fact, EscalationRaised) and event.fact.obligation == "duty-answer"
    ]


def state(story: ApiStory, office: str = TEAM) -> str:
    return str(story.read(office)["state"]["name"])


def test_from_the_issue_through_a_late_answer_and_two_payments_to_as_recommended(world: ApiWorld) -> None:
    story = imposed(world, FIRST)
    assert state(story, HEAD) == "belum_ditindaklanjuti"
    establish(story, WHOLE)
    world.advance(to=at(5, 23))
    receive(story, at(5, 20))
    assert owed(story)["duty-answer"] == (HEAD, "2022-07-19")

    for moment in (at(7, 5), at(7, 19), at(7, 20), at(7, 26), at(8, 2), at(8, 3)):
        tick(story, moment)
    levels = told_late(story)
    assert [level for level, _ in levels] == [1, 2, 3, 4, 5]
    assert levels[-1][1] == (TEAM,)
    first = pay(story, PART, at(8, 2))
    answer(story, "Kelebihan bayar disetor sebagian.")
    assert state(story) == "dijawab"
    assert owed(story) == {"duty-judgement": (TEAM, "2022-09-02")}
    assert figures(story) == (WHOLE, PART, 0, WHOLE)

    prove(story, first)
    assert figures(story) == (WHOLE, PART, PART, WHOLE - PART)
    refused(world.post(TEAM, f"{story.path}/requests", {"move": "judge_fit"}, etag=story.etag), 409, "money_remaining")
    judge(story, "judge_unfit", reason="uang_belum_lunas")
    assert state(story, HEAD) == "belum_sesuai"

    tick(story, at(9, 20))
    second = pay(story, WHOLE - PART, at(9, 19))
    answer(story, "Sisa kelebihan bayar disetor seluruhnya.")
    prove(story, second)
    assert figures(story, HEAD) == (WHOLE, WHOLE, WHOLE, 0)
    judge(story, "judge_fit")
    assert state(story, HEAD) == "sesuai"
    assert owed(story) == {}


def test_a_listed_reason_leaves_one_open_and_makes_another_impossible(world: ApiWorld) -> None:
    open_one, impossible = imposed(world, SECOND), imposed(world, THIRD)
    world.advance(to=at(5, 23))
    receive(open_one, at(5, 20))
    reason = open_one.ask("excuse", HEAD, reason="sakit", evidence=[paper(world, HEAD, "surat sakit")])
    open_one.approve(reason, INSPECTORATE, CHIEF)
    assert state(open_one) == "belum_ditindaklanjuti"
    assert owed(open_one)["duty-answer"] == (HEAD, "2022-07-19")
    establish(impossible, PART)
    judge(impossible, "judge_impossible", reason="terpidana", evidence=[paper(world, TEAM, "putusan")])
    assert state(impossible, HEAD) == "tidak_dapat"
    assert figures(impossible) == (PART, 0, 0, PART)


def test_several_are_judged_in_one_sitting_and_who_was_not_there_judges_nothing_in_it(world: ApiWorld) -> None:
    fit, unfit = imposed(world, FIRST), imposed(world, SECOND)
    for story in (fit, unfit):
        answer(story, "Sudah ditindaklanjuti.")
    asked = [fit.ask("judge_fit", TEAM), unfit.ask("judge_unfit", TEAM, reason="bukti_kurang")]
    held = world.runtime.now()
    sitting = open_sitting(world, by=TEAM, programme=PROGRAMME, title="Sidang penilaian", held_at=held.isoformat())
    world.advance(to=held + timedelta(days=1))
    wanted = [{"request": one, "etag": story.etag} for one, story in zip(asked, (fit, unfit), strict=True)]
    body = {"requests": wanted, "sitting": sitting, "decided_at": (held + timedelta(seconds=1)).isoformat()}
    absent = done(world.post(CHIEF, "/approvals", body))["results"]
    assert [(one["status"], one["code"]) for one in absent] == [("refused", "not_in_attendance")] * 2
    attend(world, sitting, CHIEF, TEAM, by=TEAM)
    together = done(world.post(CHIEF, "/approvals", body))["results"]
    assert [one["status"] for one in together] == ["done", "done"]
    assert (state(fit, HEAD), state(unfit, HEAD)) == ("sesuai", "belum_sesuai")


def test_money_rolls_up_over_the_recommendations_of_a_party(world: ApiWorld) -> None:
    for subject, amount in ((FIRST, WHOLE), (SECOND, PART)):
        story = imposed(world, subject)
        establish(story, amount)
    prove(story, pay(story, PART, at(5, 18)))
    world.catch_up()
    total = done(world.get(TEAM, f"/progress?programme={PROGRAMME}"))["total"]
    names = ("commitments", "established_idr", "paid_idr", "proven_idr", "remaining_idr")
    assert [total[name] for name in names] == [2, WHOLE + PART, PART, PART, WHOLE]
    by_subject = done(world.get(TEAM, f"/progress?programme={PROGRAMME}&by=subject"))["rows"]
    assert [one["remaining_idr"] for one in by_subject] == [WHOLE, 0]
    assert done(world.get(NEIGHBOUR, f"/progress?programme={PROGRAMME}"))["total"] is None
    head = visitor(world, SECRETARY)
    head.open(f"/progress?programme={PROGRAMME}")
    assert "ditetapkan Rp350.000.000, dibayar Rp100.000.000, terbukti Rp100.000.000, sisa Rp250.000.000" in head.words
    report = done(world.get(SECRETARY, f"/programmes/{PROGRAMME}/roll-up?level=report"))["parents"]
    assert [(one["path"], one["commitments"], one["money"]["remaining_idr"]) for one in report] == [
        (["2022-05-17 LHP-7/2022"], 2, 250_000_000)
    ]
    head.open(f"/programmes/{PROGRAMME}/roll-up")
    assert "LHP-7/2022" in head.words
    assert "Sisa Rp250.000.000" in head.words
    head.open(f"/matrix?programme={PROGRAMME}")
    assert "menandatangani" not in head.words, "nobody signs what an auditor imposes"


def test_pages_let_the_party_answer_and_the_auditor_judge(world: ApiWorld) -> None:
    story = imposed(world, FIRST)
    world.advance(to=at(5, 23))
    inspectorate, head, team = (visitor(world, one) for one in (INSPECTORATE, HEAD, TEAM))
    inspectorate.open(f"{story.path}/receipt")
    fields = {"letter": "BA-9/2022", "day": "2022-05-20", "time": "10.00"}
    inspectorate.send(inspectorate.form(f"{story.path}/receipt"), fields)
    assert inspectorate.status == 200, inspectorate.words
    head.open(story.path)
    assert "Jawaban atas rekomendasi" in head.words
    assert "19 Juli 2022" in head.words
    assert "ditandatangani" not in head.words, "no signature is missed where none is asked"
    head.open(f"{story.path}/moves/answer")
    assert "Ringkasan tindak lanjut" in head.words
    story.etag = world.get(HEAD, story.path).headers["ETag"]
    answer(story, "Sudah ditindaklanjuti.")
    team.open(f"{story.path}/moves/judge_impossible")
    for label in ("Keadaan kahar", "Sakit", "Tersangka dan ditahan", "Terpidana", "Alasan sah lainnya"):
        assert label in team.words


def test_the_partys_own_line_neither_imposes_nor_judges_and_a_neighbour_sees_nothing(world: ApiWorld) -> None:
    story = imposed(world, FIRST)
    answer(story, "Sudah ditindaklanjuti.")
    for office in (HEAD, SECRETARY, INSPECTORATE):
        body = {"move": "judge_unfit", "reason": "bukti_kurang"}
        refused(world.post(office, f"{story.path}/requests", body, etag=story.etag), 403, "role_may_not")
    refused(world.get(NEIGHBOUR, story.path), 404, "not_found")
    body = {"amount_idr": 1, "letter": "x"}
    refused(world.post(REGION, f"{story.path}/ledger/amounts", body, etag=story.etag), 403, "role_may_not")
