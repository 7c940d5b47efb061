"""From parsed bodies to what commands are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from events.engine import answering
from service import evidence
from service.api.door import Door
from service.evidence import EvidenceRefused
from workflows.facts import Correction, Evidence, Extension, InSitting, PeriodTarget, PlanItem, Terms


def plan_items(items: Sequence[Mapping[str, Any]]) -> tuple[PlanItem, ...]:
    """A plan as written, in the order written."""
    return tuple(_plan_item(item) for item in items)


def _plan_item(item: Mapping[str, Any]) -> PlanItem:
    targets = tuple(PeriodTarget(**target) for target in item["targets"])
    return PlanItem(**{**item, "depends_on": tuple(item["depends_on"]), "targets": targets})


def terms_of(body: Mapping[str, Any] | None) -> Terms | None:
    """What is asked for beside a plan; None where nothing was written."""
    if body is None:
        return None
    extensions = tuple(Extension(**one) for one in body["extensions"])
    corrections = tuple(Correction(**one) for one in body["corrections"])
    return Terms(body["until"], extensions, corrections)


def in_sitting(body: Mapping[str, Any]) -> InSitting | None:
    """The sitting that a verdict was given in, if it was in one."""
    return None if body["sitting"] is None else InSitting(body["sitting"], body["decided_at"])


def verdict_fields(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields of a verdict's command."""
    given = {field: value for field, value in body.items() if field != "decided_at"}
    return {**given, "sitting": in_sitting(body)}


def evidence_of(door: Door, digests: Sequence[str]) -> tuple[Evidence, ...]:
    """The uploaded files of these digests, each once; raises EvidenceRefused for one that nobody uploaded."""
    with answering(), door.runtime.engine.connect() as connection:
        found = [(digest, evidence.find(connection, digest)) for digest in dict.fromkeys(digests)]
    missing = next((digest for digest, stored in found if stored is None), None)
    if missing is not None:
        raise EvidenceRefused("evidence_unknown", {"digest": missing})
    return tuple(stored.evidence for _, stored in found if stored is not None)
