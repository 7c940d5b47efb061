"""Who may bring in a workflow's version or let commitments go over to it, and the second person that it takes.

Authority is measured by what is in force: the newest version of the workflow in question, or of every other one for a
name that is new.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from workflows.calendar import local_day
from workflows.context import Acting
from workflows.definition_yaml import parse
from workflows.errors import Blocker
from workflows.facts import Hand, ProgrammeOpened
from workflows.offices import Directory
from workflows.programmes import Programmes

OPERATOR = "operator"
INSTALLING = frozenset({"administer", "install_definition"})
"""The acts of which either lets an office propose and confirm."""


@dataclass(frozen=True, slots=True)
class Installing:
    """Somebody who acts on a workflow's versions, and what is in force."""

    state: Programmes
    by: Acting
    directory: Directory
    now: datetime

    @property
    def hand(self) -> Hand:
        """Who acts, as facts say it."""
        return Hand(self.by.office, self.by.person, self.by.capacity)

    @property
    def is_operator(self) -> bool:
        """True for the operator of the machine, who may propose anything and confirm nothing."""
        return self.by.person == OPERATOR


def may_install(
    state: Programmes, definition: str, *, by: Acting, directory: Directory, now: datetime
) -> tuple[Blocker, ...]:
    """Why somebody may neither confirm nor decline what concerns a workflow."""
    return tuple(installer_blockers(Installing(state, by, directory, now), definition))


def installing_roles(state: Programmes, definition: str) -> tuple[str, ...]:
    """The roles that may propose and confirm for a workflow, by what is in force."""
    return _roles(state, (definition,)) or _roles(state, tuple(state.definitions))


def installing_offices(state: Programmes, definition: str, directory: Directory) -> tuple[str, ...]:
    """The offices in those roles."""
    roles = installing_roles(state, definition)
    return tuple(office.office for office in directory.offices.values() if office.role in roles)


def four_eyes(case: Installing, proposer: Hand, definition: str) -> Iterator[Blocker]:
    if case.by.office == proposer.office or case.by.person == proposer.person:
        others = installing_offices(case.state, definition, case.directory)
        others = tuple(one for one in others if one not in (case.by.office, proposer.office))
        yield Blocker("proposer_confirms", {"office": proposer.office}, others)


def proposer_blockers(case: Installing, definition: str, opened: ProgrammeOpened | None = None) -> Iterator[Blocker]:
    if not case.is_operator:
        yield from installer_blockers(case, definition, opened)


def decliner_blockers(
    case: Installing, definition: str, proposer: Hand, opened: ProgrammeOpened | None = None
) -> Iterator[Blocker]:
    if case.hand != proposer:
        yield from installer_blockers(case, definition, opened)


def installer_blockers(case: Installing, definition: str, opened: ProgrammeOpened | None = None) -> Iterator[Blocker]:
    """A holder, today, of an office whose role may; for a programme's commitments one that stands over it."""
    offices = installing_offices(case.state, definition, case.directory)
    yield from _holder(case)
    roles = installing_roles(case.state, definition)
    office = case.directory.office(case.by.office)
    if office is not None and office.role not in roles:
        yield Blocker("role_may_not", {"act": "install_definition", "roles": ", ".join(roles)}, offices)
    yield from _stands_over(case, opened)


def opener_blockers(case: Installing, opened: ProgrammeOpened) -> Iterator[Blocker]:
    """Who says what is drafted by: whoever might open such a programme; the operator may stand in."""
    installed = case.state.definition(opened.definition, opened.definition_version)
    assert installed is not None, "a programme is opened with a version that is there"
    roles = [role.name for role in parse(installed.text).roles.values() if "open_programme" in role.may]
    office = case.directory.office(case.by.office)
    if not case.is_operator or office is None:
        yield from _holder(case)
    if office is not None and office.role not in roles:
        yield Blocker("role_may_not", {"act": "open_programme", "roles": ", ".join(roles)})
    yield from _stands_over(case, opened)


def _holder(case: Installing) -> Iterator[Blocker]:
    by, directory = case.by, case.directory
    if by.on_behalf_of is not None:
        yield Blocker(
            "delegation_out_of_scope", {"office": by.office, "on_behalf_of": by.on_behalf_of}, (by.on_behalf_of,)
        )
    elif directory.office(by.office) is None:
        yield Blocker("office_unknown", {"office": by.office})
    else:
        on = local_day(case.now, directory.zone_of(by.office))
        if by.person not in {holder.person for holder in directory.holders(by.office, on)}:
            yield Blocker("not_a_holder", {"office": by.office})


def _stands_over(case: Installing, opened: ProgrammeOpened | None) -> Iterator[Blocker]:
    office = case.directory.office(case.by.office)
    if opened is None or office is None or office.organisation in case.directory.path(opened.organisation):
        return
    yield Blocker("out_of_scope", {"office": case.by.office, "commitment": opened.programme})


def _roles(state: Programmes, names: tuple[str, ...]) -> tuple[str, ...]:
    newest = (state.definitions[name][-1] for name in names if state.definitions.get(name))
    return tuple(
        dict.fromkeys(role.name for one in newest for role in parse(one.text).roles.values() if INSTALLING & role.may)
    )
