"""An open request whose ground an act takes away is void: what was asked for isn't there to be approved any more."""

from __future__ import annotations

from collections.abc import Iterator

from workflows import facts
from workflows.ahead import recorded_next
from workflows.commands import Escalate, FollowingCommand, RequestCommand
from workflows.commitment import Commitment, Request, evolve
from workflows.context import Context
from workflows.definition import Move
from workflows.effect_rules import effect_rules
from workflows.facts import NAMES, CommitmentFact
from workflows.guards import GUARDS
from workflows.moving import Moving, moving
from workflows.substance import current_substance

SUBSTANCE, TERMS = "substance", "terms"


def voided(
    commitment: Commitment, command: FollowingCommand, stated: tuple[CommitmentFact, ...], context: Context
) -> tuple[CommitmentFact, ...]:
    """That the open request is void, where the facts of an act beside it take its ground away; else nothing.

    What is done with a request itself, and what the clock does, voids none.
    """
    request = commitment.open_request
    if request is None or not stated or isinstance(command, RequestCommand | Escalate):
        return ()
    after = commitment
    for fact in stated:
        after = evolve(after, recorded_next(fact, after, context, "ahead"))
    if after.definition_version != commitment.definition_version:
        return ()
    lost = tuple(_lost(commitment, after, request, context))
    return (facts.RequestVoided(request.opened.request, NAMES[type(stated[0])], lost),) if lost else ()


def _lost(before: Commitment, after: Commitment, request: Request, context: Context) -> Iterator[str]:
    """What held for the request before and does no more: guards by name, its terms, its substance."""
    move, opened = context.definition.moves[request.opened.move], request.opened
    cases = (_case(before, move, request, context), _case(after, move, request, context))
    if current_substance(before, move, opened) != current_substance(after, move, opened):
        yield SUBSTANCE
    yield from (name for name in move.guards if _ceases(tuple(bool(GUARDS[name](case)) for case in cases)))
    if _ceases(tuple(bool(effect_rules(case)) for case in cases)):
        yield TERMS


def _ceases(blocked: tuple[bool, ...]) -> bool:
    """True where nothing stood in the way before, and something does after."""
    return blocked == (False, True)


def _case(commitment: Commitment, move: Move, request: Request, context: Context) -> Moving:
    return moving(commitment, move, context, items=request.opened.items, terms=request.opened.terms)
