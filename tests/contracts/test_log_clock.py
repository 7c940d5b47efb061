"""What every store of the log promises about time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.envelope import NewEvent
from events.errors import ClockRefused, KindFixed, NotADemo
from events.tables import create_log
from tests.support.log import Log, a_fact, open_log

SECOND = timedelta(seconds=1)


def test_recorded_at_more_than_five_seconds_behind_is_refused(log: Log) -> None:
    now = log.reader.now()
    with pytest.raises(ClockRefused) as refusal:
        log.append(recorded_at=now - 6 * SECOND)
    assert refusal.value.clock >= now - SECOND
    log.append(recorded_at=log.reader.now() - 4 * SECOND)


def test_recorded_at_more_than_five_seconds_ahead_is_refused(log: Log) -> None:
    with pytest.raises(ClockRefused):
        log.append(recorded_at=log.reader.now() + 6 * SECOND)
    assert log.reader.log_head() is None


def test_refusal_of_the_clock_carries_a_time_that_passes(log: Log) -> None:
    with pytest.raises(ClockRefused) as refusal:
        log.append(recorded_at=datetime(2001, 1, 1, tzinfo=UTC))
    log.append(recorded_at=refusal.value.clock)


def test_head_ahead_of_the_clock_still_lets_its_stream_be_written(log: Log) -> None:
    """After a failover to a server whose clock is behind, streams stay writable."""
    start = log.reader.now()
    log.append(recorded_at=start + 4 * SECOND)
    log.append(recorded_at=start + 8 * SECOND)

    assert [event.recorded_at for event in log.reader.read_all()] == [start + 4 * SECOND, start + 8 * SECOND]


def test_stream_never_goes_back_in_time(log: Log) -> None:
    ahead = log.reader.now() + 3 * SECOND
    log.append("s", recorded_at=ahead)

    with pytest.raises(ClockRefused) as refusal:
        log.append("s", recorded_at=ahead - 2 * SECOND)
    assert refusal.value.clock == ahead
    log.append("s", recorded_at=ahead)


def test_known_at_is_the_running_maximum_of_recorded_at(log: Log) -> None:
    now = log.reader.now()
    offsets = [0, 3, 1, 4, 2]
    for index, offset in enumerate(offsets):
        log.append(f"s{index}", recorded_at=now + offset * SECOND)

    events = log.reader.read_all()
    assert [event.recorded_at for event in events] == [now + offset * SECOND for offset in offsets]
    assert [event.known_at for event in events] == [now + offset * SECOND for offset in (0, 3, 3, 4, 4)]


def test_position_known_on_is_the_last_whose_known_at_is_not_later(log: Log) -> None:
    now = log.reader.now()
    assert log.reader.position_known_on(now) == 0
    for index, offset in enumerate([0, 2, 2, 4]):
        log.append(f"s{index}", recorded_at=now + offset * SECOND)

    at = [log.reader.position_known_on(now + half * SECOND / 2) for half in range(-1, 10)]
    assert at == [0, 1, 1, 1, 1, 3, 3, 3, 3, 4, 4]


def test_valid_at_is_a_time_axis_of_its_own(log: Log) -> None:
    signed_on = datetime(2022, 1, 17, 9, 30, tzinfo=ZoneInfo("Asia/Pontianak"))
    log.append("s", NewEvent("commitment-signed", 1, {}, valid_at=signed_on), a_fact())

    first, second = log.reader.read_stream("s")
    assert first.valid_at == signed_on
    assert first.valid_at.tzinfo is UTC
    assert first.attributes["validat"] == "2022-01-17T02:30:00.000000Z"
    assert second.valid_at == second.recorded_at == first.recorded_at


def test_clock_of_a_real_log_is_the_databases_and_cannot_be_moved(log: Log) -> None:
    assert abs(log.reader.now() - datetime.now(UTC)) < SECOND
    assert log.reader.clock_offset() == timedelta(0)
    with pytest.raises(NotADemo):
        log.reader.advance_clock(by=timedelta(days=1))
    with pytest.raises(NotADemo):
        log.reader.set_clock(datetime(2022, 1, 1, tzinfo=UTC))


def test_demo_clock_moves_forward_and_the_append_follows_it(demo_log: Log) -> None:
    start = datetime(2022, 1, 3, 1, 0, tzinfo=UTC)
    demo_log.reader.set_clock(start)
    demo_log.append("s")
    reached = demo_log.reader.advance_clock(by=timedelta(days=5))
    demo_log.append("s")
    demo_log.reader.advance_clock(to=reached + timedelta(days=1))

    first, second = demo_log.reader.read_all()
    assert timedelta(0) <= first.recorded_at - start < 5 * SECOND
    assert timedelta(0) <= second.recorded_at - reached < 5 * SECOND
    assert demo_log.reader.now() >= reached + timedelta(days=1)
    assert demo_log.reader.clock_offset() < timedelta(days=-300)
    with pytest.raises(ClockRefused):
        demo_log.append("s", recorded_at=datetime.now(UTC))


def test_demo_clock_never_goes_back_before_what_the_log_knows(demo_log: Log) -> None:
    stopped_at = demo_log.reader.advance_clock(by=timedelta(days=5))
    demo_log.append("s")
    known_at = demo_log.reader.read_all()[-1].known_at

    with pytest.raises(ValueError, match="back"):
        demo_log.reader.advance_clock(to=stopped_at - SECOND)
    with pytest.raises(ValueError, match=r"back|knows"):
        demo_log.reader.set_clock(known_at - SECOND)
    demo_log.reader.advance_clock(by=timedelta(days=3))
    assert demo_log.reader.set_clock(known_at) == known_at
    assert demo_log.reader.now() - known_at < 5 * SECOND


def test_demo_clock_that_another_process_moved_is_seen_at_once(database_demo_log: Log) -> None:
    other = open_log(database_demo_log.url, "demo")
    reached = other.reader.advance_clock(by=timedelta(days=40))
    assert database_demo_log.reader.now() >= reached
    database_demo_log.append("s")
    assert other.reader.read_all()[0].recorded_at >= reached
    other.engine.dispose()


def test_demo_log_stays_a_demo_with_its_clock_when_it_is_made_again(database_demo_log: Log) -> None:
    reached = database_demo_log.reader.advance_clock(by=timedelta(days=1))
    create_log(database_demo_log.engine, "demo")
    with pytest.raises(KindFixed):
        create_log(database_demo_log.engine, "real")
    database_demo_log.append("s")
    assert database_demo_log.reader.kind == "demo"
    assert database_demo_log.reader.read_all()[0].recorded_at >= reached
