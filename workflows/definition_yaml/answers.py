"""The section of answers, and what the acts that want one need."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workflows.definition import ANSWER_NAMES, AnswerRule, Ladder, Reason, Role
from workflows.definition_yaml.limits import limit
from workflows.yaml_nodes import Value

ARISE = (("record_finding", "finding"), ("give_direction", "direction"), ("ask_help", "help"))
REASONED = (("revoke_verification", "revoke"), ("report_obstacle", "obstacle"))


def answers(value: Value, ladders: Mapping[str, Ladder]) -> Mapping[str, AnswerRule]:
    """What is said of the answers, by the kind of matter that wants one."""
    parts = value.record((), tuple(sorted(ANSWER_NAMES)))
    return MappingProxyType({name: _answer(member, ladders) for name, member in parts.items()})


def check_acts(
    value: Value,
    roles: Mapping[str, Role],
    *,
    answers: Mapping[str, AnswerRule],
    reasons: Mapping[str, Mapping[str, Reason]],
) -> None:
    """Refuse an act that a role may do and that lacks what is said of its answer or its catalogue of reasons."""
    given = {act for role in roles.values() for act in role.may}
    for act, kind in ARISE:
        if act in given and kind not in answers:
            value.fail(f"the act {act} wants an answer, expected {kind} among the answers")
    for act, catalogue in REASONED:
        if act in given and catalogue not in reasons:
            value.fail(f"the act {act} has no reason catalogue {catalogue}")


def _answer(value: Value, ladders: Mapping[str, Ladder]) -> AnswerRule:
    parts = value.record(("ladder", "limit"))
    return AnswerRule(parts["ladder"].one_of(ladders, "ladder"), limit(parts["limit"]))
