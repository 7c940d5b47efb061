"""Why not, and who can clear it: blockers in sentences with names and local times instead of ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from service.sentences import Vocabulary
from workflows.blockers import sentence
from workflows.errors import Blocker


@dataclass(frozen=True, slots=True)
class BlockerShown:
    """One reason. cleared_by: names of offices; until: in words. Either is empty where nobody knows"""

    sentence: str
    cleared_by: str
    until: str


def shown_blockers(blockers: Iterable[Blocker], words: Vocabulary) -> tuple[BlockerShown, ...]:
    """Every reason, for people, each once."""
    return tuple(dict.fromkeys(_shown(blocker, words) for blocker in blockers))


def _shown(blocker: Blocker, words: Vocabulary) -> BlockerShown:
    facts = {name: _called(name, fact, words) for name, fact in blocker.facts.items()}
    named = replace(blocker, facts=facts)
    return BlockerShown(
        sentence(named, words.language, definition=words.definition, directory=words.directory),
        words.listed(words.office(office) for office in blocker.cleared_by) if blocker.cleared_by else "",
        "" if blocker.until is None else words.moment(blocker.until),
    )


def _called(name: str, fact: str, words: Vocabulary) -> str:
    call = _CALLED.get(name)
    try:
        return fact if call is None else call(fact, words)
    except ValueError:
        return fact


def _number_of(fact: str, words: Vocabulary) -> str:
    """The number of a request or claim, which is what its id ends with."""
    return fact.rpartition(".")[2].lstrip("rc")


def _moment(fact: str, words: Vocabulary) -> str:
    return words.moment(datetime.fromisoformat(fact))


def _day(fact: str, words: Vocabulary) -> str:
    return words.day(date.fromisoformat(fact))


_CALLED: Mapping[str, Callable[[str, Vocabulary], str]] = {
    "pic": lambda fact, words: words.office(fact),
    "request": _number_of,
    "claim": _number_of,
    "signed_at": _moment,
    "drafted_at": _moment,
    "witnessed_at": _moment,
    "signed_on": _day,
    "day": _day,
}
