import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import redis

from service import process
from service.embedded import SOCKET_PATH_MAX_BYTES, EmbeddedValkey, socket_path, url
from tests.support.processes import CHECKOUT
from tests.support.valkey import running_valkey


def client(data_dir: Path) -> redis.Redis:
    return redis.Redis.from_url(url(data_dir), socket_timeout=5)


def orphan(data_dir: Path) -> int:
    """The pid of a server whose starter was killed."""
    program = (
        "import sys, os, signal; from pathlib import Path; from service.embedded import EmbeddedValkey;"
        "print(EmbeddedValkey(Path(sys.argv[1])).start().pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run(
        [sys.executable, "-c", program, str(data_dir)], env=environment, stdout=subprocess.PIPE, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL
    return int(done.stdout)


def test_it_starts_a_server_that_only_its_owner_can_reach(tmp_path: Path) -> None:
    with running_valkey(tmp_path) as server:
        assert server.is_running()
        connection = client(tmp_path)
        assert connection.config_get("port") == {"port": "0"}
        assert connection.config_get("save") == {"save": ""}
        assert connection.config_get("appendonly") == {"appendonly": "yes"}
        assert socket_path(tmp_path).stat().st_mode & 0o777 == 0o700
    assert not server.is_running()
    assert not socket_path(tmp_path).exists()


def test_what_was_queued_survives_a_restart(tmp_path: Path) -> None:
    with running_valkey(tmp_path):
        client(tmp_path).rpush("list", "a", "b")
    with running_valkey(tmp_path):
        assert client(tmp_path).lrange("list", 0, -1) == [b"a", b"b"]


def test_a_living_orphan_is_adopted_and_can_be_stopped(tmp_path: Path) -> None:
    pid = orphan(tmp_path)
    client(tmp_path).set("kept", "yes")
    server = EmbeddedValkey(tmp_path)
    started = server.start()
    assert (started.pid, started.adopted) == (pid, True)
    assert client(tmp_path).get("kept") == b"yes"
    server.stop()
    assert not process.is_running(pid)


def test_a_dead_server_is_replaced(tmp_path: Path) -> None:
    pid = orphan(tmp_path)
    os.kill(pid, signal.SIGKILL)
    assert process.wait_gone(pid, within_s=5)
    server = EmbeddedValkey(tmp_path)
    started = server.start()
    assert not started.adopted
    assert started.pid != pid
    server.stop()


def test_a_server_that_hangs_is_ended_and_replaced(tmp_path: Path) -> None:
    pid = orphan(tmp_path)
    os.kill(pid, signal.SIGSTOP)
    server = EmbeddedValkey(tmp_path)
    started = server.start()
    assert not started.adopted
    assert not process.is_running(pid)
    server.stop()


def test_the_server_of_a_moved_directory_is_replaced(tmp_path: Path) -> None:
    pid = orphan(tmp_path / "before")
    client(tmp_path / "before").set("kept", "yes")
    (tmp_path / "before").rename(tmp_path / "after")
    server = EmbeddedValkey(tmp_path / "after")
    started = server.start()
    assert not started.adopted
    assert not process.is_running(pid)
    assert client(tmp_path / "after").get("kept") == b"yes"
    server.stop()


def test_a_stranger_with_the_remembered_pid_is_left_alone(tmp_path: Path) -> None:
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        (tmp_path / "valkey").mkdir()
        (tmp_path / "valkey" / "valkey.pid").write_text(f"{stranger.pid}\n")
        with running_valkey(tmp_path):
            assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_long_data_path_gets_a_short_private_socket_that_everybody_finds(tmp_path: Path) -> None:
    data_dir = tmp_path / ("panjang" * 12) / "data dir"
    with running_valkey(data_dir):
        path = socket_path(data_dir)
        assert len(os.fsencode(path)) <= SOCKET_PATH_MAX_BYTES
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert client(data_dir).ping()
    with running_valkey(data_dir):
        assert socket_path(data_dir) == path
    path.parent.rmdir()
    with running_valkey(data_dir):
        assert socket_path(data_dir) != path
        socket_path(data_dir).parent.chmod(0o755)
        assert socket_path(data_dir).parent.stat().st_mode & 0o077 == 0, "a directory that others can enter is not used"


def test_a_damaged_append_only_file_is_set_aside_and_kept(tmp_path: Path) -> None:
    with running_valkey(tmp_path):
        client(tmp_path).set("k", "v" * 1000)
    (part,) = (tmp_path / "valkey" / "appendonlydir").glob("*.incr.aof")
    part.write_bytes(b"*3\r\n$3\r\nSET\r\nrubbish" + part.read_bytes())
    with running_valkey(tmp_path):
        assert client(tmp_path).ping()
    assert len(list((tmp_path / "valkey").glob("appendonlydir.damaged-*"))) == 1


def test_two_starts_at_once_give_one_server(tmp_path: Path) -> None:
    with running_valkey(tmp_path) as first:
        second = EmbeddedValkey(tmp_path)
        started = second.start()
        assert started.adopted
        assert first.is_running()


@pytest.mark.parametrize("name", ['quo"te', "spa ce", "bintang-ü"])
def test_a_directory_with_an_odd_name_works(tmp_path: Path, name: str) -> None:
    with running_valkey(tmp_path / name):
        assert client_of_path(socket_path(tmp_path / name)).ping()


def client_of_path(path: Path) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(path))
