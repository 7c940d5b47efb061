"""Which offices a demo's visitor may take by one click: grouped by organisation, the ones with work first in mind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from events.engine import answering
from service import formats
from service.read_models.waiting_counts import count_waiting
from service.web.visit import Visit
from workflows.facts import OfficeEstablished


@dataclass(frozen=True, slots=True)
class Choice:
    """An office, whether somebody holds it, and how much waits for it."""

    office: str
    name: str
    waiting: int


@dataclass(frozen=True, slots=True)
class Group:
    """The offices of one organisation, or the ones to begin with. waiting: for all of them; 0 isn't said"""

    organisation: str
    choices: tuple[Choice, ...]
    waiting: int


def choices_of(visit: Visit, asked: str) -> tuple[Group, ...]:
    """Every office that somebody holds today and whose name, or organisation's name, has the words asked for."""
    with answering(), visit.runtime.engine.connect() as connection:
        waiting = count_waiting(connection)
    directory, wanted = visit.basis.directory, asked.casefold().split()
    groups = [] if wanted else _where_to_begin(visit, waiting)
    for organisation in directory.organisations.values():
        offices = [directory.offices[one] for one in directory.in_organisation.get(organisation.organisation, ())]
        held = [one for one in offices if _matches(one, organisation.name, wanted) and _is_held(visit, one)]
        if held:
            groups.append(_group(organisation.name, held, waiting))
    return tuple(groups)


def _where_to_begin(visit: Visit, waiting: Mapping[str, int]) -> list[Group]:
    """For each role the office for which the most waits: one of every kind to try."""
    directory = visit.basis.directory
    known = [directory.offices[office] for office in sorted(waiting) if office in directory.offices]
    held = [office for office in known if _is_held(visit, office)]
    roles = dict.fromkeys(office.role for office in directory.offices.values())
    most = [
        max((office for office in held if office.role == role), key=lambda office: waiting[office.office], default=None)
        for role in roles
    ]
    busiest = [office for office in most if office is not None]
    group = _group(visit.say("Mulai dari sini", "Begin here"), busiest, waiting)
    return [replace(group, waiting=0)] if busiest else []


def today_of(visit: Visit, office: str) -> date:
    """The current day where a known office is."""
    return formats.local_day(visit.now, visit.basis.directory.zone_of(office))


def _group(name: str, offices: list[OfficeEstablished], waiting: Mapping[str, int]) -> Group:
    choices = tuple(Choice(one.office, one.name, waiting.get(one.office, 0)) for one in offices)
    return Group(name, choices, sum(choice.waiting for choice in choices))


def _matches(office: OfficeEstablished, organisation: str, wanted: list[str]) -> bool:
    name = f"{office.name} {organisation}".casefold()
    return all(word in name for word in wanted)


def _is_held(visit: Visit, office: OfficeEstablished) -> bool:
    return not visit.basis.directory.is_vacant(office.office, today_of(visit, office.office))
