"""The story goes on past 13 February 2023, until every running commitment is completed or expired."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from service.demo.programme import adopted_calendar
from service.rebuilding import rebuild
from tests.support.comparing import views_of
from tests.support.counting import Counted, local_day
from tests.support.played import LonePlayer, copied, opened
from tests.support.processes import run_kawal
from tests.support.sequel import THE_END, sequel
from workflows.facts import StateChanged

STOOD = {"drafted": 10, "in_replication": 45, "modified": 7, "completed": 5, "withdrawn": 1, "cancelled": 1}
ENDED = {"drafted": 10, "completed": 34, "expired": 23, "withdrawn": 1, "cancelled": 1}


@pytest.fixture(scope="module")
def ended(whole_story: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counted]:
    folder = copied(whole_story, tmp_path_factory.mktemp("sequel"))
    with opened(folder) as runtime:
        stood = Counted(runtime)
        assert stood.states() == STOOD
        steps = sequel(adopted_calendar(runtime), [state for _, state in stood.commitments.values()])
        LonePlayer(runtime).play(steps, until=THE_END)
        yield Counted(runtime)


def test_every_running_commitment_is_completed_or_expired_and_the_ten_drafts_stay(ended: Counted) -> None:
    assert ended.states() == ENDED
    drafted = {state.drafted.party for _, state in ended.commitments.values() if state.state == "drafted"}
    assert drafted == {"61.01", "61.71"}


def test_nothing_expired_before_30_working_days_after_the_year(ended: Counted) -> None:
    days = Counter(
        local_day(event.recorded_at) for _, event in ended.told(StateChanged) if event.fact.to_state == "expired"
    )
    assert days.total() == ENDED["expired"]
    assert min(days) > date(2023, 2, 13)


def test_nothing_waits_for_anybody_but_the_signatures_that_never_came(ended: Counted) -> None:
    for _, state in ended.commitments.values():
        owed = {one.obligation.kind for one in state.owed.values() if one.is_open}
        assert owed == ({"decision"} if state.state == "drafted" else set()), state.drafted.reference
        assert (state.open_request is None) == (state.state != "drafted")


def test_the_replay_of_every_stream_is_the_live_state(ended: Counted) -> None:
    for reference, (events, state) in ended.commitments.items():
        live = ended.runtime.commitment(state.id).state
        assert live == state, reference
        assert events[-1].position


def test_read_models_rebuilt_are_the_rows_that_grew(ended: Counted) -> None:
    grown = views_of(ended.runtime)
    rebuild(ended.runtime)
    assert views_of(ended.runtime) == grown


@pytest.mark.serial
def test_kawal_verify_agrees(ended: Counted) -> None:
    found = run_kawal(["verify", "--json"], data_dir=ended.runtime.config.data_dir, timeout_s=120)
    assert found.returncode == 0, found.stdout + found.stderr
    assert json.loads(found.stdout)["agrees"]
