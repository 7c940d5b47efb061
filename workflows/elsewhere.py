"""What an id that another system gave may look like: one line, in any script."""

from __future__ import annotations

import unicodedata

from workflows.errors import Blocker

LONGEST_SYSTEM = 60
LONGEST_ID = 1_000


def id_blockers(system: str, external_id: str) -> tuple[Blocker, ...]:
    """What is wrong with a system's name or its id: each is one line that says something, in any script."""
    return tuple(
        Blocker("external_id_unusable", {"field": field, "most": str(most)})
        for field, text, most in (("system", system, LONGEST_SYSTEM), ("id", external_id, LONGEST_ID))
        if not 0 < len(text) <= most or text != text.strip() or any(map(_is_control, text))
    )


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
