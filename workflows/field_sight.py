"""A commitment and its facts as an office sees them: without the own fields that its role doesn't see.

What is left out is nowhere in the result; where nothing is hidden, the very same object comes back.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from workflows import facts
from workflows.commitment import Claim, Commitment, Request
from workflows.definition import OwnFields
from workflows.facts import CommitmentFact, PlanItem
from workflows.fields import Fields, seen

Plan = tuple[PlanItem, ...]


def commitment_seen(state: Commitment, own: OwnFields, role: str | None) -> Commitment:
    """The commitment as an office of that role sees it."""
    if not own.hides_from(role):
        return state
    return replace(
        state,
        drafted=replace(state.drafted, fields=seen(state.drafted.fields, own.commitment, role)),
        fields=seen(state.fields, own.commitment, role),
        items=plan_seen(state.items, own.item, role),
        revisions=tuple(plan_seen(plan, own.item, role) for plan in state.revisions),
        requests=MappingProxyType({name: _request(one, own, role) for name, one in state.requests.items()}),
        claims=MappingProxyType({name: _claim(one, own, role) for name, one in state.claims.items()}),
    )


def fact_seen(fact: CommitmentFact, own: OwnFields, role: str | None) -> CommitmentFact:
    """The fact as an office of that role sees it."""
    if not own.hides_from(role):
        return fact
    match fact:
        case facts.CommitmentDrafted() | facts.DraftEdited():
            return replace(fact, fields=seen(fact.fields, own.commitment, role))
        case facts.PlanDrafted() | facts.PlanAmended():
            return replace(fact, items=plan_seen(fact.items, own.item, role))
        case facts.RequestOpened():
            return _opened(fact, own, role)
        case facts.ClaimMade():
            return replace(fact, fields=seen(fact.fields, own.claim, role))
        case _:
            return fact


def plan_seen(items: Plan, fields: Fields, role: str | None) -> Plan:
    """The plan as an office of that role sees it."""
    return tuple(replace(item, fields=seen(item.fields, fields, role)) for item in items)


def _request(request: Request, own: OwnFields, role: str | None) -> Request:
    replaces = plan_seen(request.replaces, own.item, role)
    return replace(request, opened=_opened(request.opened, own, role), replaces=replaces)


def _claim(claim: Claim, own: OwnFields, role: str | None) -> Claim:
    return replace(claim, made=replace(claim.made, fields=seen(claim.made.fields, own.claim, role)))


def _opened(opened: facts.RequestOpened, own: OwnFields, role: str | None) -> facts.RequestOpened:
    items = None if opened.items is None else plan_seen(opened.items, own.item, role)
    return replace(opened, items=items, fields=seen(opened.fields, own.of_request(opened.move), role))
