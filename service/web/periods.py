"""Pages: a programme's reporting periods, for those who look and those who may change them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, request
from flask.typing import ResponseReturnValue

from service import period_acts
from service.dispatch import Caller
from service.errors import NotFound
from service.sentences import Happening, Vocabulary, sentence
from service.web.acting import Wrong, tried
from service.web.forms import FieldWrong, day, key_of, text
from service.web.pages import pages as new_pages
from service.web.rendering import go, page
from service.web.reports_shown import window_or_none
from service.web.visit import Visit
from workflows.commands import ClosePeriod, DrawSample, ExtendPeriod, PeriodCommand, ReopenPeriod
from workflows.context import Context
from workflows.facts import ProgrammeOpened
from workflows.periods import Window, periods_of

pages = new_pages("periods")
FIELDS = ("due_on", "closes_on", "reason")
ACTS = {
    "extend": "manage_periods",
    "close": "manage_periods",
    "follow": "manage_periods",
    "reopen": "reopen_period",
    "draw": "draw_sample",
}


@dataclass(frozen=True, slots=True)
class WindowShown:
    """A period with the window that holds for all parties; stands: coming | open | closed | unknown"""

    code: str
    label: str
    span: str
    stands: str
    opens: str
    due: str
    closes: str
    due_on: str
    closes_on: str
    seed: str


@pages.get("/programmes/<programme>/periods")
def read_periods(visit: Visit, programme: str) -> ResponseReturnValue:
    """The windows of the year, what was changed about them, and the forms of who may change them."""
    return _page(visit, _opened(visit, programme))


@pages.post("/programmes/<programme>/periods/<period>")
def change_period(visit: Visit, programme: str, period: str) -> ResponseReturnValue:
    """Extend a period, close it, open it again, draw its sample, or let what is owed follow it."""
    opened, principal = _opened(visit, programme), visit.principal

    def act() -> Response:
        caller = Caller(principal.acting, principal.signin)
        operation = f"http:{principal.office}:{principal.person}:{key_of(request)}"
        if text(request.form, "verdict") == "follow":
            period_acts.catch_up(visit.runtime, programme, period, caller=caller, operation=operation)
        else:
            period_acts.change_period(visit.runtime, _command(programme, period), caller=caller, operation=operation)
        return go(f"/programmes/{programme}/periods")

    return tried(
        visit, act, lambda wrong: _page(visit, opened, wrong=wrong, at=period), None, words=_words(visit, opened)
    )


def _command(programme: str, period: str) -> PeriodCommand:
    form = request.form
    parties = tuple(one for one in form.getlist("parties") if one)
    reason = text(form, "reason")
    match text(form, "verdict"):
        case "extend":
            return ExtendPeriod(programme, period, parties, day(form, "due_on"), day(form, "closes_on"), reason)
        case "close":
            return ClosePeriod(programme, period, parties, reason)
        case "reopen":
            return ReopenPeriod(programme, period, parties, day(form, "closes_on"), reason)
        case "draw":
            return DrawSample(programme, period, period_acts.new_seed())
        case _:
            raise FieldWrong("verdict", "choice")


def _opened(visit: Visit, programme: str) -> ProgrammeOpened:
    opened = visit.basis.programmes.get(programme)
    if opened is None:
        raise NotFound("programme", programme)
    return opened


def _words(visit: Visit, opened: ProgrammeOpened) -> Vocabulary:
    definition = visit.basis.definition(opened.definition, opened.definition_version)
    return Vocabulary(visit.language, visit.basis.directory, opened, definition)


def _page(visit: Visit, opened: ProgrammeOpened, *, wrong: Wrong | None = None, at: str = "") -> Response:
    basis = visit.runtime.basis(fresh=True)
    context = basis.context(opened.programme, None, by=visit.principal.acting, now=visit.now)
    words, scheme = _words(visit, opened), context.definition.periods
    office = visit.basis.directory.office(visit.principal.acting.authority)
    role = context.definition.roles.get(office.role) if office else None
    may = role.may if role else frozenset()
    changes = [sentence(Happening(change, visit.now, change.office), words) for change in context.period_changes]
    return page(
        visit,
        "pages/periods.html",
        programme=opened,
        windows=[
            _shown(window_or_none(context, period.code, ""), period.code, words.said(period.label), context, words)
            for period in (() if scheme is None else periods_of(scheme, opened.fiscal_year))
        ],
        parties=[(party, words.organisation(party)) for party in opened.parties],
        changes=changes,
        may={name: act in may for name, act in ACTS.items()},
        samples=bool(context.definition.verification and context.definition.verification.sample_permille),
        has_duties=bool(scheme and scheme.ladder),
        wrong=wrong,
        at=at,
        tried=text(request.form, "verdict"),
        errors={} if wrong is None else wrong.errors,
        entered={name: text(request.form, name) for name in FIELDS} | {"parties": request.form.getlist("parties")},
        etag="",
        back=f"/programmes/{opened.programme}/periods",
        status=200 if wrong is None else wrong.status,
    )


def _shown(window: Window | None, code: str, label: str, context: Context, words: Vocabulary) -> WindowShown:
    sample = context.sample(code)
    return WindowShown(
        code=code,
        label=label,
        span=f"{words.day(window.period.starts_on)} – {words.day(window.period.ends_on)}" if window else "",
        stands=window.stands(context.now, words.zone) if window else "unknown",
        opens=words.day(window.opens_on) if window else "",
        due=words.day(window.due_on) if window else "",
        closes=words.day(window.closes_on) if window else "",
        due_on=window.due_on.isoformat() if window else "",
        closes_on=window.closes_on.isoformat() if window else "",
        seed=sample.seed if sample else "",
    )
