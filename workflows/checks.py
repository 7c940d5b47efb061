"""What other offices find of a claim: its evidence is whole, it is right, it goes back; and whom the lot falls on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workflows import facts
from workflows.claims import claims_allowed, first_look
from workflows.commands import AttachEvidence, CheckClaim, FollowSample, ReturnClaim, VerifyClaim
from workflows.commitment import Act, Claim, Commitment
from workflows.context import Context
from workflows.effects import arisen, owed_again
from workflows.errors import Blocker
from workflows.facts import CommitmentFact, Obligation, SampledClaim
from workflows.looks import days_counted, first_looks, owed_for, second_look
from workflows.rules import (
    NONE,
    Blockers,
    access,
    acted,
    behind,
    calendar_reaches,
    collect,
    evidence,
    item_known,
    obliged,
    offices_apart,
    offices_in_roles,
    own_offices,
    reason,
    role_of,
    roles_that_may,
)
from workflows.sampling import is_drawn

PREPARING = ("claim", "prepare_report", "submit_report")


@dataclass(frozen=True, slots=True)
class Checking:
    """A claim that somebody wants to find right, to send back, or to add evidence to."""

    commitment: Commitment
    claim: Claim
    context: Context

    @property
    def act(self) -> str:
        """The act by which an office looks at the claim now: the first look, or once it is checked the second."""
        return "verify_claim" if self.claim.status == "checked" else first_look(self.context)

    @property
    def claimants(self) -> tuple[Act, ...]:
        """The acts that the claim consists of: making it and, in a report, preparing that."""
        claim = self.claim
        report = None if claim.made.report is None else self.commitment.reports[claim.made.report]
        return (claim.act,) if report is None else (claim.act, report.prepared)

    @property
    def checkers(self) -> tuple[Act, ...]:
        """The act of looking at it first, once that is done."""
        return () if self.claim.looked is None else (self.claim.looked,)


def check_blockers(commitment: Commitment, command: CheckClaim, context: Context) -> Blockers:
    """Why the acting office can't find the claim right as the first of two."""
    return _of_claim(
        commitment,
        command.claim,
        context,
        (asks_two, is_unchecked, *LOOKING_RULES, evidence_there, second_found, second_in_calendar),
    )


def check_claim(commitment: Commitment, command: CheckClaim, context: Context) -> tuple[CommitmentFact, ...]:
    """A first office found the claim right, and whether a second one is asked. Nothing stands in the way."""
    case = Checking(commitment, commitment.claims[command.claim], context)
    made, why = case.claim.made, asks_second_look(case)
    verifier = _second_offices(case)[0] if why else None
    checked = facts.ClaimChecked(made.claim, made.item, context.by.authority, made.value, command.note, verifier, why)
    asked = () if verifier is None else second_look(made, verifier, context)
    return (checked, *arisen(owed_for(asked, commitment, context)))


def verify_blockers(commitment: Commitment, command: VerifyClaim, context: Context) -> Blockers:
    """Why the acting office can't verify the claim."""
    return _of_claim(commitment, command.claim, context, (is_for_verifying, *LOOKING_RULES, evidence_there))


def verify_claim(commitment: Commitment, command: VerifyClaim, context: Context) -> tuple[CommitmentFact, ...]:
    """The claim was found right; it completes its item if it reaches the target. Nothing stands in the way."""
    claim = commitment.claims[command.claim]
    made, item = claim.made, commitment.item(claim.made.item)
    assert item is not None, "asked for blockers first"
    total = claim.total if claim.checked is not None else commitment.progress[made.item].total_with(made.value)
    completes = total >= item.target
    return (facts.ClaimVerified(made.claim, made.item, context.by.authority, made.value, completes, command.note),)


def return_claim_blockers(commitment: Commitment, command: ReturnClaim, context: Context) -> Blockers:
    """Why the acting office can't send the claim back."""
    found = _of_claim(commitment, command.claim, context, (not_settled, *LOOKING_RULES, owed_in_calendar))
    if any(one.code in UNREACHED for one in found):
        return found
    return (*found, *reason(command, "return", context.definition.reasons))


def return_claim(commitment: Commitment, command: ReturnClaim, context: Context) -> tuple[CommitmentFact, ...]:
    """The claim went back; an item that it had met is owed again. Nothing stands in the way."""
    made = commitment.claims[command.claim].made
    returned = facts.ClaimReturned(made.claim, made.item, context.by.authority, command.reason, command.text)
    again = _owed_again(Checking(commitment, commitment.claims[command.claim], context))
    return (returned, *((facts.ObligationsArisen(again),) if again else ()))


def attach_blockers(commitment: Commitment, command: AttachEvidence, context: Context) -> Blockers:
    """Why these files can't be added to the claim."""
    found = _of_claim(commitment, command.claim, context, ATTACHING_RULES)
    if any(one.code in UNREACHED for one in found):
        return found
    return (*found, *_files(commitment.claims[command.claim], command, context))


def attach_evidence(commitment: Commitment, command: AttachEvidence, context: Context) -> tuple[CommitmentFact, ...]:
    """Files were added to the claim. Nothing stands in the way."""
    claim = commitment.claims[command.claim]
    made = claim.made
    attached = facts.EvidenceAttached(made.claim, made.item, context.by.authority, command.evidence)
    asked = () if claim.evidence else first_looks((made,), context)
    return (attached, *arisen(owed_for(asked, commitment, context)))


def sample_blockers(commitment: Commitment, command: FollowSample, context: Context) -> Blockers:
    """Why the lot can't be applied to the commitment."""
    denied = access(commitment, context)
    if denied:
        return denied
    return collect((role_draws, sample_there, verifiers_found, drawn_in_calendar), (commitment, command, context))


def follow_sample(commitment: Commitment, command: FollowSample, context: Context) -> tuple[CommitmentFact, ...]:
    """The lot fell on these checked claims; nothing is stated twice. Nothing stands in the way."""
    sample = context.sample(command.period)
    assert sample is not None, "asked for blockers first"
    if command.period in commitment.samples:
        return ()
    drawn = tuple(
        SampledClaim(case.claim.made.claim, _second_offices(case)[0])
        for case in _drawn(commitment, command.period, context)
    )
    asked = (look for one in drawn for look in second_look(commitment.claims[one.claim].made, one.verifier, context))
    sampled = facts.ClaimsSampled(command.period, sample.seed, sample.permille, drawn)
    return (sampled, *arisen(owed_for(asked, commitment, context)))


def may_check(commitment: Commitment, claim: Claim, context: Context) -> Blockers:
    """Why the acting office can neither find the claim right nor send it back."""
    return _of_claim(commitment, claim.made.claim, context, (not_settled, *LOOKING_RULES))


def may_attach(commitment: Commitment, claim: Claim, context: Context) -> Blockers:
    """Why the acting office can't add files to the claim."""
    return _of_claim(commitment, claim.made.claim, context, ATTACHING_RULES)


def asks_second_look(case: Checking) -> tuple[str, ...]:
    """What asks that a second office verifies the claim, beside the lot; nothing: its check settles it."""
    verification, claim = case.context.definition.verification, case.claim
    item = case.commitment.item(claim.made.item)
    assert verification is not None, "asked for blockers first"
    assert item is not None, "asked for blockers first"
    limit, period = verification.money_over_idr, claim.made.period
    return tuple(
        name
        for name, holds in (
            ("completion", claim.total >= item.target),
            ("money", limit is not None and item.budget_idr > limit),
            ("outside_period", bool(verification.sample_permille) and period is None),
            ("checked_late", period is not None and case.context.sample(period) is not None),
        )
        if holds
    )


def lot_name(commitment: Commitment, claim: Claim) -> str:
    """What a claim is called in the lot: by the commitment's reference, which is no chance of its own."""
    return f"{commitment.drafted.reference}.c{claim.made.number}"


def asks_two(case: Checking) -> Blockers:
    if case.context.definition.verification is not None:
        return NONE
    return (Blocker("check_not_asked", {"definition": case.context.definition.name}),)


def is_unchecked(case: Checking) -> Blockers:
    return NONE if case.claim.status == "claimed" else _decided(case)


def is_for_verifying(case: Checking) -> Blockers:
    """It waits for the look that verifies: with two offices only once the first has checked it."""
    if case.claim.waits_for is None:
        return _decided(case)
    if case.act == "verify_claim":
        return NONE
    made, owed = case.claim.made, case.commitment.look_owed(case.claim.made.number)
    return (Blocker("claim_unchecked", {"claim": made.claim}, (made.verifier,), owed.due_at if owed else None),)


def not_settled(case: Checking) -> Blockers:
    return NONE if case.claim.waits_for is not None else _decided(case)


def state_claims(case: Checking) -> Blockers:
    return claims_allowed(case.commitment, case.context)


def item_in_plan(case: Checking) -> Blockers:
    return item_known(case.commitment, case.claim.made.item)


def claimant_never_checks(case: Checking) -> Blockers:
    if not _had_a_part(case, case.claimants):
        return NONE
    found = {"claim": case.claim.made.claim, "office": case.claim.made.office}
    return (Blocker("claimant_verifies", found, _lookers(case)),)


def checker_never_verifies(case: Checking) -> Blockers:
    if case.claim.checked is None or not _had_a_part(case, case.checkers):
        return NONE
    found = {"claim": case.claim.made.claim, "office": case.claim.checked.office}
    return (Blocker("checker_verifies", found, _lookers(case)),)


def role_checks(case: Checking) -> Blockers:
    if case.context.by.authority in _lookers(case):
        return NONE
    roles = ", ".join(roles_that_may(case.act, case.context))
    return (Blocker("role_may_not", {"act": case.act, "roles": roles}, _lookers(case)),)


def evidence_there(case: Checking) -> Blockers:
    """What was promised has come."""
    if case.claim.evidence:
        return NONE
    return (Blocker("evidence_awaited", {"claim": case.claim.made.claim}, (case.claim.made.office,)),)


def owed_in_calendar(case: Checking) -> Blockers:
    return calendar_reaches(obliged(case.commitment, case.context), case.context, lambda: _owed_again(case))


def role_attaches(case: Checking) -> Blockers:
    """One of the commitment's own offices, in a role that claims or reports."""
    named, context = own_offices(case.commitment), case.context
    roles = tuple(dict.fromkeys(role for act in PREPARING for role in roles_that_may(act, context)))
    if context.by.authority in named and role_of(context.by.authority, context) in roles:
        return NONE
    offices = offices_in_roles(roles, context, party=case.commitment.drafted.party, named=named)
    return (Blocker("role_may_not", {"act": "attach_evidence", "roles": ", ".join(roles)}, offices),)


Sampling = tuple[Commitment, FollowSample, Context]


def role_draws(case: Sampling) -> Blockers:
    commitment, _, context = case
    roles = roles_that_may("draw_sample", context)
    if role_of(context.by.authority, context) in roles:
        return NONE
    offices = offices_in_roles(roles, context, party=commitment.drafted.party)
    return (Blocker("role_may_not", {"act": "draw_sample", "roles": ", ".join(roles)}, offices),)


def sample_there(case: Sampling) -> Blockers:
    _, command, context = case
    if context.sample(command.period) is not None:
        return NONE
    offices = offices_in_roles(roles_that_may("draw_sample", context), context, party=context.programme.organisation)
    return (Blocker("sample_missing", {"period": command.period}, offices),)


def verifiers_found(case: Sampling) -> Blockers:
    commitment, command, context = case
    alone = (one for one in _drawn(commitment, command.period, context) if not _second_offices(one))
    return next((_none_verifies(one) for one in alone), NONE)


def second_found(case: Checking) -> Blockers:
    """Whoever is to look a second time exists."""
    if case.context.definition.verification is None or case.commitment.item(case.claim.made.item) is None:
        return NONE
    return NONE if not asks_second_look(case) or _second_offices(case) else _none_verifies(case)


def second_in_calendar(case: Checking) -> Blockers:
    """The days of the second look can be counted, where one is asked."""
    if case.context.definition.verification is None or case.commitment.item(case.claim.made.item) is None:
        return NONE
    return _second_counted((case,), case.commitment, case.context) if asks_second_look(case) else NONE


def drawn_in_calendar(case: Sampling) -> Blockers:
    commitment, command, context = case
    return _second_counted(_drawn(commitment, command.period, context), commitment, context)


def look_in_calendar(case: Checking) -> Blockers:
    """The days of the first look can be counted, which the evidence begins."""
    rule = case.context.definition.first_look
    return (
        NONE if case.claim.evidence else days_counted((case.claim.made.verifier,), rule, case.commitment, case.context)
    )


LOOKING_RULES = (state_claims, item_in_plan, claimant_never_checks, checker_never_verifies, role_checks)
ATTACHING_RULES = (is_unchecked, state_claims, item_in_plan, role_attaches, look_in_calendar)
UNREACHED = frozenset({"claim_unknown", "office_unknown", "not_a_holder", "delegation_unknown", "out_of_scope"})


def _of_claim(
    commitment: Commitment, name: str, context: Context, rules: tuple[Callable[[Checking], Blockers], ...]
) -> Blockers:
    claim, denied = commitment.claims.get(name), access(commitment, context)
    if denied or claim is None:
        return denied or (Blocker("claim_unknown", {"claim": name}),)
    return collect(rules, Checking(commitment, claim, context))


def _decided(case: Checking) -> Blockers:
    return (Blocker("claim_decided", {"claim": case.claim.made.claim, "status": case.claim.status}),)


def _files(claim: Claim, command: AttachEvidence, context: Context) -> Blockers:
    if not command.evidence:
        found = {"item": str(claim.made.item), "wanted": "-"}
        return (Blocker("evidence_missing", found, (context.by.authority,)),)
    known = {file.digest for file in claim.evidence}
    twice = [file.name for file in command.evidence if file.digest in known]
    again = (Blocker("evidence_attached", {"files": ", ".join(twice)}, (context.by.authority,)),) if twice else NONE
    return (*again, *evidence(command.evidence))


def _had_a_part(case: Checking, part: tuple[Act, ...]) -> bool:
    mine = behind(acted(case.context, "checked"), case.context)
    return any(behind(one, case.context).meet(mine) for one in part)


def _lookers(case: Checking) -> tuple[str, ...]:
    """Who may look at a claim today: the office named for it, and whoever the roles lead to now."""
    now = offices_apart(case.act, case.commitment, case.context, apart_from=(*case.claimants, *case.checkers))
    named = case.claim.waits_for
    return tuple(dict.fromkeys((*(() if named is None else (named,)), *now)))


def _second_offices(case: Checking) -> tuple[str, ...]:
    """Who may verify the claim once it is checked: by the acting office now, or by the one that did."""
    checking = case.checkers or (acted(case.context, "checked"),)
    return offices_apart("verify_claim", case.commitment, case.context, apart_from=(*case.claimants, *checking))


def _second_counted(cases: tuple[Checking, ...], commitment: Commitment, context: Context) -> Blockers:
    verification = context.definition.verification
    rule = None if verification is None else verification.look
    offices = dict.fromkeys(office for case in cases if rule is not None for office in _second_offices(case)[:1])
    return days_counted(offices, rule, commitment, context)


def _none_verifies(case: Checking) -> Blockers:
    context, party = case.context, case.commitment.drafted.party
    administrators = offices_in_roles(roles_that_may("administer", context), context, party=party)
    roles = ", ".join(roles_that_may("verify_claim", context))
    return (Blocker("verifier_missing", {"roles": roles}, administrators),)


def _drawn(commitment: Commitment, period: str, context: Context) -> tuple[Checking, ...]:
    """The claims of a period that were settled by their check and that the lot falls on."""
    sample = context.sample(period)
    if sample is None or claims_allowed(commitment, context):
        return ()
    return tuple(
        Checking(commitment, claim, context)
        for claim in commitment.claims.values()
        if claim.made.period == period
        and (claim.status, claim.verifier) == ("checked", None)
        and commitment.item(claim.made.item) is not None
        and is_drawn(lot_name(commitment, claim), seed=sample.seed, permille=sample.permille)
    )


def _owed_again(case: Checking) -> tuple[Obligation, ...]:
    """The item's next round, if it stood as met by the claim that is sent back."""
    commitment, number = case.commitment, case.claim.made.item
    owed, item = commitment.owed.get(f"item-{number}"), commitment.item(number)
    if owed is None or item is None or owed.status != "met" or commitment.progress[number].complete:
        return ()
    return (owed_again(item, commitment, case.context, not_before_days=case.context.definition.claim_limit),)
