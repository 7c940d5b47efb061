"""A disk that is full: said with a code, nothing half written; mail waits, and once there is room all goes on."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from events.engine import write_transaction
from service import process
from tests.support.live import Answer, Live, Prepared, crowded_draft, new_key, running
from tests.support.processes import children_of, eventually
from tests.support.world import HEAD, REGION

pytestmark = pytest.mark.serial
FULL = "No space left"
LARGE = b"%PDF-1.7\n" + b"0" * 1_500_000


class SmallDisk:
    """A file system of a few megabytes in memory."""

    def __init__(self, folder: Path, size: str) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True)

    def fill(self) -> None:
        """Leave no room."""
        with open(self.folder / "filler", "ab", buffering=0) as filler:
            try:
                while True:
                    filler.write(b"0" * 4096)
            except OSError:
                return

    def free(self) -> None:
        """Make room."""
        (self.folder / "filler").unlink()

    def remove(self) -> None:
        """Take the file system away, as soon as nobody is in it."""
        subprocess.run(["umount", "-l", str(self.folder)], check=True)


class Quota:
    """A limit on how large files may grow, for the processes that write: also where no file system may be mounted."""

    def __init__(self, live: Live) -> None:
        self._pids = [*children_of(live.up.pid("web")), live.up.pid("worker-1")]

    def fill(self) -> None:
        """Let no file grow, nor be written to."""
        for pid in self._pids:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

    def free(self) -> None:
        """Let files grow."""
        for pid in self._pids:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def can_mount() -> bool:
    """Whether this process may mount a file system: root on a machine of its own, seldom in a container."""
    script = "mount -t tmpfs -o size=64k tmpfs /mnt"
    return os.geteuid() == 0 and subprocess.run(["unshare", "-m", "sh", "-c", script], check=False).returncode == 0


@contextmanager
def on_small_disks(made: Prepared, folder: Path) -> Iterator[tuple[Live, SmallDisk, SmallDisk]]:
    """A kawal whose data, temporary files and evidence share one small disk, and whose mail has another."""
    disk = SmallDisk(folder / "small", "16m")
    try:
        data = made.copied(disk.folder / "data")
        post = SmallDisk(data / "mail", "256k")
        try:
            with running(data, made, env={"TMPDIR": str(disk.folder)}) as live:
                yield live, disk, post
        finally:
            post.remove()
    finally:
        disk.remove()


@pytest.fixture(params=["disk", "quota"] if can_mount() else ["quota"])
def room(request: pytest.FixtureRequest) -> str:
    """The ways in which room can run out here."""
    return str(request.param)


def test_a_write_without_room_is_refused_whole_and_passes_once_there_is_room(
    room: str, made: Prepared, on_sqlite: Live, tmp_path: Path
) -> None:
    if room == "quota":
        run_out_of_room(on_sqlite, Quota(on_sqlite))
        return
    with on_small_disks(made, tmp_path) as (live, disk, post):
        run_out_of_room(live, disk)
        processes_die_and_come_back(live, disk)
        mail_waits_for_room(live, post)


def run_out_of_room(live: Live, room: SmallDisk | Quota) -> None:
    """Writes, uploads and workers meet a full disk."""
    wire = live.wire
    live.caught_up()
    with live.paused("worker-1"):
        # So that more waits to be written than a disk has room for that is full up to a few pages.
        waiting = [wire.post(REGION, "/commitments", crowded_draft(number)).status for number in range(20, 30)]
        assert waiting == [201] * 10
        room.fill()
    try:
        number, key, refusal = draft_until_refused(live, range(20))
        before, files = live.position(), evidence_of(live)
        refused = [refusal, wire.upload(HEAD, LARGE, "besar.pdf"), wire.upload(HEAD, b"%PDF-1.7 kecil", "kecil.pdf")]
        assert {answer.status for answer in refused} == {503}
        assert refused[0].code in ("disk_full", "outcome_unknown")
        assert [answer.code for answer in refused[1:]] == ["disk_full"] * 2
        assert all(int(answer.headers["retry-after"]) > 0 for answer in refused)
        assert live.position() == before
        assert evidence_of(live) == files
        assert wire.get(HEAD, f"/commitments/{live.commitment}").status == 200
        ready = wire.ready()
        assert (ready["ready"], ready["lag"]["inbox"] > 0) == (True, True)
        live.verify()
    finally:
        room.free()
    assert wire.post(REGION, "/commitments", crowded_draft(number), key=key).status == 201
    assert [len(positions) for positions in live.operations(f":{key}").values()] == [1]
    assert [wire.upload(HEAD, LARGE, "besar.pdf").status, wire.upload(HEAD, b"%PDF-1.7 kecil").status] == [201, 201]
    live.caught_up()
    live.verify()


def processes_die_and_come_back(live: Live, disk: SmallDisk) -> None:
    """Who dies on a full disk is started again on it, though not even its pid can be noted."""
    disk.fill()
    doomed = [*children_of(live.up.pid("web")), *(live.up.pid(name) for name in ("web", "worker-1", "clock"))]
    for pid in doomed:
        os.kill(pid, signal.SIGKILL)
    assert all(process.wait_gone(pid, within_s=10) for pid in doomed)
    eventually(lambda: live.up.get("/healthz") == 200 or live.up.process.poll() is not None, 30, "the pages")
    disk.free()
    assert live.up.process.poll() is None
    eventually(lambda: live.wire.ready().get("queue_reachable"), 20, "Valkey")
    ask_to_sign(live, 42)
    live.caught_up()


def mail_waits_for_room(live: Live, post: SmallDisk) -> None:
    """A letter that can't be written is put off, and written whole once there is room."""
    eventually(lambda: not deliveries(live, "waiting") + deliveries(live, "claimed"), 20, "the letters so far")
    letters = {path.name for path in post.folder.rglob("*.eml")}
    post.fill()
    ask_to_sign(live, 43)
    live.caught_up()
    waiting = eventually(lambda: [one for one in deliveries(live, "waiting") if FULL in one], 20, "a letter put off")
    assert {path.name for path in post.folder.rglob("*.eml")} == letters
    post.free()
    with write_transaction(live.runtime.engine) as connection:
        # Stands in for the minute that passes before the second attempt.
        connection.execute(text("UPDATE delivery SET next_at = NULL WHERE status = 'waiting'"))
    eventually(lambda: not deliveries(live, "waiting") + deliveries(live, "claimed"), 20, "the letters")
    written = [path for path in post.folder.rglob("*.eml") if path.name not in letters]
    assert len(written) == len(waiting)
    assert all(b"Message-ID: <" in path.read_bytes() for path in written)
    assert list(post.folder.rglob("*.tmp")) == []


def ask_to_sign(live: Live, number: int) -> Answer:
    """Draft a commitment and ask for its signature."""
    drafted = live.wire.post(REGION, "/commitments", crowded_draft(number))
    asked = live.wire.post(HEAD, f"/commitments/{drafted.json['commitment']}/requests", {"move": "sign"})
    assert asked.status == 201, asked.body
    return asked


def draft_until_refused(live: Live, numbers: range) -> tuple[int, str, Answer]:
    """Draft one commitment after the other; the first that is refused, with its key."""
    for number in numbers:
        key = new_key()
        answer = live.wire.post(REGION, "/commitments", crowded_draft(number), key=key)
        if answer.status != 201:
            return number, key, answer
    raise AssertionError("nothing was refused")


def deliveries(live: Live, status: str) -> list[str]:
    """The last errors of the deliveries of that status."""
    with live.runtime.engine.connect() as connection:
        found = connection.execute(text("SELECT error FROM delivery WHERE status = :status"), {"status": status})
        return [str(error) for error in found.scalars()]


def evidence_of(live: Live) -> set[Path]:
    """Every file in the evidence folder."""
    return {path for path in (live.data_dir / "evidence").rglob("*") if path.is_file()}
