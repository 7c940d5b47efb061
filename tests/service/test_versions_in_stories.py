"""A story and a past name states and moves by the version of the workflow that was followed then."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from service import reading
from service.catalog import commitment_stream, definition_stream, programme_stream
from service.dispatch import Caller
from service.migrating import carrying_out
from service.notifications.notices import notice
from service.read_models.commitment_queries import Past, list_past_commitments
from service.read_models.commitments import commitment_table, state_known_table, state_true_table
from service.replaying import AsOf
from tests.support.api_story import ApiStory, done, sign_asked, signed, started
from tests.support.api_world import ApiWorld, api_world
from tests.support.short_path import short_path
from tests.support.world import (
    ADMIN,
    COORDINATOR,
    HEAD,
    NEW_YEAR,
    PROGRAMME,
    PROVINCE,
    REGION,
    SECRETARY,
    SHEET,
    SIGNING,
)
from workflows.commands import ConfirmDefinition, ConfirmMigration, ProposeDefinition, ProposeMigration
from workflows.context import Acting
from workflows.facts import StateMapped

NAME = "replikasi-inovasi"
LABELLED = (
    short_path()
    .replace("version: 1", "version: 2", 1)
    .replace("{id: Ditandatangani, en: Signed}", "{id: Disepakati, en: Agreed}")
    .replace("{id: Mulai replikasi, en: Start of replication}", "{id: Pelaksanaan, en: Carrying out}")
)
RENAMED = re.sub(r"\bsigned\b", "agreed", LABELLED)


def caller(world: ApiWorld, office: str) -> Caller:
    return Caller(Acting(office, world.persons[office]), "cli:test")


def migrate(world: ApiWorld, text: str = LABELLED, *states: StateMapped) -> None:
    """Bring in the text as version 2, and take the programme's commitments over to it."""
    admin, coordinator = caller(world, ADMIN), caller(world, COORDINATOR)
    world.tell(definition_stream(NAME), ProposeDefinition(NAME, text), by=admin)
    world.tell(definition_stream(NAME), ConfirmDefinition(f"{NAME}.p1"), by=coordinator)
    order = ProposeMigration(PROGRAMME, 2, states, None, None, "800/7", "Istilah baru")
    world.tell(programme_stream(PROGRAMME), order, by=admin)
    world.tell(programme_stream(PROGRAMME), ConfirmMigration(f"{PROGRAMME}.m1"), by=coordinator)
    assert all(one.moved for one in carrying_out(world.runtime, f"{PROGRAMME}.m1"))
    world.catch_up()


def sentences(world: ApiWorld, story: ApiStory) -> dict[str, str]:
    """The last sentence of each kind of fact, in English."""
    answer = done(world.get(COORDINATOR, f"{story.path}/history?limit=100", Accept_Language="en"))
    return {one["fact"]: one["sentence"] for one in answer["history"]}


@pytest.fixture
def world(tmp_path: Path) -> ApiWorld:
    return api_world(tmp_path)


def test_old_events_keep_the_old_labels_and_new_ones_take_the_new(world: ApiWorld) -> None:
    story = signed(world)
    migrate(world)
    before = sentences(world, story)
    assert before["state-changed"].startswith("The commitment changed from Draft to Signed")
    assert before["definition-migrated"] == (
        "The commitment now follows version 2 of its definition instead of version 1, by letter 800/7; Signed is now"
        " called Agreed: “Istilah baru”."
    )
    world.advance(to=NEW_YEAR)
    story.etag = str(story.read()["etag"])
    request = story.ask("start", evidence=[world.upload(HEAD)])
    after = sentences(world, story)
    assert "(Carrying out), from Agreed to In replication" in after["request-opened"]
    story.approve(request, REGION, SECRETARY)
    assert sentences(world, story)["state-changed"].startswith("The commitment changed from Agreed to In replication")
    shown = done(world.get(HEAD, f"/requests/{request.rpartition('.')[0]}.r1"))
    assert (shown["from_state"], shown["label"]["en"]) == ("drafted", "Signing")


def test_the_commitment_reads_by_its_version_now_and_by_the_old_one_in_a_past(world: ApiWorld) -> None:
    story = signed(world)
    position = int(story.read()["position"])
    migrate(world, RENAMED, StateMapped("signed", "agreed"))
    now = story.read()
    assert (now["definition_version"], now["state"]["name"], now["state"]["label"]["en"]) == (2, "agreed", "Agreed")
    then = done(world.get(HEAD, f"{story.path}?at_position={position}"))
    assert (then["definition_version"], then["state"]["name"], then["state"]["label"]["en"]) == (1, "signed", "Signed")


def test_lists_and_matrices_of_a_past_name_the_state_by_the_version_of_that_past(world: ApiWorld) -> None:
    story = signed(world)
    position, before = int(story.read()["position"]), world.runtime.now()
    world.advance(to=before + timedelta(days=1))
    migrate(world, RENAMED, StateMapped("signed", "agreed"))
    scope = reading.scope(world.runtime.basis(fresh=True), COORDINATOR, world.runtime.now())
    pasts = (Past(position=position), Past(true_on=before), Past(position=position, true_on=before))
    pasts = (*pasts, Past(position=world.runtime.store.log_head().position, true_on=before))
    with world.runtime.engine.connect() as connection:
        found = [list_past_commitments(connection, scope, past)[0] for past in pasts]
        (now,) = connection.execute(select(commitment_table.c.state, commitment_table.c.definition_version)).all()
        known = connection.execute(select(state_known_table.c.state, state_known_table.c.definition_version)).all()
        true = connection.execute(select(state_true_table.c.state, state_true_table.c.definition_version)).all()
    assert [(one.state, one.definition_version) for one in found] == [("signed", 1)] * 4
    assert tuple(now) == ("agreed", 2)
    assert (
        {tuple(row) for row in known}
        == {tuple(row) for row in true}
        == {
            ("drafted", 1),
            ("signed", 1),
            ("agreed", 2),
        }
    )
    cells = done(world.get(COORDINATOR, f"/matrix?programme={PROGRAMME}&rows=party&cols=subject"))["cells"]
    assert [cell["label"]["en"] for cell in cells if cell["count"]] == ["Agreed"]
    past = done(
        world.get(COORDINATOR, f"/matrix?programme={PROGRAMME}&rows=party&cols=subject&at_position={position}")
    )["cells"]
    assert [cell["label"]["en"] for cell in past if cell["count"]] == ["Signed"]


def test_a_fact_that_was_true_before_a_migration_but_came_after_it_is_named_by_the_new_version(world: ApiWorld) -> None:
    story, request = sign_asked(world)
    story.approve(request, REGION)
    world.advance(to=SIGNING + timedelta(days=1))
    migrate(world, RENAMED, StateMapped("signed", "agreed"))
    sheet = world.get(SECRETARY, f"/sheets/{SHEET}")
    body = {"mode": "in_person", "place": "Pontianak", "signed_at": SIGNING.isoformat()}
    done(world.post(SECRETARY, f"/sheets/{SHEET}/signatures", body, etag=sheet.headers["ETag"]))
    world.catch_up()
    runtime, head = world.runtime, world.runtime.store.log_head()
    assert head is not None
    then = reading.commitment_as_of(runtime, story.commitment, AsOf(true_on=SIGNING))
    assert (then.state, then.definition_version) == ("agreed", 2)
    assert done(world.get(HEAD, f"{story.path}?as_true_on={SIGNING:%Y-%m-%dT%H:%M:%SZ}"))["state"]["name"] == "agreed"
    scope = reading.scope(runtime.basis(fresh=True), COORDINATOR, runtime.now())
    with runtime.engine.connect() as connection:
        for past in (Past(true_on=SIGNING), Past(position=head.position, true_on=SIGNING)):
            (listed,) = list_past_commitments(connection, scope, past)
            assert (listed.state, listed.definition_version) == ("agreed", 2)


def test_offices_are_told_of_the_migration_as_the_workflow_says(world: ApiWorld) -> None:
    signed(world)
    migrate(world)
    query = select(notice.c.office, notice.c.urgency).where(notice.c.fact == "definition-migrated")
    with world.runtime.engine.connect() as connection:
        told = {row.office: row.urgency for row in connection.execute(query)}
    assert told[HEAD] == "daily"
    assert told[SECRETARY] == told[PROVINCE] == "weekly"
    # Who confirmed it isn't told of the own act.
    assert COORDINATOR not in told


def test_the_log_replays_to_what_the_tables_hold_after_a_migration(world: ApiWorld) -> None:
    story = started(world)
    migrate(world, RENAMED, StateMapped("signed", "agreed"))
    folded = world.runtime.commitment(story.commitment, fresh=True).state
    events = world.runtime.store.read_stream(commitment_stream(story.commitment))
    assert folded is not None
    assert folded.last.version == len(events)
    with world.runtime.engine.connect() as connection:
        row = connection.execute(select(commitment_table.c.state, commitment_table.c.definition_version)).one()
    assert tuple(row) == (folded.state, folded.definition_version)
