"""Two ways into the log, one content: commitments from the folder's tables, or from the offices' workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.importing import DEMO, PROGRAMME, WORKBOOK, copy_of, opened, told
from tests.support.processes import run_kawal

DRAFTED = ["commitment-drafted", "plan-drafted"]


def without_commitments(folder: Path) -> None:
    for name in ("commitments.csv", "action_plans.csv"):
        (folder / name).unlink()


def imported(data: Path, *commands: list[str]) -> None:
    for command in (["migrate"], *commands):
        done = run_kawal(command, data_dir=data, timeout_s=120)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.serial
def test_folder_and_workbook_give_every_commitment_the_same_events_in_the_same_order(tmp_path: Path) -> None:
    bare = copy_of(tmp_path / PROGRAMME, change=without_commitments)
    imported(tmp_path / "one", ["import", "programme", str(DEMO)])
    imported(
        tmp_path / "other",
        ["import", "programme", str(bare), "--fiscal-year", "2022"],
        ["import", "workbook", str(WORKBOOK), "--programme", PROGRAMME],
    )
    with opened(tmp_path / "one") as one, opened(tmp_path / "other") as other:
        from_folder, from_workbook = told(one), told(other)
    assert len(from_folder) == 69
    assert from_folder == from_workbook
    assert all([kind for kind, _ in events] == DRAFTED for events in from_folder.values())
    for (kind, drafted), _ in from_workbook.values():
        assert kind == "commitment-drafted"
        # The workbook names no person in charge: it is the agency's office for the subject.
        assert drafted["pic"] == f"{drafted['agency']}.pic-{drafted['subject']}"
