"""What a door shows of sittings: those that an office reads, and what was made in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from events.engine import answering
from service.basis import Basis
from service.errors import NotFound
from service.read_models.scope import Scope
from service.read_models.sitting_acts import SittingAct, last_made_at, sitting_acts
from service.runtime import Runtime
from workflows.commands import CloseSitting
from workflows.context import Acting
from workflows.sittings import Sitting, reads


def visible_sitting(basis: Basis, office: str, sitting: str, *, programmes: frozenset[str] = frozenset()) -> Sitting:
    """A sitting that the office reads. programmes: the only ones, unless it is empty

    raises  NotFound where there is none, and just so where there is one that the office doesn't read
    """
    found = basis.sittings.get(sitting)
    if found is None or not _reads(found, basis, office, programmes):
        raise NotFound("sitting", sitting)
    return found


def sittings_of(
    basis: Basis, office: str, *, programme: str | None = None, programmes: frozenset[str] = frozenset()
) -> Sequence[Sitting]:
    """Every sitting that the office reads, the latest first. programme: of that one alone"""
    found = [
        one
        for one in basis.sittings.values()
        if programme in (None, one.opened.programme) and _reads(one, basis, office, programmes)
    ]
    return sorted(found, key=lambda one: (one.held_at, one.id), reverse=True)


def open_sittings_of(basis: Basis, by: Acting, programme: str) -> Sequence[Sitting]:
    """The sittings of a programme in which somebody may still decide: they were there, and its record is open."""
    found = [
        one
        for one in basis.sittings.values()
        if one.closed is None and one.opened.programme == programme and one.attended_by(by.person, by.offices)
    ]
    return sorted(found, key=lambda one: (one.held_at, one.id), reverse=True)


def acts_in(runtime: Runtime, sitting: Sitting, scope: Scope) -> Sequence[SittingAct]:
    """What was decided and signed in a sitting, as far as the read models are and the scope sees."""
    with answering(), runtime.engine.connect() as connection:
        return sitting_acts(connection, scope, sitting.id, since=sitting.held_at)


def closing(runtime: Runtime, sitting: Sitting, command: CloseSitting) -> CloseSitting:
    """The closing, with what the read models know of the last that was decided or signed in the sitting."""
    with answering(), runtime.engine.connect() as connection:
        return replace(command, last_made_at=last_made_at(connection, sitting.id, since=sitting.held_at))


def _reads(sitting: Sitting, basis: Basis, office: str, programmes: frozenset[str]) -> bool:
    in_scope = not programmes or sitting.opened.programme in programmes
    return in_scope and reads(sitting, office, basis.directory)
