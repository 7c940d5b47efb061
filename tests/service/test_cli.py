import importlib
import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from service.cli import exits
from service.cli.output import json_option, print_json
from service.cli.registry import COMMANDS, Entry
from service.cli.root import kawal
from tests.support.processes import CHECKOUT, run_kawal


def all_commands(command: click.Command, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], click.Command]]:
    found = [(path, command)]
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            found += all_commands(child, (*path, name))
    return found


def load(entry: Entry) -> click.Command:
    command = getattr(importlib.import_module(entry.module), entry.attribute)
    assert isinstance(command, click.Command)
    return command


EVERY = [pair for entry in COMMANDS for pair in all_commands(load(entry), (entry.name,))]


@pytest.mark.parametrize("path", [path for path, _ in EVERY], ids=" ".join)
def test_every_command_explains_itself(path: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(kawal, [*path, "--help"])
    assert shown.exit_code == 0, shown.output
    assert shown.output.startswith("Usage: ")
    assert len(shown.output.splitlines()) > 4, "a usage line alone explains nothing"


@pytest.mark.parametrize(("path", "command"), EVERY, ids=[" ".join(path) for path, _ in EVERY])
def test_every_option_explains_itself(path: tuple[str, ...], command: click.Command) -> None:
    silent = [
        option.opts[-1]
        for option in command.params
        if isinstance(option, click.Option) and not option.hidden and not option.help
    ]
    assert silent == [], path


def test_the_help_lists_every_command_once() -> None:
    shown = CliRunner().invoke(kawal, ["--help"]).output
    names = [line.split()[0] for line in shown.split("Commands:")[1].splitlines() if line[2:3].strip()]
    assert names == [entry.name for entry in COMMANDS]
    assert len(set(names)) == len(names)


def test_an_unknown_command_is_a_usage_error(tmp_path: Path) -> None:
    done = run_kawal(["fly"], data_dir=tmp_path)
    assert done.returncode == exits.USAGE
    assert "No such command 'fly'" in done.stderr


@pytest.mark.parametrize("command", ["up", "web", "worker", "clock", "migrate"])
def test_a_setting_that_cannot_be_used_stops_a_command_before_it_does_anything(command: str, tmp_path: Path) -> None:
    done = run_kawal([command], data_dir=tmp_path / "data", env={"KAWAL_WORKERS": "many"})
    assert done.returncode == exits.USAGE
    assert done.stderr == "kawal: KAWAL_WORKERS='many': expected a whole number from 1 to 64\n"
    assert not (tmp_path / "data").exists()


def test_results_go_to_standard_output_as_one_json_document() -> None:
    @click.command()
    @json_option
    def count(as_json: bool) -> None:
        if as_json:
            print_json({"nama": "Mempawah", "count": 2})

    done = CliRunner().invoke(count, ["--json"])
    assert json.loads(done.stdout) == {"nama": "Mempawah", "count": 2}


def test_a_worker_starts_without_loading_the_web() -> None:
    program = (
        "import sys; from service.cli.root import kawal; kawal(['worker', '--help'], standalone_mode=False);"
        "print([name for name in ('flask', 'gunicorn') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
