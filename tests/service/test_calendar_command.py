"""`kawal calendar`: what refuses with calendar_ends has a way on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli.root import kawal


@pytest.fixture
def data(tmp_path: Path) -> Path:
    assert run(tmp_path, "migrate").exit_code == 0
    return tmp_path


def run(data: Path, *arguments: str) -> Result:
    environment = {"KAWAL_DATA_DIR": str(data), "DATABASE_URL": "", "REDIS_URL": ""}
    return CliRunner().invoke(kawal, arguments, env=environment)


def test_a_calendar_is_adopted_reaches_further_and_keeps_the_days_it_has(data: Path) -> None:
    dry = run(data, "calendar", "adopt", "id", "--from", "2021", "--to", "2022", "--dry-run")
    assert (dry.exit_code, dry.stdout.startswith("Would be adopted: id version 1")) == (0, True), dry.output
    assert json.loads(run(data, "calendar", "list", "--json").stdout) == []
    first = json.loads(run(data, "calendar", "adopt", "id", "--from", "2021", "--to", "2022", "--json").stdout)
    assert (first["version"], first["first_day"], first["last_day"]) == (1, "2021-01-01", "2022-12-31")
    further = json.loads(run(data, "calendar", "adopt", "id", "--from", "2022", "--to", "2023", "--json").stdout)
    assert (further["version"], further["first_day"], further["last_day"]) == (2, "2021-01-01", "2023-12-31")
    assert [day for day in further["days_off"] if day < "2023"] == first["days_off"]
    again = run(data, "calendar", "adopt", "id", "--from", "2021", "--to", "2023")
    assert again.stdout.startswith("Nothing new: id version 2")
    assert "2021-01-01 to 2023-12-31" in run(data, "calendar", "list").stdout


def test_an_end_before_its_beginning_is_a_usage_error(data: Path) -> None:
    result = run(data, "calendar", "adopt", "id", "--from", "2023", "--to", "2022")
    assert (result.exit_code, "--to 2022 is before --from 2023" in result.output) == (2, True)


def test_a_gap_between_what_is_known_and_what_is_asked_for_is_filled(data: Path) -> None:
    run(data, "calendar", "adopt", "id", "--from", "2021", "--to", "2021")
    found = json.loads(run(data, "calendar", "adopt", "id", "--from", "2023", "--to", "2023", "--json").stdout)
    assert any(day.startswith("2022") for day in found["days_off"])
