"""What the log promises when many write at once."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from events.envelope import Append, Event, Receipt
from events.errors import BasisMoved, GivenMoved, WrongVersion
from tests.support.crowd import Acknowledgements, in_processes, in_threads
from tests.support.log import Log, a_fact, an_append, given

TURNS = 100
WRITERS = 8
EACH = 12


def test_eight_threads_leave_no_gap(log: Log) -> None:
    in_threads(WRITERS, lambda index: write_stream(log, index))
    assert_dense(log)


def test_eight_processes_leave_no_gap(database_log: Log) -> None:
    database_log.append("before-the-fork")
    in_processes(WRITERS, lambda index: write_stream(database_log, index))

    database_log.append("after-the-fork")
    assert len(database_log.reader.read_all()) == WRITERS * EACH + 2
    assert_chains(database_log.reader.read_all())


def test_writers_of_one_stream_each_win_once_a_version(log: Log) -> None:
    def contend(_: int) -> None:
        for _ in range(4):
            while True:
                try:
                    log.append("contended")
                    break
                except WrongVersion:
                    continue

    in_threads(WRITERS, contend)
    events = log.reader.read_stream("contended")
    assert [event.version for event in events] == list(range(1, 4 * WRITERS + 1))
    assert_chains(events)


def test_one_key_sent_by_many_at_once_is_recorded_once(log: Log) -> None:
    request = an_append(log.reader, "s", a_fact({"n": 1}), a_fact({"n": 2}))
    receipts = []
    in_threads(WRITERS, lambda _: receipts.append(log.write(request)))

    assert sorted(receipt.repeated for receipt in receipts) == [False] + [True] * (WRITERS - 1)
    assert len({replace(receipt, repeated=False) for receipt in receipts}) == 1
    assert len(log.reader.read_all()) == 2


def test_no_approval_slips_in_beside_a_revocation(log: Log) -> None:
    """Each approval names the last basis event that it was decided on; none may stand behind another one."""

    def approve(index: int) -> Append:
        seen = log.reader.last_basis()
        return an_append(log.reader, f"approvals-{index}", a_fact({"rests-on": (seen or b"").hex()}), seen=seen)

    def revoke() -> Receipt:
        return log.append("offices", a_fact(type="authority-revoked", basis=True))

    decided = race(log, approve=approve, revoke=revoke)

    last_basis = ""
    for event in log.reader.read_all(limit=100_000):
        if event.type == "request-approved":
            assert event.data["rests-on"] == last_basis
        if event.basis:
            last_basis = event.leaf_hash.hex()
    assert decided["recorded"] > 20
    assert decided["refused"] > 3


def test_no_approval_slips_in_beside_a_change_of_a_given_stream(log: Log) -> None:
    def approve(index: int) -> Append:
        hold = given(log.reader, "hold")
        rests_on = (hold.leaf_hash or b"").hex()
        return an_append(log.reader, f"approvals-{index}", a_fact({"rests-on": rests_on}), given=(hold,))

    decided = race(log, approve=approve, revoke=lambda: log.append("hold", a_fact(type="hold-placed")))

    last_hold = ""
    for event in log.reader.read_all(limit=100_000):
        if event.type == "request-approved":
            assert event.data["rests-on"] == last_hold
        else:
            last_hold = event.leaf_hash.hex()
    assert decided["recorded"] > 20
    assert decided["refused"] > 3


def test_no_writer_starves_on_sqlite(sqlite_log: Log, tmp_path: Path) -> None:
    """SQLite's own busy wait gives one of eight writers nearly every turn."""
    done = Acknowledgements(tmp_path / "done")

    def write(index: int) -> None:
        for _ in range(TURNS):
            sqlite_log.append(f"s-{index}")
            done.note(str(index))

    in_processes(WRITERS, write)
    # Measured in turns, not in seconds: when the first writer is through, nobody may be far behind.
    turns = done.lines()
    first = next(n for n in range(len(turns)) if max(turns[: n + 1].count(str(one)) for one in range(WRITERS)) == TURNS)
    counts = [turns[: first + 1].count(str(writer)) for writer in range(WRITERS)]
    assert min(counts) * 5 > max(counts), counts


def write_stream(log: Log, index: int) -> None:
    for number in range(EACH):
        log.append(f"s-{index}", a_fact({"n": number}))


def race(log: Log, *, approve: Callable[[int], Append], revoke: Callable[[], Receipt]) -> dict[str, int]:
    """Let four approvers run beside one who revokes after each approval, until some of them came too late."""
    counts = {"recorded": 0, "refused": 0}
    guard, deadline = threading.Lock(), time.monotonic() + 40

    def is_over() -> bool:
        return (counts["recorded"] > 20 and counts["refused"] > 3) or time.monotonic() > deadline

    def revoke_after_each_approval() -> None:
        seen = -1
        while not is_over():
            if counts["recorded"] == seen:
                time.sleep(0.0005)
            else:
                seen = counts["recorded"]
                revoke()

    def approve_again_and_again(index: int) -> None:
        while not is_over():
            try:
                log.write(approve(index))
                outcome = "recorded"
            except (BasisMoved, GivenMoved):
                outcome = "refused"
            with guard:
                counts[outcome] += 1

    in_threads(5, lambda index: approve_again_and_again(index) if index else revoke_after_each_approval())
    return counts


def assert_dense(log: Log) -> None:
    events = log.reader.read_all()
    assert [event.position for event in events] == list(range(1, WRITERS * EACH + 1))
    assert_chains(events)


def assert_chains(events: list[Event]) -> None:
    """Every event names the leaf before it in its stream, and its version follows that one's."""
    heads: dict[str, Event] = {}
    for event in events:
        before = heads.get(event.stream)
        assert event.version == (before.version + 1 if before else 1)
        assert event.attributes["prevleaf"] == (before.leaf_hash.hex() if before else "")
        heads[event.stream] = event
