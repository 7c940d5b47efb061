"""What was ever recorded is read for ever: the bytes of each released version of each fact."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from events.envelope import Event
from service import catalog
from service.release import VERSION
from tests.support.golden import (
    FOLDER,
    MANIFEST,
    Frozen,
    Golden,
    body_of,
    check,
    event_of,
    is_released,
    samples,
    write,
)

SAMPLES = tuple(samples())


def read(body: bytes) -> Event:
    """The event that these bytes are."""
    said = json.loads(body)
    return event_of(body, said["type"], said["schemaversion"])


def missing(folder: Path) -> set[str]:
    """The golden files that today's facts want and that aren't there."""
    return {golden.file for golden in SAMPLES if not (folder / golden.file).exists()}


@pytest.mark.parametrize("golden", SAMPLES, ids=lambda golden: golden.file)
def test_every_fact_is_decoded_and_encoded_again_to_the_same_bytes(golden: Golden) -> None:
    assert body_of(catalog.decode(read(golden.body))) == golden.body


def test_every_golden_body_is_still_read_and_its_current_version_still_written() -> None:
    for path in sorted(FOLDER.glob("*.json")):
        body = path.read_bytes()
        event = read(body)
        fact = catalog.decode(event)
        assert path.name.startswith(f"{event.type}.v{event.schema_version}.")
        assert event.schema_version < catalog.VERSIONS[event.type] or body_of(fact) == body, path.name


def test_from_the_first_release_on_every_fact_version_has_its_golden_file() -> None:
    if is_released(VERSION):
        assert missing(FOLDER) == set()
    check()


def test_the_first_release_is_0_1_0() -> None:
    assert [is_released(version) for version in ("0.0.1", "0.0.9", "0.1.0", "0.10.0", "1.0.0")] == [
        False,
        False,
        True,
        True,
        True,
    ]


def test_before_the_first_release_all_are_written_anew(tmp_path: Path) -> None:
    write(tmp_path, version="0.0.1")
    (tmp_path / SAMPLES[0].file).write_bytes(b"{}")
    (tmp_path / "gone.v1.json").write_bytes(b"{}")
    assert write(tmp_path, version="0.0.1") == [golden.file for golden in SAMPLES]
    assert {path.name for path in tmp_path.iterdir()} == {MANIFEST, *(golden.file for golden in SAMPLES)}
    check(tmp_path)


def test_afterwards_only_missing_ones_are_written_and_none_that_exists(tmp_path: Path) -> None:
    assert write(tmp_path, version="0.1.0") == [golden.file for golden in SAMPLES]
    assert write(tmp_path, version="0.1.0") == []
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.json")}
    first, second = SAMPLES[0].file, SAMPLES[1].file
    (tmp_path / first).unlink()
    (tmp_path / MANIFEST).write_text("".join((tmp_path / MANIFEST).read_text().splitlines(keepends=True)[1:]))
    assert missing(tmp_path) == {first}
    assert write(tmp_path, version="0.1.0") == [first]
    assert (tmp_path / second).stat().st_mtime_ns == before[second]


def test_a_golden_file_that_was_edited_removed_or_slipped_in_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    write(tmp_path, version="0.1.0")
    edited, removed = SAMPLES[0].file, SAMPLES[1].file
    (tmp_path / edited).write_bytes(b"{}")
    (tmp_path / removed).unlink()
    (tmp_path / "slipped-in.v1.json").write_bytes(b"{}")
    with pytest.raises(Frozen) as caught:
        write(tmp_path, version="0.1.0")
    assert all(name in str(caught.value) for name in (edited, removed, "slipped-in.v1.json"))
    assert (tmp_path / edited).read_bytes() == b"{}"
    assert not (tmp_path / removed).exists()
