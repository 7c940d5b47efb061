"""Plan items and claims as pages show them: claimed and verified are two figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from service.sentences import Vocabulary
from service.web.blocking import BlockerShown, shown_blockers
from service.web.dues import Due, due_of
from service.web.own_fields import OwnShown, own_shown
from service.web.requests_shown import Option, reason_options
from service.web.visit import Visit
from workflows.blockers import Possible
from workflows.commitment import Claim, Commitment
from workflows.facts import Evidence, PlanItem
from workflows.plan import verified_percent


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """A claim and its fate. verdict: what the verifier said; may_check: the visitor may verify it or send it back

    may_revoke  the visitor may take its verification back
    """

    id: str
    number: int
    item: int
    activity: str
    status: str
    office: str
    verifier: str
    value: str
    target: str
    note: str
    evidence: tuple[Evidence, ...]
    made: str
    is_late: bool
    decided: str
    verdict: str
    may_check: bool
    blocked: tuple[BlockerShown, ...]
    reasons: tuple[Option, ...]
    own: tuple[OwnShown, ...]
    may_revoke: bool = False
    revoke_reasons: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemShown:
    """A plan item with its progress. claimed, verified, target with the unit; percents are whole and at most 100

    claimable  the visitor may claim progress; None where the state allows no claim
    """

    number: int
    stage: str
    activity: str
    output: str
    indicator: str
    unit: str
    target: str
    claimed: str
    verified: str
    claimed_percent: int
    verified_percent: int
    is_complete: bool
    is_per_period: bool
    starts: str
    ends: str
    agency: str
    budget: str
    fund: str
    evidence_required: str
    component: str
    own: tuple[OwnShown, ...]
    due: Due | None
    claims: tuple[ClaimShown, ...]
    claimable: bool | None
    blocked: tuple[BlockerShown, ...]


def items_shown(visit: Visit, state: Commitment, possible: Iterable[Possible]) -> tuple[ItemShown, ...]:
    """The plan in force, in order. possible: what `overview` found; empty for a past view"""
    found = {(one.act, one.on): one for one in possible}
    words = visit.words(state)
    claims = [
        claim_shown(visit, state, claim, found.get(("check_claim", name)) or found.get(("revoke_verification", name)))
        for name, claim in state.claims.items()
    ]
    return tuple(
        _item_shown(visit, state, item, words, claims, found.get(("claim", str(item.number))))
        for item in sorted(state.items, key=lambda item: item.number)
    )


@dataclass(frozen=True, slots=True)
class Completion:
    """How far a commitment has come, in the words of its workflow's scale."""

    scale: str
    level: str
    percent: int


def completion_shown(visit: Visit, state: Commitment) -> Completion | None:
    """The level that the verified share of the plan reaches; None for a workflow without a scale."""
    scale = visit.context(state).definition.scale
    if scale is None:
        return None
    words, percent = visit.words(state), verified_percent(state.items, state.progress)
    return Completion(words.said(scale.label), words.said(scale.level_at(percent).label), percent)


def claim_shown(visit: Visit, state: Commitment, claim: Claim, possible: Possible | None) -> ClaimShown:
    """One claim. possible: whether the visitor may check it, or revoke what was verified"""
    checks = possible is not None and possible.act == "check_claim"
    words, made = visit.words(state), claim.made
    item = state.item(made.item)
    unit = item.unit if item else ""
    reasons = {} if words.definition is None else words.definition.reasons
    return ClaimShown(
        id=made.claim,
        number=made.number,
        item=made.item,
        activity=item.activity if item else "",
        status=claim.status,
        office=words.office(made.office),
        verifier=words.office(made.verifier),
        value=words.quantity(made.value, unit),
        target=words.quantity(item.target, unit) if item else "",
        note=made.note,
        evidence=made.evidence,
        made=words.moment(claim.made_at),
        is_late=claim.late,
        decided=words.moment(claim.decided_at) if claim.decided_at else "",
        verdict=_verdict(claim, words.at(claim.definition_version)),
        may_check=checks and possible is not None and possible.may,
        blocked=shown_blockers(possible.blockers, words) if checks and possible is not None else (),
        reasons=reason_options(reasons.get("return", {}), words),
        own=own_shown(visit.context(state).definition.fields.claim, made.fields, words, visit.role),
        may_revoke=not checks and possible is not None and possible.may,
        revoke_reasons=reason_options(reasons.get("revoke", {}), words),
    )


def _item_shown(
    visit: Visit,
    state: Commitment,
    item: PlanItem,
    words: Vocabulary,
    claims: list[ClaimShown],
    possible: Possible | None,
) -> ItemShown:
    progress, owed = state.progress[item.number], state.owed.get(f"item-{item.number}")
    is_owed = owed is not None and owed.is_open
    return ItemShown(
        number=item.number,
        stage=words.stage(item.stage),
        activity=item.activity,
        output=item.output,
        indicator=item.indicator,
        unit=item.unit,
        target=words.quantity(item.target, item.unit),
        claimed=words.quantity(progress.claimed_value, item.unit),
        verified=words.quantity(progress.verified_value, item.unit),
        claimed_percent=_percent(progress.claimed_value, item),
        verified_percent=_percent(progress.verified_value, item),
        is_complete=progress.complete,
        is_per_period=item.value != "cumulative",
        starts=words.day(item.starts_on),
        ends=words.day(item.ends_on),
        agency=words.office(item.agency),
        budget=words.money(item.budget_idr),
        fund=words.fund(item.fund),
        evidence_required=item.evidence_required,
        component=item.component or "",
        own=own_shown(visit.context(state).definition.fields.item, item.fields, words, visit.role),
        due=due_of(visit, owed.obligation.due_on, office=owed.obligation.office) if owed and is_owed else None,
        claims=tuple(claim for claim in claims if claim.item == item.number),
        claimable=None if possible is None else possible.may,
        blocked=shown_blockers(possible.blockers, words) if possible else (),
    )


def _percent(value: Decimal, item: PlanItem) -> int:
    return min(100, int(value * 100 / item.target)) if item.target else 0


def _verdict(claim: Claim, words: Vocabulary) -> str:
    verdict = claim.verdict
    if verdict is None:
        return ""
    reason = getattr(verdict, "reason", None)
    text = getattr(verdict, "text", None) or getattr(verdict, "note", "")
    named = words.reason("revoke" if claim.status == "revoked" else "return", reason) if reason else ""
    return ": ".join(part for part in (named, text) if part)
