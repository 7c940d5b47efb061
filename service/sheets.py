"""A sheet: all commitments of one party in one programme, signed or witnessed in one act, each recorded on its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import msgspec

from events.engine import answering
from events.envelope import Head, Json, Receipt, etag
from service import reading
from service.basis import Basis
from service.catalog import commitment_stream
from service.dispatch import Ask, Caller, Outcome, dispatch
from service.errors import NotFound, StaleVersion
from service.problems import Problem, ProblemError, coded, problem_of
from service.read_models.commitment_queries import commitments_of_party
from service.runtime import Folded, Runtime
from workflows.commands import SignCommitment, WitnessCommitment
from workflows.commitment import Commitment
from workflows.errors import Refused

SheetCommand = SignCommitment | WitnessCommitment


@dataclass(frozen=True, slots=True)
class Part:
    """One commitment of a sheet, with its stream's head."""

    commitment: Commitment
    head: Head

    @property
    def stream(self) -> str:
        """The commitment's stream."""
        return commitment_stream(self.commitment.id)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The commitments of one party in one programme that an office sees, by reference."""

    id: str
    programme: str
    party: str
    parts: tuple[Part, ...]

    @property
    def etag(self) -> str:
        """Changes whenever any of its commitments does."""
        return _etag(part.head for part in self.parts)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A commitment that the act didn't reach, and why."""

    commitment: Commitment
    problem: Problem


@dataclass(frozen=True, slots=True)
class Written:
    """What an act on a sheet did, by reference."""

    done: tuple[Outcome, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def repeated(self) -> bool:
        """Whether all of it was done before, under the same key."""
        return all(outcome.repeated for outcome in self.done)


def read_sheet(
    runtime: Runtime, basis: Basis, office: str, *, name: str, now: datetime, programmes: frozenset[str] = reading.ALL
) -> Sheet:
    """A sheet as the log's head has it. name: "<programme>:<party>"; programmes: the only ones seen, unless empty

    raises  NotFound, also where the office sees none of its commitments
    """
    programme, _, party = name.partition(":")
    if programme not in basis.programmes or party not in basis.directory.organisations:
        raise NotFound("sheet", name)
    with answering(), runtime.engine.connect() as connection:
        ids = commitments_of_party(connection, programme, party)
    folded = (runtime.commitment(one, fresh=True) for one in ids)
    seen = (_part(basis, office, one, now, programmes=programmes) for one in folded)
    parts = tuple(part for part in seen if part is not None)
    if not parts:
        raise NotFound("sheet", name)
    runtime.store.settle()
    return Sheet(name, programme, party, parts)


def write_sheet(
    runtime: Runtime, sheet: Sheet, command: SheetCommand, *, caller: Caller, operation: str, expected: str
) -> Written:
    """Sign or witness every commitment of the sheet that is ready; each is an append of its own, under its own key.

    The same operation again answers what was done; what a crash left undone is done then, if nothing else moved.
    raises  StaleVersion where the sheet isn't what the caller saw, Unavailable, KeyTaken; ProblemError where nothing
            is ready
    """
    before = _done_before(runtime, sheet, operation, expected)
    goes_on = not before or _etag_before(runtime, sheet, before) == expected
    done: list[Outcome] = []
    left_out: list[LeftOut] = []
    for part in sheet.parts:
        known = part.commitment.id in before
        if not known and not goes_on:
            left_out.append(LeftOut(part.commitment, Problem("stale_version", 412, etag=etag(part.head))))
            continue
        seen = None if known else etag(part.head)
        try:
            done.append(
                dispatch(runtime, _ask(part, command, sheet=sheet, caller=caller, operation=operation, seen=seen))
            )
        except (Refused, StaleVersion) as error:
            problem = problem_of(error)
            assert problem is not None, "both are known"
            left_out.append(LeftOut(part.commitment, problem))
    if not done:
        raise ProblemError(_nothing_ready(sheet, left_out))
    return Written(tuple(done), tuple(left_out))


def _part(basis: Basis, office: str, folded: Folded, now: datetime, *, programmes: frozenset[str]) -> Part | None:
    state = folded.state
    if state is None or not reading.may_see(basis, office, state, now, programmes=programmes):
        return None
    return Part(state, folded.head)


def _ask(part: Part, command: SheetCommand, *, sheet: Sheet, caller: Caller, operation: str, seen: str | None) -> Ask:
    body: Json = msgspec.json.decode(msgspec.json.encode(command))
    request: Mapping[str, Json] = {"sheet": sheet.id, "body": body}
    return Ask(command, part.stream, caller, _key(part, operation), request, seen)


def _key(part: Part, operation: str) -> str:
    return f"{operation}:{part.stream}"


def _done_before(runtime: Runtime, sheet: Sheet, operation: str, expected: str) -> Mapping[str, Receipt]:
    """Receipts of the same operation, by commitment; only looked for where the sheet has moved on."""
    if sheet.etag == expected:
        return {}
    found = ((part.commitment.id, runtime.store.receipt(_key(part, operation))) for part in sheet.parts)
    before = {one: receipt for one, receipt in found if receipt is not None}
    if not before:
        raise StaleVersion(sheet.etag)
    return before


def _etag_before(runtime: Runtime, sheet: Sheet, before: Mapping[str, Receipt]) -> str:
    """The sheet's ETag before the operation, as far as only the operation moved it."""
    heads = []
    for part in sheet.parts:
        receipt = before.get(part.commitment.id)
        heads.append(part.head if receipt is None else _head_before(runtime, receipt))
    return _etag(heads)


def _head_before(runtime: Runtime, receipt: Receipt) -> Head:
    version = receipt.version - (receipt.last_position - receipt.first_position + 1)
    last = runtime.store.read_stream(receipt.stream, after_version=version - 1, up_to_version=version)[-1]
    return last.head


def _etag(heads: Iterable[Head]) -> str:
    whole = sha256()
    for head in heads:
        whole.update(etag(head).encode())
    return f'"{whole.hexdigest()}"'


def _nothing_ready(sheet: Sheet, left_out: list[LeftOut]) -> Problem:
    """If all are left out for one reason, that is the answer."""
    if len({one.problem.code for one in left_out}) == 1:
        return left_out[0].problem
    problem = coded("sheet_nothing_ready", sheet=sheet.id)
    errors = {one.commitment.drafted.reference: [one.problem.code] for one in left_out}
    return Problem(problem.code, problem.status, facts=problem.facts, errors=errors)
