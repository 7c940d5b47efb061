import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from service import process
from tests.support.processes import CHECKOUT, eventually

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(CHECKOUT)}


def test_a_process_that_ignores_the_polite_signal_is_killed() -> None:
    stubborn = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import signal, time; signal.signal(15, signal.SIG_IGN); print(flush=True); time.sleep(60)",
        ],
        stdout=subprocess.PIPE,
    )
    assert stubborn.stdout is not None
    stubborn.stdout.readline()
    reaper = threading.Thread(target=stubborn.wait)
    reaper.start()
    assert process.end(stubborn.pid, within_s=0.2)
    reaper.join()
    assert stubborn.returncode == -signal.SIGKILL


def test_a_zombie_does_not_count_as_running() -> None:
    child = subprocess.Popen(["true"])
    eventually(lambda: not process.is_running(child.pid), 5, "a zombie")
    child.wait()


def test_a_lock_file_is_held_until_its_holder_ends(tmp_path: Path) -> None:
    path = tmp_path / "name.lock"
    program = (
        "import sys, time; from pathlib import Path; from service.process import LockFile;"
        "lock = LockFile(Path(sys.argv[1])); print(lock.take(), flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", program, str(path)], env=ENVIRONMENT, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "True\n"
    lock = process.LockFile(path)
    assert not lock.take()
    assert lock.holder() == holder.pid
    holder.kill()
    holder.wait()
    assert lock.holder() is None
    assert lock.take()
    lock.release()


@pytest.mark.parametrize("way", ["die_with_parent", "watch_parent"])
def test_a_child_ends_when_its_parent_is_killed(way: str, tmp_path: Path) -> None:
    child = tmp_path / "child.py"
    child.write_text(
        "import os, sys, threading, time\nfrom service import process\n"
        f"threading.Thread(target=process.{way}, args=(int(sys.argv[1]),), daemon=True).start() "
        f"if {way == 'watch_parent'} else process.{way}(int(sys.argv[1]))\n"
        "print(os.getpid(), flush=True)\ntime.sleep(60)\n"
    )
    parent_code = "import os, subprocess, sys; subprocess.Popen([sys.executable, sys.argv[1], str(os.getpid())]).wait()"
    parent = subprocess.Popen(
        [sys.executable, "-c", parent_code, str(child)], env=ENVIRONMENT, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    assert process.is_running(pid)
    parent.kill()
    parent.wait()
    assert process.wait_gone(pid, within_s=5)


def test_a_child_whose_parent_is_gone_already_ends_at_once() -> None:
    program = "from service import process; process.die_with_parent(1 << 22); import time; time.sleep(60)"
    done = subprocess.run([sys.executable, "-c", program], env=ENVIRONMENT, timeout=20, check=False)
    assert done.returncode == -signal.SIGTERM
