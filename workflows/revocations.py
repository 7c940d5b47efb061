"""Taking back a verification that turned out to be wrong: the figure falls, and the item is owed again."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workflows import facts
from workflows.commands import RevokeVerification
from workflows.commitment import Claim, Commitment
from workflows.commitment.fold_progress import progress_without
from workflows.context import Context
from workflows.effects import owed_again
from workflows.errors import Blocker
from workflows.facts import ClaimVerified, CommitmentFact, Obligation
from workflows.plan import CUMULATIVE
from workflows.rules import (
    NONE,
    Blockers,
    access,
    acted,
    acts_in_role,
    behind,
    calendar_reaches,
    collect,
    item_known,
    obliged,
    offices_in_roles,
    own_offices,
    reason,
    roles_that_may,
)

CATALOGUE = "revoke"


@dataclass(frozen=True, slots=True)
class Revoking:
    """A verification that somebody wants to take back."""

    commitment: Commitment
    claim: Claim
    context: Context


def may_revoke(commitment: Commitment, claim: Claim, context: Context) -> Blockers:
    """Why the acting office can't take the verification of a claim back, whatever its reason."""
    return access(commitment, context) or collect(REVOKING_RULES, Revoking(commitment, claim, context))


def revoke_blockers(commitment: Commitment, command: RevokeVerification, context: Context) -> Blockers:
    """Why the verification can't be taken back."""
    claim = commitment.claims.get(command.claim)
    denied = access(commitment, context)
    if denied or claim is None:
        return denied or (Blocker("claim_unknown", {"claim": command.claim}),)
    found = collect(REVOKING_RULES, Revoking(commitment, claim, context))
    return (*found, *reason(command, CATALOGUE, context.definition.reasons))


def revoke(commitment: Commitment, command: RevokeVerification, context: Context) -> tuple[CommitmentFact, ...]:
    """The claim counts no more; an item that it had met is owed again. Nothing stands in the way."""
    case = Revoking(commitment, commitment.claims[command.claim], context)
    made = case.claim.made
    revoked = facts.VerificationRevoked(
        made.claim, made.item, context.by.authority, verified_without(case), command.reason, command.text
    )
    again = _owed_again(case)
    return (revoked, *((facts.ObligationsArisen(again),) if again else ()))


def verified_without(case: Revoking) -> Decimal:
    """What stands verified of the claim's item without it: the claims verified beside it, as they count."""
    item, total = case.claim.made.item, Decimal(0)
    cumulative = case.commitment.progress[item].value == CUMULATIVE
    for claim in case.commitment.claims.values():
        if claim.made.item == item and claim.status == "verified" and claim != case.claim:
            total = claim.made.value if cumulative else total + claim.made.value
    return total


def verified(case: Revoking) -> Blockers:
    if case.claim.status == "verified":
        return NONE
    return (Blocker("claim_not_verified", {"claim": case.claim.made.claim, "status": case.claim.status}),)


def while_progress_counts(case: Revoking) -> Blockers:
    """A commitment that is closed is opened again first."""
    states = case.context.definition.states
    if states[case.commitment.state].claims:
        return NONE
    allowed = ", ".join(state.name for state in states.values() if state.claims)
    return (Blocker("revocation_not_allowed", {"state": case.commitment.state, "states": allowed}),)


def item_in_plan(case: Revoking) -> Blockers:
    return item_known(case.commitment, case.claim.made.item)


def claimant_never_revokes(case: Revoking) -> Blockers:
    """Who claimed has no say in what was verified, in either direction."""
    claim, hands = case.claim, behind(acted(case.context, "revoked"), case.context)
    if not hands.meet(behind(claim.act, case.context)):
        return NONE
    others = tuple(office for office in _revokers(case) if office not in hands.offices)
    return (Blocker("claimant_revokes", {"claim": claim.made.claim, "office": claim.made.office}, others),)


def role_revokes(case: Revoking) -> Blockers:
    roles = roles_that_may("revoke_verification", case.context)
    if acts_in_role(roles, own_offices(case.commitment), case.context):
        return NONE
    return (Blocker("role_may_not", {"act": "revoke_verification", "roles": ", ".join(roles) or "-"}, _revokers(case)),)


def verifier_or_above(case: Revoking) -> Blockers:
    """It is taken back by the office that verified, or by one of its organisation or above."""
    directory, by, verdict = case.context.directory, case.context.by, case.claim.verdict
    if not isinstance(verdict, ClaimVerified) or directory.office(by.authority) is None:
        return NONE
    organisation = directory.offices[by.authority].organisation
    if organisation in directory.path(directory.offices[verdict.office].organisation):
        return NONE
    found = {"claim": case.claim.made.claim, "office": verdict.office}
    return (Blocker("verifier_above", found, (verdict.office,)),)


def owed_in_calendar(case: Revoking) -> Blockers:
    return calendar_reaches(obliged(case.commitment, case.context), case.context, lambda: _owed_again(case))


STANDING_RULES = (verified, while_progress_counts, item_in_plan)
WHO_RULES = (claimant_never_revokes, role_revokes, verifier_or_above)
REVOKING_RULES = (*STANDING_RULES, *WHO_RULES, owed_in_calendar)


def _revokers(case: Revoking) -> tuple[str, ...]:
    roles = roles_that_may("revoke_verification", case.context)
    return offices_in_roles(roles, case.context, party=case.commitment.drafted.party)


def _owed_again(case: Revoking) -> tuple[Obligation, ...]:
    """The item's next round, if it stood as met and what is left doesn't reach its target."""
    commitment, number = case.commitment, case.claim.made.item
    owed, item = commitment.owed.get(f"item-{number}"), commitment.item(number)
    if owed is None or item is None or owed.status != "met":
        return ()
    if progress_without(commitment, case.claim, verified_without(case)).claimed_value >= item.target:
        return ()
    return (owed_again(item, commitment, case.context, not_before_days=case.context.definition.claim_limit),)
