"""The one write path, on both engines: once under its key, never on a stale fold, never beside a revocation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.dispatch import Ask, Caller, Outcome, dispatch
from service.errors import KeyTaken, NotFound, StaleVersion
from service.references import reserve
from service.runtime import Runtime
from tests.support.api_world import ApiWorld, api_world
from tests.support.databases import ENGINES, fresh_database
from tests.support.world import HEAD, PARTY, PLAN, PROGRAMME, REGION, SUBJECT
from workflows.commands import ApproveRequest, Command, DraftCommitment, EditDraft, EndAppointment, OpenRequest
from workflows.context import Acting
from workflows.errors import Refused


@pytest.fixture(params=ENGINES)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ApiWorld]:
    with fresh_database(request.param, tmp_path) as url:
        made = api_world(tmp_path / "data", database_url=url)
        yield made
        made.runtime.close()


@pytest.fixture
def elsewhere(world: ApiWorld) -> Iterator[Runtime]:
    """Another process's way to the same log, with folds of its own."""
    runtime = Runtime(world.config)
    yield runtime
    runtime.close()


def by(world: ApiWorld, office: str) -> Caller:
    return Caller(Acting(office, world.persons[office]), "token:test")


def draft(world: ApiWorld, runtime: Runtime | None = None, *, key: str = "draft", scope: str = "full") -> Outcome:
    runtime = runtime or world.runtime
    reference = f"{PROGRAMME}-1".upper()
    commitment = reserve(runtime.engine, reference, now=runtime.now())
    command = DraftCommitment(
        commitment, reference, PROGRAMME, PARTY, SUBJECT, 2022, scope, HEAD, f"{HEAD}.pic", tuple(PLAN)
    )
    ask = Ask(command, f"commitment-{commitment}", by(world, REGION), f"http:t:{key}", {"scope": scope})
    return dispatch(runtime, ask)


def ask_for(
    world: ApiWorld,
    stream: str,
    office: str,
    command: Command,
    *,
    key: str,
    runtime: Runtime | None = None,
    **more: str,
) -> Outcome:
    request = {"what": repr(command)}
    return dispatch(
        runtime or world.runtime,
        Ask(command, stream, by(world, office), f"http:t:{key}", request, expected=more.get("expected")),
    )


def sign_asked(world: ApiWorld) -> tuple[str, str]:
    stream = draft(world).stream
    ask_for(world, stream, HEAD, OpenRequest("sign"), key="ask")
    return stream, f"{stream.removeprefix('commitment-')}.r1"


def test_a_repeat_answers_what_the_first_did_and_writes_nothing(world: ApiWorld, elsewhere: Runtime) -> None:
    first = draft(world)
    again, other = draft(world), draft(world, elsewhere)
    assert not first.repeated
    assert again.repeated
    assert other.repeated
    assert again.etag == first.etag == other.etag
    assert len(world.runtime.store.read_stream(first.stream)) == 2


def test_a_repeat_after_others_wrote_still_answers_what_the_first_did(world: ApiWorld) -> None:
    first = draft(world)
    ask_for(world, first.stream, REGION, EditDraft(replication_scope="partial"), key="edit")
    assert draft(world).version == first.version
    assert draft(world).etag == first.etag


def test_a_key_with_another_request_is_refused_even_where_nothing_would_change(world: ApiWorld) -> None:
    draft(world)
    with pytest.raises(KeyTaken):
        draft(world, scope="partial")
    stream = draft(world).stream
    with pytest.raises(KeyTaken):
        ask_for(world, stream, REGION, EditDraft(replication_scope="full"), key="draft")


def test_a_stale_version_is_told_the_one_in_force(world: ApiWorld) -> None:
    first = draft(world)
    second = ask_for(world, first.stream, REGION, EditDraft(replication_scope="partial"), key="e1", expected=first.etag)
    with pytest.raises(StaleVersion) as refused:
        ask_for(world, first.stream, REGION, EditDraft(replication_scope="full"), key="e2", expected=first.etag)
    assert refused.value.etag == second.etag
    repeated = ask_for(
        world, first.stream, REGION, EditDraft(replication_scope="partial"), key="e1", expected=first.etag
    )
    assert repeated.repeated


def test_a_fold_that_another_process_made_stale_is_read_again(world: ApiWorld, elsewhere: Runtime) -> None:
    stream, request = sign_asked(world)
    elsewhere.commitment(stream.removeprefix("commitment-"))
    ask_for(world, stream, REGION, ApproveRequest(request), key="approve")
    with pytest.raises(Refused) as refused:
        ask_for(world, stream, REGION, ApproveRequest(request), key="approve-again", runtime=elsewhere)
    assert "acted_already" in {blocker.code for blocker in refused.value.blockers}


def test_an_appointment_ended_elsewhere_ends_its_authority_here(world: ApiWorld, elsewhere: Runtime) -> None:
    stream, request = sign_asked(world)
    elsewhere.basis()
    appointment = next(
        one.appointment for one in world.runtime.basis().directory.appointments.values() if one.office == REGION
    )
    yesterday = world.runtime.basis().directory.appointments[appointment].starts_on
    world.tell("offices", EndAppointment(appointment, yesterday, "SK 9"))
    world.advance(to=world.runtime.now().replace(day=30))
    with pytest.raises(Refused) as refused:
        ask_for(world, stream, REGION, ApproveRequest(request), key="late", runtime=elsewhere)
    assert refused.value.code == "not_a_holder"


def test_an_unknown_commitment_is_not_found_and_leaves_no_receipt(world: ApiWorld) -> None:
    with pytest.raises(NotFound):
        ask_for(world, "commitment-none", REGION, EditDraft(replication_scope="full"), key="none")
    assert world.runtime.store.receipt("http:t:none") is None


def test_a_refusal_leaves_no_receipt_and_may_pass_later_under_the_same_key(world: ApiWorld) -> None:
    stream = draft(world).stream
    request = f"{stream.removeprefix('commitment-')}.r1"
    with pytest.raises(Refused):
        ask_for(world, stream, REGION, ApproveRequest(request), key="early")
    ask_for(world, stream, HEAD, OpenRequest("sign"), key="ask")
    assert not ask_for(world, stream, REGION, ApproveRequest(request), key="early").repeated


def test_a_reference_has_one_id_whoever_reserves_it(world: ApiWorld, elsewhere: Runtime) -> None:
    ids = {reserve(runtime.engine, "X-1", now=world.runtime.now()) for runtime in (world.runtime, elsewhere)}
    assert len(ids) == 1
