"""Clients that send until they are answered, each act under one key of their own, and remember what they were told."""

from __future__ import annotations

import http.client
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.support.live import Answer, Live, Wire, crowded_draft
from tests.support.processes import eventually
from tests.support.world import HEAD, PIC, REGION

PHOTO = b"\x89PNG\r\n\x1a\n foto"
PATIENCE_S = 45.0
_PAUSE_S = 0.05
_PACE_S = 0.05
"""A program's own work between two acts: without it the log would only grow longer, not the test harder."""
REPEATED = 60


@dataclass(frozen=True, slots=True)
class Said:
    """One act and the answer that it finally got."""

    office: str
    path: str
    body: Mapping[str, Any]
    key: str
    etag: str | None
    answer: Answer


@dataclass(slots=True)
class Persistent:
    """Sends an act again with the same key until it is answered.

    name    begins each of its keys
    said    every act with its answer, in the order of the answers
    broken  how many attempts ended without a whole answer
    away    the codes of 503s that were met, with the seconds that each took
    """

    wire: Wire
    said: list[Said] = field(default_factory=list)
    broken: int = 0
    away: list[tuple[str, float]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    name: str = field(default_factory=lambda: f"client-{secrets.token_hex(4)}")

    def act(self, office: str, path: str, body: Mapping[str, Any] | None = None, etag: str | None = None) -> Answer:
        """Have something done, whatever happens to the server meanwhile; it must be a success in the end."""
        key, until = f"{self.name}-{secrets.token_hex(4)}", time.monotonic() + PATIENCE_S
        while True:
            answer = self._try(office, path, body, key=key, etag=etag)
            if answer is not None and answer.status != 503:
                assert answer.status in (200, 201), (path, answer.status, answer.body)
                self.said.append(Said(office, path, dict(body or {}), key, etag, answer))
                self.stop.wait(_PACE_S)
                return answer
            assert time.monotonic() < until, f"{path} was never answered: {answer}"
            time.sleep(_PAUSE_S)  # a client's pause between two attempts; nothing waits for it

    def _try(
        self, office: str, path: str, body: Mapping[str, Any] | None, *, key: str, etag: str | None
    ) -> Answer | None:
        try:
            answer = self.wire.post(office, path, body, key=key, etag=etag)
        except (OSError, http.client.HTTPException):
            self.broken += 1
            return None
        if answer.status == 503:
            assert int(answer.headers["retry-after"]) > 0
            self.away.append((answer.code, answer.took_s))
        return answer


def approvals(client: Persistent, numbers: range) -> None:
    """Draft, ask, think better of it, ask again, and have it approved or returned, until told to stop.

    numbers  of the commitments that are this loop's own; with the last one it asks and thinks better of it for ever
    """
    asking = ""
    for number in numbers:
        if client.stop.is_set():
            return
        drafted = client.act(REGION, "/commitments", crowded_draft(number))
        asking = f"/commitments/{drafted.json['commitment']}/requests"
        _ask_and_withdraw(client, asking)
        if number == numbers[-1]:
            break
        asked = client.act(HEAD, asking, {"move": "sign"})
        verdict = f"/requests/{asked.json['request']['id']}"
        if number % 4:
            client.act(REGION, f"{verdict}/approvals", None, asked.headers["etag"])
        else:
            reason = {"reason": "bukti_kurang", "text": "Lampiran pertama belum lengkap."}
            client.act(REGION, f"{verdict}/returns", reason, asked.headers["etag"])
    while not client.stop.is_set():
        _ask_and_withdraw(client, asking)


def claims(client: Persistent, commitment: str, photo: str) -> None:
    """Claim progress and return the claim, over and over until told to stop."""
    while not client.stop.is_set():
        body = {"item": 3, "value": 1, "evidence": [photo]}
        claimed = client.act(PIC, f"/commitments/{commitment}/claims", body)
        reason = {"reason": "bukti_tidak_sesuai", "text": "Foto tidak terbaca sama sekali."}
        client.act(REGION, f"/claims/{claimed.json['claim']['id']}/returns", reason)


def _ask_and_withdraw(client: Persistent, asking: str) -> None:
    asked = client.act(HEAD, asking, {"move": "sign"})
    client.act(HEAD, f"/requests/{asked.json['request']['id']}/withdrawal", {"text": "Masih diperiksa lagi."})


class AtWork:
    """Clients' loops, each in a thread; what any of them raised is raised again where they are asked."""

    def __init__(self, client: Persistent, *loops: Callable[[], None]) -> None:
        self._client = client
        self._errors: list[BaseException] = []
        self._threads = [threading.Thread(target=self._run, args=(loop,), daemon=True) for loop in loops]
        for thread in self._threads:
            thread.start()

    def wait(self, more: int, within_s: float = 40.0) -> None:
        """Return once there are so many answers more than now."""
        enough = len(self._client.said) + more
        eventually(lambda: len(self._client.said) >= enough or self._errors, within_s, f"{more} answers more")
        self._raise()

    def finish(self) -> None:
        """Let every loop come to its end."""
        self._client.stop.set()
        for thread in self._threads:
            thread.join(PATIENCE_S + 15)
        self._raise()
        assert not any(thread.is_alive() for thread in self._threads)

    def _run(self, loop: Callable[[], None]) -> None:
        try:
            loop()
        except BaseException as error:
            self._errors.append(error)
            raise

    def _raise(self) -> None:
        if self._errors:
            raise self._errors[0]


def assert_kept(live: Live, client: Persistent) -> None:
    """Every acknowledged act is in the log exactly once, nothing else of the client is, and repeats read the same.

    Of many, some dozens spread over all are repeated.
    """
    assert len({one.key for one in client.said}) == len(client.said)
    recorded: dict[str, list[int]] = {}
    for operation, positions in live.operations(f":{client.name}-").items():
        recorded.setdefault(operation.rpartition(":")[2], []).extend(positions)
    assert {key: len(positions) for key, positions in recorded.items()} == {one.key: 1 for one in client.said}
    for one in client.said:
        last = live.runtime.store.event_at(one.answer.json["position"])
        assert last is not None
        assert last.operation.endswith(one.key)
        assert last.leaf_hash.hex() == one.answer.json["leaf_hash"]
    for one in client.said[:: 1 + len(client.said) // REPEATED]:
        again = live.wire.post(one.office, one.path, one.body, key=one.key, etag=one.etag)
        assert (again.status, again.body) == (one.answer.status, one.answer.body)
        assert again.headers["etag"] == one.answer.headers["etag"]
        assert again.headers["idempotency-replayed"] == "true"
