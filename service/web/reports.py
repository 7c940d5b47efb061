"""Pages: a period's report, prepared in steps and submitted once; and evidence that follows a claim."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue

from events.envelope import etag
from service import report_drafts
from service.errors import NotFound
from service.problems import ProblemError, coded
from service.report_drafts import Content, DraftMoved, ReportDraft, command_of
from service.runtime import Folded
from service.web.acting import Wrong, carry_out, go_on, tried
from service.web.blocking import shown_blockers
from service.web.forms import FieldWrong, key_of, text
from service.web.pages import pages as new_pages
from service.web.progress_shown import claim_shown
from service.web.rendering import go, page
from service.web.report_forms import Files, content_of, files_of, lines_shown
from service.web.reports_shown import periods_shown
from service.web.uploads import Uploaded, uploaded
from service.web.visit import Visit
from workflows.blockers import overview
from workflows.commands import AttachEvidence
from workflows.commitment import Claim, Commitment
from workflows.errors import Blocker, Refused
from workflows.facts import PlanItem
from workflows.reports import may_prepare, running_items

pages = new_pages("reports")
NOTHING = Uploaded(())
MOST_DIGITS = 18


@dataclass(slots=True)
class _Tried:
    """A form on its way: its files, and what the rules found of single items."""

    files: Files
    found: tuple[Blocker, ...] = field(default=())


@pages.get("/commitments/<commitment>/reports/<period>")
def read_report(visit: Visit, commitment: str, period: str) -> ResponseReturnValue:
    """A period's report: what was submitted, and the form of the next one for who may prepare it."""
    folded, state = visit.visible(commitment)
    return _report_page(visit, folded, state, period)


@pages.post("/commitments/<commitment>/reports/<period>", uploads=True)
def write_report(visit: Visit, commitment: str, period: str) -> ResponseReturnValue:
    """Keep the draft, or submit the report whole."""
    _, state = visit.visible(commitment)
    items = _items(visit, state, period)
    case = _Tried(files_of(visit, request, items))

    def act() -> Response:
        if case.files.error:
            raise case.files.error
        content = content_of(request.form, items, case.files)
        match text(request.form, "verdict"):
            case "save":
                return _save(visit, state, period, content)
            case "submit":
                return _submit(visit, state, period, content, case)
            case _:
                raise FieldWrong("verdict", "choice")

    def again(wrong: Wrong) -> Response:
        folded, now = visit.visible(commitment)
        return _report_page(visit, folded, now, period, wrong=wrong, case=case)

    return tried(visit, act, again, state)


@pages.get("/commitments/<commitment>/claims/<int:number>/evidence")
def read_attaching(visit: Visit, commitment: str, number: int) -> ResponseReturnValue:
    """The form to add evidence to a claim."""
    folded, state = visit.visible(commitment)
    return _evidence_page(visit, folded, state, _claim(state, number))


@pages.post("/commitments/<commitment>/claims/<int:number>/evidence", uploads=True)
def attach_evidence(visit: Visit, commitment: str, number: int) -> ResponseReturnValue:
    """Add files to a claim that isn't checked yet."""
    _, state = visit.visible(commitment)
    claim, files = _claim(state, number), uploaded(visit, request)

    def act() -> Response:
        if files.error:
            raise files.error
        return carry_out(visit, AttachEvidence(claim.made.claim, files.evidence), commitment, expected=None)

    def again(wrong: Wrong) -> Response:
        folded, now = visit.visible(commitment)
        return _evidence_page(visit, folded, now, _claim(now, number), wrong=wrong, kept=files)

    return tried(visit, act, again, state)


def _save(visit: Visit, state: Commitment, period: str, content: Content) -> Response:
    found = may_prepare(state, period, visit.context(state))
    if found:
        raise Refused(found)
    seen = text(request.form, "saved")
    try:
        report_drafts.save_draft(
            visit.runtime.engine,
            state,
            period,
            content,
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) <= MOST_DIGITS else 0,
            office=visit.principal.acting.authority,
            person=visit.principal.person,
            now=datetime.now(UTC),
        )
    except DraftMoved as moved:
        office = visit.words(state).office(moved.draft.office)
        raise ProblemError(coded("report_draft_moved", office=office, saved=str(moved.draft.saved))) from moved
    return go(f"/commitments/{state.id}/reports/{period}")


def _submit(visit: Visit, state: Commitment, period: str, content: Content, case: _Tried) -> Response:
    draft = report_drafts.read_draft(visit.runtime.engine, state, period)
    prepared_by = ("", "") if draft is None else (draft.office, draft.person)
    command = command_of(period, content, prepared_by=prepared_by)
    try:
        outcome = visit.do(command, state.id, key=key_of(request), leave_out=("prepared_by", "prepared_by_person"))
    except Refused as refused:
        case.found = refused.blockers
        raise
    return go_on(outcome)


def _items(visit: Visit, state: Commitment, period: str) -> tuple[PlanItem, ...]:
    """The items that the form has fields for: those that run in the period. Raises NotFound for an unknown one."""
    context = visit.context(state)
    scheme = context.definition.periods
    if scheme is None or period not in scheme.codes:
        raise NotFound("period", period)
    shown = next(one for one in periods_shown(visit, state, ()) if one.code == period)
    if not shown.due:
        return ()
    return running_items(state, context.window(period, state.drafted.party))


def _report_page(
    visit: Visit,
    folded: Folded,
    state: Commitment,
    period: str,
    *,
    wrong: Wrong | None = None,
    case: _Tried | None = None,
) -> Response:
    items, words = _items(visit, state, period), visit.words(state)
    shown = next(
        one for one in periods_shown(visit, state, overview(state, visit.context(state))) if one.code == period
    )
    return page(
        visit,
        "pages/report.html",
        c=state,
        w=words,
        period=shown,
        receipts=shown.reports,
        head=words.office(state.agency),
        may_write=shown.may_open,
        commitment=state.id,
        etag=etag(folded.head),
        wrong=wrong,
        errors={} if wrong is None else wrong.errors,
        action=f"/commitments/{state.id}/reports/{period}",
        back=f"/commitments/{state.id}",
        status=200 if wrong is None else wrong.status,
        **_fields(visit, state, period, items, wrong=wrong, case=case),
    )


def _fields(
    visit: Visit,
    state: Commitment,
    period: str,
    items: tuple[PlanItem, ...],
    *,
    wrong: Wrong | None,
    case: _Tried | None,
) -> dict[str, Any]:
    """What stands in the form: what was entered, else what is stored."""
    draft = _draft(visit, state, period)
    content = Content() if draft is None else draft.content
    entered, files = (None, None) if case is None else (request.form, case.files)
    errors = _of_items(visit, state, case, wrong)
    return {
        "lines": lines_shown(visit, state, items, content, entered=entered, files=files, errors=errors),
        "nihil_rest": content.nihil_rest if entered is None else text(entered, "nihil_rest"),
        "note": content.note if entered is None else text(entered, "note"),
        "prepared": "" if draft is None else visit.words(state).office(draft.office),
        "saved": 0 if draft is None else draft.saved,
    }


def _draft(visit: Visit, state: Commitment, period: str) -> ReportDraft | None:
    """What is prepared, for the commitment's own offices alone."""
    if visit.principal.acting.authority not in (state.agency, state.pic):
        return None
    return report_drafts.read_draft(visit.runtime.engine, state, period)


def _of_items(visit: Visit, state: Commitment, case: _Tried | None, wrong: Wrong | None) -> dict[int, tuple[str, ...]]:
    """What is wrong with single items, in sentences."""
    found: dict[int, tuple[str, ...]] = {}
    words = visit.words(state)
    for blocker in () if case is None else case.found:
        item = blocker.facts.get("item", "")
        if item.isdigit():
            said = shown_blockers((blocker,), words)[0].sentence
            found[int(item)] = (*found.get(int(item), ()), said)
    for name, sentence in {} if wrong is None else dict(wrong.errors).items():
        number = name.rpartition("-")[2]
        if number.isdigit():
            found[int(number)] = (*found.get(int(number), ()), sentence)
    return found


def _claim(state: Commitment, number: int) -> Claim:
    found = state.claims.get(f"{state.id}.c{number}")
    if found is None:
        raise NotFound("claim", str(number))
    return found


def _evidence_page(
    visit: Visit,
    folded: Folded,
    state: Commitment,
    claim: Claim,
    *,
    wrong: Wrong | None = None,
    kept: Uploaded = NOTHING,
) -> Response:
    name, words = claim.made.claim, visit.words(state)
    possible = [one for one in overview(state, visit.context(state)) if one.on == name]
    attach = next((one for one in possible if one.act == "attach_evidence"), None)
    return page(
        visit,
        "pages/evidence.html",
        c=state,
        w=words,
        claim=claim_shown(visit, state, claim, None, attach),
        blockers=shown_blockers(attach.blockers, words) if attach else (),
        may_attach=attach is not None and attach.may,
        kept=kept.evidence,
        commitment=state.id,
        etag=etag(folded.head),
        wrong=wrong,
        errors={} if wrong is None else wrong.errors,
        action=f"/commitments/{state.id}/claims/{claim.made.number}/evidence",
        back=f"/commitments/{state.id}",
        status=200 if wrong is None else wrong.status,
    )
