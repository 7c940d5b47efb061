"""What goes into the log and what comes out: new events, recorded events, and the bytes between them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeAlias

import rfc8785

from events.errors import BodyTooLarge, NotCanonical
from events.head import EMPTY, Head, LogHead, etag, parse_etag

__all__ = [
    "EMPTY", "MAX_BODY_BYTES", "Actor", "Append", "Event", "Given", "Head", "Json", "Leaf", "LogHead", "NewEvent",
    "Receipt", "build_body", "build_leaves", "canonical", "etag", "leaf_hash", "parse_etag", "rfc3339",
]  # fmt: skip

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"
"""What a body may hold: JSON without floats."""

MAX_BODY_BYTES = 65_535
_MAX_INTEGER = 2**53 - 1
_MAX_NAME = 512
_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


@dataclass(frozen=True, slots=True)
class Actor:
    """Says who acts: an office, the pseudonym of the person holding it, in which capacity, and how they signed in.

    on_behalf_of   the office whose authority is used under a delegation, else None
    """

    office: str
    person: str
    capacity: str
    on_behalf_of: str | None
    signin: str


@dataclass(frozen=True, slots=True)
class NewEvent:
    """A fact about to be recorded, in its stored form.

    valid_at   when it was true; None means when it is recorded
    basis      others' decisions rest on it (offices, holders, delegations, definitions, calendars)
    """

    type: str
    schema_version: int
    data: Mapping[str, Json]
    valid_at: datetime | None = None
    basis: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A single other stream whose last event the decision rests on; None means that it must not exist."""

    stream: str
    leaf_hash: bytes | None


@dataclass(frozen=True, slots=True)
class Append:
    """One request to the log: events for one stream, the conditions they rest on, and the key that makes it repeatable.

    recorded_at    the log's clock, or the stream's last recorded_at where that is later
    request_hash   over the request, not over the bodies: a repeat may have been built at another time
    seen           leaf hash of the last basis event that was folded; None if there was none
    """

    stream: str
    expected: Head
    events: tuple[NewEvent, ...]
    actor: Actor
    operation: str
    request_hash: bytes
    recorded_at: datetime
    seen: bytes | None
    given: tuple[Given, ...] = ()
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Says where an operation's events stand, durably; `repeated` when they were there before this call."""

    repeated: bool
    operation: str
    request_hash: bytes
    stream: str
    first_position: int
    last_position: int
    version: int
    leaf_hash: bytes
    known_at: datetime

    @property
    def head(self) -> Head:
        """The stream's head right after the operation."""
        return Head(self.version, self.leaf_hash)


@dataclass(frozen=True, slots=True)
class Event:
    """A fact that the log has recorded, exactly as stored.

    request_hash   only on an operation's first event, which is its receipt
    """

    position: int
    stream: str
    version: int
    type: str
    schema_version: int
    valid_at: datetime
    recorded_at: datetime
    known_at: datetime
    operation: str
    request_hash: bytes | None
    basis: bool
    body: bytes
    leaf_hash: bytes
    _parsed: dict[str, Json] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def head(self) -> Head:
        """The stream's head at this event."""
        return Head(self.version, self.leaf_hash)

    @property
    def attributes(self) -> dict[str, Json]:
        """The whole body, parsed once."""
        if self._parsed is None:
            object.__setattr__(self, "_parsed", json.loads(self.body))
        assert self._parsed is not None
        return self._parsed

    @property
    def data(self) -> dict[str, Json]:
        """The fact itself, in the schema version that it was written in."""
        data = self.attributes["data"]
        assert isinstance(data, dict)
        return data

    @property
    def actor(self) -> Actor:
        """Who acted."""
        behalf = self.attributes["onbehalfof"]
        return Actor(
            office=self._text("office"),
            person=self._text("person"),
            capacity=self._text("capacity"),
            on_behalf_of=None if behalf is None else str(behalf),
            signin=self._text("signin"),
        )

    def _text(self, name: str) -> str:
        value = self.attributes[name]
        assert isinstance(value, str)
        return value


@dataclass(frozen=True, slots=True)
class Leaf:
    """An event ready to be written: all that is known before the append."""

    version: int
    type: str
    schema_version: int
    valid_at: datetime
    basis: bool
    body: bytes
    leaf_hash: bytes


def canonical(value: Json) -> bytes:
    """Write a value in its one RFC 8785 form.

    raises   NotCanonical for floats, integers past 2^53-1, lone surrogates and anything that isn't JSON
    """
    return _write(value, doubtful=value)


def leaf_hash(body: bytes) -> bytes:
    """Hash a body as an RFC 6962 leaf: SHA-256 over a zero byte and the body."""
    return hashlib.sha256(b"\x00" + body).digest()


def rfc3339(time: datetime) -> str:
    """Write an aware time in UTC with microseconds and Z: always 27 characters, sorted like the times."""
    assert time.tzinfo is not None, "times are aware"
    return time.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def build_leaves(append: Append, log_id: str) -> tuple[Leaf, ...]:
    """Build the bodies of one append, each naming the leaf before it in its stream.

    raises   NotCanonical, BodyTooLarge
    """
    assert append.events, "an append records at least one event"
    for name in (append.stream, append.operation, *(new.type for new in append.events)):
        _check_name(name)
    leaves: list[Leaf] = []
    previous = append.expected
    for new in append.events:
        leaf = _leaf(append, new, previous=previous, log_id=log_id)
        leaves.append(leaf)
        previous = Head(leaf.version, leaf.leaf_hash)
    return tuple(leaves)


def build_body(append: Append, new: NewEvent, *, previous: Head, log_id: str) -> bytes:
    """Write one event's body: a CloudEvents 1.0 envelope whose extension attributes carry who, when and what before."""
    version = previous.version + 1
    recorded_at, actor, data = rfc3339(append.recorded_at), append.actor, dict(new.data)
    return _write(
        {
            "specversion": "1.0",
            "id": f"{append.stream}/{version}",
            "source": f"urn:kawal:{log_id}",
            "type": new.type,
            "subject": append.stream,
            "time": recorded_at,
            "datacontenttype": "application/json",
            "schemaversion": new.schema_version,
            "streamversion": version,
            "validat": recorded_at if new.valid_at is None else rfc3339(new.valid_at),
            "prevleaf": previous.leaf_hash.hex(),
            "office": actor.office,
            "person": actor.person,
            "capacity": actor.capacity,
            "onbehalfof": actor.on_behalf_of,
            "signin": actor.signin,
            "operation": append.operation,
            "cause": append.cause,
            "data": data,
        },
        doubtful=data,
    )


def _leaf(append: Append, new: NewEvent, *, previous: Head, log_id: str) -> Leaf:
    body = build_body(append, new, previous=previous, log_id=log_id)
    if len(body) > MAX_BODY_BYTES:
        raise BodyTooLarge(append.stream, len(body))
    return Leaf(
        version=previous.version + 1,
        type=new.type,
        schema_version=new.schema_version,
        valid_at=(new.valid_at or append.recorded_at).astimezone(UTC),
        basis=new.basis,
        body=body,
        leaf_hash=leaf_hash(body),
    )


def _write(value: Json, *, doubtful: Json) -> bytes:
    """Write a value of which only the doubtful part may hold what has no canonical form."""
    try:
        # Code points sort like UTF-16 for ASCII keys, so the C encoder gives RFC 8785 at a sixth of its time.
        return _encode(value).encode() if _check(doubtful) else rfc8785.dumps(value)
    except (UnicodeEncodeError, rfc8785.CanonicalizationError) as error:
        raise NotCanonical("text holds a lone surrogate") from error
    except RecursionError as error:
        raise NotCanonical("nested too deeply") from error


def _check(value: object) -> bool:
    """Refuse what has no canonical form; true when every key is ASCII."""
    if value is None or isinstance(value, bool | str):
        return True
    if isinstance(value, int):
        if abs(value) > _MAX_INTEGER:
            raise NotCanonical(f"integer {value} is past 2^53-1")
        return True
    # Sums, not all(): every item must be looked at, also after a key that isn't ASCII.
    if isinstance(value, list):
        return sum(not _check(item) for item in value) == 0
    if isinstance(value, dict):
        return sum(not (_check_key(key) & _check(item)) for key, item in value.items()) == 0
    raise NotCanonical(f"a body holds no {type(value).__name__}")


def _check_key(key: object) -> bool:
    if not isinstance(key, str):
        raise NotCanonical("object keys are text")
    return key.isascii()


def _check_name(name: str) -> None:
    if not (0 < len(name) <= _MAX_NAME and name.isprintable()):
        raise NotCanonical(f"a name has 1 to {_MAX_NAME} printable characters: {name[:80]!r}")
