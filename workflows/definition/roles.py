"""What an office may do by its role."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.definition.labels import Label

ACT_NAMES = frozenset(
    {
        "draft",
        "import",
        "edit_draft",
        "claim",
        "prepare_report",
        "submit_report",
        "check_claim",
        "verify_claim",
        "manage_periods",
        "reopen_period",
        "draw_sample",
        "witness",
        "hold_sitting",
        "open_programme",
        "administer",
        "install_definition",
        "receive_document",
        "revoke_verification",
        "record_finding",
        "give_direction",
        "report_obstacle",
        "close_obstacle",
        "ask_help",
        "answer_help",
        "note_visit",
        "note",
        "establish_money",
        "pay",
        "prove_payment",
    }
)


@dataclass(frozen=True, slots=True)
class Role:
    """What a role is called and which acts outside the moves it may do.

    may   some of ACT_NAMES
    """

    name: str
    label: Label
    may: frozenset[str] = frozenset()
