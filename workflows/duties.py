"""Duties that arise by themselves: from a state on, or from the day of a document, until the commitment has moved on.

What starts and what ends a duty is the definition's; a limit is counted from the day that the event has, not from the
day of its recording.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from workflows import facts
from workflows.commands import ReceiveDocument
from workflows.commitment import Commitment
from workflows.context import Context
from workflows.definition import Duty, State
from workflows.errors import Blocker, CalendarEnds
from workflows.facts import NAMES, CommitmentFact, Obligation
from workflows.obligations import duty_obligation
from workflows.rules import (
    NONE,
    Blockers,
    access,
    calendars_known,
    collect,
    evidence,
    offices_in_roles,
    owing,
    own_offices,
    role_acts,
    roles_that_may,
)

RECEIVED = NAMES[facts.DocumentReceived]


@dataclass(frozen=True, slots=True)
class Receiving:
    """A receipt that somebody wants to record; `command` is None where only the question is whether they might."""

    commitment: Commitment
    command: ReceiveDocument | None
    context: Context

    @property
    def awaiting(self) -> tuple[Duty, ...]:
        """The duties whose clock a document starts."""
        return tuple(duty for duty in self.context.definition.duties.values() if duty.begins_with == RECEIVED)

    @property
    def begun(self) -> tuple[Duty, ...]:
        """Those that it starts now: not what the commitment's state has ended already."""
        return tuple(duty for duty in self.awaiting if self.commitment.state not in duty.until)


def obligation_of(duty: str) -> str:
    """The name of a duty's obligation."""
    return f"duty-{duty}"


def begun_in(state: State, context: Context) -> tuple[Duty, ...]:
    """The duties that begin when a commitment comes into a state."""
    return tuple(duty for duty in context.definition.duties.values() if duty.begins_in == state.name)


def met_in(state: State, commitment: Commitment, context: Context) -> tuple[CommitmentFact, ...]:
    """The fact that open duties are met, because a commitment comes into a state that ends them; none if none is."""
    ended = [obligation_of(duty.name) for duty in context.definition.duties.values() if state.name in duty.until]
    met = tuple(name for name in ended if name in commitment.owed and commitment.owed[name].is_open)
    return (facts.ObligationsMet(met),) if met else ()


def arising(
    duties: Iterable[Duty], commitment: Commitment, context: Context, *, from_at: datetime
) -> Iterator[Obligation]:
    """What is owed by duties that begin at a moment. `cannot_arise` found nothing. Raises CalendarEnds."""
    for duty in duties:
        earlier = commitment.owed.get(obligation_of(duty.name))
        yield duty_obligation(
            owing(_obliged(duty, commitment, context)[0], commitment, context),
            duty,
            name=obligation_of(duty.name),
            round=1 if earlier is None else earlier.obligation.round + 1,
            from_at=from_at,
        )


def cannot_arise(duties: tuple[Duty, ...], commitment: Commitment, context: Context, *, from_at: datetime) -> Blockers:
    """Why duties can't begin at a moment: nobody to owe them, or no calendar to count their days with."""
    unowed = tuple(blocker for duty in duties for blocker in _nobody(duty, commitment, context))
    offices = [office for duty in duties for office in _obliged(duty, commitment, context)]
    found = unowed or calendars_known(offices, context)
    if found:
        return found
    try:
        tuple(arising(duties, commitment, context, from_at=from_at))
    except CalendarEnds as ends:
        return (Blocker("calendar_ends", {"calendar": ends.calendar, "day": ends.day.isoformat()}),)
    return NONE


def may_receive(commitment: Commitment, context: Context) -> Blockers:
    """Why the acting office can't record a receipt, whatever it were to say."""
    return access(commitment, context) or collect(STANDING_RULES, Receiving(commitment, None, context))


def receive_blockers(commitment: Commitment, command: ReceiveDocument, context: Context) -> Blockers:
    """Why this receipt can't be recorded."""
    return access(commitment, context) or collect(RECEIVING_RULES, Receiving(commitment, command, context))


def receive_document(commitment: Commitment, command: ReceiveDocument, context: Context) -> tuple[CommitmentFact, ...]:
    """The document came, and what is counted from its day is owed. Nothing stands in the way."""
    case = Receiving(commitment, command, context)
    received = facts.DocumentReceived(context.by.authority, command.letter, command.received_at, command.evidence)
    owed = tuple(arising(case.begun, commitment, context, from_at=command.received_at))
    return (received, facts.ObligationsArisen(owed)) if owed else (received,)


def receipt_asked(case: Receiving) -> Blockers:
    allowed = [state.name for state in case.context.definition.states.values() if state.is_open and not state.initial]
    if case.awaiting and case.commitment.state in allowed:
        return NONE
    return (Blocker("receipt_not_asked", {"state": case.commitment.state, "states": ", ".join(allowed)}),)


def received_once(case: Receiving) -> Blockers:
    received = case.commitment.received
    if received is None:
        return NONE
    return (Blocker("received_already", {"letter": received.letter, "received_at": received.received_at.isoformat()}),)


def role_receives(case: Receiving) -> Blockers:
    return role_acts("receive_document", case.commitment, case.context)


def letter_named(case: Receiving) -> Blockers:
    assert case.command is not None, "asked only with a command"
    return NONE if case.command.letter.strip() else (Blocker("letter_missing", {}, (case.context.by.authority,)),)


def not_received_in_future(case: Receiving) -> Blockers:
    assert case.command is not None, "asked only with a command"
    at = case.command.received_at
    if at <= case.context.now:
        return NONE
    return (Blocker("received_in_future", {"received_at": at.isoformat()}, until=at),)


def evidence_sound(case: Receiving) -> Blockers:
    assert case.command is not None, "asked only with a command"
    return evidence(case.command.evidence)


def duties_can_arise(case: Receiving) -> Blockers:
    assert case.command is not None, "asked only with a command"
    return cannot_arise(case.begun, case.commitment, case.context, from_at=case.command.received_at)


STANDING_RULES = (receipt_asked, received_once, role_receives)
RECEIVING_RULES = (*STANDING_RULES, letter_named, not_received_in_future, evidence_sound, duties_can_arise)


def _obliged(duty: Duty, commitment: Commitment, context: Context) -> tuple[str, ...]:
    return offices_in_roles((duty.role,), context, party=commitment.drafted.party, named=own_offices(commitment))


def _nobody(duty: Duty, commitment: Commitment, context: Context) -> Blockers:
    if _obliged(duty, commitment, context):
        return NONE
    administrators = offices_in_roles(roles_that_may("administer", context), context, party=commitment.drafted.party)
    return (Blocker("duty_unowed", {"duty": duty.name, "role": duty.role}, administrators),)
