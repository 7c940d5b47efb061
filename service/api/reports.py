"""Endpoints: a commitment's reports, and their drafts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import msgspec
from flask import url_for

from service import report_drafts
from service.api import as_of
from service.api.bodies import evidence_of
from service.api.changes import REPLAYED, after, outcome_reply
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.schemas import reports as schemas
from service.api.shown import Shown, shown_answer
from service.api.shown_reports import shown_draft, shown_report, shown_windows
from service.errors import NotFound
from service.problems import ProblemError, coded
from service.reading import definition_of
from service.report_drafts import Content, DraftLine, DraftMoved
from workflows.commands import MakeClaim, SubmitReport
from workflows.commitment import Commitment
from workflows.context import Context
from workflows.errors import Refused
from workflows.facts import Nihil
from workflows.reports import may_prepare

endpoints = Endpoints("reports", "What a commitment reports by period: prepared, submitted once, with a receipt.")


@endpoints.get("/commitments/<string:commitment>/reports", schemas.Reports)
def list_reports(door: Door, commitment: str) -> Reply:
    """List a commitment's periods and its reports, oldest first"""
    folded, state = door.visible(commitment)
    body = {
        "periods": shown_windows(_context(door, state), state.drafted.party),
        "reports": [shown_report(door.seen(state), report) for report in state.reports.values()],
    }
    return Reply(body, headers={"ETag": as_of.etag_of(folded)})


@endpoints.post(
    "/commitments/<string:commitment>/reports", schemas.ReportAnswer, body=schemas.ReportBody, supposable=True
)
def submit_report(door: Door, body: Mapping[str, Any], commitment: str) -> Reply:
    """Submit a period's report, whole and once

    Every running item is named: with progress, or as nihil with a reason.
    """
    _, state = door.visible(commitment)
    draft = report_drafts.read_draft(door.runtime.engine, state, body["period"])
    command = SubmitReport(
        period=body["period"],
        claims=tuple(_claim(door, one) for one in body["claims"]),
        nihil=tuple(Nihil(**one) for one in body["nihil"]),
        nihil_rest=body["nihil_rest"],
        note=body["note"],
        prepared_by="" if draft is None else draft.office,
        prepared_by_person="" if draft is None else draft.person,
    )
    outcome = door.dispatch(command, commitment, leave_out=("prepared_by", "prepared_by_person"))
    folded, then = after(door, outcome)
    report = list(then.reports.values())[-1]
    shown = {**shown_answer(folded, then, outcome.etag), "report": shown_report(door.seen(then), report)}
    return outcome_reply(shown, outcome, url_for("reports.read_report", report=report.submitted.report))


@endpoints.get("/reports/<string:report>", schemas.Report)
def read_report(door: Door, report: str) -> Reply:
    """Read a report as it was submitted, with what became of its claims"""
    folded, state = door.visible(report.rsplit(".", 2)[0])
    if report not in state.reports:
        raise NotFound("report", report)
    return Reply(shown_report(door.seen(state), state.reports[report]), headers={"ETag": as_of.etag_of(folded)})


@endpoints.get("/commitments/<string:commitment>/report-drafts/<string:period>", schemas.ReportDraft)
def read_report_draft(door: Door, commitment: str, period: str) -> Reply:
    """Read the report that is being prepared; only the commitment's own offices see it"""
    state = _own(door, commitment, period)
    draft = report_drafts.read_draft(door.runtime.engine, state, period)
    return Reply(shown_draft(commitment, period, draft))


@endpoints.post(
    "/commitments/<string:commitment>/report-drafts/<string:period>",
    schemas.ReportDraft,
    body=schemas.ReportDraftBody,
    status=200,
)
def save_report_draft(door: Door, body: Mapping[str, Any], commitment: str, period: str) -> Reply:
    """Keep what is prepared of a report, however incomplete

    `saved` must be what was read, so that two who prepare don't overwrite each other.
    """
    state = _own(door, commitment, period)
    found = may_prepare(state, period, _context(door, state))
    if found:
        raise Refused(found)
    content = Content(tuple(_line(door, one) for one in body["lines"]), body["nihil_rest"], body["note"])
    said = msgspec.json.decode(msgspec.json.encode(content))
    asked: dict[str, Any] = {"commitment": commitment, "period": period, "saved": body["saved"], "content": said}
    shown, repeated = door.once(asked, lambda: _saved(door, state, period, content, seen=body["saved"]))
    return Reply(shown, headers=REPLAYED if repeated else {})


def _saved(door: Door, state: Commitment, period: str, content: Content, *, seen: int) -> Shown:
    before = report_drafts.read_draft(door.runtime.engine, state, period)
    mine = before is not None and (before.saved, before.content, before.person) == (
        seen + 1,
        content,
        door.principal.person,
    )
    if mine:
        return shown_draft(state.id, period, before)
    try:
        draft = report_drafts.save_draft(
            door.runtime.engine,
            state,
            period,
            content,
            seen=seen,
            office=door.principal.acting.authority,
            person=door.principal.person,
            now=datetime.now(UTC),
        )
    except DraftMoved as moved:
        raise ProblemError(
            coded("report_draft_moved", office=moved.draft.office, saved=str(moved.draft.saved))
        ) from moved
    return shown_draft(state.id, period, draft)


def _own(door: Door, commitment: str, period: str) -> Commitment:
    """A commitment whose own office acts, and a period of its workflow."""
    _, state = door.visible(commitment)
    scheme = definition_of(door.basis, state).periods
    own = door.principal.acting.authority in (state.agency, state.pic)
    if not own or scheme is None or period not in scheme.codes:
        raise NotFound("report_draft", period)
    return state


def _claim(door: Door, body: Mapping[str, Any]) -> MakeClaim:
    return MakeClaim(**{**body, "evidence": evidence_of(door, body["evidence"])})


def _line(door: Door, body: Mapping[str, Any]) -> DraftLine:
    known = {field.name for field in fields(DraftLine)}
    given = {name: value for name, value in body.items() if name in known}
    return DraftLine(**{**given, "evidence": evidence_of(door, body["evidence"])})


def _context(door: Door, state: Commitment) -> Context:
    drafted = state.drafted
    return door.basis.context(drafted.programme, state.definition_version, by=door.principal.acting, now=door.now)
