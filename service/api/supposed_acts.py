"""The endpoints' own commands, taken before they are dispatched: what a question supposes is what they would ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from service.api import claims, commitments, ledger, requests, sheets
from service.api.door import Door
from service.api.endpoints import PREFIX, CommandView
from service.dispatch import Outcome
from service.errors import NotFound
from service.runtime import Folded
from service.sheets import Sheet, SheetCommand, Written
from service.what_if import Imagined
from workflows.commands import BeginningCommand, CommitmentCommand, FollowingCommand
from workflows.commitment import Commitment

GROUPS = (commitments.endpoints, requests.endpoints, sheets.endpoints, claims.endpoints, ledger.endpoints)
_VIEWS: Mapping[str, CommandView] = {view.name: view for group in GROUPS for view in group.supposable}
_PATHS = Map([Rule(view.rule, endpoint=name) for name, view in _VIEWS.items()], strict_slashes=True).bind("")
_SEEN = '"0"'


class BodyWrong(Exception):
    """The body isn't what the endpoint takes. errors: by field"""

    def __init__(self, errors: Mapping[str, object]) -> None:
        super().__init__("body")
        self.errors = errors


class _Taken(Exception):
    """The command that a view was about to dispatch, and on which commitments."""

    def __init__(self, command: FollowingCommand, commitments: tuple[str, ...]) -> None:
        super().__init__(type(command).__name__)
        self.command = command
        self.commitments = commitments


@dataclass(frozen=True, slots=True)
class SupposedDoor(Door):
    """A door behind which nothing is written: it shows commitments as they would be, and hands commands back."""

    imagined: Imagined | None = None

    def visible(self, commitment: str) -> tuple[Folded, Commitment]:
        """The commitment as it would be by now, for whoever asks the question; raises NotFound."""
        assert self.imagined is not None
        state = self.imagined.state(commitment)
        return self.imagined.real[commitment], state

    def dispatch(self, command: CommitmentCommand, commitment: str, *, leave_out: tuple[str, ...] = ()) -> Outcome:
        """Hand the command back."""
        assert not isinstance(command, BeginningCommand), "what begins a commitment isn't supposable"
        raise _Taken(command, (commitment,))

    def write_sheet(self, sheet: Sheet, command: SheetCommand) -> Written:
        """Hand the command back, for every commitment of the sheet."""
        raise _Taken(command, tuple(part.commitment.id for part in sheet.parts))


def command_of(
    door: Door, imagined: Imagined, *, path: str, body: Mapping[str, Any]
) -> tuple[FollowingCommand, tuple[str, ...]]:
    """The command that a POST or PATCH of this body to this path would dispatch, and on which commitments.

    door    of whoever would ask
    path    as the endpoint's address has it, with or without /api/v1
    raises  NotFound where no command has that path; BodyWrong; and what the endpoint itself raises
    """
    view, parts = _matched(path)
    arguments = [] if view.body is None else [_loaded(view, body)]
    fields = {name: getattr(door, name) for name in Door.__slots__}
    supposed = SupposedDoor(**{**fields, "expected": _SEEN}, imagined=imagined)
    try:
        view.view(supposed, *arguments, **parts)
    except _Taken as taken:
        return taken.command, taken.commitments
    raise AssertionError(f"{view.name} dispatches nothing")


def _matched(path: str) -> tuple[CommandView, Mapping[str, str]]:
    try:
        name, parts = _PATHS.match(path.removeprefix(PREFIX))
    except HTTPException as error:
        raise NotFound("command", path) from error
    return _VIEWS[name], parts


def _loaded(view: CommandView, body: Mapping[str, Any]) -> Mapping[str, Any]:
    assert view.body is not None
    try:
        loaded: Mapping[str, Any] = view.body().load(body)
    except ValidationError as error:
        messages = error.messages if isinstance(error.messages, dict) else {"body": error.messages}
        raise BodyWrong(messages) from error
    return loaded
