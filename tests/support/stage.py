"""The demo's story with a process for every part, and the blows that it must survive."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import redis
from sqlalchemy import func, or_, select

from events.tables import event
from service import process
from service.demo.steps import Step
from service.notifications.channels import open_channel
from service.notifications.claims import LEASE
from service.notifications.deliver import machine_time, send_due
from service.notifications.tables import delivery
from service.queue import open_queue
from service.runtime import Runtime
from tests.support.played import opened
from tests.support.processes import Up, environment, eventually, run_kawal
from tests.support.valkey import config_for

PROCESSES = ("web", "worker-1", "clock", "valkey")
PLAYER, FLUSH = "player", "flush"
_LOOK_EVERY_S = 0.01


@dataclass(frozen=True, slots=True)
class Blow:
    """What happens as soon as a step is in the log: a process is killed, or Valkey forgets everything."""

    step: Step
    target: str


def drawn(steps: Sequence[Step], undisturbed: Runtime, seed: int, *, kills: int, flushes: int) -> list[Blow]:
    """Blows at steps drawn from the seed, no two at one, in the story's order: each process is killed, the player once.

    undisturbed  a log that holds the whole story: a step that left no event there can't be waited for
    kills        how many SIGKILLs beside the player's
    """
    chance = random.Random(seed)
    targets = [*(PROCESSES[number % len(PROCESSES)] for number in range(kills)), *[FLUSH] * flushes, PLAYER]
    # The last step is left out: the player must still be there to be killed.
    numbers = [number for number, step in enumerate(steps[:-1]) if _is_in(undisturbed, step)]
    chosen = chance.sample(numbers, len(targets))
    chance.shuffle(targets)
    return [Blow(steps[number], target) for number, target in sorted(zip(chosen, targets, strict=True))]


class Stage:
    """One demo log, `kawal up` on it and the player beside it, each process its own."""

    def __init__(self, folder: Path, *, parties: Sequence[str], url: str | None = None) -> None:
        self.folder = folder
        self.url = url
        self.settings: Mapping[str, str] = {"DATABASE_URL": url} if url else {}
        self.struck: list[tuple[str, str, int]] = []
        self._asked = [word for party in parties for word in ("--party", party)]
        self._player: subprocess.Popen[bytes] | None = None
        self._killed: dict[str, int] = {}

    def play(self, blows: Sequence[Blow] = ()) -> None:
        """Play to the end under the blows, see everything sent, and stop all processes."""
        made = run_kawal(["migrate", "--demo"], data_dir=self.folder, env=self.settings)
        assert made.returncode == 0, made.stderr
        with Up(self.folder, env=self.settings) as up, opened(self.folder, self.url) as runtime:
            up.wait_ready()
            with self._playing(up):
                self._check_apart(up)
                for blow in blows:
                    self._await(runtime, blow.step)
                    self._strike(up, blow)
                assert self._end_of_player() == 0, self.said
            eventually(lambda: _waiting(runtime) == 0, 60, "everything was sent")
            eventually(lambda: up.get("/healthz") == 200, 30, f"the pages answer:\n{up.output}")
            assert up.stop() == 0, up.output

    @property
    def said(self) -> str:
        """What the player printed."""
        return (self.folder / "player.txt").read_text(errors="replace")

    def send_what_the_dead_had_claimed(self, runtime: Runtime) -> None:
        """Let the lease of every claim end and send what is left: a killed sender's letters wait that long."""
        send_due(runtime.engine, open_channel(runtime.config), now=lambda: machine_time() + LEASE)

    def verify(self) -> subprocess.CompletedProcess[str]:
        """What `kawal verify --json` says."""
        return run_kawal(["verify", "--json"], data_dir=self.folder, env=self.settings, timeout_s=120)

    @contextmanager
    def _playing(self, up: Up) -> Iterator[None]:
        self._start_player(up)
        try:
            yield
        finally:
            if self._player is not None and self._player.poll() is None:
                self._player.kill()
                self._player.wait()

    def _start_player(self, up: Up) -> None:
        with open(self.folder / "player.txt", "ab") as said:
            self._player = subprocess.Popen(
                [sys.executable, "-m", "service.cli", "demo", "play", *self._asked],
                env=environment(self.folder, up.port, self.settings),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
            )

    def _check_apart(self, up: Up) -> None:
        assert self._player is not None
        pids = {name: up.pid(name) for name in (*PROCESSES, "up")}
        pids |= {PLAYER: self._player.pid, "test": os.getpid()}
        assert all(process.is_running(pid) for pid in pids.values()), pids
        assert len(set(pids.values())) == len(pids), pids

    def _await(self, runtime: Runtime, step: Step) -> None:
        assert self._player is not None
        while not _is_in(runtime, step):
            ended = self._player.poll()
            assert ended is None or _is_in(runtime, step), (
                f"the player ended ({ended}) before {step.name}:\n{self.said}"
            )
            time.sleep(_LOOK_EVERY_S)

    def _strike(self, up: Up, blow: Blow) -> None:
        if blow.target == PLAYER:
            pid = self._kill_player(up)
        elif blow.target == FLUSH:
            pid = self._flush(up)
        else:
            pid = self._kill(up, blow.target)
        self.struck.append((blow.step.name, blow.target, pid))

    def _kill(self, up: Up, name: str) -> int:
        """Kill the process of that name; one that was killed before must have been replaced first."""
        if name in self._killed:
            up.wait_replaced(name, self._killed[name], within_s=40)
        self._killed[name] = up.kill(name)
        return self._killed[name]

    def _kill_player(self, up: Up) -> int:
        assert self._player is not None
        pid = self._player.pid
        self._player.kill()
        self._player.wait()
        self._start_player(up)
        return pid

    def _flush(self, up: Up) -> int:
        connection = open_queue(config_for(self.folder)).connection

        def forget() -> bool:
            try:
                return bool(connection.flushall())
            except redis.RedisError:
                return False

        eventually(forget, 40, f"Valkey is there to be emptied:\n{up.output}")
        return up.pid("valkey")

    def _end_of_player(self) -> int:
        assert self._player is not None
        return self._player.wait(timeout=900)


def _is_in(runtime: Runtime, step: Step) -> bool:
    key = f"demo:{step.name}"
    done = or_(event.c.operation == key, event.c.operation.startswith(f"{key}:", autoescape=True))
    with runtime.engine.connect() as connection:
        return connection.execute(select(event.c.position).where(done).limit(1)).first() is not None


def _waiting(runtime: Runtime) -> int:
    waiting = select(func.count()).where(delivery.c.status == "waiting")
    with runtime.engine.connect() as connection:
        return connection.execute(waiting).scalar_one()
