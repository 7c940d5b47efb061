"""What a request asks for beside a plan, as a form: what stands in its fields, and the terms that they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.web.forms import day
from service.web.visit import Visit
from workflows.commitment import Commitment
from workflows.definition import Move
from workflows.facts import Terms


@dataclass(frozen=True, slots=True)
class TermsForm:
    """The fields of a move's terms. does: what the move does, which says what fields there are"""

    does: str
    longest_days: int | None
    entered: Mapping[str, str] = field(default_factory=dict)


def shown_terms(visit: Visit, state: Commitment, move: Move, entered: Mapping[str, str] | None) -> TermsForm | None:
    """The fields that a move needs; None where it needs none. entered: the fields of a form that was refused"""
    if move.does != "hold":
        return None
    return TermsForm(move.does, move.longest_days, entered or {})


def terms_of(form: Mapping[str, str], move: Move) -> Terms | None:
    """The terms that the fields make; None where the move has none. Raises FieldWrong."""
    return Terms(until=day(form, "until")) if move.does == "hold" else None
