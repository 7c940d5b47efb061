"""Plan items and claims as pages show them: claimed and verified are two figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from service.sentences import Vocabulary
from service.web.blocking import BlockerShown, shown_blockers
from service.web.dues import Due, due_owed
from service.web.own_fields import OwnShown, own_shown
from service.web.requests_shown import Option, reason_options
from service.web.visit import Visit
from workflows.blockers import Possible
from workflows.commitment import Claim, Commitment
from workflows.commitment.grounds import grounds
from workflows.facts import ClaimVerified, Evidence, PlanItem
from workflows.plan import verified_percent

_WHYS = {
    "completion": ("butirnya tuntas", "it completes the item"),
    "money": ("anggarannya besar", "the item's budget is large"),
    "outside_period": ("di luar laporan periode", "no report made it"),
    "checked_late": ("diperiksa setelah undian", "it was checked after the draw"),
    "sample": ("terpilih undian uji petik", "the lot fell on it"),
}
_FIGURES = {
    "claimed": ("Diklaim", "Claimed"),
    "checked": ("Diperiksa", "Checked"),
    "verified": ("Diverifikasi", "Verified"),
}


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """A claim and its fate.

    verdict        what the verifier said; waits: the office that is to look at it now
    is_first_look  it waits for the first of two offices; why: what asks for the second
    may_check      the visitor may find it right or send it back; may_attach: may add evidence
    receipt        of the report that made it
    may_revoke     may take its verification back
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
    waits: str
    is_first_look: bool
    is_promised: bool
    why: str
    reason: str
    receipt: str
    period: str
    may_attach: bool
    due: Due | None = None
    may_revoke: bool = False
    revoke_reasons: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureShown:
    """One of an item's figures. percent: whole, at most 100; rests_on: whose word it is, empty for a figure of zero"""

    name: str
    label: str
    value: str
    percent: int
    rests_on: str


@dataclass(frozen=True, slots=True)
class ItemShown:
    """A plan item with its progress. target with the unit; figures: claimed, checked (by a first of two), verified

    first_ends  the end as first promised, where it was another
    claimable  the visitor may claim progress; None where the state allows no claim
    """

    number: int
    stage: str
    activity: str
    output: str
    indicator: str
    unit: str
    target: str
    verified: str
    figures: tuple[FigureShown, ...]
    before: str
    weight: str
    targets: str
    is_complete: bool
    is_per_period: bool
    starts: str
    ends: str
    first_ends: str
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
        claim_shown(
            visit,
            state,
            claim,
            found.get(("check_claim", name)) or found.get(("revoke_verification", name)),
            found.get(("attach_evidence", name)),
        )
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


def claim_shown(
    visit: Visit, state: Commitment, claim: Claim, possible: Possible | None, attach: Possible | None = None
) -> ClaimShown:
    """One claim. possible: to look at it or to revoke what was verified; attach: to add evidence"""
    checks = possible is not None and possible.act == "check_claim"
    words, made = visit.words(state), claim.made
    item, definition = state.item(made.item), visit.context(state).definition
    unit, reasons = item.unit if item else "", definition.reasons
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
        evidence=claim.evidence,
        made=words.moment(claim.made_at),
        is_late=claim.late,
        decided=words.moment(claim.decided_at) if claim.decided_at else "",
        verdict=_verdict(claim, words.at(claim.definition_version)),
        may_check=checks and possible is not None and possible.may,
        blocked=shown_blockers(possible.blockers, words) if checks and possible is not None else (),
        reasons=reason_options(reasons.get("return", {}), words),
        own=own_shown(definition.fields.claim, made.fields, words, visit.role),
        waits=words.office(claim.waits_for) if claim.waits_for else "",
        is_first_look=claim.status == "claimed" and definition.verification is not None,
        is_promised=claim.status == "claimed" and not claim.evidence,
        why=words.listed(visit.say(*_WHYS[one]) for one in claim.why) if claim.why else "",
        reason=made.reason,
        receipt=_receipt(state, claim),
        period=made.period or "",
        may_attach=attach is not None and attach.may,
        due=_look_due(visit, state, made.number),
        may_revoke=not checks and possible is not None and possible.may,
        revoke_reasons=reason_options(reasons.get("revoke", {}), words),
    )


def _look_due(visit: Visit, state: Commitment, number: int) -> Due | None:
    owed = state.look_owed(number)
    return None if owed is None else due_owed(visit, state, owed)


def _item_shown(
    visit: Visit,
    state: Commitment,
    item: PlanItem,
    words: Vocabulary,
    claims: list[ClaimShown],
    possible: Possible | None,
) -> ItemShown:
    progress, owed = state.progress[item.number], state.owed.get(f"item-{item.number}")
    is_owed, first = owed is not None and owed.is_open, state.first_ends[item.number]
    return ItemShown(
        number=item.number,
        stage=words.stage(item.stage),
        activity=item.activity,
        output=item.output,
        indicator=item.indicator,
        unit=item.unit,
        target=words.quantity(item.target, item.unit),
        verified=words.quantity(progress.verified_value, item.unit),
        figures=_figures(visit, state, item, words),
        before=", ".join(str(number) for number in item.depends_on),
        weight="" if item.weight is None else words.number(item.weight),
        targets=", ".join(f"{one.period} {words.number(one.target)}" for one in item.targets),
        is_complete=progress.complete,
        is_per_period=item.value != "cumulative",
        starts=words.day(item.starts_on),
        ends=words.day(item.ends_on),
        first_ends="" if first == item.ends_on else words.day(first),
        agency=words.office(item.agency),
        budget=words.money(item.budget_idr),
        fund=words.fund(item.fund),
        evidence_required=item.evidence_required,
        component=item.component or "",
        own=own_shown(visit.context(state).definition.fields.item, item.fields, words, visit.role),
        due=due_owed(visit, state, owed.obligation) if owed and is_owed else None,
        claims=tuple(claim for claim in claims if claim.item == item.number),
        claimable=None if possible is None else possible.may,
        blocked=shown_blockers(possible.blockers, words) if possible else (),
    )


def _figures(visit: Visit, state: Commitment, item: PlanItem, words: Vocabulary) -> tuple[FigureShown, ...]:
    """Claimed, checked where a first office checks, and verified: each with whose word it rests on."""
    progress, found = state.progress[item.number], grounds(state, item.number)
    values = {
        "claimed": progress.claimed_value,
        "checked": progress.checked_value,
        "verified": progress.verified_value,
    }
    if visit.context(state).definition.verification is None:
        del values["checked"]
    return tuple(
        FigureShown(
            name=name,
            label=visit.say(*_FIGURES[name]),
            value=words.quantity(value, item.unit),
            percent=_percent(value, item),
            rests_on=_rests_on(visit, found[name], name, words),
        )
        for name, value in values.items()
    )


def _rests_on(visit: Visit, claim: Claim | None, figure: str, words: Vocabulary) -> str:
    if claim is None:
        return ""
    office = claim.made.office
    if figure == "checked" and claim.checked is not None:
        office = claim.checked.office
    elif figure != "claimed" and isinstance(claim.verdict, ClaimVerified):
        office = claim.verdict.office
    return visit.say(
        "menurut {office}, klaim {n}", "by {office}, claim {n}", office=words.office(office), n=claim.made.number
    )


def _percent(value: Decimal, item: PlanItem) -> int:
    return min(100, int(value * 100 / item.target)) if item.target else 0


def _receipt(state: Commitment, claim: Claim) -> str:
    report = claim.made.report
    return "" if report is None else state.reports[report].submitted.receipt


def _verdict(claim: Claim, words: Vocabulary) -> str:
    verdict = claim.verdict
    if verdict is None:
        return ""
    reason = getattr(verdict, "reason", None)
    text = getattr(verdict, "text", None) or getattr(verdict, "note", "")
    named = words.reason("revoke" if claim.status == "revoked" else "return", reason) if reason else ""
    return ": ".join(part for part in (named, text) if part)
