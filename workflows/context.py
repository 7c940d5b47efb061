"""What the rules may know beside the commitment itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from workflows import delegations
from workflows.calendar import Calendar
from workflows.definition import Definition
from workflows.delegations import Delegations, Moment
from workflows.errors import CalendarEnds
from workflows.facts import PeriodFact, ProgrammeOpened, SampleDrawn, Subject
from workflows.lifecycle import Table, compile_table
from workflows.offices import Directory
from workflows.periods import Window, period_of, window_of
from workflows.proposals import Migrations
from workflows.sittings import Sittings

CLOCK = "clock"
"""The office under which the clock acts: nobody's, but what comes by itself."""


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts: a person in an office, in a capacity; `on_behalf_of` names the office whose authority is used."""

    office: str
    person: str
    capacity: str = "definitive"
    on_behalf_of: str | None = None

    @property
    def authority(self) -> str:
        """The office whose authority is used: what rules ask of, and what a fact names."""
        return self.on_behalf_of or self.office

    @property
    def delegate(self) -> str | None:
        """The own office of whoever uses another's authority; None for who uses their own."""
        return None if self.on_behalf_of is None else self.office

    @property
    def offices(self) -> frozenset[str]:
        """Every office that stands behind the act: four eyes compare them all."""
        return frozenset((self.office, self.authority))


@dataclass(frozen=True, slots=True)
class Context:
    """All that a decision may rest on, as of the log's head.

    now         aware UTC, from the log's clock
    calendars   by id; an organisation names its own
    definition  the version that the commitment follows (for a draft to come: the programme's)
    versions    every installed version of that workflow, by number
    migrations  every one that was proposed, by id
    period_changes, samples  what the programme said about its periods, in order
    is_closed   the programme is over; go_live: the day from which kawal is used for it, if one was set
    sittings    every one, by id
    """

    now: datetime
    by: Acting
    directory: Directory
    definition: Definition
    programme: ProgrammeOpened
    calendars: Mapping[str, Calendar]
    delegations: Delegations = delegations.EMPTY
    versions: Mapping[int, Definition] = field(default_factory=dict)
    migrations: Migrations = field(default_factory=dict)
    period_changes: tuple[PeriodFact, ...] = ()
    samples: tuple[SampleDrawn, ...] = ()
    is_closed: bool = False
    go_live: date | None = None
    sittings: Sittings = field(default_factory=dict)
    today: date = field(init=False, compare=False)
    """The current day in the programme's zone."""

    table: Table = field(init=False, compare=False)
    """Where each of the definition's moves leads from each state: (state, move) -> state."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", compile_table(self.definition))
        object.__setattr__(self, "today", self.day_of(self.now))

    def window(self, code: str, party: str) -> Window | None:
        """When a period takes reports of a party; None for an unknown period. Raises CalendarEnds."""
        scheme, programme = self.definition.periods, self.programme
        period = None if scheme is None else period_of(scheme, programme.fiscal_year, code)
        if scheme is None or period is None:
            return None
        calendar = self.calendars.get(programme.calendar)
        if calendar is None:
            raise CalendarEnds(programme.calendar, period.ends_on)
        return window_of(scheme, period, calendar, zone=programme.zone, party=party, changes=self.period_changes)

    def sample(self, period: str) -> SampleDrawn | None:
        """The lot that was drawn for a period, if it was."""
        return next((drawn for drawn in self.samples if drawn.period == period), None)

    def day_of(self, at: datetime) -> date:
        """The day of an aware moment in the programme's zone."""
        return at.astimezone(ZoneInfo(self.programme.zone)).date()

    def moment(self, at: datetime) -> Moment:
        """An aware moment with its day in the programme's zone."""
        return Moment(at, self.day_of(at))

    def version(self, number: int) -> Definition:
        """A version of the workflow; raises KeyError for one that was never installed."""
        return self.definition if number == self.definition.version else self.versions[number]

    def subject(self, subject: str) -> Subject | None:
        """The programme's subject of that id, if it has it."""
        return next((one for one in self.programme.subjects if one.subject == subject), None)
