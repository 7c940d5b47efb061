"""The directory: organisations in a tree, offices in them with their roles, and who holds each office when.

Authority belongs to the office; a person holds it for a time. A role is resolved from a party upwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import TypeVar, assert_never

from workflows.facts import (
    AppointmentEnded,
    GrantGiven,
    HolderAppointed,
    HolderProposalDeclined,
    HolderProposed,
    OfficeEstablished,
    OfficeFact,
    OrganisationRegistered,
    Skipped,
)

V = TypeVar("V")
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Resolution:
    """The office that a role led to (None: nobody can be asked), and the offices passed over on the way, in order."""

    office: str | None
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Directory:
    """Every organisation, office, appointment and grant as of one position of the log. Never changed in place.

    in_organisation, of_office, of_person  ids of offices by organisation, of appointments by office and by person
    acting_for   ids of offices of other organisations, by the organisation that they act for
    proposals    the appointments that wait for a second person, by their id
    """

    organisations: Mapping[str, OrganisationRegistered]
    offices: Mapping[str, OfficeEstablished]
    appointments: Mapping[str, HolderAppointed]
    grants: Mapping[str, GrantGiven]
    in_organisation: Mapping[str, tuple[str, ...]]
    of_office: Mapping[str, tuple[str, ...]]
    of_person: Mapping[str, tuple[str, ...]]
    acting_for: Mapping[str, tuple[str, ...]]
    proposals: Mapping[str, HolderProposed]

    def organisation(self, organisation: str) -> OrganisationRegistered | None:
        """The organisation of that id, if there is one."""
        return self.organisations.get(organisation)

    def office(self, office: str) -> OfficeEstablished | None:
        """The office of that id, if there is one."""
        return self.offices.get(office)

    def path(self, organisation: str) -> tuple[str, ...]:
        """The organisation, its parent and so on to the root; empty for an unknown one."""
        return tuple(self._upwards(organisation))

    def holders(self, office: str, on: date) -> tuple[HolderAppointed, ...]:
        """Who holds the office on that day, in the order of appointment."""
        held = [self.appointments[one] for one in self.of_office.get(office, ())]
        return tuple([appointment for appointment in held if is_in_force(appointment, on)])

    def is_vacant(self, office: str, on: date) -> bool:
        """True if nobody holds the office on that day."""
        return not self.holders(office, on)

    def offices_of(self, person: str, on: date) -> tuple[str, ...]:
        """The offices that the person holds on that day, each once, in the order of appointment."""
        held = (self.appointments[one] for one in self.of_person.get(person, ()))
        return tuple(dict.fromkeys(one.office for one in held if is_in_force(one, on)))

    def superior(self, office: str) -> OfficeEstablished | None:
        """The office that this one reports to, if any."""
        known = self.offices.get(office)
        return None if known is None or known.reports_to is None else self.offices[known.reports_to]

    def zone_of(self, office: str) -> str:
        """The IANA zone of a known office's organisation."""
        return self.organisations[self.offices[office].organisation].zone

    def calendar_of(self, office: str) -> str:
        """The id of the working calendar of a known office's organisation."""
        return self.organisations[self.offices[office].organisation].calendar

    def with_role(self, role: str, organisation: str) -> tuple[str, ...]:
        """The offices of that role in that very organisation, then those that act for it; each oldest first."""
        standing = self.in_organisation.get(organisation, ()) + self.acting_for.get(organisation, ())
        return tuple([one for one in standing if self.offices[one].role == role])

    def nearest(self, role: str, party: str) -> str | None:
        """The office of that role in the nearest organisation from the party upwards, vacant or not."""
        return next(self._of_role(role, party), None)

    def next_up(self, office: str, roles: Iterable[str]) -> str | None:
        """The nearest office above with one of the roles: first along the line of superiors, then by organisation."""
        wanted = tuple(roles)
        line = (above.office for above in self._superiors(office) if above.role in wanted)
        above = self._organisations_above(office)
        return next(line, None) or next(
            (one for organisation in above for role in wanted for one in self.with_role(role, organisation)), None
        )

    def coordinator(self, office: str, roles: Iterable[str]) -> str | None:
        """The nearest other office with one of the roles, from that office's own organisation upwards."""
        wanted = tuple(roles)
        organisations = self._upwards(self.offices[office].organisation)
        found = (one for each in organisations for role in wanted for one in self.with_role(role, each))
        return next((one for one in found if one != office), None)

    def is_above(self, office: str, other: str) -> bool:
        """True if the other office stands in the same organisation or below it, and not in the line of superiors."""
        organisation = self.offices[office].organisation
        below = organisation in self.path(self.offices[other].organisation)
        return below and other not in {one.office for one in self._superiors(office)}

    def resolve(
        self,
        role: str,
        party: str,
        *,
        on: date,
        without_offices: frozenset[str] = NOBODY,
        without_persons: frozenset[str] = NOBODY,
        ceiling: str | None = None,
        if_conflicted: str = "up",
        if_vacant: str = "up",
    ) -> Resolution:
        """The office that acts in a role for a party on a day: the nearest one that is neither conflicted nor vacant.

        An office is conflicted if it, or all who hold it, stand in `without_...`. One that is passed over gives way to
        the same role further up, then to its superior, and so on up; the climb ends at an office of role `ceiling`.
        if_conflicted, if_vacant   "block": such an office is not passed over, nobody is asked
        """
        return self._first_fit(
            self._climb(role, party, ceiling),
            on=on,
            without_offices=without_offices,
            without_persons=without_persons,
            if_conflicted=if_conflicted,
            if_vacant=if_vacant,
        )

    def resolve_office(
        self,
        office: str,
        *,
        on: date,
        without_offices: frozenset[str] = NOBODY,
        without_persons: frozenset[str] = NOBODY,
        ceiling: str | None = None,
        if_conflicted: str = "up",
        if_vacant: str = "up",
    ) -> Resolution:
        """That very office or the nearest of its superiors that is neither conflicted nor vacant; else as `resolve`."""
        return self._first_fit(
            self._line(office, ceiling),
            on=on,
            without_offices=without_offices,
            without_persons=without_persons,
            if_conflicted=if_conflicted,
            if_vacant=if_vacant,
        )

    def every(self, role: str, party: str) -> tuple[str, ...]:
        """Every office of that role in the nearest organisation from the party upwards that has any, oldest first."""
        found = (self.with_role(role, organisation) for organisation in self._upwards(party))
        return next((offices for offices in found if offices), ())

    def reach(self, office: str, *, on: date, ceiling: str | None = None) -> Resolution:
        """That very office, or where it is vacant the nearest superior that isn't, up to the ceiling."""
        skipped: list[Skipped] = []
        for one in self._line(office, ceiling):
            if not self.is_vacant(one, on):
                return Resolution(one, tuple(skipped))
            skipped.append(Skipped(one, "vacant"))
        return Resolution(None, tuple(skipped))

    def oversees(self, office: str, party: str) -> bool:
        """True if the office may read all that its organisation's and lower parties commit to, and this is one."""
        known = self.offices.get(office)
        return known is not None and known.scope == "organisation" and known.organisation in self._upwards(party)

    def sees(
        self,
        office: str,
        *,
        party: str,
        subject: str,
        commitment: str,
        names: frozenset[str],
        private: bool,
        on: date,
        invites: frozenset[str] = frozenset(),
    ) -> bool:
        """True if the office may read a commitment, by its scope or because it was asked for its opinion.

        names    the offices that the commitment names, or that decide its open request
        invites  the offices that are asked for their opinion or verdict now
        private  its state is for the party's own line alone: no grant opens it
        """
        known = self.offices.get(office)
        if known is None:
            return False
        if office in invites and not private:
            return True
        match known.scope:
            case "organisation":
                return self.oversees(office, party)
            case "own":
                return office in names
            case _:
                return not private and any(
                    self._opens(grant, party=party, subject=subject, commitment=commitment)
                    for grant in self.grants.values()
                    if grant.office == office and is_in_force(grant, on)
                )

    def _opens(self, grant: GrantGiven, *, party: str, subject: str, commitment: str) -> bool:
        if grant.organisation is not None:
            return grant.organisation in self.path(party)
        return subject == grant.subject or commitment == grant.commitment

    def _first_fit(
        self,
        climb: Iterable[str],
        *,
        on: date,
        without_offices: frozenset[str],
        without_persons: frozenset[str],
        if_conflicted: str,
        if_vacant: str,
    ) -> Resolution:
        skipped: list[Skipped] = []
        for office in climb:
            why = self._unfit(office, on, without_offices, without_persons)
            if why is None:
                return Resolution(office, tuple(skipped))
            skipped.append(Skipped(office, why))
            if (why == "conflicted" and if_conflicted == "block") or (why == "vacant" and if_vacant == "block"):
                break
        return Resolution(None, tuple(skipped))

    def _unfit(
        self, office: str, on: date, without_offices: frozenset[str], without_persons: frozenset[str]
    ) -> str | None:
        if office in without_offices:
            return "conflicted"
        holders = self.holders(office, on)
        if not holders:
            return "vacant"
        return "conflicted" if all(holder.person in without_persons for holder in holders) else None

    def _climb(self, role: str, party: str, ceiling: str | None) -> Iterator[str]:
        office = None
        for office in self._of_role(role, party):
            yield office
        if office is not None:
            line = self._line(office, ceiling)
            next(line)
            yield from line

    def _of_role(self, role: str, party: str) -> Iterator[str]:
        return (one for organisation in self._upwards(party) for one in self.with_role(role, organisation))

    def _line(self, office: str, ceiling: str | None) -> Iterator[str]:
        yield office
        role = self.offices[office].role
        for above in self._superiors(office):
            if role == ceiling:
                return
            yield above.office
            role = above.role

    def _superiors(self, office: str) -> Iterator[OfficeEstablished]:
        above = self.superior(office)
        while above is not None:
            yield above
            above = self.superior(above.office)

    def _organisations_above(self, office: str) -> Iterator[str]:
        path = self._upwards(self.offices[office].organisation)
        next(path)
        return path

    def _upwards(self, organisation: str) -> Iterator[str]:
        known = self.organisations.get(organisation)
        while known is not None:
            yield known.organisation
            known = None if known.parent is None else self.organisations[known.parent]


EMPTY = Directory(*(MappingProxyType({}) for _ in range(9)))


def is_in_force(dated: HolderAppointed | GrantGiven, on: date) -> bool:
    """True from the first day to the last, both included; an open end never ends."""
    return dated.starts_on <= on and (dated.ends_on is None or on <= dated.ends_on)


def replay_directory(events: Iterable[OfficeFact]) -> Directory:
    """Fold the facts of the stream `offices`, in version order."""
    directory = EMPTY
    for fact in events:
        directory = evolve_directory(directory, fact)
    return directory


def evolve_directory(directory: Directory, fact: OfficeFact) -> Directory:
    """Fold one more fact. Costs a copy of the mappings it touches."""
    match fact:
        case OrganisationRegistered():
            return replace(directory, organisations=_with(directory.organisations, fact.organisation, fact))
        case OfficeEstablished():
            return replace(
                directory,
                offices=_with(directory.offices, fact.office, fact),
                in_organisation=_and(directory.in_organisation, fact.organisation, fact.office),
                acting_for=directory.acting_for
                if fact.acts_for is None
                else _and(directory.acting_for, fact.acts_for, fact.office),
            )
        case HolderAppointed():
            return replace(
                directory,
                appointments=_with(directory.appointments, fact.appointment, fact),
                of_office=_and(directory.of_office, fact.office, fact.appointment),
                of_person=_and(directory.of_person, fact.person, fact.appointment),
                proposals=_without(directory.proposals, fact.appointment),
            )
        case AppointmentEnded():
            ended = replace(directory.appointments[fact.appointment], ends_on=fact.ended_on)
            return replace(directory, appointments=_with(directory.appointments, fact.appointment, ended))
        case GrantGiven():
            return replace(directory, grants=_with(directory.grants, fact.grant, fact))
        case HolderProposed():
            return replace(directory, proposals=_with(directory.proposals, fact.appointment, fact))
        case HolderProposalDeclined():
            return replace(directory, proposals=_without(directory.proposals, fact.appointment))
        case _:
            assert_never(fact)


def _with(mapping: Mapping[str, V], key: str, value: V) -> Mapping[str, V]:
    return MappingProxyType({**mapping, key: value})


def _without(mapping: Mapping[str, V], key: str) -> Mapping[str, V]:
    if key not in mapping:
        return mapping
    return MappingProxyType({name: value for name, value in mapping.items() if name != key})


def _and(mapping: Mapping[str, tuple[str, ...]], key: str, one: str) -> Mapping[str, tuple[str, ...]]:
    return _with(mapping, key, (*mapping.get(key, ()), one))
