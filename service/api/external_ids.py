"""Endpoints: how other systems call parties, subjects, commitments and items, and what such an id means here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import url_for

from events.engine import answering
from events.envelope import Json
from service import external_ids, reading
from service.api.changes import REPLAYED, after, outcome_reply
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.schemas import external_ids as schemas
from service.api.schemas.commitments import Answer
from service.api.shown import Shown, shown_answer
from service.catalog import programme_stream
from service.dispatch import Ask, dispatch
from service.errors import NotFound
from service.external_ids import COMMITMENT, ITEM, External, one_form
from workflows.blockers import blockers
from workflows.commands import GiveExternalId, NameElsewhere
from workflows.errors import Blocker, Refused

endpoints = Endpoints("external-ids", "Other systems' ids of parties, subjects, commitments and items.")


@endpoints.post("/commitments/<string:commitment>/external-ids", Answer, body=schemas.ExternalIdBody)
def give_external_id(door: Door, body: Mapping[str, Any], commitment: str) -> Reply:
    """Record another system's id of a commitment or an item

    In a programme an id of a system means one commitment, and one item.
    """
    _, state = door.visible(commitment)
    command = GiveExternalId(one_form(body["system"]), one_form(body["id"]), body["item"])
    context = door.basis.context(
        state.drafted.programme, state.definition_version, by=door.principal.acting, now=door.now
    )
    if not blockers(state, command, context):
        _claim(door, state.drafted.programme, commitment, command)
    outcome = door.dispatch(command, commitment)
    folded, after_it = after(door, outcome)
    where = url_for("external-ids.read_external_id", system=command.system, external_id=command.external_id)
    return outcome_reply(shown_answer(folded, after_it, outcome.etag), outcome, where)


@endpoints.post("/programmes/<string:programme>/external-ids", schemas.NamedElsewhere, body=schemas.PartOfProgrammeBody)
def name_elsewhere(door: Door, body: Mapping[str, Any], programme: str) -> Reply:
    """Record another system's id of a party or subject"""
    if programme not in door.basis.programmes:
        raise NotFound("programme", programme)
    door.about.programme = programme
    command = NameElsewhere(programme, body["kind"], body["name"], one_form(body["system"]), one_form(body["id"]))
    request: Mapping[str, Json] = {"programme": programme, "body": dict(body)}
    outcome = dispatch(
        door.runtime, Ask(command, programme_stream(programme), door.caller, door.operation(), request, door.expected)
    )
    return Reply({"programme": programme, **body}, headers=REPLAYED if outcome.repeated else {})


@endpoints.get("/external-ids/<string:system>/<path:external_id>", schemas.ExternalIdMeanings)
def read_external_id(door: Door, system: str, external_id: str) -> Reply:
    """Ask what another system's id means

    Parties and subjects of every programme, commitments and items that the office sees.
    """
    system, external_id = one_form(system), one_form(external_id)
    found = [*_in_programmes(door, system, external_id), *_in_commitments(door, system, external_id)]
    if not found:
        raise NotFound("external id", external_id)
    return Reply({"system": system, "id": external_id, "found": found})


def _claim(door: Door, programme: str, commitment: str, command: GiveExternalId) -> None:
    """Make sure that the id means this here and nothing else; raises Refused."""
    kind, target = (COMMITMENT, commitment) if command.item is None else (ITEM, f"{commitment}/{command.item}")
    external = External(programme, kind, command.system, command.external_id)
    if external_ids.claim(door.runtime.engine, external, target, now=door.now) != target:
        raise Refused((Blocker("external_id_taken", {"system": command.system, "id": command.external_id}),))


def _in_programmes(door: Door, system: str, external_id: str) -> Iterator[Shown]:
    for (programme, kind, of, called), name in door.basis.installed.names_elsewhere.items():
        if (of, called) == (system, external_id):
            yield {"kind": kind, "programme": programme, "name": name, "reference": None, "item": None}


def _in_commitments(door: Door, system: str, external_id: str) -> Iterator[Shown]:
    with answering(), door.runtime.engine.connect() as connection:
        claimed = external_ids.targets(connection, system, external_id)
    for programme, kind, target in claimed:
        commitment, _, number = target.partition("/")
        item = int(number) if kind == ITEM else None
        state = door.runtime.commitment(commitment, fresh=True).state
        if state is None or not reading.may_see(door.basis, door.office, state, door.now):
            continue
        if any((one.system, one.external_id, one.item) == (system, external_id, item) for one in state.external_ids):
            reference = state.drafted.reference
            yield {"kind": kind, "programme": programme, "name": commitment, "reference": reference, "item": item}
    door.runtime.store.settle()
