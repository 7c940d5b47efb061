"""A commitment's report for a period: submitted once and whole, and owed by the day that its period's window says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from workflows import facts
from workflows.calendar import morning
from workflows.claims import (
    CONTENT_RULES,
    ITEM_RULES,
    Claiming,
    claim_made,
    claims_allowed,
    looks_begun,
    verifier_found,
)
from workflows.commands import FollowPeriod, MakeClaim, SubmitReport
from workflows.commitment import Act, Commitment
from workflows.context import Context
from workflows.errors import Blocker, CalendarEnds
from workflows.facts import CommitmentFact, Nihil, PlanItem
from workflows.periods import Window
from workflows.report_duties import report_owed
from workflows.rules import (
    NONE,
    Blockers,
    access,
    acts_in_role,
    calendars_known,
    collect,
    obliged,
    offices_in_roles,
    own_offices,
    role_of,
    roles_that_may,
)


@dataclass(frozen=True, slots=True)
class Reporting:
    """A report that somebody wants to submit; window: None for a period that the workflow doesn't know."""

    commitment: Commitment
    command: SubmitReport
    window: Window | None
    context: Context

    def claiming(self, claim: MakeClaim) -> Claiming:
        """One of its claims as a case of its own."""
        by, command = self.context.by, self.command
        office, person = command.prepared_by or by.authority, command.prepared_by_person or by.person
        prepared = Act("prepared", office, person, None, self.context.now)
        return Claiming(self.commitment, claim.item, claim, self.context, (prepared,))

    @property
    def running(self) -> tuple[PlanItem, ...]:
        """The items of which the period's report has to speak: begun, not complete, and none of them waiting."""
        return running_items(self.commitment, self.window)

    @property
    def spoken_of(self) -> frozenset[int]:
        """The numbers of the items that the report names."""
        command = self.command
        return frozenset((*(claim.item for claim in command.claims), *(one.item for one in command.nihil)))


def running_items(commitment: Commitment, window: Window | None) -> tuple[PlanItem, ...]:
    """The items of which a period's report has to speak: begun by its end, not complete, and no claim unchecked."""
    waiting = {claim.made.item for claim in commitment.claims.values() if claim.status == "claimed"}
    return tuple(
        item
        for item in sorted(commitment.items, key=lambda item: item.number)
        if window is not None
        and item.starts_on <= window.period.ends_on
        and not commitment.progress[item.number].complete
        and item.number not in waiting
    )


def submit_blockers(commitment: Commitment, command: SubmitReport, context: Context) -> Blockers:
    """Why this report can't be submitted."""
    denied = access(commitment, context)
    if denied:
        return denied
    try:
        case = Reporting(commitment, command, context.window(command.period, commitment.drafted.party), context)
    except CalendarEnds as ends:
        return _calendar_ends(ends)
    return (*collect(MAY_SUBMIT_RULES, case), *collect(SAID_RULES, case))


def may_report(commitment: Commitment, period: str, context: Context) -> Blockers:
    """Why the acting office can't submit a report of the period, whatever it were to say."""
    denied = access(commitment, context)
    if denied:
        return denied
    try:
        window = context.window(period, commitment.drafted.party)
    except CalendarEnds as ends:
        return _calendar_ends(ends)
    return collect(MAY_SUBMIT_RULES, Reporting(commitment, SubmitReport(period), window, context))


def may_prepare(commitment: Commitment, period: str, context: Context) -> Blockers:
    """Why the acting office can't prepare a report of the period: as for submitting, but for another role."""
    denied = access(commitment, context)
    if denied:
        return denied
    try:
        window = context.window(period, commitment.drafted.party)
    except CalendarEnds as ends:
        return _calendar_ends(ends)
    return collect(MAY_PREPARE_RULES, Reporting(commitment, SubmitReport(period), window, context))


def submit_report(commitment: Commitment, command: SubmitReport, context: Context) -> tuple[CommitmentFact, ...]:
    """The report with its receipt, and each claim that it makes. Nothing stands in the way."""
    window = context.window(command.period, commitment.drafted.party)
    assert window is not None, "asked for blockers first"
    case, by = Reporting(commitment, command, window, context), context.by
    number = len(commitment.reports_of(command.period)) + 1
    report = f"{commitment.id}.{command.period}.{number}"
    made = tuple(
        claim_made(case.claiming(claim), len(commitment.claims) + place, report=report, period=command.period)
        for place, claim in enumerate(command.claims, start=1)
    )
    submitted = facts.ReportSubmitted(
        report=report,
        receipt=f"{commitment.drafted.reference}/{command.period}/{number}",
        period=command.period,
        number=number,
        office=by.authority,
        prepared_by=command.prepared_by or by.authority,
        prepared_by_person=command.prepared_by_person or by.person,
        due_on=window.due_on,
        late=window.is_late(context.now, context.programme.zone),
        claims=tuple(claim.claim for claim in made),
        nihil=_nihil(case),
        note=command.note.strip(),
    )
    return (submitted, *made, *looks_begun(made, commitment, context))


def follow_blockers(commitment: Commitment, command: FollowPeriod, context: Context) -> Blockers:
    """Why what is owed can't follow the period's window."""
    denied = access(commitment, context)
    if denied:
        return denied
    try:
        window = context.window(command.period, commitment.drafted.party)
        case = Reporting(commitment, SubmitReport(command.period), window, context)
        found = (*period_known(case), *role_manages(case), *calendars_known((obliged(commitment, context),), context))
        if not found and window is not None:
            report_owed(commitment, window, context)
    except CalendarEnds as ends:
        return _calendar_ends(ends)
    return found


def follow_period(commitment: Commitment, command: FollowPeriod, context: Context) -> tuple[CommitmentFact, ...]:
    """A report that isn't owed yet, or by another day now; nothing where all stands as it is. Nothing is in the way."""
    window = context.window(command.period, commitment.drafted.party)
    assert window is not None, "asked for blockers first"
    owed = report_owed(commitment, window, context)
    before = commitment.owed.get(f"report-{command.period}")
    settled = commitment.reports_of(command.period) or (before is not None and not before.is_open)
    if owed is None or settled or not context.definition.states[commitment.state].owed:
        return ()
    if before is None:
        return (facts.ObligationsArisen((owed,)),)
    if before.obligation.due_on == owed.due_on:
        return ()
    about = [change.reason for change in context.period_changes if change.period == command.period]
    return (facts.ReportDueMoved(command.period, about[-1] if about else "", owed),)


def state_claims(case: Reporting) -> Blockers:
    return claims_allowed(case.commitment, case.context)


def period_known(case: Reporting) -> Blockers:
    if case.window is not None:
        return NONE
    scheme = case.context.definition.periods
    known = "-" if scheme is None else ", ".join(scheme.codes)
    return (Blocker("period_unknown", {"period": case.command.period, "known": known}),)


def period_open(case: Reporting) -> Blockers:
    window, context = case.window, case.context
    if window is None:
        return NONE
    match window.stands(context.now, context.programme.zone):
        case "coming":
            found = {"period": window.period.code, "opens_on": window.opens_on.isoformat()}
            opens_at = morning(window.opens_on, context.programme.zone, 0)
            return (Blocker("period_not_open", found, until=opens_at),)
        case "closed" if not _repairs(case):
            roles = roles_that_may("reopen_period", context)
            offices = offices_in_roles(roles, context, party=case.commitment.drafted.party)
            return (Blocker("period_closed", {"period": window.period.code}, offices),)
        case _:
            return NONE


def role_submits(case: Reporting) -> Blockers:
    return _role(case, "submit_report", ("submit_report",))


def role_prepares(case: Reporting) -> Blockers:
    return _role(case, "prepare_report", ("prepare_report", "submit_report"))


def checker_found(case: Reporting) -> Blockers:
    return verifier_found(Claiming(case.commitment, 0, None, case.context))


def role_manages(case: Reporting) -> Blockers:
    roles = (*roles_that_may("manage_periods", case.context), *roles_that_may("reopen_period", case.context))
    if role_of(case.context.by.authority, case.context) in roles:
        return NONE
    offices = offices_in_roles(roles, case.context, party=case.commitment.drafted.party)
    return (Blocker("role_may_not", {"act": "manage_periods", "roles": ", ".join(dict.fromkeys(roles))}, offices),)


def says_something(case: Reporting) -> Blockers:
    command = case.command
    if command.claims or command.nihil or command.nihil_rest.strip():
        return NONE
    return (Blocker("report_empty", {"period": command.period}, (case.context.by.authority,)),)


def claims_sound(case: Reporting) -> Blockers:
    """Each of its claims could be made alone."""
    return tuple(
        blocker
        for claim in case.command.claims
        for blocker in collect((*ITEM_RULES, *CONTENT_RULES), case.claiming(claim))
    )


def nihil_sound(case: Reporting) -> Blockers:
    """Nothing to report needs a reason, and an item that the plan has."""
    found: list[Blocker] = []
    for one in case.command.nihil:
        found += collect((ITEM_RULES[0],), Claiming(case.commitment, one.item, None, case.context))
        if not one.reason.strip():
            found.append(Blocker("nihil_reason_missing", {"item": str(one.item)}, (case.context.by.authority,)))
    return tuple(found)


def each_item_once(case: Reporting) -> Blockers:
    command = case.command
    counts = Counter((*(claim.item for claim in command.claims), *(one.item for one in command.nihil)))
    twice = [str(item) for item, count in sorted(counts.items()) if count > 1]
    if not twice:
        return NONE
    return (Blocker("item_reported_twice", {"items": ", ".join(twice)}, (case.context.by.authority,)),)


def speaks_of_all(case: Reporting) -> Blockers:
    """The first report of a period speaks of every running item; a later one adds what it has."""
    command = case.command
    if case.commitment.reports_of(command.period) or command.nihil_rest.strip():
        return NONE
    left = [str(item.number) for item in case.running if item.number not in case.spoken_of]
    if not left:
        return NONE
    return (Blocker("report_incomplete", {"items": ", ".join(left)}, (case.context.by.authority,)),)


MAY_SUBMIT_RULES = (state_claims, period_known, period_open, role_submits, checker_found)
MAY_PREPARE_RULES = (state_claims, period_known, period_open, role_prepares)
SAID_RULES = (says_something, claims_sound, nihil_sound, each_item_once, speaks_of_all)


def _nihil(case: Reporting) -> tuple[Nihil, ...]:
    """The items without progress, those of `nihil_rest` spelled out."""
    command, rest = case.command, case.command.nihil_rest.strip()
    named = tuple(Nihil(one.item, one.reason.strip()) for one in command.nihil)
    others = (item.number for item in case.running if rest and item.number not in case.spoken_of)
    return (*named, *(Nihil(number, rest) for number in others))


def _repairs(case: Reporting) -> bool:
    """True if it speaks of nothing but items whose claim for the period was sent back: those are mended at any time."""
    latest = {
        claim.made.item: claim.status
        for claim in case.commitment.claims.values()
        if claim.made.period == case.command.period
    }
    returned = {item for item, status in latest.items() if status == "returned"}
    said = case.spoken_of or returned
    return bool(returned) and not case.command.nihil_rest.strip() and said <= returned


def _role(case: Reporting, act: str, acts: tuple[str, ...]) -> Blockers:
    commitment, context = case.commitment, case.context
    named = own_offices(commitment)
    roles = tuple(dict.fromkeys(role for one in acts for role in roles_that_may(one, context)))
    if context.by.authority in named and acts_in_role(roles, named, context):
        return NONE
    offices = offices_in_roles(roles, context, party=commitment.drafted.party, named=named)
    return (Blocker("role_may_not", {"act": act, "roles": ", ".join(roles)}, offices),)


def _calendar_ends(ends: CalendarEnds) -> Blockers:
    return (Blocker("calendar_ends", {"calendar": ends.calendar, "day": ends.day.isoformat()}),)
