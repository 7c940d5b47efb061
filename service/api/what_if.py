"""Endpoint: what would happen if these commands were given; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from service import why_not
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.parsing import invalid
from service.api.schemas import what_if as schemas
from service.api.supposed_acts import BodyWrong, command_of
from service.api.supposed_shown import shown_answer
from service.errors import NotFound
from service.evidence import EvidenceRefused
from service.problems import Problem, ProblemError, problem_of
from service.what_if import MOST_COMMITMENTS, Imagined, Step, TooMuchSupposed
from workflows.commands import FollowingCommand

endpoints = Endpoints("what-if", "What would happen, who would be told and what would fall due.")
AsOffice = Callable[[str], Door]
"""The door through which an office's command would be asked for."""


@endpoints.ask("/what-if", schemas.WhatIf, body=schemas.WhatIfBody)
def suppose_commands(door: Door, body: Mapping[str, Any]) -> Reply:
    """Suppose commands

    Each is what its own endpoint takes, with the office that would act; later ones rest on earlier ones. The answer
    ends at the first that would be refused. Four eyes is checked as if the offices' holders acted.
    """
    imagined = Imagined(door.basis, door.now, lambda commitment: door.visible(commitment)[0])

    def as_office(office: str) -> Door:
        return door

    steps = supposed(imagined, body["commands"], as_office)
    return Reply(shown_answer(door.basis, imagined, steps, role=door.role))


def supposed(imagined: Imagined, commands: Sequence[Mapping[str, Any]], as_office: AsOffice) -> Sequence[Step]:
    """Every command supposed, up to the first that is refused.

    raises  ProblemError that names the command which can't be read, or asks for what there isn't
    """
    steps: list[Step] = []
    for number, wanted in enumerate(commands, start=1):
        office, place = wanted["office"], f"commands[{number - 1}]"
        command, commitments = _read(imagined, wanted, as_office(office), place)
        step = imagined.do(number, office, command, commitments)
        steps.append(step)
        if step.is_refused:
            break
    return steps


def _read(
    imagined: Imagined, wanted: Mapping[str, Any], door: Door, place: str
) -> tuple[FollowingCommand, tuple[str, ...]]:
    office = wanted["office"]
    try:
        command, commitments = command_of(door, imagined, path=wanted["path"], body=wanted["body"])
        for one in commitments:
            state = imagined.state(one)
            if not why_not.may_ask_about(imagined.basis, door.office, office, state, imagined.now):
                raise NotFound("office", office)
    except BodyWrong as wrong:
        raise ProblemError(invalid({f"{place}.body": wrong.errors})) from wrong
    except TooMuchSupposed as error:
        raise ProblemError(invalid({place: [f"At most {MOST_COMMITMENTS} commitments."]})) from error
    except (NotFound, EvidenceRefused, ProblemError) as error:
        problem = problem_of(error)
        assert problem is not None
        errors = {place: [str(error) if isinstance(error, NotFound) else problem.code]}
        raise ProblemError(Problem(problem.code, problem.status, facts=problem.facts, errors=errors)) from error
    return command, commitments
