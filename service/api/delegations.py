"""Endpoints: authority that one office gives another for a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for
from uuid6 import uuid7

from service import catalog, identity
from service.api.changes import outcome_reply
from service.api.directory import oversees
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.schemas import delegations as schemas
from service.api.shown import Shown
from service.dispatch import Outcome
from service.errors import NotFound
from workflows.commands import GiveDelegation, RevokeDelegation
from workflows.facts import DelegationGiven, DelegationRevoked

endpoints = Endpoints("delegations", "Authority that one office gives another for a time.")


@endpoints.get("/delegations", schemas.Delegations, query=schemas.DelegationFilter)
def list_delegations(door: Door, query: Mapping[str, Any]) -> Reply:
    """List what an office gave and received, in force or not"""
    office, known = query["office"] or door.office, door.basis.delegations
    if door.basis.directory.office(office) is None or not oversees(door, office):
        raise NotFound("office", office)
    given = [shown_delegation(door, one) for one in known.given_of(office)]
    received = [shown_delegation(door, one) for one in known.received_by(office)]
    return Reply({"office": office, "given": given, "received": received})


@endpoints.get("/delegations/<string:delegation>", schemas.Delegation)
def read_delegation(door: Door, delegation: str) -> Reply:
    """Read a delegation"""
    known = door.basis.delegations.known.get(delegation)
    if known is None or not (oversees(door, known.given.office) or oversees(door, known.given.to)):
        raise NotFound("delegation", delegation)
    return Reply(shown_delegation(door, known.given))


@endpoints.post("/delegations", schemas.DelegationAnswer, body=schemas.GiveDelegationBody)
def give_delegation(door: Door, body: Mapping[str, Any]) -> Reply:
    """Give the office's authority to another office

    On behalf of another office: pass its authority on, where it allowed that.
    """
    fields = {**body, "programmes": tuple(body["programmes"]), "moves": tuple(body["moves"])}
    command = GiveDelegation(delegation=str(uuid7()), office=door.office, **fields)
    return _answer(door, door.record(command, catalog.DELEGATIONS, leave_out=("delegation",)))


@endpoints.post("/delegations/<string:delegation>/revocation", schemas.DelegationAnswer, body=schemas.RevocationBody)
def revoke_delegation(door: Door, body: Mapping[str, Any], delegation: str) -> Reply:
    """Take a delegation back at once, with whatever was passed on from it"""
    return _answer(door, door.record(RevokeDelegation(delegation, body["reason"]), catalog.DELEGATIONS))


def _answer(door: Door, outcome: Outcome) -> Reply:
    event = door.runtime.store.event_at(outcome.position)
    assert event is not None, "what was just recorded is there"
    fact = catalog.decode(event)
    assert isinstance(fact, DelegationGiven | DelegationRevoked)
    known = door.runtime.basis(fresh=True).delegations.known[fact.delegation]
    body = {
        "delegation": shown_delegation(door, known.given),
        "version": outcome.version,
        "etag": outcome.etag,
        "position": outcome.position,
        "leaf_hash": outcome.leaf_hash.hex(),
    }
    return outcome_reply(body, outcome, url_for("delegations.read_delegation", delegation=fact.delegation))


def shown_delegation(door: Door, given: DelegationGiven) -> Shown:
    """A delegation with how it stands now."""
    basis = door.runtime.basis()
    moment = identity.moment_of(basis.directory, given.office, door.runtime.now())
    fields = {name: getattr(given, name) for name in given.__slots__ if name not in ("delegation", "person")}
    return {
        **fields,
        "id": given.delegation,
        "standing": basis.delegations.standing(given.delegation, moment),
        "revoked_at": basis.delegations.known[given.delegation].revoked_at,
    }
