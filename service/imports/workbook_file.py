"""Opening a workbook that somebody sent: looked through before it is loaded, so that a small file stays small."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

import openpyxl
from openpyxl.utils.cell import range_boundaries
from openpyxl.workbook import Workbook

from service.imports.problems import ImportRefused

MAX_BYTES = 10_000_000
MAX_UNPACKED_BYTES = 80_000_000
MAX_PARTS = 2_000
MAX_ELEMENTS = 600_000
MAX_MERGED_CELLS = 100_000
MAX_ROW = 10_000
MAX_COLUMN = 256
MAX_CELLS = 300_000
_CHUNK = 65_536
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_XML = (".xml", ".rels", ".vml")


@dataclass(frozen=True, slots=True)
class WorkbookFile:
    """A workbook's bytes and what is in it.

    workbook     with formulas as the values they last had
    uncomputed   formulas that have no stored value, by sheet and place: what they would give isn't known
    """

    name: str
    content: bytes
    workbook: Workbook
    uncomputed: Mapping[tuple[str, str], str]


def read_workbook(path: Path) -> WorkbookFile:
    """The workbook in a file.

    raises  ImportRefused file_missing, file_too_large, not_a_workbook, workbook_too_large
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ImportRefused("file_too_large", f"{path.name}: over {MAX_BYTES:,} bytes")
        content = path.read_bytes()
    except OSError as error:
        raise ImportRefused("file_missing", f"{path.name}: can't be read ({error.strerror})") from error
    return open_workbook(path.name, content)


def open_workbook(name: str, content: bytes) -> WorkbookFile:
    """The workbook in some bytes. Raises ImportRefused like `read_workbook`."""
    if content.startswith(_OLE):
        raise ImportRefused("not_a_workbook", f"{name}: an .xls file or one with a password; save it as plain .xlsx")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            gate = _look_through(name, archive)
        workbook = _load(name, content, values=True)
        uncomputed = _uncomputed(workbook, _load(name, content, values=False)) if gate.formulas else {}
    except ImportRefused:
        raise
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise ImportRefused("not_a_workbook", f"{name}: not an .xlsx file, or a broken one ({error})") from error
    # What openpyxl meets in a crafted part surfaces as any of these.
    except (LookupError, ValueError, TypeError, AttributeError, SyntaxError, zlib.error) as error:
        raise ImportRefused("not_a_workbook", f"{name}: a broken .xlsx file ({type(error).__name__})") from error
    return WorkbookFile(name, content, workbook, uncomputed)


def _load(name: str, content: bytes, *, values: bool) -> Workbook:
    workbook = openpyxl.load_workbook(io.BytesIO(content), data_only=values, keep_links=False)
    spanned = 0
    for sheet in workbook.worksheets:
        spanned += sheet.max_row * sheet.max_column
        if spanned > MAX_CELLS:
            sentence = f"{name}: up to sheet {sheet.title} it spans over {MAX_CELLS:,} cells"
            raise ImportRefused("workbook_too_large", sentence)
    return workbook


def _uncomputed(values: Workbook, formulas: Workbook) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): str(cell.value)
        for sheet in formulas.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and values[sheet.title][cell.coordinate].value is None
    }


def _look_through(name: str, archive: zipfile.ZipFile) -> _Gate:
    parts = archive.infolist()
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise ImportRefused("workbook_too_large", f"{name}: unpacks to more than {MAX_UNPACKED_BYTES:,} bytes")
    if "xl/workbook.xml" not in archive.namelist():
        raise ImportRefused("not_a_workbook", f"{name}: an archive without a workbook in it")
    gate = _Gate(name)
    for part in parts:
        if part.filename.lower().endswith(_XML):
            gate.admit(archive, part)
    return gate


class _Gate:
    """Counts what the parts hold, without building anything; entities and document types are refused outright."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._elements = 0
        self._merged = 0
        self.formulas = False

    def admit(self, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
        """Read one part to its end, or refuse the workbook."""
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._start
        try:
            with archive.open(part) as content:
                while chunk := content.read(_CHUNK):
                    parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            message = f"{self._name}: {part.filename} in it is broken ({expat.ErrorString(error.code)})"
            raise ImportRefused("not_a_workbook", message) from error

    def _refuse_doctype(self, *_: object) -> None:
        raise ImportRefused("not_a_workbook", f"{self._name}: has a document type, which no spreadsheet writes")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise ImportRefused("workbook_too_large", f"{self._name}: over {MAX_ELEMENTS:,} elements")
        match tag.rpartition(":")[2]:
            case "c":
                self._check_place(attributes.get("r", ""))
            case "f":
                self.formulas = True
            case "row":
                self._check_row(attributes.get("r", ""))
            case "mergeCell":
                self._check_merged(attributes.get("ref", ""))

    def _check_place(self, place: str) -> None:
        found = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", place)
        if found is None:
            return
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - 64
        if column > MAX_COLUMN:
            raise ImportRefused("workbook_too_large", f"{self._name}: {place} lies beyond column {MAX_COLUMN}")
        self._check_row(found[2])

    def _check_row(self, row: str) -> None:
        if row.isdigit() and int(row[:9]) > MAX_ROW:
            raise ImportRefused("workbook_too_large", f"{self._name}: row {row} lies beyond row {MAX_ROW:,}")

    def _check_merged(self, reference: str) -> None:
        try:
            left, top, right, bottom = range_boundaries(reference)
        except ValueError as error:
            raise ImportRefused("not_a_workbook", f"{self._name}: merges {reference!r}, which is no range") from error
        if left is None or top is None or right is None or bottom is None:
            raise ImportRefused("workbook_too_large", f"{self._name}: merges whole rows or columns ({reference})")
        self._merged += (right - left + 1) * (bottom - top + 1)
        if self._merged > MAX_MERGED_CELLS:
            raise ImportRefused("workbook_too_large", f"{self._name}: merges over {MAX_MERGED_CELLS:,} cells")
