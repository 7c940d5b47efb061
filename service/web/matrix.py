"""Pages: the matrix, every party against every subject, as it is or was."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from events.engine import answering
from service import reading
from service.errors import NotFound
from service.read_models.commitment_queries import Filters
from service.read_models.matrix import Cell, read_matrix, read_past_matrix
from service.read_models.signatories import signatories
from service.replaying import AsOf
from service.sentences import Vocabulary
from service.web.pages import pages as new_pages
from service.web.pasts import past_asked, past_shown
from service.web.rendering import page
from service.web.saved import saved_of
from service.web.states import drawn
from service.web.visit import Visit
from workflows.definition import Definition
from workflows.facts import ProgrammeOpened

pages = new_pages("matrix")


@dataclass(frozen=True, slots=True)
class CellShown:
    """A place's commitment, the newest where a party promised anew. label: its state, or that it isn't signed

    note  what waits
    findings  how many are open; 0 in a past view, as is_held is False
    """

    subject: str
    commitment: str
    label: str
    meaning: str
    note: str
    is_late: bool
    findings: int
    is_held: bool


@dataclass(frozen=True, slots=True)
class RowShown:
    """One party. cells: one a subject, None where nothing was promised"""

    party: str
    name: str
    signed: bool
    cells: tuple[CellShown | None, ...]


@dataclass(frozen=True, slots=True)
class MatrixShown:
    """The matrix of one programme. signed, of: parties; totals: how many commitments stand in each state

    party, subject  what the workflow calls the rows and the columns
    is_signed  its parties sign; False where commitments are imposed
    """

    programme: ProgrammeOpened
    party: str
    subject: str
    subjects: tuple[str, ...]
    rows: tuple[RowShown, ...]
    is_signed: bool
    signed: int
    totals: tuple[tuple[str, str, int], ...]


@pages.get("/matrix")
def read_matrix_page(visit: Visit) -> ResponseReturnValue:
    """Who promised what, and how far it has come."""
    programmes = visit.basis.programmes
    name = request.args.get("programme") or next(iter(programmes), "")
    saved = saved_of(visit, reads_models=True)
    if not name:
        return page(visit, "pages/matrix.html", matrix=None, programmes=programmes, past=None, saved=saved)
    if name not in programmes:
        raise NotFound("programme", name)
    opened = programmes[name]
    past = past_asked(request.args, opened.zone)
    return page(
        visit,
        "pages/matrix.html",
        matrix=_matrix(visit, opened, past),
        programmes=programmes,
        past=past_shown(visit, past, request.args, opened.zone),
        saved=saved,
    )


def _matrix(visit: Visit, opened: ProgrammeOpened, past: AsOf) -> MatrixShown:
    definition = visit.basis.definition(opened.definition, opened.definition_version)
    versions = visit.basis.versions(opened.definition)
    words = Vocabulary(visit.language, visit.basis.directory, opened, definition, versions)
    filters, runtime = Filters(programme=opened.programme), visit.runtime
    stored = None if past.is_now else reading.past_of(runtime, past)
    with answering(), runtime.engine.connect() as connection:
        if stored is None:
            cells = read_matrix(
                connection,
                visit.scope,
                rows="party",
                cols="subject",
                now=visit.now,
                filters=filters,
                go_live=visit.basis.installed.go_live,
            )
        else:
            cells = read_past_matrix(connection, visit.scope, stored, rows="party", cols="subject", filters=filters)
        signed = signatories(connection, visit.scope, opened.programme, past=stored)
    parties = _parties(visit, opened, cells)
    rows = tuple(_row(party, cells, opened, words=words, signed=signed) for party in parties)
    return MatrixShown(
        programme=opened,
        party=words.said(definition.party),
        subject=words.said(definition.subject),
        subjects=tuple(words.subject(one.subject) for one in opened.subjects),
        rows=rows,
        is_signed=definition.is_signed,
        signed=sum(row.signed for row in rows),
        totals=_totals(cells, words),
    )


def _parties(visit: Visit, opened: ProgrammeOpened, cells: list[Cell]) -> list[str]:
    """The programme's parties that the office sees, whether or not they promised anything."""
    seen = visit.scope.parties | {cell.row for cell in cells}
    return [party for party in opened.parties if party in seen]


def _row(
    party: str,
    cells: list[Cell],
    opened: ProgrammeOpened,
    *,
    words: Vocabulary,
    signed: frozenset[str],
) -> RowShown:
    mine = {cell.col: cell for cell in cells if cell.row == party}
    shown = tuple(_cell(mine.get(one.subject), words) for one in opened.subjects)
    return RowShown(party, words.organisation(party), party in signed, shown)


def _cell(cell: Cell | None, words: Vocabulary) -> CellShown | None:
    if cell is None:
        return None
    name = cell.newest_state
    words = _words_of(cell, name, words)
    waits = "" if cell.open_move is None else words.move(cell.open_move)
    if waits and cell.open_step:
        waits = f"{waits}: {words.step(cell.open_move, cell.open_step)}"
    return CellShown(
        subject=words.subject(cell.col),
        commitment=cell.newest,
        label=_label(name, words),
        meaning=_drawn(name, words),
        note=waits,
        is_late=bool(cell.overdue),
        findings=cell.findings or 0,
        is_held=bool(cell.held),
    )


def _words_of(cell: Cell, state: str, words: Vocabulary) -> Vocabulary:
    """The names of the version that the cell's commitments in a state follow, or followed then."""
    followed = (words.at(version) for _, version in sorted(cell.definitions, reverse=True))
    return next(one for one in followed if state in _defined(one).states)


def _label(name: str, words: Vocabulary) -> str:
    """A state's name; what the first one means for a party is said instead."""
    if _defined(words).is_signed and _defined(words).states[name].initial:
        return "belum ditandatangani" if words.language == "id" else "not signed yet"
    return words.state(name)


def _drawn(name: str, words: Vocabulary) -> str:
    return drawn(name, _defined(words))


def _defined(words: Vocabulary) -> Definition:
    assert words.definition is not None, "a matrix is told with its definition"
    return words.definition


def _totals(cells: list[Cell], words: Vocabulary) -> tuple[tuple[str, str, int], ...]:
    """How many stand in each state, as its own version calls it; in the order of the programme's version."""
    counted: dict[tuple[str, str], int] = {}
    order = {name: place for place, name in enumerate(_defined(words).states)}
    last = len(order)
    for cell in sorted(cells, key=lambda one: min(order.get(name, last) for name in one.states)):
        for name, count in cell.states.items():
            named = _words_of(cell, name, words)
            shown = (_label(name, named), _drawn(name, named))
            counted[shown] = counted.get(shown, 0) + count
    return tuple((label, meaning, count) for (label, meaning), count in counted.items())
