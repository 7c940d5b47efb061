"""Moves that leave the state as it is, on the pages."""

from __future__ import annotations

from tests.support.api_story import done, started
from tests.support.api_world import ApiWorld, item_body
from tests.support.browsing import visitor
from tests.support.world import COORDINATOR, HEAD, PLAN, REGION, SECRETARY

MEMO = ("evidence", b"%PDF-1.7 nota dinas", "nota.pdf")


def test_an_agency_asks_for_a_hold_and_the_secretary_reads_until_when(world: ApiWorld) -> None:
    story = started(world)
    one = visitor(world, HEAD)
    one.open(f"{story.path}/moves/hold")
    assert "Paling lama 60 hari kerja" in one.words
    assert "Dalam replikasi (tidak berubah)" in one.words
    form = one.form(f"{story.path}/moves/hold")
    one.send(form, {"reason": "bencana", "text": "Banjir", "until": "2022-01-03"}, file=MEMO)
    assert one.status == 422
    assert "Hari terakhir penundaan (3 Januari 2022) sudah lewat" in one.words
    one.send(one.form(f"{story.path}/moves/hold"), {"until": "2022-01-28"})
    assert one.status == 200, one.words
    assert "Permohonan 3: Penundaan" in one.words
    other = visitor(world, SECRETARY)
    other.open(story.path)
    assert "Sampai dengan Jumat, 28 Januari 2022" in other.words
    other.send(other.form(f"{story.path}/verdicts"), {"verdict": "approve"})
    assert other.status == 200, other.words
    other.open(story.path)
    assert "sampai dengan Jumat, 28 Januari 2022" in other.words
    assert "Permohonan 3 (Penundaan) berlaku; keadaan tetap Dalam replikasi." in other.words
    world.catch_up()
    other.open("/matrix")
    assert "Dalam replikasi ditunda" in other.words


def test_a_hold_without_its_last_day_shows_the_form_again(world: ApiWorld) -> None:
    story = started(world)
    one = visitor(world, HEAD)
    one.open(f"{story.path}/moves/hold")
    one.send(one.form(f"{story.path}/moves/hold"), {"reason": "bencana", "until": ""}, file=MEMO)
    assert one.status == 422
    assert "Mohon diisi." in one.words


def test_an_agency_asks_for_more_days_and_the_first_end_stays_visible(world: ApiWorld) -> None:
    story = started(world)
    one = visitor(world, HEAD)
    one.open(f"{story.path}/moves/extend")
    assert "1. Kegiatan 1 (sekarang sampai 31 Maret 2022)" in one.words
    form = one.form(f"{story.path}/moves/extend")
    one.send(form, {"reason": "menunggu_pihak_ketiga", "item-1-ends_on": "2022-03-30"})
    assert one.status == 422
    assert "Akhir yang baru harus sesudah hari ini" in one.words
    assert 'value="2022-03-30"' in one.page
    one.send(one.form(f"{story.path}/moves/extend"), {"item-1-ends_on": "2022-04-14"})
    assert one.status == 200, one.words
    other = visitor(world, SECRETARY)
    other.open(story.path)
    assert "butir 1 (Kegiatan 1) 31 Maret 2022 → 14 April 2022" in other.words
    other.send(other.form(f"{story.path}/verdicts"), {"verdict": "approve"})
    other.open(story.path)
    assert "14 April 2022 (semula 31 Maret 2022)" in other.words


def test_nothing_written_is_no_extension(world: ApiWorld) -> None:
    story = started(world)
    one = visitor(world, HEAD)
    one.open(f"{story.path}/moves/extend")
    one.send(one.form(f"{story.path}/moves/extend"), {"reason": "bencana"})
    assert "Belum ada butir yang dimintakan perpanjangan" in one.words


def test_a_coordinator_puts_a_slip_right_and_only_what_was_changed_is_asked(world: ApiWorld) -> None:
    story = started(world)
    one = visitor(world, REGION)
    one.open(f"{story.path}/moves/correct")
    one.send(one.form(f"{story.path}/moves/correct"), {"item-2-output": "Laporan akhir"})
    assert one.status == 200, one.words
    assert "Pembetulan butir 2 keluaran “Laporan” → “Laporan akhir”" in one.words
    other = visitor(world, HEAD)
    other.open(story.path)
    other.send(other.form(f"{story.path}/verdicts"), {"verdict": "approve"})
    other.open(story.path)
    assert "Penulisan dibetulkan: butir 2 keluaran “Laporan” → “Laporan akhir”." in other.words


def test_an_untouched_correction_asks_for_nothing(world: ApiWorld) -> None:
    story = started(world)
    one = visitor(world, REGION)
    one.open(f"{story.path}/moves/correct")
    one.send(one.form(f"{story.path}/moves/correct"))
    assert "Belum ada yang dibetulkan" in one.words
    one.send(one.form(f"{story.path}/moves/correct"), {"item-1-activity": "Kegiatan 2", "pic": HEAD})
    assert "Angka di dalam teks tidak dapat diubah" in one.words


def test_a_new_plan_stands_beside_the_old_one_with_its_revisions(world: ApiWorld) -> None:
    story = started(world)
    one = visitor(world, HEAD)
    one.open(f"{story.path}/moves/amend")
    fields = {"reason": "kondisi_wilayah", "item-2-target": "90", "item-3-drop": "on"}
    one.send(one.form(f"{story.path}/moves/amend"), fields, file=MEMO)
    assert one.status == 200, one.words
    assert "Perubahan rencana: revisi 0 → 1" in one.words
    assert "Butir 2 target 100 orang 90 orang" in one.words
    assert "Butir 3 dihapus kegiatan “Kegiatan 3” –" in one.words
    assert 'data-name="Semula"' in one.page


def test_a_plan_written_from_an_older_revision_shows_the_form_again_with_what_was_typed(world: ApiWorld) -> None:
    story = started(world)
    one = visitor(world, HEAD)
    one.open(f"{story.path}/moves/amend")
    form = one.form(f"{story.path}/moves/amend")
    assert ("based_on_revision", "0") in form.fields
    fields = {"reason": "kondisi_wilayah", "item-2-target": "77", "based_on_revision": "4"}
    one.send(form, fields, file=MEMO)
    assert one.status == 409
    assert "Rencana ini ditulis dari revisi 4, padahal yang berlaku kini revisi 0" in one.words
    assert 'value="77"' in one.page
    one.send(one.form(f"{story.path}/moves/amend"), {})
    assert one.status == 200, one.words


def test_a_void_request_is_asked_again_with_what_it_said(world: ApiWorld) -> None:
    story = started(world)
    one = visitor(world, HEAD)
    one.open(f"{story.path}/moves/extend")
    fields = {"reason": "menunggu_pihak_ketiga", "text": "Menunggu vendor", "item-1-ends_on": "2022-04-14"}
    claim = story.claim(1, 100)
    one.open(f"{story.path}/moves/extend")
    one.send(one.form(f"{story.path}/moves/extend"), {**fields, "item-2-ends_on": "2022-10-14"})
    assert one.status == 200, one.words
    assert done(world.post(REGION, f"/claims/{claim}/verifications"))
    one.open(story.path)
    assert "batal dengan sendirinya" in one.words
    assert "Tidak terpenuhi lagi: yang diminta masih dapat dilakukan" in one.words
    world.catch_up()
    one.open("/")
    assert "Dikembalikan atau batal, untuk diajukan lagi" in one.words
    again = f"{story.path}/moves/extend?again={story.commitment}.r3"
    assert f'href="{again}"' in one.page
    one.open(again)
    assert "Menunggu vendor" in one.page
    assert 'value="2022-10-14"' in one.page
    assert 'value="menunggu_pihak_ketiga" selected' in one.page


def test_a_void_amendment_is_asked_again_with_its_plan_and_files(world: ApiWorld) -> None:
    story = started(world)
    one = visitor(world, HEAD)
    where = f"{story.path}/moves/amend"
    one.open(where)
    fields = {
        "reason": "kondisi_wilayah",
        "item-2-target": "90",
        "item-3-drop": "on",
        "new-activity": "Perahu keliling",
    }
    fields |= {"new-output": "Kunjungan", "new-indicator": "Desa", "new-unit": "desa", "new-target": "12"}
    fields |= {"new-starts_on": "2022-02-01", "new-ends_on": "2022-06-30", "new-budget_idr": "5.000.000"}
    one.send(one.form(where), {**fields, "new-fund": "APBD", "new-stage": "replikasi"}, file=MEMO)
    assert one.status == 200, one.words
    other = visitor(world, REGION)
    other.open(story.path)
    other.send(other.form(f"{story.path}/verdicts"), {"verdict": "return", "reason": "bukti_kurang"})
    assert other.status == 200, other.words
    one.open(story.path)
    assert f'href="{where}?again={story.commitment}.r3"' in one.page
    one.open(f"{where}?again={story.commitment}.r3")
    form = one.form(where)
    assert {("item-2-target", "90"), ("new-activity", "Perahu keliling")} <= set(form.fields)
    assert "nota.pdf" in one.words
    one.send(form, {"item-2-target": "95"})
    assert one.status == 200, one.words
    items = world.runtime.commitment(story.commitment).state.open_request.opened.items
    assert [int(item.target) for item in items] == [100, 95, 12]


def test_only_a_request_of_that_move_that_is_over_fills_the_form(world: ApiWorld) -> None:
    story = started(world)
    one = visitor(world, HEAD)
    for name in (f"{story.commitment}.r1", f"{story.commitment}.r9", "x"):
        one.open(f"{story.path}/moves/extend?again={name}")
        assert one.status == 200, one.words


def test_the_first_promise_is_counted_beside_the_modified_plan(world: ApiWorld) -> None:
    story = started(world)
    claim = story.claim(1, 80)
    done(world.post(REGION, f"/claims/{claim}/verifications"))
    story.etag = story.read()["etag"]
    memo = world.upload(HEAD, b"%PDF-1.7 nota dinas", "nota.pdf")
    items = [item_body(PLAN[0], target=80), *(item_body(item) for item in PLAN[1:])]
    request = story.ask("amend", reason="kondisi_wilayah", evidence=[memo], items=items)
    story.approve(request, REGION, SECRETARY, COORDINATOR)
    shown = story.read()
    assert (shown["items_complete"], shown["items_as_signed"], shown["items_as_signed_complete"]) == (1, 3, 0)
    one = visitor(world, HEAD)
    one.open(story.path)
    assert "0 dari 3 seperti pertama ditandatangani, 1 dari 3 seperti diubah" in one.words
    world.catch_up()
    total = done(world.get(COORDINATOR, "/progress"))["total"]
    assert (total["items_complete"], total["items_as_signed"], total["items_as_signed_complete"]) == (1, 3, 0)
    other = visitor(world, COORDINATOR)
    other.open("/progress")
    assert "1 dari 3 butir tuntas · 0 dari 3 seperti pertama ditandatangani" in other.words
