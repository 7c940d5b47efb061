"""A commitment goes over to another version of its workflow, or says why not; and back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

import pytest
from hypothesis import given as sampled
from hypothesis import settings
from hypothesis import strategies as st

from tests.support.saying import codes_said
from tests.support.short_path import short_path
from tests.support.world import (
    ADMIN,
    COMPLETED,
    COORDINATOR,
    DRAFTED,
    HEAD,
    PAPER,
    PROGRAMME,
    REGION,
    SECRETARY,
    SIGN_ASKED,
    SIGN_CHECKED,
    SIGNED,
    START_ASKED,
    STARTED,
    VERIFIED,
    Act,
    K,
    Story,
    Tried,
    World,
    claimed,
    definition,
    given,
    holder_of,
)
from workflows.commands import (
    ApproveRequest,
    Escalate,
    MigrateDefinition,
    OpenRequest,
    RejectRequest,
    ReturnRequest,
    WithdrawRequest,
)
from workflows.commitment import replay
from workflows.definition import Definition
from workflows.definition_yaml import parse
from workflows.facts import (
    DefinitionMigrated,
    EscalationRaised,
    Hand,
    MigrationProposed,
    RequestApproved,
    StateMapped,
)
from workflows.migrating import Foreseen, foresee
from workflows.proposals import Migration

NAME = "replikasi-inovasi"
M1, M2 = f"{PROGRAMME}.m1", f"{PROGRAMME}.m2"
BY = Hand(COORDINATOR, holder_of(COORDINATOR))


@lru_cache
def version(*changes: tuple[str, str], number: int = 2) -> Definition:
    """The shipped workflow as another version, with some of its text replaced."""
    text = short_path().replace("version: 1", f"version: {number}", 1)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return parse(text)


SAME = version()
RENAMED = parse(re.sub(r"\bsigned\b", "agreed", short_path().replace("version: 1", "version: 2", 1)))
NO_START = version(("  start:\n", "  begin:\n"))
LONGER = version(
    (
        "role: region_secretary, limit: 5, ladder: decision}\n  amend",
        "role: region_secretary, limit: 5, ladder: decision}\n"
        "      - {name: last, label: {id: Akhir, en: Last}, role: province_coordinator, limit: 5, ladder: decision}\n"
        "  amend",
    )
)
SLOWER = version(
    ("role: region_secretary, limit: 5, ladder: decision}", "role: region_secretary, limit: 9, ladder: task}")
)
NO_PARTIAL = version(("  full: {id: Penuh, en: Full}\n", "  whole: {id: Penuh, en: Whole}\n"))
NO_APBD = version(("  APBD: {id", "  DAU: {id"))
NO_STAGE = version(("  replikasi: {id: Replikasi", "  ulang: {id: Replikasi"))
CLOSED = version(("en: Signed}, meaning: open, claims: true, owed: true}", "en: Signed}, meaning: exit}"))
UNOWED = version(("en: Signed}, meaning: open, claims: true, owed: true}", "en: Signed}, meaning: open, claims: true}"))
NO_LADDER = version(("item_ladder: task", "item_ladder: duty"), ("  task:\n", "  duty:\n"))
MAPPED = (StateMapped("signed", "agreed"),)


def order(
    to_version: int | None = 2,
    *,
    states: tuple[StateMapped, ...] = (),
    commitments: tuple[str, ...] | None = None,
    undoes: str | None = None,
    name: str = M1,
    programme: str = PROGRAMME,
) -> MigrationProposed:
    by = Hand(ADMIN, holder_of(ADMIN))
    return MigrationProposed(name, programme, NAME, to_version, states, commitments, undoes, "800/7", "Aturan baru", by)


def ruled(new: Definition, *orders: MigrationProposed, status: str = "confirmed") -> World:
    """The world with a further version, and these migrations."""
    versions = {1: definition(), new.version: new}
    return World(versions=versions, migrations={one.migration: Migration(one, status, BY) for one in orders})


def migrating(story: Story, new: Definition, one: MigrationProposed, *earlier: MigrationProposed) -> Tried:
    """The confirming office has one commitment go over."""
    return story.during(ruled(new, *earlier, one)).when(COORDINATOR, MigrateDefinition(one.migration))


def looked(story: Story, new: Definition, one: MigrationProposed) -> Foreseen:
    return foresee(story.commitment, one, story.during(ruled(new)).context(ADMIN))


@pytest.mark.parametrize("acts", [DRAFTED, SIGN_ASKED, SIGN_CHECKED, SIGNED, START_ASKED, STARTED, VERIFIED, COMPLETED])
def test_a_commitment_in_any_state_goes_over_to_a_version_that_asks_the_same(acts: tuple[Act, ...]) -> None:
    before = given(*acts)
    after = migrating(before, SAME, order()).then(DefinitionMigrated)
    # Nothing can be taken back any more, so who only decided the last time isn't asked for by the commitment now.
    was, now = replace(before.commitment, retractable=None), after.commitment
    assert (was.definition_version, now.definition_version) == (1, 2)
    unchanged = ("state", "items", "progress", "owed", "names", "invites", "revision", "agency")
    assert [getattr(was, name) == getattr(now, name) for name in unchanged] == [True] * len(unchanged)
    assert was.open_request is None or now.open_request is not None


def test_a_mapped_state_is_called_otherwise_and_goes_on_from_there() -> None:
    after = migrating(given(*SIGNED), RENAMED, order(states=MAPPED)).done
    assert after.commitment.state == "agreed"
    asked = after.does(Act(HEAD, OpenRequest("start", evidence=PAPER)))
    assert asked.commitment.open_request is not None
    started = asked.does(Act(REGION, ApproveRequest(f"{K}.r2"))).does(Act(SECRETARY, ApproveRequest(f"{K}.r2")))
    assert started.commitment.state == "in_replication"


def test_an_open_request_goes_on_by_its_chain_under_the_new_version() -> None:
    after = migrating(given(*START_ASKED), SLOWER, order()).done
    request = after.commitment.open_request
    assert request is not None
    assert request.definition_version == 2
    checked = after.does(Act(REGION, ApproveRequest(f"{K}.r2")))
    open_request = checked.commitment.open_request
    assert open_request is not None
    assert open_request.reached[0].obligation.ladder_version == 2
    assert checked.when(SECRETARY, ApproveRequest(f"{K}.r2")).done.commitment.state == "in_replication"


def test_an_open_request_from_a_renamed_state_goes_on_too() -> None:
    after = migrating(given(*START_ASKED), RENAMED, order(states=MAPPED)).done
    done = after.does(Act(REGION, ApproveRequest(f"{K}.r2"))).does(Act(SECRETARY, ApproveRequest(f"{K}.r2")))
    assert done.commitment.state == "in_replication"


def test_a_returned_request_still_waits_to_be_revised_in_a_renamed_state() -> None:
    returned = given(*START_ASKED, Act(REGION, ReturnRequest(f"{K}.r2", "bukti_kurang")))
    after = migrating(returned, RENAMED, order(states=MAPPED)).done.commitment
    request = after.requests[f"{K}.r2"]
    assert (request.from_state, request.definition_version, request.opened.from_state) == ("agreed", 1, "signed")


def test_what_is_owed_keeps_its_moments_ladder_and_version_though_the_new_one_has_no_such_ladder() -> None:
    before = given(*STARTED)
    after = migrating(
        before,
        NO_LADDER,
        order(),
    ).done
    assert after.commitment.owed == before.commitment.owed
    owed = after.commitment.owed["item-1"].obligation
    first = owed.levels[0]
    raised = after.when(
        "clock", Escalate("item-1", 1, 1, first.level), at=max(first.at, after.now + timedelta(hours=1))
    )
    (fact,) = raised.then(EscalationRaised).new
    assert isinstance(fact, EscalationRaised)
    assert (fact.ladder, fact.ladder_version) == ("task", 1)


@pytest.mark.parametrize(
    ("acts", "new", "states", "codes"),
    [
        (SIGNED, RENAMED, (), ("state_unmapped",)),
        (SIGNED, SAME, (StateMapped("signed", "nowhere"),), ("state_unmapped",)),
        (SIGNED, CLOSED, (), ("state_means_otherwise",)),
        (SIGNED, UNOWED, (), ("state_means_otherwise",)),
        (SIGNED, SAME, (StateMapped("signed", "drafted"),), ("state_means_otherwise",)),
        (COMPLETED, SAME, (StateMapped("completed", "withdrawn"),), ("state_means_otherwise",)),
        (COMPLETED, SAME, (StateMapped("completed", "modified"),), ("state_means_otherwise",)),
        (START_ASKED, NO_START, (), ("request_would_break",)),
        (START_ASKED, LONGER, (), ("request_would_break",)),
        (START_ASKED, RENAMED, (), ("state_unmapped", "request_would_break")),
        (SIGN_ASKED, RENAMED, (), ("request_would_break",)),
        (SIGNED, NO_PARTIAL, (), ("plan_unsayable",)),
        (SIGNED, NO_APBD, (), ("plan_unsayable",)),
        (SIGNED, NO_STAGE, (), ("plan_unsayable",)),
    ],
)
def test_who_cannot_go_over_learns_why_and_nothing_is_stated(
    acts: tuple[Act, ...], new: Definition, states: tuple[StateMapped, ...], codes: tuple[str, ...]
) -> None:
    story = given(*acts)
    migrating(story, new, order(states=states)).refused(*codes)
    found = looked(story, new, order(states=states))
    assert codes_said(found.blockers, leads=False) == codes
    assert not found.is_done


def test_the_office_that_an_open_request_waits_for_can_clear_it_until_its_limit() -> None:
    tried = migrating(given(*START_ASKED), NO_START, order())
    blocker = tried.blocker("request_would_break")
    assert blocker.cleared_by == (REGION, HEAD)
    assert blocker.until == given(*START_ASKED).commitment.owed["r2/check"].obligation.due_at


@pytest.mark.parametrize(
    "cleared",
    [(Act(HEAD, WithdrawRequest(f"{K}.r2")),), (Act(REGION, RejectRequest(f"{K}.r2", "tidak_memenuhi_syarat")),)],
    ids=["withdrawn", "decided"],
)
def test_once_the_open_request_is_cleared_the_commitment_goes_over(cleared: tuple[Act, ...]) -> None:
    held = looked(given(*START_ASKED), NO_START, order())
    assert [blocker.code for blocker in held.blockers] == ["request_would_break"]
    story = given(*START_ASKED, *cleared)
    assert looked(story, NO_START, order()).blockers == ()
    assert migrating(story, NO_START, order()).done.commitment.definition_version == 2


def test_what_is_missing_of_the_plan_is_named_once() -> None:
    blocker = migrating(given(*SIGNED), NO_APBD, order()).blocker("plan_unsayable")
    assert blocker.facts["missing"] == "APBD"


def test_a_dry_run_foresees_what_the_migration_does() -> None:
    story = given(*SIGNED)
    found = looked(story, RENAMED, order(states=MAPPED))
    assert (found.to_version, found.to_state, found.is_done, found.blockers) == (2, "agreed", False, ())
    after = migrating(story, RENAMED, order(states=MAPPED)).done
    assert after.commitment.state == found.to_state
    again = foresee(after.commitment, order(states=MAPPED), after.context(ADMIN))
    assert (again.is_done, again.blockers) == (True, ())


def test_only_a_confirmed_migration_moves_and_only_in_the_name_of_who_confirmed_it() -> None:
    story, one = given(*SIGNED), order()
    for status in ("open", "declined", "ended"):
        world = ruled(SAME, one, status=status)
        story.during(world).when(COORDINATOR, MigrateDefinition(M1)).refused("migration_not_confirmed")
    confirmed = story.during(ruled(SAME, one))
    confirmed.when(ADMIN, MigrateDefinition(M1)).refused("migration_not_confirmed")
    confirmed.when(COORDINATOR, MigrateDefinition(M1), person="somebody").refused("migration_not_confirmed")
    confirmed.when(COORDINATOR, MigrateDefinition(M2)).refused("migration_unknown")


def test_only_what_the_migration_names_moves() -> None:
    story = given(*SIGNED)
    migrating(story, SAME, order(commitments=("k9",))).refused("not_in_migration")
    migrating(story, SAME, order(programme="sumbar-2022")).refused("not_in_migration")
    migrating(story, SAME, order(commitments=(K,))).then(DefinitionMigrated)


def test_a_migration_carried_out_twice_is_nothing_new() -> None:
    once = migrating(given(*SIGNED), SAME, order()).done
    assert once.when(COORDINATOR, MigrateDefinition(M1)).then().events == once.events
    other = replace(once, world=ruled(SAME, order(), order(name=M2)))
    other.when(COORDINATOR, MigrateDefinition(M2)).then()


def undone(story: Story, new: Definition, one: MigrationProposed) -> Tried:
    """The migration `one` taken back by another one."""
    return migrating(story, new, order(None, undoes=one.migration, name=M2), one)


@pytest.mark.parametrize("acts", [DRAFTED, SIGN_ASKED, SIGNED, START_ASKED, STARTED, COMPLETED])
def test_what_nothing_happened_to_goes_back_to_where_it_was(acts: tuple[Act, ...]) -> None:
    before = given(*acts)
    there = migrating(before, RENAMED, order(states=MAPPED))
    if there.after is None:
        there.refused("request_would_break")
        return
    back = undone(there.done, RENAMED, order(states=MAPPED)).then(DefinitionMigrated)
    assert (back.commitment.definition_version, back.commitment.state) == (1, before.commitment.state)
    assert back.commitment.migrated[-1].fact.undoes == M1
    assert back.when(COORDINATOR, MigrateDefinition(M2)).then().events == back.events


def test_what_happened_since_and_was_right_before_too_hinders_no_undo() -> None:
    there = migrating(given(*SIGNED), RENAMED, order(states=MAPPED)).done
    going = there.does(Act(HEAD, OpenRequest("start", evidence=PAPER))).does(Act(REGION, ApproveRequest(f"{K}.r2")))
    back = undone(going, RENAMED, order(states=MAPPED)).done
    assert back.commitment.state == "signed"
    done = back.when(SECRETARY, ApproveRequest(f"{K}.r2")).done
    assert done.commitment.state == "in_replication"
    assert undone(going.does(Act(SECRETARY, ApproveRequest(f"{K}.r2"))), RENAMED, order(states=MAPPED)).done


def test_claims_made_since_hinder_no_undo_where_they_were_allowed_before() -> None:
    there = migrating(given(*STARTED), SAME, order()).done
    for act in claimed(1, 100):
        there = there.does(act)
    assert undone(there, SAME, order()).done.commitment.progress[1].complete


def unclaimed(number: int = 2) -> Definition:
    return version(
        ("en: Signed}, meaning: open, claims: true, owed: true}", "en: Signed}, meaning: open, owed: true}"),
        number=number,
    )


def test_claims_made_since_in_a_state_that_allowed_none_hinder_an_undo() -> None:
    old = unclaimed(number=2)
    world = World(versions={1: definition(), 2: old}, migrations={})
    there = migrating(given(*SIGNED), old, order()).done
    third = version(number=3)
    to_three = order(3, name=M2)
    versions = {1: definition(), 2: old, 3: third}
    world = World(
        versions=versions, migrations={M1: Migration(order(), "ended", BY), M2: Migration(to_three, "confirmed", BY)}
    )
    there = there.during(world).when(COORDINATOR, MigrateDefinition(M2)).done
    for act in claimed(1, 100):
        there = there.does(act)
    undo = order(None, undoes=M2, name=f"{PROGRAMME}.m3")
    back = replace(world, migrations={**world.migrations, undo.migration: Migration(undo, "confirmed", BY)})
    tried = there.during(back).when(COORDINATOR, MigrateDefinition(undo.migration)).refused("happened_since")
    assert tried.blocker("happened_since").facts["what"] == f"{K}.c1"


def test_a_request_made_since_that_the_old_version_does_not_know_hinders_an_undo() -> None:
    there = migrating(given(*SIGNED), NO_START, order()).done
    asked = there.does(Act(HEAD, OpenRequest("begin", evidence=PAPER)))
    undone(asked, NO_START, order()).refused("request_would_break", "happened_since")
    done = asked.does(Act(REGION, ApproveRequest(f"{K}.r2"))).does(Act(SECRETARY, ApproveRequest(f"{K}.r2")))
    undone(done, NO_START, order()).refused("happened_since")


def test_only_the_last_migration_of_a_commitment_is_undone() -> None:
    never = given(*SIGNED)
    undone(never, SAME, order()).refused("not_moved_last")
    assert looked(never, SAME, order(None, undoes=M1, name=M2)).to_version is None


def test_a_state_tells_which_version_was_followed_at_each_event() -> None:
    there = migrating(given(*SIGNED), SAME, order()).done
    further = there.does(Act(HEAD, OpenRequest("start", evidence=PAPER)))
    moved = there.commitment.last.version
    state = further.commitment
    assert [state.definition_version_at(number) for number in (1, moved - 1, moved, moved + 1)] == [1, 1, 2, 2]
    assert given(*SIGNED).commitment.definition_version_at(1) == 1


ACTS = COMPLETED


@settings(max_examples=60, deadline=None)
@sampled(st.integers(1, len(ACTS)), st.sampled_from((SAME, RENAMED, SLOWER, NO_LADDER)), st.booleans())
def test_wherever_it_goes_over_replay_equals_the_live_state_and_the_story_goes_on(
    length: int, new: Definition, back: bool
) -> None:
    states = MAPPED if new is RENAMED else ()
    story = given(*ACTS[:length])
    tried = migrating(story, new, order(states=states))
    found = looked(story, new, order(states=states))
    assert bool(found.blockers) == (tried.after is None)
    if tried.after is None:
        return
    after = undone(tried.done, new, order(states=states)).done if back else tried.done
    assert after.commitment.state in (definition() if back else new).states
    for number in range(1, len(after.events) + 1):
        prefix = replay(after.events[:number])
        assert prefix is not None
        assert prefix.state in {1: definition(), 2: new}[prefix.definition_version].states
    assert replay(after.events) == after.commitment
    for act in ACTS[length:]:
        after = after.does(act)
    assert after.commitment.state == "completed"


def test_the_asker_of_an_open_request_may_still_not_approve_it_afterwards() -> None:
    after = migrating(given(*START_ASKED), SAME, order()).done
    after.when(HEAD, ApproveRequest(f"{K}.r2")).refused("asker_approves", "not_your_turn")
    approved = after.when(REGION, ApproveRequest(f"{K}.r2")).done
    assert any(isinstance(fact, RequestApproved) for fact in approved.new)
