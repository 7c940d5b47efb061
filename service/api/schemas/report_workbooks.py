"""Workbooks of reports: what one would do, and what it did."""

from __future__ import annotations

from marshmallow import Schema, fields

from service.api.schemas.parts import Blocker, Label
from service.api.schemas.reports import PreparedLine


class WorkbookRefusal(Schema):
    """One reason why a workbook isn't taken. row: null where it is about the whole sheet; column: often empty"""

    sheet = fields.String(required=True)
    row = fields.Integer(allow_none=True)
    column = fields.String(required=True)
    code = fields.String(required=True)
    sentence = fields.Nested(Label, required=True)


class WorkbookSheet(Schema):
    """One commitment's sheet.

    status: empty (nothing stands in it), ready, saved, submitted, or left (it moved meanwhile: code and blockers).
    saved: how often the draft was saved now; receipt: of the submitted report
    """

    sheet = fields.String(required=True)
    commitment = fields.String(required=True)
    reference = fields.String(required=True)
    status = fields.String(required=True)
    lines = fields.List(fields.Nested(PreparedLine), required=True)
    nihil_rest = fields.String(required=True)
    note = fields.String(required=True)
    saved = fields.Integer(allow_none=True)
    receipt = fields.String(allow_none=True)
    code = fields.String(allow_none=True)
    blockers = fields.List(fields.Nested(Blocker), required=True)


class ReportWorkbook(Schema):
    """A workbook of reports, sheet by sheet. act: save or submit, what a preview supposes"""

    programme = fields.String(required=True)
    period = fields.String(required=True)
    act = fields.String(required=True)
    sheets = fields.List(fields.Nested(WorkbookSheet), required=True)
    refusals = fields.List(fields.Nested(WorkbookRefusal), required=True)
