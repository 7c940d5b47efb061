"""A period's report on pages: prepared in steps, submitted once, with evidence that follows; periods and progress."""

from __future__ import annotations

import pytest

from tests.support.api_story import ApiStory, done
from tests.support.api_world import ApiWorld
from tests.support.browsing import visitor
from tests.support.reporting import AFTER_B03
from tests.support.reporting_api import REPORTING, reporting, submitted
from tests.support.world import COORDINATOR, HEAD, NEIGHBOUR, PIC, REGION

PHOTO = b"\x89PNG\r\n\x1a\n foto"


@pytest.fixture
def where(world: ApiWorld) -> str:
    """The commitment's page, in its first period."""
    return reporting(world).path


def test_a_report_is_prepared_by_one_and_submitted_by_another(world: ApiWorld, where: str) -> None:
    pic = visitor(world, PIC)
    pic.open(f"{where}/reports/B03")
    assert "Laporan disampaikan oleh Jabatan 61.03.dinkes" in pic.words
    form = pic.form(f"{where}/reports/B03")
    assert ("verdict", "submit") not in form.buttons
    pic.send(form, {"value-1": "12,5", "note-1": "Baru sebagian"}, button=("verdict", "save"))
    assert pic.status == 200
    assert 'value="12,5"' in pic.page
    pic.send(pic.form(f"{where}/reports/B03"), {}, file=("evidence-1", PHOTO, "foto.png"), button=("verdict", "save"))
    assert "foto.png" in pic.words

    head = visitor(world, HEAD)
    head.open(f"{where}/reports/B03")
    assert "Konsep terakhir disimpan oleh Jabatan 61.03.dinkes.pic" in head.words
    digest = _kept(head.page)
    form = head.form(f"{where}/reports/B03")
    form.fields.append(("kept-1", digest))
    head.send(form, {"nihil_rest": "Belum dimulai"}, button=("verdict", "submit"))
    assert head.status == 200, head.words
    assert "Tanda terima LAPORAN-2022-6103-pikobar/B03/1" in head.words
    assert "disiapkan oleh Jabatan 61.03.dinkes.pic" in head.words
    for path in (f"{where}/reports/B03", where):
        head.open(path)
        assert "Tanda terima LAPORAN-2022-6103-pikobar/B03/1" in head.words
        assert not head.skips_a_heading
    assert "Butir 2: nihil , Belum dimulai" in head.words or "Butir 2: nihil, Belum dimulai" in head.words


def test_a_forged_version_of_the_draft_is_a_stale_one(world: ApiWorld, where: str) -> None:
    pic = visitor(world, PIC)
    pic.open(f"{where}/reports/B03")
    pic.send(pic.form(f"{where}/reports/B03"), {"value-1": "12,5"}, button=("verdict", "save"))
    pic.send(pic.form(f"{where}/reports/B03"), {"saved": "9" * 5000}, button=("verdict", "save"))
    assert pic.status in (409, 412)


def _kept(page: str) -> str:
    return page.partition('name="kept-1" value="')[2].partition('"')[0]


def test_what_is_wrong_with_an_item_stands_at_the_item_and_nothing_typed_is_lost(world: ApiWorld, where: str) -> None:
    head = visitor(world, HEAD)
    head.open(f"{where}/reports/B03")
    form = head.form(f"{where}/reports/B03")
    head.send(form, {"value-1": "banyak", "note-2": "Ditunda"}, button=("verdict", "submit"))
    assert head.status == 422
    assert "Mohon tulis angka" in head.words
    assert 'value="banyak"' in head.page
    assert "Ditunda" in head.page
    head.send(head.form(f"{where}/reports/B03"), {"value-1": "10", "value-2": ""}, button=("verdict", "submit"))
    assert head.status == 422
    assert "Bukti dukung belum lengkap" in head.words
    assert "Butir ini belum dilaporkan: 2, 3, 4" in head.words
    head.send(head.form(f"{where}/reports/B03"), {}, button=("verdict", "other"))
    assert "Mohon periksa isian" in head.words


def test_two_who_prepare_do_not_overwrite_each_other(world: ApiWorld, where: str) -> None:
    pic, head = visitor(world, PIC), visitor(world, HEAD)
    pic.open(f"{where}/reports/B03")
    head.open(f"{where}/reports/B03")
    pic.send(pic.form(f"{where}/reports/B03"), {"value-1": "10"}, button=("verdict", "save"))
    head.send(head.form(f"{where}/reports/B03"), {"value-1": "20"}, button=("verdict", "save"))
    assert head.status == 409
    assert "sudah disimpan oleh Jabatan 61.03.dinkes.pic" in head.words
    assert "Yang tersimpan sekarang: 10" in head.words
    assert 'value="20"' in head.page
    head.send(head.form(f"{where}/reports/B03"), {}, button=("verdict", "save"))
    assert head.status == 200
    assert 'value="20"' in head.page


def test_an_office_that_prepares_nothing_sees_the_receipts_and_why_not(world: ApiWorld, where: str) -> None:
    region = visitor(world, REGION)
    region.open(f"{where}/reports/B03")
    assert "Laporan belum dapat disiapkan" in region.words
    head = visitor(world, HEAD)
    head.open(f"{where}/reports/B06")
    assert "Periode B06 baru dibuka pada" in head.words
    head.open(f"{where}/reports/B99")
    assert head.status == 404
    other = visitor(world, NEIGHBOUR)
    other.open(f"{where}/reports/B03")
    assert other.status == 404


def test_evidence_follows_a_claim_and_the_inbox_asks_for_it(world: ApiWorld, where: str) -> None:
    commitment = where.rpartition("/")[2]
    promised = {"item": 1, "value": 100, "promised": True}
    body = {"period": "B03", "claims": [promised], "nihil_rest": "Belum"}
    made = done(world.post(HEAD, f"{where}/reports", body))["report"]["claims"][0]["id"]
    world.catch_up()
    pic = visitor(world, PIC)
    pic.open("/")
    assert "Bukti dukung yang dijanjikan" in pic.words
    attach = f"{where}/claims/1/evidence"
    assert attach in pic.page
    pic.open(attach)
    pic.send(pic.form(attach), {})
    assert pic.status == 422
    pic.send(pic.form(attach), {}, file=("evidence", PHOTO, "foto.png"))
    assert "Tersimpan." in pic.words
    assert world.runtime.commitment(commitment).state.claims[made].evidence[0].name == "foto.png"
    region = visitor(world, REGION)
    region.open(where)
    region.send(region.form(f"{where}/checks", button="check"), button=("verdict", "check"))
    assert "diperiksa, menunggu verifikasi" in region.words
    assert "butirnya tuntas" in region.words
    province = visitor(world, COORDINATOR)
    province.open(where)
    assert "Diperiksa 100 orang" in province.words
    assert "Diverifikasi 0 orang" in province.words
    province.send(province.form(f"{where}/checks", button="verify"), button=("verdict", "verify"))
    assert "Diverifikasi 100 orang" in province.words
    assert "menurut Jabatan 61.biro, klaim 1" in province.words
    pic.open(f"{where}/claims/9/evidence")
    assert pic.status == 404
    pic.open(attach)
    assert "Belum dapat dilampirkan" in pic.words or "sudah diputus" in pic.words


def test_the_next_report_is_a_card_in_the_inbox(world: ApiWorld, where: str) -> None:
    world.catch_up()
    pic = visitor(world, PIC)
    pic.open("/")
    assert "Laporan yang jatuh tempo" in pic.words
    assert f"{where}/reports/B03" in pic.page
    pic.open("/?kind=report")
    assert "14 April 2022" in pic.words


def test_periods_are_changed_on_their_page_by_who_may(world: ApiWorld, where: str) -> None:
    page = f"/programmes/{REPORTING}/periods"
    pic = visitor(world, PIC)
    pic.open(page)
    assert "14 April 2022" in pic.words
    assert f"{page}/B03" not in pic.page
    one = visitor(world, COORDINATOR)
    one.open(page)
    form = one.form(f"{page}/B03", button="extend")
    one.send(form, {"due_on": "2022-04-10", "reason": "Banjir"}, button=("verdict", "extend"))
    assert one.status == 422
    assert "harus melewati yang berlaku" in one.words
    form = one.form(f"{page}/B03", button="extend")
    one.send(form, {"due_on": "", "reason": "Banjir"}, button=("verdict", "extend"))
    assert "Mohon diisi." in one.words
    assert 'id="due_on-B03-extend-error"' in one.page
    assert one.form(f"{page}/B03", button="extend").value("reason") == "Banjir"
    form = one.form(f"{page}/B03", button="extend")
    one.send(
        form, {"due_on": "2022-04-22", "closes_on": "2022-05-20", "reason": "Banjir"}, button=("verdict", "extend")
    )
    assert one.status == 200
    assert "memperpanjang periode B03 untuk semua pihak" in one.words
    pic.open(where)
    assert "jatuh tempo 22 April 2022" in pic.words
    one.send(one.form(f"{page}/B03", button="follow"), {}, button=("verdict", "follow"))
    assert one.status == 200
    one.send(one.form(f"{page}/B03", button="close"), {"reason": "Selesai"}, button=("verdict", "close"))
    assert "menutup periode B03" in one.words
    form = one.form(f"{page}/B03", button="reopen")
    one.send(form, {"closes_on": "2022-05-20", "reason": "Tercecer"}, button=("verdict", "reopen"))
    assert "membuka kembali periode B03" in one.words
    one.open("/programmes/x/periods")
    assert one.status == 404


def test_the_sample_is_drawn_on_the_page_and_its_seed_is_shown(world: ApiWorld, where: str) -> None:
    world.advance(to=AFTER_B03)
    page = f"/programmes/{REPORTING}/periods"
    one = visitor(world, COORDINATOR)
    one.open(page)
    one.send(one.form(f"{page}/B03", button="draw"), {}, button=("verdict", "draw"))
    assert one.status == 200
    assert "Benih undian" in one.words


def test_a_programme_without_periods_says_so(world: ApiWorld) -> None:
    one = visitor(world, REGION)
    one.open("/programmes/kalbar-2022/periods")
    assert "B03" in one.words


def test_progress_is_shown_by_party_and_by_subject(world: ApiWorld, where: str) -> None:
    made = submitted(world, _story(world, where), value=50)["report"]["claims"][0]["id"]
    done(world.post(REGION, f"/claims/{made}/checks"))
    world.catch_up()
    one = visitor(world, REGION)
    one.open(f"/progress?programme={REPORTING}")
    assert "Diklaim 12,5 %" in one.words
    assert "Diperiksa 12,5 %" in one.words
    assert "Diverifikasi 0,0 %" in one.words
    assert "Organisasi 61.03" in one.words
    one.open(f"/progress?programme={REPORTING}&by=subject")
    assert "PIKOBAR" in one.words
    one.open("/progress?by=colour")
    assert one.status == 404
    one.open("/progress")
    assert "Belum ada komitmen yang ditandatangani" in one.words


def _story(world: ApiWorld, where: str) -> ApiStory:
    return ApiStory(world, where.rpartition("/")[2], "")
