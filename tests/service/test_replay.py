"""`kawal replay`: Mempawah signed on 7 December 2021, and the log learnt of it on the 9th."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from service.cli.root import kawal
from service.references import commitment_of
from service.replaying import moment
from service.runtime import Runtime
from tests.support.played import NOBODY_LISTENS, copied, opened
from workflows.commitment import Recorded
from workflows.facts import SignatureRecorded, StateChanged

REFERENCE = "KALBAR-2022-6102-e-open"
ZONE = "Asia/Pontianak"


@dataclass(frozen=True)
class Auditor:
    """Somebody at the command line of a played log."""

    runtime: Runtime

    def run(self, *words: str) -> Result:
        environment = {"KAWAL_DATA_DIR": str(self.runtime.config.data_dir), "REDIS_URL": NOBODY_LISTENS}
        return CliRunner().invoke(kawal, ["replay", *words], env=environment)

    def replay(self, *words: str) -> dict[str, Any]:
        result = self.run(REFERENCE, "--json", *words)
        assert result.exit_code == 0, result.output
        found: dict[str, Any] = json.loads(result.stdout)
        return found

    def state(self, *words: str) -> str | None:
        found: str | None = self.replay(*words)["state"]
        return found

    @property
    def history(self) -> list[Recorded]:
        with self.runtime.engine.connect() as connection:
            commitment = commitment_of(connection, REFERENCE)
        assert commitment is not None
        return self.runtime.history(commitment)


@pytest.fixture(scope="module")
def auditor(played: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Auditor]:
    with opened(copied(played, tmp_path_factory.mktemp("replayed"))) as runtime:
        yield Auditor(runtime)


def test_now_the_whole_history_counts(auditor: Auditor) -> None:
    found = auditor.replay()
    assert (found["reference"], found["state"]) == (REFERENCE, "completed")
    assert found["version"] == len(found["story"]) == len(auditor.history)


@pytest.mark.parametrize(
    ("known_on", "state"),
    [
        ("2021-11-28", None),
        ("2021-11-29", "drafted"),
        ("2021-12-08", "drafted"),
        ("2021-12-09", "signed"),
        ("2021-12-09T01:59:59+00:00", "drafted"),
        ("2021-12-09T09:05:00+07:00", "signed"),
    ],
)
def test_as_known_on_a_day_the_log_says_only_what_it_had_learnt(
    auditor: Auditor, known_on: str, state: str | None
) -> None:
    assert auditor.state("--known-on", known_on) == state


@pytest.mark.parametrize(
    ("true_on", "state"),
    [
        ("2021-11-28", None),
        ("2021-12-06", "drafted"),
        ("2021-12-07", "signed"),
        ("2021-12-07T09:59:59+07:00", "drafted"),
        ("2021-12-07T10:00:00+07:00", "signed"),
    ],
)
def test_as_true_on_a_day_a_signature_counts_from_when_it_was_given(
    auditor: Auditor, true_on: str, state: str | None
) -> None:
    assert auditor.state("--true-on", true_on) == state


@pytest.mark.parametrize(
    ("known_on", "true_on", "state"),
    [
        ("2021-12-08", "2021-12-07", "drafted"),
        ("2021-12-09", "2021-12-07", "signed"),
        ("2021-12-09", "2021-12-06", "drafted"),
        ("2022-10-16", "2021-12-07", "signed"),
        ("2021-11-28", "2022-10-16", None),
    ],
)
def test_both_axes_at_once_say_what_was_known_to_be_true(
    auditor: Auditor, known_on: str, true_on: str, state: str | None
) -> None:
    assert auditor.state("--known-on", known_on, "--true-on", true_on) == state


def test_up_to_a_position_the_story_ends_there(auditor: Auditor) -> None:
    moved = next(event for event in auditor.history if isinstance(event.fact, StateChanged))
    before = auditor.replay("--to-position", str(moved.position - 1))
    after = auditor.replay("--to-position", str(moved.position))
    assert (before["state"], after["state"]) == ("drafted", "signed")
    assert after["story"][-1]["position"] == moved.position
    assert [*before["story"], after["story"][-1]] == after["story"]
    assert auditor.replay("--to-position", "0") == {"state": None, "story": []}


def test_a_bare_date_means_the_end_of_that_day_in_the_programmes_zone(auditor: Auditor) -> None:
    end = datetime(2021, 12, 8, 23, 59, 59, 999999, tzinfo=ZoneInfo(ZONE))
    assert moment("2021-12-08", ZONE) == end
    assert end.astimezone(UTC) == datetime(2021, 12, 8, 16, 59, 59, 999999, tzinfo=UTC)
    assert auditor.replay("--known-on", "2021-12-08") == auditor.replay("--known-on", end.isoformat())


def test_the_story_tells_both_times_and_which_one_is_which(auditor: Auditor) -> None:
    signed = next(event for event in auditor.history if isinstance(event.fact, SignatureRecorded))
    told = next(one for one in auditor.replay()["story"] if one["fact"] == "signature-recorded")
    assert told["valid_at"] == "2021-12-07T03:00:00+00:00"
    assert told["recorded_at"] == signed.recorded_at.isoformat()
    assert told["recorded_at"].startswith("2021-12-09T02:0")
    shown = auditor.run(REFERENCE).stdout
    assert "(berlaku Selasa, 7 Desember 2021, 10.00 WIB)" in shown
    assert "Kamis, 9 Desember 2021, 09.0" in shown
    assert "data contoh" in shown


def test_sentences_come_in_the_language_that_was_asked_for(auditor: Auditor) -> None:
    indonesian = [one["sentence"] for one in auditor.replay("--known-on", "2021-12-09")["story"]]
    english = [one["sentence"] for one in auditor.replay("--known-on", "2021-12-09", "--language", "en")["story"]]
    assert len(indonesian) == len(english)
    assert not set(indonesian) & set(english)
    assert any("menandatangani" in one for one in indonesian)
    assert any("signed" in one for one in english)


def test_the_id_does_as_well_as_the_reference(auditor: Auditor) -> None:
    name = auditor.replay()["commitment"]
    result = auditor.run(name, "--json")
    assert json.loads(result.stdout) == auditor.replay()


def test_before_the_first_fact_there_was_nothing(auditor: Auditor) -> None:
    shown = auditor.run(REFERENCE, "--known-on", "2021-01-01")
    assert (shown.exit_code, shown.stdout) == (0, "Belum ada apa pun saat itu.\n")


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (("KALBAR-2022-6102-nothing",), 1, "there is no commitment KALBAR-2022-6102-nothing"),
        ((REFERENCE, "--known-on", "2021-02-30"), 2, "2021-02-30"),
        ((REFERENCE, "--true-on", "2021-12-07T10:00:00"), 2, "a time with its offset"),
        ((REFERENCE, "--to-position", "-1"), 2, "--to-position"),
    ],
)
def test_what_is_not_understood_is_named(auditor: Auditor, words: tuple[str, ...], code: int, named: str) -> None:
    shown = auditor.run(*words)
    assert shown.exit_code == code
    assert named in shown.output
