"""What the played story says of supervision: who stood in for whom, what was taken back, found and directed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from service.advice import Place, advice_at, advice_table
from service.demo import ENDS
from service.demo.material import MENTOR, SECRETARY
from service.demo.supervision import ABSENT, ABSENT_UNTIL, DEPUTY
from service.housekeeping import keep_house
from tests.support.counting import Counted, local_day
from tests.support.played import copied, opened
from workflows.delegations import ENDED, IN_FORCE, Moment
from workflows.facts import (
    ClaimVerified,
    DirectionSettled,
    FindingClosed,
    FindingRecorded,
    VerificationRevoked,
)


@pytest.fixture(scope="module")
def counted(whole_story: Path) -> Iterator[Counted]:
    with opened(whole_story) as runtime:
        yield Counted(runtime)


def test_a_deputy_approves_in_the_absent_secretarys_place_and_the_act_names_both(counted: Counted) -> None:
    on_behalf = [event for event in counted.events if event.attributes["onbehalfof"]]
    acts = {(event.type, event.actor.office, event.actor.on_behalf_of, event.actor.capacity) for event in on_behalf}
    assert ("request-approved", DEPUTY, ABSENT, "plh") in acts
    assert {act[1:] for act in acts} == {(DEPUTY, ABSENT, "plh")}
    assert all(local_day(event.recorded_at) <= ABSENT_UNTIL for event in on_behalf)
    given = counted.runtime.basis().delegations.known["demo.delegate-plh"].given
    assert given.letter


def test_the_end_of_the_deputys_term_was_said_once(counted: Counted) -> None:
    ended = [event for event in counted.events if event.type == "delegation-ended"]
    assert [local_day(event.recorded_at) for event in ended] == [ABSENT_UNTIL + timedelta(days=3)]
    delegations = counted.runtime.basis().delegations
    assert delegations.standing("demo.delegate-plh", Moment(ENDS, local_day(ENDS))) == ENDED


def test_the_assistant_noted_its_advice_beside_what_waits_for_the_provincial_secretary(counted: Counted) -> None:
    runtime = counted.runtime
    opened_requests = [
        (state, state.open_request) for _, state in counted.commitments.values() if state.open_request is not None
    ]
    ((waiting, request),) = [one for one in opened_requests if SECRETARY in [at.office for at in one[1].reached]]
    place = Place(SECRETARY, waiting.id, "decision", request.opened.request)
    with runtime.engine.connect() as connection:
        note = advice_at(connection, [place])[place]
    assert (note.written_by, note.starred, bool(note.text)) == (MENTOR, True, True)
    known = runtime.basis().delegations
    assert known.standing("demo.delegate-assist", Moment(ENDS, local_day(ENDS))) == IN_FORCE


def test_advice_is_as_old_as_the_log_says_and_outlives_the_machines_housekeeping(
    whole_story: Path, tmp_path: Path
) -> None:
    with opened(copied(whole_story, tmp_path)) as runtime:
        assert keep_house(runtime, now=datetime.now(UTC) + timedelta(days=1))
        with runtime.engine.connect() as connection:
            assert connection.execute(select(advice_table.c.written_by)).scalars().all() == [MENTOR]


def test_a_verification_was_revoked_and_the_item_verified_again(counted: Counted) -> None:
    ((state, revoked),) = counted.told(VerificationRevoked)
    item = revoked.fact.item
    verified = [
        event.fact.claim for one, event in counted.told(ClaimVerified) if one is state and event.fact.item == item
    ]
    assert len(verified) == 2
    assert state.claims[revoked.fact.claim].status == "revoked"
    assert state.progress[item].complete


def test_one_finding_was_closed_and_one_is_open_and_the_direction_was_settled(counted: Counted) -> None:
    assert len(counted.told(FindingRecorded)) == 2
    assert len(counted.told(FindingClosed)) == 1
    assert len(counted.told(DirectionSettled)) == 1
    still = [matter for _, state in counted.commitments.values() for matter in state.matters.values() if matter.is_open]
    assert [matter.kind for matter in still] == ["finding"]
