"""Endpoints: requests and the verdicts on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for

from service.api import as_of
from service.api.bodies import evidence_of, plan_items, terms_of, verdict_fields
from service.api.changes import after, outcome_reply
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.schemas import asked
from service.api.schemas import commitments as schemas
from service.api.shown import shown_answer, shown_request
from service.errors import NotFound
from service.problems import ProblemError, coded
from service.reading import definition_of
from workflows.commands import (
    AddApprover,
    ApproveRequest,
    CommitmentCommand,
    ForwardRequest,
    GiveOpinion,
    NotePreparation,
    OpenRequest,
    RejectRequest,
    RetractDecision,
    ReturnRequest,
    WithdrawRequest,
)
from workflows.commitment import Commitment

endpoints = Endpoints("requests", "Moves that are asked for, approved, returned or rejected.")


@endpoints.post(
    "/commitments/<string:commitment>/requests", schemas.Answer, body=asked.OpenRequestBody, supposable=True
)
def open_request(door: Door, body: Mapping[str, Any], commitment: str) -> Reply:
    """Ask for a move

    A move that carries a plan needs an If-Match.
    """
    _, state = door.visible(commitment)
    move = definition_of(door.basis, state).moves.get(body["move"])
    if move is not None and move.plan and door.expected is None:
        raise ProblemError(coded("if_match_missing"))
    items = None if body["items"] is None else plan_items(body["items"])
    fields = {
        **body,
        "items": items,
        "evidence": evidence_of(door, body["evidence"]),
        "terms": terms_of(body["terms"]),
    }
    return _done(door, OpenRequest(**fields), commitment, None)


@endpoints.get("/requests/<string:request>", schemas.RequestReply)
def read_request(door: Door, request: str) -> Reply:
    """Read a request and how far it has come"""
    folded, state = door.visible(_commitment_of(request))
    shown = _shown(door, state, request)
    etag = as_of.etag_of(folded)
    return Reply({**shown, "etag": etag}, headers={"ETag": etag})


@endpoints.post(
    "/requests/<string:request>/approvals", schemas.Answer, body=asked.ApprovalBody, match=True, supposable=True
)
def approve(door: Door, body: Mapping[str, Any], request: str) -> Reply:
    """Approve the step that waits for the office"""
    return _decided(door, ApproveRequest(request, **verdict_fields(body)), request)


@endpoints.post(
    "/requests/<string:request>/returns", schemas.Answer, body=asked.VerdictBody, match=True, supposable=True
)
def return_request(door: Door, body: Mapping[str, Any], request: str) -> Reply:
    """Send a request back for revision"""
    return _decided(door, ReturnRequest(request, **verdict_fields(body)), request)


@endpoints.post(
    "/requests/<string:request>/rejections", schemas.Answer, body=asked.VerdictBody, match=True, supposable=True
)
def reject(door: Door, body: Mapping[str, Any], request: str) -> Reply:
    """Reject a request"""
    return _decided(door, RejectRequest(request, **verdict_fields(body)), request)


@endpoints.post(
    "/requests/<string:request>/approvers", schemas.Answer, body=asked.ApproverBody, match=True, supposable=True
)
def add_approver(door: Door, body: Mapping[str, Any], request: str) -> Reply:
    """Ask one more office to approve

    Before the office whose turn it is, which decides again afterwards, or after it.
    """
    return _decided(door, AddApprover(request, **body), request)


@endpoints.post(
    "/requests/<string:request>/forwards", schemas.Answer, body=asked.ForwardBody, match=True, supposable=True
)
def forward_request(door: Door, body: Mapping[str, Any], request: str) -> Reply:
    """Hand the preparation of the verdict to an office below

    It reads, notes and hands back; the verdict stays with the office whose turn it is.
    """
    return _decided(door, ForwardRequest(request, **body), request)


@endpoints.post("/requests/<string:request>/preparations", schemas.Answer, body=asked.PreparationBody, supposable=True)
def note_preparation(door: Door, body: Mapping[str, Any], request: str) -> Reply:
    """Note on a verdict that one prepares, and hand it back"""
    return _decided(door, NotePreparation(request, **body), request)


@endpoints.post("/requests/<string:request>/retractions", schemas.Answer, body=asked.WhyBody, supposable=True)
def retract(door: Door, body: Mapping[str, Any], request: str) -> Reply:
    """Take one's own last decision back

    For ten minutes, until something else is done; a signature stands.
    """
    return _decided(door, RetractDecision(request, **body), request)


@endpoints.post("/requests/<string:request>/withdrawal", schemas.Answer, body=asked.TextBody, supposable=True)
def withdraw(door: Door, body: Mapping[str, Any], request: str) -> Reply:
    """Take one's own request back"""
    return _decided(door, WithdrawRequest(request, **body), request)


@endpoints.post("/requests/<string:request>/opinions", schemas.Answer, body=asked.OpinionBody, supposable=True)
def give_opinion(door: Door, body: Mapping[str, Any], request: str) -> Reply:
    """Say what an invited office thinks, or enter what an outside body wrote"""
    body = {**body, "evidence": evidence_of(door, body["evidence"])}
    return _decided(door, GiveOpinion(request, **body), request)


def _decided(door: Door, command: CommitmentCommand, request: str) -> Reply:
    commitment = _commitment_of(request)
    _, state = door.visible(commitment)
    _known(state, request)
    return _done(door, command, commitment, request)


def _done(door: Door, command: CommitmentCommand, commitment: str, request: str | None) -> Reply:
    outcome = door.dispatch(command, commitment)
    folded, state = after(door, outcome)
    name = request or list(state.requests)[-1]
    shown = shown_answer(folded, state, outcome.etag, request=_shown(door, state, name))
    return outcome_reply(shown, outcome, url_for("requests.read_request", request=name))


def _shown(door: Door, state: Commitment, request: str) -> Mapping[str, object]:
    _known(state, request)
    return shown_request(door.basis, state, door.seen(state).requests[request])


def _known(state: Commitment, request: str) -> None:
    if request not in state.requests:
        raise NotFound("request", request)


def _commitment_of(request: str) -> str:
    return request.rpartition(".r")[0]
