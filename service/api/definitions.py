"""Endpoints: a workflow's next version, which one office proposes and another one installs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for

from service.api.changes import outcome_reply
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.schemas import definitions as schemas
from service.api.schemas import directory
from service.api.shown import Shown, shown_programme
from service.catalog import definition_stream, programme_stream
from service.dispatch import Outcome
from service.errors import NotFound
from service.problems import ProblemError, coded
from service.proposed import difference, programme_with, proposal_of, stream_of
from workflows.commands import ConfirmDefinition, DeclineDefinition, ProposeDefinition, UseDefinition
from workflows.installing import read
from workflows.proposals import Proposal

endpoints = Endpoints("definitions", "Versions of workflows: proposed by one person, installed by another.")


@endpoints.get("/definition-proposals", schemas.Proposals)
def list_definition_proposals(door: Door) -> Reply:
    """List every proposed version of a workflow"""
    return Reply({"proposals": [_shown(one) for one in door.basis.installed.proposals.values()]})


@endpoints.get("/definition-proposals/<string:proposal>", schemas.ProposalWhole)
def read_definition_proposal(door: Door, proposal: str) -> Reply:
    """Read a proposed version, with what it changes"""
    known = proposal_of(door.basis, proposal)
    changed = difference(door.basis, known.proposed)
    return Reply({**_shown(known), "text": known.proposed.text, "difference": changed})


@endpoints.post("/definition-proposals", schemas.ProposalAnswer, body=schemas.ProposalBody)
def propose_definition(door: Door, body: Mapping[str, Any]) -> Reply:
    """Propose a workflow's next version

    It is installed when another office confirms it. The same text again is nothing new.
    """
    name = read(body["text"]).name
    door.about.programme = programme_with(door.basis, name)
    outcome = door.record(ProposeDefinition(name, body["text"]), definition_stream(name))
    proposals = door.runtime.basis(fresh=True).installed.proposals.values()
    same = [one.proposed.proposal for one in proposals if one.proposed.text == body["text"]]
    if not same:
        # The log's first text was installed without a proposal: there is none to answer with.
        newest = door.basis.latest(name)
        following = 1 if newest is None else newest.version + 1
        raise ProblemError(coded("version_out_of_order", version=str(read(body["text"]).version), next=str(following)))
    return _answer(door, outcome, same[-1])


@endpoints.post(
    "/definition-proposals/<string:proposal>/confirmation", schemas.ProposalAnswer, body=schemas.ConfirmationBody
)
def confirm_definition(door: Door, body: Mapping[str, Any], proposal: str) -> Reply:
    """Install what another office proposed"""
    return _answered(door, ConfirmDefinition(proposal))


@endpoints.post("/definition-proposals/<string:proposal>/decline", schemas.ProposalAnswer, body=schemas.DeclineBody)
def decline_definition(door: Door, body: Mapping[str, Any], proposal: str) -> Reply:
    """Close a proposal without installing it; its proposer may, too"""
    return _answered(door, DeclineDefinition(proposal, body["text"]))


@endpoints.post("/programmes/<string:programme>/definition", directory.Programme, body=schemas.VersionBody)
def use_definition(door: Door, body: Mapping[str, Any], programme: str) -> Reply:
    """Let new drafts of a programme follow another installed version

    What was drafted before keeps its own: see migrations.
    """
    if programme not in door.basis.programmes:
        raise NotFound("programme", programme)
    door.about.programme = programme
    command = UseDefinition(programme, body["version"], body["letter"], body["text"])
    outcome = door.record(command, programme_stream(programme))
    headers = {"X-Kawal-Position": str(outcome.position)}
    return Reply(shown_programme(door.runtime.basis(fresh=True), programme), headers=headers)


def _answered(door: Door, command: ConfirmDefinition | DeclineDefinition) -> Reply:
    stream = stream_of(door.basis, command)
    door.about.programme = programme_with(door.basis, proposal_of(door.basis, command.proposal).proposed.definition)
    return _answer(door, door.record(command, stream), command.proposal)


def _answer(door: Door, outcome: Outcome, proposal: str) -> Reply:
    known = proposal_of(door.runtime.basis(fresh=True), proposal)
    body = {
        "proposal": _shown(known),
        "version": outcome.version,
        "etag": outcome.etag,
        "position": outcome.position,
        "leaf_hash": outcome.leaf_hash.hex(),
    }
    return outcome_reply(body, outcome, url_for("definitions.read_definition_proposal", proposal=proposal))


def _shown(proposal: Proposal) -> Shown:
    proposed = proposal.proposed
    return {
        "id": proposed.proposal,
        "definition": proposed.definition,
        "version": proposed.version,
        "digest": proposed.digest,
        "by": proposed.by,
        "status": proposal.status,
        "declined_because": None if proposal.declined is None else proposal.declined.text,
    }
