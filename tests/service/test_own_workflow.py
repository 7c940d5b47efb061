"""docs/own-workflow.md does what it says: its commands are run, its edits made, and what it shows is what comes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli.root import kawal
from workflows.definition_yaml import parse
from workflows.drawing import svg

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "own-workflow.md").read_text()
BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
FILE = "janji-desa.yaml"


def run(line: str) -> str:
    """What a command line of the page prints on either stream, and whether it could be carried out at all."""
    done = CliRunner().invoke(kawal, shlex.split(line)[1:])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done.output


def edit(text: str) -> None:
    """Make an edit that the page shows as a difference: the lines stand once in the file."""
    old = "".join(f"{line[1:]}\n" for line in text.splitlines() if line.startswith("-"))
    new = "".join(f"{line[1:]}\n" for line in text.splitlines() if line.startswith("+"))
    written = Path(FILE).read_text()
    assert written.count(old) == 1, old
    Path(FILE).write_text(written.replace(old, new))


def compare(said: str, shown: str) -> None:
    """Each line that the page says comes, in this order; "..." stands for anything inside a line."""
    lines = iter(shown.splitlines())
    for line in said.splitlines():
        pattern = re.compile(".*".join(re.escape(part) for part in line.split("...")))
        assert any(pattern.fullmatch(one) for one in lines), f"{line!r} isn't in:\n{shown}"


def test_the_guide_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown, compared = "", 0
    for block in BLOCK.finditer(PAGE):
        match block["kind"]:
            case "sh":
                shown = "".join(run(line) for line in block["text"].splitlines())
            case "text":
                compare(block["text"], shown)
                compared += 1
            case "diff":
                edit(block["text"])
            case "yaml":
                Path(FILE).write_text(f"{Path(FILE).read_text()}\n{block['text']}")
            case kind:
                raise AssertionError(f"a block of {kind}")
    assert compared == 4
    assert "stateDiagram" in shown
    assert Path("janji-desa.svg").read_text() == svg(parse(Path(FILE).read_text()), "id")
