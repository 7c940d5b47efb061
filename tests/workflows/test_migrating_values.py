"""Duties and own values that the version to come must know, and hide as well as before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.saying import codes_said
from tests.support.short_path import short_path
from tests.support.world import (
    ADMIN,
    PLAN,
    PROGRAMME,
    SIGNED,
    STARTED,
    Story,
    World,
    claimed,
    definition,
    given,
    holder_of,
)
from workflows.commitment import Commitment
from workflows.definition import Definition, Duty, Field, Label, Limit, OwnFields
from workflows.definition_yaml import parse
from workflows.facts import FieldValue, Hand, MigrationProposed
from workflows.migrating import foresee

NAME = "replikasi-inovasi"
SAME = parse(short_path().replace("version: 1", "version: 2", 1))
TO_TWO = MigrationProposed(
    f"{PROGRAMME}.m1", PROGRAMME, NAME, 2, (), None, None, "800/7", "Aturan baru", Hand(ADMIN, holder_of(ADMIN))
)
SETTLE = Duty(
    name="settle",
    label=Label("Penyelesaian", "Settling"),
    role="region_coordinator",
    limit=Limit(5),
    until=frozenset({"in_replication"}),
    ladder="task",
    begins_in="signed",
)
HIDDEN = Field("reserve", Label("Cadangan", "Reserve"), "money", visible_to=frozenset({"agency_head"}))
RATING = Field("rating", Label("Nilai", "Rating"), "number")
KEPT = FieldValue("reserve", "5000000")
RATED = FieldValue("rating", "7")


def foreseen(story: Story, commitment: Commitment, old: Definition, new: Definition) -> tuple[str, ...]:
    """Why a commitment of the old version can't follow the new one."""
    world = World(definition=old, versions={1: old, 2: new})
    found = foresee(commitment, TO_TWO, story.during(world).context(ADMIN))
    return codes_said(found.blockers, leads=False)


def test_an_open_duty_must_have_its_end_in_the_new_version() -> None:
    old, new = replace(definition(), duties={"settle": SETTLE}), replace(SAME, duties={"settle": SETTLE})
    story = given(*SIGNED, world=World(definition=old))
    assert story.commitment.owed["duty-settle"].is_open
    assert foreseen(story, story.commitment, old, new) == ()
    assert foreseen(story, story.commitment, old, SAME) == ("duty_would_not_end",)


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"reserve": HIDDEN, "rating": RATING}, ()),
        ({"reserve": HIDDEN}, ("plan_unsayable",)),
        ({"reserve": HIDDEN, "rating": replace(RATING, type="money")}, ()),
        ({"reserve": HIDDEN, "rating": replace(RATING, type="date")}, ("plan_unsayable",)),
        ({"reserve": replace(HIDDEN, visible_to=None), "rating": RATING}, ("plan_unsayable",)),
        ({"rating": RATING}, ("plan_unsayable",)),
        (
            {
                "reserve": HIDDEN,
                "rating": RATING,
                "new": replace(RATING, name="new", required_in=frozenset({"signed"})),
            },
            ("field_missing",),
        ),
    ],
)
def test_own_values_can_be_said_and_stay_hidden_in_the_new_version(
    fields: dict[str, Field], codes: tuple[str, ...]
) -> None:
    story = given(*SIGNED)
    own = OwnFields(commitment={"reserve": HIDDEN, "rating": RATING}, item={"rating": RATING})
    old = replace(definition(), fields=own)
    new = replace(SAME, fields=OwnFields(commitment=fields, item={"rating": RATING}))
    items = tuple(replace(item, fields=(RATED,)) for item in story.commitment.items)
    commitment = replace(story.commitment, fields=(KEPT, RATED), items=items)
    assert foreseen(story, commitment, old, new) == codes


def test_what_was_hidden_in_an_earlier_claim_or_request_stays_hidden() -> None:
    story = given(*STARTED, *claimed(1, 100))
    secret = replace(HIDDEN, name="secret")
    own = OwnFields(claim={"secret": secret}, request={"start": {"secret": secret}})
    old = replace(definition(), fields=own)
    value = (FieldValue("secret", "1"),)
    claims = {name: replace(one, made=replace(one.made, fields=value)) for name, one in story.commitment.claims.items()}
    requests = {
        name: replace(one, opened=replace(one.opened, fields=value, items=PLAN))
        for name, one in story.commitment.requests.items()
    }
    for commitment in (replace(story.commitment, claims=claims), replace(story.commitment, requests=requests)):
        assert foreseen(story, commitment, old, replace(SAME, fields=own)) == ()
        assert foreseen(story, commitment, old, SAME) == ("plan_unsayable",)
