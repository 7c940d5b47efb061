"""What pages show of a sitting."""

from __future__ import annotations

from dataclasses import dataclass, replace

from service.catalog import decode, recorded, sitting_stream
from service.read_models.sitting_acts import SittingAct
from service.sentences import Happening, happening, sentence
from service.sentences.sittings import attendee
from service.sentences.vocabulary import Vocabulary
from service.sittings import open_sittings_of
from service.web.requests_shown import Option
from service.web.visit import Visit
from workflows.facts import Evidence, ProgrammeOpened
from workflows.sittings import Sitting

SITTING = "sitting"
"""The field of a form that says in which sitting something is done."""


@dataclass(frozen=True, slots=True)
class SittingShown:
    """A sitting in words. story: what was recorded of it, in sentences, oldest first"""

    id: str
    title: str
    programme: str
    programme_id: str
    held_at: str
    place: str
    mode: str
    is_closed: bool
    ended_at: str
    keeper: str
    attendees: tuple[Option, ...]
    minutes: str
    file: Evidence | None
    story: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActShown:
    """What was made in it: one sentence, and the commitment that it belongs to.

    retracted  who took it back, when and why; empty where it stands
    """

    commitment: str
    reference: str
    at: str
    sentence: str
    retracted: str


def sitting_shown(visit: Visit, sitting: Sitting) -> SittingShown:
    """A sitting as its record says now; times in its own zone."""
    opened, programme = sitting.opened, visit.basis.programmes[sitting.opened.programme]
    words = _words(visit, replace(programme, zone=opened.zone))
    return SittingShown(
        id=sitting.id,
        title=sitting.title,
        programme=programme.name,
        programme_id=programme.programme,
        held_at=words.moment(sitting.held_at),
        place=sitting.place,
        mode=words.clause(sitting.mode),
        is_closed=sitting.closed is not None,
        ended_at="" if sitting.closed is None else words.moment(sitting.closed.ended_at),
        keeper=words.office(opened.opened_by),
        attendees=tuple(Option(one.office, attendee(one, words)) for one in sitting.attendees),
        minutes=sitting.minutes,
        file=sitting.file,
        story=_story(visit, sitting, words),
    )


def act_shown(visit: Visit, act: SittingAct) -> ActShown:
    """One act with its sentence, as the story of its commitment tells it."""
    event = visit.runtime.store.event_at(act.position)
    assert event is not None, "read models are made of the log"
    _, state = visit.visible(act.commitment)
    words = visit.words(state)
    told = sentence(happening(recorded(event)), words, commitment=state)
    return ActShown(act.commitment, act.reference, words.moment(act.at), told, _retracted(visit, act, words))


def candidates(visit: Visit, sitting: Sitting) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    """The offices that may have come, by organisation: of the keeper's line and of the parties below it."""
    directory, programme = visit.basis.directory, visit.basis.programmes[sitting.opened.programme]
    definition = visit.basis.definition(programme.definition, programme.definition_version)
    deciding = {role for move in definition.moves.values() for step in move.steps for role in step.roles}
    speaking = {role.name for role in definition.roles.values() if role.may & {"witness", "hold_sitting"}}
    home = directory.offices[sitting.opened.opened_by].organisation
    below = [party for party in programme.parties if home in directory.path(party)]
    found = []
    for organisation in dict.fromkeys((*directory.path(home), *below)):
        offices = [directory.offices[one] for one in directory.in_organisation.get(organisation, ())]
        wanted = [one for one in offices if one.role in deciding | speaking and not sitting.attended((one.office,))]
        if wanted:
            found.append((_name(visit, organisation), tuple(Option(one.office, one.name) for one in wanted)))
    return tuple(found)


def sitting_choices(visit: Visit, programme: str) -> tuple[Option, ...]:
    """The sittings of a programme in which the visitor may decide or sign now."""
    words = _words(visit, visit.basis.programmes[programme])
    return tuple(
        Option(one.id, f"{one.title}, {words.moment(one.held_at)}")
        for one in open_sittings_of(visit.basis, visit.principal.acting, programme)
    )


def modes_of(visit: Visit) -> dict[str, str]:
    """How something is held or signed, in the visit's language."""
    return {
        "in_person": visit.say("hadir langsung", "in person"),
        "online": visit.say("daring", "online"),
        "wet_ink": visit.say("tanda tangan basah, dipindai", "wet ink, scanned"),
    }


def _retracted(visit: Visit, act: SittingAct, words: Vocabulary) -> str:
    back = act.retracted
    if back is None:
        return ""
    by = words.actor(back.office, back.capacity, on_behalf_of=back.on_behalf_of)
    return visit.say(
        f"Ditarik kembali oleh {by} pada {words.moment(back.at)}: {back.text}",
        f"Taken back by {by} on {words.moment(back.at)}: {back.text}",
    )


def _story(visit: Visit, sitting: Sitting, words: Vocabulary) -> tuple[str, ...]:
    events = visit.runtime.store.read_stream(sitting_stream(sitting.id))
    happened = (Happening(decode(one), one.recorded_at, one.actor.office) for one in events)
    return tuple(sentence(one, words) for one in happened)


def _words(visit: Visit, programme: ProgrammeOpened) -> Vocabulary:
    definition = visit.basis.definition(programme.definition, programme.definition_version)
    return Vocabulary(visit.language, visit.basis.directory, programme, definition)


def _name(visit: Visit, organisation: str) -> str:
    known = visit.basis.directory.organisation(organisation)
    return organisation if known is None else known.name
