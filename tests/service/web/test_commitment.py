"""One commitment's page: what stands, what waits, what happened, and what it was."""

from __future__ import annotations

from datetime import timedelta

from tests.support.api_world import ApiWorld, item_body
from tests.support.browsing import visitor
from tests.support.world import AUDITOR, HEAD, NEIGHBOUR, OWNER, PIC, PLAN, REGION, SECRETARY


def test_the_page_tells_the_story_in_sentences_with_anchors_that_mail_leads_to(world: ApiWorld, asked: str) -> None:
    one = visitor(world, REGION)
    one.open(f"/commitments/{asked}")
    assert one.status == 200
    for anchor in ("r1", "item-1", "item-3", "v1", "v4"):
        assert f'id="{anchor}"' in one.page
    assert "mengajukan permohonan 1 (Penandatanganan)" in one.words


def test_both_times_are_shown_where_they_differ(world: ApiWorld, checked: str) -> None:
    signed_at = world.runtime.now()
    world.advance(to=signed_at + timedelta(days=2))
    one = visitor(world, SECRETARY)
    one.open("/sheets/kalbar-2022:61.03")
    form = one.form("/sheets/kalbar-2022:61.03/signatures")
    day = {"day": "2021-11-29", "time": "10.00", "place": "Pontianak", "mode": "online"}
    one.send(form, day)
    assert one.status == 200, one.words
    one.open(f"/commitments/{checked}")
    assert "berlaku Senin, 29 November 2021, 10.00 WIB" in one.words
    assert "Tercatat Rabu, 1 Desember 2021" in one.words


def test_who_may_not_decide_sees_why_and_who_can(world: ApiWorld, asked: str) -> None:
    one = visitor(world, HEAD)
    one.open(f"/commitments/{asked}")
    assert "Mengapa Saudara belum dapat memutus" in one.words
    assert "Pemohon tidak dapat memutus permohonannya sendiri" in one.words
    assert "Dapat diselesaikan oleh: Jabatan 61.03.bag" in one.words
    assert "/verdicts" not in one.page


def test_a_verdict_that_is_not_ones_own_is_refused_with_the_reason(world: ApiWorld, asked: str) -> None:
    one, other = visitor(world, REGION), visitor(world, SECRETARY)
    one.open(f"/commitments/{asked}")
    other.open(f"/commitments/{asked}")
    ours, theirs = one.form(f"/commitments/{asked}/verdicts"), other.form("/language")
    fields = {**dict(ours.fields), "csrf": theirs.value("csrf"), "verdict": "approve"}
    answer = other.client.post(f"/commitments/{asked}/verdicts", data=fields)
    assert answer.status_code == 409
    assert "Putusan sekarang ada pada Jabatan 61.03.bag" in answer.get_data(as_text=True)
    assert len(world.runtime.history(asked)) == 4


def test_a_commitment_out_of_scope_is_not_found_just_like_one_that_is_not_there(world: ApiWorld, asked: str) -> None:
    for office in (NEIGHBOUR, AUDITOR):
        one = visitor(world, office)
        one.open(f"/commitments/{asked}")
        hidden = (one.status, one.words)
        one.open("/commitments/none")
        assert (one.status, one.words) == hidden
        assert one.status == 404


def test_a_past_view_has_a_banner_and_no_form(world: ApiWorld, asked: str) -> None:
    one = visitor(world, REGION)
    first = world.runtime.history(asked)[0].position
    one.open(f"/commitments/{asked}?at_position={first}")
    assert f"Keadaan per kejadian nomor {first}" in one.words
    assert "/verdicts" not in one.page
    assert 'id="v1"' in one.page
    assert 'id="v2"' not in one.page


def test_a_past_by_day_is_the_end_of_that_day_in_the_programmes_zone(world: ApiWorld, asked: str) -> None:
    one = visitor(world, REGION)
    one.open(f"/commitments/{asked}?as_known_on=2021-11-29")
    assert "Keadaan per Senin, 29 November 2021 (yang tercatat sampai saat itu)" in one.words
    one.open(f"/commitments/{asked}?as_true_on=2021-11-28")
    assert one.status == 404
    one.open(f"/commitments/{asked}?as_known_on=2021-02-30")
    assert one.status == 422
    assert "bukan tanggal" in one.words


def test_asking_with_evidence_and_a_second_click(world: ApiWorld, signed: str) -> None:
    one = visitor(world, HEAD)
    one.open(f"/commitments/{signed}/moves/start")
    form = one.form(f"/commitments/{signed}/moves/start")
    file = ("evidence", b"%PDF-1.7 surat keputusan", "sk tim.pdf")
    first = one.send(form, {"text": "Tim siap"}, file=file, follow=False)
    before = len(world.runtime.history(signed))
    again = one.send(form, {"text": "Tim siap"}, file=file, follow=False)
    assert (again.status_code, again.location) == (303, first.location)
    assert len(world.runtime.history(signed)) == before
    one.open(str(first.location))
    assert "Tersimpan." in one.words
    link = one.page.split(f'href="/commitments/{signed}/evidence/')[1].split('"')[0]
    download = one.client.get(f"/commitments/{signed}/evidence/{link}")
    assert download.get_data() == b"%PDF-1.7 surat keputusan"
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in download.headers["Content-Security-Policy"]


def test_a_file_that_nobody_named_is_not_given_out(world: ApiWorld, signed: str) -> None:
    digest = world.upload(HEAD)
    one = visitor(world, HEAD)
    one.open(f"/commitments/{signed}/evidence/{digest}")
    assert one.status == 404


def test_missing_evidence_is_said_at_its_field_and_nothing_typed_is_lost(world: ApiWorld, signed: str) -> None:
    one = visitor(world, HEAD)
    one.open(f"/commitments/{signed}/moves/start")
    one.send(one.form(f"/commitments/{signed}/moves/start"), {"text": "Tim siap"})
    assert one.status == 422
    assert "Bukti dukung belum lengkap" in one.words
    assert "Tim siap" in one.page
    assert 'aria-describedby="evidence-hint evidence-error"' in one.page


def test_a_file_of_a_refused_type_or_an_empty_one_is_said_at_its_field(world: ApiWorld, signed: str) -> None:
    one = visitor(world, HEAD)
    for content, name, status, told in (
        (b"MZ\x90\x00", "program.exe", 415, "Jenis berkas ini tidak diterima"),
        (b"", "kosong.pdf", 422, "Berkas kosong"),
    ):
        one.open(f"/commitments/{signed}/moves/start")
        one.send(one.form(f"/commitments/{signed}/moves/start"), file=("evidence", content, name))
        assert one.status == status
        assert told in one.words


def test_uploaded_files_are_kept_when_another_field_is_wrong(world: ApiWorld, signed: str) -> None:
    one = visitor(world, PIC)
    where = f"/commitments/{signed}/items/1/claim"
    one.open(where)
    one.send(one.form(where), {"value": "banyak"}, file=("evidence", b"%PDF-1.7 foto", "foto.pdf"))
    assert one.status == 422
    assert "Mohon tulis angka" in one.words
    assert "Sudah diunggah" in one.words
    one.send(one.form(where), {"value": "40"})
    assert one.status == 200
    claim = list(world.runtime.commitment(signed).state.claims.values())[-1].made
    assert (int(claim.value), claim.evidence[0].name) == (40, "foto.pdf")


def test_claimed_and_verified_are_two_figures_and_two_offices(world: ApiWorld, signed: str) -> None:
    claim(world, signed)
    one = visitor(world, REGION)
    one.open(f"/commitments/{signed}")
    assert "Diklaim 40 orang" in one.words
    assert "Diverifikasi 0 orang" in one.words
    one.send(one.form(f"/commitments/{signed}/checks", button="verify"), button=("verdict", "verify"))
    assert "Tersimpan." in one.words
    assert "Diverifikasi 40 orang" in one.words


def test_a_returned_claim_comes_back_to_its_office(world: ApiWorld, signed: str) -> None:
    claim(world, signed)
    one = visitor(world, REGION)
    one.open("/")
    form = one.form(f"/commitments/{signed}/checks", button="return")
    one.send(form, {"reason": ""}, button=("verdict", "return"))
    assert one.status == 422
    form = one.form(f"/commitments/{signed}/checks", button="return")
    one.send(form, {"reason": "bukti_kurang", "text": "Mohon daftar hadir"}, button=("verdict", "return"))
    assert one.status == 200
    world.catch_up()
    pic = visitor(world, PIC)
    pic.open("/")
    assert "Klaim dikembalikan untuk perbaikan" in pic.words
    assert "Mohon daftar hadir" in pic.words


def test_an_asker_takes_the_own_request_back(world: ApiWorld, asked: str) -> None:
    one = visitor(world, HEAD)
    one.open(f"/commitments/{asked}")
    one.send(one.form(f"/commitments/{asked}/withdrawals"), {"text": "salah isi"})
    assert "menarik" in one.words
    assert world.runtime.commitment(asked).state.open_request is None


def test_a_draft_and_its_plan_are_edited_and_a_stale_edit_changes_nothing(world: ApiWorld, drafted: str) -> None:
    one = visitor(world, REGION)
    where = f"/commitments/{drafted}/draft"
    one.open(where)
    old = one.form(where)
    one.send(old, {"item-1-target": "1.250", "item-3-drop": "1", "replication_scope": "partial"})
    assert one.status == 200, one.words
    state = world.runtime.commitment(drafted).state
    assert (int(state.items[0].target), len(state.items), state.replication_scope) == (1250, 2, "partial")
    one.send(old, {"key": "another-key", "item-1-target": "7"})
    assert one.status == 412
    assert int(world.runtime.commitment(drafted).state.items[0].target) == 1250


def test_wrong_numbers_and_days_of_a_plan_are_said_at_their_fields(world: ApiWorld, drafted: str) -> None:
    one = visitor(world, REGION)
    where = f"/commitments/{drafted}/draft"
    for field, value in (
        ("item-1-target", "1,250"),
        ("item-1-target", "12.50"),
        ("item-2-starts_on", "2022-02-30"),
        ("item-2-budget_idr", "-5"),
    ):
        one.open(where)
        one.send(one.form(where), {field: value})
        assert one.status == 422
        assert f'aria-describedby="{field}-error"' in one.page


def test_an_amendment_carries_the_whole_plan(world: ApiWorld, signed: str) -> None:
    start(world, signed)
    one = visitor(world, HEAD)
    where = f"/commitments/{signed}/moves/amend"
    one.open(where)
    fields = {
        "reason": "kondisi_wilayah",
        "text": "Air surut",
        "item-2-target": "90",
        "new-activity": "Perahu keliling",
        "new-output": "Kunjungan",
        "new-indicator": "Desa dikunjungi",
        "new-unit": "desa",
        "new-target": "12",
        "new-starts_on": "2022-02-01",
        "new-ends_on": "2022-06-30",
        "new-budget_idr": "5.000.000",
        "new-fund": "APBD",
        "new-evidence_required": "Foto",
        "new-stage": "replikasi",
    }
    one.send(one.form(where), fields, file=("evidence", b"%PDF-1.7 nota dinas", "nota.pdf"))
    assert one.status == 200, one.words
    items = world.runtime.commitment(signed).state.open_request.opened.items
    assert [int(item.target) for item in items] == [100, 90, 100, 12]
    assert items[3].agency == HEAD
    assert "Perubahan rencana" in one.words


def test_an_invited_office_is_heard_whatever_its_scope(world: ApiWorld, signed: str) -> None:
    start(world, signed)
    items = [item_body(item) for item in PLAN]
    items[0]["target"] = "120"
    body = {
        "move": "amend",
        "reason": "kondisi_wilayah",
        "text": "Air surut",
        "evidence": [world.upload(HEAD)],
        "items": items,
    }
    etag = world.get(HEAD, f"/commitments/{signed}").headers["ETag"]
    asked = world.post(HEAD, f"/commitments/{signed}/requests", body, etag=etag)
    assert asked.status_code == 201, asked.get_data(as_text=True)
    etag = world.get(REGION, f"/commitments/{signed}").headers["ETag"]
    assert world.post(REGION, f"/requests/{signed}.r3/approvals", etag=etag).status_code == 201
    world.catch_up()
    one = visitor(world, OWNER)
    one.open(f"/commitments/{signed}")
    assert one.status == 200, "that it is asked opens the commitment itself"
    one.open("/")
    assert "Pendapat Saudara diminta" in one.words
    form = one.form(f"/commitments/{signed}/opinions")
    one.send(form, {"text": " "})
    assert one.status == 422
    assert 'aria-invalid="true"' in one.page
    one.send(one.form(f"/commitments/{signed}/opinions"), {"text": "Inti tetap terjaga"})
    assert one.status == 200
    request = world.runtime.commitment(signed).state.open_request
    assert [opinion.text for opinion in request.opinions] == ["Inti tetap terjaga"]


def test_an_opinion_form_shows_nothing_to_an_office_that_was_not_asked(world: ApiWorld, asked: str) -> None:
    one = visitor(world, OWNER)
    one.open("/")
    signed = one.form("/language")
    request = {**dict(signed.fields), "request": f"{asked}.r1", "text": "Ingin tahu"}
    answer = one.client.post(f"/commitments/{asked}/opinions", data=request)
    assert answer.status_code == 404
    assert "Penandatanganan" not in answer.get_data(as_text=True)


def claim(world: ApiWorld, commitment: str) -> None:
    body = {"item": 1, "value": "40", "evidence": [world.upload(PIC, b"%PDF-1.7 foto", "foto.pdf")], "note": ""}
    answer = world.post(PIC, f"/commitments/{commitment}/claims", body)
    assert answer.status_code == 201, answer.get_data(as_text=True)
    world.catch_up()


def start(world: ApiWorld, commitment: str) -> None:
    body = {"move": "start", "evidence": [world.upload(HEAD)]}
    assert world.post(HEAD, f"/commitments/{commitment}/requests", body).status_code == 201
    for office in (REGION, SECRETARY):
        etag = world.get(office, f"/commitments/{commitment}").headers["ETag"]
        answer = world.post(office, f"/requests/{commitment}.r2/approvals", etag=etag)
        assert answer.status_code == 201, answer.get_data(as_text=True)
    world.catch_up()
