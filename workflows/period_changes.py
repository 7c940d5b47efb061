"""Changing a period: extending, closing and opening it again for all parties or some, and drawing its sample."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never

from workflows.calendar import Calendar, local_day
from workflows.commands import ClosePeriod, DrawSample, ExtendPeriod, PeriodCommand, ReopenPeriod
from workflows.context import Acting
from workflows.definition import Definition
from workflows.errors import Blocker, CalendarEnds, Refused
from workflows.facts import (
    PeriodClosed,
    PeriodExtended,
    PeriodFact,
    PeriodReopened,
    ProgrammeFact,
    ProgrammeOpened,
    SampleDrawn,
    SeatFact,
)
from workflows.offices import Directory
from workflows.periods import Window, period_of, window_of

Blockers = tuple[Blocker, ...]
NONE: Blockers = ()


@dataclass(frozen=True, slots=True)
class Managing:
    """What a change of a period may rest on.

    changes, samples  what was said in the programme before, in order
    is_closed, go_live  whether the programme is over, and from which day kawal is used for it
    seats  what was said about parties' places, in order
    """

    programme: ProgrammeOpened
    definition: Definition
    calendar: Calendar
    changes: tuple[PeriodFact, ...]
    samples: tuple[SampleDrawn, ...]
    by: Acting
    directory: Directory
    now: datetime
    is_closed: bool = False
    go_live: date | None = None
    seats: tuple[SeatFact, ...] = ()

    @property
    def today(self) -> date:
        """The current day in the programme's zone."""
        return local_day(self.now, self.programme.zone)

    def windows(self, code: str, parties: Iterable[str | None]) -> tuple[Window, ...]:
        """A known period's windows for these parties (None: for all). Raises CalendarEnds."""
        scheme = self.definition.periods
        period = None if scheme is None else period_of(scheme, self.programme.fiscal_year, code)
        assert scheme is not None, "asked of known periods alone"
        assert period is not None, "asked of known periods alone"
        zone = self.programme.zone
        return tuple(
            window_of(scheme, period, self.calendar, zone=zone, party=party, changes=self.changes) for party in parties
        )


Rule = Callable[[Managing, PeriodCommand], Blockers]


def change_period(case: Managing, command: PeriodCommand) -> tuple[ProgrammeFact, ...]:
    """State the change. Raises Refused with every reason why not."""
    found = period_blockers(case, command)
    if found:
        raise Refused(found)
    return (_stated(case, command),)


def period_blockers(case: Managing, command: PeriodCommand) -> Blockers:
    """Why the period can't be changed in this way."""
    denied = acts_in_office(case, command) or period_known(case, command)
    if denied:
        return denied
    try:
        return tuple(blocker for rule in RULES[type(command)] for blocker in rule(case, command))
    except CalendarEnds as ends:
        return (Blocker("calendar_ends", {"calendar": ends.calendar, "day": ends.day.isoformat()}),)


def acts_in_office(case: Managing, command: PeriodCommand) -> Blockers:
    """The person holds the office, and its role may do this for the parties that it is done for."""
    return acts_in_role(case, ACTS[type(command)], _parties(command) or (case.programme.organisation,))


def programme_runs(case: Managing, command: object) -> Blockers:
    """A programme that is over stays as it is, whatever the command."""
    if not case.is_closed:
        return NONE
    return (Blocker("programme_closed", {"programme": case.programme.programme}, managers(case)),)


def acts_in_role(case: Managing, act: str, organisations: tuple[str, ...]) -> Blockers:
    """The person holds the office, in its own right, and its role may do this for all these organisations."""
    by, directory = case.by, case.directory
    office = directory.office(by.office)
    if office is None:
        return (Blocker("office_unknown", {"office": by.office}),)
    if by.person not in {holder.person for holder in directory.holders(by.office, case.today)}:
        return (Blocker("not_a_holder", {"office": by.office}),)
    if by.on_behalf_of is not None:
        return (Blocker("delegation_out_of_scope", {"office": by.office, "on_behalf_of": by.on_behalf_of}),)
    roles = [role.name for role in case.definition.roles.values() if act in role.may]
    if office.role not in roles:
        named = (directory.nearest(role, case.programme.organisation) for role in roles)
        offices = tuple(one for one in named if one is not None)
        return (Blocker("role_may_not", {"act": act, "roles": ", ".join(roles)}, offices),)
    for organisation in organisations:
        if office.organisation not in directory.path(organisation):
            return (Blocker("out_of_scope", {"office": by.office, "commitment": case.programme.programme}),)
    return NONE


def period_known(case: Managing, command: PeriodCommand) -> Blockers:
    scheme = case.definition.periods
    codes = () if scheme is None else scheme.codes
    if command.period in codes:
        return NONE
    return (Blocker("period_unknown", {"period": command.period, "known": ", ".join(codes) or "-"}),)


def parties_known(case: Managing, command: PeriodCommand) -> Blockers:
    programme = case.programme
    return tuple(
        Blocker("party_not_in_programme", {"party": party, "programme": programme.programme})
        for party in _parties(command)
        if party not in programme.parties
    )


def reason_given(case: Managing, command: PeriodCommand) -> Blockers:
    assert not isinstance(command, DrawSample), "a lot has no reason"
    return NONE if command.reason.strip() else (Blocker("text_missing", {}, (case.by.office,)),)


def not_closed(case: Managing, command: PeriodCommand) -> Blockers:
    if not any(_closed(window, case) for window in _windows(case, command)):
        return NONE
    return (Blocker("period_closed", {"period": command.period}, _reopeners(case)),)


def is_closed(case: Managing, command: PeriodCommand) -> Blockers:
    still = [window.closes_at for window in _windows(case, command) if not _closed(window, case)]
    return (Blocker("period_not_closed", {"period": command.period}, until=max(still)),) if still else NONE


def ends_later(case: Managing, command: PeriodCommand) -> Blockers:
    """An extension takes no day away and adds one; it isn't due after it closes."""
    assert isinstance(command, ExtendPeriod), "asked of extensions alone"
    before = _windows(case, command)
    shorter = any(command.due_on < window.due_on or command.closes_on < window.closes_on for window in before)
    longer = any(command.due_on > window.due_on or command.closes_on > window.closes_on for window in before)
    if not shorter and longer and command.due_on <= command.closes_on:
        return NONE
    latest = max(before, key=lambda window: window.closes_on)
    found = {"period": command.period, "due_on": str(latest.due_on), "closes_on": str(latest.closes_on)}
    return (Blocker("period_not_longer", found, (case.by.office,)),)


def ends_ahead(case: Managing, command: PeriodCommand) -> Blockers:
    assert isinstance(command, ReopenPeriod), "asked of reopenings alone"
    if command.closes_on >= case.today:
        return NONE
    found = {"period": command.period, "closes_on": str(command.closes_on)}
    return (Blocker("period_ends_before", found, (case.by.office,)),)


def sample_asked(case: Managing, command: PeriodCommand) -> Blockers:
    verification = case.definition.verification
    if verification is not None and verification.sample_permille:
        return NONE
    return (Blocker("sample_not_asked", {"definition": case.definition.name}),)


def drawn_once(case: Managing, command: PeriodCommand) -> Blockers:
    if all(drawn.period != command.period for drawn in case.samples):
        return NONE
    return (Blocker("sample_drawn", {"period": command.period}),)


ACTS: dict[type, str] = {
    ExtendPeriod: "manage_periods",
    ClosePeriod: "manage_periods",
    ReopenPeriod: "reopen_period",
    DrawSample: "draw_sample",
}
RULES: dict[type, tuple[Rule, ...]] = {
    ExtendPeriod: (programme_runs, parties_known, reason_given, not_closed, ends_later),
    ClosePeriod: (programme_runs, parties_known, reason_given, not_closed),
    ReopenPeriod: (programme_runs, parties_known, reason_given, is_closed, ends_ahead),
    DrawSample: (sample_asked, drawn_once, is_closed),
}


def _stated(case: Managing, command: PeriodCommand) -> ProgrammeFact:
    programme, period, by = command.programme, command.period, case.by.authority
    if isinstance(command, DrawSample):
        verification = case.definition.verification
        assert verification is not None, "refused as sample_not_asked"
        return SampleDrawn(programme, period, command.seed, verification.sample_permille, by)
    parties, reason = command.parties, command.reason.strip()
    match command:
        case ExtendPeriod():
            return PeriodExtended(programme, period, parties, command.due_on, command.closes_on, reason, by)
        case ClosePeriod():
            return PeriodClosed(programme, period, parties, case.now, reason, by)
        case ReopenPeriod():
            return PeriodReopened(programme, period, parties, command.closes_on, reason, by)
        case _:
            assert_never(command)


def _parties(command: PeriodCommand) -> tuple[str, ...]:
    return () if isinstance(command, DrawSample) else command.parties


def _windows(case: Managing, command: PeriodCommand) -> tuple[Window, ...]:
    """The windows that the command is about: of all parties at once, of the named ones, or of everybody for a lot."""
    everybody = (None, *case.programme.parties) if isinstance(command, DrawSample) else (None,)
    return case.windows(command.period, _parties(command) or everybody)


def _closed(window: Window, case: Managing) -> bool:
    return case.now >= window.closes_at


def managers(case: Managing) -> tuple[str, ...]:
    """The offices that may open the programme, and so close it and open it again."""
    return _nearest(case, "open_programme")


def _reopeners(case: Managing) -> tuple[str, ...]:
    return _nearest(case, "reopen_period")


def _nearest(case: Managing, act: str) -> tuple[str, ...]:
    roles = (role.name for role in case.definition.roles.values() if act in role.may)
    offices = (case.directory.nearest(role, case.programme.organisation) for role in roles)
    return tuple(office for office in offices if office is not None)
