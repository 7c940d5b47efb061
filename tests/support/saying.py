"""A refusal that can't be said is none: every blocker names all that its sentences speak of."""

from __future__ import annotations

from collections.abc import Iterable

from workflows.errors import Blocker
from workflows.sentences import sentence


def codes_said(blockers: Iterable[Blocker]) -> tuple[str, ...]:
    """The codes of these blockers, each of which can be said in both languages."""
    found = tuple(blockers)
    for blocker in found:
        for language in ("id", "en"):
            assert sentence(blocker, language)
    return tuple(blocker.code for blocker in found)
