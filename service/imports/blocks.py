"""Which rows of a sheet belong to one commitment: those that name its subject, or continue the row above."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from service.imports.drafts import PlanRow
from service.imports.money import parse_count
from service.imports.problems import CellValue, Problem, Unreadable, problem_at


@dataclass(frozen=True, slots=True)
class Block:
    """A subject and its rows, in order."""

    subject: str
    rows: tuple[PlanRow, ...]


def split(
    rows: Sequence[PlanRow],
    parse_subject: Callable[[CellValue], str],
    *,
    owner_of: Callable[[str], str],
    problems: list[Problem],
) -> tuple[Block, ...]:
    """The blocks of a sheet's rows, by subject in the order of appearance.

    A blank subject continues the row above while No counts on. A subject that can't be read belongs, as a problem, to
    the block whose count it continues: a commitment must not go in without one of its rows.
    owner_of  a subject's commitment, as problems name it
    """
    found: dict[str, list[PlanRow]] = {}
    above: tuple[str | None, str, int] = (None, "", 0)
    for row in rows:
        cell, number = row.cells["subject"], _count(row.cells["number"].value)
        subject, owner, last = above
        continues = number is not None and number == last + 1 and owner != ""
        if not (continues and cell.value is None):
            if not continues:
                owner = f"sheet:{cell.sheet}:{cell.place}"
            try:
                subject = parse_subject(cell.value)
                owner = owner_of(subject)
            except Unreadable as error:
                subject = None
                _add_once(problems, problem_at(cell, owner, error))
        if subject is not None:
            found.setdefault(subject, []).append(row)
        above = (subject, owner, number if number is not None else 0)
    return tuple(Block(subject, tuple(block)) for subject, block in found.items())


def _add_once(problems: list[Problem], problem: Problem) -> None:
    """A merged cell is one cell, however many rows it reaches."""
    if not any((known.sheet, known.cell) == (problem.sheet, problem.cell) for known in problems):
        problems.append(problem)


def _count(value: CellValue) -> int | None:
    try:
        return parse_count(value)
    except Unreadable:
        return None
