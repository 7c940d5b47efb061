"""What the text declares by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.definition import Ladder, Reason, Role, State


@dataclass(frozen=True, slots=True)
class Known:
    """What a move, a step or a notice may refer to."""

    states: Mapping[str, State]
    roles: Mapping[str, Role]
    reasons: Mapping[str, Mapping[str, Reason]]
    ladders: Mapping[str, Ladder]
