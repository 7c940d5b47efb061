"""Golden streams: the bytes of every version of every fact, as they were recorded when it was released.

python -m tests.support.golden     write those that are missing

Before 0.1.0 a fact's version 1 may still change: all are written anew. From 0.1.0 on a file that exists is never
written again, and a changed fact needs a new version with its step up in `service.catalog`.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from events.envelope import EMPTY, Actor, Append, Event, NewEvent, build_body, leaf_hash
from service import catalog
from service.release import VERSION
from workflows.facts import NAMES, Fact

FOLDER = Path(__file__).resolve().parents[1] / "golden"
MANIFEST = "SHA256SUMS"
RELEASED = (0, 1, 0)
LOG = "0190c0de-0000-7000-8000-000000000000"
AT = datetime(2023, 1, 2, 3, 4, 5, 678_901, UTC)
ACTOR = Actor("61.02.sekda", "p-0190c0de", "plh", "61.02.bupati", "session 0190c0de")


class Frozen(Exception):
    """A golden file of a released fact isn't what it was, and nothing was written."""


@dataclass(frozen=True, slots=True)
class Golden:
    """One recorded body. `kind` is full (every optional field filled) or bare (none)."""

    name: str
    version: int
    kind: str
    body: bytes

    @property
    def file(self) -> str:
        """Its file's name."""
        return f"{self.name}.v{self.version}{'' if self.kind == 'full' else '.bare'}.json"


def is_released(version: str) -> bool:
    """True from 0.1.0 on: what was recorded then is never recorded otherwise."""
    return tuple(int(part) for part in version.split(".")) >= RELEASED


def samples() -> Iterator[Golden]:
    """What this program records of each of its facts, in order of their names."""
    for fact, name in sorted(NAMES.items(), key=lambda one: one[1]):
        full, bare = body_of(_example(fact, full=True)), body_of(_example(fact, full=False))
        yield Golden(name, catalog.VERSIONS[name], "full", full)
        if bare != full:
            yield Golden(name, catalog.VERSIONS[name], "bare", bare)


def body_of(fact: Fact) -> bytes:
    """The bytes of the event that records a fact, as the only one of a stream."""
    new = catalog.encode(fact)
    return build_body(_append(new), new, previous=EMPTY, log_id=LOG)


def event_of(body: bytes, name: str, version: int) -> Event:
    """The event that these bytes are."""
    return Event(1, "golden", 1, name, version, AT, AT, AT, "golden", None, False, body, leaf_hash(body))


def write(folder: Path = FOLDER, *, version: str = VERSION) -> list[str]:
    """Write the golden files that are missing and the manifest; the names of those written. Raises Frozen."""
    if is_released(version):
        check(folder)
    else:
        for old in folder.glob("*.json"):
            old.unlink()
    wanted = [golden for golden in samples() if not (folder / golden.file).exists()]
    for golden in wanted:
        (folder / golden.file).write_bytes(golden.body)
    sums = (f"{sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(folder.glob("*.json")))
    (folder / MANIFEST).write_text("".join(sums))
    return [golden.file for golden in wanted]


def check(folder: Path = FOLDER) -> None:
    """Compare the files with the manifest. Raises Frozen naming each that is changed, missing or unlisted."""
    listed = listed_in(folder)
    found = {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.json")}
    wrong = sorted(name for name in listed.keys() | found.keys() if listed.get(name) != found.get(name))
    if wrong:
        raise Frozen(f"not as the manifest says, and never edited: {', '.join(wrong)}")


def listed_in(folder: Path) -> Mapping[str, str]:
    """The digests of the manifest by file; empty where there is none."""
    manifest = folder / MANIFEST
    lines = manifest.read_text().splitlines() if manifest.exists() else []
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def _append(new: NewEvent) -> Append:
    return Append("golden", EMPTY, (new,), ACTOR, "golden", bytes(32), AT, None, cause="golden/0")


def _example(wanted: Any, *, full: bool, name: str = "value") -> Any:
    """Something of that type: optional parts filled, or left out as far as the type lets them be."""
    origin, inside = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        some = next(one for one in inside if one is not type(None))
        return None if type(None) in inside and not full else _example(some, full=full, name=name)
    if origin is tuple:
        return (_example(inside[0], full=full, name=name),) * (2 if inside[0] is str else 1) if full else ()
    if isinstance(wanted, type) and is_dataclass(wanted):
        hints = get_type_hints(wanted)
        made = {field.name: _example(hints[field.name], full=full, name=field.name) for field in fields(wanted)}
        return wanted(**made)
    return SIMPLE[wanted](name)


SIMPLE: Mapping[object, Callable[[str], object]] = {
    str: lambda name: f"{name} ✓",
    int: lambda name: 3,
    bool: lambda name: True,
    Decimal: lambda name: Decimal("12.50"),
    date: lambda name: date(2023, 2, 13),
    datetime: lambda name: datetime(2023, 2, 13, 16, 59, 59, 999_999, UTC),
}


if __name__ == "__main__":
    print("\n".join(write()) or "nothing is missing")  # noqa: T201  # a command line speaks by printing
