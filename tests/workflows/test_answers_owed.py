"""What a workflow says about acts outside the moves, and about the answers that they make owed."""

import pytest

from workflows.definition import AnswerRule, Limit
from workflows.definition_yaml import parse, shipped
from workflows.errors import DefinitionInvalid

TEXT = shipped("replikasi-inovasi")


def test_the_shipped_workflow_gives_each_kind_of_answer_its_ladder_and_limit() -> None:
    assert parse(TEXT).answers == {
        "finding": AnswerRule("finding", Limit(10)),
        "direction": AnswerRule("direction", Limit(5)),
        "help": AnswerRule("help", Limit(5)),
    }


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ("may: [administer]", "may: [dance]", "roles.system_admin.may[0]", "unknown act 'dance'"),
        (
            "may: [administer]",
            "may: [administer, administer]",
            "roles.system_admin.may[1]",
            "'administer' is given twice",
        ),
        ("may: [administer]", "may: administer", "roles.system_admin.may", "text, expected a list"),
        (
            "recipients: [giver]",
            "recipients: [taker]",
            "ladders.direction.levels[3].recipients[0]",
            "unknown recipient",
        ),
        (
            "{coordinator: [region_coordinator, province_coordinator]}",
            "{coordinator: []}",
            "ladders.direction.levels[2].recipients[0].coordinator",
            "an empty list",
        ),
        ("finding: {ladder: finding, limit: 10}", "wish: {ladder: finding, limit: 10}", "answers.wish", "unknown key"),
        ("{ladder: finding, limit: 10}", "{ladder: rope, limit: 10}", "answers.finding.ladder", "unknown ladder"),
        ("{ladder: finding, limit: 10}", "{ladder: finding, limit: 0}", "answers.finding.limit", "expected at least 1"),
        ("  direction: {ladder: direction, limit: 5}\n", "", "roles", "expected direction among the answers"),
        ("  revoke:\n", "  recall:\n", "roles", "revoke_verification has no reason catalogue revoke"),
        ("  obstacle: #", "  hurdle: #", "roles", "report_obstacle has no reason catalogue obstacle"),
    ],
)
def test_an_act_or_answer_that_breaks_the_schema_is_refused(old: str, new: str, place: str, reason: str) -> None:
    assert old in TEXT
    with pytest.raises(DefinitionInvalid) as invalid:
        parse(TEXT.replace(old, new, 1))
    assert invalid.value.place == place
    assert reason in invalid.value.reason
