"""`kawal simulate`: what would happen if the commands of a file were given; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import click
from marshmallow import ValidationError
from rich.markup import escape

from service.api.door import Door
from service.api.parsing import read_json
from service.api.schemas.what_if import WhatIf, WhatIfBody
from service.api.supposed_shown import shown_answer
from service.api.what_if import supposed
from service.cli import exits
from service.cli.operator import OPERATOR, Desk, desk
from service.cli.output import console, json_option, print_json
from service.errors import NotFound
from service.identity import Principal
from service.problems import ProblemError
from service.runtime import Folded
from service.what_if import Imagined

MOST_BYTES = 1_000_000


@click.command()
@click.argument("file", metavar="FILE.json", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--language", type=click.Choice(("id", "en")), default="id", show_default=True, help="Of the sentences.")
@json_option
def simulate(file: Path, language: str, *, as_json: bool) -> None:
    """Suppose commands one after the other on the log as it is: facts, who would be told, what would fall due.

    FILE.json is the body of POST /api/v1/what-if: {"commands": [{"office": ..., "path": ..., "body": {...}}]}. Four
    eyes is checked as if the offices' holders acted. Ends 3 where a command would be refused.
    """
    body = _read(file)
    with desk() as at:
        imagined = Imagined(at.runtime.basis(fresh=True), at.runtime.now(), lambda name: _see(at, name))
        try:
            steps = supposed(imagined, body["commands"], lambda office: _door(at, imagined, office, language))
        except ProblemError as error:
            raise click.ClickException(_sentence(error, language)) from error
        answer = WhatIf().dump(shown_answer(imagined.basis, imagined, steps, role=None))
    if as_json:
        print_json(answer)
    else:
        _print(answer, language)
    if any(step.is_refused for step in steps):
        raise SystemExit(exits.PARTIAL)


def _read(file: Path) -> Mapping[str, Any]:
    if file.stat().st_size > MOST_BYTES:
        raise click.BadParameter(f"over {MOST_BYTES:,} bytes", param_hint=file.name)
    try:
        return cast("Mapping[str, Any]", WhatIfBody().load(cast("Mapping[str, Any]", read_json(file.read_bytes()))))
    except ProblemError as error:
        raise click.BadParameter(_sentence(error, "en"), param_hint=file.name) from error
    except ValidationError as error:
        raise click.BadParameter(str(error.messages), param_hint=file.name) from error


def _see(at: Desk, commitment: str) -> Folded:
    folded = at.runtime.commitment(commitment, fresh=True)
    if folded.state is None:
        raise NotFound("commitment", commitment)
    return folded


def _door(at: Desk, imagined: Imagined, office: str, language: str) -> Door:
    """The office's own: an operator supposes for everybody."""
    principal = Principal(OPERATOR, office, "definitive", "cli", OPERATOR)
    return Door(at.runtime, imagined.basis, principal, language, imagined.now, key="")


def _sentence(error: ProblemError, language: str) -> str:
    problem = error.problem
    places = "; ".join(f"{place}: {wrong}" for place, wrong in problem.errors.items())
    return f"{problem.title(language)} [{problem.code}]" + (f" {places}" if places else "")


def _print(answer: Mapping[str, Any], language: str) -> None:
    for step in answer["steps"]:
        console.print(f"[bold]{step['number']}. {escape(step['office'])}[/]", highlight=False)
        for effect in step["effects"]:
            _print_effect(effect, language)
        for left_out in step["left_out"]:
            for blocker in left_out["blockers"]:
                console.print(
                    f"   ✗ {escape(blocker['sentence'][language])} [dim]{blocker['code']}[/dim]", highlight=False
                )
    for one in answer["commitments"]:
        before, after = one["state"]["label"][language], one["would_be"]["label"][language]
        console.print(f"{escape(one['reference'])}: {escape(before)} → {escape(after)}", highlight=False)
    console.print(answer["note"][language], style="dim")


def _print_effect(effect: Mapping[str, Any], language: str) -> None:
    for fact in effect["facts"]:
        told = "; ".join(one["name"] for one in fact["told"] if one["urgency"] != "page")
        console.print(escape(f"   {fact['sentence'][language]}" + (f" → {told}" if told else "")), highlight=False)
    for owed in effect["owed"]:
        console.print(escape(f"   ⏰ {owed['name']}: {owed['due_on']} ({owed['obligation']})"), highlight=False)
