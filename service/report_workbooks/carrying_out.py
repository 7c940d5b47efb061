"""Carrying out what a workbook says: each sheet's report is submitted, or kept as a draft, by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from events.envelope import Json
from service.catalog import commitment_stream
from service.dispatch import Ask, Caller, Outcome, dispatch
from service.errors import StaleVersion
from service.problems import Problem, coded, problem_of
from service.report_drafts import DraftMoved, ReportDraft, save_draft
from service.report_workbooks.desk import SAVE, Desk
from service.report_workbooks.looking import Looked, Prepared, key_of
from service.runtime import Runtime
from workflows.errors import Refused


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of one sheet: its report was submitted, its draft saved, or a problem that says why not."""

    prepared: Prepared
    outcome: Outcome | None = None
    draft: ReportDraft | None = None
    problem: Problem | None = None

    @property
    def status(self) -> str:
        """saved | submitted | left"""
        if self.problem is not None:
            return "left"
        return "submitted" if self.draft is None else "saved"


def carry_out(desk: Desk, looked: Looked, *, caller: Caller, operation: str) -> tuple[Carried, ...]:
    """Save or submit every sheet's report. `looked` has no refusals.

    What moved since it was looked at is left out and says so; the same operation again goes on from there.
    """
    assert not looked.refusals, "nothing half-done"
    do = _save if looked.act == SAVE else _submit
    return tuple(do(desk, one, caller=caller, operation=operation) for one in looked.to_do)


def receipt_of(runtime: Runtime, done: Carried | None) -> str | None:
    """The receipt of a submitted report; None where none was."""
    if done is None or done.outcome is None:
        return None
    then = runtime.commitment_at(done.prepared.state.id, done.outcome.version).state
    assert then is not None, "a report leaves its commitment"
    return list(then.reports.values())[-1].submitted.receipt


def _submit(desk: Desk, one: Prepared, *, caller: Caller, operation: str) -> Carried:
    body: dict[str, Json] = msgspec.json.decode(msgspec.json.encode(one.command))
    for made_up in ("prepared_by", "prepared_by_person"):
        del body[made_up]
    ask = Ask(
        one.command,
        commitment_stream(one.state.id),
        caller,
        key_of(one.state, operation),
        {"commitment": one.state.id, "body": body},
        None if one.done else one.etag,
    )
    try:
        return Carried(one, outcome=dispatch(desk.runtime, ask))
    except (Refused, StaleVersion) as error:
        return Carried(one, problem=problem_of(error))


def _save(desk: Desk, one: Prepared, *, caller: Caller, operation: str) -> Carried:
    if one.done:
        return Carried(one, draft=desk.draft(one.state))
    try:
        draft = save_draft(
            desk.runtime.engine,
            one.state,
            desk.period,
            one.content,
            seen=one.saved,
            office=caller.acting.authority,
            person=caller.acting.person,
            now=datetime.now(UTC),
        )
    except DraftMoved as moved:
        saved = str(moved.draft.saved)
        return Carried(one, problem=coded("report_draft_moved", office=moved.draft.office, saved=saved))
    return Carried(one, draft=draft)
