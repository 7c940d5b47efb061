"""The import contracts: that they hold, and that they are the ones that were agreed."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINTER = "from importlinter.cli import lint_imports_command as lint; lint()"


def contracts() -> list[dict[str, object]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", LINTER], cwd=root, capture_output=True, text=True, check=False)


def test_the_contracts_hold() -> None:
    checked = lint(ROOT)
    assert checked.returncode == 0, checked.stdout[-4000:]
    assert " 0 broken" in checked.stdout


def test_each_room_has_a_complete_list_of_floors() -> None:
    floors = {str(each["containers"]): each for each in contracts() if "containers" in each}
    assert set(floors) == {"['service']", "['workflows']", "['events']"}
    assert all(each["exhaustive"] is True for each in floors.values())


def test_only_the_write_path_may_append() -> None:
    (protected,) = (each for each in contracts() if each["type"] == "protected")
    assert "events.append" in protected["protected_modules"]
    assert set(protected["allowed_importers"]) == {"service.dispatch", "events.append"}


@pytest.mark.parametrize(
    ("path", "line", "contract"),
    [
        ("workflows/errors.py", "import service.config", "The world may import the domain and the log"),
        ("events/errors.py", "import workflows.errors", "The world may import the domain and the log"),
        ("service/config.py", "import service.queue", "Floors of service"),
        ("service/queue.py", "import events.append", "Only dispatch writes to the log"),
        ("service/unplaced.py", "", "Floors of service"),
    ],
)
def test_a_step_across_a_line_is_caught(tmp_path: Path, path: str, line: str, contract: str) -> None:
    for room in ("events", "workflows", "service"):
        for source in (ROOT / room).rglob("*.py"):
            copy = tmp_path / source.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(source.read_bytes())
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    target = tmp_path / path
    target.write_text((target.read_text() if target.exists() else "") + f"\n{line}\n")
    checked = lint(tmp_path)
    assert checked.returncode != 0
    broken = [text for text in checked.stdout.splitlines() if text.startswith(contract) and text.endswith("BROKEN")]
    assert broken, checked.stdout[-3000:]


def test_every_folder_of_the_rooms_is_a_package_that_the_contracts_see() -> None:
    folders = {path.parent for room in ("events", "workflows", "service") for path in (ROOT / room).rglob("*.py")}
    unseen = [str(path.relative_to(ROOT)) for path in folders if not (path / "__init__.py").exists()]
    assert [path for path in unseen if path != "service/migrations/versions"] == []
