"""The section of claims."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from workflows.definition import LookRule, Role, Verification
from workflows.definition.claims import PERMILLE
from workflows.definition_yaml.limits import limit
from workflows.definition_yaml.values import MOST_IDR, at_least
from workflows.yaml_nodes import Value


def asks_two(value: Value) -> bool:
    """Whether a second office verifies claims after the first has checked them."""
    return "verify" in _sections(value)


def first_look(value: Value, ladders: Collection[str]) -> LookRule | None:
    """Until when the office that looks at a claim first owes that."""
    sections = _sections(value)
    if "check" not in sections:
        return None
    return _look(sections["check"], sections["check"].record(("ladder", "limit")), ladders)


def verification(value: Value, ladders: Collection[str]) -> Verification | None:
    """Which claims are verified by a second office, after the first has checked them."""
    sections = _sections(value)
    if "verify" not in sections:
        return None
    verify = sections["verify"]
    rules = verify.record((), ("money_over_idr", "sample_permille", "limit", "ladder"))
    permille = at_least(0, rules["sample_permille"]) if "sample_permille" in rules else 0
    if permille > PERMILLE:
        rules["sample_permille"].fail(f"{permille}, expected at most {PERMILLE}")
    money = at_least(0, rules["money_over_idr"], most=MOST_IDR) if "money_over_idr" in rules else None
    return Verification(money_over_idr=money, sample_permille=permille, look=_look(verify, rules, ladders))


def hold_to_roles(value: Value, roles: Mapping[str, Role], *, verified: bool) -> None:
    """Fail where the path from a claim to its verification has a part that no role may do, or one too many."""
    checks = any("check_claim" in role.may for role in roles.values())
    if verified and not checks:
        value.fail("claims are verified after a check, expected a role that may check_claim")
    if checks and not verified:
        value.fail("a role may check_claim, but claims.verify doesn't say which claims are verified after it")


def _sections(value: Value) -> Mapping[str, Value]:
    sections = value.record((), ("check", "verify"))
    if not sections:
        value.fail("expected check, verify or both")
    return sections


def _look(value: Value, parts: Mapping[str, Value], ladders: Collection[str]) -> LookRule | None:
    if ("limit" in parts) != ("ladder" in parts):
        value.fail("a look is owed within a limit and by a ladder: expected both or neither")
    if "limit" not in parts:
        return None
    return LookRule(parts["ladder"].one_of(ladders, "ladder"), limit(parts["limit"]))
