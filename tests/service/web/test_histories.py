"""What a file says of a commitment's past, as its page and the API show it: marked as imported, in any script."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from service.catalog import commitment_stream
from service.dispatch import Caller
from service.references import reserve
from tests.support.api_story import done
from tests.support.api_world import ApiWorld
from tests.support.browsing import visitor
from tests.support.world import COORDINATOR, PARTY, PROGRAMME, REGION, SUBJECT
from workflows.commands import ImportHistory, PastState
from workflows.context import Acting

TITLE = "\u05ea\u05d5\u05db\u05e0\u05d9\u05ea <b>"


@pytest.fixture
def imported(world: ApiWorld) -> str:
    """A commitment that a file brought, running since before this log began."""
    commitment = reserve(world.runtime.engine, "RIWAYAT-7", now=world.runtime.now())
    past = (
        PastState("drafted", datetime(2021, 1, 4, tzinfo=UTC), "buku agenda"),
        PastState("in_replication", datetime(2021, 5, 3, tzinfo=UTC)),
    )
    command = ImportHistory(
        commitment,
        "RIWAYAT-7",
        PROGRAMME,
        PARTY,
        SUBJECT,
        TITLE,
        past,
        "riwayat.csv",
        "a" * 64,
        "Data lama",
        "simda",
        "7",
    )
    caller = Caller(Acting(COORDINATOR, world.persons[COORDINATOR]), "cli:test")
    world.tell(commitment_stream(commitment), command, by=caller)
    world.catch_up()
    return commitment


def test_a_page_says_which_state_is_from_a_file(world: ApiWorld, imported: str) -> None:
    one = visitor(world, REGION)
    one.open(f"/commitments/{imported}")
    assert "Dalam replikasi sejak Senin, 3 Mei 2021; 2 keadaan dari berkas, tidak diputus di sini" in one.words
    assert f"<bdi>{TITLE.replace('<', '&lt;').replace('>', '&gt;')}</bdi>" in one.page
    assert "Nomor di simda 7" in one.words
    assert "Menurut riwayat yang diimpor, sebagai koreksi: Konsep menjadi Dalam replikasi" in one.words


def test_the_api_lists_the_states_that_were_imported(world: ApiWorld, imported: str) -> None:
    shown = done(world.get(REGION, f"/commitments/{imported}"))
    assert (shown["title"], shown["state"]["name"]) == (TITLE, "in_replication")
    assert [(one["from_state"], one["to_state"], one["reason"]) for one in shown["imported"]] == [
        (None, "drafted", None),
        ("drafted", "in_replication", "Data lama"),
    ]
    assert shown["imported"][0]["true_at"].startswith("2021-01-04")
    assert shown["external_ids"] == [{"system": "simda", "id": "7", "item": None}]
    listed = done(world.get(REGION, "/commitments?state=in_replication"))["commitments"]
    assert [one["reference"] for one in listed] == ["RIWAYAT-7"]
