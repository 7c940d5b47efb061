"""What an approval binds to: a digest over everything that a request asks its approvers to approve."""

from __future__ import annotations

import json
from hashlib import sha256

from workflows.commitment import Commitment
from workflows.definition import Move
from workflows.facts import Evidence, FieldValue, PlanItem, RequestOpened, Terms
from workflows.plan import texts
from workflows.remembered import Remembered

PLANS_REMEMBERED = 512
CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def substance_of(
    commitment: Commitment,
    move: Move,
    *,
    reason: str | None,
    text: str,
    evidence: tuple[Evidence, ...],
    items: tuple[PlanItem, ...] | None,
    fields: tuple[FieldValue, ...],
    terms: Terms | None = None,
) -> str:
    """SHA-256 in hex over one canonical text: equal exactly where all that is asked for is, on equal ground."""
    plan = commitment.items if items is None else items
    whole: dict[str, object] = {
        "move": move.name,
        "reason": reason or "",
        "text": text,
        "evidence": [file.digest for file in evidence],
        "revision": commitment.revision,
        "agency": commitment.agency,
        "pic": commitment.pic,
        "replication_scope": commitment.replication_scope,
        "items": _plan_digest(plan),
    }
    own = {"fields": commitment.fields, "request_fields": fields}
    whole |= {name: [[one.name, one.value] for one in values] for name, values in own.items() if values}
    if terms is not None:
        whole["terms"] = {
            "until": None if terms.until is None else terms.until.isoformat(),
            "extensions": [[one.item, one.ends_on.isoformat()] for one in terms.extensions],
            "corrections": [[one.field, one.new.strip(), one.item] for one in terms.corrections],
        }
    return _digest(whole)


def current_substance(commitment: Commitment, move: Move, opened: RequestOpened) -> str:
    """What an open request's substance would be if it were asked now: another digest means that the ground moved."""
    return substance_of(
        commitment,
        move,
        reason=opened.reason,
        text=opened.text,
        evidence=opened.evidence,
        items=opened.items,
        fields=opened.fields,
        terms=opened.terms,
    )


def _digest(whole: object) -> str:
    return sha256(CANONICAL.encode(whole).encode()).hexdigest()


def _digest_of_plan(items: tuple[PlanItem, ...]) -> str:
    ordered = sorted(items, key=lambda item: item.number)
    return _digest([{"number": item.number, **texts(item)} for item in ordered])


_plan_digest = Remembered(_digest_of_plan, size=PLANS_REMEMBERED)
