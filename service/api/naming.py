"""What a caller names must exist; a near miss is named."""

from __future__ import annotations

from difflib import get_close_matches

from service.api.door import Door
from service.problems import Problem, ProblemError, coded

_SUGGESTION = {"id": " (maksud Saudara {it}?)", "en": " (did you mean {it}?)"}


def known_organisation(door: Door, organisation: str) -> None:
    """Raise ProblemError unless the organisation exists: 61.1 is never taken for 61.10, but it is suggested."""
    known = door.basis.directory.organisations
    if organisation in known:
        return
    near = _near(organisation, tuple(known))
    suggestion = _SUGGESTION[door.language].format(it=near) if near else ""
    problem = coded("organisation_unknown", organisation=organisation, suggestion=suggestion)
    errors = {"party": [f"unknown: {organisation}" + (f"; did you mean {near}?" if near else "")]}
    raise ProblemError(Problem(problem.code, problem.status, facts=problem.facts, errors=errors))


def known_programme(door: Door, programme: str) -> None:
    """Raise ProblemError unless the programme was opened."""
    if programme in door.basis.programmes:
        return
    problem = coded("programme_unknown", programme=programme)
    errors = {"programme": [f"unknown: {programme}"]}
    raise ProblemError(Problem(problem.code, problem.status, facts=problem.facts, errors=errors))


def _near(organisation: str, known: tuple[str, ...]) -> str | None:
    """A spreadsheet that took the code for a number drops its last zero: that is looked for first."""
    if f"{organisation}0" in known:
        return f"{organisation}0"
    return next(iter(get_close_matches(organisation, known, n=1, cutoff=0.75)), None)
