"""What a sheet was made from: which plan, how many reports, and how often the draft was saved."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import msgspec

from service.exports.report_workbook import PERIOD, STAMP
from service.imports.report_sheets import FilledSheet
from service.named_files import evidence_in
from service.report_drafts import ReportDraft
from workflows.commitment import Commitment
from workflows.facts import Evidence, PlanItem


def stamp_of(state: Commitment, period: str, items: Sequence[PlanItem]) -> str:
    """Says which plan and how many reports a sheet was made from."""
    said = (state.id, period, state.definition_version, state.revision, len(state.reports_of(period)), items)
    return sha256(msgspec.json.encode(said)).hexdigest()[:32]


def files_of(state: Commitment, draft: ReportDraft | None) -> tuple[Evidence, ...]:
    """The files that a sheet's cells may name: those of the commitment, and those that are prepared."""
    prepared = () if draft is None else tuple(one for line in draft.content.lines for one in line.evidence)
    return (*evidence_in(state), *prepared)


def moved(sheet: FilledSheet, period: str, stamp: str, saved: int) -> tuple[str, str] | None:
    """Why a sheet is of another time, as a code, and the mark that says so; None for one of now."""
    if str(sheet.marks[PERIOD].value).strip() != period:
        return "sheet_other_period", PERIOD
    plan, _, draft = str(sheet.marks[STAMP].value).strip().partition(".")
    if plan != stamp:
        return "sheet_stale", STAMP
    return None if draft == str(saved) else ("sheet_draft_moved", STAMP)
