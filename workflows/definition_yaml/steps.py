"""A move's steps, and who is heard."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from workflows.definition import CONDITION_NAMES, OWNER, VERDICT_NAMES, Heard, Step, waits_on
from workflows.definition_yaml.known import Known
from workflows.definition_yaml.labels import label
from workflows.definition_yaml.limits import limit
from workflows.definition_yaml.values import at_least, flag, some, words
from workflows.yaml_nodes import Value

PASSING = ("up", "block")
REQUIRED = ("name", "label", "limit", "ladder")
OPTIONAL = (*("role", "roles", "every", "quorum", "after", "verdicts", "signs", "when", "if_conflicted", "if_vacant"),)


def steps(value: Value, known: Known) -> tuple[Step, ...]:
    """The chain of approvals: at least one, each of another name; only one that comes after all others may sign."""
    chain: list[Step] = []
    for member in some(value):
        chain.append(_step(member, known, before=[step.name for step in chain]))
    if len({step.name for step in chain}) < len(chain):
        value.fail("two steps of one name")
    if any(step.signs and len(_all_before(step, chain)) < len(chain) - 1 for step in chain):
        value.fail("only the last step can sign")
    return tuple(chain)


def heard(value: Value, known: Known, after: Collection[str]) -> Heard:
    """An office that gives its opinion once one of the steps named in `after` has passed."""
    parts = value.record(("role", "limit"), ("after", "when", "entered_by"))
    if "entered_by" in parts and parts["role"].one_of((*known.roles, OWNER), "role") != OWNER:
        parts["entered_by"].fail("only the opinion of an owner is entered by another")
    return Heard(
        role=parts["role"].one_of((*known.roles, OWNER), "role"),
        limit=limit(parts["limit"]),
        after=parts["after"].one_of(after, "step") if "after" in parts else None,
        when=_when(parts),
        entered_by=parts["entered_by"].one_of(known.roles, "role") if "entered_by" in parts else None,
    )


def _all_before(step: Step, chain: Sequence[Step]) -> frozenset[str]:
    """The steps that are over before this one is reached."""
    named = {one.name: one for one in chain}
    before: set[str] = set()
    for name in waits_on(step, chain):
        before |= {name, *_all_before(named[name], chain)}
    return frozenset(before)


def _step(value: Value, known: Known, *, before: Sequence[str]) -> Step:
    parts = value.record(REQUIRED, OPTIONAL)
    role, *also = _roles(value, parts, known)
    return Step(
        name=parts["name"].identifier(),
        label=label(parts["label"]),
        role=role,
        limit=limit(parts["limit"]),
        ladder=parts["ladder"].one_of(known.ladders, "ladder"),
        verdicts=_verdicts(parts.get("verdicts", value), known, given="verdicts" in parts),
        signs=flag(parts, "signs"),
        when=_when(parts),
        if_conflicted=parts["if_conflicted"].one_of(PASSING, "way") if "if_conflicted" in parts else "up",
        if_vacant=parts["if_vacant"].one_of(PASSING, "way") if "if_vacant" in parts else "up",
        also=tuple(also),
        every=flag(parts, "every"),
        quorum=_quorum(parts, offices=None if flag(parts, "every") else 1 + len(also)),
        after=parts["after"].some_of(before, "earlier step") if "after" in parts else None,
    )


def _roles(value: Value, parts: Mapping[str, Value], known: Known) -> tuple[str, ...]:
    if ("role" in parts) == ("roles" in parts):
        value.fail("expected exactly one of role, roles")
    if "role" in parts:
        roles: tuple[str, ...] = (parts["role"].one_of(known.roles, "role"),)
    else:
        roles = words(parts["roles"], known.roles, "role")
    if len(roles) > 1 and flag(parts, "every"):
        parts["every"].fail("every office of one role decides, or one of each of several roles")
    if flag(parts, "signs") and (len(roles) > 1 or flag(parts, "every") or "quorum" in parts):
        parts["signs"].fail("one office signs, expected one role and no quorum")
    return roles


def _quorum(parts: Mapping[str, Value], *, offices: int | None) -> int | None:
    """How many approvals a step needs, None: all; offices: how many decide, None where the text alone can't tell."""
    value = parts.get("quorum")
    if value is None:
        return None
    if value.is_text:
        return 1 if value.one_of(("all", "any"), "quorum") == "any" else None
    needed = at_least(1, value)
    if offices is not None and needed > offices:
        value.fail(f"{needed}, but {offices} can decide")
    return needed


def _verdicts(value: Value, known: Known, *, given: bool) -> frozenset[str]:
    verdicts = frozenset(words(value, VERDICT_NAMES, "verdict")) if given else VERDICT_NAMES
    if "approve" not in verdicts:
        value.fail("nobody could approve, expected approve among the verdicts")
    for verdict in sorted(verdicts - {"approve"} - set(known.reasons)):
        value.fail(f"the verdict {verdict} has no reason catalogue of its name")
    return verdicts


def _when(parts: Mapping[str, Value]) -> tuple[str, ...]:
    return parts["when"].some_of(CONDITION_NAMES, "condition") if "when" in parts else ()
