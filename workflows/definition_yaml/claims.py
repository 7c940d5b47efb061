"""The section of claims."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.definition import Role, Verification
from workflows.definition.claims import PERMILLE
from workflows.definition_yaml.values import MOST_IDR, at_least
from workflows.yaml_nodes import Value


def verification(value: Value) -> Verification:
    """Which claims are verified by a second office, after the first has checked them."""
    rules = value.record(("verify",))["verify"].record((), ("money_over_idr", "sample_permille"))
    permille = at_least(0, rules["sample_permille"]) if "sample_permille" in rules else 0
    if permille > PERMILLE:
        rules["sample_permille"].fail(f"{permille}, expected at most {PERMILLE}")
    money = at_least(0, rules["money_over_idr"], most=MOST_IDR) if "money_over_idr" in rules else None
    return Verification(money_over_idr=money, sample_permille=permille)


def hold_to_roles(value: Value, roles: Mapping[str, Role], *, verified: bool) -> None:
    """Fail where the path from a claim to its verification has a part that no role may do, or one too many."""
    checks = any("check_claim" in role.may for role in roles.values())
    if verified and not checks:
        value.fail("claims are verified after a check, expected a role that may check_claim")
    if checks and not verified:
        value.fail("a role may check_claim, but claims.verify doesn't say which claims are verified after it")
