"""Several requests decided in one act: each is an append of its own, under its own key, with a result of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from events.envelope import Json
from service import reading, request_keys
from service.basis import Basis
from service.catalog import commitment_stream
from service.dispatch import Ask, Caller, Outcome, dispatch
from service.errors import NotFound, StaleVersion
from service.problems import Problem, problem_of
from service.runtime import Runtime
from workflows.commands import ApproveRequest, RejectRequest, ReturnRequest
from workflows.commitment import Commitment
from workflows.errors import Refused

MOST_AT_ONCE = 50
Decision = ApproveRequest | ReturnRequest | RejectRequest


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request to decide, with the ETag of its commitment as it was seen."""

    request: str
    etag: str

    @property
    def commitment(self) -> str:
        """The request's commitment."""
        return commitment_of(self.request)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one request: done, or a problem that says why not.

    commitment  as the office saw it before the act; None where it sees none
    """

    request: str
    commitment: Commitment | None
    outcome: Outcome | None = None
    problem: Problem | None = None

    @property
    def status(self) -> str:
        """done | stale | refused"""
        if self.problem is None:
            return "done"
        return "stale" if self.problem.code == "stale_version" else "refused"


def commitment_of(request: str) -> str:
    """The commitment of a request, by its id."""
    return request.rpartition(".r")[0]


def decide_together(
    runtime: Runtime,
    basis: Basis,
    wanted: Sequence[Wanted],
    command: Callable[[str], Decision],
    *,
    caller: Caller,
    operation: str,
    now: datetime,
) -> tuple[Result, ...]:
    """Give every request the same verdict, in order; what one result is leaves the others alone.

    The same operation again answers the same; what a crash left undone is done then, if nothing else moved.
    wanted   of each commitment one request at most
    command  the verdict on a request, by its id
    raises   KeyTaken where something else was asked under the key, Unavailable
    """
    whole: Json = [{"request": one.request, "etag": one.etag} for one in wanted]
    bodies: Json = [msgspec.json.decode(msgspec.json.encode(command(one.request))) for one in wanted]
    asked: Mapping[str, Json] = {"requests": whole, "bodies": bodies}
    digest = request_keys.request_hash_of(dict(asked))
    repeated = request_keys.was_answered(runtime.engine, operation, digest)
    results = tuple(
        _decided(runtime, basis, one, command(one.request), caller=caller, operation=operation, asked=asked, now=now)
        for one in wanted
    )
    if not repeated:
        request_keys.remember(runtime.engine, operation, digest, now=datetime.now(UTC))
    return results


def _decided(
    runtime: Runtime,
    basis: Basis,
    one: Wanted,
    command: Decision,
    *,
    caller: Caller,
    operation: str,
    asked: Mapping[str, Json],
    now: datetime,
) -> Result:
    state = None
    stream = commitment_stream(one.commitment)
    try:
        _, state = reading.visible(runtime, basis, caller.acting.authority, commitment=one.commitment, now=now)
        if one.request not in state.requests:
            raise NotFound("request", one.request)
        ask = Ask(command, stream, caller, f"{operation}:{stream}", asked, one.etag)
        return Result(one.request, state, outcome=dispatch(runtime, ask))
    except (Refused, StaleVersion, NotFound) as error:
        return Result(one.request, state, problem=problem_of(error))
