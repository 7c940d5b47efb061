"""Why not, for an office that somebody asks about, now or as the log knew it at a past."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from service import reading
from service.basis import Basis, extend
from service.replaying import AsOf, last_position
from service.runtime import Runtime
from workflows.blockers import Possible, overview
from workflows.commitment import Commitment
from workflows.context import Acting, Context
from workflows.questions import Attempt, as_held, line_of, nearest_to_doing


@dataclass(frozen=True, slots=True)
class Moment:
    """A commitment with all that the rules might know at one moment; the present, or a past of the log."""

    commitment: Commitment
    basis: Basis
    now: datetime

    def context(self, by: Acting) -> Context:
        """What the rules might know of an act at that moment."""
        commitment = self.commitment
        return self.basis.context(commitment.drafted.programme, commitment.definition_version, by=by, now=self.now)

    def ways(self, offices: Iterable[str]) -> tuple[Acting, ...]:
        """How these offices would act: a way for each of their holders on that day."""
        today = self.context(Acting("", "")).today
        return tuple(one for office in offices for one in as_held(office, self.basis.directory, today))

    def attempts(self, ways: Iterable[Acting]) -> tuple[Attempt, ...]:
        """For each act whoever of these has the least in the way."""
        return nearest_to_doing(self.commitment, ways, self.context(Acting("", "")))

    def offers(self, possible: Possible) -> bool:
        """Whether the state offers that act at all, to whatever office."""
        offered = overview(self.commitment, self.context(Acting("", "")))
        return (possible.act, possible.on) in {(one.act, one.on) for one in offered}

    @property
    def line(self) -> tuple[str, ...]:
        """The offices that have to do with the commitment."""
        return line_of(self.commitment, self.basis.directory)


def present(basis: Basis, commitment: Commitment, now: datetime) -> Moment:
    """The commitment now."""
    return Moment(commitment, basis, now)


def moment_as_known(runtime: Runtime, commitment: str, as_of: AsOf, now: datetime) -> Moment:
    """The commitment with offices, delegations, workflows and calendars as the log knew them then; never the future.

    raises  NotFound where there was no such commitment yet
    """
    last = last_position(runtime, as_of)
    then = min(now, as_of.known_on or now)
    known = [event for event in runtime.store.read_basis() if last is None or event.position <= last]
    state = reading.commitment_as_of(runtime, commitment, AsOf(position=last))
    if as_of.position is not None:
        event = runtime.store.event_at(last) if last else None
        then = then if event is None else min(then, event.known_at)
    return Moment(state, extend(Basis(), known), then)


def may_ask_about(basis: Basis, office: str, other: str, commitment: Commitment, now: datetime) -> bool:
    """Whether an office that sees the commitment may ask what another one can do with it.

    It may for itself, for whoever has to do with the commitment, and for the organisations that its own scope or its
    grants reach.
    """
    known = basis.directory.office(other)
    if known is None:
        return False
    if other in (office, *line_of(commitment, basis.directory)):
        return True
    path = basis.directory.path(known.organisation)
    return not reading.organisations_of(basis, office, now).isdisjoint(path)


def offices_to_ask_about(basis: Basis, office: str, commitment: Commitment) -> tuple[str, ...]:
    """The offices that have to do with a commitment, and the asking one first: what a page offers to choose from."""
    return tuple(dict.fromkeys((office, *line_of(commitment, basis.directory))))
