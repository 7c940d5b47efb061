"""The bytes of an event: one canonical form, one hash, one way to write a time."""

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from events.envelope import Json, canonical, leaf_hash, rfc3339
from events.errors import NotCanonical
from events.head import EMPTY, Head, etag, parse_etag

integers = st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1)
scalars = st.none() | st.booleans() | integers | st.text()
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4)
)


@given(values)
def test_canonical_form_is_rfc_8785_and_reads_back_as_it_was(value: Json) -> None:
    written = canonical(value)
    assert written == rfc8785.dumps(value)
    assert json.loads(written) == value


def test_keys_are_ordered_by_utf_16_and_not_by_code_point() -> None:
    """The example of RFC 8785 section 3.2.3: an emoji's surrogates come before a Hebrew presentation form."""
    names: dict[str, Json] = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}
    written = canonical(names)
    assert list(json.loads(written).values()) == [2, 4, 6, 7, 1, 5, 3]


def test_control_characters_are_escaped_as_the_standard_says() -> None:
    assert (
        canonical('\x00\x1f\b\t\n\f\r"\\/\x7f\u2028é') == '"\\u0000\\u001f\\b\\t\\n\\f\\r\\"\\\\/\x7f\u2028é"'.encode()
    )


@pytest.mark.parametrize(
    "value",
    [1.0, -0.0, float("inf"), 2**53, -(2**53), b"bytes", (1,), {1: 2}, {"a": {"é": [0.1]}}, {"é": 1, "b": 0.5}, {1}],
)
def test_value_that_readers_would_write_differently_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)  # type: ignore[arg-type] # what is tested


def test_lone_surrogate_is_refused_as_value_and_as_key() -> None:
    values: tuple[Json, ...] = ("\udc00", {"\udc00": 1}, ["a", {"b": "\ud83d"}])
    for value in values:
        with pytest.raises(NotCanonical):
            canonical(value)


def test_nesting_without_end_is_refused() -> None:
    nested: list[Json] = []
    for _ in range(100_000):
        nested = [nested]
    with pytest.raises(NotCanonical, match="deep"):
        canonical(nested)


def test_leaf_hash_is_that_of_an_rfc_6962_leaf() -> None:
    assert leaf_hash(b"") == bytes.fromhex("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
    assert leaf_hash(b"kawal") == hashlib.sha256(b"\x00kawal").digest()


@given(
    st.datetimes(
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=7)), timezone(timedelta(hours=-3, minutes=-30))])
    )
)
def test_time_is_written_in_utc_so_that_text_sorts_like_time(time: datetime) -> None:
    if not 2 <= time.year <= 9998:
        return
    written = rfc3339(time)
    assert len(written) == 27
    assert written.endswith("Z")
    assert datetime.fromisoformat(written) == time
    assert (written < rfc3339(time + timedelta(microseconds=1))) is True


def test_naive_time_is_a_bug() -> None:
    with pytest.raises(AssertionError):
        rfc3339(datetime(2022, 10, 17))  # noqa: DTZ001 - what is tested


@given(st.integers(min_value=1, max_value=10**9), st.binary(min_size=32, max_size=32))
def test_etag_names_version_and_hash_and_reads_back(version: int, digest: bytes) -> None:
    written = etag(Head(version, digest))
    assert written == f'"{version}-{digest.hex()[:16]}"'
    assert parse_etag(written) == (version, digest.hex()[:16])


@pytest.mark.parametrize(
    "text", ["", "*", '"7"', 'W/"7-0123456789abcdef"', '"7-0123456789ABCDEF"', '"-1-0123456789abcdef"']
)
def test_foreign_etag_is_none(text: str) -> None:
    assert parse_etag(text) is None


def test_etag_of_an_absent_stream_matches_no_event() -> None:
    assert etag(EMPTY) == '"0-0000000000000000"'
