"""Pages' forms on one commitment: verdicts, checks of claims, opinions, taking a request back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue

from events.envelope import etag
from service.errors import NotFound
from service.web.acting import Wrong, carry_out, tried
from service.web.forms import FieldWrong, day, etag_of, place_here, text
from service.web.pages import pages as new_pages
from service.web.progress_shown import claim_shown
from service.web.rendering import page
from service.web.requests_shown import request_shown, verdict_shown
from service.web.uploads import Uploaded, uploaded
from service.web.visit import Visit
from workflows.blockers import overview
from workflows.commands import (
    ApproveRequest,
    CheckClaim,
    GiveOpinion,
    RejectRequest,
    RetractDecision,
    ReturnClaim,
    ReturnRequest,
    RevokeVerification,
    VerifyClaim,
    WithdrawRequest,
)
from workflows.commitment import Commitment

NO_FILES = Uploaded(())
pages = new_pages("acts")
Again = Callable[[Wrong], Response]


@pages.post("/commitments/<commitment>/verdicts")
def give_verdict(visit: Visit, commitment: str) -> ResponseReturnValue:
    """Approve, return or reject what was seen: the form's version must be the one in force."""
    _, state = visit.visible(commitment)
    name, verdict = text(request.form, "request"), text(request.form, "verdict")
    if name not in state.requests:
        raise NotFound("request", name)

    def act() -> Response:
        return carry_out(visit, _verdict(name, verdict), commitment, expected=etag_of(request))

    return tried(visit, act, _again(visit, commitment, "verdict", on=name, given=verdict), state)


@pages.post("/commitments/<commitment>/checks")
def check_claim(visit: Visit, commitment: str) -> ResponseReturnValue:
    """Verify a claim, send it back for repair, or take its verification back."""
    _, state = visit.visible(commitment)
    name, verdict = text(request.form, "claim"), text(request.form, "verdict")
    if name not in state.claims:
        raise NotFound("claim", name)

    def act() -> Response:
        return carry_out(visit, _check(name, verdict), commitment, expected=etag_of(request))

    return tried(visit, act, _again(visit, commitment, "claim", on=name, given=f"{verdict}-claim"), state)


@pages.post("/commitments/<commitment>/opinions", uploads=True)
def give_opinion(visit: Visit, commitment: str) -> ResponseReturnValue:
    """Say what an invited office thinks, or enter an outside body's letter; the invitation is its authority."""
    state = visit.runtime.commitment(commitment, fresh=True).state
    name = text(request.form, "request")
    if state is None or name not in state.requests:
        raise NotFound("request", name)
    if visit.office not in {one.office for one in state.requests[name].invited}:
        visit.visible(commitment)

    files = uploaded(visit, request)

    def act() -> Response:
        if files.error:
            raise files.error
        command = GiveOpinion(
            name,
            text(request.form, "text"),
            letter=text(request.form, "letter"),
            letter_on=day(request.form, "letter_on") if text(request.form, "letter_on") else None,
            evidence=files.evidence,
        )
        return carry_out(visit, command, commitment, expected=None)

    return tried(visit, act, _again(visit, commitment, "opinion", on=name, kept=files), state)


@pages.post("/commitments/<commitment>/retractions")
def retract_decision(visit: Visit, commitment: str) -> ResponseReturnValue:
    """Take the own last decision back."""
    _, state = visit.visible(commitment)
    name = text(request.form, "request")
    if name not in state.requests:
        raise NotFound("request", name)

    def act() -> Response:
        return carry_out(visit, RetractDecision(name, text(request.form, "text")), commitment, expected=None)

    return tried(visit, act, _again(visit, commitment, "retraction", on=name), state)


@pages.post("/commitments/<commitment>/withdrawals")
def withdraw_request(visit: Visit, commitment: str) -> ResponseReturnValue:
    """Take the own request back."""
    _, state = visit.visible(commitment)
    name = text(request.form, "request")
    if name not in state.requests:
        raise NotFound("request", name)

    def act() -> Response:
        return carry_out(visit, WithdrawRequest(name, text(request.form, "text")), commitment, expected=None)

    return tried(visit, act, _again(visit, commitment, "withdrawal", on=name), state)


def _verdict(name: str, verdict: str) -> ApproveRequest | ReturnRequest | RejectRequest:
    reason, said = text(request.form, "reason"), text(request.form, "text")
    match verdict:
        case "approve":
            return ApproveRequest(name, note=text(request.form, "note"))
        case "return":
            return ReturnRequest(name, reason, said)
        case "reject":
            return RejectRequest(name, reason, said)
        case _:
            raise FieldWrong("verdict", "choice")


def _check(name: str, verdict: str) -> CheckClaim | VerifyClaim | ReturnClaim | RevokeVerification:
    match verdict:
        case "check":
            return CheckClaim(name, note=text(request.form, "note"))
        case "verify":
            return VerifyClaim(name, note=text(request.form, "note"))
        case "return":
            return ReturnClaim(name, text(request.form, "reason"), text(request.form, "text"))
        case "revoke":
            return RevokeVerification(name, text(request.form, "reason"), text(request.form, "text"))
        case _:
            raise FieldWrong("verdict", "choice")


def _again(visit: Visit, commitment: str, kind: str, *, on: str, given: str = "", kept: Uploaded = NO_FILES) -> Again:
    """The form once more: what was typed, what is wrong with it, and the commitment as it is now."""

    def show(wrong: Wrong) -> Response:
        folded = visit.runtime.commitment(commitment, fresh=True)
        assert folded.state is not None, "it was there a moment ago"
        visit.runtime.store.settle()
        return page(
            visit,
            "pages/act.html",
            status=wrong.status,
            c=folded.state,
            w=visit.words(folded.state),
            commitment=commitment,
            etag=etag(folded.head),
            kind=kind,
            given=given,
            kept=kept.evidence,
            wrong=wrong,
            errors=wrong.errors,
            entered={name: text(request.form, name) for name in ("reason", "text", "note", "letter", "letter_on")},
            back=place_here(request.form.get("next")),
            **_shown(visit, folded.state, kind, on),
        )

    return show


def _shown(visit: Visit, state: Commitment, kind: str, on: str) -> dict[str, Any]:
    possible = overview(state, visit.context(state))
    if kind == "claim":
        found = next(
            (one for one in possible if one.act in ("check_claim", "revoke_verification") and one.on == on), None
        )
        return {"claim": claim_shown(visit, state, state.claims[on], found)}
    asked = state.requests[on]
    shown = {"open_request": request_shown(visit, state, asked), "request_id": on}
    if kind == "verdict" and asked.is_open:
        return {**shown, "verdict": verdict_shown(visit, state, asked, possible)}
    return {**shown, "verdict": None}
