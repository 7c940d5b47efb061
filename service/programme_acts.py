"""A programme's seats, go-live and end: what the log has open is looked up here, the rules decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import msgspec

from events.envelope import Json
from service import reading
from service.catalog import programme_stream
from service.dispatch import Ask, Caller, Outcome, dispatch
from service.errors import NotFound
from service.migrating import commitments_of
from service.runtime import Runtime
from workflows.commands import CloseProgramme, LifeCommand, SeatCommand
from workflows.commitment import Commitment
from workflows.errors import Refused
from workflows.programmes import decide_programme


def open_commitments(runtime: Runtime, programme: str) -> Iterator[Commitment]:
    """The programme's commitments that came to no end yet, as the log's head has them, whoever sees them.

    cost  one fold a commitment
    """
    basis = runtime.basis(fresh=True)
    for name in commitments_of(runtime, programme):
        state = runtime.commitment(name, fresh=True).state
        if state is not None and reading.definition_of(basis, state).states[state.state].is_open:
            yield state


def change_life(runtime: Runtime, command: LifeCommand, *, caller: Caller, operation: str) -> Outcome:
    """Set a programme's go-live, close it or open it again.

    For closing, what is still open is counted first; a draft recorded between that and the end stays, and can be
    withdrawn or go on once the programme is opened again (docs/adr/0045).
    raises  Refused with all blockers, NotFound, KeyTaken, Unavailable
    """
    if isinstance(command, CloseProgramme) and _counts(runtime, command, caller):
        found = sorted(one.drafted.reference for one in open_commitments(runtime, command.programme))
        command = replace(command, still_open=tuple(found))
    return _dispatched(runtime, command, caller=caller, operation=operation)


def _counts(runtime: Runtime, command: CloseProgramme, caller: Caller) -> bool:
    """Whether what is still open matters: nobody has it counted who may not close the programme."""
    basis = runtime.basis()
    if command.programme not in basis.programmes:
        return False
    by, now = caller.acting, runtime.now()
    try:
        decide_programme(basis.installed, command, by=by, directory=basis.directory, now=now)
    except Refused as refused:
        return all(blocker.code == "field_blank" for blocker in refused.blockers)
    return True


def change_seats(runtime: Runtime, command: SeatCommand, *, caller: Caller, operation: str) -> Outcome:
    """Invite parties, or record what one of them answered.

    raises  Refused with all blockers, NotFound, KeyTaken, Unavailable
    """
    return _dispatched(runtime, command, caller=caller, operation=operation)


def _dispatched(runtime: Runtime, command: LifeCommand | SeatCommand, *, caller: Caller, operation: str) -> Outcome:
    if command.programme not in runtime.basis().programmes:
        raise NotFound("programme", command.programme)
    asked: dict[str, Json] = msgspec.json.decode(msgspec.json.encode(command))
    asked.pop("still_open", None)
    return dispatch(runtime, Ask(command, programme_stream(command.programme), caller, operation, {"body": asked}))
