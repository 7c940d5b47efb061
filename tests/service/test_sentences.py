"""Every fact is told in one sentence, in both languages, by the names of things."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from string import Formatter

import pytest

from service.sentences import Happening, Vocabulary, happening, sentence
from service.sentences.refusals import called
from service.sentences.texts import CLAUSES, FIELDS, SENTENCES
from tests.support import telling
from tests.support.telling_delegations import delegation_facts
from tests.support.telling_sittings import sitting_facts
from workflows import facts
from workflows.definition import Label
from workflows.facts import NAMES
from workflows.plan import texts as item_texts
from workflows.sentences import SENTENCES as REFUSALS

ID = Vocabulary("id", telling.directory(), telling.programme(), telling.definition())
EN = replace(ID, language="en")
UNKNOWN = re.compile(r"[{}]|None|\b61\.|[a-z]+_[a-z]+|  | ,| \.")
UNKIND = re.compile(r"\b(lalai|kamu|anda|gagal|link|email|upload|download|deadline|password)\b", re.IGNORECASE)


def told(kind: type, nth: int = 0, words: Vocabulary = ID) -> str:
    event, state = telling.found(kind, nth)
    return sentence(happening(event), words, commitment=state)


def everything() -> list[tuple[str, Vocabulary, str]]:
    lines = []
    for words in (ID, EN):
        for event, state in telling.states():
            lines.append((NAMES[type(event.fact)], words, sentence(happening(event), words, commitment=state)))
        for fact in (*telling.office_facts(), *delegation_facts(), *sitting_facts(), *telling.programme_facts()):
            basis = Happening(fact, telling.BEGIN, "operator")
            lines.append((NAMES[type(fact)], words, sentence(basis, words)))
    return lines


def test_no_fact_is_without_a_sentence_in_both_languages() -> None:
    without = [name for name in NAMES.values() if name not in SENTENCES or not all(vars_of(SENTENCES[name]))]
    assert without == []
    assert set(SENTENCES) == set(NAMES.values())


def test_a_refusal_writes_every_moment_out() -> None:
    stored = "2022-03-04T05:06:07.000008+00:00"
    moments = [
        (code, place)
        for code, label in REFUSALS.items()
        for _, place, _, _ in Formatter().parse(label.id)
        if place and place.endswith("_at")
    ]
    assert len(moments) > 10
    assert [one for one in moments if called(one[0], {one[1]: stored}, ID)[one[1]] == stored] == []


@pytest.mark.parametrize("texts", [SENTENCES, CLAUSES, FIELDS])
def test_both_languages_have_the_same_places(texts: dict[str, Label]) -> None:
    uneven = [name for name, label in texts.items() if _places(label.id) != _places(label.en)]
    assert uneven == []


def test_the_year_of_the_sample_tells_every_fact() -> None:
    assert {name for name, _, _ in everything()} == set(NAMES.values())


@pytest.mark.parametrize("line", everything(), ids=lambda line: f"{line[1].language}-{line[0]}")
def test_a_sentence_has_no_hole_no_code_and_ends_with_a_stop(line: tuple[str, Vocabulary, str]) -> None:
    _, _, text = line
    assert text.endswith(".")
    assert text[0].isupper() or text[0].isdigit()
    assert UNKNOWN.search(text.replace("(61.02)", "(61)")) is None, text


def test_the_two_languages_differ_in_every_sentence() -> None:
    lines = everything()
    half = len(lines) // 2
    same = [name for (name, _, one), (_, _, other) in zip(lines[:half], lines[half:], strict=True) if one == other]
    assert same == []


def test_no_text_blames_or_takes_an_english_word_where_indonesian_has_one() -> None:
    texts = [label.id for texts in (SENTENCES, CLAUSES, FIELDS) for label in texts.values()]
    assert [text for text in texts if UNKIND.search(text)] == []


def test_a_return_names_the_asked_move_the_step_and_the_reason() -> None:
    assert told(facts.RequestReturned) == (
        "Bagian Organisasi Setda Kabupaten Mempawah mengembalikan permohonan 2 (Mulai replikasi) untuk perbaikan"
        " pada tahap Pemeriksaan, dengan alasan bukti dukung tidak sesuai."
    )
    assert told(facts.RequestReturned, words=EN) == (
        "Bagian Organisasi Setda Kabupaten Mempawah returned request 2 (Start of replication) for revision"
        " at the step Check, for the reason evidence doesn't fit."
    )


def test_a_signature_recorded_later_says_both_days() -> None:
    assert "pada Selasa, 7 Desember 2021, dicatat pada Rabu, 8 Desember 2021" in told(facts.SignatureRecorded)
    assert "dengan tanda tangan basah di Mempawah" in told(facts.SignatureRecorded)


def test_a_step_that_passed_over_an_office_says_why() -> None:
    assert told(facts.StepReached, 1) == (
        "Permohonan 1 (Penandatanganan) menunggu putusan Sekretaris Daerah Provinsi Kalimantan Barat pada tahap"
        " Tanda tangan, paling lambat Kamis, 9 Desember 2021. Sekretaris Daerah Kabupaten Mempawah dilewati karena"
        " jabatan itu kosong."
    )


def test_an_amendment_says_what_it_changes_from_the_plan_before() -> None:
    text = told(facts.PlanAmended)
    assert "revisi 1: 2 butir, anggaran Rp151.000.000" in text
    assert "ditambah butir 3; dihapus butir 1" in text
    assert "butir 2 target 250 orang → 200 orang dan butir 2 waktu selesai 23 Juni 2022 → 29 Juli 2022" in text


def test_a_claim_names_item_value_and_target() -> None:
    assert told(facts.ClaimMade) == (
        "PIC e-OPen, Disdukcapil Kabupaten Mempawah mengajukan capaian butir 1 (Membentuk tim): 0,5 orang dari target"
        " 1 orang, dengan 2 bukti dukung (SK tim.pdf, Nota dinas.pdf), dengan catatan “tahap awal”; menunggu"
        " pemeriksaan Bagian Organisasi Setda Kabupaten Mempawah."
    )
    assert told(facts.ClaimVerified).endswith("1 orang; butir ini tuntas.")


def test_a_dropped_item_keeps_its_name_in_older_sentences() -> None:
    event, _ = telling.found(facts.ClaimVerified)
    last = telling.states()[-1][1]
    assert last.item(1) is None
    assert "butir 1 (Membentuk tim)" in sentence(happening(event), ID, commitment=last)


def test_an_escalation_names_what_is_due_and_who_was_told() -> None:
    assert told(facts.EscalationRaised) == (
        "Pengingat tingkat 3 tentang butir 1 (Membentuk tim), jatuh tempo Jumat, 28 Januari 2022, disampaikan kepada"
        " Disdukcapil Kabupaten Mempawah dan PIC e-OPen, Disdukcapil Kabupaten Mempawah."
    )
    assert "putusan atas permohonan 2 (Mulai replikasi), tahap Pemeriksaan" in told(facts.EscalationRaised, 1)


def test_an_escalation_without_recipients_says_whether_offices_are_vacant_or_none_stands_above() -> None:
    event, state = telling.found(facts.EscalationRaised)
    vacant = replace(event, fact=replace(event.fact, recipients=(), skipped=(facts.Skipped(telling.HEAD, "vacant"),)))
    assert (
        "kepada tidak seorang pun, karena tidak ada jabatan yang terisi. Disdukcapil Kabupaten Mempawah dilewati"
        " karena jabatan itu kosong."
    ) in sentence(happening(vacant), ID, commitment=state)
    ends = replace(event, fact=replace(event.fact, recipients=()))
    assert sentence(happening(ends), ID, commitment=state).endswith(
        "kepada tidak seorang pun, karena tidak ada jabatan di atasnya."
    )


def test_peoples_own_words_stay_on_one_line_and_keep_their_braces() -> None:
    event, state = telling.found(facts.OpinionGiven)
    rough = replace(event, fact=replace(event.fact, text="Setuju.\n\nLihat {nota}\n"))
    assert sentence(happening(rough), ID, commitment=state).endswith(
        "(Perubahan rencana aksi): “Setuju. Lihat {nota}”."
    )


def test_an_exit_says_that_duties_are_closed() -> None:
    assert told(facts.StateChanged, 3) == (
        "Komitmen berubah dari Direplikasi dengan perubahan menjadi Ditarik, dengan alasan lainnya; kewajiban yang"
        " masih terbuka ditutup."
    )


def test_an_acting_holder_and_a_principal_are_both_named() -> None:
    event, state = telling.found(facts.WitnessRecorded)
    assert sentence(happening(event, "pj"), ID, commitment=state).startswith(
        "Pj. Sekretaris Daerah Provinsi Kalimantan Barat menyaksikan"
    )
    for_another = replace(event, on_behalf_of=telling.SECRETARY)
    assert ", a.n. Sekretaris Daerah Kabupaten Mempawah menyaksikan" in sentence(
        happening(for_another), ID, commitment=state
    )


def test_without_the_commitment_things_are_called_by_their_number() -> None:
    event, _ = telling.found(facts.RequestApproved)
    assert "menyetujui permohonan 1 pada tahap check" in sentence(happening(event), ID)


def test_an_id_that_nothing_names_stands_for_itself() -> None:
    bare = Vocabulary("en", ID.directory)
    fact = facts.OfficeEstablished("x", "Kantor", "unheard_of", "nowhere", "own", "nobody")
    text = sentence(Happening(fact, datetime(2022, 1, 1, tzinfo=UTC), "operator"), bare)
    assert text == "The office Kantor was established in nowhere with the role unheard_of, reporting to nobody."


def test_every_field_of_a_plan_item_has_a_name() -> None:
    assert set(item_texts(telling.PLAN[0])) == set(FIELDS)


def vars_of(label: Label) -> tuple[str, str]:
    return label.id, label.en


def _places(text: str) -> list[str]:
    return sorted(place for _, place, _, _ in Formatter().parse(text) if place is not None)
