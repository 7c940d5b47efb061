"""Pages: one commitment, as it is or was, with its story; and the files that it names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from events.envelope import etag
from service import reading
from service.catalog import commitment_stream, recorded
from service.given_files import given_file
from service.rejoining import follower
from service.replaying import AsOf, counts, last_position
from service.sentences import told
from service.web.blocking import BlockerShown, shown_blockers
from service.web.duties import duties_shown
from service.web.ledger import ledger_shown
from service.web.matters_shown import oversight_shown
from service.web.own_fields import own_shown
from service.web.pages import pages as new_pages
from service.web.pasts import past_asked, past_shown
from service.web.progress_shown import completion_shown, items_shown
from service.web.rejoining import may_rejoin
from service.web.rendering import page
from service.web.reports_shown import periods_shown
from service.web.requests_shown import request_shown, verdict_shown
from service.web.saved import saved_of
from service.web.sharing import sharing_shown
from service.web.states import drawn
from service.web.visit import Visit
from service.why_not import offices_to_ask_about
from workflows.blockers import Possible, overview
from workflows.commitment import Commitment
from workflows.commitment.promise import kept_as_first_signed, kept_as_modified
from workflows.facts import NAMES
from workflows.holds import is_on_hold
from workflows.rejoining import is_left

pages = new_pages("commitment")


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One fact of the story. valid: when it was true, where that isn't when it was recorded"""

    version: int
    position: int
    fact: str
    sentence: str
    recorded: str
    valid: str


@dataclass(frozen=True, slots=True)
class ActShown:
    """Something that the office may do on a page of its own, or why it may not."""

    name: str
    path: str
    blockers: tuple[BlockerShown, ...]


@pages.get("/commitments/<commitment>")
def read_commitment(visit: Visit, commitment: str) -> ResponseReturnValue:
    """The commitment's state, plan, requests and story; of a past without any form."""
    folded, state = visit.visible(commitment)
    zone = visit.words(state).zone
    past = past_asked(request.args, zone)
    if not past.is_now:
        state = reading.commitment_as_of(visit.runtime, commitment, past)
    possible = overview(state, visit.context(state)) if past.is_now else ()
    words, waiting = visit.words(state), state.open_request
    return page(
        visit,
        "pages/commitment.html",
        c=state,
        w=words,
        meaning=drawn(state.state, reading.definition_of(visit.basis, state)),
        etag=etag(folded.head),
        past=past_shown(visit, past, request.args, zone),
        saved=saved_of(visit, reads_models=False) if past.is_now else None,
        open_request=request_shown(visit, state, waiting) if waiting else None,
        verdict=verdict_shown(visit, state, waiting, possible) if waiting and past.is_now else None,
        sharing=sharing_shown(visit, state, possible),
        may_prepare=_may(possible, "note_preparation"),
        may_retract=next((one.on for one in possible if one.act == "retract_decision" and one.may), ""),
        may_withdraw=_may(possible, "withdraw_request"),
        may_opine=_may(possible, "give_opinion"),
        closed_requests=[request_shown(visit, state, one) for one in state.requests.values() if not one.is_open],
        items=items_shown(visit, state, possible),
        periods=periods_shown(visit, state, possible),
        **_standing(visit, state, past),
        own=own_shown(visit.context(state).definition.fields.commitment, state.fields, words, visit.role),
        duties=duties_shown(visit, state),
        oversight=oversight_shown(visit, state, possible),
        ledger=ledger_shown(visit, state),
        acts=[*_acts(visit, state, possible), *(_rejoining(visit, state) if past.is_now else ())],
        follower=_follower(visit, state),
        offices=[(one, words.office(one)) for one in offices_to_ask_about(visit.basis, visit.office, state)],
        story=_story(visit, state, past),
        commitment=commitment,
        back=f"/commitments/{commitment}",
    )


@pages.get("/commitments/<commitment>/evidence/<digest>")
def read_evidence(visit: Visit, commitment: str, digest: str) -> ResponseReturnValue:
    """A file that the commitment names, to be saved; never shown as a page of ours."""
    _, state = visit.visible(commitment)
    return given_file(visit.runtime, state.files, digest)


def _standing(visit: Visit, state: Commitment, past: AsOf) -> dict[str, Any]:
    """How far it has come, and whether it rests."""
    return {
        "hold": _hold(visit, state, past),
        "completion": completion_shown(visit, state),
        "kept": (kept_as_first_signed(state), kept_as_modified(state)) if state.revision else None,
    }


def _hold(visit: Visit, state: Commitment, past: AsOf) -> str:
    """The last day of the hold that lasts on the day shown; empty where work goes on."""
    words = visit.words(state)
    shown_at = visit.now if past.is_now else past.known_on or past.true_on or state.last.recorded_at
    if state.hold is None or not is_on_hold(state, words.day_of(shown_at)):
        return ""
    return words.weekday(state.hold.begun.ends_on)


def _may(possible: tuple[Possible, ...], act: str) -> bool:
    return any(one.act == act and one.may for one in possible)


def _acts(visit: Visit, state: Commitment, possible: tuple[Possible, ...]) -> list[ActShown]:
    """What has a page of its own: asking for a move, editing the draft. What it may comes first."""
    words, base = visit.words(state), f"/commitments/{state.id}"
    shown = []
    for one in possible:
        blockers = shown_blockers(one.blockers, words)
        if one.act == "ask":
            name = visit.say("Ajukan: {move}", "Ask for: {move}", move=words.move(one.on))
            shown.append(ActShown(name, f"{base}/moves/{one.on}", blockers))
        elif one.act == "pay":
            name = visit.say("Catat pembayaran", "Record a payment")
            shown.append(ActShown(name, f"{base}/money#pay", blockers))
        elif one.act == "receive_document":
            name = visit.say("Catat tanda terima dokumen", "Record a document's receipt")
            shown.append(ActShown(name, f"{base}/receipt", blockers))
        elif one.act == "edit_draft":
            shown.append(ActShown(visit.say("Ubah konsep", "Edit the draft"), f"{base}/draft", blockers))
    return sorted(shown, key=lambda act: bool(act.blockers))


def _rejoining(visit: Visit, state: Commitment) -> list[ActShown]:
    """Promising the same anew, where that is to be done."""
    found = may_rejoin(visit, state)
    if found is None:
        return []
    name = visit.say("Berkomitmen lagi", "Commit again")
    return [ActShown(name, f"/commitments/{state.id}/rejoining", shown_blockers(found, visit.words(state)))]


def _follower(visit: Visit, state: Commitment) -> Commitment | None:
    """The commitment that follows this one, if the office sees it."""
    left = is_left(reading.definition_of(visit.basis, state), state.state)
    found = follower(visit.runtime, state) if left else None
    seen = found is not None and reading.may_see(visit.basis, visit.office, found, visit.now)
    return found if seen else None


def _story(visit: Visit, state: Commitment, past: AsOf) -> list[StoryLine]:
    """Every fact in a sentence, with both times."""
    words, last = visit.words(state), last_position(visit.runtime, past)
    lines = []
    for event in visit.runtime.store.read_stream(commitment_stream(state.id)):
        known = recorded(event)
        if not counts(known, last, past.true_on):
            continue
        differs = abs((known.recorded_at - known.valid_at).total_seconds()) >= 60
        lines.append(
            StoryLine(
                version=event.version,
                position=event.position,
                fact=NAMES[type(known.fact)],
                sentence=told(known, words, state),
                recorded=words.moment(known.recorded_at),
                valid=words.moment(known.valid_at) if differs else "",
            )
        )
    return lines
