"""What a door may show to an office: commitments as they are or were, and lists of them. Knows no door."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from events.engine import answering
from events.subscriptions import read_checkpoint
from service.advice import LONGEST, Advice, Place, advice_at, write_advice
from service.basis import Basis
from service.errors import NotFound
from service.identity import Principal, moment_of
from service.read_models.commitment_queries import Past
from service.read_models.inbox_queries import Desk, Waiting, waits
from service.read_models.projection import MODELS
from service.read_models.scope import PrivateState, Scope, scope_of
from service.replaying import AsOf, history_as_of, last_position
from service.runtime import Folded, Runtime
from service.sentences import Vocabulary
from workflows.commitment import Commitment, replay
from workflows.definition import Definition
from workflows.delegations import ASSIST, covers
from workflows.facts import DelegationGiven
from workflows.offices import is_in_force

WAIT_S = 2.0
ALL: frozenset[str] = frozenset()
_LOOK_EVERY_S = 0.02


def today(basis: Basis, office: str, now: datetime) -> date:
    """The current day where the office is; in UTC for an unknown one."""
    known = basis.directory.office(office)
    zone = "UTC" if known is None else basis.directory.zone_of(office)
    return now.astimezone(ZoneInfo(zone)).date()


def scope(basis: Basis, office: str, now: datetime, *, programmes: frozenset[str] = ALL) -> Scope:
    """What the office sees today, for queries of the read models. programmes: the only ones, unless it is empty"""
    seen = scope_of(basis.directory, office, on=today(basis, office, now), private=_private_states(basis))
    return replace(seen, programmes=programmes)


def organisations_of(basis: Basis, office: str, now: datetime) -> frozenset[str]:
    """The organisations that the office's scope opens with all below them: its own, or those of its grants today."""
    directory, on = basis.directory, today(basis, office, now)
    known = directory.office(office)
    if known is None or known.scope == "own":
        return frozenset()
    if known.scope == "organisation":
        return frozenset((known.organisation,))
    mine = (one for one in directory.grants.values() if one.office == office and is_in_force(one, on))
    return frozenset(one.organisation for one in mine if one.organisation is not None)


def may_see(
    basis: Basis, office: str, commitment: Commitment, now: datetime, *, programmes: frozenset[str] = ALL
) -> bool:
    """Whether the office sees a commitment as it is now. programmes: the only ones, unless it is empty"""
    drafted = commitment.drafted
    if programmes and drafted.programme not in programmes:
        return False
    return basis.directory.sees(
        office,
        party=drafted.party,
        subject=drafted.subject,
        commitment=commitment.id,
        names=commitment.names,
        private=definition_of(basis, commitment).states[commitment.state].private,
        invites=commitment.invites,
        on=today(basis, office, now),
    )


def visible(
    runtime: Runtime,
    basis: Basis,
    office: str,
    *,
    commitment: str,
    now: datetime,
    programmes: frozenset[str] = ALL,
) -> tuple[Folded, Commitment]:
    """A commitment as the log's head has it, durably, if the office sees it.

    raises  NotFound where there is none, and just so where there is one that the office doesn't see
    """
    folded = runtime.commitment(commitment, fresh=True)
    state = folded.state
    if state is None or not may_see(basis, office, state, now, programmes=programmes):
        raise NotFound("commitment", commitment)
    runtime.store.settle()
    return folded, state


def desks_of(basis: Basis, principal: Principal, now: datetime) -> Sequence[Desk]:
    """Whose inboxes somebody works on: their office's and those of the offices that delegated to it.

    Who acts on another's behalf, or assists it, has that office's inbox alone, as far as the delegation reaches.
    """
    received = basis.delegations.in_force_to(principal.office, moment_of(basis.directory, principal.office, now))
    if principal.on_behalf_of is None:
        wanted = [one for one in received if one.capacity != ASSIST]
    else:
        wanted = [one for one in received if one.office == principal.on_behalf_of]
    own = [] if principal.on_behalf_of else [Desk(principal.office)]
    return [*own, *(Desk(one.office, one.programmes, one.moves) for one in wanted)]


def notes_of(runtime: Runtime, waiting: Sequence[Waiting]) -> Mapping[Place, Advice]:
    """What was noted beside these things."""
    with answering(), runtime.engine.connect() as connection:
        return advice_at(connection, [place_of(one) for one in waiting])


def place_of(waiting: Waiting) -> Place:
    """Where a note about something that waits belongs."""
    return Place(waiting.office, waiting.commitment, waiting.kind, waiting.key)


def note_beside(
    runtime: Runtime, basis: Basis, principal: Principal, place: Place, *, starred: bool, text: str, now: datetime
) -> Advice:
    """Note a star and a line of advice beside something on somebody's desk: of the office itself or for whom they act.

    raises  NotFound where nothing like that waits there
    """
    desks = [one for one in desks_of(basis, principal, now) if one.office == place.office == principal.authority]
    with answering(), runtime.engine.connect() as connection:
        if not waits(connection, desks, commitment=place.commitment, kind=place.kind, key=place.key):
            raise NotFound("inbox", place.key)
    note = Advice(place, starred, " ".join(text.split())[:LONGEST], principal.office, principal.person, now)
    write_advice(runtime.engine, note)
    return note


def deputy_of(basis: Basis, waiting: Waiting, now: datetime) -> DelegationGiven | None:
    """The delegation by which another office may do what waits for this one."""
    given = basis.delegations.in_force_of(waiting.office, moment_of(basis.directory, waiting.office, now))
    return next((one for one in given if covers(one, waiting.programme, waiting.move)), None)


def received_for(basis: Basis, principal: Principal, waiting: Waiting, now: datetime) -> DelegationGiven | None:
    """The delegation by which somebody's own office may do what waits for another one."""
    moment = moment_of(basis.directory, principal.office, now)
    given = basis.delegations.in_force_between(waiting.office, principal.office, moment)
    return next((one for one in given if covers(one, waiting.programme, waiting.move)), None)


def commitment_as_of(runtime: Runtime, commitment: str, as_of: AsOf) -> Commitment:
    """A commitment as it was; raises NotFound where there was none yet."""
    state = replay(history_as_of(runtime, commitment, as_of))
    if state is None:
        raise NotFound("commitment", commitment)
    return state


def definition_of(basis: Basis, commitment: Commitment) -> Definition:
    """The version of its workflow that the commitment follows."""
    return basis.definition(commitment.drafted.definition, commitment.definition_version)


def words_of(basis: Basis, commitment: Commitment, language: str) -> Vocabulary:
    """Names for a commitment's ids, in a language, by the version of its workflow that it follows."""
    programme = basis.programmes.get(commitment.drafted.programme)
    versions = basis.versions(commitment.drafted.definition)
    return Vocabulary(language, basis.directory, programme, versions[commitment.definition_version], versions)


def past_of(runtime: Runtime, as_of: AsOf) -> Past:
    """The past as the read models store it."""
    return Past(position=last_position(runtime, as_of), true_on=as_of.true_on)


def complete_to(connection: Connection) -> int:
    """The position up to which every read model is folded."""
    found = [read_checkpoint(connection, model.name, model.version) for model in MODELS]
    return min(0 if one is None else one.position for one in found)


def wait_for(runtime: Runtime, position: int, *, within_s: float = WAIT_S) -> int:
    """Wait until the read models have reached a position, at most `within_s`; returns how far they are.

    A position that the log hasn't reached itself isn't waited for: no answer ever named it.
    """
    head = runtime.store.log_head()
    position = min(position, 0 if head is None else head.position)
    until = time.monotonic() + within_s
    while True:
        with answering(), runtime.engine.connect() as connection:
            reached = complete_to(connection)
        if reached >= position or time.monotonic() >= until:
            return reached
        time.sleep(_LOOK_EVERY_S)


def _private_states(basis: Basis) -> frozenset[PrivateState]:
    return frozenset(
        (name, one.version, state.name)
        for name, versions in basis.installed.definitions.items()
        for one in versions
        for state in basis.definition(name, one.version).states.values()
        if state.private
    )
