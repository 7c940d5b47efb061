"""A new wave: a reference commitment's plan spread to further parties, each a draft of its own.

Every draft is an append of its own, under the act's key and its stream's name: what a break-off left undone is done by
the same act again. The same draft once more is nothing new.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from events.engine import answering
from events.envelope import Json
from service.basis import Basis
from service.catalog import commitment_stream
from service.dispatch import Ask, Caller, dispatch
from service.errors import StaleVersion
from service.problems import problem_of
from service.references import commitment_of, reference_of, reserve
from service.rejoining import following
from service.runtime import Runtime
from workflows.blockers import blockers
from workflows.commands import DraftCommitment
from workflows.commitment import Commitment
from workflows.errors import Blocker, Refused
from workflows.rebasing import rebased

NEW, SAME, REFUSED = "new", "same", "refused"


@dataclass(frozen=True, slots=True)
class Adopter:
    """A further party, the agency of it that promises, and its person in charge (empty: named later)."""

    party: str
    agency: str
    pic: str = ""


@dataclass(frozen=True, slots=True)
class Wave:
    """What is spread: the reference as the caller sees it, into a programme, to whom.

    start_on  the day that the first item starts on; None: the same days, in the programme's year
    """

    reference: Commitment
    programme: str
    adopters: tuple[Adopter, ...]
    start_on: date | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """What became of one party, or would: new, same (it stands so already) or refused, with why.

    commitment  None where there is none
    position    of its draft in the log; 0 where nothing was written
    """

    command: DraftCommitment
    what: str
    commitment: str | None = None
    blockers: tuple[Blocker, ...] = ()
    position: int = 0


def preview(runtime: Runtime, wave: Wave, caller: Caller) -> tuple[Spread, ...]:
    """What the wave would do now, party by party; nothing is written, no id is reserved."""
    basis = runtime.basis(fresh=True)
    return tuple(_rehearsed(runtime, basis, command, caller) for command in _commands(basis, wave))


def carry_out(runtime: Runtime, wave: Wave, caller: Caller, *, operation: str) -> tuple[Spread, ...]:
    """Draft for every party that nothing stands in the way of; the others are answered with why.

    raises  KeyTaken, Unavailable: what went in before stays in
    """
    basis = runtime.basis(fresh=True)
    return tuple(_drafted(runtime, wave, command, caller, operation) for command in _commands(basis, wave))


def _commands(basis: Basis, wave: Wave) -> Iterator[DraftCommitment]:
    """A draft a party, without an id yet."""
    drafted, opened = wave.reference.drafted, basis.programmes[wave.programme]
    for one in wave.adopters:
        yield DraftCommitment(
            commitment="",
            reference=reference_of(wave.programme, one.party, drafted.subject),
            programme=wave.programme,
            party=one.party,
            subject=drafted.subject,
            fiscal_year=opened.fiscal_year,
            replication_scope=wave.reference.replication_scope,
            agency=one.agency,
            pic=one.pic,
            items=rebased(
                wave.reference.items,
                agency=one.agency,
                years=opened.fiscal_year - drafted.fiscal_year,
                start_on=wave.start_on,
            ),
            imported=True,
            fields=wave.reference.fields,
        )


def _rehearsed(runtime: Runtime, basis: Basis, command: DraftCommitment, caller: Caller) -> Spread:
    with answering(), runtime.engine.connect() as connection:
        known = commitment_of(connection, command.reference)
    state = None if known is None else runtime.commitment(known, fresh=True).state
    context = basis.context(command.programme, None, by=caller.acting, now=runtime.now())
    found = blockers(state, following(runtime, replace(command, commitment=known or "")), context)
    if found:
        return Spread(command, REFUSED, blockers=found)
    return Spread(command, NEW if state is None else SAME, None if state is None else known)


def _drafted(runtime: Runtime, wave: Wave, command: DraftCommitment, caller: Caller, operation: str) -> Spread:
    known = reserve(runtime.engine, command.reference, now=runtime.now())
    named = following(runtime, replace(command, commitment=known))
    stream = commitment_stream(named.commitment)
    asked: dict[str, Json] = {
        "like": wave.reference.id,
        "programme": wave.programme,
        "party": command.party,
        "agency": command.agency,
        "pic": command.pic,
        "start_on": None if wave.start_on is None else wave.start_on.isoformat(),
    }
    ask = Ask(named, stream, caller, f"{operation}:{stream}", asked, cause=commitment_stream(wave.reference.id))
    try:
        outcome = dispatch(runtime, ask)
    except (Refused, StaleVersion) as error:
        problem = problem_of(error)
        assert problem is not None, "both are known"
        return Spread(command, REFUSED, blockers=problem.blockers)
    what = NEW if outcome.position else SAME
    return Spread(named, what, named.commitment, position=outcome.position)
