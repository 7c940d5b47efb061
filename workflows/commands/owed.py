"""The command on what is owed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Escalate:
    """Take one level of an obligation's ladder; asked by the clock alone."""

    obligation: str
    round: int
    ladder_version: int
    level: int
