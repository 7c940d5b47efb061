"""In which capacity an act is done: a delegate may have several of one office, each for other matters."""

from __future__ import annotations

from workflows.commands import CommitmentCommand, OpenRequest, RequestCommand, SignCommitment, WitnessCommitment
from workflows.commitment import Commitment
from workflows.context import Context
from workflows.delegations import covers


def capacity_of(command: CommitmentCommand, state: Commitment | None, context: Context) -> str:
    """The capacity of the delegation that reaches this act; the acting one's own where none does or none is used."""
    by = context.by
    if by.on_behalf_of is None:
        return by.capacity
    move, programme = _move(command, state), context.programme.programme
    given = context.delegations.in_force_between(by.on_behalf_of, by.office, context.moment(context.now))
    return next((one.capacity for one in given if covers(one, programme, move)), by.capacity)


def _move(command: CommitmentCommand, state: Commitment | None) -> str | None:
    """The move that a command is about; None where it is about something else."""
    if isinstance(command, OpenRequest):
        return command.move
    if state is None or not isinstance(command, RequestCommand) or isinstance(command, WitnessCommitment):
        return None
    request = state.open_request if isinstance(command, SignCommitment) else state.requests.get(command.request)
    return None if request is None else request.opened.move
