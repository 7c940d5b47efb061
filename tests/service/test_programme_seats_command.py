"""`kawal programme seat`, as an operator or an office with a token runs it."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from service.cli.root import kawal
from tests.support.api_story import signed
from tests.support.api_world import ApiWorld, api_world
from tests.support.world import COORDINATOR, PARTY, PROGRAMME, PROVINCE, REGION

OTHER = "61.05"
INVITED = ("--letter", "000.8/1", "--on", "2021-11-01", "--answer-by", "2021-11-15")


def run(folder: Path, command: str, *arguments: str, by: str = COORDINATOR) -> Result:
    environment = {"KAWAL_DATA_DIR": str(folder), "DATABASE_URL": "", "REDIS_URL": ""}
    token = ("--token-file", str(folder / by)) if by else ()
    return CliRunner().invoke(kawal, ["programme", "seat", command, *arguments, *token], env=environment)


def ready(folder: Path) -> ApiWorld:
    world = api_world(folder)
    for one in (COORDINATOR, PROVINCE, REGION):
        (folder / one).write_text(world.tokens[one])
    return world


def standing(folder: Path, by: str = "") -> dict[str, tuple[str, bool]]:
    shown = json.loads(run(folder, "list", PROGRAMME, "--json", by=by).stdout)
    return {one["party"]["id"]: (one["standing"], one["late"]) for one in shown["seats"]}


def test_a_party_is_invited_declines_and_joins_late(tmp_path: Path) -> None:
    ready(tmp_path)
    tried = run(tmp_path, "invite", PROGRAMME, PARTY, OTHER, *INVITED, "--dry-run")
    assert (tried.exit_code, "2 would be recorded." in tried.output) == (0, True), tried.output
    assert set(standing(tmp_path).values()) == {("not_invited", False)}
    done = json.loads(run(tmp_path, "invite", PROGRAMME, PARTY, OTHER, *INVITED, "--json").stdout)
    assert (done["recorded"], done["dry_run"]) == ([PARTY, OTHER], False)
    assert "000.8/1" in done["sentences"][0]
    assert "Nothing new recorded." in run(tmp_path, "invite", PROGRAMME, PARTY, OTHER, *INVITED).output
    no = ("--on", "2021-11-10", "--reason", "Tanpa anggaran")
    assert "1 recorded." in run(tmp_path, "decline", PROGRAMME, OTHER, *no).output
    assert standing(tmp_path)[OTHER] == ("declined", False)
    assert "1 recorded." in run(tmp_path, "join", PROGRAMME, OTHER, "--on", "2021-11-22").output
    assert standing(tmp_path) == {PARTY: ("no_answer", False), OTHER: ("joined", True)}


def test_the_list_says_who_signed_and_shows_an_office_its_own_scope(tmp_path: Path) -> None:
    world = ready(tmp_path)
    signed(world)
    world.catch_up()
    shown = run(tmp_path, "list", PROGRAMME, by="")
    assert (shown.exit_code, "parties 2" in shown.output, "signed 1" in shown.output) == (0, True, True)
    assert "not invited" in shown.output
    assert list(standing(tmp_path, by=REGION)) == [PARTY]


def test_what_the_rules_refuse_is_said_with_its_code_and_nothing_is_recorded(tmp_path: Path) -> None:
    ready(tmp_path)
    for by in ("", PROVINCE):
        refused = run(tmp_path, "invite", PROGRAMME, PARTY, *INVITED, by=by)
        assert (refused.exit_code, "_" in refused.output.rpartition("[")[2]) == (1, True), refused.output
    assert "party_not_in_programme" in run(tmp_path, "join", PROGRAMME, "61.99", "--on", "2021-11-22").output
    no = ("--on", "2021-11-10", "--reason", "Tanpa anggaran", "--dry-run")
    assert "party_not_invited" in run(tmp_path, "decline", PROGRAMME, OTHER, *no).output
    assert "there is no programme x" in run(tmp_path, "list", "x").output
    assert set(standing(tmp_path).values()) == {("not_invited", False)}
