"""Endpoints: parties' places in a programme, and who has not signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.naming import known_programme
from service.api.schemas import seats as schemas
from service.api.shown import Shown
from service.programme_acts import change_seats
from service.seats import counted, read_seats, seat_document
from workflows.commands import DeclineInvitation, InviteParties, JoinProgramme, SeatCommand

endpoints = Endpoints("seats", "Which parties were invited, joined or declined, and which signed.")


@endpoints.get("/programmes/<string:programme>/seats", schemas.Seats, reads_models=True)
def list_seats(door: Door, programme: str) -> Reply:
    """List a programme's seats

    Of the parties that the office sees. Scope, invited and signed are three different sets.
    """
    known_programme(door, programme)
    return Reply(_shown(door, programme))


@endpoints.post("/programmes/<string:programme>/invitations", schemas.Seats, body=schemas.InvitationBody)
def invite_parties(door: Door, body: Mapping[str, Any], programme: str) -> Reply:
    """Record a letter that invites parties

    Again with another letter, it is the one that counts; of a party that joined already it is refused.
    """
    return _changed(door, InviteParties(programme, **{**body, "parties": tuple(body["parties"])}))


@endpoints.post(
    "/programmes/<string:programme>/seats/<string:party>/declinations", schemas.Seats, body=schemas.DeclinationBody
)
def decline_invitation(door: Door, body: Mapping[str, Any], programme: str, party: str) -> Reply:
    """Record that a party takes no part"""
    return _changed(door, DeclineInvitation(programme, party, **body))


@endpoints.post("/programmes/<string:programme>/seats/<string:party>/joinings", schemas.Seats, body=schemas.JoiningBody)
def join_programme(door: Door, body: Mapping[str, Any], programme: str, party: str) -> Reply:
    """Record that a party takes part from a day on"""
    return _changed(door, JoinProgramme(programme, party, **body))


def _changed(door: Door, command: SeatCommand) -> Reply:
    known_programme(door, command.programme)
    door.about.programme = command.programme
    outcome = change_seats(door.runtime, command, caller=door.caller, operation=door.operation())
    headers = {"X-Kawal-Position": str(outcome.position)}
    if outcome.repeated:
        headers["Idempotency-Replayed"] = "true"
    return Reply(_shown(door, command.programme), headers=headers)


def _shown(door: Door, programme: str) -> Shown:
    basis = door.runtime.basis(fresh=True)
    seats = read_seats(door.runtime, basis, door.scope, programme)
    words = door.words()
    return {
        "programme": programme,
        "counts": counted(seats),
        "seats": [seat_document(one, words) for one in seats],
    }
