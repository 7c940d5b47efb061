"""A workflow's YAML text, checked whole: what `parse` answers needs no further check."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType

from workflows.definition import (
    ACT_NAMES,
    ADDRESSEE_NAMES,
    CONDITION_NAMES,
    GUARD_NAMES,
    OWNER,
    VERDICT_NAMES,
    Definition,
    Heard,
    Label,
    Ladder,
    Level,
    Limit,
    Move,
    NoticeRule,
    Reason,
    Recipient,
    Role,
    State,
    Step,
)
from workflows.errors import DefinitionInvalid
from workflows.facts import NAMES
from workflows.yaml_nodes import Value, document

SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
MEANINGS = ("open", "working", "closed", "success", "exit")
PASSING = ("up", "block")
STYLES = ("message", "list", "digest")
URGENCIES = ("now", "daily", "weekly", "page")
STATE_CHANGED = "state-changed"
RECORD = (
    *("name", "version", "label", "party", "subject", "item_ladder", "claim_limit", "replication_scopes", "stages"),
    *("funds", "states", "moves", "roles", "reasons", "ladders", "notices"),
)


@lru_cache(maxsize=16)
def parse(text: str) -> Definition:
    """The workflow that the text says. Raises DefinitionInvalid at the first place that breaks the schema.

    Refused are unknown and missing keys, wrong types, names that the text doesn't declare (states, roles, reasons,
    ladders) or the rules don't know (guards, conditions, acts, facts), and anything but one initial state.
    """
    parts = document(text).record(RECORD, ("ceiling",))
    roles = {name: _role(name, value) for name, value in parts["roles"].named((*ADDRESSEE_NAMES, OWNER)).items()}
    states = _states(parts["states"])
    reasons = {name: _reasons(value) for name, value in parts["reasons"].named().items()}
    ladders = {name: _ladder(name, value, roles) for name, value in parts["ladders"].named().items()}
    if any(state.claims for state in states.values()) and "return" not in reasons:
        parts["reasons"].fail("claims can be returned, expected a catalogue return")
    known = _Known(states, roles, reasons, ladders)
    return Definition(
        name=parts["name"].identifier(SLUG),
        version=_at_least(1, parts["version"]),
        digest=sha256(text.encode()).hexdigest(),
        label=_label(parts["label"]),
        party=_label(parts["party"]),
        subject=_label(parts["subject"]),
        states=MappingProxyType(states),
        moves=MappingProxyType({name: known.move(name, value) for name, value in parts["moves"].named().items()}),
        roles=MappingProxyType(roles),
        reasons=MappingProxyType(reasons),
        ladders=MappingProxyType(ladders),
        notices=tuple(rule for value in parts["notices"].list() for rule in _notice(value, states, roles)),
        item_ladder=parts["item_ladder"].one_of(ladders, "ladder"),
        claim_limit=_limit(parts["claim_limit"]),
        replication_scopes=_labels(parts["replication_scopes"]),
        stages=_labels(parts["stages"]),
        funds=_labels(parts["funds"]),
        ceiling=parts["ceiling"].one_of(roles, "role") if "ceiling" in parts else None,
    )


def shipped(name: str) -> str:
    """The text of a workflow that comes with kawal. Raises DefinitionInvalid for a name that doesn't."""
    if name not in shipped_names():
        raise DefinitionInvalid("name", f"no workflow {name!r} is shipped, only {', '.join(shipped_names())}")
    return files("workflows").joinpath("definitions", f"{name}.yaml").read_text(encoding="utf-8")


def shipped_names() -> tuple[str, ...]:
    """The names of the workflows that come with kawal, sorted."""
    entries = (entry.name for entry in files("workflows").joinpath("definitions").iterdir())
    return tuple(sorted(entry.removesuffix(".yaml") for entry in entries if entry.endswith(".yaml")))


class _Known:
    """What a move may refer to."""

    def __init__(
        self,
        states: Mapping[str, State],
        roles: Mapping[str, Role],
        reasons: Mapping[str, Mapping[str, Reason]],
        ladders: Mapping[str, Ladder],
    ) -> None:
        self.states, self.roles, self.reasons, self.ladders = states, roles, reasons, ladders

    def move(self, name: str, value: Value) -> Move:
        parts = value.record(
            ("label", "from", "to", "ask", "steps"), ("heard", "guards", "evidence", "reasons", "plan")
        )
        steps = tuple(self._step(step) for step in _some(parts["steps"]))
        names = [step.name for step in steps]
        if len(set(names)) < len(names):
            parts["steps"].fail("two steps of one name")
        if any(step.signs for step in steps[:-1]):
            parts["steps"].fail("only the last step can sign")
        return Move(
            name=name,
            label=_label(parts["label"]),
            sources=frozenset(_words(parts["from"], self.states, "state")),
            target=parts["to"].one_of(self.states, "state"),
            ask=_words(parts["ask"], self.roles, "role"),
            steps=steps,
            heard=tuple(self._heard(one, names) for one in parts["heard"].list()) if "heard" in parts else (),
            guards=parts["guards"].some_of(GUARD_NAMES, "guard") if "guards" in parts else (),
            evidence=tuple(_label(one) for one in parts["evidence"].list()) if "evidence" in parts else (),
            reasons=parts["reasons"].one_of(self.reasons, "reason catalogue") if "reasons" in parts else None,
            plan=_flag(parts, "plan"),
        )

    def _step(self, value: Value) -> Step:
        parts = value.record(
            ("name", "label", "role", "limit", "ladder"), ("verdicts", "signs", "when", "if_conflicted", "if_vacant")
        )
        return Step(
            name=parts["name"].identifier(),
            label=_label(parts["label"]),
            role=parts["role"].one_of(self.roles, "role"),
            limit=_limit(parts["limit"]),
            ladder=parts["ladder"].one_of(self.ladders, "ladder"),
            verdicts=self._verdicts(parts.get("verdicts", value), given="verdicts" in parts),
            signs=_flag(parts, "signs"),
            when=_when(parts),
            if_conflicted=parts["if_conflicted"].one_of(PASSING, "way") if "if_conflicted" in parts else "up",
            if_vacant=parts["if_vacant"].one_of(PASSING, "way") if "if_vacant" in parts else "up",
        )

    def _verdicts(self, value: Value, *, given: bool) -> frozenset[str]:
        verdicts = frozenset(_words(value, VERDICT_NAMES, "verdict")) if given else VERDICT_NAMES
        if "approve" not in verdicts:
            value.fail("nobody could approve, expected approve among the verdicts")
        for verdict in sorted(verdicts - {"approve"} - set(self.reasons)):
            value.fail(f"the verdict {verdict} has no reason catalogue of its name")
        return verdicts

    def _heard(self, value: Value, steps: list[str]) -> Heard:
        parts = value.record(("role", "limit"), ("after", "when"))
        return Heard(
            role=parts["role"].one_of((*self.roles, OWNER), "role"),
            limit=_limit(parts["limit"]),
            after=parts["after"].one_of(steps, "step") if "after" in parts else None,
            when=_when(parts),
        )


def _states(value: Value) -> dict[str, State]:
    states = {name: _state(name, member) for name, member in value.named().items()}
    initial = [state for state in states.values() if state.initial]
    if len(initial) != 1:
        value.fail(f"{len(initial)} initial states, expected one")
    if not initial[0].is_open:
        value.fail(f"the initial state {initial[0].name} isn't open")
    return states


def _state(name: str, value: Value) -> State:
    parts = value.record(("label", "meaning"), ("initial", "private", "claims", "owed"))
    return State(
        name=name,
        label=_label(parts["label"]),
        meaning=parts["meaning"].one_of(MEANINGS, "meaning"),
        initial=_flag(parts, "initial"),
        private=_flag(parts, "private"),
        claims=_flag(parts, "claims"),
        owed=_flag(parts, "owed"),
    )


def _role(name: str, value: Value) -> Role:
    parts = value.record(("label",), ("may",))
    may = parts["may"].some_of(ACT_NAMES, "act") if "may" in parts else ()
    return Role(name, _label(parts["label"]), frozenset(may))


def _reasons(value: Value) -> Mapping[str, Reason]:
    return MappingProxyType({code: _reason(member) for code, member in value.named().items()})


def _reason(value: Value) -> Reason:
    parts = value.record(("id", "en"), ("text_chars",))
    text_chars = _at_least(0, parts["text_chars"]) if "text_chars" in parts else 0
    return Reason(parts["id"].text(), parts["en"].text(), text_chars)


def _ladder(name: str, value: Value, roles: Mapping[str, Role]) -> Ladder:
    parts = value.record(("label", "levels"))
    levels = tuple(_level(number, member, roles) for number, member in enumerate(_some(parts["levels"]), start=1))
    offsets = [level.offset_days for level in levels]
    if any(later <= earlier for earlier, later in pairwise(offsets)):
        parts["levels"].fail("offsets must rise from level to level")
    return Ladder(name, _label(parts["label"]), levels)


def _level(number: int, value: Value, roles: Mapping[str, Role]) -> Level:
    parts = value.record(("offset_days", "recipients"), ("style", "offers_delegation"))
    return Level(
        number=number,
        offset_days=parts["offset_days"].whole(),
        recipients=tuple(_recipient(member, roles) for member in _some(parts["recipients"])),
        style=parts["style"].one_of(STYLES, "style") if "style" in parts else "message",
        offers_delegation=_flag(parts, "offers_delegation"),
    )


def _recipient(value: Value, roles: Mapping[str, Role]) -> Recipient:
    if value.is_text:
        return Recipient(value.one_of(("obliged", "superior"), "recipient"))
    parts = value.record((), ("role", "next_up", "superior_below"))
    if len(parts) != 1:
        value.fail("expected exactly one of role, next_up, superior_below")
    if "role" in parts:
        return Recipient("role", (parts["role"].one_of(roles, "role"),))
    if "next_up" in parts:
        return Recipient("next_up", _words(parts["next_up"], roles, "role"))
    return Recipient("superior", never_above=parts["superior_below"].one_of(roles, "role"))


def _notice(value: Value, states: Mapping[str, State], roles: Mapping[str, Role]) -> tuple[NoticeRule, ...]:
    parts = value.record(("fact",), ("states", "action", "receipt", *URGENCIES))
    fact = parts["fact"].one_of(NAMES.values(), "fact")
    if "states" in parts and fact != STATE_CHANGED:
        parts["states"].fail(f"only {STATE_CHANGED} can be narrowed to states")
    into = frozenset(_words(parts["states"], states, "state")) if "states" in parts else frozenset()
    known = (*roles, *ADDRESSEE_NAMES)
    told = {urgency: parts[urgency].some_of(known, "addressee") if urgency in parts else () for urgency in URGENCIES}
    everyone = [to for some in told.values() for to in some]
    if len(set(everyone)) < len(everyone):
        value.fail("an addressee is told twice")
    marked = {
        mark: parts[mark].some_of(everyone, "addressee") if mark in parts else () for mark in ("action", "receipt")
    }
    return tuple(
        NoticeRule(fact, to, urgency, into, action=to in marked["action"], receipt=to in marked["receipt"])
        for urgency, some in told.items()
        for to in some
    )


def _label(value: Value) -> Label:
    parts = value.record(("id", "en"))
    return Label(parts["id"].text(), parts["en"].text())


def _labels(value: Value) -> Mapping[str, Label]:
    return MappingProxyType({name: _label(member) for name, member in value.mapping().items()})


def _limit(value: Value) -> Limit:
    if not value.is_mapping:
        return Limit(_at_least(1, value))
    parts = value.record(("days", "working"))
    return Limit(_at_least(1, parts["days"]), parts["working"].flag())


def _at_least(least: int, value: Value) -> int:
    number = value.whole()
    if number < least:
        value.fail(f"{number}, expected at least {least}")
    return number


def _flag(parts: Mapping[str, Value], key: str) -> bool:
    return key in parts and parts[key].flag()


def _when(parts: Mapping[str, Value]) -> tuple[str, ...]:
    return parts["when"].some_of(CONDITION_NAMES, "condition") if "when" in parts else ()


def _words(value: Value, known: Collection[str], kind: str) -> tuple[str, ...]:
    _some(value)
    return value.some_of(known, kind)


def _some(value: Value) -> tuple[Value, ...]:
    members = value.list()
    if not members:
        value.fail("an empty list, expected at least one member")
    return members
