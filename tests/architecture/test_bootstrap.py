"""Setting up: in a copy of bin/ beside locks that ask for nothing, so that no registry is needed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMAND = '#!/bin/sh\nset -eu\n. "$(dirname -- "$0")/lib.sh"\nset_up run\nexec "$venv_python" -c \'print("ready")\'\n'
EMPTY_LOCK = "# nothing\n"


def new_checkout(parent: Path) -> Path:
    root = parent / "check out"
    shutil.copytree(ROOT / "bin", root / "bin", ignore=shutil.ignore_patterns("__pycache__"))
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (root / lock).write_text(EMPTY_LOCK)
    (root / "bin" / "ready").write_text(COMMAND)
    (root / "bin" / "ready").chmod(0o755)
    return root


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose bin/ready sets up and prints; its path has a space in it."""
    return new_checkout(tmp_path)


@pytest.fixture(scope="module")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[int, str, str]]:
    root = new_checkout(tmp_path_factory.mktemp("first"))
    return root, run(root)


@pytest.fixture
def ready(first_start: tuple[Path, tuple[int, str, str]], tmp_path: Path) -> Path:
    """A checkout that was set up before."""
    shutil.copytree(first_start[0], tmp_path / "set up", symlinks=True)
    return tmp_path / "set up"


def start(checkout: Path, **environment: str) -> subprocess.Popen[str]:
    bare = {"HOME": str(checkout), "PATH": f"{Path(sys.base_prefix) / 'bin'}:/usr/local/bin:/usr/bin:/bin"}
    return subprocess.Popen(
        [str(checkout / "bin" / "ready")],
        env={**bare, **environment},
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(checkout: Path, **environment: str) -> tuple[int, str, str]:
    child = start(checkout, **environment)
    out, err = child.communicate(timeout=120)
    return child.returncode, out, err


def test_a_first_start_sets_up(first_start: tuple[Path, tuple[int, str, str]]) -> None:
    code, out, err = first_start[1]
    assert (code, out) == (0, "ready\n"), err
    assert "making .venv" in err


def test_a_warm_start_does_not_touch_pip(ready: Path) -> None:
    shutil.rmtree(next((ready / ".venv" / "lib").glob("python3*")) / "site-packages" / "pip")
    assert run(ready) == (0, "ready\n", "")


def test_a_changed_lock_is_installed_again(ready: Path) -> None:
    (ready / "requirements.lock").write_text("# nothing, said otherwise\n")
    code, _, err = run(ready)
    assert code == 0
    assert "installing the packages that requirements.lock pins" in err
    assert "making .venv" not in err


def test_an_interrupted_set_up_is_finished_by_the_next_start(ready: Path) -> None:
    (ready / ".venv" / ".kawal-run").unlink()
    (ready / ".venv" / "bin" / "python").unlink()
    code, out, err = run(ready)
    assert (code, out) == (0, "ready\n")
    assert "making .venv" in err


def test_a_lock_that_cannot_be_installed_fails_and_leaves_no_stamp(ready: Path) -> None:
    (ready / "requirements.lock").write_text("kawal-has-no-such-package==1.0\n")
    code, out, err = run(ready, PIP_NO_INDEX="1")
    assert (code, out) == (1, "")
    assert "pip could not install requirements.lock" in err
    assert not (ready / ".venv" / ".kawal-run").exists()
    (ready / "requirements.lock").write_text(EMPTY_LOCK)
    assert run(ready)[:2] == (0, "ready\n")


def test_two_first_starts_at_once_take_turns(checkout: Path) -> None:
    children = [start(checkout), start(checkout)]
    answers = [child.communicate(timeout=120) for child in children]
    assert [child.returncode for child in children] == [0, 0], answers
    assert [out for out, _ in answers] == ["ready\n", "ready\n"]
    assert sum("making .venv" in err for _, err in answers) == 1


def test_without_a_python_it_says_what_is_missing(checkout: Path, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("sh", "dirname"):
        found = shutil.which(tool)
        assert found
        (tools / tool).symlink_to(found)
    code, _, err = run(checkout, PATH=str(tools))
    assert code == 1
    assert "needs Python 3.11 or newer" in err


def test_a_python_without_ensurepip_names_the_package_to_install(checkout: Path) -> None:
    program = "import sys; sys.modules['ensurepip'] = None; sys.argv[1:] = ['run']; import runpy; " + (
        f"runpy.run_path({str(checkout / 'bin' / 'bootstrap.py')!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=os.environ, check=False)
    assert done.returncode == 1
    assert f"python3.{sys.version_info.minor}-venv" in done.stderr
