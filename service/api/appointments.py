"""Endpoints: appointments by two persons; what an operator records on the machine isn't asked for here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from uuid6 import uuid7

from service import appointing, catalog
from service.api.changes import outcome_reply
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.schemas import appointments as schemas
from service.api.shown import Shown
from service.dispatch import Outcome
from workflows.commands import ConfirmHolder, DeclineHolder, ProposeHolder
from workflows.facts import HolderAppointed, HolderProposalDeclined, HolderProposed

endpoints = Endpoints("appointments", "Who is to hold an office: proposed by one person, confirmed by another.")


@endpoints.get("/appointments", schemas.ProposedAppointments)
def list_appointments(door: Door) -> Reply:
    """List the appointments that wait for a second person and that the office made or may confirm"""
    found = appointing.waiting_for(door.basis, door.principal.acting, door.now)
    return Reply({"appointments": [_shown(one) for one in found]})


@endpoints.post("/appointments", schemas.AppointmentAnswer, body=schemas.ProposeHolderBody)
def propose_holder(door: Door, body: Mapping[str, Any]) -> Reply:
    """Propose who is to hold an office; nothing holds until another person in another office confirms it"""
    fields = {name: value for name, value in body.items() if name != "email"}
    person = appointing.person_by(door.runtime, body["email"])
    command = ProposeHolder(appointment=str(uuid7()), person=person, **fields)
    return _answer(door, door.record(command, catalog.OFFICES, leave_out=("appointment",)))


@endpoints.post("/appointments/<string:appointment>/confirmation", schemas.AppointmentAnswer)
def confirm_holder(door: Door, appointment: str) -> Reply:
    """Confirm a proposed appointment: it holds from its first day, at the earliest from today"""
    return _answer(door, door.record(ConfirmHolder(appointment), catalog.OFFICES))


@endpoints.post("/appointments/<string:appointment>/refusal", schemas.AppointmentAnswer, body=schemas.DeclineHolderBody)
def decline_holder(door: Door, body: Mapping[str, Any], appointment: str) -> Reply:
    """Decline a proposed appointment, or take the own proposal back"""
    return _answer(door, door.record(DeclineHolder(appointment, body["reason"]), catalog.OFFICES))


def _answer(door: Door, outcome: Outcome) -> Reply:
    event = door.runtime.store.event_at(outcome.position)
    assert event is not None, "what was just recorded is there"
    fact = catalog.decode(event)
    assert isinstance(fact, HolderProposed | HolderAppointed | HolderProposalDeclined)
    body = {
        "appointment": _shown(fact),
        "version": outcome.version,
        "etag": outcome.etag,
        "position": outcome.position,
        "leaf_hash": outcome.leaf_hash.hex(),
    }
    return outcome_reply(body, outcome)


_STATUS = {HolderProposed: "proposed", HolderAppointed: "confirmed", HolderProposalDeclined: "declined"}


def _shown(fact: HolderProposed | HolderAppointed | HolderProposalDeclined) -> Shown:
    known = {name: getattr(fact, name, None) for name in HolderProposed.__slots__ if name != "proposer"}
    return {**known, "id": fact.appointment, "status": _STATUS[type(fact)]}
