"""report.xlsx on pages: downloaded, looked at, corrected, kept as drafts and submitted, without choosing it twice."""

from __future__ import annotations

import pytest

from service.exports.report_workbook import NIHIL_REST
from tests.support.api_world import ApiWorld
from tests.support.browsing import visitor
from tests.support.report_files import filled
from tests.support.reporting_api import REPORTING, reporting
from tests.support.world import HEAD, PIC, REGION

PAGE = f"/programmes/{REPORTING}/reports/B03"
WHOLE = {"value 1": 50, "promised 1": "ya", NIHIL_REST: "Belum dimulai"}


@pytest.fixture
def where(world: ApiWorld) -> str:
    """The commitment's page, in its first period."""
    story = reporting(world)
    world.catch_up()
    return story.path


def test_a_workbook_is_looked_at_and_submitted_without_choosing_it_again(world: ApiWorld, where: str) -> None:
    head = visitor(world, HEAD)
    head.open(f"{where}/reports/B03")
    assert f"{where}/reports/B03/report.xlsx" in head.page
    content = head.client.get(f"{PAGE}/report.xlsx").data
    assert head.client.get(f"{where}/reports/B03/report.xlsx").data[:4] == content[:4] == b"PK\x03\x04"
    head.open(PAGE)
    assert "LAPORAN-2022-6103-pikobar" in head.words
    before = world.runtime.store.log_head()
    book = ("workbook", filled(content, WHOLE), "report.xlsx")
    head.send(head.form(PAGE), {}, button=("verdict", "preview"), file=book)
    assert head.status == 200, head.words
    assert "Yang akan disampaikan" in head.words
    assert "50 orang; bukti menyusul" in head.words
    assert "Nihil untuk butir lain Belum dimulai" in head.words
    assert world.runtime.store.log_head() == before
    head.send(head.form(PAGE), {}, button=("verdict", "submit"))
    assert head.status == 200, head.words
    assert "Tersimpan." in head.words
    head.open(f"{where}/reports/B03")
    assert "Tanda terima LAPORAN-2022-6103-pikobar/B03/1" in head.words


def test_reasons_stand_by_sheet_row_and_column_and_a_mended_file_takes_its_place(world: ApiWorld, where: str) -> None:
    pic = visitor(world, PIC)
    pic.open(PAGE)
    assert ("verdict", "submit") not in pic.form(PAGE).buttons
    content = pic.client.get(f"{PAGE}/report.xlsx").data
    bad = ("workbook", filled(content, {"value 1": "banyak"}), "report.xlsx")
    pic.send(pic.form(PAGE), {}, button=("verdict", "save"), file=bad)
    assert pic.status == 422
    assert "1. LAPORAN-2022-6103-pikobar , baris 10, Capaian: Angka tidak terbaca" in pic.words
    good = ("workbook", filled(content, {"value 1": 12.5}), "report.xlsx")
    pic.send(pic.form(PAGE), {}, button=("verdict", "save"), file=good)
    assert pic.status == 200
    assert "1 konsep laporan disimpan" in pic.words
    pic.open(f"{where}/reports/B03")
    assert 'value="12,5"' in pic.page


@pytest.mark.usefixtures("where")
def test_a_form_without_a_file_or_with_another_persons_says_what_is_missing(world: ApiWorld) -> None:
    head, pic = visitor(world, HEAD), visitor(world, PIC)
    head.open(PAGE)
    content = head.client.get(f"{PAGE}/report.xlsx").data
    head.send(head.form(PAGE), {}, button=("verdict", "preview"), file=("workbook", filled(content, WHOLE), "r.xlsx"))
    digest = head.form(PAGE).value("kept")
    pic.open(PAGE)
    for kept in ("", digest, "f" * 64):
        pic.send(pic.form(PAGE), {"kept": kept}, button=("verdict", "preview"))
        assert pic.status == 422
        assert "Mohon diisi." in pic.words
    pic.send(pic.form(PAGE), {}, button=("verdict", "other"), file=("workbook", content, "r.xlsx"))
    assert pic.status == 422
    pic.send(pic.form(PAGE), {}, button=("verdict", "preview"), file=("workbook", b"a,b", "a.csv"))
    assert pic.status == 422
    assert "Berkas a.csv tidak dapat dibaca sebagai report.xlsx" in pic.words


@pytest.mark.usefixtures("where")
def test_what_somebody_else_brought_before_need_not_be_chosen_twice_either(world: ApiWorld) -> None:
    head, pic = visitor(world, HEAD), visitor(world, PIC)
    head.open(PAGE)
    book = ("workbook", filled(head.client.get(f"{PAGE}/report.xlsx").data, WHOLE), "report.xlsx")
    pic.open(PAGE)
    pic.send(pic.form(PAGE), {}, button=("verdict", "preview"), file=book)
    head.send(head.form(PAGE), {}, button=("verdict", "preview"), file=book)
    head.send(head.form(PAGE), {}, button=("verdict", "submit"))
    assert head.status == 200, head.words
    assert "Tersimpan." in head.words


@pytest.mark.usefixtures("where")
def test_who_has_no_report_to_prepare_is_told_so(world: ApiWorld) -> None:
    one = visitor(world, REGION)
    one.open(PAGE)
    assert "Tidak ada laporan periode ini yang dapat disiapkan" in one.words
    assert one.client.get(f"{PAGE}/report.xlsx").status_code == 409
    for path in (PAGE.replace("B03", "B99"), PAGE.replace(REPORTING, "x")):
        one.open(path)
        assert one.status == 404
    one.open(f"/programmes/{REPORTING}/periods")
    assert PAGE in one.page
