"""docs/new-programme.md does what it says: its files are made, its commands run, and its persons act on the pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.app import create_app
from service.config import load
from service.drain import Drain
from service.opened import runtime_of
from tests.support.browsing import Visitor
from tests.support.guides import BLOCK, compare, run

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "new-programme.md").read_text()
SHEET = "/sheets/antar-obat-{year}:kota-a"


def of_this_year(page: str, year: int) -> str:
    """The page with today's year for 2026 and the next ones for those after it: its dates always lie ahead."""
    for written, meant in (("2028", year + 2), ("2027", year + 1), ("2026", year)):
        page = page.replace(written, f"<{meant}>")
    return re.sub(r"<(\d{4})>", r"\1", page)


def followed(page: str) -> str:
    """Make the page's files and run its commands; what the last block that says anything about persons printed."""
    shown = everything = ""
    for block in BLOCK.finditer(page):
        match block["kind"]:
            case "csv":
                head, _, content = block["text"].partition("\n")
                path = Path(head.removeprefix("file: "))
                path.parent.mkdir(exist_ok=True)
                path.write_text(content)
            case "sh":
                shown = "".join(run(line) for line in block["text"].splitlines() if line != "kawal verify")
                everything += shown
            case "text":
                compare(block["text"], shown)
            case kind:
                raise AssertionError(f"a block of {kind}")
    return everything


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAWAL_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


def test_the_guide_leads_from_nothing_to_the_first_signature(machine: Path) -> None:
    year = datetime.now(UTC).year
    said = followed(of_this_year(PAGE, year))
    links = re.findall(r"/login/link/\S+", said)
    assert len(links) == 4, said
    _, head, coordinator, secretary = links
    app = create_app(load({"KAWAL_DATA_DIR": str(machine / "data")}))
    hands = Drain(runtime_of(app))
    hands.run()

    one = _signed_in(Visitor(app.test_client()), head)
    one.open("/matrix")
    (commitment,) = re.findall(r'href="(/commitments/[^".]+)"', one.page)
    one.open(f"{commitment}/moves/sign")
    one.send(one.form(f"{commitment}/moves/sign"))
    assert one.status == 200, one.words

    hands.run()
    one = _signed_in(Visitor(app.test_client()), coordinator)
    one.open("/")
    one.send(one.form(f"{commitment}/verdicts", button="approve"), button=("verdict", "approve"))
    assert one.status == 200, one.words

    hands.run()
    one = _signed_in(Visitor(app.test_client()), secretary)
    sheet = SHEET.format(year=year + 1)
    one.open(sheet)
    one.send(one.form(f"{sheet}/signatures"), {"mode": "in_person", "place": "Kota Contoh A"})
    assert one.status == 200, one.words
    one.open(commitment)
    assert "Ditandatangani" in one.words
    hands.run()
    assert "agree" in run("kawal verify")


def _signed_in(one: Visitor, link: str) -> Visitor:
    one.open(link)
    one.send(one.form(link))
    assert one.status == 200, one.words
    return one
