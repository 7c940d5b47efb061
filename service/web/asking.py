"""Pages with a form of their own: asking for a move, claiming progress, editing a draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue

from events.envelope import etag
from service.errors import NotFound
from service.runtime import Folded
from service.web.acting import Wrong, carry_out, tried
from service.web.asked_again import filled_again
from service.web.blocking import shown_blockers
from service.web.forms import etag_of, number, text
from service.web.own_fields import own_inputs, own_values
from service.web.pages import pages as new_pages
from service.web.plan_forms import PlanForm, based_on, plan_of, shown_plan
from service.web.progress_shown import items_shown
from service.web.rendering import page
from service.web.requests_shown import reason_options
from service.web.terms_forms import shown_terms, terms_of
from service.web.uploads import Uploaded, uploaded
from service.web.visit import Visit
from workflows.blockers import overview
from workflows.commands import EditDraft, MakeClaim, OpenRequest
from workflows.commitment import Commitment
from workflows.definition import Move, OwnFields
from workflows.errors import Blocker, Refused

pages = new_pages("asking")
NOTHING = Uploaded(())


@pages.get("/commitments/<commitment>/moves/<move>")
def read_move(visit: Visit, commitment: str, move: str) -> ResponseReturnValue:
    """The form to ask for a move; filled with what an earlier request said, where the address names one."""
    folded, state = visit.visible(commitment)
    known = _move(visit, state, move)
    filled = filled_again(state, known, request.args)
    return _move_page(visit, folded, state, known, kept=filled.kept, filled=filled.fields)


@pages.post("/commitments/<commitment>/moves/<move>", uploads=True)
def ask_for_move(visit: Visit, commitment: str, move: str) -> ResponseReturnValue:
    """Ask for a move, with its evidence, its terms and, where it carries one, the whole new plan."""
    _, state = visit.visible(commitment)
    known = _move(visit, state, move)
    files = uploaded(visit, request)

    def act() -> Response:
        if files.error:
            raise files.error
        command = OpenRequest(
            move,
            reason=text(request.form, "reason") or None,
            text=text(request.form, "text"),
            evidence=files.evidence,
            terms=terms_of(request.form, known, state),
            items=plan_of(visit, request.form, state) if known.plan else None,
            based_on_revision=based_on(request.form) if known.plan else None,
            fields=own_values(request.form, _own(visit, state).of_request(move), visit.role),
        )
        return carry_out(visit, command, commitment, expected=etag_of(request) if known.plan else None)

    def again(wrong: Wrong) -> Response:
        folded, now = visit.visible(commitment)
        return _move_page(visit, folded, now, known, wrong=wrong, kept=files)

    return tried(visit, act, again, state)


@pages.get("/commitments/<commitment>/items/<int:item>/claim")
def read_claim(visit: Visit, commitment: str, item: int) -> ResponseReturnValue:
    """The form to claim progress of a plan item."""
    folded, state = visit.visible(commitment)
    return _claim_page(visit, folded, state, item)


@pages.post("/commitments/<commitment>/items/<int:item>/claim", uploads=True)
def make_claim(visit: Visit, commitment: str, item: int) -> ResponseReturnValue:
    """Claim progress with evidence."""
    _, state = visit.visible(commitment)
    files = uploaded(visit, request)

    def act() -> Response:
        if files.error:
            raise files.error
        command = MakeClaim(
            item,
            number(request.form, "value"),
            files.evidence,
            text(request.form, "note"),
            promised="promised" in request.form,
            reason=text(request.form, "reason"),
            fields=own_values(request.form, _own(visit, state).claim, visit.role),
        )
        return carry_out(visit, command, commitment, expected=None)

    def again(wrong: Wrong) -> Response:
        folded, now = visit.visible(commitment)
        return _claim_page(visit, folded, now, item, wrong=wrong, kept=files)

    return tried(visit, act, again, state)


@pages.get("/commitments/<commitment>/draft")
def read_draft(visit: Visit, commitment: str) -> ResponseReturnValue:
    """The form to change a draft and its plan."""
    folded, state = visit.visible(commitment)
    return _draft_page(visit, folded, state)


@pages.post("/commitments/<commitment>/draft")
def edit_draft(visit: Visit, commitment: str) -> ResponseReturnValue:
    """Change the draft as it was seen."""
    _, state = visit.visible(commitment)

    def act() -> Response:
        command = EditDraft(
            replication_scope=text(request.form, "replication_scope"),
            agency=text(request.form, "agency"),
            pic=text(request.form, "pic"),
            items=plan_of(visit, request.form, state),
            fields=own_values(request.form, _own(visit, state).commitment, visit.role),
        )
        return carry_out(visit, command, commitment, expected=etag_of(request))

    def again(wrong: Wrong) -> Response:
        folded, now = visit.visible(commitment)
        return _draft_page(visit, folded, now, wrong=wrong)

    return tried(visit, act, again, state)


def _own(visit: Visit, state: Commitment) -> OwnFields:
    return visit.context(state).definition.fields


def _move(visit: Visit, state: Commitment, name: str) -> Move:
    move = visit.context(state).definition.moves.get(name)
    if move is None:
        raise NotFound("move", name)
    return move


def _move_page(
    visit: Visit,
    folded: Folded,
    state: Commitment,
    move: Move,
    *,
    wrong: Wrong | None = None,
    kept: Uploaded = NOTHING,
    filled: Mapping[str, str] | None = None,
) -> Response:
    entered = filled if wrong is None else request.form
    common = _common(visit, folded, state, wrong, ("reason", "text"))
    common["entered"] = {**common["entered"], **(filled or {})}
    words, context = visit.words(state), visit.context(state)
    possible = next((one for one in overview(state, context) if one.act == "ask" and one.on == move.name), None)
    reasons = {} if move.reasons is None else context.definition.reasons[move.reasons]
    return page(
        visit,
        "pages/move.html",
        move=words.said(move.label),
        asked=move,
        to_state=None if move.target is None else words.state(move.target),
        reasons=reason_options(reasons, words),
        wanted=[words.said(kind) for kind in move.evidence],
        blockers=shown_blockers(possible.blockers, words) if possible else (),
        plan=shown_plan(visit, state, entered) if move.plan else None,
        terms=shown_terms(visit, state, move, entered),
        own=own_inputs(visit, context.definition.fields.of_request(move.name), (), entered=entered),
        offices=_offices(visit),
        kept=kept.evidence,
        action=f"/commitments/{state.id}/moves/{move.name}",
        **common,
    )


def _claim_page(
    visit: Visit, folded: Folded, state: Commitment, item: int, *, wrong: Wrong | None = None, kept: Uploaded = NOTHING
) -> Response:
    shown = items_shown(visit, state, overview(state, visit.context(state)))
    found = next((one for one in shown if one.number == item), None)
    if found is None:
        raise NotFound("item", str(item))
    return page(
        visit,
        "pages/claim.html",
        i=found,
        own=own_inputs(visit, _own(visit, state).claim, (), entered=_entered(wrong)),
        offices=_offices(visit),
        kept=kept.evidence,
        action=f"/commitments/{state.id}/items/{item}/claim",
        **_common(visit, folded, state, wrong, ("value", "note", "reason", "promised")),
    )


def _draft_page(visit: Visit, folded: Folded, state: Commitment, *, wrong: Wrong | None = None) -> Response:
    context, words, directory = visit.context(state), visit.words(state), visit.basis.directory
    possible = next((one for one in overview(state, context) if one.act == "edit_draft"), None)
    if possible is None:
        raise Refused((Blocker("draft_only", {"state": state.state}),))
    offices = [directory.offices[one] for one in directory.in_organisation.get(state.drafted.party, ())]
    entered: Mapping[str, str] = {
        "replication_scope": state.replication_scope,
        "agency": state.agency,
        "pic": state.pic,
    }
    common = _common(visit, folded, state, wrong, tuple(entered))
    if wrong is None:
        common["entered"] = entered
    return page(
        visit,
        "pages/draft.html",
        of_party=sorted(offices, key=lambda office: office.name),
        own=own_inputs(visit, context.definition.fields.commitment, state.fields, entered=_entered(wrong)),
        offices=_offices(visit),
        scopes=[(name, words.said(label)) for name, label in context.definition.replication_scopes.items()],
        blockers=shown_blockers(possible.blockers, words),
        plan=_plan(visit, state, wrong),
        action=f"/commitments/{state.id}/draft",
        **common,
    )


def _plan(visit: Visit, state: Commitment, wrong: Wrong | None) -> PlanForm:
    return shown_plan(visit, state, _entered(wrong))


def _entered(wrong: Wrong | None) -> Mapping[str, str] | None:
    return None if wrong is None else request.form


def _offices(visit: Visit) -> list[tuple[str, str]]:
    """What a field that names an office proposes: every office's id and name."""
    return sorted((office.office, office.name) for office in visit.basis.directory.offices.values())


def _common(
    visit: Visit, folded: Folded, state: Commitment, wrong: Wrong | None, fields: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "c": state,
        "w": visit.words(state),
        "commitment": state.id,
        "etag": etag(folded.head),
        "wrong": wrong,
        "errors": {} if wrong is None else wrong.errors,
        "entered": {} if wrong is None else {name: text(request.form, name) for name in fields},
        "back": f"/commitments/{state.id}",
        "status": 200 if wrong is None else wrong.status,
    }
