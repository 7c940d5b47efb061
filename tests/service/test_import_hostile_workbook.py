"""A file that is no workbook, a broken one, and one made to fill the memory: refused before it is loaded."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from service.imports import workbook_file
from service.imports.problems import ImportRefused
from service.imports.workbook_file import read_workbook
from tests.support.importing import DEMO, WORKBOOK
from tests.support.workbooks import archive, repacked

SHEET = "xl/worksheets/sheet1.xml"
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'


def refusal(path: Path) -> ImportRefused:
    with pytest.raises(ImportRefused) as refused:
        read_workbook(path)
    return refused.value


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"", "not_a_workbook", "not an .xlsx file"),
        (b"a,b\n1,2\n", "not_a_workbook", "not an .xlsx file"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512), "not_a_workbook", "with a password"),
        (WORKBOOK.read_bytes()[:20_000], "not_a_workbook", "broken"),
        (WORKBOOK.read_bytes()[:-30_000] + bytes(30_000), "not_a_workbook", "broken"),
        (archive({"isi.txt": b"x"}), "not_a_workbook", "without a workbook"),
        (archive({"xl/workbook.xml": b"<workbook"}), "not_a_workbook", "broken"),
        (archive({"xl/workbook.xml": b"<workbook/>"}), "not_a_workbook", "broken"),
        (archive({"xl/workbook.xml": DOCTYPE + b"<workbook/>"}), "not_a_workbook", "document type"),
        (archive({f"{number}.txt": b"" for number in range(2_001)}), "workbook_too_large", "unpacks"),
        (archive({"xl/workbook.xml": bytes(90_000_000)}), "workbook_too_large", "unpacks"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value,
)
def test_what_is_no_workbook_is_refused_with_a_sentence(tmp_path: Path, content: bytes, code: str, says: str) -> None:
    path = tmp_path / "rencana.xlsx"
    path.write_bytes(content)
    refused = refusal(path)
    assert refused.code == code
    assert says in refused.sentence
    assert "rencana.xlsx" in refused.sentence


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</mergeCells>", b'<mergeCell ref="A50:IV5000"/></mergeCells>'),
        (b"</mergeCells>", b'<mergeCell ref="A:A"/></mergeCells>'),
        (b"</sheetData>", b'<row r="1048576"><c r="A1048576"/></row></sheetData>'),
        (b"</sheetData>", b'<row r="60"><c r="XFD60"/></row></sheetData>'),
        (b"</sheetData>", b'<row r="60">' + b"<c/>" * 700_000 + b"</row></sheetData>"),
        (b"</sheetData>", b'<row r="9000"><c r="IV9000"/></row></sheetData>'),
    ],
    ids=["merged area", "merged column", "far row", "far column", "many cells", "wide and long"],
)
def test_a_small_file_that_would_become_a_huge_table_is_refused(tmp_path: Path, old: bytes, new: bytes) -> None:
    path = repacked(tmp_path / "besar.xlsx", SHEET, lambda part: part.replace(old, new))
    assert path.stat().st_size < 200_000
    assert refusal(path).code == "workbook_too_large"


def test_many_sheets_that_are_each_within_bounds_are_refused_for_what_they_span_together(tmp_path: Path) -> None:
    workbook = Workbook()
    for _ in range(3):
        workbook.create_sheet().cell(10_000, 13).value = "x"
    workbook.save(tmp_path / "banyak.xlsx")
    assert refusal(tmp_path / "banyak.xlsx").code == "workbook_too_large"


def test_a_part_that_is_damaged_or_says_another_size_is_refused(tmp_path: Path) -> None:
    broken = repacked(tmp_path / "rusak.xlsx", SHEET, lambda part: part[: len(part) // 2])
    assert refusal(broken).code == "not_a_workbook"
    content = bytearray(WORKBOOK.read_bytes())
    with zipfile.ZipFile(WORKBOOK) as whole:
        start = whole.getinfo(SHEET).header_offset + 80
    content[start : start + 40] = bytes(40)
    flipped = tmp_path / "terbalik.xlsx"
    flipped.write_bytes(content)
    assert refusal(flipped).code == "not_a_workbook"


def test_a_file_over_the_limit_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "besar.xlsx"
    with path.open("wb") as file:
        file.truncate(workbook_file.MAX_BYTES + 1)
    assert refusal(path).code == "file_too_large"


def test_what_is_not_there_or_no_file_is_missing(tmp_path: Path) -> None:
    assert refusal(tmp_path / "tiada.xlsx").code == "file_missing"
    assert refusal(DEMO).code == "file_missing"
