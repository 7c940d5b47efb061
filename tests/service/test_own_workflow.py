"""docs/own-workflow.md does what it says: its commands are run, its edits made, and what it shows is what comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.guides import BLOCK, compare, run
from workflows.definition_yaml import parse
from workflows.drawing import svg

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "own-workflow.md").read_text()
FILE = "janji-desa.yaml"


def edit(text: str) -> None:
    """Make an edit that the page shows as a difference: the lines stand once in the file."""
    old = "".join(f"{line[1:]}\n" for line in text.splitlines() if line.startswith("-"))
    new = "".join(f"{line[1:]}\n" for line in text.splitlines() if line.startswith("+"))
    written = Path(FILE).read_text()
    assert written.count(old) == 1, old
    Path(FILE).write_text(written.replace(old, new))


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
