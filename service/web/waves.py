"""Pages: a new wave, where a commitment's plan is drafted for further parties: chosen, looked at, confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, request
from flask.typing import ResponseReturnValue

from events.engine import answering
from events.envelope import etag
from service import reading
from service.dispatch import Caller
from service.errors import NotFound, StaleVersion
from service.read_models.commitment_queries import list_commitments
from service.references import commitment_of
from service.runtime import Folded
from service.sentences import Vocabulary
from service.waves import REFUSED, Adopter, Spread, Wave, carry_out, preview
from service.web.acting import Wrong, tried
from service.web.blocking import BlockerShown, shown_blockers
from service.web.forms import FieldWrong, day, etag_of, key_of, text
from service.web.pages import pages as new_pages
from service.web.rendering import page
from service.web.visit import Visit
from workflows.commitment import Commitment
from workflows.facts import OfficeEstablished, ProgrammeOpened
from workflows.field_sight import commitment_seen

pages = new_pages("waves")
MOST_PROPOSED = 200


@dataclass(frozen=True, slots=True)
class PartyChoice:
    """A party that a plan may be drafted for, with its offices; what was chosen of it, and what is wrong with that."""

    party: str
    name: str
    offices: tuple[OfficeEstablished, ...]
    is_chosen: bool
    agency: str
    pic: str
    error: str


@dataclass(frozen=True, slots=True)
class DraftShown:
    """What becomes of one party, or would. days: of its plan, in words; commitment: its draft, where there is one"""

    party: str
    name: str
    agency: str
    pic: str
    reference: str
    what: str
    items: int
    days: str
    commitment: str | None
    blockers: tuple[BlockerShown, ...]


@dataclass(frozen=True, slots=True)
class WaveShown:
    """A wave as it would be, or as it was done. adopters: what its form sends again to confirm it"""

    like: str
    reference: str
    etag: str
    start_on: str
    adopters: tuple[Adopter, ...]
    drafts: tuple[DraftShown, ...]
    is_done: bool

    @property
    def new(self) -> int:
        """How many drafts it makes, or made."""
        return sum(one.what == "new" for one in self.drafts)


@pages.get("/programmes/<programme>/waves")
def read_wave(visit: Visit, programme: str) -> ResponseReturnValue:
    """The form to choose a reference commitment and further parties."""
    return _page(visit, _known(visit, programme))


@pages.post("/programmes/<programme>/waves")
def spread_wave(visit: Visit, programme: str) -> ResponseReturnValue:
    """Show what the chosen would draft; confirmed, draft it for every party that nothing stands in the way of."""
    opened = _known(visit, programme)

    def act() -> Response:
        folded, wave = _asked(visit, opened)
        caller = Caller(visit.principal.acting, visit.principal.signin)
        if text(request.form, "step") != "confirm":
            return _page(visit, opened, shown=_shown(visit, folded, wave, preview(visit.runtime, wave, caller)))
        if etag_of(request) != etag(folded.head):
            raise StaleVersion(etag(folded.head))
        operation = f"http:{visit.principal.name}:{visit.principal.person}:{key_of(request)}"
        done = carry_out(visit.runtime, wave, caller, operation=operation)
        return _page(visit, opened, shown=_shown(visit, folded, wave, done, is_done=True))

    return tried(visit, act, lambda wrong: _page(visit, opened, wrong=wrong), None)


def _known(visit: Visit, programme: str) -> ProgrammeOpened:
    opened = visit.basis.programmes.get(programme)
    if opened is None:
        raise NotFound("programme", programme)
    return opened


def _asked(visit: Visit, opened: ProgrammeOpened) -> tuple[Folded, Wave]:
    """The wave that the form asks for. Raises FieldWrong."""
    folded, like = _reference(visit)
    chosen = [party for party in dict.fromkeys(request.form.getlist("parties")) if party in opened.parties]
    if not chosen:
        raise FieldWrong("parties", "choice")
    adopters = tuple(_adopter(party) for party in chosen)
    start_on = day(request.form, "start_on") if text(request.form, "start_on") else None
    seen = commitment_seen(like, reading.definition_of(visit.basis, like).fields, visit.role)
    return folded, Wave(seen, opened.programme, adopters, start_on)


def _reference(visit: Visit) -> tuple[Folded, Commitment]:
    name = text(request.form, "like")
    if not name:
        raise FieldWrong("like", "missing")
    with answering(), visit.runtime.engine.connect() as connection:
        known = commitment_of(connection, name)
    try:
        return visit.visible(known or name)
    except NotFound as error:
        raise FieldWrong("like", "commitment") from error


def _adopter(party: str) -> Adopter:
    agency = text(request.form, f"agency:{party}")
    if not agency:
        raise FieldWrong(f"agency:{party}", "choice")
    return Adopter(party, agency, text(request.form, f"pic:{party}"))


def _shown(visit: Visit, folded: Folded, wave: Wave, found: Sequence[Spread], *, is_done: bool = False) -> WaveShown:
    words, drafted = visit.words(wave.reference), wave.reference.drafted
    return WaveShown(
        like=drafted.reference,
        reference=f"{words.subject(drafted.subject)}, {words.organisation(drafted.party)}",
        etag=etag(folded.head),
        start_on="" if wave.start_on is None else wave.start_on.isoformat(),
        adopters=wave.adopters,
        drafts=tuple(_draft(one, words) for one in found),
        is_done=is_done,
    )


def _draft(one: Spread, words: Vocabulary) -> DraftShown:
    command = one.command
    starts, ends = ([getattr(item, name) for item in command.items] for name in ("starts_on", "ends_on"))
    return DraftShown(
        party=command.party,
        name=words.organisation(command.party),
        agency=words.office(command.agency),
        pic=words.office(command.pic) if command.pic else "",
        reference=command.reference,
        what=one.what,
        items=len(command.items),
        days=f"{words.day(min(starts))} – {words.day(max(ends))}" if command.items else "",
        commitment=one.commitment if one.what != REFUSED else None,
        blockers=shown_blockers(one.blockers, words),
    )


def _page(
    visit: Visit, opened: ProgrammeOpened, *, shown: WaveShown | None = None, wrong: Wrong | None = None
) -> Response:
    errors = {} if wrong is None else wrong.errors
    return page(
        visit,
        "pages/wave.html",
        p=opened,
        proposed=_proposed(visit),
        parties=[_choice(visit, party, errors) for party in opened.parties if party in visit.scope.parties],
        shown=shown,
        action=f"/programmes/{opened.programme}/waves",
        wrong=wrong,
        errors=errors,
        entered={name: text(request.form, name) for name in ("like", "start_on")} if request.method == "POST" else {},
        etag="" if shown is None else shown.etag,
        back=f"/programmes/{opened.programme}",
        status=200 if wrong is None else wrong.status,
    )


def _proposed(visit: Visit) -> list[tuple[str, str]]:
    """References that the office sees, with what each is about."""
    words = visit.words()
    named = {one.subject: one.short_name for each in visit.basis.programmes.values() for one in each.subjects}
    with answering(), visit.runtime.engine.connect() as connection:
        found = list_commitments(connection, visit.scope, limit=MOST_PROPOSED)
    return [(one.reference, f"{named.get(one.subject, one.subject)}, {words.organisation(one.party)}") for one in found]


def _choice(visit: Visit, party: str, errors: Mapping[str, str]) -> PartyChoice:
    directory, form = visit.basis.directory, request.form
    offices = (directory.offices[one] for one in directory.in_organisation.get(party, ()))
    return PartyChoice(
        party=party,
        name=visit.words().organisation(party),
        offices=tuple(sorted(offices, key=lambda office: office.name)),
        is_chosen=party in form.getlist("parties"),
        agency=text(form, f"agency:{party}"),
        pic=text(form, f"pic:{party}"),
        error=errors.get(f"agency:{party}", ""),
    )
