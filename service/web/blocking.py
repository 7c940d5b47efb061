"""Why not, and who can clear it: blockers in sentences with names and local times instead of ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from service.sentences import Vocabulary, clears, refusal
from workflows.errors import Blocker


@dataclass(frozen=True, slots=True)
class BlockerShown:
    """One reason. cleared_by: names of offices; until: a day or moment in words. Either is empty where nobody knows."""

    sentence: str
    cleared_by: str
    until: str


def shown_blockers(blockers: Iterable[Blocker], words: Vocabulary) -> tuple[BlockerShown, ...]:
    """Every reason, for people, each once."""
    return tuple(dict.fromkeys(_shown(blocker, words) for blocker in blockers))


def _shown(blocker: Blocker, words: Vocabulary) -> BlockerShown:
    return BlockerShown(
        refusal(blocker, words),
        words.listed(words.office(office) for office in blocker.cleared_by) if blocker.cleared_by else "",
        clears(blocker, words),
    )
