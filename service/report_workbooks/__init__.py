"""Reports of several commitments in one workbook: prefilled, looked at without writing, then carried out.

Each sheet says which plan and which draft it was made from; one that is out of date is refused, and so is the whole
workbook while anything in it can't be taken. Then each report is an append of its own, under its own key.
"""

from service.report_workbooks.carrying_out import Carried, carry_out, receipt_of
from service.report_workbooks.desk import SAVE, SUBMIT, Desk, desk_of
from service.report_workbooks.looking import Looked, Prepared, look
from service.report_workbooks.prefilling import own_report, own_reports, prefilled
from service.report_workbooks.upload import read_upload

__all__ = [
    "SAVE",
    "SUBMIT",
    "Carried",
    "Desk",
    "Looked",
    "Prepared",
    "carry_out",
    "desk_of",
    "look",
    "own_report",
    "own_reports",
    "prefilled",
    "read_upload",
    "receipt_of",
]
