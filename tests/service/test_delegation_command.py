"""`kawal delegation`, as an operator runs it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from click.testing import CliRunner, Result

from service.cli.root import kawal
from tests.support.api_story import done
from tests.support.api_world import ApiWorld, api_world
from tests.support.world import DRAFT_DAY, HEAD, OTHER_HEAD, REGION


def run(folder: Path, *arguments: str) -> Result:
    environment = {"KAWAL_DATA_DIR": str(folder), "DATABASE_URL": "", "REDIS_URL": ""}
    return CliRunner().invoke(kawal, arguments, env=environment)


def given(world: ApiWorld) -> str:
    body = {
        "to": OTHER_HEAD,
        "capacity": "plh",
        "letter": "800/1",
        "starts_on": DRAFT_DAY.date().isoformat(),
        "ends_on": (DRAFT_DAY.date() + timedelta(days=9)).isoformat(),
    }
    return str(done(world.post(REGION, "/delegations", body))["delegation"]["id"])


def test_an_operator_lists_delegations_and_takes_one_back(tmp_path: Path) -> None:
    delegation = given(api_world(tmp_path))
    listed = json.loads(run(tmp_path, "delegation", "list", "--json").stdout)
    assert [(one["delegation"], one["standing"]) for one in listed] == [(delegation, "in_force")]
    assert json.loads(run(tmp_path, "delegation", "list", "--office", HEAD, "--json").stdout) == []
    assert "in_force" in run(tmp_path, "delegation", "list").stdout
    taken = run(tmp_path, "delegation", "revoke", delegation, "--reason", "surat dicabut")
    assert taken.exit_code == 0, taken.output
    again = run(tmp_path, "delegation", "revoke", delegation, "--reason", "surat dicabut")
    assert again.exit_code != 0
    assert "delegation_ended" in again.stderr
    assert "delegation_not_found" in run(tmp_path, "delegation", "revoke", "none", "--reason", "x").stderr
