"""How long an office has."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """How long an office has: whole days, working ones unless said otherwise."""

    days: int
    working: bool = True
