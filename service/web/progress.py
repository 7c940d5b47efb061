"""Pages: how far everything has come, rolled up."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from events.engine import answering
from service.errors import NotFound
from service.read_models.commitment_queries import Filters
from service.read_models.progress_queries import RolledUp, roll_up
from service.sentences import Vocabulary
from service.web.pages import pages as new_pages
from service.web.rendering import page
from service.web.saved import saved_of
from service.web.visit import Visit

pages = new_pages("progress")
BY = ("party", "subject")


@dataclass(frozen=True, slots=True)
class RowShown:
    """A group's progress. figures: label, percent with one decimal, and the same in whole percent for the bar"""

    name: str
    commitments: int
    items: int
    items_complete: int
    as_signed: tuple[int, int]
    figures: tuple[tuple[str, str, int], ...]
    reports: int
    late: int
    overdue: int
    money: str


@pages.get("/progress")
def read_progress_page(visit: Visit) -> ResponseReturnValue:
    """Claimed, checked and verified, by party or subject: the mean over signed commitments."""
    programmes = visit.basis.programmes
    name = request.args.get("programme") or next(iter(programmes), "")
    by = request.args.get("by", "party")
    saved = saved_of(visit, reads_models=True)
    if not name:
        return page(visit, "pages/progress.html", programme=None, saved=saved, back="/progress")
    if name not in programmes or by not in BY:
        raise NotFound("programme", name)
    opened = programmes[name]
    definition = visit.basis.definition(opened.definition, opened.definition_version)
    words = Vocabulary(visit.language, visit.basis.directory, opened, definition)
    filters = Filters(programme=name, signed=True if definition.is_signed else None)
    with answering(), visit.runtime.engine.connect() as connection:
        go_live = visit.basis.installed.go_live
        groups, total = roll_up(connection, visit.scope, by=by, now=visit.now, filters=filters, go_live=go_live)
    named = words.organisation if by == "party" else words.subject
    return page(
        visit,
        "pages/progress.html",
        programme=opened,
        programmes=programmes,
        by=by,
        labels={"party": words.said(definition.party), "subject": words.said(definition.subject)},
        rows=[_row(visit, words, one, named(one.group)) for one in groups],
        total=None if total is None else _row(visit, words, total, visit.say("Semua", "All")),
        has_periods=definition.periods is not None,
        is_signed=definition.is_signed,
        saved=saved,
        back="/progress",
    )


def _row(visit: Visit, words: Vocabulary, one: RolledUp, name: str) -> RowShown:
    figures = [(visit.say("Diklaim", "Claimed"), one.claimed_permille)]
    if words.definition is not None and words.definition.verification is not None:
        figures.append((visit.say("Diperiksa", "Checked"), one.checked_permille))
    figures.append((visit.say("Diverifikasi", "Verified"), one.verified_permille))
    return RowShown(
        name=name,
        commitments=one.commitments,
        items=one.items,
        items_complete=one.items_complete,
        as_signed=(one.items_as_signed_complete, one.items_as_signed),
        figures=tuple((label, _percent(visit, permille), permille // 10) for label, permille in figures),
        reports=one.reports,
        late=one.reports_late,
        overdue=one.reports_overdue,
        money=_money(visit, words, one),
    )


def _money(visit: Visit, words: Vocabulary, one: RolledUp) -> str:
    """What is established, paid, proven and remaining; empty where the workflow keeps no money."""
    if words.definition is None or words.definition.ledger is None:
        return ""
    return visit.say(
        "{label}: ditetapkan {established}, dibayar {paid}, terbukti {proven}, sisa {remaining}",
        "{label}: established {established}, paid {paid}, proven {proven}, remaining {remaining}",
        label=words.said(words.definition.ledger),
        established=words.money(one.established_idr),
        paid=words.money(one.paid_idr),
        proven=words.money(one.proven_idr),
        remaining=words.money(one.remaining_idr),
    )


def _percent(visit: Visit, permille: int) -> str:
    comma = "," if visit.language == "id" else "."
    return f"{permille // 10}{comma}{permille % 10} %"
