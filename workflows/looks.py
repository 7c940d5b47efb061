"""Looks at claims that are owed: by the office that looks first, and by the second one where it is asked to verify."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workflows.commitment import Claim, Commitment
from workflows.context import Context
from workflows.definition import LookRule
from workflows.facts import ClaimMade, Obligation, PlanItem
from workflows.holds import limit_begins
from workflows.obligations import look_obligation
from workflows.rules import NONE, Blockers, calendar_reaches, calendars_known, owing

CHECK, VERIFICATION = "check", "verification"


@dataclass(frozen=True, slots=True)
class Look:
    """An office's look at a claim; rule: until when it is owed"""

    claim: ClaimMade
    kind: str
    office: str
    rule: LookRule


def first_looks(claims: Iterable[ClaimMade], context: Context) -> tuple[Look, ...]:
    """The looks at new claims that are owed. One whose evidence is awaited waits for that first."""
    rule = context.definition.first_look
    if rule is None:
        return ()
    kind = VERIFICATION if context.definition.verification is None else CHECK
    return tuple(Look(claim, kind, claim.verifier, rule) for claim in claims)


def second_look(claim: ClaimMade, office: str, context: Context) -> tuple[Look, ...]:
    """The second look at a checked claim, if it is owed."""
    verification = context.definition.verification
    rule = None if verification is None else verification.look
    return () if rule is None else (Look(claim, VERIFICATION, office, rule),)


def owed_for(looks: Iterable[Look], commitment: Commitment, context: Context) -> Iterator[Obligation]:
    """What is owed from now on for these looks. Raises CalendarEnds."""
    for look in looks:
        debtor = owing(look.office, commitment, context)
        earlier = commitment.owed.get(_name(look))
        yield look_obligation(
            debtor,
            look.kind,
            look.claim.claim,
            number=look.claim.number,
            round=1 if earlier is None else earlier.obligation.round + 1,
            rule=look.rule,
            from_at=limit_begins(commitment, context, debtor.zone),
        )


def days_counted(offices: Iterable[str], rule: LookRule | None, commitment: Commitment, context: Context) -> Blockers:
    """Why the days of a look by one of these offices can't be counted; without a rule none are."""
    found = (_uncounted(office, rule, commitment, context) for office in offices if rule is not None)
    return next((blockers for blockers in found if blockers), NONE)


def looks_arising(commitment: Commitment, items: tuple[PlanItem, ...], context: Context) -> Iterator[Obligation]:
    """The looks that are owed again once claims count again, at what a closed commitment left waiting.

    items  of the plan in force from now on. Raises CalendarEnds
    """
    return owed_for(_waiting(commitment, items, context), commitment, context)


def lookers_in_calendar(commitment: Commitment, context: Context) -> Blockers:
    """Which calendars are missing for the looks that `looks_arising` counts."""
    return calendars_known((look.office for look in _waiting(commitment, commitment.items, context)), context)


def _uncounted(office: str, rule: LookRule, commitment: Commitment, context: Context) -> Blockers:
    debtor = owing(office, commitment, context)
    return calendar_reaches(
        office,
        context,
        lambda: look_obligation(
            debtor,
            VERIFICATION,
            "",
            number=0,
            round=1,
            rule=rule,
            from_at=limit_begins(commitment, context, debtor.zone),
        ),
    )


def _waiting(commitment: Commitment, items: tuple[PlanItem, ...], context: Context) -> tuple[Look, ...]:
    kept = {item.number for item in items}
    looks = (
        look
        for claim in commitment.claims.values()
        if claim.made.item in kept and claim.evidence
        for look in _look_at(claim, context)
    )
    return tuple(look for look in looks if not _is_owed(look, commitment))


def _look_at(claim: Claim, context: Context) -> tuple[Look, ...]:
    if claim.status == "claimed":
        return first_looks((claim.made,), context)
    return () if claim.waits_for is None else second_look(claim.made, claim.waits_for, context)


def _is_owed(look: Look, commitment: Commitment) -> bool:
    owed = commitment.owed.get(_name(look))
    return owed is not None and owed.is_open


def _name(look: Look) -> str:
    return f"{look.kind}-{look.claim.number}"
