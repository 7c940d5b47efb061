"""What an import would do, row by row, before anything is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from service.imports.problems import Note, Problem
from workflows.commands import Command
from workflows.context import Acting
from workflows.errors import Blocker

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"


@dataclass(frozen=True, slots=True)
class Step:
    """One row's effect.

    kind      definition, calendar, organisation, office, grant, programme, appointment or commitment
    name      the id, or a commitment's reference
    what      new, changed, same (nothing to do) or refused (the rules forbid it: `blockers` say why)
    command   None where there is nothing to do; a new commitment's has no id yet
    stream    "" for a new commitment
    key       the row's part of the operation key
    expected  the ETag that the change rests on
    changes   for people: what differs from what is there
    source    where the row stands
    """

    kind: str
    name: str
    what: str
    command: Command | None
    stream: str
    key: str
    expected: str | None = None
    changes: tuple[str, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    source: str = ""

    @property
    def is_to_do(self) -> bool:
        """Whether carrying it out writes something."""
        return self.what in (NEW, CHANGED)


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole import before it is done.

    source    the folder's or file's name; digest the SHA-256 of its content in hex
    by        the office that drafts, and the person who acts for it
    frame     everything but the commitments: it goes in whole or not at all, and nothing goes in without it
    drafts    one step a commitment
    problems  cells that can't be used; the commitments that they are part of are not among the drafts
    """

    source: str
    digest: str
    programme: str
    by: Acting
    frame: tuple[Step, ...]
    drafts: tuple[Step, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]
    frame_is_broken: bool = False

    @property
    def is_blocked(self) -> bool:
        """Whether nothing may go in: a row of the programme itself can't be used."""
        return self.frame_is_broken or any(step.what == REFUSED for step in self.frame)

    @property
    def left_out(self) -> tuple[str, ...]:
        """What doesn't go in, by name: owners of problems and refused steps, each once."""
        refused = (step.name for step in (*self.frame, *self.drafts) if step.what == REFUSED)
        return tuple(dict.fromkeys((*(problem.owner for problem in self.problems), *refused)))

    @property
    def to_do(self) -> tuple[Step, ...]:
        """The steps that write something, in order; none where the plan is blocked."""
        return () if self.is_blocked else tuple(step for step in (*self.frame, *self.drafts) if step.is_to_do)


def counts(steps: Iterable[Step]) -> dict[str, dict[str, int]]:
    """How many steps of each kind are new, changed, same and refused."""
    found: dict[str, dict[str, int]] = {}
    for step in steps:
        row = found.setdefault(step.kind, dict.fromkeys((NEW, CHANGED, SAME, REFUSED), 0))
        row[step.what] += 1
    return found
