"""What decisions on delegations and appointments may know: who acts, and all offices, programmes and workflows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from workflows.context import Acting
from workflows.delegations import Delegations, Moment
from workflows.facts import ProgrammeOpened
from workflows.offices import Directory


@dataclass(frozen=True, slots=True)
class Ground:
    """All that a decision on offices and their authority may rest on, as of the log's head.

    programmes      every programme, by id
    moves           the names of the moves of every installed workflow
    administrators  the roles that administer offices, by any installed workflow
    operator        the office under which the machine's own operator acts
    """

    now: datetime
    by: Acting
    directory: Directory
    delegations: Delegations
    programmes: Mapping[str, ProgrammeOpened] = field(default_factory=dict)
    moves: frozenset[str] = frozenset()
    administrators: frozenset[str] = frozenset()
    operator: str = "operator"

    @property
    def today(self) -> date:
        """The current day where the acting office is; in UTC for an unknown one."""
        known = self.directory.office(self.by.office)
        zone = "UTC" if known is None else self.directory.zone_of(self.by.office)
        return self.now.astimezone(ZoneInfo(zone)).date()

    @property
    def moment(self) -> Moment:
        """Now."""
        return Moment(self.now, self.today)

    @property
    def holds(self) -> bool:
        """True if the acting person holds the acting office today."""
        return self.by.person in {one.person for one in self.directory.holders(self.by.office, self.today)}

    def administers(self, office: str) -> bool:
        """True if the acting office, in its own right, administers offices where that one is; the operator always."""
        if self.by.office == self.operator:
            return True
        mine, theirs = self.directory.office(self.by.office), self.directory.office(office)
        if mine is None or theirs is None or self.by.on_behalf_of is not None:
            return False
        return mine.role in self.administrators and mine.organisation in self.directory.path(theirs.organisation)

    def administrators_of(self, office: str) -> tuple[str, ...]:
        """The offices that administer where a known office is, the nearest organisation first."""
        path = self.directory.path(self.directory.offices[office].organisation)
        wanted = sorted(self.administrators)
        return tuple(
            one for organisation in path for role in wanted for one in self.directory.with_role(role, organisation)
        )
