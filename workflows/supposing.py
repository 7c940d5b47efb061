"""What would happen: a command decided on a state and folded into it, with who would be told and what would fall due.

Nothing here is recorded. Four eyes is checked as if the holders of the offices acted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from workflows.ahead import recorded_next
from workflows.audience import Told, audience
from workflows.commands import FollowingCommand
from workflows.commitment import Commitment, Owed, Recorded, evolve
from workflows.context import Acting, Context
from workflows.decide import decide
from workflows.errors import Refused
from workflows.questions import as_held


@dataclass(frozen=True, slots=True)
class Happened:
    """One fact as it would be recorded, and who would hear of it."""

    event: Recorded
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Supposed:
    """What a command would do. `facts` is empty where the commitment says the same already.

    owed   what would be owed from then on, with its moments; ended: what would be owed no more
    """

    by: Acting
    after: Commitment
    facts: tuple[Happened, ...]
    owed: tuple[Owed, ...]
    ended: tuple[Owed, ...]


def suppose(state: Commitment, command: FollowingCommand, context: Context) -> Supposed:
    """What the command would do now, done by the context's office and person.

    The facts would be the stream's next ones, right after the commitment's last in the log.
    raises  Refused, with all blockers
    """
    facts = decide(state, command, context)
    happened, after = [], state
    for fact in facts:
        before = after
        event = recorded_next(fact, before, context, f"supposed/{state.last.version}")
        after = evolve(before, event)
        happened.append(Happened(event, _told(event, before, after, context)))
    return Supposed(context.by, after, tuple(happened), tuple(_arisen(state, after)), tuple(_ended(state, after)))


def suppose_held(state: Commitment, command: FollowingCommand, context: Context) -> Supposed:
    """What the command would do now, done by a holder of the context's office: the first who isn't refused.

    raises  Refused, as the first holder is
    """
    refused: Refused | None = None
    for acting in as_held(context.by.office, context.directory, context.today):
        try:
            return suppose(state, command, replace(context, by=acting))
        except Refused as error:
            refused = refused or error
    assert refused is not None, "an office without holders has one way to act: by nobody"
    raise refused


def _told(event: Recorded, before: Commitment, after: Commitment, context: Context) -> tuple[Told, ...]:
    return audience(
        event,
        before,
        after,
        directory=context.directory,
        definition=context.definition,
        programme=context.programme,
        delegations=context.delegations,
    )


def _arisen(before: Commitment, after: Commitment) -> Iterator[Owed]:
    for name, owed in after.owed.items():
        known = before.owed.get(name)
        if owed.is_open and (known is None or known.obligation != owed.obligation):
            yield owed


def _ended(before: Commitment, after: Commitment) -> Iterator[Owed]:
    """What was owed and is so no more; a decision that is taken back takes back what it brought about."""
    for name, owed in before.owed.items():
        now = after.owed.get(name, replace(owed, status="closed"))
        if owed.is_open and not now.is_open:
            yield now
