"""Pages: a sheet, all commitments of one party in one programme, signed or witnessed in one act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, request
from flask.typing import ResponseReturnValue

from service import reading
from service.dispatch import Caller
from service.sentences import Vocabulary
from service.sheet_content import content_of
from service.sheets import Part, Sheet, SheetCommand, read_sheet, write_sheet
from service.signatures import provided
from service.web.acting import Wrong, tried
from service.web.blocking import BlockerShown, shown_blockers
from service.web.forms import FieldWrong, etag_of, key_of, moment, text
from service.web.pages import pages as new_pages
from service.web.rendering import go, page
from service.web.saved import PARAMETER, saved_of
from service.web.sittings_shown import SITTING, modes_of, sitting_choices
from service.web.states import drawn
from service.web.uploads import Uploaded, uploaded
from service.web.visit import Visit
from workflows.blockers import Possible, overview
from workflows.commands import SignCommitment, WitnessCommitment
from workflows.commitment import Commitment
from workflows.facts import Evidence, SignatureRecorded
from workflows.in_sitting import MODES
from workflows.matters import may_raise
from workflows.signatures import awaited_from

pages = new_pages("sheets")
NOTHING = Uploaded(())


@dataclass(frozen=True, slots=True)
class WitnessShown:
    """Who saw the party sign, when and how."""

    office: str
    at: str
    place: str
    mode: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class PartShown:
    """One commitment of a sheet. act: sign | witness | empty, what the visitor may do with it; blockers: why not

    signed  when, by whom, where and how; digest: SHA-256 in hex of what was signed, or is to be; scans: of the paper
    """

    commitment: str
    reference: str
    subject: str
    state: str
    meaning: str
    signed: WitnessShown | None
    digest: str
    scans: tuple[Evidence, ...]
    witnesses: tuple[WitnessShown, ...]
    act: str
    blockers: tuple[BlockerShown, ...]


@pages.get("/sheets/<sheet>")
def read_sheet_page(visit: Visit, sheet: str) -> ResponseReturnValue:
    """The sheet with what is signed, and the forms to sign or witness it."""
    return _page(visit, _sheet(visit, sheet), wrong=None)


@pages.post("/sheets/<sheet>/signatures", uploads=True)
def sign_sheet(visit: Visit, sheet: str) -> ResponseReturnValue:
    """Sign every commitment of the sheet that is ready."""
    files = uploaded(visit, request)

    def command(at: datetime, found: Sheet) -> SheetCommand:
        made = provided(text(request.form, "kind") or None, next(iter(files.evidence), None))
        mode, place = text(request.form, "mode"), text(request.form, "place")
        return SignCommitment(found.id, mode, place, at, made.file, text(request.form, SITTING) or None, made.kind)

    return _written(visit, sheet, command, files)


@pages.post("/sheets/<sheet>/witnesses")
def witness_sheet(visit: Visit, sheet: str) -> ResponseReturnValue:
    """Be recorded as a witness of the party's signature."""

    def command(at: datetime, found: Sheet) -> SheetCommand:
        mode, place = text(request.form, "mode"), text(request.form, "place")
        return WitnessCommitment(found.id, mode, place, at, text(request.form, SITTING) or None)

    return _written(visit, sheet, command, NOTHING)


def _written(visit: Visit, name: str, command: Any, files: Uploaded) -> Response:
    sheet = _sheet(visit, name)

    def act() -> Response:
        if files.error:
            raise files.error
        if not text(request.form, "place"):
            raise FieldWrong("place", "missing")
        at = _in_its_minute(moment(request.form, "day", "time", zone=_zone(visit, sheet)).astimezone(UTC), visit, sheet)
        principal = visit.principal
        written = write_sheet(
            visit.runtime,
            sheet,
            command(at, sheet),
            caller=Caller(principal.acting, principal.signin),
            operation=f"http:{principal.name}:{principal.person}:{key_of(request)}",
            expected=etag_of(request),
        )
        position = max(outcome.position for outcome in written.done)
        return go(f"/sheets/{sheet.id}?{PARAMETER}={position}")

    def again(wrong: Wrong) -> Response:
        return _page(visit, _sheet(visit, name), wrong=wrong, kept=files)

    return tried(visit, act, again, sheet.parts[0].commitment)


def _sheet(visit: Visit, name: str) -> Sheet:
    programmes = visit.principal.programmes
    return read_sheet(visit.runtime, visit.basis, visit.office, name=name, now=visit.now, programmes=programmes)


def _zone(visit: Visit, sheet: Sheet) -> str:
    return visit.basis.programmes[sheet.programme].zone


def _page(visit: Visit, sheet: Sheet, *, wrong: Wrong | None, kept: Uploaded = NOTHING) -> Response:
    here = visit.now.astimezone(ZoneInfo(_zone(visit, sheet)))
    entered = {
        "mode": MODES[0],
        "place": "",
        SITTING: request.args.get(SITTING, ""),
        "day": here.date().isoformat(),
        "time": here.strftime("%H.%M"),
    }
    if wrong is not None:
        entered |= {name: text(request.form, name) for name in entered}
    return page(
        visit,
        "pages/sheet.html",
        status=200 if wrong is None else wrong.status,
        sheet=sheet,
        parts=[_part(visit, part) for part in sheet.parts],
        modes=modes_of(visit),
        sittings=sitting_choices(visit, sheet.programme),
        signed=content_of(visit.runtime, sheet, visit.basis, visit.office),
        etag=sheet.etag,
        entered=entered,
        errors={} if wrong is None else wrong.errors,
        wrong=wrong,
        kept=kept.evidence,
        may_direct=any(_may_direct(visit, one) for one in sheet.parts),
        saved=saved_of(visit, reads_models=False),
        back=f"/sheets/{sheet.id}",
    )


def _may_direct(visit: Visit, part: Part) -> bool:
    return not may_raise(part.commitment, "direction", visit.context(part.commitment))


def _part(visit: Visit, part: Part) -> PartShown:
    state, words = part.commitment, visit.words(part.commitment)
    found = [one for one in overview(state, visit.context(state)) if one.act in ("sign", "witness")]
    able = next((one for one in found if one.may or _hangs_on_the_day(one)), None)
    signature = state.signature
    modes = modes_of(visit)
    return PartShown(
        commitment=state.id,
        reference=state.drafted.reference,
        subject=words.subject(state.drafted.subject),
        state=words.state(state.state),
        meaning=drawn(state.state, reading.definition_of(visit.basis, state)),
        signed=None
        if signature is None
        else WitnessShown(
            _signer(state, signature, words),
            words.moment(signature.signed_at),
            signature.place,
            modes[signature.mode],
            words.clause(f"signature {signature.kind}"),
        ),
        digest=_digest(state, signs=any(one.act == "sign" for one in found)),
        scans=() if signature is None or signature.scan is None else (signature.scan,),
        witnesses=tuple(
            WitnessShown(words.office(one.office), words.moment(one.witnessed_at), one.place, modes[one.mode])
            for one in state.witnesses
        ),
        act=able.act if able else "",
        blockers=shown_blockers((blocker for one in found for blocker in one.blockers), words),
    )


def _signer(state: Commitment, signature: SignatureRecorded, words: Vocabulary) -> str:
    """Who signed: both offices where one signed for the other."""
    acts = state.requests[signature.request].acts
    delegate = next((one.delegate for one in acts if one.office == signature.office and one.kind == "approved"), None)
    return words.office(signature.office) if delegate is None else words.actor(delegate, on_behalf_of=signature.office)


def _digest(state: Commitment, *, signs: bool) -> str:
    """The digest of what is to be signed now, else of what was signed last."""
    signature, waiting = next(reversed((state.signature, *state.later_signatures))), state.open_request
    if waiting is not None and (signs or signature is None):
        return waiting.opened.substance
    return "" if signature is None else signature.digest


def _in_its_minute(at: datetime, visit: Visit, sheet: Sheet) -> datetime:
    """The moment meant by a written minute: what was asked for or approved within that minute was signed after it."""
    states = (part.commitment for part in sheet.parts)
    asked = (awaited_from(state, visit.context(state)) for state in states)
    return max((one for one in asked if one is not None and at <= one < at + timedelta(minutes=1)), default=at)


def _hangs_on_the_day(possible: Possible) -> bool:
    """Whether what stands in the way is measured with today, though the paper may have been signed before."""
    return all(blocker.code == "item_ends_before_signature" for blocker in possible.blockers)
