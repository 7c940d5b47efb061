"""`kawal programme`, as an operator runs it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from service import catalog
from service.cli.root import kawal
from tests.support.api_story import signed
from tests.support.api_world import api_world
from tests.support.world import COORDINATOR, HEAD, NEIGHBOUR, PARTY, PROVINCE
from workflows.commands import EstablishOffice

OTHER, AGENCY, LIKE = "61.05", "61.05.dinkes", "KALBAR-2022-6103-pikobar"


def run(folder: Path, *arguments: str, by: str = COORDINATOR) -> Result:
    environment = {"KAWAL_DATA_DIR": str(folder), "DATABASE_URL": "", "REDIS_URL": ""}
    token = ("--token-file", str(folder / by)) if by else ()
    return CliRunner().invoke(kawal, ["programme", "spread", LIKE, *arguments, *token], env=environment)


def ready(folder: Path) -> None:
    world = api_world(folder)
    for one in (COORDINATOR, PROVINCE, NEIGHBOUR):
        (folder / one).write_text(world.tokens[one])
    office = EstablishOffice(AGENCY, "Dinas Kesehatan", "agency_head", OTHER, "own", None, None)
    world.tell(catalog.OFFICES, office)
    signed(world)


def test_a_wave_is_rehearsed_carried_out_and_again_nothing_new(tmp_path: Path) -> None:
    ready(tmp_path)
    to = ("--to", f"{OTHER}={AGENCY}", "--start-on", "2022-02-01")
    rehearsed = run(tmp_path, *to, "--dry-run")
    assert (rehearsed.exit_code, "1 would be drafted." in rehearsed.output) == (0, True), rehearsed.output
    done = json.loads(run(tmp_path, *to, "--json").stdout)
    assert [(one["party"], one["what"], one["items"]) for one in done["drafts"]] == [(OTHER, "new", 3)]
    assert "0 drafted." in run(tmp_path, *to).output


def test_what_is_refused_is_named_and_the_rest_goes_in(tmp_path: Path) -> None:
    ready(tmp_path)
    partly = run(tmp_path, "--to", f"{PARTY}={HEAD}", "--to", f"{OTHER}={AGENCY}")
    assert partly.exit_code == 3
    assert "commitment_exists" in partly.output
    assert "1 drafted." in partly.output


def test_what_is_written_wrong_is_named(tmp_path: Path) -> None:
    ready(tmp_path)
    to = ("--to", f"{OTHER}={AGENCY}")
    assert "isn't PARTY=AGENCY" in run(tmp_path, "--to", OTHER).output
    assert "a party is named once" in run(tmp_path, *to, "--to", f"{OTHER}={OTHER}.sekda").output
    assert "there is no programme x" in run(tmp_path, *to, "--into", "x").output
    assert "a year from 1945 to 2199" in run(tmp_path, *to, "--start-on", "9999-12-01").output
    assert run(tmp_path, *to, by=PROVINCE).exit_code == 3


def test_only_what_the_acting_office_sees_is_spread(tmp_path: Path) -> None:
    ready(tmp_path)
    to = ("--to", f"{OTHER}={AGENCY}")
    assert "sees no commitment" in run(tmp_path, *to, by=NEIGHBOUR).output
    assert "sees no commitment" in run(tmp_path, *to, by="").output
