"""Delegations for tests: given by an office's own holder unless said otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from tests.support.directory import directory
from tests.support.world import NEW_YEAR, OPENED, World, definition, holder_of, world
from workflows.commands import DelegationCommand, GiveDelegation
from workflows.context import Acting
from workflows.delegation_rules import decide_delegation
from workflows.delegations import EMPTY, Delegations, evolve_delegations, replay_delegations
from workflows.facts import DelegationFact, DelegationGiven
from workflows.ground import Ground
from workflows.offices import Directory

FROM, UNTIL = date(2022, 1, 4), date(2022, 1, 31)


def give(of: str, to: str, **changed: object) -> GiveDelegation:
    """The command of a sound delegation in January 2022; `changed` replaces fields."""
    sound = GiveDelegation(
        delegation=f"{of} to {to}",
        office=of,
        to=to,
        capacity="plh",
        letter="800/12/2022",
        starts_on=FROM,
        ends_on=UNTIL,
    )
    return replace(sound, **changed)  # type: ignore[arg-type]  # fields by name


def given_to(of: str, to: str, **changed: object) -> DelegationGiven:
    """The fact of a sound delegation in January 2022; `changed` replaces fields."""
    sound = DelegationGiven(
        delegation=f"{of} to {to}",
        office=of,
        given_by=of,
        person=holder_of(of),
        to=to,
        capacity="plh",
        letter="800/12/2022",
        given_on=FROM,
        starts_on=FROM,
        ends_on=UNTIL,
        programmes=(),
        moves=(),
        may_redelegate=False,
        parent=None,
    )
    return replace(sound, **changed)  # type: ignore[arg-type]  # fields by name


def delegated(*facts: DelegationFact, within: World | None = None) -> World:
    """The world with these delegations."""
    return replace(within or world(), delegations=replay_delegations(facts))


def tried(
    command: DelegationCommand,
    office: str,
    *,
    before: Delegations = EMPTY,
    now: datetime = NEW_YEAR,
    person: str | None = None,
    on_behalf_of: str | None = None,
    within: Directory | None = None,
) -> Delegations:
    """The delegations once an office gave the command. Raises Refused."""
    ground = Ground(
        now=now,
        by=Acting(office, person or holder_of(office), on_behalf_of=on_behalf_of),
        directory=within or directory(),
        delegations=before,
        programmes={OPENED.programme: OPENED},
        moves=frozenset(definition().moves),
        administrators=frozenset(("system_admin",)),
    )
    after = before
    for fact in decide_delegation(command, ground):
        after = evolve_delegations(after, fact)
    return after
