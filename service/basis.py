"""What every decision may rest on, folded from the log's basis events: offices, delegations, workflows, programmes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from events.envelope import EMPTY, Event, Head
from service.catalog import decode
from workflows import delegations, offices, programmes
from workflows.calendar import Calendar, calendar_of
from workflows.context import Acting, Context
from workflows.definition import Definition
from workflows.definition_yaml import parse
from workflows.delegations import Delegations, evolve_delegations
from workflows.facts import (
    CalendarAdopted,
    DefinitionInstalled,
    DelegationFact,
    OfficeFact,
    ProgrammeFact,
    ProgrammeOpened,
    SittingFact,
)
from workflows.ground import Ground
from workflows.offices import Directory, evolve_directory
from workflows.programmes import Programmes, evolve_programmes
from workflows.sittings import Sittings, evolve_sittings


class Versions(Mapping[int, Definition]):
    """Every installed version of one workflow by its number; a text is parsed when it is asked for."""

    __slots__ = ("_texts",)

    def __init__(self, installed: Iterable[DefinitionInstalled]) -> None:
        self._texts = {one.version: one.text for one in installed}

    def __getitem__(self, version: int) -> Definition:
        return _parsed(self._texts[version])

    def __iter__(self) -> Iterator[int]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


@dataclass(frozen=True, slots=True)
class Basis:
    """The fold of all basis events up to `position`; `seen` is the leaf hash of the last one, the append's condition.

    heads  the head of every basis stream
    """

    position: int = 0
    seen: bytes | None = None
    directory: Directory = offices.EMPTY
    delegations: Delegations = delegations.EMPTY
    installed: Programmes = programmes.EMPTY
    sittings: Sittings = field(default_factory=dict)
    heads: Mapping[str, Head] = field(default_factory=dict)

    @property
    def programmes(self) -> Mapping[str, ProgrammeOpened]:
        """Every programme, by id."""
        return self.installed.programmes

    @property
    def calendars(self) -> Mapping[str, Calendar]:
        """The calendars in force, by id."""
        return {name: _calendar(versions[-1]) for name, versions in self.installed.calendars.items()}

    def definition(self, name: str, version: int) -> Definition:
        """A workflow's version as it was installed; parsed once a process. Raises KeyError for one that was not."""
        installed = self.installed.definition(name, version)
        if installed is None:
            raise KeyError(name, version)
        return _parsed(installed.text)

    def versions(self, name: str) -> Versions:
        """Every installed version of a workflow."""
        return Versions(self.installed.definitions.get(name, ()))

    def latest(self, name: str) -> DefinitionInstalled | None:
        """The newest installed version of a workflow."""
        return next(reversed(self.installed.definitions.get(name, ())), None)

    def context(self, programme: str, version: int | None, *, by: Acting, now: datetime) -> Context:
        """What the rules may know for a commitment of a programme; version None: the programme's own of today.

        raises  KeyError for a programme that was never opened
        """
        opened = self.programmes[programme]
        definition = self.definition(opened.definition, version or opened.definition_version)
        return Context(
            now=now,
            by=by,
            directory=self.directory,
            definition=definition,
            programme=opened,
            calendars=self.calendars,
            delegations=self.delegations,
            versions=self.versions(opened.definition),
            migrations=self.installed.migrations,
            period_changes=self.installed.periods.get(programme, ()),
            samples=self.installed.samples.get(programme, ()),
            is_closed=self.installed.closed.get(programme) is not None,
            go_live=self.installed.go_live.get(programme),
            sittings=self.sittings,
        )

    def ground(self, *, by: Acting, now: datetime) -> Ground:
        """What a decision on delegations or appointments may rest on."""
        newest = [self.definition(name, versions[-1].version) for name, versions in self.installed.definitions.items()]
        return Ground(
            now=now,
            by=by,
            directory=self.directory,
            delegations=self.delegations,
            programmes=self.programmes,
            moves=frozenset(move for definition in newest for move in definition.moves),
            administrators=frozenset(
                role.name for definition in newest for role in definition.roles.values() if "administer" in role.may
            ),
        )

    def head(self, stream: str) -> Head:
        """The head of a basis stream."""
        return self.heads.get(stream, EMPTY)


def extend(basis: Basis, events: Iterable[Event]) -> Basis:
    """Fold further basis events, in order of position."""
    for event in events:
        basis = _extended(basis, event)
    return basis


def _extended(basis: Basis, event: Event) -> Basis:
    fact = decode(event)
    moved = replace(
        basis,
        position=event.position,
        seen=event.leaf_hash,
        heads={**basis.heads, event.stream: Head(event.version, event.leaf_hash)},
    )
    if isinstance(fact, OfficeFact):
        return replace(moved, directory=evolve_directory(moved.directory, fact))
    if isinstance(fact, DelegationFact):
        return replace(moved, delegations=evolve_delegations(moved.delegations, fact))
    if isinstance(fact, SittingFact):
        return replace(moved, sittings=evolve_sittings(moved.sittings, fact))
    assert isinstance(fact, ProgrammeFact), f"{event.type} is no basis fact"
    return replace(moved, installed=evolve_programmes(moved.installed, fact))


@lru_cache(maxsize=64)
def _parsed(text: str) -> Definition:
    return parse(text)


@lru_cache(maxsize=64)
def _calendar(adopted: CalendarAdopted) -> Calendar:
    return calendar_of(adopted)
