"""Endpoints: a programme's go-live, its end, and opening it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.naming import known_programme
from service.api.schemas import directory as schemas
from service.api.shown import shown_programme
from service.programme_acts import change_life
from workflows.commands import CloseProgramme, LifeCommand, ReopenProgramme, SetGoLive

endpoints = Endpoints("programmes", "When a programme goes live, and when it is over.")


@endpoints.post("/programmes/<string:programme>/go-live", schemas.Programme, body=schemas.GoLiveBody)
def set_go_live(door: Door, body: Mapping[str, Any], programme: str) -> Reply:
    """Set the day from which kawal is used for a programme

    What fell due before is shown as such and fires nothing. null takes the day back.
    """
    return _changed(door, SetGoLive(programme, body["on"], body["text"]))


@endpoints.post("/programmes/<string:programme>/closure", schemas.Programme, body=schemas.LifeBody)
def close_programme(door: Door, body: Mapping[str, Any], programme: str) -> Reply:
    """Close a programme

    Refused while any commitment is open, with the list.
    """
    return _changed(door, CloseProgramme(programme, body["letter"], body["text"], ()))


@endpoints.post("/programmes/<string:programme>/reopening", schemas.Programme, body=schemas.LifeBody)
def reopen_programme(door: Door, body: Mapping[str, Any], programme: str) -> Reply:
    """Let a closed programme go on"""
    return _changed(door, ReopenProgramme(programme, body["letter"], body["text"]))


def _changed(door: Door, command: LifeCommand) -> Reply:
    known_programme(door, command.programme)
    door.about.programme = command.programme
    outcome = change_life(door.runtime, command, caller=door.caller, operation=door.operation())
    headers = {"X-Kawal-Position": str(outcome.position)}
    if outcome.repeated:
        headers["Idempotency-Replayed"] = "true"
    return Reply(shown_programme(door.runtime.basis(fresh=True), command.programme), headers=headers)
