"""What an office writes stays its own words: on the command line and in what anybody may read."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from events.subscriptions import Failure
from service import health
from service.cli.root import kawal
from tests.support.api_story import drafted
from tests.support.api_world import api_world
from tests.support.world import HEAD, REGION


def test_markup_in_a_note_neither_breaks_the_replay_nor_vanishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = api_world(tmp_path)
    story = drafted(world)
    request = story.ask("sign")
    note = "[/x] lihat [bold green]semua setuju[/]"
    answer = world.post(REGION, f"/requests/{request}/approvals", {"note": note}, etag=story.etag)
    assert answer.status_code == 201, answer.get_data(as_text=True)
    assert world.get(HEAD, story.path).status_code == 200
    for key in ("REDIS_URL", "DATABASE_URL"):
        monkeypatch.delenv(key, raising=False)
    monkeypatch.setenv("KAWAL_DATA_DIR", str(tmp_path))
    result = CliRunner().invoke(kawal, ["replay", story.commitment])
    assert result.exit_code == 0, result.output
    assert "".join(note.split()) in "".join(result.output.split())


def test_readiness_names_a_failure_by_its_class_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = api_world(tmp_path)
    now = world.runtime.now()
    failure = Failure("telling", 1, 7, "StatementError: parameters: surat rahasia", 1, now, now)
    monkeypatch.setattr(health, "failures", lambda connection: [failure])
    (warning, *_) = health.readiness(world.runtime).warnings
    assert "StatementError" in warning
    assert "rahasia" not in warning
