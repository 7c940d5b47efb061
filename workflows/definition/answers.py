"""The answers that are owed to what others raise."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.definition.limits import Limit

ANSWER_NAMES = frozenset({"finding", "direction", "help"})


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """An answer that is owed. limit: how long, where nobody named a day, and after an answer was sent back"""

    ladder: str
    limit: Limit
