"""What every store of the log promises about one append."""

from dataclasses import replace

import pytest

from events.envelope import EMPTY, Append, Given, Head, NewEvent, build_leaves, leaf_hash, rfc3339
from events.errors import BasisMoved, BodyTooLarge, GivenMoved, KeyReused, NotCanonical, WrongVersion
from tests.support.log import ACTOR, Log, a_fact, an_append, given


def test_first_event_stands_at_position_and_version_one(log: Log) -> None:
    receipt = log.append("commitment-1")

    assert (receipt.first_position, receipt.last_position, receipt.version) == (1, 1, 1)
    assert not receipt.repeated
    assert log.reader.stream_head("commitment-1") == receipt.head
    assert log.reader.event_at(1) == log.reader.read_all()[0] == log.reader.read_stream("commitment-1")[0]


def test_recorded_event_carries_every_attribute_of_its_envelope(log: Log) -> None:
    first = log.append("commitment-1")
    request = replace(
        an_append(log.reader, "commitment-1", a_fact({"request": "r-1", "steps": [1, 2], "note": "disetujui ✓"})),
        actor=replace(ACTOR, on_behalf_of="61.01.bupati"),
        operation="http:61.01.sekda:p-7:k-2",
        cause="commitment-1/1",
    )
    log.write(request)

    event = log.reader.read_stream("commitment-1", after_version=1)[0]
    assert event.attributes == {
        "specversion": "1.0",
        "id": "commitment-1/2",
        "source": f"urn:kawal:{log.reader.log_id}",
        "type": "request-approved",
        "subject": "commitment-1",
        "time": rfc3339(request.recorded_at),
        "datacontenttype": "application/json",
        "schemaversion": 1,
        "streamversion": 2,
        "validat": rfc3339(request.recorded_at),
        "prevleaf": first.leaf_hash.hex(),
        "office": "61.01.sekda",
        "person": "p-7",
        "capacity": "definitive",
        "onbehalfof": "61.01.bupati",
        "signin": "password:s-1",
        "operation": "http:61.01.sekda:p-7:k-2",
        "cause": "commitment-1/1",
        "data": {"request": "r-1", "steps": [1, 2], "note": "disetujui ✓"},
    }
    assert event.leaf_hash == leaf_hash(event.body)
    assert event.actor == request.actor
    assert event.data["note"] == "disetujui ✓"


def test_several_events_take_consecutive_positions_and_name_the_leaf_before(log: Log) -> None:
    log.append("other")
    receipt = log.append("s", *(a_fact({"n": n}, basis=n == 1) for n in range(4)))

    events = log.reader.read_stream("s")
    assert (receipt.first_position, receipt.last_position, receipt.version) == (2, 5, 4)
    assert [event.position for event in events] == [2, 3, 4, 5]
    assert [event.data["n"] for event in events] == [0, 1, 2, 3]
    assert [event.basis for event in events] == [False, True, False, False]
    assert [event.attributes["prevleaf"] for event in events] == [
        "",
        *(event.leaf_hash.hex() for event in events[:-1]),
    ]
    assert [event.request_hash for event in events] == [b"\x01" * 32, None, None, None]
    assert len({event.known_at for event in events}) == len({event.operation for event in events}) == 1


def test_repeated_key_gets_the_first_answer_again(log: Log) -> None:
    request = an_append(log.reader, "s", a_fact({"n": 1}), a_fact({"n": 2}))
    first = log.write(request)
    log.append("s")
    log.append("other")

    assert log.write(request) == replace(first, repeated=True)
    assert log.write(replace(request, recorded_at=log.reader.now())) == replace(first, repeated=True)
    assert len(log.reader.read_all()) == 4


def test_key_is_looked_up_before_any_other_refusal(log: Log) -> None:
    request = an_append(log.reader, "s", given=(Given("other", None),))
    first = log.write(request)
    log.append("other")
    log.append("offices", a_fact(basis=True))

    stale_in_every_way = replace(request, recorded_at=request.recorded_at.replace(year=2001))
    assert log.write(stale_in_every_way) == replace(first, repeated=True)


def test_key_with_another_request_is_refused(log: Log) -> None:
    request = an_append(log.reader, "s")
    log.write(request)

    with pytest.raises(KeyReused) as refusal:
        log.write(replace(request, request_hash=b"\x02" * 32, expected=log.reader.stream_head("s")))
    assert refusal.value.operation == request.operation
    assert len(log.reader.read_all()) == 1


def test_wrong_version_tells_where_the_stream_stands(log: Log) -> None:
    receipt = log.append("s")

    with pytest.raises(WrongVersion) as refusal:
        log.append("s", expected=EMPTY)
    assert (refusal.value.expected, refusal.value.actual) == (EMPTY, receipt.head)

    with pytest.raises(WrongVersion) as refusal:
        log.append("absent", expected=receipt.head)
    assert refusal.value.actual == EMPTY


def test_same_version_with_another_hash_is_refused(log: Log) -> None:
    receipt = log.append("s")
    vanished = Head(receipt.version, leaf_hash(b"an event that a crash removed"))

    with pytest.raises(WrongVersion) as refusal:
        log.append("s", expected=vanished)
    assert refusal.value.actual == receipt.head
    assert len(log.reader.read_all()) == 1


def test_append_on_an_older_basis_is_refused(log: Log) -> None:
    before = log.reader.last_basis()
    log.append("offices", a_fact(basis=True))
    now = log.reader.last_basis()

    with pytest.raises(BasisMoved) as refusal:
        log.append("s", seen=before)
    assert (refusal.value.seen, refusal.value.actual) == (None, now)
    with pytest.raises(BasisMoved):
        log.append("s", seen=leaf_hash(b"a basis event that a crash removed"))
    log.append("s", seen=now)


def test_basis_ignores_events_on_which_nothing_rests(log: Log) -> None:
    receipt = log.append("offices", a_fact(basis=True))
    log.append("s")
    log.append("t", seen=receipt.leaf_hash)
    assert [event.position for event in log.reader.read_basis()] == [1]
    assert log.reader.read_basis(after=1) == []


def test_given_stream_must_stand_where_it_was_read(log: Log) -> None:
    log.append("plan")
    seen = given(log.reader, "plan")
    log.append("s", given=(seen,))
    log.append("plan")

    with pytest.raises(GivenMoved) as refusal:
        log.append("s", given=(given(log.reader, "s"), seen))
    assert refusal.value.stream == "plan"


def test_given_absent_stream_must_still_be_absent(log: Log) -> None:
    absent = Given("hold-1", None)
    log.append("s", given=(absent,))
    log.append("hold-1")

    with pytest.raises(GivenMoved):
        log.append("s", given=(absent,))
    with pytest.raises(GivenMoved):
        log.append("s", given=(Given("hold-2", leaf_hash(b"never there")),))


def test_refusal_writes_nothing_and_leaves_no_receipt(log: Log) -> None:
    log.append("s")
    refused = an_append(log.reader, "s", a_fact(), a_fact(), expected=EMPTY)
    with pytest.raises(WrongVersion):
        log.write(refused)

    assert log.reader.receipt(refused.operation) is None
    assert log.reader.operation_events(refused.operation) == []
    assert len(log.reader.read_all()) == 1
    assert log.write(replace(refused, expected=log.reader.stream_head("s"))).first_position == 2


def test_receipt_and_events_of_an_operation_are_found_by_its_key(log: Log) -> None:
    log.append("s")
    request = an_append(log.reader, "s", a_fact({"n": 1}), a_fact({"n": 2}))
    receipt = log.write(request)
    last = log.append("s", a_fact(), a_fact())

    assert log.reader.receipt(request.operation) == replace(receipt, repeated=True)
    assert [event.data["n"] for event in log.reader.operation_events(request.operation)] == [1, 2]
    assert log.reader.receipt(last.operation) == replace(last, repeated=True)
    assert log.reader.receipt("http:nobody") is None


def test_body_over_65535_bytes_is_refused(log: Log) -> None:
    exact = an_append(log.reader, "s", a_fact({"text": ""}))
    room = 65_535 - len(body_of(exact, log))
    log.write(replace(exact, events=(a_fact({"text": "a" * room}),)))
    assert len(log.reader.read_all()[0].body) == 65_535

    with pytest.raises(BodyTooLarge) as refusal:
        log.append("t", a_fact({"text": "a" * 65_535}))
    assert refusal.value.size_bytes > 65_535
    assert len(log.reader.read_all()) == 1


@pytest.mark.parametrize("value", [0.5, 2**53, {"deep": [1.0]}, float("nan"), "\ud800", (1, 2)])
def test_value_without_canonical_form_is_refused(log: Log, value: object) -> None:
    with pytest.raises(NotCanonical):
        log.append("s", NewEvent("request-approved", 1, {"value": value}))  # type: ignore[dict-item] # what is tested
    assert log.reader.log_head() is None


@pytest.mark.parametrize("name", ["", "two\nlines", "nul\x00", "x" * 513])
def test_name_that_readers_could_not_show_is_refused(log: Log, name: str) -> None:
    request = an_append(log.reader, "s")
    for named in (replace(request, stream=name), replace(request, operation=name)):
        with pytest.raises(NotCanonical):
            log.write(named)
    assert log.reader.log_head() is None


def body_of(append: Append, log: Log) -> bytes:
    return build_leaves(append, log.reader.log_id)[0].body
