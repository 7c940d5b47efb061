"""Pages: what an office hands over when its holder changes, to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask.typing import ResponseReturnValue

from service import identity
from service.handover import Handover, Open, handover_of
from service.identity import Person
from service.sentences import Vocabulary
from service.web.delegations import shown_delegations
from service.web.pages import pages as new_pages
from service.web.rendering import page
from service.web.visit import Visit
from workflows.facts import HolderAppointed, HolderProposed

pages = new_pages("handovers")


@dataclass(frozen=True, slots=True)
class OpenShown:
    """One open matter in words. held_by: who held the office when it fell due, or holds it now"""

    commitment: str
    matter: str
    party: str
    reference: str
    waits_for: str
    since: str
    due: str
    late: bool
    held_by: str


@dataclass(frozen=True, slots=True)
class HolderShown:
    """An appointment in words. standing: past | present | coming | proposed"""

    person: str
    capacity: str
    term: str
    letter: str
    standing: str


@pages.get("/offices/<office>/handover")
def read_handover(visit: Visit, office: str) -> ResponseReturnValue:
    """What is open, delegated and late, and who held the office when."""
    found = handover_of(visit.runtime, visit.basis, visit.principal, office, visit.now)
    held = {one.person for one in found.appointments} | {one.person for one in found.proposals}
    held |= {one.person for row in (*found.open, *found.asked) for one in row.held_by}
    persons = identity.persons_by_id(visit.runtime.engine, held)
    return page(
        visit,
        "pages/handover.html",
        found=found,
        office_name=visit.words().office(office),
        day=visit.words().weekday(found.on),
        holders=_holders(visit, found, persons),
        open=[_open(visit, one, persons) for one in found.open],
        asked=[_open(visit, one, persons) for one in found.asked],
        given=shown_delegations(visit, found.given),
        received=shown_delegations(visit, found.received),
    )


def _holders(visit: Visit, found: Handover, persons: Mapping[str, Person]) -> list[HolderShown]:
    proposed = [_holder(visit, one, "proposed", persons) for one in found.proposals]
    return [*proposed, *(_holder(visit, one, _standing(found, one), persons) for one in found.appointments)]


def _standing(found: Handover, one: HolderAppointed) -> str:
    if one.starts_on > found.on:
        return "coming"
    return "past" if one.ends_on is not None and one.ends_on < found.on else "present"


def _holder(
    visit: Visit, one: HolderAppointed | HolderProposed, standing: str, persons: Mapping[str, Person]
) -> HolderShown:
    words = visit.words()
    ends = visit.say("sekarang", "now") if one.ends_on is None else words.day(one.ends_on)
    term = visit.say("{start} s.d. {end}", "{start} to {end}", start=words.day(one.starts_on), end=ends)
    return HolderShown(_name(one.person, persons), words.capacity(one.capacity), term, one.letter, standing)


def _open(visit: Visit, row: Open, persons: Mapping[str, Person]) -> OpenShown:
    one, basis = row.waiting, visit.basis
    programme = basis.programmes.get(one.programme)
    words = Vocabulary(
        visit.language, basis.directory, programme, basis.definition(one.definition, one.definition_version)
    )
    return OpenShown(
        commitment=one.commitment,
        matter=_matter(visit, row, words),
        party=words.organisation(one.party),
        reference=one.reference,
        waits_for=words.office(one.office),
        since=words.moment(one.since),
        due="" if one.due_on is None else words.weekday(one.due_on),
        late=row.late,
        held_by=_held_by(row.held_by, persons, words),
    )


def _matter(visit: Visit, row: Open, words: Vocabulary) -> str:
    one = row.waiting
    subject = words.subject(one.subject)
    if one.move is not None:
        step = f", {words.step(one.move, one.step)}" if one.step else ""
        return f"{words.move(one.move)}{step}: {subject}"
    if one.item is not None:
        return visit.say("Butir {item}: {subject}", "Item {item}: {subject}", item=one.item, subject=subject)
    return subject


def _held_by(held: Sequence[HolderAppointed], persons: Mapping[str, Person], words: Vocabulary) -> str:
    return ", ".join(f"{_name(one.person, persons)} ({words.capacity(one.capacity)})" for one in held)


def _name(person: str, persons: Mapping[str, Person]) -> str:
    known = persons.get(person)
    return person if known is None else known.name
