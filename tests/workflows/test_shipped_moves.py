"""The moves of the shipped workflow: chains, limits, guards, evidence, reasons, as its table says."""

import pytest

from workflows.definition import Heard, Limit, Reason
from workflows.definition_yaml import parse, shipped

DEFINITION = parse(shipped("replikasi-inovasi"))
OPEN = {"drafted", "signed", "in_replication", "modified"}
RUNNING = {"in_replication", "modified"}
OWED = {"signed", "in_replication", "modified"}
CHAINS = {
    "sign": ("agency_head", {"drafted"}, "signed", ["region_coordinator 3", "region_secretary 5"]),
    "start": ("agency_head", {"signed"}, "in_replication", ["region_coordinator 3", "region_secretary 5"]),
    "amend": (
        "agency_head",
        RUNNING,
        "modified",
        ["region_coordinator 3", "region_secretary 5", "province_coordinator 5", "province_secretary 5"],
    ),
    "amend_before_start": (
        "agency_head",
        {"signed"},
        "signed",
        ["region_coordinator 3", "province_coordinator 5", "province_secretary 5", "region_secretary 5"],
    ),
    "adapt": ("agency_head", RUNNING, "modified", ["region_coordinator 3", "region_secretary 5"]),
    "complete": (
        "agency_head",
        RUNNING,
        "completed",
        ["region_coordinator 3", "region_secretary 5", "province_coordinator 10", "province_secretary 5"],
    ),
    "hold": ("agency_head", OWED, None, ["region_secretary 5", "province_coordinator 5"]),
    "resume": ("agency_head", OWED, None, ["region_secretary 5", "province_coordinator 5"]),
    "extend": ("agency_head", OWED, None, ["region_secretary 3"]),
    "correct": ("region_coordinator", OWED, None, ["agency_head 3"]),
    "expire": ("province_coordinator", OWED, "expired", ["province_secretary 5"]),
    "reopen": ("province_coordinator", {"completed", "expired"}, "modified", ["province_secretary 5"]),
    "withdraw": ("region_coordinator", OPEN, "withdrawn", ["region_secretary 5", "province_secretary 10"]),
    "cancel": ("province_coordinator", OPEN, "cancelled", ["province_secretary 5", "ministry_lead 10"]),
}


@pytest.mark.parametrize("move", CHAINS)
def test_every_move_has_its_chain_in_order_with_its_limits(move: str) -> None:
    asks, sources, target, chain = CHAINS[move]
    defined = DEFINITION.moves[move]
    assert defined.ask == (asks,)
    assert defined.sources == sources
    assert defined.target == target
    assert [f"{step.role} {step.limit.days}" for step in defined.steps] == chain
    assert all(
        step.limit.working and step.ladder == ("signature" if step.signs else "decision") for step in defined.steps
    )
    assert all(step.if_conflicted == step.if_vacant == "up" for step in defined.steps)


def test_no_other_move_is_defined() -> None:
    assert set(DEFINITION.moves) == set(CHAINS)


def test_conditional_steps_and_heard_offices_stand_where_the_table_puts_them() -> None:
    moves = DEFINITION.moves
    assert moves["amend"].steps[3].when == (
        "core_component_dropped",
        "target_falls_over_quarter",
        "ends_after_year",
        "third_amendment",
    )
    assert moves["withdraw"].steps[1].when == moves["cancel"].steps[1].when == ("not_initial",)
    assert moves["amend_before_start"].steps[2].when == moves["amend"].steps[3].when
    assert (
        moves["amend"].heard
        == moves["amend_before_start"].heard
        == (
            Heard("mentor", Limit(5), "check", ("core_component_changes",)),
            Heard("owner", Limit(7), "check", ("core_component_changes",), "province_coordinator"),
        )
    )
    assert moves["expire"].heard == moves["reopen"].heard == (Heard("region_secretary", Limit(5)),)
    assert (moves["expire"].after_year_days, moves["reopen"].within_months) == (30, 12)
    assert moves["adapt"].heard == (Heard("mentor", Limit(5), "check"),)
    assert moves["complete"].heard == (Heard("mentor", Limit(5), "check"),)
    assert moves["withdraw"].heard == (Heard("province_coordinator", Limit(3), "approve", ("not_initial",)),)
    assert moves["cancel"].heard == (Heard("region_secretary", Limit(5)),)


def test_what_leaves_the_state_as_it_is_says_what_it_does() -> None:
    moves = DEFINITION.moves
    assert {name for name, move in moves.items() if move.does == name} == {"hold", "resume", "extend", "correct"}
    assert {name for name, move in moves.items() if move.target is None} == {"hold", "resume", "extend", "correct"}
    assert moves["hold"].longest_days == 60
    assert (moves["extend"].longest_days, moves["extend"].most_times) == (20, 2)
    assert moves["hold"].steps[1].when == moves["resume"].steps[1].when == ("long_hold",)


def test_only_the_signature_signs_and_a_withdrawal_is_not_rejected_by_the_province() -> None:
    steps = [(move.name, step) for move in DEFINITION.moves.values() for step in move.steps]
    assert [(move, step.name) for move, step in steps if step.signs] == [
        ("sign", "sign"),
        ("amend_before_start", "sign"),
    ]
    assert [(move, step.name) for move, step in steps if "reject" not in step.verdicts] == [("withdraw", "accept")]


def test_guards_of_the_moves() -> None:
    moves = DEFINITION.moves
    assert {name: move.guards for name, move in moves.items()} == {
        "sign": ("plan_complete", "ends_after_signature"),
        "start": ("signature_effective", "pic_named"),
        "amend": ("plan_complete", "plan_differs"),
        "amend_before_start": ("plan_complete", "plan_differs"),
        "adapt": ("plan_complete", "plan_differs"),
        "expire": (),
        "reopen": ("plan_complete", "new_items"),
        "complete": ("all_items_verified", "no_open_finding", "not_on_hold"),
        "hold": (),
        "resume": (),
        "extend": (),
        "correct": (),
        "withdraw": (),
        "cancel": (),
    }


def test_evidence_plans_and_reasons_of_the_moves() -> None:
    moves = DEFINITION.moves
    assert {name: len(move.evidence) for name, move in moves.items()} == {
        "sign": 0,
        "start": 1,
        "amend": 1,
        "amend_before_start": 1,
        "adapt": 1,
        "expire": 0,
        "reopen": 1,
        "complete": 3,
        "hold": 1,
        "resume": 1,
        "extend": 0,
        "correct": 0,
        "withdraw": 1,
        "cancel": 1,
    }
    assert {name for name, move in moves.items() if move.plan} == {"amend", "amend_before_start", "adapt", "reopen"}
    assert {name for name, move in moves.items() if move.adapts} == {"adapt"}
    assert {name: move.reasons for name, move in moves.items() if move.reasons} == {
        "amend": "modify",
        "amend_before_start": "modify",
        "expire": "expire",
        "reopen": "reopen",
        "withdraw": "withdraw",
        "cancel": "cancel",
        "hold": "hold",
        "resume": "hold",
        "extend": "hold",
    }


def test_every_catalogue_has_its_reasons_and_other_needs_words() -> None:
    assert {name: len(catalogue) for name, catalogue in DEFINITION.reasons.items()} == {
        "return": 6,
        "reject": 4,
        "modify": 7,
        "withdraw": 5,
        "cancel": 6,
        "expire": 3,
        "reopen": 4,
        "hold": 5,
        "revoke": 6,
        "obstacle": 7,
    }
    for catalogue in DEFINITION.reasons.values():
        assert catalogue["lainnya"] == Reason("Lainnya", "Other", 20)
        assert {reason.text_chars for code, reason in catalogue.items() if code != "lainnya"} == {0}
