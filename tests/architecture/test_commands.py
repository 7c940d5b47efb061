"""The commands in bin/, as README gives them, in an environment with nothing in it."""

import re
import signal
import subprocess
from pathlib import Path

import pytest

from service import process
from service.release import VERSION
from tests.support.processes import eventually, free_port

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()


def bare(tmp_path: Path, **more: str) -> dict[str, str]:
    return {"HOME": str(tmp_path), "PATH": "/usr/local/bin:/usr/bin:/bin", **more}


@pytest.mark.serial
def test_bin_run_serves_an_empty_log_and_stops_on_ctrl_c(tmp_path: Path) -> None:
    port = free_port()
    environment = bare(tmp_path, KAWAL_PORT=str(port), KAWAL_DATA_DIR=str(tmp_path / "data"))
    output = tmp_path / "output"
    with open(output, "wb") as log:
        running = subprocess.Popen(
            [str(ROOT / "bin" / "run"), "--empty"], env=environment, cwd="/", stdout=log, stderr=log
        )
    try:
        eventually(lambda: "kawal is ready" in output.read_text() or running.poll() is not None, 120, "readiness")
        assert "bin/kawal init makes the first administrator" in output.read_text()
        assert f"kawal is ready: http://127.0.0.1:{port}/" in output.read_text(), output.read_text()
        running.send_signal(signal.SIGINT)
        assert running.wait(30) == 0
    finally:
        if running.poll() is None:
            process.end(running.pid, within_s=20)
            running.wait()


def test_bin_kawal_works_from_any_directory(tmp_path: Path) -> None:
    done = subprocess.run(
        [str(ROOT / "bin" / "kawal"), "--version"],
        env=bare(tmp_path),
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, f"kawal, version {VERSION}\n"), done.stderr


def test_the_generated_pages_are_what_the_code_makes(tmp_path: Path) -> None:
    done = subprocess.run(
        [str(ROOT / "bin" / "kawal"), "docs", "--check"],
        env=bare(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_command_and_file_that_the_readme_names_exists() -> None:
    for name in set(re.findall(r"`?(bin/\w+)", README)):
        assert (ROOT / name).exists(), name
    for target in re.findall(r"\]\(([^):#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_readme_names_the_two_commands_before_anything_else() -> None:
    first_screen = "\n".join(README.splitlines()[:24])
    assert "bin/run" in first_screen
    assert "bin/test" in first_screen
    assert "docs/screenshots/inbox.png" in first_screen
    assert "What to click first" in first_screen
