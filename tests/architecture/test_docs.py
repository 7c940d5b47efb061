"""What the pages say is so: commands, options, links, files, tests and settings that they name exist."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bench.fill import BENCHES, filled
from service.cli.root import kawal
from service.config import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
PAGES += [*sorted((ROOT / "docs").glob("*.md")), *ADRS]
FENCED = re.compile(r"^```(?P<kind>\w*)\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
COMMAND = re.compile(r"(?<!\S)(?:bin/)?kawal(?: +(?:-[-\w]+|\w[-\w]*).*)")
LINK = re.compile(r"(?<!!)\[[^]]*\]\(([^)\s]+)\)")
SOURCE = re.compile(r"(?:events|workflows|service|tests|bench|bin|deploy)/[\w./-]*\w")
TEST = re.compile(r"(tests/[\w/]+\.py)::(\w+)")
PARTS = ("**Context.**", "**Choice.**", "**Rejected.**", "**Consequences.**")
MOST_LINES_OF_AN_ADR = 45


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def prose(page: Path) -> str:
    return FENCED.sub("", page.read_text())


def commands(page: Path) -> Iterator[str]:
    """Every command line of kawal that a page shows, in its blocks of shell and in its sentences."""
    for block in FENCED.finditer(page.read_text()):
        if block["kind"] == "sh":
            for line in block["text"].splitlines():
                yield from (found[0] for part in re.split(r"&&|\|", line) if (found := COMMAND.search(part)))
    yield from (code for code in CODE.findall(prose(page)) if COMMAND.fullmatch(code))


def check(line: str) -> None:
    """Walk the command line's groups, then let the command's own parser read the rest."""
    words = shlex.split(line, comments=True)[1:]
    command: click.Command = kawal
    context = click.Context(kawal, info_name="kawal")
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        assert found is not None, f"no command {words[0]}"
        command, words = found, words[1:]
        context = click.Context(command, info_name=command.name, parent=context)
    _, left, _ = command.make_parser(context).parse_args(list(words))
    assert not left or isinstance(command, click.Group), f"too many arguments: {left}"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_command_line_exists_with_its_options(page: Path) -> None:
    wrong = {}
    for line in commands(page):
        try:
            check(line)
        except (AssertionError, click.UsageError) as error:
            wrong[line] = str(error)
    assert wrong == {}


@pytest.mark.parametrize("line", ["kawal dance", "kawal replay X --tru-on 2021-12-08", "kawal verify everything"])
def test_a_command_line_that_does_not_exist_is_caught(line: str) -> None:
    with pytest.raises((AssertionError, click.UsageError)):
        check(line)


def test_the_pages_show_commands_at_all() -> None:
    assert len(list(commands(ROOT / "docs" / "auditing.md"))) > 8
    assert len(list(commands(ROOT / "docs" / "operating.md"))) > 12


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_inside_the_tree_leads_somewhere(page: Path) -> None:
    dead = []
    for target in LINK.findall(prose(page)):
        path, _, anchor = target.partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            dead.append(target)
    assert dead == []


def anchors(page: Path) -> set[str]:
    """The anchors that a forge makes of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    codes = [code.partition("::")[0].split()[0] for code in CODE.findall(prose(page)) if code.split()]
    missing = {code for code in codes if SOURCE.fullmatch(code.rstrip("/")) and not (ROOT / code).exists()}
    assert missing == set()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_test_that_a_page_points_to_exists(page: Path) -> None:
    missing = [f"{file}::{name}" for file, name in TEST.findall(page.read_text()) if name not in functions_of(file)]
    assert missing == []


def functions_of(file: str) -> set[str]:
    path = ROOT / file
    if not path.exists():
        return set()
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_setting_that_a_page_names_is_read(page: Path) -> None:
    named_here = set(re.findall(r"\bKAWAL_[A-Z_]*[A-Z]\b", page.read_text()))
    ours = {name for name in named_here if not name.startswith("KAWAL_TEST_")}
    assert ours - set(SETTINGS) == set()


def test_the_decisions_are_numbered_without_a_gap() -> None:
    assert [path.name[:4] for path in ADRS] == [f"{number:04d}" for number in range(1, len(ADRS) + 1)]


@pytest.mark.parametrize("path", ADRS, ids=named)
def test_a_decision_is_one_page_with_its_four_parts(path: Path) -> None:
    text = path.read_text()
    assert re.match(rf"# {path.name[:4]} \S", text)
    assert [text.count(part) for part in PARTS] == [1, 1, 1, 1]
    assert sorted(PARTS, key=text.index) == list(PARTS)
    assert len(text.splitlines()) <= MOST_LINES_OF_AN_ADR


def test_every_bench_has_its_place_on_the_page_and_every_place_its_bench() -> None:
    page = (ROOT / "docs" / "benchmarks.md").read_text()
    for mark, (name, *_) in BENCHES.items():
        assert (ROOT / "bench" / f"{name}.py").exists(), name
        assert "said | anew" in filled(page, mark, said="| said | anew |\n|---|")
    assert set(re.findall(r"<!-- bench: (.+) -->", page)) == set(BENCHES)
    shown = re.findall(r"python -m bench\.(\w+)", "".join(one.read_text() for one in PAGES))
    assert all((ROOT / "bench" / f"{name}.py").exists() for name in shown)
