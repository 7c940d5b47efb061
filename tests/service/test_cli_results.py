"""How commands answer: whole ids, one JSON document, errors that begin alike, and a word where data is made up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from service.cli.output import print_json
from service.cli.registry import COMMANDS
from service.cli.root import kawal
from tests.support.importing import DEMO, PROGRAMME, WORKBOOK
from tests.support.played import NOBODY_LISTENS, copied
from tests.support.processes import run_kawal

RUN_ON = {"up", "web", "worker", "clock", "valkey"}
LONG = "61.01.dinas-komunikasi-informatika-statistik-dan-persandian.bidang-pengelolaan-informasi-publik.pic"


def leaves(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield " ".join(path), command
        return
    for name in command.list_commands(click.Context(command)):
        found = command.get_command(click.Context(command), name)
        assert found is not None
        yield from leaves(found, (*path, name))


def kawal_in(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(kawal, words, env={"KAWAL_DATA_DIR": str(folder), "REDIS_URL": NOBODY_LISTENS})


@pytest.fixture
def made(tmp_path: Path) -> Path:
    assert kawal_in(tmp_path, "migrate").exit_code == 0
    province = ("61", "--name", "Provinsi", "--kind", "provinsi", "--zone", "Asia/Pontianak", "--calendar", "id")
    assert kawal_in(tmp_path, "office", "add-organisation", *province).exit_code == 0
    return tmp_path


def test_every_command_that_ends_can_answer_in_json() -> None:
    without = {path for path, one in leaves(kawal) if not any(option.name == "as_json" for option in one.params)}
    assert without == RUN_ON | {"docs"}
    assert {entry.name for entry in COMMANDS} >= without


def test_moments_in_json_are_written_by_rfc_3339(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"at": datetime(2022, 10, 17, 1, 0, tzinfo=UTC)})
    assert json.loads(capsys.readouterr().out) == {"at": "2022-10-17T01:00:00+00:00"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["dance"], 2),
        (["verify", "--fast"], 2),
        (["replay"], 2),
        (["demo", "advance", "5x"], 2),
        (["definition", "show", "none-such"], 2),
        (["person", "password", "nobody@kawal.example", "--stdin"], 1),
        (["office", "end", "61.sekda", "nobody@kawal.example", "--on", "2022-01-01", "--letter", "1"], 1),
        (["alive", "worker"], 1),
    ],
)
def test_every_line_of_an_error_begins_alike(tmp_path: Path, words: list[str], code: int) -> None:
    done = kawal_in(tmp_path, *words)
    assert done.exit_code == code
    assert done.stderr
    assert all(line.startswith("kawal: ") for line in done.stderr.splitlines()), done.stderr


def test_no_id_is_cut_where_a_table_goes_into_a_pipe(made: Path) -> None:
    office = ("office", "add", LONG, "--name", "Pejabat", "--role", "agency_pic", "--organisation", "61")
    assert kawal_in(made, *office).exit_code == 0
    done = run_kawal(["office", "list"], data_dir=made, env={"COLUMNS": "60"})
    assert done.returncode == 0, done.stderr
    assert LONG in done.stdout
    assert "…" not in done.stdout


def test_what_an_operator_did_is_told_to_programs_too(made: Path) -> None:
    office = ("office", "add", "61.bag", "--name", "Bagian", "--role", "auditor", "--organisation", "61")
    told = [json.loads(kawal_in(made, *office, "--scope", "granted", "--json").stdout) for _ in range(2)]
    assert told == [{"office": "61.bag", "new": True}, {"office": "61.bag", "new": False}]
    assert kawal_in(made, "person", "add", "a@kawal.example", "--name", "Auditor").exit_code == 0
    appoint = ("office", "appoint", "61.bag", "a@kawal.example", "--letter", "1", "--from", "2022-01-01", "--json")
    appointment = json.loads(kawal_in(made, *appoint).stdout)["appointment"]
    token = json.loads(kawal_in(made, "token", "issue", "a@kawal.example", "--name", "t", "--json").stdout)
    assert datetime.fromisoformat(token["expires_at"]).utcoffset() is not None
    assert "T" in token["expires_at"]
    assert json.loads(kawal_in(made, "token", "revoke", token["id"], "--json").stdout)["new"]
    grant = ("office", "grant", "61.bag", "--organisation", "61", "--letter", "2", "--from", "2022-01-01", "--json")
    assert json.loads(kawal_in(made, *grant).stdout)["new"]
    end = ("office", "end", "61.bag", "a@kawal.example", "--on", "2030-01-01", "--letter", "3", "--json")
    ended = json.loads(kawal_in(made, *end).stdout)
    assert ended == {"appointment": appointment, "ended_on": "2030-01-01", "new": True}
    assert json.loads(kawal_in(made, "rebuild", "--json").stdout)["events"] == 5
    assert json.loads(kawal_in(made, "check-clock", "--json").stdout) == {"doubt": None}


def test_made_up_data_is_called_so_and_the_demos_state_is_told_in_one_language(played: Path, tmp_path: Path) -> None:
    folder = copied(played, tmp_path)
    for words in (["demo", "status"], ["verify"], ["notices"], ["import", "programme", str(DEMO), "--dry-run"]):
        done = kawal_in(folder, *words)
        assert "(data contoh)" in done.stdout, (words, done.output)
    status = kawal_in(folder, "demo", "status").stdout
    assert status.startswith("Jam demo: ")
    assert "steps" not in status
    assert "story" not in status


def test_an_import_for_an_office_that_is_none_is_refused_though_nothing_is_new(tmp_path: Path) -> None:
    assert kawal_in(tmp_path, "migrate").exit_code == 0
    assert kawal_in(tmp_path, "import", "programme", str(DEMO)).exit_code == 0
    known = ("import", "workbook", str(WORKBOOK), "--programme", PROGRAMME)
    for words in ((*known,), ("import", "programme", str(DEMO))):
        refused = kawal_in(tmp_path, *words, "--as", "nobody")
        assert refused.exit_code == 2, refused.output
        assert "there is no office nobody" in refused.stderr


def test_a_refusal_that_has_no_place_shows_none(made: Path) -> None:
    refused = kawal_in(made, "import", "programme", str(DEMO), "--as", "61.inspektorat")
    assert refused.exit_code == 3
    left_out = refused.stdout.partition("Left out")[2].splitlines()
    assert left_out
    assert [line for line in left_out if line.lstrip().startswith(":")] == []
