"""The tree's own rules: small files, run bits, no word of any one machine."""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("events", "workflows", "service", "tests", "bin", "bench")
SKIPPED = {"var", "__pycache__", "node_modules", "vendor"}
MOST_LINES = 400
MOST_FUNCTION_LINES = 40
MACHINE_PATHS = ("/" + "work/", "/" + "root/", "/" + "home/")
REGISTRIES = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com")
TEXT = {
    ".py",
    ".sh",
    ".md",
    ".toml",
    ".yml",
    ".yaml",
    ".html",
    ".css",
    ".js",
    ".json",
    ".in",
    ".lock",
    ".mako",
    ".txt",
    "",
}


def files() -> Iterator[Path]:
    for directory, names, found in os.walk(ROOT):
        names[:] = [name for name in names if name not in SKIPPED and (name == ".ci" or not name.startswith("."))]
        yield from (Path(directory) / name for name in found)


def text_files() -> list[Path]:
    return [path for path in files() if path.suffix in TEXT and path.name not in (".coverage", ".venv.lock")]


def python_files(*rooms: str) -> list[Path]:
    return [path for path in files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in rooms]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_source_file_is_longer_than_its_limit() -> None:
    """Migrations are generated; everything else is written by people, for people."""
    long = {
        named(path): count
        for path in python_files(*ROOMS)
        if "versions" not in path.parts and (count := len(path.read_text().splitlines())) > MOST_LINES
    }
    assert long == {}


def test_no_function_is_longer_than_its_limit() -> None:
    long = {
        f"{named(path)}:{node.name}": count
        for path in python_files(*ROOMS)
        if "versions" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (count := (node.end_lineno or node.lineno) - node.lineno + 1) > MOST_FUNCTION_LINES
    }
    assert long == {}


def test_the_rooms_hold_source() -> None:
    for room in ("events", "workflows", "service"):
        assert len(python_files(room)) > 3, room


def test_no_file_names_a_place_on_one_machine() -> None:
    found = [
        (named(path), place)
        for path in text_files()
        for place in MACHINE_PATHS
        if place in path.read_text(errors="replace")
    ]
    assert found == []


def test_no_file_names_a_package_registry() -> None:
    found = [
        (named(path), host) for path in text_files() for host in REGISTRIES if host in path.read_text(errors="replace")
    ]
    assert found == []


@pytest.mark.parametrize("name", ["bin/run", "bin/test", "bin/check", "bin/kawal", ".ci/run"])
def test_commands_can_be_run(name: str) -> None:
    path = ROOT / name
    assert os.access(path, os.X_OK)
    assert path.read_text().startswith("#!")


def test_tests_hold_no_packages_that_would_shadow_the_rooms() -> None:
    assert [named(path) for path in (ROOT / "tests").rglob("__init__.py")] == []


def test_no_module_catches_everything_silently() -> None:
    bare = [
        f"{named(path)}:{node.lineno}"
        for path in python_files("events", "workflows", "service")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]
    assert bare == []


def test_only_the_settings_read_the_environment() -> None:
    """`os.environ` is handed to config.load by those who start a process, and read by nobody else."""
    reads = [
        f"{named(path)}:{number}"
        for path in python_files("events", "workflows", "service")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"os\.(environ|getenv)", line) and "load(os.environ)" not in line and "#:" not in line
    ]
    documented = "service/config.py"
    assert [read for read in reads if not read.startswith(documented)] == []


def test_no_test_is_skipped() -> None:
    skips = re.compile(r"pytest\.(skip|importorskip|xfail)\b|mark\.(skip|skipif|xfail)\b")
    found = [named(path) for path in python_files("tests") if path != Path(__file__) and skips.search(path.read_text())]
    assert found == []
