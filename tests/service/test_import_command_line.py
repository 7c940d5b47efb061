"""kawal import programme, as it is typed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli.root import kawal
from tests.support.importing import COORDINATOR, DEMO, copy_of, opened, replaced

MELAWI = "KALBAR-2022-6110-e-open"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with opened(tmp_path / "data"):
        return tmp_path / "data"


def run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        kawal, ["import", "programme", *arguments], env={"KAWAL_DATA_DIR": str(data)}, catch_exceptions=False
    )


def test_it_shows_a_dry_run_as_a_table_and_does_it_when_asked(data: Path) -> None:
    dry = run(data, str(DEMO), "--dry-run")
    assert dry.exit_code == 0
    assert re.search(r"commitment\s*│\s*69", dry.stdout)
    assert "280 would be written." in dry.stdout
    assert "280 written." in run(data, str(DEMO)).stdout
    again = run(data, str(DEMO), "--json")
    report = json.loads(again.stdout)
    assert (again.exit_code, report["went_in"], report["counts"]["commitment"]["same"]) == (0, [], 69)


def test_what_is_left_out_ends_with_3_and_names_the_cell(data: Path, tmp_path: Path) -> None:
    folder = copy_of(
        tmp_path / "kalbar-2022",
        change=lambda path: replaced(path / "commitments.csv", f"{MELAWI},61.10", f"{MELAWI},61.1"),
    )
    result = run(data, str(folder))
    assert result.exit_code == 3
    assert 'commitments.csv B46 (region): read "61.1", expected 61.10, if that was meant' in result.stdout
    assert "279 written; 1 left out." in result.stdout
    strict = run(data, str(folder), "--all-or-nothing", "--json")
    report = json.loads(strict.stdout)
    assert (strict.exit_code, report["went_in"], report["left_out"]) == (3, [], [MELAWI])


def test_a_folder_that_is_none_ends_with_2(data: Path, tmp_path: Path) -> None:
    result = run(data, str(tmp_path / "nowhere"), "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["refused"] == "folder_missing"


def test_another_office_may_be_named(data: Path) -> None:
    refused = run(data, str(DEMO), "--as", "61.inspektorat")
    assert refused.exit_code == 3
    assert "role_may_not" in refused.stdout
    assert "Provincial coordinator" in refused.stdout
    assert "province_coordinator" not in refused.stdout
    assert run(data, str(DEMO), "--as", COORDINATOR).exit_code == 0
