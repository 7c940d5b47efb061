"""Inbox cards: one thing that waits, with what is needed to do it here and now."""

from __future__ import annotations

from dataclasses import dataclass, replace

from events.envelope import etag
from service import reading
from service.advice import Advice
from service.errors import NotFound
from service.read_models.inbox_queries import Waiting
from service.web.chrome import DELEGATION
from service.web.dues import Due, due_of
from service.web.duties import duty_named
from service.web.matters_shown import MatterShown, matter_shown
from service.web.progress_shown import ClaimShown, claim_shown
from service.web.requests_shown import RequestShown, VerdictShown, request_shown, verdict_shown
from service.web.states import drawn
from service.web.visit import Visit
from workflows.blockers import overview
from workflows.commitment import Claim, Commitment, Request

KINDS = (
    "decision",
    "preparation",
    "verification",
    "opinion",
    "revision",
    "repair",
    "evidence",
    "answer",
    "reply",
    "task",
    "report",
)


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that waits. gone: it was done meanwhile, though the list doesn't show that yet

    etag    the version that its forms are made from
    anchor  where on the commitment's page it is
    giver   whose authority it needs, where that isn't the visitor's; act_as: what the form sends to act for that office
    deputy  who may do it in this office's place, until when
    key     what it is called in the inbox; note: what was noted beside it; may_note: the visitor may change that
    """

    kind: str
    commitment: str
    reference: str
    party: str
    subject: str
    state: str
    meaning: str
    asker: str
    since: str
    due: Due | None
    anchor: str
    etag: str
    gone: bool = False
    request: RequestShown | None = None
    verdict: VerdictShown | None = None
    claim: ClaimShown | None = None
    matter: MatterShown | None = None
    item: str = ""
    giver: str = ""
    act_as: str = ""
    deputy: str = ""
    period: str = ""
    key: str = ""
    note: NoteShown | None = None
    may_note: bool = False


@dataclass(frozen=True, slots=True)
class NoteShown:
    """A star and a line of advice, and whose office wrote it."""

    starred: bool
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a card has beside its head."""

    gone: bool = False
    request: RequestShown | None = None
    verdict: VerdictShown | None = None
    claim: ClaimShown | None = None
    matter: MatterShown | None = None
    item: str = ""


def card_of(visit: Visit, waiting: Waiting, note: Advice | None = None) -> Card | None:
    """The card of a row of the inbox, checked against the log's head; None where the office sees it no more."""
    if waiting.office == visit.office:
        card = _card(visit, waiting)
        if card is None:
            return None
        shown = None if note is None else NoteShown(note.starred, note.text, visit.words().office(note.written_by))
        return replace(card, deputy=_deputy(visit, waiting), key=waiting.key, note=shown, may_note=True)
    given = reading.received_for(visit.basis, visit.principal, waiting, visit.now)
    card = None if given is None else _card(visit.acting_for(given.office), waiting)
    if card is None or given is None:
        return None
    giver = visit.words().office(given.office)
    return replace(card, giver=giver, act_as=f"{DELEGATION}{given.delegation}")


def _card(visit: Visit, waiting: Waiting) -> Card | None:
    try:
        folded, state = visit.visible(waiting.commitment)
    except NotFound:
        folded = visit.runtime.commitment(waiting.commitment, fresh=True)
        if waiting.kind not in ("opinion", "preparation") or folded.state is None:
            return None
        # An invitation is seen by who was invited, whether or not the commitment is in its scope.
        state = folded.state
        visit.runtime.store.settle()
    parts, words = _parts(visit, state, waiting), visit.words(state)
    return Card(
        kind=waiting.kind,
        commitment=state.id,
        reference=waiting.reference,
        party=words.organisation(waiting.party),
        subject=words.subject(waiting.subject),
        state=words.state(state.state),
        meaning=drawn(state.state, reading.definition_of(visit.basis, state)),
        asker=words.office(waiting.asked_by) if waiting.asked_by else "",
        since=words.moment(waiting.since),
        due=due_of(visit, waiting.due_on, office=visit.office, programme=state.drafted.programme),
        anchor=_anchor(waiting),
        etag=etag(folded.head),
        gone=parts.gone,
        request=parts.request,
        verdict=parts.verdict,
        claim=parts.claim,
        matter=parts.matter,
        item=parts.item,
        period=waiting.key.removeprefix("report-") if waiting.kind == "report" else "",
    )


def _deputy(visit: Visit, waiting: Waiting) -> str:
    given = reading.deputy_of(visit.basis, waiting, visit.now)
    if given is None:
        return ""
    words = visit.words()
    return visit.say(
        "{to} s.d. {until}", "{to} until {until}", to=words.office(given.to), until=words.day(given.ends_on)
    )


def _parts(visit: Visit, state: Commitment, waiting: Waiting) -> _Parts:
    match waiting.kind:
        case "decision" | "preparation" | "opinion" | "revision":
            request = state.requests.get(waiting.key)
            return _Parts(gone=True) if request is None else _of_request(visit, state, request, waiting)
        case "verification" | "repair" | "evidence":
            return _of_claim(visit, state, waiting)
        case "answer" | "reply":
            return _of_matter(visit, state, waiting)
        case _:
            return _Parts(item=_item(visit, state, waiting), gone=_is_met(state, waiting))


def _of_request(visit: Visit, state: Commitment, request: Request, waiting: Waiting) -> _Parts:
    shown = request_shown(visit, state, request)
    if waiting.kind == "revision":
        return _Parts(request=shown, gone=state.state != request.from_state)
    if waiting.kind == "preparation":
        mine = [one for one in request.preparing if one.forwarded.office == visit.office]
        return _Parts(request=shown, item=mine[0].forwarded.instruction if mine else "", gone=not mine)
    if waiting.kind == "opinion":
        heard = visit.office in {opinion.office for opinion in request.opinions}
        return _Parts(request=shown, gone=heard or not request.is_open)
    if request.waits_for(visit.office) is None:
        return _Parts(request=shown, gone=True)
    verdict = verdict_shown(visit, state, request, overview(state, visit.context(state)))
    return _Parts(request=shown, verdict=verdict)


def _of_claim(visit: Visit, state: Commitment, waiting: Waiting) -> _Parts:
    claim = state.claims.get(waiting.key)
    if claim is None:
        return _Parts(gone=True)
    found = {one.on: one for one in overview(state, visit.context(state)) if one.act == "check_claim"}
    shown = claim_shown(visit, state, claim, found.get(waiting.key))
    return _Parts(claim=shown, item=_item(visit, state, waiting), gone=not _still(claim, waiting))


def _still(claim: Claim, waiting: Waiting) -> bool:
    """Whether the claim still waits for what the row says."""
    match waiting.kind:
        case "verification":
            return claim.waits_for is not None and bool(claim.evidence)
        case "evidence":
            return claim.status == "claimed" and not claim.evidence
        case _:
            return claim.status in ("returned", "revoked")


def _of_matter(visit: Visit, state: Commitment, waiting: Waiting) -> _Parts:
    matter = state.matters.get(waiting.key)
    if matter is None:
        return _Parts(gone=True)
    shown = matter_shown(visit, state, matter, overview(state, visit.context(state)))
    wanted = "open" if waiting.kind == "answer" else "answered"
    return _Parts(matter=shown, gone=matter.status != wanted)


def _item(visit: Visit, state: Commitment, waiting: Waiting) -> str:
    item = state.item(waiting.item or 0)
    if item is None:
        return duty_named(visit, state, waiting.key)
    target = visit.words(state).quantity(item.target, item.unit)
    return visit.say(
        "Butir {number}: {activity}. Target {target}.",
        "Item {number}: {activity}. Target {target}.",
        number=item.number,
        activity=item.activity.rstrip("."),
        target=target,
    )


def _is_met(state: Commitment, waiting: Waiting) -> bool:
    owed = state.owed.get(waiting.key)
    return owed is None or not owed.is_open


def _anchor(waiting: Waiting) -> str:
    if waiting.kind in ("decision", "preparation", "opinion", "revision", "answer", "reply"):
        return waiting.key.rpartition(".")[2]
    if waiting.kind == "report":
        return waiting.key
    return "duties" if waiting.item is None else f"item-{waiting.item}"
