"""Endpoints: claims of progress, and the verdicts on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for

from service.api import as_of
from service.api.bodies import evidence_of
from service.api.changes import after, outcome_reply
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.schemas import asked
from service.api.schemas import commitments as schemas
from service.api.schemas.reports import AttachedBody
from service.api.shown import shown_answer, shown_claim
from service.errors import NotFound
from workflows.commands import (
    AttachEvidence,
    CheckClaim,
    CommitmentCommand,
    MakeClaim,
    ReturnClaim,
    RevokeVerification,
    VerifyClaim,
)

endpoints = Endpoints("claims", "Progress of plan items: claimed with evidence, checked and verified by other offices.")


@endpoints.get("/commitments/<string:commitment>/claims", schemas.Claims)
def list_claims(door: Door, commitment: str) -> Reply:
    """List a commitment's claims, oldest first"""
    folded, state = door.visible(commitment)
    claims = [shown_claim(state, claim) for claim in door.seen(state).claims.values()]
    return Reply({"claims": claims}, headers={"ETag": as_of.etag_of(folded)})


@endpoints.post("/commitments/<string:commitment>/claims", schemas.Answer, body=asked.ClaimBody, supposable=True)
def make_claim(door: Door, body: Mapping[str, Any], commitment: str) -> Reply:
    """Claim progress of a plan item"""
    door.visible(commitment)
    command = MakeClaim(**{**body, "evidence": evidence_of(door, body["evidence"])})
    return _done(door, command, commitment, None)


@endpoints.get("/claims/<string:claim>", schemas.Claim)
def read_claim(door: Door, claim: str) -> Reply:
    """Read a claim and its fate"""
    folded, state = door.visible(_commitment_of(claim))
    if claim not in state.claims:
        raise NotFound("claim", claim)
    return Reply(shown_claim(state, door.seen(state).claims[claim]), headers={"ETag": as_of.etag_of(folded)})


@endpoints.post("/claims/<string:claim>/evidence", schemas.Answer, body=AttachedBody, supposable=True)
def attach_evidence(door: Door, body: Mapping[str, Any], claim: str) -> Reply:
    """Add files to a claim that isn't checked yet"""
    door.visible(_commitment_of(claim))
    return _judged(door, AttachEvidence(claim, evidence_of(door, body["evidence"])), claim)


@endpoints.post("/claims/<string:claim>/checks", schemas.Answer, body=asked.NoteBody, supposable=True)
def check_claim(door: Door, body: Mapping[str, Any], claim: str) -> Reply:
    """Find a claim right as the first of two offices"""
    return _judged(door, CheckClaim(claim, **body), claim)


@endpoints.post("/claims/<string:claim>/verifications", schemas.Answer, body=asked.NoteBody, supposable=True)
def verify_claim(door: Door, body: Mapping[str, Any], claim: str) -> Reply:
    """Find a claim right"""
    return _judged(door, VerifyClaim(claim, **body), claim)


@endpoints.post("/claims/<string:claim>/returns", schemas.Answer, body=asked.ReasonedBody, supposable=True)
def return_claim(door: Door, body: Mapping[str, Any], claim: str) -> Reply:
    """Send a claim back for repair"""
    return _judged(door, ReturnClaim(claim, **body), claim)


@endpoints.post("/claims/<string:claim>/revocations", schemas.Answer, body=asked.ReasonedBody, supposable=True)
def revoke_verification(door: Door, body: Mapping[str, Any], claim: str) -> Reply:
    """Take a verification back that turned out to be wrong

    What stands verified falls back to what was verified beside it; an item that was met is owed again.
    """
    return _judged(door, RevokeVerification(claim, **body), claim)


def _judged(door: Door, command: CommitmentCommand, claim: str) -> Reply:
    commitment = _commitment_of(claim)
    _, state = door.visible(commitment)
    if claim not in state.claims:
        raise NotFound("claim", claim)
    return _done(door, command, commitment, claim)


def _done(door: Door, command: CommitmentCommand, commitment: str, claim: str | None) -> Reply:
    outcome = door.dispatch(command, commitment)
    folded, state = after(door, outcome)
    name = claim or list(state.claims)[-1]
    shown = shown_answer(folded, state, outcome.etag, claim=shown_claim(state, door.seen(state).claims[name]))
    return outcome_reply(shown, outcome, url_for("claims.read_claim", claim=name))


def _commitment_of(claim: str) -> str:
    return claim.rpartition(".c")[0]
