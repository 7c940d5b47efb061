"""Giving and revoking a delegation: `decide` for the stream `delegations`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar, assert_never

from workflows.commands import DelegationCommand, GiveDelegation, NoteTerm, RevokeDelegation
from workflows.delegation_terms import note_term
from workflows.delegations import ASSIST, scopes_meet, terms_meet
from workflows.errors import Blocker, Refused
from workflows.facts import DelegationFact, DelegationGiven, DelegationRevoked
from workflows.ground import Ground

Case = TypeVar("Case")
CAPACITIES = ("an", "plh", "plt", ASSIST)
Found = tuple[Blocker, ...]
NONE: Found = ()


@dataclass(frozen=True, slots=True)
class Giving:
    """A delegation that somebody wants to give, as it would be recorded."""

    given: DelegationGiven
    ground: Ground

    @property
    def parent(self) -> DelegationGiven | None:
        """The delegation that would be passed on."""
        parent = self.given.parent
        return None if parent is None else self.ground.delegations.known[parent].given

    @property
    def mender(self) -> tuple[str, ...]:
        """Who can ask otherwise: the acting office."""
        return (self.ground.by.office,)


@dataclass(frozen=True, slots=True)
class Revoking:
    """A delegation that somebody wants to revoke."""

    given: DelegationGiven
    ground: Ground


def decide_delegation(command: DelegationCommand, ground: Ground) -> tuple[DelegationFact, ...]:
    """The fact that the command states; none where the same was given already.

    Raises Refused with every reason why not.
    """
    match command:
        case GiveDelegation():
            return _give(command, ground)
        case RevokeDelegation():
            return _revoke(command, ground)
        case NoteTerm():
            return note_term(command, ground)
        case _:
            assert_never(command)


def _give(command: GiveDelegation, ground: Ground) -> tuple[DelegationGiven, ...]:
    given = _stated(command, ground)
    known = ground.delegations.known.get(command.delegation)
    if known is not None and known.given == replace(given, given_on=known.given.given_on):
        return ()
    _refuse(GIVING_RULES, Giving(given, ground))
    return (given,)


def _revoke(command: RevokeDelegation, ground: Ground) -> tuple[DelegationRevoked, ...]:
    known = ground.delegations.known.get(command.delegation)
    if known is None:
        raise Refused((Blocker("delegation_not_found", {"delegation": command.delegation}),))
    given = known.given
    _refuse(REVOKING_RULES, Revoking(given, ground))
    return (DelegationRevoked(given.delegation, given.office, given.to, ground.now, command.reason),)


def _stated(command: GiveDelegation, ground: Ground) -> DelegationGiven:
    return DelegationGiven(
        delegation=command.delegation,
        office=command.office,
        given_by=ground.by.office,
        person=ground.by.person,
        to=command.to,
        capacity=command.capacity,
        letter=command.letter,
        given_on=ground.today,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        programmes=command.programmes,
        moves=command.moves,
        may_redelegate=command.may_redelegate,
        parent=_parent(command, ground),
    )


def _parent(command: GiveDelegation, ground: Ground) -> str | None:
    """Where the acting office passes on what it has: from the one that allows that, else from any of that office."""
    if ground.by.on_behalf_of is None:
        return None
    had = ground.delegations.in_force_between(command.office, ground.by.office, ground.moment)
    had = tuple(one for one in had if one.capacity != ASSIST)
    return next((one.delegation for one in sorted(had, key=lambda one: not one.may_redelegate)), None)


def offices_known(case: Giving) -> Found:
    wanted = dict.fromkeys((case.given.office, case.given.to))
    unknown = [office for office in wanted if case.ground.directory.office(office) is None]
    return tuple(Blocker("office_unknown", {"office": office}) for office in unknown)


def is_new(case: Giving) -> Found:
    if case.given.delegation not in case.ground.delegations.known:
        return NONE
    return (Blocker("delegation_exists", {"delegation": case.given.delegation}, case.mender),)


def fields_filled(case: Giving) -> Found:
    fields = {"delegation": case.given.delegation, "letter": case.given.letter}
    return tuple(Blocker("field_blank", {"field": name}) for name, value in fields.items() if not value.strip())


def capacity_known(case: Giving) -> Found:
    if case.given.capacity in CAPACITIES:
        return NONE
    return (Blocker("capacity_unknown", {"capacity": case.given.capacity, "known": ", ".join(CAPACITIES)}),)


def giver_acts(case: Giving) -> Found:
    """Only the office itself gives its authority, or who acts on its behalf."""
    if case.ground.by.authority == case.given.office:
        return NONE
    return (Blocker("not_the_giver", {"office": case.given.office}, (case.given.office,)),)


def giver_holds_the_office(case: Giving | Revoking) -> Found:
    return NONE if case.ground.holds else (Blocker("not_a_holder", {"office": case.ground.by.office}),)


def may_be_passed_on(case: Giving) -> Found:
    """Who acts for another office gives only what it has, and only where it may."""
    by, parent = case.ground.by, case.parent
    if by.on_behalf_of is None:
        return NONE
    if parent is None and case.ground.delegations.in_force_between(by.on_behalf_of, by.office, case.ground.moment):
        return (
            Blocker("assistant_decides", {"office": by.office, "on_behalf_of": by.on_behalf_of}, (by.on_behalf_of,)),
        )
    if parent is None:
        found = {"office": by.office, "on_behalf_of": by.on_behalf_of}
        return (Blocker("delegation_unknown", found, (by.on_behalf_of,)),)
    if not parent.may_redelegate:
        found = {"office": by.office, "on_behalf_of": parent.office}
        return (Blocker("redelegation_not_allowed", found, (parent.office,)),)
    return NONE


def within_what_was_received(case: Giving) -> Found:
    """What is passed on reaches neither further nor longer than what was received."""
    given, parent = case.given, case.parent
    if parent is None:
        return NONE
    in_term = parent.starts_on <= given.starts_on and given.ends_on <= parent.ends_on
    in_scope = _within(given.programmes, parent.programmes) and _within(given.moves, parent.moves)
    if in_term and in_scope:
        return NONE
    found = {"start": str(parent.starts_on), "end": str(parent.ends_on)}
    return (Blocker("redelegation_exceeds", found, (parent.office,)),)


def not_to_oneself(case: Giving) -> Found:
    """Neither to the same office nor to one that the giving person alone holds."""
    given, ground = case.given, case.ground
    holders = {one.person for one in ground.directory.holders(given.to, given.starts_on)}
    if given.to not in (given.office, given.given_by) and holders != {ground.by.person}:
        return NONE
    return (Blocker("delegation_to_oneself", {"office": given.to}, case.mender),)


def term_in_order(case: Giving) -> Found:
    if case.given.starts_on <= case.given.ends_on:
        return NONE
    return (Blocker("end_before_start", {"start": str(case.given.starts_on), "end": str(case.given.ends_on)}),)


def term_not_past(case: Giving) -> Found:
    """Nobody gives authority for days that are over: what was done then was done without it."""
    today = case.ground.today
    if case.given.starts_on >= today:
        return NONE
    return (Blocker("delegation_in_past", {"start": str(case.given.starts_on), "today": str(today)}, case.mender),)


def scope_known(case: Giving) -> Found:
    strangers = [one for one in case.given.programmes if one not in case.ground.programmes]
    strangers += [one for one in case.given.moves if one not in case.ground.moves]
    if not strangers:
        return NONE
    return (Blocker("delegation_scope_unknown", {"unknown": ", ".join(strangers)}, case.mender),)


def none_overlaps(case: Giving) -> Found:
    """One office's hand stands in for it in one matter at a time."""
    given = case.given
    for other in case.ground.delegations.given_of(given.office):
        if other.given_by == given.given_by and _stand_together(case, other):
            found = {"to": other.to, "start": str(other.starts_on), "end": str(other.ends_on)}
            return (Blocker("delegation_overlaps", found, (other.given_by,)),)
    return NONE


def none_leads_back(case: Giving) -> Found:
    """Nothing comes back to who gave it, by whatever way, in the same days and matters."""
    given = case.given
    if given.capacity == ASSIST:
        return NONE
    reached, new = {given.to}, {given.to}
    while new:
        onward = [one.given for one in case.ground.delegations.known.values() if one.given.given_by in new]
        new = {one.to for one in onward if _stand_together(case, one)} - reached
        reached |= new
    back = reached.intersection({given.office, given.given_by}) - {given.to}
    if not back:
        return NONE
    return (Blocker("delegation_loop", {"office": given.office, "to": given.to}, case.mender),)


def may_revoke(case: Revoking) -> Found:
    """The office whose authority it is, the one that gave it, or who administers offices there."""
    given, by = case.given, case.ground.by
    if by.on_behalf_of is None and by.office in (given.office, given.given_by):
        return NONE
    if case.ground.administers(given.office):
        return NONE
    return (Blocker("not_the_giver", {"office": given.given_by}, (given.given_by,)),)


def revoker_holds_the_office(case: Revoking) -> Found:
    return NONE if case.ground.by.office == case.ground.operator else giver_holds_the_office(case)


def still_stands(case: Revoking) -> Found:
    ground = case.ground
    known = ground.delegations.known[case.given.delegation]
    if known.revoked_at is None and ground.today <= case.given.ends_on:
        return NONE
    return (Blocker("delegation_ended", {"office": case.given.to, "on_behalf_of": case.given.office}),)


GIVING_RULES = (
    offices_known,
    is_new,
    fields_filled,
    capacity_known,
    giver_acts,
    giver_holds_the_office,
    may_be_passed_on,
    within_what_was_received,
    not_to_oneself,
    term_in_order,
    term_not_past,
    scope_known,
    none_overlaps,
    none_leads_back,
)
REVOKING_RULES = (may_revoke, revoker_holds_the_office, still_stands)


def _refuse(rules: tuple[Callable[[Case], Found], ...], case: Case) -> None:
    found = tuple(blocker for rule in rules for blocker in rule(case))
    if found:
        raise Refused(found)


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return not whole or (bool(part) and set(part) <= set(whole))


def _stand_together(case: Giving, other: DelegationGiven) -> bool:
    """Whether an earlier delegation, not revoked, meets the new one in days and matters."""
    revoked = case.ground.delegations.known[other.delegation].revoked_at is not None
    mine = case.given
    alike = (other.capacity == ASSIST) == (mine.capacity == ASSIST)
    return (
        alike
        and not revoked
        and other.delegation != mine.delegation
        and terms_meet(other, mine)
        and scopes_meet(other, mine)
    )
