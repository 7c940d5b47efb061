"""A file that promises anew what a party withdrew from: under the next reference, and never beside the first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from service.catalog import commitment_stream
from service.imports.steps import NEW, REFUSED, SAME, Plan
from service.runtime import Runtime
from tests.support.importing import DEMO, appoint, ask, bring, commitment, copy_of, opened, plan_of
from tests.support.workbooks import HEADER_ROW, changed, table_of
from workflows.commands import ApproveRequest, OpenRequest
from workflows.facts import Evidence

PIKOBAR, AGAIN = "KALBAR-2022-6101-pikobar", "KALBAR-2022-6101-pikobar-2"
BEGAN = datetime(2021, 11, 29, 2, tzinfo=UTC)
LETTER = (Evidence("a" * 64, "surat.pdf", "application/pdf", 1200),)


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Runtime]:
    """The demo's drafts, of which one was withdrawn a while ago."""
    with opened(tmp_path / "log", clock=BEGAN) as runtime:
        bring(runtime, DEMO)
        known = commitment(runtime, PIKOBAR).id
        stream = commitment_stream(known)
        leave = OpenRequest("withdraw", reason="tanpa_anggaran", text="Refocusing", evidence=LETTER)
        coordinator, secretary = (appoint(runtime, f"61.01.{one}") for one in ("bag-organisasi", "sekda"))
        ask(runtime, leave, stream, by=coordinator)
        ask(runtime, ApproveRequest(f"{known}.r1"), stream, by=secretary)
        assert commitment(runtime, PIKOBAR).state == "withdrawn"
        runtime.store.advance_clock(to=runtime.now() + timedelta(hours=1))
        yield runtime


def folder(tmp_path: Path, reference: str, *, keeps: bool) -> Path:
    """The demo's folder with the withdrawn commitment once more under a reference, beside the first or in its place."""

    def change(path: Path) -> None:
        for name in ("commitments.csv", "action_plans.csv"):
            lines = (path / name).read_text(encoding="utf-8").splitlines()
            mine = [line for line in lines if line.startswith(f"{PIKOBAR},")]
            kept = [line for line in lines if keeps or line not in mine]
            again = [line.replace(PIKOBAR, reference, 1) for line in mine]
            (path / name).write_text("\n".join([*kept, *again]) + "\n", encoding="utf-8")

    return copy_of(tmp_path / "kalbar-2022", change=change)


def step(plan: Plan, reference: str) -> tuple[str, list[str]]:
    found = next(one for one in plan.drafts if one.name == reference)
    return found.what, [blocker.code for blocker in found.blockers]


def test_the_same_file_again_promises_nothing_anew(runtime: Runtime) -> None:
    plan = plan_of(runtime, DEMO)
    assert {one.what for one in plan.drafts} == {SAME}


def test_a_folder_promises_anew_under_a_reference_of_its_own(runtime: Runtime, tmp_path: Path) -> None:
    plan, _ = bring(runtime, folder(tmp_path, AGAIN, keeps=True))
    assert plan.problems == ()
    assert (step(plan, PIKOBAR), step(plan, AGAIN)) == ((SAME, []), (NEW, []))
    assert commitment(runtime, AGAIN).drafted.follows == commitment(runtime, PIKOBAR).id
    again = plan_of(runtime, tmp_path / "kalbar-2022")
    assert {one.what for one in again.drafts} == {SAME}


@pytest.mark.parametrize("reference", ["KALBAR-2022-6101-pikobar-3", "LAIN-7"])
def test_a_second_open_one_is_refused_however_it_is_called(runtime: Runtime, tmp_path: Path, reference: str) -> None:
    bring(runtime, folder(tmp_path / "one", AGAIN, keeps=False))
    plan = plan_of(runtime, folder(tmp_path / "two", reference, keeps=False))
    assert step(plan, reference) == (REFUSED, ["commitment_not_left"])


def test_a_file_begins_no_two_at_once(tmp_path: Path) -> None:
    with opened(tmp_path / "log") as runtime:
        plan, _ = bring(runtime, folder(tmp_path, AGAIN, keeps=True))
        assert (step(plan, PIKOBAR), step(plan, AGAIN)) == ((NEW, []), (REFUSED, ["commitment_not_left"]))


def workbook(path: Path, *references: str) -> Path:
    """The demo's workbook, where the withdrawn commitment's rows have references; the last for all further rows."""

    def change(sheet: Worksheet) -> None:
        place = sheet.max_column + 1
        sheet.cell(HEADER_ROW, place).value = "Nomor Komitmen"
        header, *rows = table_of(sheet)
        subject = header.index("Inovasi")
        mine = [number for number, row in enumerate(rows, HEADER_ROW + 1) if row[subject] == "PIKOBAR"]
        for at, number in enumerate(mine):
            sheet.cell(number, place).value = references[min(at, len(references) - 1)]

    return changed(path, change)


def test_a_workbook_names_the_reference_in_a_column(runtime: Runtime, tmp_path: Path) -> None:
    plan, _ = bring(runtime, workbook(tmp_path / "again.xlsx", AGAIN))
    assert (plan.problems, step(plan, AGAIN)) == ((), (NEW, []))
    assert commitment(runtime, AGAIN).drafted.follows == commitment(runtime, PIKOBAR).id
    assert len(commitment(runtime, AGAIN).items) == len(commitment(runtime, PIKOBAR).items)


@pytest.mark.parametrize(
    ("references", "code"), [(("LAIN-7",), "reference_unknown"), ((AGAIN, PIKOBAR), "reference_differs")]
)
def test_a_reference_of_another_form_or_two_in_one_block_are_named(
    runtime: Runtime, tmp_path: Path, references: tuple[str, ...], code: str
) -> None:
    plan = plan_of(runtime, workbook(tmp_path / "again.xlsx", *references))
    assert {(one.owner, one.code) for one in plan.problems} == {(PIKOBAR, code)}
    assert not {PIKOBAR, AGAIN} & {one.name for one in plan.drafts}
