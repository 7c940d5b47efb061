"""A workbook that somebody brought, as its sheets."""

from __future__ import annotations

from service import evidence
from service.imports.problems import ImportRefused
from service.imports.report_sheets import FilledSheet, read_filled
from service.problems import Problem, ProblemError, status_of

_UNREADABLE = "report_workbook_unreadable"


def read_upload(name: str, content: bytes) -> tuple[FilledSheet, ...]:
    """The sheets of a file that was uploaded under that name.

    raises  ProblemError report_workbook_unreadable with the file's name and what is wrong with it
    """
    try:
        return read_filled(name, content)
    except ImportRefused as refused:
        problem = Problem(
            _UNREADABLE, status_of(_UNREADABLE), {"name": evidence.clean_name(name)}, detail=refused.sentence
        )
        raise ProblemError(problem) from refused
