"""What every store of the log promises about reading it."""

import pytest

from events.engine import write_transaction
from events.errors import BrokenLog
from tests.support.log import Log, a_fact


def test_stream_is_read_in_version_order_from_and_up_to_any_version(log: Log) -> None:
    for number in range(1, 7):
        log.append("s", a_fact({"n": number}))
        log.append("t")

    def read(*arguments: int, **limits: int) -> list[object]:
        return [event.data["n"] for event in log.reader.read_stream("s", *arguments, **limits)]

    assert read() == [1, 2, 3, 4, 5, 6]
    assert read(2) == [3, 4, 5, 6]
    assert read(2, up_to_version=4) == [3, 4]
    assert read(limit=2) == [1, 2]
    assert read(1, up_to_version=5, limit=3) == [2, 3, 4]
    assert read(6) == read(7) == read(up_to_version=0) == []
    assert log.reader.read_stream("absent") == []


def test_log_is_read_in_dense_pages(log: Log) -> None:
    for number in range(7):
        log.append(f"s-{number % 2}")

    def positions(*arguments: int, **limits: int) -> list[int]:
        return [event.position for event in log.reader.read_all(*arguments, **limits)]

    assert positions() == [1, 2, 3, 4, 5, 6, 7]
    assert positions(0, 3) == [1, 2, 3]
    assert positions(3, 3) == [4, 5, 6]
    assert positions(6, 3) == [7]
    assert positions(7) == []
    assert positions(2, up_to=4) == [3, 4]
    assert positions(2, 1, up_to=4) == [3]


def test_heads_tell_where_stream_and_log_stand(log: Log) -> None:
    assert log.reader.log_head() is None
    receipt = log.append("s")
    last = log.append("t", a_fact(), a_fact())

    head = log.reader.log_head()
    assert head is not None
    assert (head.position, head.leaf_hash, head.known_at) == (3, last.leaf_hash, last.known_at)
    assert log.reader.stream_head("s") == receipt.head
    assert log.reader.stream_head("t") == last.head
    assert log.reader.stream_head("absent").version == 0


def test_streams_are_listed_by_prefix_in_bytewise_order(log: Log) -> None:
    names = ["commitment-b", "commitment-B", "commitment-a", "offices", "commitment-é", "commitment_x", "calendar-id"]
    for name in names:
        log.append(name)
        log.append(name)

    expected = sorted(names, key=str.encode)
    assert log.reader.streams() == expected
    commitments = [name for name in expected if name.startswith("commitment-")]
    assert log.reader.streams("commitment-") == commitments
    assert log.reader.streams("commitment-", limit=2) == commitments[:2]
    assert log.reader.streams("commitment-", commitments[1]) == commitments[2:]
    assert log.reader.streams("%") == log.reader.streams("commitment-b%") == []


def test_event_beyond_the_log_is_none(log: Log) -> None:
    log.append("s")
    assert log.reader.event_at(0) is None
    assert log.reader.event_at(2) is None


def test_settle_returns_after_anything_was_read(log: Log) -> None:
    log.reader.settle()
    log.append("s")
    log.reader.settle()
    assert len(log.reader.read_all()) == 1


def test_missing_event_breaks_the_reading(database_log: Log) -> None:
    """Only somebody with every right over the database can take an event out; whoever reads on learns it."""
    for _ in range(4):
        database_log.append("s")
    take_out(database_log, position=2)

    with pytest.raises(BrokenLog) as broken:
        database_log.reader.read_all()
    assert broken.value.position == 2
    with pytest.raises(BrokenLog):
        database_log.reader.read_all(1)
    with pytest.raises(BrokenLog):
        database_log.reader.read_stream("s")
    assert [event.position for event in database_log.reader.read_all(2)] == [3, 4]


def take_out(log: Log, *, position: int) -> None:
    if log.store == "sqlite":
        lift, put_back = "DROP TRIGGER event_delete", "SELECT 1"
    else:
        lift = "ALTER TABLE event DISABLE TRIGGER event_immutable"
        put_back = "ALTER TABLE event ENABLE ALWAYS TRIGGER event_immutable"
    with write_transaction(log.engine) as connection:
        connection.exec_driver_sql(lift)
        connection.exec_driver_sql(f"DELETE FROM event WHERE position = {position}")
        connection.exec_driver_sql(put_back)
