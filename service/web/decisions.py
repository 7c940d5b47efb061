"""Pages: several requests shown on one page, and decided in one act."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from flask import Response, request
from flask.typing import ResponseReturnValue

from events.envelope import etag
from service.catalog import recorded
from service.decisions import MOST_AT_ONCE, Decision, Result, Wanted, commitment_of, decide_together
from service.dispatch import Caller, Outcome
from service.errors import NotFound
from service.sentences import happening, sentence
from service.web.acting import sentence_of_field
from service.web.blocking import BlockerShown, shown_blockers
from service.web.forms import FieldWrong, key_of, moment, text
from service.web.pages import pages as new_pages
from service.web.refusals import FormRefused
from service.web.rendering import page
from service.web.requests_shown import Option, RequestShown, VerdictShown, request_shown, verdict_shown
from service.web.sittings_shown import SITTING, sitting_choices
from service.web.visit import Visit
from workflows.blockers import overview
from workflows.commands import ApproveRequest, RejectRequest, ReturnRequest
from workflows.commitment import Commitment
from workflows.facts import InSitting

pages = new_pages("decisions")
SEEN = "seen-"
ENTERED = ("verdict", "note", "reason", "text", SITTING, "day", "time")
MINUTE = timedelta(minutes=1)
_ETAG = re.compile(r'"[0-9a-f-]{1,100}"')


@dataclass(frozen=True, slots=True)
class Chosen:
    """A request that was ticked, as it is now. etag: of its commitment, None where the visitor can't decide it"""

    request: RequestShown
    commitment: str
    subject: str
    party: str
    programme: str
    verdict: VerdictShown | None
    etag: str | None


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of one request: sentences of what was recorded, or why not. status: done | stale | refused"""

    status: str
    subject: str
    party: str
    commitment: str
    told: tuple[str, ...]
    sentence: str
    blockers: tuple[BlockerShown, ...]


@pages.get("/decisions")
def read_decisions(visit: Visit) -> ResponseReturnValue:
    """The requests that were ticked in the inbox, each with what it asks, and the forms to decide them together."""
    names = list(dict.fromkeys(request.args.getlist("request")))[:MOST_AT_ONCE]
    return _confirmation(visit, names)


@pages.post("/decisions")
def decide_requests(visit: Visit) -> ResponseReturnValue:
    """Approve, return or reject all that were shown; each as it was seen."""
    wanted = _wanted()
    verdict, reason = text(request.form, "verdict"), text(request.form, "reason")
    if verdict not in DECIDE or not wanted:
        raise FormRefused("key")
    if verdict != "approve" and not reason:
        errors = {"reason": visit.say("Mohon pilih salah satu.", "Please choose one.")}
        return _confirmation(visit, [one.request for one in wanted], errors=errors)
    try:
        held = _held(visit)
    except FieldWrong as wrong:
        sentence_of = {wrong.field: sentence_of_field(visit, wrong)}
        return _confirmation(visit, [one.request for one in wanted], errors=sentence_of)
    principal, decide = visit.principal, DECIDE[verdict]
    results = decide_together(
        visit.runtime,
        visit.basis,
        wanted,
        lambda name: decide(name, None if held is None else _in_its_minute(visit, name, held)),
        caller=Caller(principal.acting, principal.signin),
        operation=f"http:{principal.name}:{principal.person}:{key_of(request)}",
        now=visit.now,
    )
    return page(visit, "pages/decided.html", results=[_decided(visit, one) for one in results], back="/")


def _approve(name: str, held: InSitting | None) -> Decision:
    return ApproveRequest(name, note=text(request.form, "note"), sitting=held)


def _return(name: str, held: InSitting | None) -> Decision:
    return ReturnRequest(name, text(request.form, "reason"), text(request.form, "text"), held)


def _reject(name: str, held: InSitting | None) -> Decision:
    return RejectRequest(name, text(request.form, "reason"), text(request.form, "text"), held)


DECIDE = {"approve": _approve, "return": _return, "reject": _reject}


def _held(visit: Visit) -> InSitting | None:
    """The sitting of the form and the moment in its zone, if one was chosen. Raises FieldWrong."""
    name = text(request.form, SITTING)
    if not name:
        return None
    if name not in visit.basis.sittings:
        raise FieldWrong(SITTING, "choice")
    zone = visit.basis.sittings[name].opened.zone
    return InSitting(name, moment(request.form, "day", "time", zone=zone).astimezone(UTC))


def _in_its_minute(visit: Visit, name: str, held: InSitting) -> InSitting:
    """The form knows minutes: what was asked for, or began, within that minute was decided after it."""
    state = visit.runtime.commitment(commitment_of(name)).state
    asked = None if state is None else state.requests.get(name)
    acts = () if asked is None else asked.acts
    bounds = [visit.basis.sittings[held.sitting].held_at, *[one.true_at or one.at for one in acts]]
    within = [one for one in bounds if held.at <= one < held.at + MINUTE]
    return InSitting(held.sitting, max(within, default=held.at))


def _wanted() -> tuple[Wanted, ...]:
    """The requests of the form, of each commitment one, with the version that was seen."""
    seen = {name.removeprefix(SEEN): one for name, one in request.form.items() if name.startswith(SEEN)}
    if any(_ETAG.fullmatch(one) is None for one in seen.values()) or len(seen) > MOST_AT_ONCE:
        raise FormRefused("key")
    if len({commitment_of(name) for name in seen}) < len(seen):
        raise FormRefused("key")
    return tuple(Wanted(name, one) for name, one in seen.items())


def _confirmation(visit: Visit, names: Iterable[str], *, errors: dict[str, str] | None = None) -> Response:
    chosen = [one for name in names if (one := _chosen(visit, name)) is not None]
    ready = [one for one in chosen if one.etag is not None]
    return page(
        visit,
        "pages/decisions.html",
        status=422 if errors else 200,
        ready=ready,
        left=[one for one in chosen if one.etag is None],
        may={verdict for verdict in DECIDE if all(one.verdict and verdict in one.verdict.may for one in ready)},
        return_reasons=_shared([one.verdict.return_reasons for one in ready if one.verdict is not None]),
        reject_reasons=_shared([one.verdict.reject_reasons for one in ready if one.verdict is not None]),
        errors=errors or {},
        sittings=_sittings(visit, ready),
        entered={**_here(visit), **{name: text(request.form, name) for name in ENTERED if name in request.form}},
        back="/",
    )


def _sittings(visit: Visit, ready: list[Chosen]) -> tuple[Option, ...]:
    programmes = dict.fromkeys(one.programme for one in ready)
    return tuple(choice for programme in programmes for choice in sitting_choices(visit, programme))


def _here(visit: Visit) -> dict[str, str]:
    here = visit.now.astimezone(ZoneInfo(visit.zone))
    return {"day": here.date().isoformat(), "time": here.strftime("%H.%M")}


def _chosen(visit: Visit, name: str) -> Chosen | None:
    """A request by its id; None where the office sees none."""
    try:
        folded, state = visit.visible(commitment_of(name))
    except NotFound:
        return None
    asked = state.requests.get(name)
    if asked is None:
        return None
    words, mine = visit.words(state), asked.waits_for(visit.principal.acting.authority) is not None
    verdict = verdict_shown(visit, state, asked, overview(state, visit.context(state))) if asked.is_open else None
    able = mine and verdict is not None and not verdict.signs and bool(verdict.may)
    return Chosen(
        request=request_shown(visit, state, asked),
        commitment=state.id,
        subject=words.subject(state.drafted.subject),
        party=words.organisation(state.drafted.party),
        programme=state.drafted.programme,
        verdict=verdict,
        etag=etag(folded.head) if able else None,
    )


def _shared(known: list[tuple[Option, ...]]) -> tuple[Option, ...]:
    """The reasons that every request's workflow knows."""
    if not known:
        return ()
    shared = set.intersection(*({reason.value for reason in reasons} for reasons in known))
    return tuple(reason for reason in known[0] if reason.value in shared)


def _decided(visit: Visit, result: Result) -> Decided:
    state, problem = result.commitment, result.problem
    words = visit.words(state)
    return Decided(
        status=result.status,
        subject=words.subject(state.drafted.subject) if state else result.request,
        party=words.organisation(state.drafted.party) if state else "",
        commitment=state.id if state else "",
        told=_told(visit, state, result.outcome) if state and result.outcome else (),
        sentence="" if problem is None or problem.blockers else problem.title(visit.language),
        blockers=() if problem is None else shown_blockers(problem.blockers, words),
    )


def _told(visit: Visit, state: Commitment, outcome: Outcome) -> tuple[str, ...]:
    """What was recorded for one request, in sentences."""
    last = visit.runtime.store.event_at(outcome.position)
    assert last is not None, "its position was answered"
    words = visit.words(state)
    events = visit.runtime.store.operation_events(last.operation)
    return tuple(sentence(happening(recorded(event)), words, commitment=state) for event in events)
