"""Progress of plan items: claimed by the office that works, verified or sent back by another office and person."""

from __future__ import annotations

from dataclasses import dataclass

from workflows import facts
from workflows.commands import MakeClaim, ReturnClaim, VerifyClaim
from workflows.commitment import Act, Claim, Commitment
from workflows.context import Context
from workflows.effects import owed_again
from workflows.errors import Blocker
from workflows.facts import CommitmentFact, Obligation
from workflows.field_rules import filling_blockers, missing
from workflows.fields import written
from workflows.rules import (
    NONE,
    Blockers,
    access,
    acted,
    acts_in_role,
    behind,
    calendar_reaches,
    collect,
    evidence,
    item_known,
    obliged,
    offices_in_roles,
    own_offices,
    reason,
    roles_that_may,
)

CUMULATIVE = "cumulative"


@dataclass(frozen=True, slots=True)
class Claiming:
    """A claim that somebody wants to make; `command` is None where only the question is whether they might."""

    commitment: Commitment
    item: int
    command: MakeClaim | None
    context: Context


@dataclass(frozen=True, slots=True)
class Checking:
    """A claim that somebody wants to verify or send back."""

    commitment: Commitment
    claim: Claim
    context: Context


def claim_blockers(commitment: Commitment, command: MakeClaim, context: Context) -> Blockers:
    """Why this claim can't be made."""
    case = Claiming(commitment, command.item, command, context)
    return access(commitment, context) or collect((*MAY_CLAIM_RULES, value_sound, evidence_given, fields_given), case)


def may_claim(commitment: Commitment, item: int, context: Context) -> Blockers:
    """Why the acting office can't claim progress of an item, whatever it were to claim."""
    return access(commitment, context) or collect(MAY_CLAIM_RULES, Claiming(commitment, item, None, context))


def make_claim(commitment: Commitment, command: MakeClaim, context: Context) -> tuple[CommitmentFact, ...]:
    """Progress is claimed, and the office named that is to check it. Nothing stands in the way."""
    number = len(commitment.claims) + 1
    made = facts.ClaimMade(
        claim=f"{commitment.id}.c{number}",
        number=number,
        item=command.item,
        office=context.by.authority,
        verifier=_verifiers(commitment, context, claimant=acted(context, "claimed"))[0],
        value=command.value,
        note=command.note,
        evidence=command.evidence,
        fields=written(context.definition.fields.claim, command.fields),
    )
    return (made,)


def verify_blockers(commitment: Commitment, command: VerifyClaim, context: Context) -> Blockers:
    """Why the acting office can't verify the claim."""
    claim = commitment.claims.get(command.claim)
    denied = access(commitment, context)
    if denied or claim is None:
        return denied or _unknown(command.claim)
    return collect(CHECKING_RULES, Checking(commitment, claim, context))


def verify_claim(commitment: Commitment, command: VerifyClaim, context: Context) -> tuple[CommitmentFact, ...]:
    """The claim was found right; it completes its item if it reaches the target. Nothing stands in the way."""
    made = commitment.claims[command.claim].made
    item = commitment.item(made.item)
    assert item is not None, "asked for blockers first"
    completes = commitment.progress[made.item].total_with(made.value) >= item.target
    return (facts.ClaimVerified(made.claim, made.item, context.by.authority, made.value, completes, command.note),)


def return_claim_blockers(commitment: Commitment, command: ReturnClaim, context: Context) -> Blockers:
    """Why the acting office can't send the claim back."""
    claim = commitment.claims.get(command.claim)
    denied = access(commitment, context)
    if denied or claim is None:
        return denied or _unknown(command.claim)
    given = reason(command, "return", context.definition.reasons)
    return (*collect((*CHECKING_RULES, owed_in_calendar), Checking(commitment, claim, context)), *given)


def return_claim(commitment: Commitment, command: ReturnClaim, context: Context) -> tuple[CommitmentFact, ...]:
    """The claim went back; an item that it had met is owed again. Nothing stands in the way."""
    made = commitment.claims[command.claim].made
    returned = facts.ClaimReturned(made.claim, made.item, context.by.authority, command.reason, command.text)
    again = _owed_again(Checking(commitment, commitment.claims[command.claim], context))
    return (returned, *((facts.ObligationsArisen(again),) if again else ()))


def may_check(commitment: Commitment, claim: Claim, context: Context) -> Blockers:
    """Why the acting office can neither verify the claim nor send it back."""
    return access(commitment, context) or collect(CHECKING_RULES, Checking(commitment, claim, context))


def claims_allowed(case: Claiming | Checking) -> Blockers:
    states = case.context.definition.states
    if states[case.commitment.state].claims:
        return NONE
    allowed = ", ".join(state.name for state in states.values() if state.claims)
    return (Blocker("claim_not_allowed", {"state": case.commitment.state, "states": allowed}),)


def item_in_plan(case: Claiming) -> Blockers:
    return item_known(case.commitment, case.item)


def claimed_item_in_plan(case: Checking) -> Blockers:
    return item_known(case.commitment, case.claim.made.item)


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
    waiting = _waiting(case.commitment, case.item)
    if waiting is None:
        return NONE
    found = {"claim": waiting.made.claim, "item": str(case.item)}
    return (Blocker("claim_waiting", found, (waiting.made.verifier,)),)


def verifier_found(case: Claiming) -> Blockers:
    commitment, context = case.commitment, case.context
    if _verifiers(commitment, context, claimant=acted(context, "claimed")):
        return NONE
    administrators = offices_in_roles(roles_that_may("administer", context), context, party=commitment.drafted.party)
    roles = ", ".join(roles_that_may("verify_claim", context))
    return (Blocker("verifier_missing", {"roles": roles}, administrators),)


def value_sound(case: Claiming) -> Blockers:
    assert case.command is not None, "asked only with a command"
    value, progress = case.command.value, case.commitment.progress.get(case.item)
    if not value.is_finite() or value <= 0:
        return (Blocker("value_not_positive", {"value": str(value)}, (case.context.by.authority,)),)
    if progress is None or progress.value != CUMULATIVE or value >= progress.verified_value:
        return NONE
    found = {"value": str(value), "verified": str(progress.verified_value)}
    return (Blocker("value_below_verified", found, (case.context.by.authority,)),)


def evidence_given(case: Claiming) -> Blockers:
    assert case.command is not None, "asked only with a command"
    if case.command.evidence:
        return evidence(case.command.evidence)
    item = case.commitment.item(case.item)
    wanted = "-" if item is None else item.evidence_required
    return (Blocker("evidence_missing", {"wanted": wanted}, (case.context.by.authority,)),)


def fields_given(case: Claiming) -> Blockers:
    """The claim's own fields are sound, and those that it must have are filled."""
    assert case.command is not None, "asked only with a command"
    own, values = case.context.definition.fields.claim, case.command.fields
    return (
        *filling_blockers("claim", own, values, case.context),
        *missing("claim", own, written(own, values), (case.commitment.state,)),
    )


def not_decided(case: Checking) -> Blockers:
    if case.claim.status == "claimed":
        return NONE
    return (Blocker("claim_decided", {"claim": case.claim.made.claim, "status": case.claim.status}),)


def claimant_never_checks(case: Checking) -> Blockers:
    claim, context = case.claim, case.context
    if not behind(claim.act, context).meet(behind(acted(context, "checked"), context)):
        return NONE
    found = {"claim": claim.made.claim, "office": claim.made.office}
    return (Blocker("claimant_verifies", found, _checkers(case)),)


def role_checks(case: Checking) -> Blockers:
    if case.context.by.authority in _checkers(case):
        return NONE
    roles = ", ".join(roles_that_may("verify_claim", case.context))
    return (Blocker("role_may_not", {"act": "verify_claim", "roles": roles}, _checkers(case)),)


def owed_in_calendar(case: Checking) -> Blockers:
    return calendar_reaches(obliged(case.commitment, case.context), case.context, lambda: _owed_again(case))


MAY_CLAIM_RULES = (claims_allowed, item_in_plan, role_claims, item_not_complete, none_waiting, verifier_found)
CHECKING_RULES = (not_decided, claims_allowed, claimed_item_in_plan, claimant_never_checks, role_checks)


def _unknown(claim: str) -> Blockers:
    return (Blocker("claim_unknown", {"claim": claim}),)


def _waiting(commitment: Commitment, item: int) -> Claim | None:
    claims = commitment.claims.values()
    return next((claim for claim in claims if claim.made.item == item and claim.status == "claimed"), None)


def _checkers(case: Checking) -> tuple[str, ...]:
    """Who may check a claim today: the office named when it was made, and whoever the roles lead to now."""
    claim = case.claim
    now = _verifiers(case.commitment, case.context, claimant=claim.act)
    return tuple(dict.fromkeys((claim.made.verifier, *now)))


def _verifiers(commitment: Commitment, context: Context, *, claimant: Act) -> tuple[str, ...]:
    hands = behind(claimant, context)
    resolved = (
        context.directory.resolve(
            role,
            commitment.drafted.party,
            on=context.today,
            without_offices=hands.offices,
            without_persons=hands.persons,
            ceiling=context.definition.ceiling,
        )
        for role in roles_that_may("verify_claim", context)
    )
    return tuple(dict.fromkeys(one.office for one in resolved if one.office is not None))


def _owed_again(case: Checking) -> tuple[Obligation, ...]:
    """The item's next round, if it stood as met by the claim that is sent back."""
    commitment, number = case.commitment, case.claim.made.item
    owed, item = commitment.owed.get(f"item-{number}"), commitment.item(number)
    if owed is None or item is None or owed.status != "met" or commitment.progress[number].complete:
        return ()
    return (owed_again(item, commitment, case.context, not_before_days=case.context.definition.claim_limit),)
