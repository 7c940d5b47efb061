"""Changing a programme's period, and letting what is owed in its commitments follow: one act over several streams.

The change is recorded first, in the programme's stream; then each commitment follows in an append of its own, under the
same key and its stream's name. Whatever a crash left undone is done by the same act again, or by `follow`.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from events.envelope import Json
from service import reading
from service.basis import Basis
from service.catalog import commitment_stream, programme_stream
from service.dispatch import Ask, Caller, Outcome, dispatch
from service.errors import StaleVersion
from service.migrating import commitments_of
from service.problems import Problem, problem_of
from service.runtime import Runtime
from workflows.commands import ClosePeriod, DrawSample, FollowPeriod, FollowSample, PeriodCommand
from workflows.commitment import Commitment
from workflows.errors import Refused

SEED_BYTES = 16


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """A commitment that couldn't follow, and why."""

    commitment: Commitment
    problem: Problem


@dataclass(frozen=True, slots=True)
class Followed:
    """What an act did.

    changed  the programme's own event; None where only commitments were to follow
    moved    the commitments of which something was recorded; left: those that couldn't follow
    """

    changed: Outcome | None
    moved: tuple[Outcome, ...]
    left: tuple[LeftBehind, ...]

    @property
    def position(self) -> int:
        """The last position that the act wrote."""
        outcomes = (*self.moved, *((self.changed,) if self.changed else ()))
        return max((one.position for one in outcomes), default=0)


def new_seed() -> str:
    """Chance that nobody knew or chose, for a lot."""
    return secrets.token_hex(SEED_BYTES)


def change_period(runtime: Runtime, command: PeriodCommand, *, caller: Caller, operation: str) -> Followed:
    """Change a period for its programme and let the commitments follow.

    raises  Refused with all blockers, KeyTaken, Unavailable
    """
    body: dict[str, Json] = msgspec.json.decode(msgspec.json.encode(command))
    body.pop("seed", None)
    changed = dispatch(runtime, Ask(command, programme_stream(command.programme), caller, operation, {"body": body}))
    if isinstance(command, ClosePeriod):
        return Followed(changed, (), ())
    following = FollowSample(command.period) if isinstance(command, DrawSample) else FollowPeriod(command.period)
    parties = () if isinstance(command, DrawSample) else command.parties
    followed = follow(
        runtime, following, programme=command.programme, parties=parties, caller=caller, operation=operation
    )
    return Followed(changed, followed.moved, followed.left)


def catch_up(runtime: Runtime, programme: str, period: str, *, caller: Caller, operation: str) -> Followed:
    """Let every commitment follow what holds of a period now: its windows, and its lot where one was drawn.

    Again is nothing new. An office that may not draw lots leaves the lot alone.
    """
    owed = follow(runtime, FollowPeriod(period), programme=programme, caller=caller, operation=operation)
    samples = runtime.basis().installed.samples.get(programme, ())
    if all(drawn.period != period for drawn in samples):
        return owed
    command = FollowSample(period)
    drawn = follow(runtime, command, programme=programme, caller=caller, operation=f"{operation}:sample")
    left = tuple(one for one in drawn.left if one.problem.code != "role_may_not")
    return Followed(None, (*owed.moved, *drawn.moved), (*owed.left, *left))


def follow(
    runtime: Runtime,
    command: FollowPeriod | FollowSample,
    *,
    programme: str,
    parties: Iterable[str] = (),
    caller: Caller,
    operation: str,
) -> Followed:
    """Let a programme's commitments follow its period, or its lot. parties: whose; none named: everybody's

    A commitment that the caller's office doesn't see, or where nothing changes, is passed over.
    """
    basis = runtime.basis(fresh=True)
    asked: dict[str, Json] = {"programme": programme, "body": msgspec.json.decode(msgspec.json.encode(command))}
    moved: list[Outcome] = []
    left: list[LeftBehind] = []
    for commitment in _running(runtime, basis, programme, tuple(parties), caller.acting.authority):
        stream = commitment_stream(commitment.id)
        ask = Ask(command, stream, caller, f"{operation}:{stream}", asked)
        try:
            outcome = dispatch(runtime, ask)
        except (Refused, StaleVersion) as error:
            problem = problem_of(error)
            assert problem is not None, "both are known"
            left.append(LeftBehind(commitment, problem))
        else:
            if outcome.position:
                moved.append(outcome)
    return Followed(None, tuple(moved), tuple(left))


def _running(
    runtime: Runtime, basis: Basis, programme: str, parties: tuple[str, ...], office: str
) -> Iterable[Commitment]:
    """The commitments that progress is claimed of, as far as the office sees them, in the order of `commitments_of`."""
    for one in commitments_of(runtime, programme, parties):
        state = runtime.commitment(one, fresh=True).state
        if state is None or not reading.may_see(basis, office, state, runtime.now()):
            continue
        if reading.definition_of(basis, state).states[state.state].claims:
            yield state
