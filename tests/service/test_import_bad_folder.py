"""A folder with something wrong in it: every bad cell is named, and nothing is half done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from service.imports.csv_tables import read_csv
from service.imports.problems import ImportRefused
from service.imports.programme import read_folder
from service.imports.steps import NEW
from service.runtime import Runtime
from tests.support.importing import bring, copy_of, opened, plan_of, position, replaced

PIKOBAR = "KALBAR-2022-6101-pikobar"
MELAWI = "KALBAR-2022-6110-e-open"


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Runtime]:
    with opened(tmp_path / "log") as runtime:
        yield runtime


START, END = "2022-01-28,2022-03-11,61.01.dinkes", "2022-03-11,61.01.dinkes,112000000"
TARGET, NEXT = "orang,190,2022-04-28,2022-06-17,61.01.dinkes", "\nKALBAR-2022-6101-kl"


@pytest.mark.parametrize(
    ("file", "old", "new", "cell", "code"),
    [
        ("commitments.csv", f"{PIKOBAR},61.01", f"{PIKOBAR},61.1", "B5", "region_unknown"),
        ("commitments.csv", f"{PIKOBAR},61.01,pikobar", f"{PIKOBAR},61.01,pikobr", "C5", "innovation_unknown"),
        ("commitments.csv", "pikobar,61.01.dinkes,", "pikobar,61.01.dinas,", "D5", "office_unknown"),
        (
            "commitments.csv",
            f"pic-pikobar,2022,full{NEXT}",
            f"pic-pikobar,2023,full{NEXT}",
            "F5",
            "fiscal_year_unknown",
        ),
        ("commitments.csv", f"pic-pikobar,2022,full{NEXT}", f"pic-pikobar,2022,semua{NEXT}", "G5", "scope_unknown"),
        ("action_plans.csv", f"{PIKOBAR},2,rencana", f"{PIKOBAR},1,rencana", "B24", "number_twice"),
        ("action_plans.csv", f"{PIKOBAR},2,rencana", f"{PIKOBAR},dua,rencana", "B24", "count_unreadable"),
        ("action_plans.csv", f"{PIKOBAR},2,rencana", f"{PIKOBAR},2,rencna", "C24", "stage_unknown"),
        ("action_plans.csv", TARGET, TARGET.replace("190", "0"), "H26", "number_not_positive"),
        ("action_plans.csv", TARGET, TARGET.replace("190", "1.900"), "H26", "number_ambiguous"),
        ("action_plans.csv", END, END.replace("03-11", "02-30"), "J24", "date_impossible"),
        ("action_plans.csv", END, END.replace("03-11", "01-27"), "J24", "end_before_start"),
        ("action_plans.csv", END, END.replace(",112", ",-112"), "L24", "money_negative"),
        ("action_plans.csv", f"{END},CSR", f"{END},CRS", "M24", "fund_unknown"),
    ],
)
def test_a_bad_cell_is_named_and_its_commitment_alone_is_left_out(
    runtime: Runtime, tmp_path: Path, *, file: str, old: str, new: str, cell: str, code: str
) -> None:
    folder = copy_of(tmp_path / "kalbar-2022", change=lambda path: replaced(path / file, old, new))
    plan = plan_of(runtime, folder)
    assert [(one.owner, one.sheet, one.cell, one.code) for one in plan.problems[:1]] == [(PIKOBAR, file, cell, code)]
    assert plan.left_out[:1] == (PIKOBAR,)
    assert PIKOBAR not in {step.name for step in plan.drafts}
    assert {step.what for step in plan.drafts} == {NEW}
    assert len(plan.drafts) == 68


@pytest.mark.parametrize(("reference", "cell"), [(PIKOBAR, "A71"), ("KALBAR-2022-6101-pikobar-lain", "C71")])
def test_a_commitment_that_stands_twice_is_named_at_its_second_row(
    runtime: Runtime, tmp_path: Path, *, reference: str, cell: str
) -> None:
    folder = copy_of(tmp_path / "kalbar-2022")
    with (folder / "commitments.csv").open("a", encoding="utf-8") as file:
        file.write(f"{reference},61.01,pikobar,61.01.dinkes,61.01.dinkes.pic-pikobar,2022,full\n")
    plan = plan_of(runtime, folder)
    assert [(one.owner, one.cell, one.code) for one in plan.problems] == [(reference, cell, "commitment_twice")]
    assert plan.left_out == (reference,)


@pytest.mark.parametrize(
    ("file", "old", "new", "cell", "code"),
    [
        ("regions.csv", "61.10,Kabupaten Melawi", "61.1,Kabupaten Melawi", "A11", "organisation_unknown"),
        ("innovations.csv", "Dinas Kesehatan,asal.pikobar", "Dinas Kesehatan,asal.pikoba", "H7", "office_unknown"),
        ("components.csv", "pikobar,jenis wabah,adaptable", "pikobar,jenis wabah,boleh", "C18", "kind_unknown"),
        ("organisations.csv", "61.10,61,Kabupaten Melawi", "61.09,61,Kabupaten Melawi", "A13", "organisation_twice"),
    ],
)
def test_a_bad_cell_of_the_programme_itself_lets_nothing_in(
    runtime: Runtime, tmp_path: Path, *, file: str, old: str, new: str, cell: str, code: str
) -> None:
    folder = copy_of(tmp_path / "kalbar-2022", change=lambda path: replaced(path / file, old, new))
    plan, done = bring(runtime, folder)
    assert (file, cell, code) in [(one.sheet, one.cell, one.code) for one in plan.problems]
    assert plan.is_blocked
    assert done == ()
    assert position(runtime) == 0


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("offices.csv", None, "file_missing", "offices.csv"),
        ("commitments.csv", None, "file_missing", "commitments.csv"),
        ("regions.csv", b"kode,name\n61.01,Sambas\n", "column_missing", "no column code"),
        ("regions.csv", b"", "column_missing", "no column code"),
        ("regions.csv", b"code,code\n61.01,61.01\n", "column_twice", "code twice"),
        ("regions.csv", b"code,name\n61.01,Sambas\n61.02\n", "row_ragged", "row 3 has 1 cells, expected 2"),
        ("regions.csv", b'code,name\n61.01,"Sambas\n', "quote_open", "line 2"),
        ("regions.csv", b"code,name\n61.01,Sambas\n61.02,Memp\xe1wah\n", "encoding_broken", "line 3 has the byte 0xe1"),
        ("regions.csv", "code,name\n".encode("utf-16"), "encoding_broken", "UTF-16"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_naming_the_place(
    runtime: Runtime, tmp_path: Path, *, name: str, content: bytes | None, code: str, says: str
) -> None:
    folder = copy_of(tmp_path / "kalbar-2022")
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    with pytest.raises(ImportRefused) as refused:
        bring(runtime, folder)
    assert refused.value.code == code
    assert says in refused.value.sentence
    assert position(runtime) == 0


def test_the_year_and_the_id_come_from_programme_csv_the_folder_or_the_caller(tmp_path: Path) -> None:
    folder = copy_of(tmp_path / "Kalbar-2031")
    for name in ("commitments.csv", "action_plans.csv"):
        (folder / name).unlink()
    assert read_folder(folder).settings.programme == "kalbar-2031"
    assert read_folder(folder).settings.fiscal_year == 2031
    assert read_folder(folder, programme="x", fiscal_year=2040).settings.fiscal_year == 2040
    (folder / "programme.csv").write_text("id,name,fiscal_year,starts_on,sample\nkb,Nama,2032,1 Juli 2031,no\n")
    settings = read_folder(folder).settings
    assert (settings.programme, settings.name, settings.fiscal_year, settings.starts_on, settings.sample) == (
        "kb",
        "Nama",
        2032,
        date(2031, 7, 1),
        False,
    )
    unclear = copy_of(tmp_path / "folder")
    (unclear / "commitments.csv").unlink()
    with pytest.raises(ImportRefused, match="year"):
        read_folder(unclear)


def test_semicolons_and_another_order_of_columns_are_read_by_name(tmp_path: Path) -> None:
    file = tmp_path / "organisations.csv"
    file.write_text('name;kind;id;parent\n"Kabupaten; Melawi";kabupaten;61.10;61\n', encoding="utf-8")
    row = read_csv(file, ("id", "parent", "name", "kind"), ("zone",))[0]
    assert [row[name].value for name in ("id", "parent", "name", "kind", "zone")] == [
        "61.10",
        "61",
        "Kabupaten; Melawi",
        "kabupaten",
        None,
    ]
    assert row["id"].place == "C2"
