"""Progress of plan items as the office that works claims it, alone or in a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workflows import facts
from workflows.commands import MakeClaim
from workflows.commitment import Act, Claim, Commitment
from workflows.context import Context
from workflows.effects import arisen
from workflows.errors import Blocker
from workflows.facts import CommitmentFact
from workflows.field_rules import filling_blockers, missing
from workflows.fields import written
from workflows.looks import days_counted, first_looks, owed_for
from workflows.plan import CUMULATIVE
from workflows.rules import (
    NONE,
    Blockers,
    access,
    acted,
    acts_in_role,
    collect,
    evidence,
    item_known,
    offices_apart,
    offices_in_roles,
    own_offices,
    roles_that_may,
)


@dataclass(frozen=True, slots=True)
class Claiming:
    """A claim that somebody wants to make; `command` is None where only the question is whether they might.

    prepared_by  further acts that it rests on: whoever had a hand in one doesn't check it
    """

    commitment: Commitment
    item: int
    command: MakeClaim | None
    context: Context
    prepared_by: tuple[Act, ...] = ()

    @property
    def claimants(self) -> tuple[Act, ...]:
        """The acts that the claim consists of."""
        return (acted(self.context, "claimed"), *self.prepared_by)


def claim_blockers(commitment: Commitment, command: MakeClaim, context: Context) -> Blockers:
    """Why this claim can't be made."""
    case = Claiming(commitment, command.item, command, context)
    return access(commitment, context) or collect((*MAY_CLAIM_RULES, *CONTENT_RULES), case)


def may_claim(commitment: Commitment, item: int, context: Context) -> Blockers:
    """Why the acting office can't claim progress of an item, whatever it were to claim."""
    return access(commitment, context) or collect(MAY_CLAIM_RULES, Claiming(commitment, item, None, context))


def make_claim(commitment: Commitment, command: MakeClaim, context: Context) -> tuple[CommitmentFact, ...]:
    """Progress is claimed, and the office named that is to check it. Nothing stands in the way."""
    made = claim_made(Claiming(commitment, command.item, command, context), len(commitment.claims) + 1)
    return (made, *looks_begun((made,), commitment, context))


def looks_begun(
    made: tuple[facts.ClaimMade, ...], commitment: Commitment, context: Context
) -> Iterator[CommitmentFact]:
    """The facts that the first looks at new claims are owed; where evidence is to follow, only once it has come."""
    looks = first_looks((one for one in made if one.evidence), context)
    return arisen(owed_for(looks, commitment, context))


def claim_made(case: Claiming, number: int, *, report: str | None = None, period: str | None = None) -> facts.ClaimMade:
    """The fact of a claim under its number in the commitment. Nothing stands in the way."""
    command, context = case.command, case.context
    assert command is not None, "only a command claims"
    return facts.ClaimMade(
        claim=f"{case.commitment.id}.c{number}",
        number=number,
        item=case.item,
        office=context.by.authority,
        verifier=offices_apart(first_look(context), case.commitment, context, apart_from=case.claimants)[0],
        value=command.value,
        note=command.note,
        evidence=command.evidence,
        fields=written(context.definition.fields.claim, command.fields),
        report=report,
        period=period,
        reason=command.reason.strip(),
    )


def first_look(context: Context) -> str:
    """The act of the office that looks at a claim first: where no second one is asked, it verifies at once."""
    return "verify_claim" if context.definition.verification is None else "check_claim"


def claims_allowed(commitment: Commitment, context: Context) -> Blockers:
    """Progress is claimed and judged in the states that say so."""
    states = context.definition.states
    if states[commitment.state].claims:
        return NONE
    allowed = ", ".join(state.name for state in states.values() if state.claims)
    return (Blocker("claim_not_allowed", {"state": commitment.state, "states": allowed}),)


def state_claims(case: Claiming) -> Blockers:
    return claims_allowed(case.commitment, case.context)


def item_in_plan(case: Claiming) -> Blockers:
    return item_known(case.commitment, case.item)


def role_claims(case: Claiming) -> Blockers:
    commitment, roles = case.commitment, roles_that_may("claim", case.context)
    named = own_offices(commitment)
    if case.context.by.authority in named and acts_in_role(roles, named, case.context):
        return NONE
    offices = offices_in_roles(roles, case.context, party=commitment.drafted.party, named=named)
    return (Blocker("role_may_not", {"act": "claim", "roles": ", ".join(roles)}, offices),)


def item_not_complete(case: Claiming) -> Blockers:
    progress = case.commitment.progress.get(case.item)
    return (Blocker("item_complete", {"item": str(case.item)}),) if progress is not None and progress.complete else NONE


def none_waiting(case: Claiming) -> Blockers:
    waiting = unchecked(case.commitment, case.item)
    if waiting is None:
        return NONE
    found = {"claim": waiting.made.claim, "item": str(case.item)}
    owed = case.commitment.look_owed(waiting.made.number)
    return (Blocker("claim_waiting", found, (waiting.made.verifier,), owed.due_at if owed else None),)


def verifier_found(case: Claiming) -> Blockers:
    commitment, context, act = case.commitment, case.context, first_look(case.context)
    if offices_apart(act, commitment, context, apart_from=case.claimants):
        return NONE
    administrators = offices_in_roles(roles_that_may("administer", context), context, party=commitment.drafted.party)
    roles = ", ".join(roles_that_may(act, context))
    return (Blocker("verifier_missing", {"roles": roles}, administrators),)


def look_in_calendar(case: Claiming) -> Blockers:
    """The days in which the claim is to be looked at can be counted."""
    commitment, context = case.commitment, case.context
    rule = context.definition.first_look
    if rule is None:
        return NONE
    offices = offices_apart(first_look(context), commitment, context, apart_from=case.claimants)
    return days_counted(offices[:1], rule, commitment, context)


def value_positive(case: Claiming) -> Blockers:
    assert case.command is not None, "asked only with a command"
    value = case.command.value
    if value.is_finite() and value > 0:
        return NONE
    return (Blocker("value_not_positive", {"item": str(case.item), "value": str(value)}, (case.context.by.authority,)),)


def fall_explained(case: Claiming) -> Blockers:
    """A cumulative value below the last one says why."""
    assert case.command is not None, "asked only with a command"
    value, progress = case.command.value, case.commitment.progress.get(case.item)
    if progress is None or progress.value != CUMULATIVE or not value.is_finite() or case.command.reason.strip():
        return NONE
    if not 0 < value < progress.claimed_value:
        return NONE
    found = {"item": str(case.item), "value": str(value), "last": str(progress.claimed_value)}
    return (Blocker("value_falls", found, (case.context.by.authority,)),)


def evidence_given(case: Claiming) -> Blockers:
    assert case.command is not None, "asked only with a command"
    if case.command.evidence:
        return evidence(case.command.evidence)
    if case.command.promised:
        return NONE
    item = case.commitment.item(case.item)
    wanted = "-" if item is None else item.evidence_required
    return (Blocker("evidence_missing", {"item": str(case.item), "wanted": wanted}, (case.context.by.authority,)),)


def fields_given(case: Claiming) -> Blockers:
    """The claim's own fields are sound, and those that it must have are filled."""
    assert case.command is not None, "asked only with a command"
    own, values = case.context.definition.fields.claim, case.command.fields
    return (
        *filling_blockers("claim", own, values, case.context),
        *missing("claim", own, written(own, values), (case.commitment.state,)),
    )


ITEM_RULES = (item_in_plan, item_not_complete, none_waiting, look_in_calendar)
MAY_CLAIM_RULES = (
    state_claims,
    item_in_plan,
    role_claims,
    item_not_complete,
    none_waiting,
    verifier_found,
    look_in_calendar,
)
CONTENT_RULES = (value_positive, fall_explained, evidence_given, fields_given)


def unchecked(commitment: Commitment, item: int) -> Claim | None:
    """The claim of an item that nobody has looked at yet, if there is one."""
    claims = commitment.claims.values()
    return next((claim for claim in claims if claim.made.item == item and claim.status == "claimed"), None)
