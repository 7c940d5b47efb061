"""Appointments that need a second person: proposed by one, confirmed by another, and nothing holds until then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar, assert_never

from workflows.commands import AppointmentCommand, ConfirmHolder, DeclineHolder, ProposeHolder
from workflows.errors import Blocker, Refused
from workflows.facts import HolderAppointed, HolderProposalDeclined, HolderProposed, OfficeFact
from workflows.ground import Ground
from workflows.office_rules import holder_blockers

Case = TypeVar("Case")
Found = tuple[Blocker, ...]
NONE: Found = ()


@dataclass(frozen=True, slots=True)
class Appointing:
    """An appointment that somebody proposes, confirms or declines."""

    proposed: HolderProposed
    ground: Ground
    reason: str = ""

    @property
    def appointed(self) -> HolderAppointed:
        """The appointment as it would hold: not for days before its confirmation."""
        proposed = self.proposed
        return HolderAppointed(
            appointment=proposed.appointment,
            office=proposed.office,
            person=proposed.person,
            capacity=proposed.capacity,
            letter=proposed.letter,
            starts_on=max(proposed.starts_on, self.ground.today),
            ends_on=proposed.ends_on,
        )


def decide_appointment(command: AppointmentCommand, ground: Ground) -> tuple[OfficeFact, ...]:
    """The fact that the command states.

    Raises Refused with every reason why not; who may not appoint learns no more than that.
    """
    match command:
        case ProposeHolder():
            return _propose(command, ground)
        case ConfirmHolder():
            case = Appointing(_known(command.appointment, ground), ground)
            _refuse(STANDING_RULES, case)
            _refuse(CONFIRMING_RULES, case)
            return (case.appointed,)
        case DeclineHolder():
            case = Appointing(_known(command.appointment, ground), ground, command.reason)
            _refuse(DECLINING_RULES, case)
            proposed = case.proposed
            declined = HolderProposalDeclined(
                command.appointment, proposed.office, proposed.proposed_by, command.reason
            )
            return (declined,)
        case _:
            assert_never(command)


def may_appoint(office: str, ground: Ground) -> bool:
    """True if the acting office, in its own right, is that one, stands in its line, or administers offices there."""
    directory, by = ground.directory, ground.by
    if by.on_behalf_of is not None or directory.office(office) is None:
        return False
    return by.office in (office, *superiors(office, ground)) or ground.administers(office)


def superiors(office: str, ground: Ground) -> tuple[str, ...]:
    """The offices above a known one, the nearest first."""
    above = ground.directory.superior(office)
    return () if above is None else (above.office, *superiors(above.office, ground))


def _propose(command: ProposeHolder, ground: Ground) -> tuple[HolderProposed, ...]:
    proposed = HolderProposed(
        appointment=command.appointment,
        office=command.office,
        person=command.person,
        capacity=command.capacity,
        letter=command.letter,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        proposed_by=ground.by.office,
        proposer=ground.by.person,
    )
    case = Appointing(proposed, ground)
    _refuse(STANDING_RULES, case)
    _refuse(PROPOSING_RULES, case)
    return (proposed,)


def holds_the_office(case: Appointing) -> Found:
    return NONE if case.ground.holds else (Blocker("not_a_holder", {"office": case.ground.by.office}),)


def stands_above(case: Appointing) -> Found:
    office, ground = case.proposed.office, case.ground
    if ground.directory.office(office) is None:
        return (Blocker("office_unknown", {"office": office}),)
    if may_appoint(office, ground):
        return NONE
    others = (*superiors(office, ground)[:1], *ground.administrators_of(office))
    return (Blocker("may_not_appoint", {"office": office}, others),)


def appointee_stands_apart(case: Appointing) -> Found:
    """Nobody makes oneself a holder, neither as the first person nor as the second."""
    if case.proposed.person != case.ground.by.person:
        return NONE
    return (Blocker("appointee_decides", {"office": case.proposed.office}, _others(case)),)


def appointee_known(case: Appointing) -> Found:
    return NONE if case.proposed.person else (Blocker("appointee_unknown", {}, (case.ground.by.office,)),)


def appointment_sound(case: Appointing) -> Found:
    """What every appointment must be: known office and capacity, a term, a letter, and no other definitive holder."""
    proposed = case.proposed
    whole = replace(case.appointed, starts_on=proposed.starts_on, person=proposed.person or "unknown")
    return tuple(holder_blockers(case.ground.directory, whole))


def not_in_the_past(case: Appointing) -> Found:
    proposed, today = case.proposed, case.ground.today
    if proposed.starts_on >= today:
        return NONE
    found = {"start": str(proposed.starts_on), "today": str(today)}
    return (Blocker("appointment_in_past", found, (case.ground.by.office,)),)


def not_proposed_already(case: Appointing) -> Found:
    mine = case.proposed
    for known in case.ground.directory.proposals.values():
        same = (known.office, known.person, known.capacity, known.starts_on)
        if same == (mine.office, mine.person, mine.capacity, mine.starts_on):
            return (Blocker("proposal_waiting", {"appointment": known.appointment}, _others(case)),)
    return NONE


def another_confirms(case: Appointing) -> Found:
    """The second person is another one, in another office."""
    proposed, by = case.proposed, case.ground.by
    if by.office != proposed.proposed_by and by.person != proposed.proposer:
        return NONE
    return (Blocker("proposer_confirms", {"office": proposed.proposed_by}, _others(case)),)


def still_in_time(case: Appointing) -> Found:
    ends_on = case.proposed.ends_on
    if ends_on is None or case.ground.today <= ends_on:
        return NONE
    return (Blocker("proposal_over", {"end": str(ends_on)}, (case.proposed.proposed_by,)),)


def still_free(case: Appointing) -> Found:
    """What came between proposal and confirmation may stand against it."""
    return NONE if still_in_time(case) else tuple(holder_blockers(case.ground.directory, case.appointed))


def declines_or_takes_back(case: Appointing) -> Found:
    """Its proposer takes it back; whoever could confirm it declines it."""
    return NONE if case.ground.by.office == case.proposed.proposed_by else stands_above(case)


def reason_given(case: Appointing) -> Found:
    return NONE if case.reason.strip() else (Blocker("text_missing", {}, (case.ground.by.office,)),)


STANDING_RULES = (holds_the_office, stands_above)
PROPOSING_RULES = (appointee_known, appointee_stands_apart, appointment_sound, not_in_the_past, not_proposed_already)
CONFIRMING_RULES = (another_confirms, appointee_stands_apart, still_in_time, still_free)
DECLINING_RULES = (holds_the_office, declines_or_takes_back, reason_given)


def _known(appointment: str, ground: Ground) -> HolderProposed:
    known = ground.directory.proposals.get(appointment)
    if known is None:
        raise Refused((Blocker("proposal_unknown", {"proposal": appointment}),))
    return known


def _others(case: Appointing) -> tuple[str, ...]:
    """Who else may confirm: the line above and who administers there, without the proposing office."""
    office, ground = case.proposed.office, case.ground
    found = dict.fromkeys((*superiors(office, ground), *ground.administrators_of(office)))
    return tuple(one for one in found if one not in (case.proposed.proposed_by, ground.by.office))


def _refuse(rules: tuple[Callable[[Case], Found], ...], case: Case) -> None:
    found = tuple(blocker for rule in rules for blocker in rule(case))
    if found:
        raise Refused(found)
