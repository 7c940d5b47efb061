"""Pages: a sheet to print, and the exact bytes of what was signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import msgspec
from flask import Response
from flask.typing import ResponseReturnValue

from service.errors import NotFound
from service.sheet_content import Content, content_of
from service.sheets import Sheet, read_sheet
from service.web.pages import pages as new_pages
from service.web.rendering import page
from service.web.sittings_shown import modes_of
from service.web.visit import Visit
from workflows.facts import PlanItem

pages = new_pages("sheet_prints")


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature on paper. plan: the items as signed; witnesses: office, when, where and how"""

    reference: str
    subject: str
    substance: str
    plan: tuple[PlanItem, ...]
    signer: str
    at: str
    place: str
    mode: str
    kind: str
    sitting: str
    scan: str
    witnesses: tuple[str, ...]


@pages.get("/sheets/<sheet>/print")
def print_sheet(visit: Visit, sheet: str) -> ResponseReturnValue:
    """The sheet as paper: what was signed, by whom, when, where and how, who witnessed it, and its digest."""
    found, signed = _signed(visit, sheet)
    return page(
        visit,
        "pages/sheet_print.html",
        sheet=found,
        digest=signed.digest,
        programme=visit.basis.programmes[found.programme],
        signatures=_signatures(visit, found, signed),
    )


@pages.get("/sheets/<sheet>/content")
def download_content(visit: Visit, sheet: str) -> ResponseReturnValue:
    """The exact bytes that the sheet's digest is of."""
    _, signed = _signed(visit, sheet)
    response = Response(signed.body, mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="lembar.json"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _signed(visit: Visit, name: str) -> tuple[Sheet, Content]:
    programmes = visit.principal.programmes
    found = read_sheet(visit.runtime, visit.basis, visit.office, name=name, now=visit.now, programmes=programmes)
    signed = content_of(visit.runtime, found, visit.basis, visit.office)
    if signed is None:
        raise NotFound("content", name)
    return found, signed


def _signatures(visit: Visit, sheet: Sheet, signed: Content) -> list[Signed]:
    """Read from the very bytes: what is printed is what the digest is of; witnesses stand beside it."""
    states = {part.commitment.id: part.commitment for part in sheet.parts}
    modes = modes_of(visit)
    shown = []
    for one in cast("list[dict[str, str]]", msgspec.json.decode(signed.body)["signatures"]):
        state = states[one["commitment"]]
        words = visit.words(state)
        at = msgspec.convert(one["signed_at"], type=visit.now.__class__)
        sitting = visit.basis.sittings.get(one["sitting"] or "")
        shown.append(
            Signed(
                reference=one["reference"],
                subject=words.subject(one["subject"]),
                substance=one["substance"],
                plan=msgspec.convert(one["plan"], type=tuple[PlanItem, ...]),
                signer=words.actor(one["by"], one["capacity"], one["on_behalf_of"]),
                at=words.moment(at),
                place=one["place"],
                mode=modes[one["mode"]],
                kind=words.clause(f"signature {one['kind']}"),
                sitting="" if sitting is None else sitting.title,
                scan=one["scan"] or "",
                witnesses=tuple(
                    f"{words.office(seen.office)}, {words.moment(seen.witnessed_at)}, {seen.place} ({modes[seen.mode]})"
                    for seen in state.witnesses
                ),
            )
        )
    return shown
