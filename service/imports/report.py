"""An import told to people and programs: what went in, what would, and what was left out, with every reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from events.envelope import Json
from service.imports.carrying_out import Done
from service.imports.steps import REFUSED, Plan, Step, counts
from service.sentences import Vocabulary, refusal
from workflows.commands import InstallDefinition
from workflows.definition_yaml import parse
from workflows.errors import Blocker
from workflows.offices import EMPTY

_PLAIN = Vocabulary("en", EMPTY)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was left out: whose row, where, what was read, and why not or what was expected."""

    name: str
    place: str
    read: str
    why: str
    code: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an import came to. `done` is None for a dry run; `words` name offices and codes in the reasons."""

    plan: Plan
    done: tuple[Done, ...] | None
    words: Vocabulary = _PLAIN

    @property
    def went_in(self) -> tuple[Step, ...]:
        """The steps that were done; in a dry run, those that would be."""
        if self.done is None:
            return self.plan.to_do
        return tuple(one.step for one in self.done if not one.left_out)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was left out."""
        tried = () if self.done is None else self.done
        return (
            not self.plan.left_out and len(self.went_in) == len(self.plan.to_do) and not any(o.left_out for o in tried)
        )

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every reason why something was left out, in the file's order."""
        words = self._words()
        return (
            *(_of_problem(self.plan, number) for number in range(len(self.plan.problems))),
            *(reason for step in self._refused() for reason in _of_blockers(step, step.blockers, words)),
            *(reason for one in self.done or () if one.left_out for reason in _of_done(one, words)),
        )

    def as_json(self) -> dict[str, Json]:
        """The whole report as JSON."""
        steps = (*self.plan.frame, *self.plan.drafts)
        return {
            "source": self.plan.source,
            "digest": self.plan.digest,
            "programme": self.plan.programme,
            "dry_run": self.done is None,
            "whole": self.is_whole,
            "counts": {kind: dict(row) for kind, row in counts(steps).items()},
            "went_in": [{"kind": step.kind, "name": step.name, "what": step.what} for step in self.went_in],
            "changes": {step.name: list(step.changes) for step in steps if step.changes},
            "left_out": [str(name) for name in dict.fromkeys(reason.name for reason in self.reasons)],
            "reasons": [dict(asdict(reason)) for reason in self.reasons],
            "problems": [dict(asdict(problem)) for problem in self.plan.problems],
            "notes": [f"{note.sheet}: {note.text}" for note in self.plan.notes],
        }

    def _words(self) -> Vocabulary:
        """The log's words; where no workflow is installed yet, with the one that the import would install."""
        commands = (step.command for step in self.plan.frame)
        brought = next((one.text for one in commands if isinstance(one, InstallDefinition)), None)
        if brought is None or self.words.definition is not None:
            return self.words
        return replace(self.words, definition=parse(brought))

    def _refused(self) -> Sequence[Step]:
        return [step for step in (*self.plan.frame, *self.plan.drafts) if step.what == REFUSED]


def _of_problem(plan: Plan, number: int) -> Reason:
    problem = plan.problems[number]
    place = f"{problem.sheet} {problem.cell}" + (f" ({problem.column})" if problem.column else "")
    return Reason(problem.owner, place, problem.found, f"expected {problem.expected}", problem.code)


def _of_blockers(step: Step, blockers: Sequence[Blocker], words: Vocabulary) -> Iterator[Reason]:
    read = "; ".join(step.changes[:3]) + (" ..." if len(step.changes) > 3 else "")
    for blocker in blockers:
        yield Reason(step.name, step.source, read, refusal(blocker, words), blocker.code)


def _of_done(one: Done, words: Vocabulary) -> Iterator[Reason]:
    if one.blockers:
        yield from _of_blockers(one.step, one.blockers, words)
    else:
        yield Reason(one.step.name, one.step.source, "", one.left_out, "changed_meanwhile")
