"""The database locked or away: pages that say so, and forms that may be sent again."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from tests.support.api_world import ApiWorld
from tests.support.browsing import forms_in, visitor
from tests.support.world import REGION


def database(world: ApiWorld) -> Path:
    return Path(world.config.database_url.removeprefix("sqlite:///"))


def test_a_locked_database_says_when_to_repeat_and_the_form_may_be_sent_again(world: ApiWorld, asked: str) -> None:
    one = visitor(world, REGION)
    one.open("/")
    form = one.form(f"/commitments/{asked}/verdicts", button="approve")
    holder = sqlite3.connect(database(world), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        answer = one.send(form, {"note": "Baik"}, button=("verdict", "approve"))
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) >= 1
    assert "Tidak akan tercatat dua kali" in one.words
    again = next(found for found in forms_in(one.page) if found.action == f"/commitments/{asked}/verdicts")
    assert again.value("key") == form.value("key")
    one.send(again)
    assert one.status == 200
    state = world.runtime.commitment(asked).state
    assert [act.kind for act in state.open_request.acts] == ["asked", "approved"]


def test_a_database_that_is_away_gives_a_page_of_its_own(world: ApiWorld, tmp_path: Path) -> None:
    one = visitor(world, REGION)
    world.runtime.engine.dispose()
    path = database(world)
    aside = tmp_path / "aside"
    aside.mkdir()
    for file in path.parent.glob(f"{path.name}*"):
        shutil.move(file, aside / file.name)
    path.mkdir()
    try:
        answer = one.open("/")
    finally:
        path.rmdir()
        for file in aside.iterdir():
            shutil.move(file, path.parent / file.name)
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    assert "Belum dapat dilayani" in one.words
    assert one.open("/").status_code == 200
