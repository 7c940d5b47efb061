"""Action plans in a workbook as offices send them: read as they are meant, or refused by cell."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner
from openpyxl.worksheet.worksheet import Worksheet

from service.cli.root import kawal
from service.imports.dates import parse_date
from service.imports.problems import CellValue, ImportRefused
from service.imports.steps import NEW, REFUSED, SAME, Plan
from service.runtime import Runtime
from tests.support.importing import DEMO, WORKBOOK, bring, commitment, opened, plan_of, position, standing_in, told
from tests.support.workbooks import HEADER_ROW, SAMBAS, changed, one_sheet, table_of, written

JARIMU = "KALBAR-2022-6101-proses-izin-dengan-jarimu"
EOPEN = "KALBAR-2022-6101-e-open"
TITLE: list[list[object]] = [["RENCANA AKSI"], ["Kode wilayah: 61.01 (DATA CONTOH)"]]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log with the programme alone, to be copied."""
    folder = tmp_path_factory.mktemp("kept")
    with opened(folder) as runtime:
        bring(runtime, DEMO, with_drafts=False)
    return folder


@pytest.fixture
def runtime(kept: Path, tmp_path: Path) -> Iterator[Runtime]:
    with opened(shutil.copytree(kept, tmp_path / "log")) as runtime:
        yield runtime


def problems(plan: Plan) -> list[tuple[str, str, str, str]]:
    return [(one.owner, one.sheet, one.cell, one.code) for one in plan.problems]


def test_the_workbook_drafts_what_the_folder_would(runtime: Runtime, tmp_path: Path) -> None:
    plan, _ = bring(runtime, WORKBOOK)
    assert (plan.problems, plan.notes, len(plan.drafts)) == ((), (), 69)
    with opened(tmp_path / "other") as other:
        bring(other, DEMO)
        assert told(runtime) == told(other)
    again, done = bring(runtime, WORKBOOK)
    assert {step.what for step in again.drafts} == {SAME}
    assert done == ()


def test_a_folder_after_the_workbook_and_a_workbook_after_the_folder_are_nothing_new(runtime: Runtime) -> None:
    bring(runtime, WORKBOOK)
    before = position(runtime)
    bring(runtime, DEMO)
    bring(runtime, WORKBOOK)
    assert position(runtime) == before


def test_the_header_may_stand_lower_in_another_order_with_every_cell_filled(runtime: Runtime, tmp_path: Path) -> None:
    rows = [[row[place] for place in reversed(range(len(row)))] for row in folder_rows(tmp_path)]
    rows[0] = [f" {str(name).upper()} :" for name in rows[0]]
    file = written(tmp_path / "order.xlsx", "Rencana", [*TITLE, *([[None]] * 9), *rows])
    assert told_by(runtime, file) == sambas(runtime, tmp_path)


def test_a_header_of_two_rows_and_other_names_for_columns_are_understood(runtime: Runtime, tmp_path: Path) -> None:
    rows = folder_rows(tmp_path)
    upper = list(rows[0])
    lower: list[object] = [None] * len(upper)
    upper[8], upper[9], lower[8], lower[9] = "Waktu", "Waktu", "Mulai", "Selesai"
    upper[0], upper[10], upper[13] = "Nomor", "OPD", "Data Dukung"
    file = written(tmp_path / "two.xlsx", "Rencana", [*TITLE, upper, lower, *rows[1:]])
    assert told_by(runtime, file) == sambas(runtime, tmp_path)


def test_real_dates_and_numbers_and_an_unmerged_subject_are_the_same_plan(runtime: Runtime, tmp_path: Path) -> None:
    rows = folder_rows(tmp_path)
    for row in rows[1:]:
        row[8], row[9] = parse_date(str(row[8])), datetime.combine(parse_date(str(row[9])), datetime.min.time())
        row[11] = 0 if row[11] == "-" else float(str(row[11]).removeprefix("Rp").replace(".", ""))
        if row[0] != 1:
            row[1] = row[14] = None
    file = written(tmp_path / "typed.xlsx", "Rencana", [*TITLE, *rows])
    assert told_by(runtime, file) == sambas(runtime, tmp_path)


def test_formulas_are_read_as_the_values_they_last_had(runtime: Runtime, tmp_path: Path) -> None:
    rows = folder_rows(tmp_path)
    file = tmp_path / "formulas.xlsx"
    with xlsxwriter.Workbook(str(file)) as workbook:
        sheet = workbook.add_worksheet("Rencana")
        for number, row in enumerate([*TITLE, *rows]):
            for column, value in enumerate(row):
                if isinstance(value, int) and column == 7:
                    sheet.write_formula(number, column, f"={value}*1", value=value)
                else:
                    sheet.write(number, column, value)
    assert told_by(runtime, file) == sambas(runtime, tmp_path)


def folder_rows(tmp_path: Path) -> list[list[object]]:
    """Sambas's table as the demo's workbook has it, merged cells filled."""
    rows: list[list[object]] = []
    one_sheet(tmp_path / "plain.xlsx", lambda sheet: rows.extend(table_of(sheet)))
    return rows


def sambas(runtime: Runtime, tmp_path: Path) -> dict[str, object]:
    """What the demo's workbook says about Sambas, as drafts."""
    return told_by(runtime, one_sheet(tmp_path / "sambas.xlsx"))


def told_by(runtime: Runtime, file: Path) -> dict[str, object]:
    plan = plan_of(runtime, file)
    assert plan.problems == ()
    assert {step.what for step in plan.drafts} == {NEW}
    assert len(plan.drafts) == 5
    return {step.name: step.command for step in plan.drafts}


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("A7", "dua", "count_unreadable"),
        ("A7", 1, "number_twice"),
        ("A7", None, "count_missing"),
        ("C7", "Rencna", "stage_unknown"),
        ("C7", "#N/A", "stage_unknown"),
        ("D7", None, "text_missing"),
        ("H7", "dua", "number_unreadable"),
        ("H7", -2, "number_not_positive"),
        ("H7", "=1+1", "number_unreadable"),
        ("I7", "31 Februari 2022", "date_impossible"),
        ("I7", "31/01/2022", "date_unreadable"),
        ("I7", 44592, "date_unreadable"),
        ("I7", datetime(2022, 1, 31, 9, 30), "date_has_time"),  # noqa: DTZ001  # a cell has no zone
        ("J7", "30 Januari 2022", "end_before_start"),
        ("J7", date(2022, 1, 30), "end_before_start"),
        ("K7", "DPMPTSP Kabupaten Mempawah", "office_unknown"),
        ("K7", None, "office_missing"),
        ("L7", "-Rp50.000.000", "money_negative"),
        ("L7", -50_000_000, "money_negative"),
        ("L7", "50 juta", "money_unreadable"),
        ("L7", None, "money_missing"),
        ("M7", "APBDes", "fund_unknown"),
        ("N7", "x" * 2_001, "text_too_long"),
        ("O6", "Semua", "scope_unknown"),
        ("O6", None, "scope_missing"),
        ("B6", "Proses Izin", "subject_unknown"),
    ],
)
def test_a_bad_cell_is_named_and_its_commitment_alone_is_left_out(
    runtime: Runtime, tmp_path: Path, *, cell: str, value: CellValue, code: str
) -> None:
    def change(sheet: Worksheet) -> None:
        sheet[cell].value = value

    plan = plan_of(runtime, one_sheet(tmp_path / "bad.xlsx", change))
    owner = f"sheet:{SAMBAS}:B6" if cell == "B6" else JARIMU
    assert problems(plan) == [(owner, SAMBAS, cell, code)]
    assert {step.name: step.what for step in plan.drafts if step.name != JARIMU} == {
        step.name: NEW for step in plan.drafts
    }
    assert len(plan.drafts) == 4


def test_a_percentage_is_not_taken_for_its_fraction(runtime: Runtime, tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["H7"].value = 0.875
        sheet["H7"].number_format = "0.0%"

    plan = plan_of(runtime, one_sheet(tmp_path / "percent.xlsx", change))
    assert problems(plan) == [(JARIMU, SAMBAS, "H7", "number_unreadable")]
    assert plan.problems[0].found == "87.50% (a percentage)"


@pytest.mark.parametrize(
    ("title", "beside", "cell", "code", "says"),
    [
        ("Kode wilayah: 61.1", None, "A3", "region_unknown", "61.10, if that was meant"),
        ("Kode wilayah:", 61.1, "B3", "code_is_number", 'code as text, such as "61.10"'),
        ("Kode wilayah", "61.1", "B3", "region_unknown", "61.10, if that was meant"),
        ("Kode wilayah", None, "A3", "code_missing", "a code"),
        ("Kabupaten Melawi", None, "A1", "code_missing", "a code"),
        ("Kode wilayah: 32.10", None, "A3", "region_unknown", "a known region"),
    ],
)
def test_61_1_is_never_taken_for_61_10_and_the_sheet_is_left_out(
    runtime: Runtime, tmp_path: Path, *, title: str, beside: CellValue, cell: str, code: str, says: str
) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.unmerge_cells("A3:O3")
        sheet["A3"].value = title
        sheet["B3"].value = beside

    plan = plan_of(runtime, changed(tmp_path / "code.xlsx", change, sheet="Kab. Melawi"))
    assert problems(plan) == [("sheet:Kab. Melawi", "Kab. Melawi", cell, code)]
    assert says in plan.problems[0].expected
    assert len(plan.drafts) == 64
    assert not any("6110" in step.name for step in plan.drafts)


def test_a_code_of_its_own_cell_is_read_as_text(runtime: Runtime, tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.unmerge_cells("A3:O3")
        sheet["A3"].value, sheet["D3"].value = "KODE  WILAYAH :", "61.10"

    plan = plan_of(runtime, changed(tmp_path / "code.xlsx", change, sheet="Kab. Melawi"))
    assert plan.problems == ()
    assert len(plan.drafts) == 69


def test_a_row_whose_subject_is_mistyped_takes_its_commitment_with_it(runtime: Runtime, tmp_path: Path) -> None:
    rows = folder_rows(tmp_path)
    rows[4][1] = "Proses Izin Dengan Jarimo"
    plan = plan_of(runtime, written(tmp_path / "typo.xlsx", "Rencana", [*TITLE, *rows]))
    assert problems(plan) == [(JARIMU, "Rencana", "B7", "subject_unknown")]
    assert JARIMU not in {step.name for step in plan.drafts}


def test_a_region_that_stands_on_two_sheets_is_named_and_neither_is_taken(runtime: Runtime, tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A3"].value = "Kode wilayah: 61.01"

    file = changed(tmp_path / "twice.xlsx", change, sheet="Kota Singkawang")
    plan = plan_of(runtime, file)
    twice = [one for one in plan.problems if one.code == "commitment_twice"]
    assert [(one.owner, one.sheet) for one in twice] == [
        ("KALBAR-2022-6101-pjj-ui", "Kota Singkawang"),
        ("KALBAR-2022-6101-pikobar", "Kota Singkawang"),
    ]
    assert not {one.owner for one in twice} & {step.name for step in plan.drafts}


def test_an_agency_without_an_office_in_charge_is_named(runtime: Runtime, tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        for row in range(6, 13):
            sheet[f"K{row}"].value = "Dinas Kesehatan Kabupaten Sambas"

    plan = plan_of(runtime, one_sheet(tmp_path / "pic.xlsx", change))
    assert problems(plan) == [(JARIMU, SAMBAS, "K6", "pic_unknown")]
    assert ".pic-proses-izin-dengan-jarimu" in plan.problems[0].expected


def test_totals_signatures_empty_rows_and_other_sheets_are_left_aside_aloud(runtime: Runtime, tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A42"].value, sheet["L42"].value = "Jumlah", "Rp1.250.000.000"
        sheet["J45"].value = "Sambas, 6 Desember 2021"
        sheet["A46"].value, sheet["J46"].value = "Mengetahui,", "Sekretaris Daerah"
        assert sheet.parent is not None
        cover = sheet.parent.create_sheet("Petunjuk", 0)
        cover["A1"].value, cover["B2"].value = "Petunjuk pengisian", "No"
        hidden = sheet.parent.copy_worksheet(sheet)
        hidden.title, hidden.sheet_state = "Lama", "hidden"

    plan = plan_of(runtime, one_sheet(tmp_path / "extras.xlsx", change))
    assert plan.problems == ()
    assert len(plan.drafts) == 5
    assert [(note.sheet, note.text) for note in plan.notes] == [
        ("Petunjuk", "left aside: no table on it"),
        (SAMBAS, 'row 42 left aside, it is no plan row: "Jumlah"'),
        (SAMBAS, 'row 45 left aside, it is no plan row: "Sambas, 6 Desember 2021"'),
        (SAMBAS, 'row 46 left aside, it is no plan row: "Mengetahui,"'),
        ("Lama", "left aside: hidden"),
    ]


@pytest.mark.parametrize(
    ("header", "code", "says"),
    [
        ({"H": "Sasaran"}, "column_missing", "sheet Kab. Sambas: the header in row 5 has no column Target"),
        ({"H": None, "N": None}, "column_missing", "no column Target, Bukti Dukung"),
        ({"H": "Satuan"}, "column_missing", "no column Target"),
        ({"D": "Kegiatan", "P": "Kegiatan"}, "column_twice", "has Kegiatan twice"),
        (dict.fromkeys("ABCDEFGHIJKLMNO"), "table_missing", "no sheet has a row that names the plan's columns"),
    ],
)
def test_a_sheet_without_a_whole_header_is_refused_naming_the_columns(
    runtime: Runtime, tmp_path: Path, *, header: dict[str, str | None], code: str, says: str
) -> None:
    def change(sheet: Worksheet) -> None:
        for column, name in header.items():
            sheet[f"{column}{HEADER_ROW}"].value = name

    with pytest.raises(ImportRefused) as refused:
        plan_of(runtime, one_sheet(tmp_path / "header.xlsx", change))
    assert refused.value.code == code
    assert says in refused.value.sentence


def test_all_or_nothing_lets_nothing_in_where_one_cell_is_bad(runtime: Runtime, tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["L7"].value = "-Rp1"

    before = position(runtime)
    file = changed(tmp_path / "bad.xlsx", change)
    _, nothing = bring(runtime, file, all_or_nothing=True)
    assert (nothing, position(runtime)) == ((), before)
    _, done = bring(runtime, file)
    assert len(done) == 1 + 68
    assert JARIMU not in told(runtime)
    assert commitment(runtime, EOPEN).state == "drafted"


def test_a_programme_that_is_not_open_is_refused(tmp_path: Path) -> None:
    with opened(tmp_path / "log") as runtime, pytest.raises(ImportRefused) as refused:
        plan_of(runtime, WORKBOOK)
    assert refused.value.code == "programme_unknown"


def test_an_office_that_may_not_draft_is_refused(runtime: Runtime) -> None:
    plan = plan_of(runtime, WORKBOOK, by=standing_in("61.02.bag-organisasi"))
    refused = [step for step in plan.drafts if step.what == REFUSED]
    assert {step.name[12:16] for step in plan.drafts if step.what == NEW} == {"6102"}
    assert len(refused) == 63


def test_the_command_line_tells_what_went_in_and_what_did_not(runtime: Runtime, tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["I7"].value = "31 Februari 2022"

    file = changed(tmp_path / "bad.xlsx", change)
    environment = {"KAWAL_DATA_DIR": str(runtime.config.data_dir)}
    asked = ["import", "workbook", str(file), "--programme", "kalbar-2022"]
    dry = CliRunner().invoke(kawal, [*asked, "--dry-run", "--json"], env=environment, catch_exceptions=False)
    report = json.loads(dry.stdout)
    assert (dry.exit_code, len(report["went_in"]), report["left_out"]) == (3, 69, [JARIMU])
    result = CliRunner().invoke(kawal, asked, env=environment, catch_exceptions=False)
    assert result.exit_code == 3
    assert 'Kab. Sambas I7 (Waktu Mulai): read "31 Februari 2022", expected a day that exists' in result.stdout
    assert "69 written; 1 left out." in result.stdout
    unusable = [*asked[:2], str(tmp_path / "log" / "kawal.db"), *asked[3:]]
    assert CliRunner().invoke(kawal, unusable, env=environment, catch_exceptions=False).exit_code == 2
