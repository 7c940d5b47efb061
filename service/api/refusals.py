"""Refusals as answers show them: named by people's words in both languages, by codes and ids for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from events.envelope import rfc3339
from service.problems import Problem, sentence_of
from service.sentences import Vocabulary, called, refusal
from workflows.errors import Blocker

LANGUAGES = ("id", "en")


def title(problem: Problem, words: Vocabulary, *, reference: str | None = None) -> str:
    """A problem as one sentence; of a refusal by the rules it is the first blocker's."""
    if problem.blockers:
        return refusal(problem.blockers[0], words, reference=reference)
    facts = called(problem.code, problem.facts, words, reference=reference)
    return sentence_of(problem.code, facts, words.language)


def shown_blocker(blocker: Blocker, words: Vocabulary, *, reference: str | None = None) -> Mapping[str, object]:
    """A blocker whole: its sentence in both languages, its facts as stored, and who can clear it by name."""
    return {
        "code": blocker.code,
        "sentence": in_both(words, lambda each: refusal(blocker, each, reference=reference)),
        "facts": dict(blocker.facts),
        "cleared_by": [{"office": one, "name": words.office(one)} for one in blocker.cleared_by],
        "until": None if blocker.until is None else rfc3339(blocker.until),
    }


def in_both(words: Vocabulary, said: Callable[[Vocabulary], str]) -> Mapping[str, str]:
    """The same in Indonesian and English."""
    return {language: said(replace(words, language=language)) for language in LANGUAGES}
