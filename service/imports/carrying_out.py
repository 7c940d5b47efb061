"""Doing what a plan says, one operation a row: it may be broken off and begun again at any point."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

import msgspec

from events.envelope import Json
from service.catalog import COMMITMENT_PREFIX, commitment_stream
from service.dispatch import Ask, Caller, dispatch
from service.errors import KeyTaken, NotFound, StaleVersion, Unavailable
from service.external_ids import COMMITMENT, External, claim
from service.imports.problems import ImportRefused
from service.imports.steps import Plan, Step
from service.references import reserve
from service.rejoining import following
from service.runtime import Runtime
from workflows.commands import BeginningCommand, Command, DraftCommitment, ImportHistory
from workflows.errors import Blocker, Refused

TRIES = 6


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was tried. `left_out` says why it did not go in after all; "" where it did.

    blockers  the rules' reasons, where it was refused because the log had moved on since it was planned
    """

    step: Step
    left_out: str = ""
    blockers: tuple[Blocker, ...] = ()


@dataclass(frozen=True, slots=True)
class Callers:
    """Who records what: `drafter` the programme and its commitments, `operator` all that they rest on."""

    operator: Caller
    drafter: Caller


def carry_out(
    runtime: Runtime,
    plan: Plan,
    callers: Callers,
    *,
    all_or_nothing: bool = False,
    on_step: Callable[[Step], None] = lambda step: None,
) -> tuple[Done, ...]:
    """Do the plan's steps in order; () where it is blocked, or all or nothing is wanted and not all can go in.

    Every row is an operation of its own, named by the file's digest: after a break-off the same file goes on where it
    stopped. Where the frame fails nothing further is tried.
    on_step  called after each step, for showing progress
    raises   service.errors.Unavailable when the database stays away; what went in before stays in
    """
    if all_or_nothing and plan.left_out:
        return ()
    done: list[Done] = []
    for step in plan.to_do:
        tried = _carry_out(runtime, plan, step, callers)
        done.append(tried)
        on_step(step)
        if tried.left_out and step in plan.frame:
            break
    return tuple(done)


def _carry_out(runtime: Runtime, plan: Plan, step: Step, callers: Callers) -> Done:
    try:
        _dispatch(runtime, _ask(runtime, plan, step, callers))
    except Refused as refused:
        return Done(step, refused.code, refused.blockers)
    except StaleVersion:
        return Done(step, "changed meanwhile")
    except (KeyTaken, NotFound, ImportRefused) as error:
        return Done(step, str(error))
    return Done(step)


def _ask(runtime: Runtime, plan: Plan, step: Step, callers: Callers) -> Ask:
    command, stream = step.command, step.stream
    assert command is not None, "nothing to do"
    if isinstance(command, BeginningCommand):
        known = step.stream.removeprefix(COMMITMENT_PREFIX)
        command = replace(command, commitment=known or reserve(runtime.engine, command.reference, now=runtime.now()))
        stream = commitment_stream(command.commitment)
    if isinstance(command, DraftCommitment):
        command = following(runtime, command)
    if isinstance(command, ImportHistory):
        _claim(runtime, command)
    is_the_offices_own = step.kind in ("programme", "commitment")
    return Ask(
        command=command,
        stream=stream,
        caller=callers.drafter if is_the_offices_own else callers.operator,
        operation=f"import:{plan.digest}:{step.key}",
        request=_request(command),
        expected=step.expected,
    )


def _claim(runtime: Runtime, command: ImportHistory) -> None:
    """Make sure that the file's id means this commitment; raises ImportRefused where it means another."""
    state = runtime.commitment(command.commitment, fresh=True).state
    if state is not None and state.drafted.programme != command.programme:
        sentence = f"{command.reference} is a commitment of {state.drafted.programme}"
        raise ImportRefused("commitment_exists", sentence)
    external = External(command.programme, COMMITMENT, command.system, command.external_id)
    if claim(runtime.engine, external, command.commitment, now=runtime.now()) != command.commitment:
        sentence = f"{command.external_id} of {command.system} means another commitment already"
        raise ImportRefused("external_id_taken", sentence)


def _request(command: Command) -> dict[str, Json]:
    """What was asked, as JSON without the id that was made for it."""
    asked = cast("dict[str, Json]", msgspec.json.decode(msgspec.json.encode(command)))
    if isinstance(command, BeginningCommand):
        del asked["commitment"]
        asked.pop("earlier", None)
    return asked


def _dispatch(runtime: Runtime, ask: Ask) -> None:
    for _ in range(TRIES - 1):
        try:
            dispatch(runtime, ask)
            return
        except Unavailable as error:
            # It may be written all the same; asking again under the same key can't write it twice.
            time.sleep(error.retry_after_s)
    dispatch(runtime, ask)
