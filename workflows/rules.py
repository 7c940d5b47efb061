"""What every rule is made with: cases in, blockers out, and the questions that many rules ask.

A rule is a small function from a case to the blockers it finds. The rules of one act stand in a tuple, and all of them
are asked: whoever is refused learns every reason at once, always in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Protocol, TypeVar

from workflows.commitment import Act, Commitment
from workflows.context import Context
from workflows.definition import Reason
from workflows.delegations import ASSIST, IN_FORCE, NOT_BEGUN, covers
from workflows.errors import Blocker, CalendarEnds
from workflows.facts import Evidence
from workflows.obligations import Owing

Case = TypeVar("Case")
Blockers = tuple[Blocker, ...]
NONE: Blockers = ()
DIGEST_CHARS = 64
NO_REASONS: Mapping[str, Reason] = MappingProxyType({})
"""Of a catalogue that a workflow doesn't have: an act that nobody may do has none."""


@dataclass(frozen=True, slots=True)
class Hands:
    """The offices and persons behind an act; four eyes compare them all."""

    offices: frozenset[str]
    persons: frozenset[str]

    def meet(self, other: Hands) -> bool:
        """True if any office or person is behind both."""
        return not (self.offices.isdisjoint(other.offices) and self.persons.isdisjoint(other.persons))


class Reasoned(Protocol):
    """A command that gives a reason from a catalogue, with free text."""

    @property
    def reason(self) -> str | None: ...
    @property
    def text(self) -> str: ...


def collect(rules: tuple[Callable[[Case], Blockers], ...], case: Case) -> Blockers:
    """Ask every rule, in order, and keep all that they find."""
    found = NONE
    for rule in rules:
        found += rule(case)
    return found


def access(commitment: Commitment, context: Context, *, move: str | None = None) -> Blockers:
    """Why the acting person may not act in that office on that commitment at all; nobody there learns more.

    move  the move that the act is part of; None for an act that is no move
    """
    denied, party = holding(context, move=move), commitment.drafted.party
    if denied or context.directory.oversees(context.by.authority, party):
        return denied
    private = context.definition.states[commitment.state].private
    return scope(
        context,
        party=party,
        subject=commitment.drafted.subject,
        commitment=commitment.id,
        names=commitment.names,
        private=private,
        invites=commitment.invites,
    )


def holding(context: Context, *, move: str | None = None) -> Blockers:
    """Why the acting person doesn't act for the acting office today, or not on another's behalf.

    move  the move that the act is part of; None for an act that is no move
    """
    by = context.by
    if context.directory.office(by.office) is None:
        return (Blocker("office_unknown", {"office": by.office}),)
    if all(by.person != holder.person for holder in context.directory.holders(by.office, context.today)):
        return (Blocker("not_a_holder", {"office": by.office}),)
    return delegated(context, move=move)


def delegated(context: Context, *, move: str | None = None) -> Blockers:
    """Why nobody's authority is the acting office's to use now; nothing for its own."""
    by = context.by
    if by.on_behalf_of is None:
        return NONE
    moment = context.moment(context.now)
    named = {"office": by.office, "on_behalf_of": by.on_behalf_of}
    given = context.delegations.between(by.on_behalf_of, by.office)
    standing = {one.delegation: context.delegations.standing(one.delegation, moment) for one in given}
    in_force = [one for one in given if standing[one.delegation] == IN_FORCE]
    if any(covers(one, context.programme.programme, move) for one in in_force):
        return NONE
    if in_force and all(one.capacity == ASSIST for one in in_force):
        return (Blocker("assistant_decides", named, (by.on_behalf_of,)),)
    if in_force:
        return (Blocker("delegation_out_of_scope", named, (by.on_behalf_of,)),)
    coming = [one.starts_on for one in given if standing[one.delegation] == NOT_BEGUN]
    if coming:
        return (Blocker("delegation_not_begun", {**named, "start": str(min(coming))}, (by.on_behalf_of,)),)
    code = "delegation_ended" if given else "delegation_unknown"
    return (Blocker(code, named, (by.on_behalf_of,)),)


def delegated_then(context: Context, at: datetime, *, move: str | None = None) -> Blockers:
    """Why the authority wasn't the acting office's to use at the moment when the act was true."""
    by = context.by
    if by.on_behalf_of is None:
        return NONE
    then = context.delegations.in_force_between(by.on_behalf_of, by.office, context.moment(at))
    if any(covers(one, context.programme.programme, move) for one in then):
        return NONE
    found = {"office": by.office, "on_behalf_of": by.on_behalf_of, "at": at.isoformat()}
    return (Blocker("delegation_not_then", found, (by.on_behalf_of,)),)


def scope(
    context: Context,
    *,
    party: str,
    subject: str,
    commitment: str,
    names: frozenset[str],
    private: bool,
    invites: frozenset[str] = frozenset(),
) -> Blockers:
    """Why a known office doesn't reach a commitment of that party and subject."""
    sees = context.directory.sees(
        context.by.authority,
        party=party,
        subject=subject,
        commitment=commitment,
        names=names,
        private=private,
        on=context.today,
        invites=invites,
    )
    return NONE if sees else (Blocker("out_of_scope", {"office": context.by.authority, "commitment": commitment}),)


def acted(context: Context, kind: str, step: str | None = None) -> Act:
    """What the acting person would stand in a chain with. kind: asked | approved | claimed | checked | witnessed"""
    by = context.by
    return Act(kind, by.authority, by.person, step, context.now, by.delegate)


def behind(act: Act, context: Context) -> Hands:
    """Whose hand is in an act: who used which authority, and through whom it came to them."""
    return behind_all((act,), context)


def behind_all(acts: Iterable[Act], context: Context) -> Hands:
    """Whose hands are in these acts, taken together."""
    offices: set[str] = set()
    persons: set[str] = set()
    for act in acts:
        offices.add(act.office)
        persons.add(act.person)
        if act.delegate is not None:
            offices.add(act.delegate)
            for one in context.delegations.in_force_between(act.office, act.delegate, context.moment(act.at)):
                for given in context.delegations.line(one):
                    offices.add(given.given_by)
                    persons.add(given.person)
    return Hands(frozenset(offices), frozenset(persons))


def role_of(office: str, context: Context) -> str | None:
    """The role of an office; None for an unknown one."""
    known = context.directory.office(office)
    return None if known is None else known.role


def acts_in_role(roles: Iterable[str], named: tuple[str, ...], context: Context) -> bool:
    """True if the acting office has one of the roles; one of scope `own` only where the commitment is its own."""
    office = context.directory.office(context.by.authority)
    if office is None or office.role not in tuple(roles):
        return False
    return office.scope != "own" or office.office in named


def roles_that_may(act: str, context: Context) -> tuple[str, ...]:
    """The roles to which the definition gives an act."""
    return tuple(role.name for role in context.definition.roles.values() if act in role.may)


def offices_in_roles(
    roles: Iterable[str], context: Context, *, party: str, named: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """The offices that act in those roles for a party: those that the commitment names, else the nearest upwards."""
    found: list[str] = []
    for role in roles:
        own = [office for office in named if role_of(office, context) == role]
        resolved = context.directory.resolve(role, party, on=context.today, ceiling=context.definition.ceiling)
        found.extend(own or ([] if resolved.office is None else [resolved.office]))
    return tuple(dict.fromkeys(found))


def own_offices(commitment: Commitment) -> tuple[str, ...]:
    """The offices whose own commitment it is: its agency and its PIC."""
    return (commitment.agency, commitment.pic)


def owing(office: str, commitment: Commitment, context: Context) -> Owing:
    """An office that comes to owe something to a commitment now."""
    return Owing(
        office=office,
        party=commitment.drafted.party,
        definition=context.definition,
        directory=context.directory,
        calendars=context.calendars,
        now=context.now,
        go_live=context.go_live,
    )


def obliged(commitment: Commitment, context: Context) -> str:
    """The office that owes the plan's items: the PIC, or the agency until a PIC is named."""
    return commitment.agency if context.directory.office(commitment.pic) is None else commitment.pic


def role_acts(act: str, commitment: Commitment, context: Context, *, granted_by: tuple[str, ...] = ()) -> Blockers:
    """The acting office's role may do this to the commitment: as one of its own offices, or as one that stands over it.

    granted_by  the acts of which any grants this one, where that isn't the act itself
    """
    roles = tuple(dict.fromkeys(role for one in granted_by or (act,) for role in roles_that_may(one, context)))
    named = own_offices(commitment)
    if acts_in_role(roles, named, context):
        return NONE
    offices = offices_in_roles(roles, context, party=commitment.drafted.party, named=named)
    return (Blocker("role_may_not", {"act": act, "roles": ", ".join(roles) or "-"}, offices),)


def offices_apart(act: str, commitment: Commitment, context: Context, *, apart_from: Iterable[Act]) -> tuple[str, ...]:
    """The offices whose roles may do that act for the party, apart from those with a hand in what came before."""
    hands = behind_all(apart_from, context)
    resolved = (
        context.directory.resolve(
            role,
            commitment.drafted.party,
            on=context.today,
            without_offices=hands.offices,
            without_persons=hands.persons,
            ceiling=context.definition.ceiling,
        )
        for role in roles_that_may(act, context)
    )
    return tuple(dict.fromkeys(one.office for one in resolved if one.office is not None))


def programme_open(party: str, context: Context) -> Blockers:
    """The programme isn't over."""
    if not context.is_closed:
        return NONE
    offices = offices_in_roles(roles_that_may("open_programme", context), context, party=party)
    return (Blocker("programme_closed", {"programme": context.programme.programme}, offices),)


def reason(command: Reasoned, catalogue: str | None, reasons: Mapping[str, Mapping[str, Reason]]) -> Blockers:
    """What is wrong with a command's reason, measured with a catalogue (None: no reason is asked)."""
    if catalogue is None:
        return (
            NONE if command.reason is None else (Blocker("reason_unknown", {"reason": command.reason, "known": "-"}),)
        )
    known = reasons.get(catalogue, NO_REASONS)
    names = ", ".join(known) or "-"
    if not command.reason:
        return (Blocker("reason_missing", {"known": names}),)
    if command.reason not in known:
        return (Blocker("reason_unknown", {"reason": command.reason, "known": names}),)
    wanted = known[command.reason].text_chars
    if len(command.text.strip()) < wanted:
        return (Blocker("reason_text_short", {"reason": command.reason, "characters": str(wanted)}),)
    return NONE


def evidence(files: tuple[Evidence, ...]) -> Blockers:
    """Which of the files are none: an empty one, or one without a SHA-256 digest."""
    bad = [file.name for file in files if file.size_bytes <= 0 or len(file.digest) != DIGEST_CHARS]
    return (Blocker("evidence_invalid", {"files": ", ".join(bad)}),) if bad else NONE


def calendars_known(offices: Iterable[str], context: Context) -> Blockers:
    """Which of these offices' working calendars nobody has adopted: no day can be counted with them."""
    wanted = dict.fromkeys([context.directory.calendar_of(office) for office in offices])
    return tuple([Blocker("calendar_unknown", {"calendar": one}) for one in wanted if one not in context.calendars])


def calendar_reaches(office: str, context: Context, counted: Callable[[], object]) -> Blockers:
    """Why the working days of that office can't be counted. counted: what counts them, and may raise CalendarEnds"""
    unknown = calendars_known((office,), context)
    if unknown:
        return unknown
    try:
        counted()
    except CalendarEnds as ends:
        return (Blocker("calendar_ends", {"calendar": ends.calendar, "day": ends.day.isoformat()}),)
    return NONE


def text_given(text: str, context: Context) -> Blockers:
    """Something was said."""
    return NONE if text.strip() else (Blocker("text_missing", {}, (context.by.authority,)),)


def item_known(commitment: Commitment, number: int) -> Blockers:
    """The plan in force has an item of that number."""
    if commitment.item(number) is not None:
        return NONE
    known = ", ".join(str(item.number) for item in commitment.items)
    return (Blocker("item_unknown", {"item": str(number), "known": known or "-"}),)
