"""One direction on several commitments: each is an append of its own, under its own key, with a result of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from events.envelope import Json
from service import reading, request_keys
from service.basis import Basis
from service.catalog import commitment_stream
from service.dispatch import Ask, Caller, Outcome, dispatch
from service.errors import NotFound
from service.problems import Problem, problem_of
from service.runtime import Runtime
from workflows.commands import GiveDirection
from workflows.commitment import Commitment
from workflows.errors import Refused

MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Directed:
    """What became of the direction on one commitment: given, or a problem that says why not.

    state  the commitment as the office saw it before the act; None where it sees none
    """

    commitment: str
    state: Commitment | None
    outcome: Outcome | None = None
    problem: Problem | None = None

    @property
    def status(self) -> str:
        """done | refused"""
        return "done" if self.problem is None else "refused"


def give_directions(
    runtime: Runtime,
    basis: Basis,
    commitments: Sequence[str],
    command: GiveDirection,
    *,
    caller: Caller,
    operation: str,
    now: datetime,
) -> tuple[Directed, ...]:
    """Give the same direction on every commitment, in order; what one result is leaves the others alone.

    The same operation again answers the same, and gives what a crash left out.
    commitments  each once
    raises       KeyTaken where something else was asked under the key, Unavailable
    """
    body: Json = msgspec.json.decode(msgspec.json.encode(command))
    asked: Mapping[str, Json] = {"commitments": list(commitments), "body": body}
    digest = request_keys.request_hash_of(dict(asked))
    repeated = request_keys.was_answered(runtime.engine, operation, digest)
    results = tuple(
        _given(runtime, basis, one, command, caller=caller, operation=operation, asked=asked, now=now)
        for one in commitments
    )
    if not repeated:
        request_keys.remember(runtime.engine, operation, digest, now=datetime.now(UTC))
    return results


def _given(
    runtime: Runtime,
    basis: Basis,
    commitment: str,
    command: GiveDirection,
    *,
    caller: Caller,
    operation: str,
    asked: Mapping[str, Json],
    now: datetime,
) -> Directed:
    state = None
    stream = commitment_stream(commitment)
    try:
        _, state = reading.visible(runtime, basis, caller.acting.authority, commitment=commitment, now=now)
        outcome = dispatch(runtime, Ask(command, stream, caller, f"{operation}:{stream}", asked))
        return Directed(commitment, state, outcome=outcome)
    except (Refused, NotFound) as error:
        return Directed(commitment, state, problem=problem_of(error))
