"""The log as a feed: gapless, in order, only what an office may see, and honest about how far it has looked."""

from __future__ import annotations

from typing import Any

import pytest

from events.envelope import canonical, leaf_hash
from tests.support.api_story import done, drafted, refused, signed
from tests.support.api_world import ApiWorld
from tests.support.world import AUDITOR, COORDINATOR, HEAD, MINISTRY, NEIGHBOUR


def _whole(world: ApiWorld, office: str, *, limit: int = 7) -> list[dict[str, Any]]:
    """The whole feed, batch by batch, checking that no batch leaves a hole before the next."""
    found: list[dict[str, Any]] = []
    after, known = 0, ""
    while True:
        guard = f"&leaf_hash={known}" if known else ""
        batch = done(world.get(office, f"/events?after={after}&limit={limit}{guard}"))
        positions = [event["position"] for event in batch["events"]]
        assert positions == sorted(positions)
        assert all(after < position <= batch["complete_to"] for position in positions)
        found += batch["events"]
        if batch["next_after"] == after:
            return found
        after, known = batch["next_after"], batch["leaf_hash"]


def test_who_sees_all_reads_every_position(world: ApiWorld) -> None:
    signed(world)
    head = world.runtime.store.log_head()
    assert head is not None
    read = _whole(world, MINISTRY)
    seen = {event["position"] for event in read}
    missing = set(range(1, head.position + 1)) - seen
    # Appointments of organisations beside its own are the only thing that the ministry may not see.
    events = {event.position: event for event in world.runtime.store.read_all(0, 10_000)}
    assert {events[position].type for position in missing} == {"holder-appointed"}
    assert {str(events[position].data["office"]) for position in missing} == {AUDITOR, "asal.pikobar"}


def test_an_event_is_served_as_it_was_recorded(world: ApiWorld) -> None:
    drafted(world)
    for event in _whole(world, COORDINATOR):
        assert leaf_hash(canonical(event["event"])).hex() == event["leaf_hash"]
        assert event["event"]["specversion"] == "1.0"


def test_an_office_beside_sees_no_commitment_and_no_foreign_appointment(world: ApiWorld) -> None:
    signed(world)
    read = _whole(world, NEIGHBOUR)
    everybodys = {"offices", "programme", "definition", "calendar"}
    assert {event["event"]["subject"].partition("-")[0] for event in read} <= everybodys
    appointed = [event["event"]["data"]["office"] for event in read if event["event"]["type"] == "holder-appointed"]
    assert appointed == [NEIGHBOUR]


def test_a_batch_says_how_far_it_looked_even_where_it_shows_nothing(world: ApiWorld) -> None:
    before = done(world.get(NEIGHBOUR, "/events?limit=1000"))["complete_to"]
    signed(world)
    batch = done(world.get(NEIGHBOUR, f"/events?after={before}"))
    head = world.runtime.store.log_head()
    assert head is not None
    assert (batch["events"], batch["complete_to"], batch["next_after"]) == ([], head.position, head.position)
    assert batch["leaf_hash"] == head.leaf_hash.hex()


def test_a_grant_opens_the_feed_and_a_draft_stays_shut(world: ApiWorld) -> None:
    world.grant(AUDITOR, organisation="61")
    story = drafted(world)
    stream = f"commitment-{story.commitment}"
    assert all(event["event"]["subject"] != stream for event in _whole(world, AUDITOR))


def test_a_limit_cuts_a_batch_and_loses_nothing(world: ApiWorld) -> None:
    signed(world)
    assert _whole(world, COORDINATOR, limit=1) == _whole(world, COORDINATOR, limit=1_000)


def test_a_log_that_lost_what_the_reader_knows_says_so(world: ApiWorld) -> None:
    head = done(world.get(HEAD, "/events?limit=1000"))["complete_to"]
    refused(world.get(HEAD, f"/events?after={head + 1}"), 409, "log_rewound")
    refused(world.get(HEAD, f"/events?after={head}&leaf_hash={'0' * 64}"), 409, "log_rewound")


@pytest.mark.parametrize("query", ["after=-1", "after=x", "limit=0", "limit=1001", "before=3"])
def test_a_feed_without_sense_is_refused(world: ApiWorld, query: str) -> None:
    refused(world.get(HEAD, f"/events?{query}"), 422, "input_invalid")


def test_a_history_is_told_in_the_readers_language(world: ApiWorld) -> None:
    story = signed(world)
    told = done(world.get(HEAD, f"{story.path}/history"))["history"]
    assert [one["version"] for one in told] == list(range(1, len(told) + 1))
    english = done(world.get(HEAD, f"{story.path}/history", Accept_Language="en"))["history"]
    assert [one["fact"] for one in english] == [one["fact"] for one in told]
    assert english[0]["sentence"] != told[0]["sentence"]
    assert told[0]["office"]["name"].startswith("Jabatan ")


def test_a_history_is_read_page_by_page(world: ApiWorld) -> None:
    story = signed(world)
    whole = done(world.get(HEAD, f"{story.path}/history"))["history"]
    pages: list[dict[str, Any]] = []
    cursor = ""
    while cursor is not None:
        page = done(world.get(HEAD, f"{story.path}/history?limit=2" + (f"&cursor={cursor}" if cursor else "")))
        pages += page["history"]
        cursor = page["next"]
    assert pages == whole
    refused(world.get(HEAD, f"{story.path}/history?cursor=WyJoaXN0b3J5IiwxLCIwMCJd"), 400, "cursor_malformed")
