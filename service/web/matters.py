"""Pages' forms on what others raise: to raise or note something, and to answer, send back or close it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, request
from flask.typing import ResponseReturnValue

from events.envelope import etag
from service.errors import NotFound
from service.runtime import Folded
from service.web.acting import Wrong, carry_out, tried
from service.web.blocking import shown_blockers
from service.web.forms import FieldWrong, day, etag_of, place_here, text
from service.web.matters_shown import FORMS, form_name, matter_shown
from service.web.pages import pages as new_pages
from service.web.rendering import page
from service.web.requests_shown import Option, reason_options
from service.web.uploads import Uploaded, uploaded
from service.web.visit import Visit
from workflows.blockers import overview
from workflows.commands import (
    AnswerMatter,
    CloseMatter,
    FollowUpCommand,
    GiveDirection,
    MakeNote,
    NoteVisit,
    OversightCommand,
    RecordFinding,
    ReportObstacle,
    RequestHelp,
    ReturnMatter,
)
from workflows.commitment import Commitment
from workflows.facts import Evidence

pages = new_pages("matters")
NOTHING = Uploaded(())
ACT_OF = {form: act for act, form in FORMS.items()}
ENTERED = ("addressee", "due_on", "item", "reason", "text", "visited_on", "place")


@pages.get("/commitments/<commitment>/raise/<form>")
def read_raising(visit: Visit, commitment: str, form: str) -> ResponseReturnValue:
    """The form to raise a matter or to make a note."""
    folded, state = visit.visible(commitment)
    return _page(visit, folded, state, _known(form))


@pages.post("/commitments/<commitment>/raise/<form>", uploads=True)
def raise_matter(visit: Visit, commitment: str, form: str) -> ResponseReturnValue:
    """Raise a matter or make a note, with its evidence."""
    _, state = visit.visible(commitment)
    _known(form)
    files = uploaded(visit, request)

    def act() -> Response:
        if files.error:
            raise files.error
        return carry_out(visit, _raising(form, files.evidence), commitment, expected=None)

    def again(wrong: Wrong) -> Response:
        folded, now = visit.visible(commitment)
        return _page(visit, folded, now, form, wrong=wrong, kept=files)

    return tried(visit, act, again, state)


@pages.post("/commitments/<commitment>/matters", uploads=True)
def follow_up(visit: Visit, commitment: str) -> ResponseReturnValue:
    """Answer a matter; send its answer back or close it as it was seen."""
    _, state = visit.visible(commitment)
    matter, given = text(request.form, "matter"), text(request.form, "act")
    if matter not in state.matters:
        raise NotFound("matter", matter)
    files = uploaded(visit, request)

    def act() -> Response:
        if files.error:
            raise files.error
        seen = None if given == "answer" else etag_of(request)
        return carry_out(visit, _following(matter, given, files.evidence), commitment, expected=seen)

    def again(wrong: Wrong) -> Response:
        return _again(visit, commitment, matter, given=given, wrong=wrong, kept=files)

    return tried(visit, act, again, state)


def _known(form: str) -> str:
    if form not in ACT_OF:
        raise NotFound("form", form)
    return form


def _raising(form: str, files: tuple[Evidence, ...]) -> OversightCommand:
    fields, said = request.form, text(request.form, "text")
    match form:
        case "finding":
            return RecordFinding(text(fields, "addressee"), day(fields, "due_on"), said, files, _item(fields))
        case "direction":
            return GiveDirection(text(fields, "addressee"), day(fields, "due_on"), said, files)
        case "obstacle":
            return ReportObstacle(text(fields, "reason"), said, files, _item(fields))
        case "help":
            return RequestHelp(said, files)
        case "visit":
            return NoteVisit(day(fields, "visited_on"), text(fields, "place"), said, files)
        case _:
            return MakeNote(said, files)


def _item(fields: Mapping[str, str]) -> int | None:
    written = text(fields, "item")
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and len(written) < 8):
        raise FieldWrong("item", "choice")
    return int(written)


def _following(matter: str, act: str, files: tuple[Evidence, ...]) -> FollowUpCommand:
    said = text(request.form, "text")
    match act:
        case "answer":
            return AnswerMatter(matter, said, files)
        case "send_back":
            return ReturnMatter(matter, said)
        case "close":
            return CloseMatter(matter, said)
        case _:
            raise FieldWrong("act", "choice")


def _page(
    visit: Visit,
    folded: Folded,
    state: Commitment,
    form: str,
    *,
    wrong: Wrong | None = None,
    kept: Uploaded = NOTHING,
) -> Response:
    words, context = visit.words(state), visit.context(state)
    possible = next(one for one in overview(state, context) if one.act == ACT_OF[form])
    return page(
        visit,
        "pages/raise.html",
        status=200 if wrong is None else wrong.status,
        c=state,
        w=words,
        form=form,
        name=form_name(visit, form),
        blockers=shown_blockers(possible.blockers, words),
        addressees=_addressees(visit, state, form),
        items=[(item.number, f"{item.number}. {item.activity}") for item in state.items],
        reasons=reason_options(context.definition.reasons.get("obstacle", {}), words),
        wrong=wrong,
        errors={} if wrong is None else wrong.errors,
        entered={name: "" if wrong is None else text(request.form, name) for name in ENTERED},
        kept=kept.evidence,
        commitment=state.id,
        etag=etag(folded.head),
        action=f"/commitments/{state.id}/raise/{form}",
        back=f"/commitments/{state.id}",
    )


def _addressees(visit: Visit, state: Commitment, form: str) -> list[Option]:
    """Whom it may be addressed to: who sees the commitment; for a direction of those below alone."""
    if form not in ("finding", "direction"):
        return []
    context, directory = visit.context(state), visit.basis.directory
    own = context.by.authority
    found = [
        office
        for office in directory.offices.values()
        if office.office != own
        and (form != "direction" or directory.is_above(own, office.office))
        and not directory.is_vacant(office.office, context.today)
        and directory.sees(
            office.office,
            party=state.drafted.party,
            subject=state.drafted.subject,
            commitment=state.id,
            names=state.names,
            private=context.definition.states[state.state].private,
            on=context.today,
        )
    ]
    return [Option(one.office, one.name) for one in sorted(found, key=lambda one: one.name)]


def _again(visit: Visit, commitment: str, matter: str, *, given: str, wrong: Wrong, kept: Uploaded) -> Response:
    folded, state = visit.visible(commitment)
    shown = matter_shown(visit, state, state.matters[matter], overview(state, visit.context(state)))
    return page(
        visit,
        "pages/act.html",
        status=wrong.status,
        c=state,
        w=visit.words(state),
        commitment=commitment,
        etag=etag(folded.head),
        kind="matter",
        m=shown,
        given=given,
        wrong=wrong,
        errors=wrong.errors,
        entered={"text": text(request.form, "text")},
        kept=kept.evidence,
        back=place_here(request.form.get("next")),
    )
