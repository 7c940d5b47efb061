"""A party that left for good promises the same again: as a new commitment that names the one before."""

from __future__ import annotations

from datetime import timedelta

from workflows.commands import DraftCommitment, Earlier
from workflows.commitment import Commitment
from workflows.context import Context
from workflows.definition import Definition
from workflows.errors import Blocker
from workflows.lifecycle import compile_table
from workflows.retractions import WITHIN
from workflows.rules import NONE, Blockers

EXIT = "exit"

Rejoining = tuple[DraftCommitment, Context]


def earlier_of(commitment: Commitment) -> Earlier:
    """What a draft that follows the commitment has to know of it."""
    drafted, last = commitment.drafted, commitment.retractable
    return Earlier(
        commitment=commitment.id,
        reference=drafted.reference,
        programme=drafted.programme,
        party=drafted.party,
        subject=drafted.subject,
        state=commitment.state,
        definition_version=commitment.definition_version,
        retractable_until=None if last is None else last.decided.recorded_at + WITHIN,
    )


def is_left(definition: Definition, state: str) -> bool:
    """Whether the state is an exit that no move leads out of: what ended so never goes on."""
    moves = compile_table(definition)
    return definition.states[state].meaning == EXIT and not any(source == state for source, _ in moves)


def follows_its_own(case: Rejoining) -> Blockers:
    command, earlier = case[0], case[0].earlier
    if earlier is None:
        return NONE
    placed = (command.programme, command.party, command.subject)
    if placed == (earlier.programme, earlier.party, earlier.subject):
        return NONE
    found = {"commitment": earlier.reference, "party": command.party, "subject": command.subject}
    return (Blocker("follows_another", found),)


def earlier_is_left(case: Rejoining) -> Blockers:
    """What goes on, was completed, or can be opened again is gone on with: nobody promises the same twice."""
    earlier, context = case[0].earlier, case[1]
    if earlier is None or is_left(context.version(earlier.definition_version), earlier.state):
        return NONE
    return (Blocker("commitment_not_left", {"commitment": earlier.reference, "state": earlier.state}),)


def end_stands(case: Rejoining) -> Blockers:
    """As long as the decision that ended it can be taken back, it could go on beside the new one."""
    earlier, context = case[0].earlier, case[1]
    until = None if earlier is None else earlier.retractable_until
    if earlier is None or until is None or context.now > until:
        return NONE
    minutes = str(WITHIN // timedelta(minutes=1))
    return (Blocker("end_retractable", {"commitment": earlier.reference, "minutes": minutes}, until=until),)


REJOINING_RULES = (follows_its_own, earlier_is_left, end_stands)
