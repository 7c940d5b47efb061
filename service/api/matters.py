"""Endpoints: what others raise on a commitment, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for

from service.api import as_of
from service.api.bodies import evidence_of
from service.api.changes import after, outcome_reply
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.schemas import oversight as schemas
from service.api.shown import shown_answer
from service.api.shown_matters import shown_matter
from service.errors import NotFound
from workflows.commands import (
    AnswerMatter,
    CloseMatter,
    FollowUpCommand,
    GiveDirection,
    RaisingCommand,
    RecordFinding,
    ReportObstacle,
    RequestHelp,
    ReturnMatter,
)

endpoints = Endpoints("matters", "Findings, directions, obstacles and calls for help: raised, answered, closed.")


@endpoints.get("/commitments/<string:commitment>/matters", schemas.Matters)
def list_matters(door: Door, commitment: str) -> Reply:
    """List a commitment's matters, oldest first"""
    folded, state = door.visible(commitment)
    matters = [shown_matter(state, one) for one in state.matters.values()]
    return Reply({"matters": matters}, headers={"ETag": as_of.etag_of(folded)})


@endpoints.get("/matters/<string:matter>", schemas.Matter)
def read_matter(door: Door, matter: str) -> Reply:
    """Read a matter and how far it has come"""
    folded, state = door.visible(_commitment_of(matter))
    if matter not in state.matters:
        raise NotFound("matter", matter)
    return Reply(shown_matter(state, state.matters[matter]), headers={"ETag": as_of.etag_of(folded)})


@endpoints.post(
    "/commitments/<string:commitment>/findings", schemas.MatterAnswer, body=schemas.FindingBody, supposable=True
)
def record_finding(door: Door, body: Mapping[str, Any], commitment: str) -> Reply:
    """Record a finding

    An open finding blocks completion.
    """
    return _raised(door, RecordFinding, body, commitment)


@endpoints.post(
    "/commitments/<string:commitment>/directions", schemas.MatterAnswer, body=schemas.DirectionBody, supposable=True
)
def give_direction(door: Door, body: Mapping[str, Any], commitment: str) -> Reply:
    """Give a direction"""
    return _raised(door, GiveDirection, body, commitment)


@endpoints.post(
    "/commitments/<string:commitment>/obstacles", schemas.MatterAnswer, body=schemas.ObstacleBody, supposable=True
)
def report_obstacle(door: Door, body: Mapping[str, Any], commitment: str) -> Reply:
    """Report an obstacle"""
    return _raised(door, ReportObstacle, body, commitment)


@endpoints.post(
    "/commitments/<string:commitment>/help-requests", schemas.MatterAnswer, body=schemas.SaidBody, supposable=True
)
def ask_for_help(door: Door, body: Mapping[str, Any], commitment: str) -> Reply:
    """Ask the mentor for help"""
    return _raised(door, RequestHelp, body, commitment)


@endpoints.post("/matters/<string:matter>/answers", schemas.MatterAnswer, body=schemas.SaidBody, supposable=True)
def answer_matter(door: Door, body: Mapping[str, Any], matter: str) -> Reply:
    """Answer a matter that is addressed to the office"""
    files = evidence_of(door, body["evidence"])
    return _followed(door, AnswerMatter(matter, body["text"], files), matter)


@endpoints.post(
    "/matters/<string:matter>/returns", schemas.MatterAnswer, body=schemas.OutcomeBody, match=True, supposable=True
)
def return_answer(door: Door, body: Mapping[str, Any], matter: str) -> Reply:
    """Send an answer back: another one is owed"""
    return _followed(door, ReturnMatter(matter, **body), matter)


@endpoints.post(
    "/matters/<string:matter>/closings", schemas.MatterAnswer, body=schemas.OutcomeBody, match=True, supposable=True
)
def close_matter(door: Door, body: Mapping[str, Any], matter: str) -> Reply:
    """Close a finding or an obstacle, or take a direction for settled"""
    return _followed(door, CloseMatter(matter, **body), matter)


def _raised(door: Door, kind: type[RaisingCommand], body: Mapping[str, Any], commitment: str) -> Reply:
    door.visible(commitment)
    command = kind(**{**body, "evidence": evidence_of(door, body["evidence"])})
    return _done(door, command, commitment, None)


def _followed(door: Door, command: FollowUpCommand, matter: str) -> Reply:
    commitment = _commitment_of(matter)
    _, state = door.visible(commitment)
    if matter not in state.matters:
        raise NotFound("matter", matter)
    return _done(door, command, commitment, matter)


def _done(door: Door, command: RaisingCommand | FollowUpCommand, commitment: str, matter: str | None) -> Reply:
    outcome = door.dispatch(command, commitment)
    folded, state = after(door, outcome)
    name = matter or list(state.matters)[-1]
    shown = {**shown_answer(folded, state, outcome.etag), "matter": shown_matter(state, state.matters[name])}
    return outcome_reply(shown, outcome, url_for("matters.read_matter", matter=name))


def _commitment_of(matter: str) -> str:
    return matter.rpartition(".")[0]
