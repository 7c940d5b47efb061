"""A message says who asks, whose promise it is, what changed and when, and leads to that very place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from string import Formatter

import pytest

from service import formats
from service.notifications import texts
from service.notifications.message import Message
from service.notifications.render import WIDTH, render
from tests.support import telling
from workflows import facts
from workflows.audience import Told, audience
from workflows.commitment import Commitment, Recorded
from workflows.definition import Label
from workflows.facts import NAMES, CommitmentFact

BASE = "https://kawal.example"
TABLES = (texts.HEADLINES, texts.ACTIONS, texts.ASKS, texts.LINES, texts.WHYS, texts.VERDICTS)
LEFT_OVER = re.compile(r"[{}]|None|\b[a-z]+_[a-z]+\b")
UNKIND = re.compile(r"\b(lalai|kamu|anda|gagal|link|email|upload|download|deadline|password)\b", re.IGNORECASE)


def written(
    told: Told,
    event: Recorded,
    state: Commitment,
    *,
    language: str = "id",
    sample: bool = False,
    is_demo: bool = False,
    capacity: str = "definitive",
) -> Message:
    return render(
        told,
        event,
        state,
        telling.programme(sample=sample),
        telling.directory(),
        telling.definition(),
        language=language,
        base_url=BASE,
        is_demo=is_demo,
        capacity=capacity,
    )


def told_to(kind: type, why: str, nth: int = 0, **more: object) -> Message:
    """The message that the audience's member of that `why` gets about the nth fact of that kind."""
    wanted, _ = telling.found(kind, nth)
    event, state, told = next(one for one in everybody() if one[0] == wanted and one[2].why == why)
    return written(told, event, state, **more)


def everybody() -> Iterator[tuple[Recorded, Commitment, Told]]:
    before: Commitment | None = None
    for event, state in telling.states():
        for told in audience(
            event,
            before,
            state,
            directory=telling.directory(),
            definition=telling.definition(),
            programme=telling.programme(),
        ):
            yield event, state, told
        before = state


def test_every_fact_of_a_commitment_has_a_headline_in_both_languages() -> None:
    names = {NAMES[fact] for fact in CommitmentFact.__args__}
    assert set(texts.HEADLINES) == names
    assert set(texts.ACTIONS) <= names


@pytest.mark.parametrize("table", TABLES)
def test_both_languages_have_the_same_places(table: dict[str, Label]) -> None:
    assert [name for name, label in table.items() if _places(label.id) != _places(label.en)] == []


def test_no_text_blames_or_takes_an_english_word_where_indonesian_has_one() -> None:
    assert [label.id for table in TABLES for label in table.values() if UNKIND.search(label.id)] == []


def test_every_why_that_can_be_said_has_its_words() -> None:
    roles = telling.definition().roles
    assert {told.why for _, _, told in everybody()} - set(roles) <= set(texts.WHYS)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_message_of_the_year_names_party_subject_date_and_ends_in_its_link(language: str) -> None:
    for event, state, told in everybody():
        message = written(told, event, state, language=language)
        assert message.path.startswith(f"/commitments/{telling.NAME}#")
        body, footer = message.body.split("\n\n-- \n")
        assert body.endswith(f"\n{BASE}{message.path}")
        assert "Kabupaten Mempawah" in message.subject
        assert "e-OPen" in message.subject
        assert "KALBAR-2022-6102-e-open" in body
        assert formats.moment(event.recorded_at, telling.ZONE, language) in body
        assert LEFT_OVER.search(body.rsplit("\n", 1)[0] + footer + message.subject) is None


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_office_that_is_only_looked_up_on_pages_gets_a_message_for_every_fact(language: str) -> None:
    for event, state in telling.states():
        message = written(Told(telling.PROVINCE, "page", "province_coordinator"), event, state, language=language)
        assert message.subject
        assert LEFT_OVER.search(message.subject) is None


def test_no_line_but_a_link_is_wider_than_a_mail_should_be() -> None:
    for event, state, told in everybody():
        lines = written(told, event, state, sample=True, is_demo=True).body.splitlines()
        assert [line for line in lines if len(line) > WIDTH and not line.startswith(BASE)] == []


def test_the_approver_is_asked_for_a_verdict_by_a_day() -> None:
    message = told_to(facts.StepReached, "approver", 0)
    assert message.subject == "Mohon putusan: Penandatanganan, e-OPen, Kabupaten Mempawah"
    assert message.path.endswith("#r1")
    assert "Yth. Bapak/Ibu Bagian Organisasi Setda Kabupaten Mempawah," in message.body
    assert "Pemohon          : Disdukcapil Kabupaten Mempawah" in message.body
    assert "Perubahan        : Penandatanganan: Konsep → Ditandatangani" in message.body
    assert "Jatuh tempo      : Kamis, 9 Desember 2021" in message.body
    assert _one_line("Pilihannya: menyetujui, mengembalikan untuk perbaikan dan menolak dengan alasan.") in _one_line(
        message.body
    )


def test_a_step_that_may_not_reject_does_not_offer_it() -> None:
    event, state = telling.found(facts.StepReached, 2)
    opened = replace(state.requests[f"{telling.NAME}.r2"].opened, move="withdraw", reason="tanpa_anggaran")
    request = replace(state.requests[f"{telling.NAME}.r2"], opened=opened)
    withdrawing = replace(state, requests={**state.requests, opened.request: request})
    step = replace(event, fact=replace(event.fact, step="accept", office=telling.PROVINCE_SECRETARY))
    body = written(Told(telling.PROVINCE_SECRETARY, "now", "approver", True), step, withdrawing).body
    assert "Pilihannya: menyetujui dan mengembalikan untuk perbaikan." in _one_line(body)
    assert "Alasan           : tanpa anggaran" in body


def test_who_is_heard_sees_the_old_plan_beside_the_new() -> None:
    body = _one_line(told_to(facts.OpinionInvited, "heard").body)
    assert "ditambah butir 3; dihapus butir 1; diubah butir 2 target 250 orang → 200 orang" in body
    assert "Alasan : kondisi wilayah" in body


def test_an_amendment_keeps_its_differences_after_it_took_effect() -> None:
    event, state = telling.found(facts.StateChanged, 2)
    body = _one_line(written(Told(telling.PROVINCE, "daily", "province_coordinator"), event, state).body)
    assert "dihapus butir 1" in body


def test_a_return_asks_the_asker_to_revise_and_tells_others_only_that_it_happened() -> None:
    assert told_to(facts.RequestReturned, "asker").subject.startswith("Mohon perbaikan: Mulai replikasi")
    other = told_to(facts.RequestReturned, "agency_pic")
    assert other.subject.startswith("Dikembalikan untuk perbaikan: Mulai replikasi")
    assert "ajukan kembali" not in other.body


def test_a_reminder_asks_the_obliged_office_and_tells_others_where_the_matter_is() -> None:
    mine, others = (
        written(told, event, state)
        for event, state, told in everybody()
        if isinstance(event.fact, facts.EscalationRaised) and event.fact.obligation == "item-1"
    )
    assert mine.path.endswith("#item-1")
    assert "Mohon ajukan capaian butir ini beserta bukti dukungnya." in mine.body
    assert "yang sudah diingatkan lebih dahulu" in _one_line(others.body)
    assert "Penanggung jawab : PIC e-OPen" in others.body


def test_a_reminder_on_its_day_counts_the_working_days_and_announces_the_next() -> None:
    event, state = telling.found(facts.EscalationRaised, 1)
    planned = state.owed["r2/check"].obligation.levels[1].at
    punctual = replace(event, recorded_at=planned)
    body = _one_line(written(Told(telling.COORDINATOR, "now", "escalation", True), punctual, state).body)
    assert "Jatuh temponya hari ini." in body
    assert "pengingat berikutnya disampaikan 2 hari kerja lagi kepada Disdukcapil" not in body
    assert "pengingat berikutnya disampaikan 2 hari kerja lagi kepada " in body


def test_a_reminder_after_an_outage_does_not_count_what_it_cannot_know() -> None:
    event, state = telling.found(facts.EscalationRaised, 1)
    assert event.recorded_at.date() != state.owed["r2/check"].obligation.levels[1].at.date()
    body = written(Told(telling.COORDINATOR, "now", "escalation", True), event, state).body
    assert "Jatuh temponya hari ini" not in body
    assert "Jatuh tempo      : Kamis, 9 Desember 2021" in body


def test_a_reminder_announces_no_office_where_the_ladder_ends() -> None:
    """The secretary of the province is last: what would follow is for an office above, and none stands there."""
    event, state = telling.found(facts.EscalationRaised, 1)
    owed = state.owed["r2/check"]
    fact = replace(event.fact, level=4, office=telling.PROVINCE_SECRETARY, recipients=(telling.PROVINCE_SECRETARY,))
    obligation = replace(owed.obligation, office=telling.PROVINCE_SECRETARY)
    late = replace(state, owed={**state.owed, "r2/check": replace(owed, obligation=obligation)})
    told = Told(telling.PROVINCE_SECRETARY, "now", "escalation", True)
    body = _one_line(written(told, replace(event, fact=fact), late).body)
    assert "Ini pengingat terakhir tentang hal ini." in body
    assert "pengingat berikutnya" not in body


def test_a_reminder_announces_the_office_that_will_hear_next_not_the_vacant_one() -> None:
    event, state = telling.found(facts.EscalationRaised, 1)
    told = Told(telling.COORDINATOR, "now", "escalation", True)
    body = _one_line(written(told, event, state).body)
    assert "pengingat berikutnya disampaikan 2 hari kerja lagi kepada Sekretaris Daerah Kabupaten Mempawah." in body


def test_who_was_reminded_hears_that_the_matter_is_settled() -> None:
    message = told_to(facts.ClaimMade, "settled", 1)
    assert message.subject.startswith("Sudah ditangani: capaian diajukan, butir 1")
    assert "sudah ditangani" in message.body


def test_a_sample_programme_and_a_demo_log_say_so_in_both_languages() -> None:
    event, state = telling.found(facts.StateChanged)
    told = Told(telling.HEAD, "now", "asker")
    for language in ("id", "en"):
        message = written(told, event, state, language=language, sample=True, is_demo=True)
        assert "data contoh" in message.subject
        assert "data contoh" in message.body
        assert "jam demo" in message.body.lower()
        plain = written(told, event, state, language=language)
        assert "contoh" not in plain.subject + plain.body
        assert "jam demo" not in plain.body.lower()


def test_an_acting_secretary_is_named_with_the_capacity() -> None:
    event, state = telling.found(facts.WitnessRecorded)
    body = written(Told(telling.HEAD, "now", "agency_head"), event, state, capacity="pj").body
    assert "Oleh             : Pj. Sekretaris Daerah Provinsi Kalimantan Barat" in body


def test_no_person_is_named_anywhere() -> None:
    for event, state, told in everybody():
        message = written(told, event, state)
        assert "person-" not in message.body + message.subject


def _places(text: str) -> list[str]:
    return sorted(place for _, place, _, _ in Formatter().parse(text) if place is not None)


def _one_line(text: str) -> str:
    return " ".join(text.split())
