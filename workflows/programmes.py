"""What may be said about calendars, workflows and programmes: `decide` for their streams.

The same content again is nothing new, so an import may run twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from types import MappingProxyType
from typing import TypeVar, assert_never
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workflows.calendar import calendar_of
from workflows.commands import (
    AdoptCalendar,
    CloseProgramme,
    DeclineInvitation,
    InstallDefinition,
    InviteParties,
    JoinProgramme,
    LifeCommand,
    NameElsewhere,
    OpenProgramme,
    PeriodCommand,
    ProgrammeCommand,
    ReopenProgramme,
    SeatCommand,
    SetGoLive,
)
from workflows.context import Acting
from workflows.definition_yaml import parse
from workflows.elsewhere import id_blockers
from workflows.errors import Blocker, DefinitionInvalid, Refused
from workflows.facts import (
    CalendarAdopted,
    DefinitionDeclined,
    DefinitionInstalled,
    DefinitionProposed,
    GoLiveSet,
    InvitationDeclined,
    LifeFact,
    MigrationConfirmed,
    MigrationDeclined,
    MigrationEnded,
    MigrationProposed,
    NamedElsewhere,
    PartyInvited,
    PartyJoined,
    PeriodFact,
    ProgrammeClosed,
    ProgrammeDefinitionChanged,
    ProgrammeFact,
    ProgrammeOpened,
    ProgrammeReopened,
    SampleDrawn,
    SeatFact,
)
from workflows.offices import Directory
from workflows.period_changes import Managing, change_period
from workflows.programme_life import change_life
from workflows.programme_seats import change_seats
from workflows.proposals import Migrations, Proposals, evolve_migrations, evolve_proposals
from workflows.readable import id_letters

K = TypeVar("K")
V = TypeVar("V")
NameElsewhereKey = tuple[str, str, str, str]
PARTY, SUBJECT = "party", "subject"


@dataclass(frozen=True, slots=True)
class Programmes:
    """Every calendar, workflow and programme as of one position of the log: all versions, oldest first.

    programmes  as opened, with the version of the workflow that their drafts follow now
    periods  by programme, what was extended, closed and opened again; samples: the lots that were drawn
    names_elsewhere  which party or subject an id of another system means: (programme, kind, system, id) -> name
    seats  by programme, what was said about its parties' places
    closed, go_live  by programme, where it was ever closed, or a day was ever set; life: all that was said of both
    """

    calendars: Mapping[str, tuple[CalendarAdopted, ...]]
    definitions: Mapping[str, tuple[DefinitionInstalled, ...]]
    programmes: Mapping[str, ProgrammeOpened]
    proposals: Proposals
    migrations: Migrations
    periods: Mapping[str, tuple[PeriodFact, ...]]
    samples: Mapping[str, tuple[SampleDrawn, ...]]
    names_elsewhere: Mapping[NameElsewhereKey, str]
    seats: Mapping[str, tuple[SeatFact, ...]]
    closed: Mapping[str, ProgrammeClosed | None]
    go_live: Mapping[str, date | None]
    life: Mapping[str, tuple[LifeFact, ...]]

    def definition(self, name: str, version: int) -> DefinitionInstalled | None:
        """A workflow's version, if it was installed."""
        return next((one for one in self.definitions.get(name, ()) if one.version == version), None)


EMPTY = Programmes(*(MappingProxyType({}) for _ in range(12)))


def replay_programmes(events: Iterable[ProgrammeFact]) -> Programmes:
    """Fold the facts of all these streams, in the log's order."""
    programmes = EMPTY
    for fact in events:
        programmes = evolve_programmes(programmes, fact)
    return programmes


def evolve_programmes(programmes: Programmes, fact: ProgrammeFact) -> Programmes:
    """Fold one more fact."""
    match fact:
        case CalendarAdopted():
            versions = (*programmes.calendars.get(fact.calendar, ()), fact)
            return replace(programmes, calendars=_with(programmes.calendars, fact.calendar, versions))
        case DefinitionInstalled():
            texts = (*programmes.definitions.get(fact.definition, ()), fact)
            return replace(
                programmes,
                definitions=_with(programmes.definitions, fact.definition, texts),
                proposals=evolve_proposals(programmes.proposals, fact),
            )
        case DefinitionProposed() | DefinitionDeclined():
            return replace(programmes, proposals=evolve_proposals(programmes.proposals, fact))
        case ProgrammeDefinitionChanged():
            changed = replace(programmes.programmes[fact.programme], definition_version=fact.to_version)
            return replace(programmes, programmes=_with(programmes.programmes, fact.programme, changed))
        case MigrationProposed() | MigrationConfirmed() | MigrationDeclined() | MigrationEnded():
            return replace(programmes, migrations=evolve_migrations(programmes.migrations, fact))
        case NamedElsewhere():
            named = (fact.programme, fact.kind, fact.system, fact.external_id)
            return replace(programmes, names_elsewhere=_with(programmes.names_elsewhere, named, fact.name))
        case ProgrammeOpened():
            return replace(programmes, programmes=_with(programmes.programmes, fact.programme, fact))
        case PartyInvited() | InvitationDeclined() | PartyJoined():
            seats = (*programmes.seats.get(fact.programme, ()), fact)
            return replace(programmes, seats=_with(programmes.seats, fact.programme, seats))
        case GoLiveSet() | ProgrammeClosed() | ProgrammeReopened():
            return _lived(programmes, fact)
        case SampleDrawn():
            drawn = (*programmes.samples.get(fact.programme, ()), fact)
            return replace(programmes, samples=_with(programmes.samples, fact.programme, drawn))
        case _:
            said = (*programmes.periods.get(fact.programme, ()), fact)
            return replace(programmes, periods=_with(programmes.periods, fact.programme, said))


def _lived(programmes: Programmes, fact: LifeFact) -> Programmes:
    name = fact.programme
    said = replace(programmes, life=_with(programmes.life, name, (*programmes.life.get(name, ()), fact)))
    match fact:
        case GoLiveSet():
            return replace(said, go_live=_with(said.go_live, name, fact.on))
        case ProgrammeClosed():
            return replace(said, closed=_with(said.closed, name, fact))
        case ProgrammeReopened():
            return replace(said, closed=_with(said.closed, name, None))
        case _:
            assert_never(fact)


def decide_programme(
    state: Programmes, command: ProgrammeCommand, *, by: Acting, directory: Directory, now: datetime
) -> tuple[ProgrammeFact, ...]:
    """State the fact of a command; none where it was stated before. Raises Refused with every reason why not."""
    match command:
        case AdoptCalendar():
            return _adopt(state, command.adopted)
        case InstallDefinition():
            return _install(state, command)
        case OpenProgramme():
            return _open(state, command.opened, by=by, directory=directory)
        case NameElsewhere():
            return _name(state, command, by=by, directory=directory)
        case InviteParties() | DeclineInvitation() | JoinProgramme():
            return change_seats(_managing(state, command, by=by, directory=directory, now=now), command)
        case SetGoLive() | CloseProgramme() | ReopenProgramme():
            return change_life(_managing(state, command, by=by, directory=directory, now=now), command)
        case _:
            return change_period(_managing(state, command, by=by, directory=directory, now=now), command)


def _managing(
    state: Programmes,
    command: PeriodCommand | LifeCommand | SeatCommand,
    *,
    by: Acting,
    directory: Directory,
    now: datetime,
) -> Managing:
    programme = state.programmes.get(command.programme)
    if programme is None:
        raise Refused((Blocker("programme_unknown", {"programme": command.programme}),))
    installed = state.definition(programme.definition, programme.definition_version)
    assert installed is not None, "a programme is opened with an installed workflow"
    return Managing(
        programme=programme,
        definition=parse(installed.text),
        calendar=calendar_of(state.calendars[programme.calendar][-1]),
        changes=state.periods.get(programme.programme, ()),
        samples=state.samples.get(programme.programme, ()),
        by=by,
        directory=directory,
        now=now,
        is_closed=state.closed.get(programme.programme) is not None,
        go_live=state.go_live.get(programme.programme),
        seats=state.seats.get(programme.programme, ()),
    )


def _adopt(state: Programmes, adopted: CalendarAdopted) -> tuple[CalendarAdopted, ...]:
    earlier = state.calendars.get(adopted.calendar, ())
    if earlier and replace(adopted, version=earlier[-1].version) == earlier[-1]:
        return ()
    _refuse((*_version(adopted.version, len(earlier)), *_calendar(adopted)))
    return (adopted,)


def _calendar(adopted: CalendarAdopted) -> Iterator[Blocker]:
    first, last = adopted.first_day, adopted.last_day
    if last < first:
        yield Blocker("end_before_start", {"start": str(first), "end": str(last)})
    outside = [str(day) for day in adopted.days_off if not first <= day <= last]
    if outside:
        yield Blocker("day_outside", {"days": ", ".join(outside)})


def _install(state: Programmes, command: InstallDefinition) -> tuple[DefinitionInstalled, ...]:
    earlier = state.definitions.get(command.definition, ())
    if any(one.text == command.text for one in earlier):
        return ()
    second = (Blocker("second_person_needed", {"definition": command.definition}),) if state.definitions else ()
    _refuse((*second, *_version(command.version, len(earlier)), *_text(command)))
    return (DefinitionInstalled(command.definition, command.version, command.digest, command.text),)


def _text(command: InstallDefinition) -> Iterator[Blocker]:
    try:
        definition = parse(command.text)
    except DefinitionInvalid as invalid:
        yield Blocker("definition_invalid", {"place": invalid.place, "reason": invalid.reason})
        return
    said = (f"{definition.name} {definition.version}", sha256(command.text.encode()).hexdigest())
    asked = (f"{command.definition} {command.version}", command.digest)
    for read, wanted in zip(said, asked, strict=True):
        if read != wanted:
            yield Blocker("definition_differs", {"read": read, "asked": wanted})


def _open(
    state: Programmes, opened: ProgrammeOpened, *, by: Acting, directory: Directory
) -> tuple[ProgrammeOpened, ...]:
    known = state.programmes.get(opened.programme)
    if known == opened:
        return ()
    taken = () if known is None else (Blocker("programme_exists", {"programme": opened.programme}),)
    _refuse(
        (
            *taken,
            *_opener(state, opened, by=by, directory=directory),
            *_frame(state, opened),
            *_scope(opened, directory),
        )
    )
    return (opened,)


def _name(state: Programmes, command: NameElsewhere, *, by: Acting, directory: Directory) -> tuple[NamedElsewhere, ...]:
    named = (command.programme, command.kind, command.system, command.external_id)
    known = state.names_elsewhere.get(named)
    if known == command.name:
        return ()
    opened = state.programmes.get(command.programme)
    if opened is None:
        raise Refused((Blocker("programme_unknown", {"programme": command.programme}),))
    taken = {"system": command.system, "id": command.external_id}
    _refuse(
        (
            *_opener(state, opened, by=by, directory=directory),
            *id_blockers(command.system, command.external_id),
            *_part(opened, command),
            *(() if known is None else (Blocker("external_id_taken", taken),)),
        )
    )
    return (NamedElsewhere(command.programme, command.kind, command.name, command.system, command.external_id),)


def _part(opened: ProgrammeOpened, command: NameElsewhere) -> Iterator[Blocker]:
    parts = {PARTY: opened.parties, SUBJECT: tuple(one.subject for one in opened.subjects)}
    if command.kind not in parts:
        yield Blocker("external_kind_unknown", {"kind": command.kind, "known": ", ".join(parts)})
    elif command.name not in parts[command.kind]:
        found = {command.kind: command.name, "programme": opened.programme}
        code = "party_not_in_programme" if command.kind == PARTY else "subject_not_in_programme"
        yield Blocker(code, found)


def _opener(state: Programmes, opened: ProgrammeOpened, *, by: Acting, directory: Directory) -> Iterator[Blocker]:
    """Who opens it: a role that the workflow says may, of an office above or in the leading organisation."""
    installed = state.definition(opened.definition, opened.definition_version)
    if installed is None:
        wanted = {"definition": opened.definition, "version": str(opened.definition_version)}
        yield Blocker("definition_unknown", wanted)
        return
    office = directory.office(by.office)
    if office is None:
        yield Blocker("office_unknown", {"office": by.office})
        return
    roles = [role.name for role in parse(installed.text).roles.values() if "open_programme" in role.may]
    if office.role not in roles:
        yield Blocker("role_may_not", {"act": "open_programme", "roles": ", ".join(roles)})
    if not {office.organisation, office.acts_for} & set(directory.path(opened.organisation)):
        yield Blocker("out_of_scope", {"office": by.office, "commitment": opened.programme})


def _frame(state: Programmes, opened: ProgrammeOpened) -> Iterator[Blocker]:
    yield from id_letters(also=":", programme=opened.programme)
    if opened.calendar not in state.calendars:
        yield Blocker("calendar_unknown", {"calendar": opened.calendar})
    if not _is_zone(opened.zone):
        yield Blocker("zone_unknown", {"zone": opened.zone})
    if opened.ends_on < opened.starts_on:
        yield Blocker("end_before_start", {"start": str(opened.starts_on), "end": str(opened.ends_on)})


def _scope(opened: ProgrammeOpened, directory: Directory) -> Iterator[Blocker]:
    named = (opened.organisation, *opened.parties)
    strangers = [one for one in named if opened.organisation not in directory.path(one)]
    if strangers:
        yield Blocker("party_unknown", {"parties": ", ".join(strangers)})
    counts = Counter(subject.subject for subject in opened.subjects)
    twice = [subject for subject, count in counts.items() if count > 1]
    if twice:
        yield Blocker("subject_twice", {"subjects": ", ".join(twice)})
    owners = [subject.owner_office for subject in opened.subjects if subject.owner_office is not None]
    for owner in owners:
        if directory.office(owner) is None:
            yield Blocker("office_unknown", {"office": owner})


def _version(version: int, earlier: int) -> tuple[Blocker, ...]:
    if version == earlier + 1:
        return ()
    return (Blocker("version_out_of_order", {"version": str(version), "next": str(earlier + 1)}),)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _refuse(blockers: tuple[Blocker, ...]) -> None:
    if blockers:
        raise Refused(blockers)


def _with(mapping: Mapping[K, V], key: K, value: V) -> Mapping[K, V]:
    return MappingProxyType({**mapping, key: value})
