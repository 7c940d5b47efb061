"""An error on its way out: what a door shows, whatever raised it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Formatter

from service.problems.texts import codes
from workflows.errors import Blocker


@dataclass(frozen=True, slots=True)
class Problem:
    """One error as a door answers it.

    code      stable; `status` is its HTTP status
    facts     what fills the places of the code's sentence
    blockers  all reasons why the rules refuse, if they do
    errors    by field, what is wrong with it
    detail    more than the sentence says, in the language of nobody in particular
    etag      the version in force, where the caller's is stale; `changes` since then
    """

    code: str
    status: int
    facts: Mapping[str, str] = field(default_factory=dict)
    blockers: tuple[Blocker, ...] = ()
    errors: Mapping[str, object] = field(default_factory=dict)
    detail: str | None = None
    retry_after_s: int | None = None
    etag: str | None = None
    changes: tuple[Mapping[str, object], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def title(self, language: str) -> str:
        """The error as one sentence. language: 'id' | 'en'"""
        return sentence_of(self.code, self.facts, language)


class ProblemError(Exception):
    """A door's own refusal, to be raised where no other error says it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def sentence_of(code: str, facts: Mapping[str, str], language: str) -> str:
    """A code's sentence with its places filled; a place without a fact is left out."""
    label = codes().get(code)
    if label is None:
        return code
    text = label.en if language == "en" else label.id
    places = {name: facts.get(name, "") for _, name, _, _ in Formatter().parse(text) if name}
    return text.format_map(places)
