"""Raising a matter: a finding, a direction, an obstacle, a call for help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import assert_never

from workflows import facts
from workflows.commands import GiveDirection, RaisingCommand, RecordFinding, ReportObstacle, RequestHelp
from workflows.commitment import Commitment
from workflows.context import Context
from workflows.errors import Blocker
from workflows.facts import CommitmentFact, Obligation
from workflows.obligations import matter_obligation
from workflows.rules import (
    NONE,
    Blockers,
    access,
    acted,
    behind,
    calendar_reaches,
    collect,
    evidence,
    item_known,
    offices_apart,
    offices_in_roles,
    owing,
    reason,
    role_acts,
    roles_that_may,
    text_given,
)

ACTS = {"finding": "record_finding", "direction": "give_direction", "obstacle": "report_obstacle", "help": "ask_help"}
"""The act of a role that raises a matter of each kind."""
LETTERS = {"finding": "f", "direction": "d", "obstacle": "o", "help": "h"}


@dataclass(frozen=True, slots=True)
class Raising:
    """A matter that somebody raises; `command` is None where only the question is whether they might."""

    commitment: Commitment
    kind: str
    command: RaisingCommand | None
    context: Context

    @property
    def given(self) -> RaisingCommand:
        """What is said."""
        assert self.command is not None, "asked only with a command"
        return self.command

    @property
    def number(self) -> int:
        """The number that the matter gets: counted by kind."""
        return 1 + sum(one.kind == self.kind for one in self.commitment.matters.values())

    @property
    def matter(self) -> str:
        """The id that the matter gets."""
        return f"{self.commitment.id}.{LETTERS[self.kind]}{self.number}"

    @property
    def addressee(self) -> str | None:
        """Who will owe the answer; None where nobody can, or nobody has to."""
        if isinstance(self.command, RecordFinding | GiveDirection):
            return self.command.addressee
        return next(iter(_helpers(self)), None) if self.kind == "help" else None

    @property
    def due_on(self) -> date | None:
        """The day that the asker names; None where the workflow's limit says it."""
        return self.command.due_on if isinstance(self.command, RecordFinding | GiveDirection) else None


def kind_of(command: RaisingCommand) -> str:
    """What kind of matter a command raises."""
    match command:
        case RecordFinding():
            return "finding"
        case GiveDirection():
            return "direction"
        case ReportObstacle():
            return "obstacle"
        case RequestHelp():
            return "help"
        case _:
            assert_never(command)


def may_raise(commitment: Commitment, kind: str, context: Context) -> Blockers:
    """Why the acting office can't raise a matter of that kind, whatever it were to say."""
    return access(commitment, context) or collect(MAY_RAISE_RULES, Raising(commitment, kind, None, context))


def raise_blockers(commitment: Commitment, command: RaisingCommand, context: Context) -> Blockers:
    """Why this matter can't be raised."""
    case = Raising(commitment, kind_of(command), command, context)
    return access(commitment, context) or collect((*MAY_RAISE_RULES, *SAID_RULES, *ADDRESSEE_RULES), case)


def raise_matter(commitment: Commitment, command: RaisingCommand, context: Context) -> tuple[CommitmentFact, ...]:
    """The matter stands, and its addressee owes an answer. Nothing stands in the way."""
    case = Raising(commitment, kind_of(command), command, context)
    matter, number, office = case.matter, case.number, context.by.authority
    text, files = command.text, command.evidence
    match command:
        case ReportObstacle():
            return (facts.ObstacleReported(matter, number, office, text, files, command.category, command.item),)
        case RecordFinding():
            to, owed = command.addressee, _owed(case)
            return (facts.FindingRecorded(matter, number, office, text, files, to, owed, command.item),)
        case GiveDirection():
            return (facts.DirectionGiven(matter, number, office, text, files, command.addressee, _owed(case)),)
        case RequestHelp():
            owed = _owed(case)
            return (facts.HelpRequested(matter, number, office, text, files, owed.office, owed),)
        case _:
            assert_never(command)


def raised_in_state(case: Raising) -> Blockers:
    """A finding stands against whatever isn't a private draft; the rest is for commitments that are still open."""
    states = case.context.definition.states
    allowed = [
        state.name for state in states.values() if (not state.private if case.kind == "finding" else state.is_open)
    ]
    if case.commitment.state in allowed:
        return NONE
    found = {"act": ACTS[case.kind], "state": case.commitment.state, "states": ", ".join(allowed)}
    return (Blocker("act_not_in_state", found),)


def role_raises(case: Raising) -> Blockers:
    return role_acts(ACTS[case.kind], case.commitment, case.context)


def helper_found(case: Raising) -> Blockers:
    if case.kind != "help" or _helpers(case):
        return NONE
    context = case.context
    administrators = offices_in_roles(
        roles_that_may("administer", context), context, party=case.commitment.drafted.party
    )
    roles = ", ".join(roles_that_may("answer_help", context)) or "-"
    return (Blocker("helper_missing", {"roles": roles}, administrators),)


def says_something(case: Raising) -> Blockers:
    return text_given(case.given.text, case.context)


def evidence_sound(case: Raising) -> Blockers:
    """What is found wrong is shown, or it is an opinion and belongs in a note."""
    files = case.given.evidence
    if case.kind == "finding" and not files:
        return (Blocker("evidence_missing", {"wanted": "-"}, (case.context.by.authority,)),)
    return evidence(files)


def item_in_plan(case: Raising) -> Blockers:
    if isinstance(case.given, RecordFinding | ReportObstacle) and case.given.item is not None:
        return item_known(case.commitment, case.given.item)
    return NONE


def category_known(case: Raising) -> Blockers:
    if not isinstance(case.given, ReportObstacle):
        return NONE
    return reason(case.given, "obstacle", case.context.definition.reasons)


def addressee_known(case: Raising) -> Blockers:
    """The addressee is another office and person, which somebody holds and which sees the commitment."""
    if not isinstance(case.given, RecordFinding | GiveDirection):
        return NONE
    office, context = case.given.addressee, case.context
    if context.directory.office(office) is None:
        return (Blocker("addressee_unknown", {"office": office}),)
    holders = {one.person for one in context.directory.holders(office, context.today)}
    hands = behind(acted(context, "raised"), context)
    if office in hands.offices or not hands.persons.isdisjoint(holders):
        return (Blocker("addressee_is_asker", {"office": office}),)
    if not holders:
        return (Blocker("addressee_vacant", {"office": office}),)
    return _reaches(case, office)


def addressee_below(case: Raising) -> Blockers:
    """A direction goes down: to the giver's own organisation or one below, never to a superior."""
    directory = case.context.directory
    if not isinstance(case.given, GiveDirection) or directory.office(case.given.addressee) is None:
        return NONE
    if directory.is_above(case.context.by.authority, case.given.addressee):
        return NONE
    return (Blocker("addressee_not_below", {"office": case.given.addressee}),)


def due_ahead(case: Raising) -> Blockers:
    """The day named is today or later, and the calendar reaches it. Where no such answer is owed, no role may raise."""
    due_on, office = case.due_on, case.addressee
    if due_on is not None and due_on < case.context.today:
        return (Blocker("due_in_past", {"due_on": due_on.isoformat()}),)
    if office is None or case.context.directory.office(office) is None:
        return NONE
    if case.kind not in case.context.definition.answers:
        return NONE
    return calendar_reaches(office, case.context, lambda: _owed(case))


MAY_RAISE_RULES = (raised_in_state, role_raises, helper_found)
SAID_RULES = (says_something, evidence_sound, item_in_plan, category_known)
ADDRESSEE_RULES = (addressee_known, addressee_below, due_ahead)


def _helpers(case: Raising) -> tuple[str, ...]:
    """Who answers a call for help: the nearest held office of each role that may, but never the asker."""
    context = case.context
    return offices_apart("answer_help", case.commitment, context, apart_from=(acted(context, "raised"),))


def _reaches(case: Raising, office: str) -> Blockers:
    commitment, context = case.commitment, case.context
    sees = context.directory.sees(
        office,
        party=commitment.drafted.party,
        subject=commitment.drafted.subject,
        commitment=commitment.id,
        names=commitment.names,
        private=context.definition.states[commitment.state].private,
        on=context.today,
    )
    return NONE if sees else (Blocker("addressee_out_of_scope", {"office": office}),)


def _owed(case: Raising) -> Obligation:
    office, context = case.addressee, case.context
    assert office is not None, "asked for blockers first"
    return matter_obligation(
        owing(office, case.commitment, context),
        case.kind,
        case.matter,
        number=case.number,
        round=1,
        given_by=context.by.authority,
        due_on=case.due_on,
    )
