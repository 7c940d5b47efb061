"""Endpoints: what an office hands over when its holder changes."""

from __future__ import annotations

from types import SimpleNamespace

from service.api.delegations import shown_delegation
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.schemas.handovers import Handover
from service.api.shown import with_sample
from service.handover import Open, handover_of

endpoints = Endpoints("handovers", "What an office hands over when its holder changes.")


@endpoints.get("/offices/<string:office>/handover", Handover, reads_models=True)
def read_handover(door: Door, office: str) -> Reply:
    """Read what is open, delegated and late, and who held the office when it fell due"""
    found = handover_of(door.runtime, door.basis, door.principal, office, door.now)
    body = {
        "office": office,
        "on": found.on,
        "holders": found.appointments,
        "open": [_open(door, one) for one in found.open],
        "asked": [_open(door, one) for one in found.asked],
        "late": found.late,
        "given": [shown_delegation(door, one) for one in found.given],
        "received": [shown_delegation(door, one) for one in found.received],
    }
    return Reply(body)


def _open(door: Door, one: Open) -> SimpleNamespace:
    return with_sample(door.basis, one.waiting, more={"late": one.late, "held_by": one.held_by})
