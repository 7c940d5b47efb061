"""What must hold for an adaptation: another way to the same promise, where the signed plan names a part to adapt."""

from __future__ import annotations

from workflows.commitment.promise import first_plan
from workflows.errors import Blocker
from workflows.moving import Moving
from workflows.plan import ADAPTED_FIELDS, FIELD, Change, differences
from workflows.rules import NONE, Blockers

ADAPTABLE = "adaptable"


def adaptation_named(case: Moving) -> Blockers:
    """The signed plan names what may be adapted, the plan in force still does, and nothing else is touched."""
    named = _named_in_signed_plan(case)
    if not named:
        return (Blocker("adaptation_unnamed", {"components": ", ".join(_adaptable(case)) or "-"}),)
    other = dict.fromkeys(str(one.number) for one in _changes(case) if one.number not in named)
    found = {"items": ", ".join(other), "named": ", ".join(str(number) for number in sorted(named))}
    return (Blocker("adaptation_elsewhere", found),) if other else NONE


def promise_kept(case: Moving) -> Blockers:
    """How much, until when, by whom and with what money stays as it is: anything else is an amendment."""
    broken = [one for one in _changes(case) if not _is_adapting(one)]
    named = dict.fromkeys(f"{one.number} {one.field or one.kind}" for one in broken)
    return (Blocker("adaptation_breaks_promise", {"fields": ", ".join(named)}),) if named else NONE


ADAPTATION_RULES = (adaptation_named, promise_kept)


def _changes(case: Moving) -> tuple[Change, ...]:
    return () if case.items is None else differences(case.commitment.items, case.items)


def _is_adapting(change: Change) -> bool:
    return change.kind == "changed" and (change.field in ADAPTED_FIELDS or change.field.startswith(FIELD))


def _named_in_signed_plan(case: Moving) -> frozenset[int]:
    adaptable, plans = _adaptable(case), (first_plan(case.commitment), case.commitment.items)
    signed, standing = (frozenset(item.number for item in plan if item.component in adaptable) for plan in plans)
    return signed & standing


def _adaptable(case: Moving) -> tuple[str, ...]:
    subject = case.context.subject(case.commitment.drafted.subject)
    components = () if subject is None else subject.components
    return tuple(one.name for one in components if one.kind == ADAPTABLE)
