"""What may be said about organisations, offices, holders and grants: `decide` for the stream `offices`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import assert_never
from zoneinfo import ZoneInfo

from workflows.commands import (
    AppointHolder,
    EndAppointment,
    EstablishOffice,
    GiveGrant,
    OfficeCommand,
    RegisterOrganisation,
)
from workflows.errors import Blocker, Refused
from workflows.facts import (
    AppointmentEnded,
    GrantGiven,
    HolderAppointed,
    OfficeEstablished,
    OfficeFact,
    OrganisationRegistered,
)
from workflows.offices import Directory
from workflows.readable import id_letters, name_letters

SCOPES = ("granted", "organisation", "own")
RESERVED = frozenset({"clock", "operator", "timer"})
"""What acts without being an office: whoever held one of that name would pass for it."""
CAPACITIES = ("definitive", "pj", "plh", "plt")


def decide_office(directory: Directory, command: OfficeCommand) -> tuple[OfficeFact, ...]:
    """The facts that the command states; none where the directory says the same already.

    Raises Refused with every reason why not.
    """
    if isinstance(command, EndAppointment):
        return _end(directory, command)
    fact = _stated(command)
    if _is_said(_recorded(directory, fact), fact):
        return ()
    blockers = tuple(_blockers(directory, fact))
    if blockers:
        raise Refused(blockers)
    return (fact,)


Stated = OrganisationRegistered | OfficeEstablished | HolderAppointed | GrantGiven


def _stated(command: RegisterOrganisation | EstablishOffice | AppointHolder | GiveGrant) -> Stated:
    if isinstance(command, RegisterOrganisation | EstablishOffice):
        return _made(command)
    match command:
        case AppointHolder():
            return HolderAppointed(
                appointment=command.appointment,
                office=command.office,
                person=command.person,
                capacity=command.capacity,
                letter=command.letter,
                starts_on=command.starts_on,
                ends_on=command.ends_on,
            )
        case GiveGrant():
            return GrantGiven(
                grant=command.grant,
                office=command.office,
                organisation=command.organisation,
                subject=command.subject,
                commitment=command.commitment,
                starts_on=command.starts_on,
                ends_on=command.ends_on,
                letter=command.letter,
            )
        case _:
            assert_never(command)


def _made(command: RegisterOrganisation | EstablishOffice) -> OrganisationRegistered | OfficeEstablished:
    match command:
        case RegisterOrganisation():
            return OrganisationRegistered(
                organisation=command.organisation,
                parent=command.parent,
                name=command.name,
                kind=command.kind,
                zone=command.zone,
                calendar=command.calendar,
            )
        case EstablishOffice():
            return OfficeEstablished(
                office=command.office,
                name=command.name,
                role=command.role,
                organisation=command.organisation,
                scope=command.scope,
                reports_to=command.reports_to,
                acts_for=command.acts_for,
            )
        case _:
            assert_never(command)


def _recorded(directory: Directory, fact: Stated) -> Stated | None:
    match fact:
        case OrganisationRegistered():
            return directory.organisations.get(fact.organisation)
        case OfficeEstablished():
            return directory.offices.get(fact.office)
        case HolderAppointed():
            return directory.appointments.get(fact.appointment)
        case GrantGiven():
            return directory.grants.get(fact.grant)
        case _:
            assert_never(fact)


def _is_said(recorded: Stated | None, fact: Stated) -> bool:
    if isinstance(recorded, HolderAppointed) and isinstance(fact, HolderAppointed) and recorded.ends_on is not None:
        # An appointment that was ended since is still the one that was made.
        cut_short = fact.ends_on is None or recorded.ends_on < fact.ends_on
        recorded = replace(recorded, ends_on=fact.ends_on) if cut_short else recorded
    return recorded == fact


def _blockers(directory: Directory, fact: Stated) -> Iterator[Blocker]:
    match fact:
        case OrganisationRegistered():
            yield from _organisation(directory, fact)
        case OfficeEstablished():
            yield from _office(directory, fact)
        case HolderAppointed():
            yield from holder_blockers(directory, fact)
        case GrantGiven():
            yield from _grant(directory, fact)
        case _:
            assert_never(fact)


def _organisation(directory: Directory, fact: OrganisationRegistered) -> Iterator[Blocker]:
    yield from _blank(organisation=fact.organisation, name=fact.name, kind=fact.kind, calendar=fact.calendar)
    yield from id_letters(organisation=fact.organisation)
    yield from name_letters(name=fact.name, kind=fact.kind)
    if fact.organisation in directory.organisations:
        yield Blocker("organisation_exists", {"organisation": fact.organisation})
    if fact.parent == fact.organisation:
        yield Blocker("loop_in_tree", {"id": fact.organisation})
    elif fact.parent is not None and fact.parent not in directory.organisations:
        yield Blocker("parent_unknown", {"organisation": fact.parent})
    if not _is_zone(fact.zone):
        yield Blocker("zone_unknown", {"zone": fact.zone})


def _office(directory: Directory, fact: OfficeEstablished) -> Iterator[Blocker]:
    yield from _blank(office=fact.office, name=fact.name, role=fact.role)
    yield from id_letters(office=fact.office)
    yield from name_letters(name=fact.name)
    if fact.office in directory.offices or fact.office in RESERVED:
        yield Blocker("office_exists", {"office": fact.office})
    if fact.organisation not in directory.organisations:
        yield Blocker("organisation_unknown", {"organisation": fact.organisation})
    if fact.scope not in SCOPES:
        yield Blocker("visibility_unknown", {"scope": fact.scope, "known": ", ".join(SCOPES)})
    if fact.acts_for is not None and fact.acts_for not in directory.organisations:
        yield Blocker("organisation_unknown", {"organisation": fact.acts_for})
    if fact.acts_for is not None and fact.scope != "granted":
        yield Blocker("acts_by_grant", {"office": fact.office, "scope": fact.scope})
    if fact.reports_to == fact.office:
        yield Blocker("loop_in_tree", {"id": fact.office})
    elif fact.reports_to is not None and fact.reports_to not in directory.offices:
        yield Blocker("reports_to_unknown", {"office": fact.reports_to})


def holder_blockers(directory: Directory, fact: HolderAppointed) -> Iterator[Blocker]:
    """Why an appointment can't be so."""
    yield from _blank(appointment=fact.appointment, person=fact.person, letter=fact.letter)
    yield from name_letters(letter=fact.letter)
    yield from _office_unknown(directory, fact.office)
    if fact.appointment in directory.appointments:
        yield Blocker("appointment_exists", {"appointment": fact.appointment})
    if fact.capacity not in CAPACITIES:
        yield Blocker("capacity_unknown", {"capacity": fact.capacity, "known": ", ".join(CAPACITIES)})
    if _ends_early(fact):
        yield Blocker("end_before_start", {"start": str(fact.starts_on), "end": str(fact.ends_on)})
    elif fact.capacity == "definitive":
        yield from _office_held(directory, fact)


def _office_held(directory: Directory, fact: HolderAppointed) -> Iterator[Blocker]:
    for one in directory.of_office.get(fact.office, ()):
        held = directory.appointments[one]
        if held.capacity == "definitive" and one != fact.appointment and _overlap(held, fact):
            yield Blocker(
                "office_held",
                {
                    "office": fact.office,
                    "start": str(held.starts_on),
                    "end": "" if held.ends_on is None else str(held.ends_on),
                },
            )


def _grant(directory: Directory, fact: GrantGiven) -> Iterator[Blocker]:
    yield from _blank(grant=fact.grant, letter=fact.letter)
    yield from name_letters(letter=fact.letter)
    yield from _office_unknown(directory, fact.office)
    if fact.grant in directory.grants:
        yield Blocker("grant_exists", {"grant": fact.grant})
    office = directory.office(fact.office)
    if office is not None and office.scope != "granted":
        yield Blocker("grant_not_needed", {"office": fact.office, "scope": office.scope})
    if sum(named is not None for named in (fact.organisation, fact.subject, fact.commitment)) != 1:
        yield Blocker("grant_names_one_thing")
    if fact.organisation is not None and fact.organisation not in directory.organisations:
        yield Blocker("organisation_unknown", {"organisation": fact.organisation})
    if _ends_early(fact):
        yield Blocker("end_before_start", {"start": str(fact.starts_on), "end": str(fact.ends_on)})


def _end(directory: Directory, command: EndAppointment) -> tuple[OfficeFact, ...]:
    appointment = directory.appointments.get(command.appointment)
    if appointment is None:
        raise Refused((Blocker("appointment_unknown", {"appointment": command.appointment}),))
    if appointment.ends_on == command.ended_on:
        return ()
    blockers = tuple(_ending(appointment, command))
    if blockers:
        raise Refused(blockers)
    return (AppointmentEnded(command.appointment, appointment.office, command.ended_on, command.letter),)


def _ending(appointment: HolderAppointed, command: EndAppointment) -> Iterator[Blocker]:
    yield from _blank(letter=command.letter)
    if command.ended_on < appointment.starts_on:
        yield Blocker("end_before_start", {"start": str(appointment.starts_on), "end": str(command.ended_on)})
    if appointment.ends_on is not None and command.ended_on > appointment.ends_on:
        yield Blocker("appointment_over", {"end": str(appointment.ends_on), "asked": str(command.ended_on)})


def _blank(**fields: str) -> Iterator[Blocker]:
    return (Blocker("field_blank", {"field": name}) for name, value in fields.items() if not value.strip())


def _office_unknown(directory: Directory, office: str) -> Iterator[Blocker]:
    if office not in directory.offices:
        yield Blocker("office_unknown", {"office": office})


def _ends_early(dated: HolderAppointed | GrantGiven) -> bool:
    return dated.ends_on is not None and dated.ends_on < dated.starts_on


def _overlap(one: HolderAppointed, other: HolderAppointed) -> bool:
    return one.starts_on <= (other.ends_on or date.max) and other.starts_on <= (one.ends_on or date.max)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True
