"""The office whose turn it is asks one more office to approve, or hands the preparation of its verdict to one below."""

from __future__ import annotations

from dataclasses import dataclass

from workflows import facts
from workflows.approvals import (
    Deciding,
    asker_never_decides,
    at_its_step,
    office_acts_once,
    person_acts_once,
    still_open,
)
from workflows.chains import chain_of
from workflows.commands import AddApprover, ForwardRequest, NotePreparation
from workflows.commitment import Commitment, Request
from workflows.context import Context
from workflows.errors import Blocker
from workflows.facts import ApproverAdded, CommitmentFact
from workflows.quorums import Way, members
from workflows.requests import move_of, unknown_request
from workflows.rules import NONE, Blockers, access, behind_all, collect, holding
from workflows.steps import onward, reach

PLACES = ("before", "after")
MOST_EXTRAS = 3
"""Of one request: who asks and asks again must come to an end."""


@dataclass(frozen=True, slots=True)
class Adding:
    """An office whose turn it is, and the one that it wants to ask beside itself."""

    deciding: Deciding
    command: AddApprover

    @property
    def context(self) -> Context:
        """What the rules may know."""
        return self.deciding.context

    @property
    def office(self) -> str:
        """The office to ask."""
        return self.command.office

    @property
    def fact(self) -> ApproverAdded:
        """What is stated."""
        request, reached, known = (
            self.deciding.request,
            self.deciding.reached,
            self.context.directory.office(self.office),
        )
        assert reached is not None, "asked only while a step waits"
        return ApproverAdded(
            request=request.opened.request,
            step=f"extra-{len(request.extras) + 1}",
            beside=reached.step,
            place=self.command.place,
            by=self.context.by.authority,
            office=self.office,
            role="" if known is None else known.role,
            text=self.command.text,
        )


@dataclass(frozen=True, slots=True)
class Forwarding:
    """An office whose turn it is, and the one below it that is to prepare the verdict."""

    deciding: Deciding
    command: ForwardRequest

    @property
    def context(self) -> Context:
        """What the rules may know."""
        return self.deciding.context

    @property
    def office(self) -> str:
        """The office that is to prepare."""
        return self.command.office


@dataclass(frozen=True, slots=True)
class Preparing:
    """An office that says something on a verdict that it prepares."""

    request: Request
    context: Context
    text: str


def add_blockers(commitment: Commitment, command: AddApprover, context: Context) -> Blockers:
    """Why the office can't be asked beside the acting one."""
    request = commitment.requests.get(command.request)
    denied = access(commitment, context, move=None if request is None else move_of(request))
    if denied or request is None:
        return denied or unknown_request(command.request)
    case = Deciding(commitment, request, context, "approve")
    return collect(TURN_RULES, case) or collect(ADDING_RULES, Adding(case, command))


def add_approver(commitment: Commitment, command: AddApprover, context: Context) -> tuple[CommitmentFact, ...]:
    """One more office is asked, now or once the acting one has approved. Nothing stands in the way."""
    case = Adding(Deciding(commitment, commitment.requests[command.request], context, "approve"), command)
    if command.place != "before":
        return (case.fact,)
    return (case.fact, *reach(case.deciding.moving, _with_the_extra(case)))


def forward_blockers(commitment: Commitment, command: ForwardRequest, context: Context) -> Blockers:
    """Why the preparation can't be handed to that office."""
    request = commitment.requests.get(command.request)
    denied = access(commitment, context, move=None if request is None else move_of(request))
    if denied or request is None:
        return denied or unknown_request(command.request)
    case = Deciding(commitment, request, context, "approve")
    return collect(TURN_RULES, case) or collect(FORWARDING_RULES, Forwarding(case, command))


def forward(commitment: Commitment, command: ForwardRequest, context: Context) -> tuple[CommitmentFact, ...]:
    """An office below prepares the verdict. Nothing stands in the way."""
    reached = commitment.requests[command.request].waits_for(context.by.authority)
    assert reached is not None, "asked for blockers first"
    by, office = context.by.authority, command.office
    return (facts.RequestForwarded(command.request, reached.step, by, office, command.instruction),)


def note_blockers(commitment: Commitment, command: NotePreparation, context: Context) -> Blockers:
    """Why the acting office can't say anything as one that prepares. Being asked is its authority, not its scope."""
    request = commitment.requests.get(command.request)
    denied = holding(context, move=None if request is None else move_of(request))
    if denied or request is None:
        return denied or unknown_request(command.request)
    return collect(PREPARING_RULES, Preparing(request, context, command.text))


def note(commitment: Commitment, command: NotePreparation, context: Context) -> tuple[CommitmentFact, ...]:
    """The office that prepares said something. Nothing stands in the way."""
    office = context.by.authority
    mine = next(one for one in commitment.requests[command.request].preparing if one.forwarded.office == office)
    return (facts.PreparationNoted(command.request, mine.forwarded.step, office, command.text, command.hands_back),)


def may_share(commitment: Commitment, request: Request, context: Context) -> Blockers:
    """Why the acting office can neither ask one more office nor forward, whichever it were to choose."""
    denied = access(commitment, context, move=move_of(request))
    return denied or collect(TURN_RULES, Deciding(commitment, request, context, "approve"))


def may_note(request: Request, context: Context) -> Blockers:
    """Why the acting office can't say anything as one that prepares, whatever it were to say."""
    return holding(context, move=move_of(request)) or prepares(Preparing(request, context, "x"))


def place_known(case: Adding) -> Blockers:
    """Before oneself or after; a signature is the last word, and nobody approves after it."""
    place, step = case.command.place, case.deciding.step
    if place not in PLACES:
        return (Blocker("place_unknown", {"place": place, "known": ", ".join(PLACES)}),)
    if place == "after" and step is not None and step.signs:
        return (Blocker("extra_after_signature", {}, (case.context.by.authority,)),)
    return NONE


def not_in_a_quorum(case: Adding) -> Blockers:
    """How many offices decide a shared step was counted when the request opened."""
    step = case.deciding.step
    if step is None or not step.is_shared:
        return NONE
    return (Blocker("extra_in_quorum", {"step": step.name}, (case.context.by.authority,)),)


def not_too_many(case: Adding) -> Blockers:
    if len(case.deciding.request.extras) < MOST_EXTRAS:
        return NONE
    return (Blocker("extras_too_many", {"most": str(MOST_EXTRAS)}, (case.context.by.authority,)),)


def office_can_act(case: Adding | Forwarding) -> Blockers:
    """The office exists and somebody holds it."""
    directory, context = case.context.directory, case.context
    if directory.office(case.office) is None:
        return (Blocker("addressee_unknown", {"office": case.office}),)
    if directory.is_vacant(case.office, context.today):
        return (Blocker("addressee_vacant", {"office": case.office}),)
    return NONE


def office_in_scope(case: Adding | Forwarding) -> Blockers:
    """Only an office that sees the commitment by itself is asked to approve; who prepares sees it by being asked."""
    commitment, context = case.deciding.commitment, case.context
    drafted = commitment.drafted
    sees = context.directory.office(case.office) is None or context.directory.sees(
        case.office,
        party=drafted.party,
        subject=drafted.subject,
        commitment=commitment.id,
        names=commitment.names,
        private=context.definition.states[commitment.state].private,
        on=context.today,
        invites=frozenset((case.office,)) if isinstance(case, Forwarding) else frozenset(),
    )
    return NONE if sees else (Blocker("addressee_out_of_scope", {"office": case.office}),)


def office_has_no_part(case: Adding) -> Blockers:
    """Four eyes: neither the office nor all who hold it have acted, wait, or decide a step to come."""
    office, context, request = case.office, case.context, case.deciding.request
    hands = behind_all(request.acts, context)
    offices = hands.offices | {one.office for one in request.reached}
    persons = hands.persons | {context.by.person}
    holders = {one.person for one in context.directory.holders(office, context.today)}
    if office in offices | context.by.offices or (holders and holders <= persons):
        return (Blocker("extra_conflicted", {"office": office}, (context.by.authority,)),)
    coming = chain_of(case.deciding.move, request.extras).steps
    left = [step for step in coming if step.name not in request.passed and not _waits(request, step.name)]
    alone = Way(request.opened.request, request.acts, request.passed, (), request.opened.quorums, request.extras)
    if office in {member.filled.office for member in members(case.deciding.moving, alone, left)}:
        return (Blocker("extra_in_chain", {"office": office}, (context.by.authority,)),)
    return NONE


def extra_can_be_reached(case: Adding) -> Blockers:
    """The working days of the office that is asked can be counted."""
    if case.command.place != "before" or case.context.directory.office(case.office) is None:
        return NONE
    return onward(case.deciding.moving, _with_the_extra(case)).blockers


def office_below(case: Forwarding) -> Blockers:
    """A verdict is prepared by an office in the line below the one that gives it."""
    directory, above = case.context.directory, case.context.by.authority
    one = directory.superior(case.office)
    while one is not None and one.office != above:
        one = directory.superior(one.office)
    known = directory.office(case.office) is not None
    return (Blocker("forward_not_below", {"office": case.office}, (above,)),) if known and one is None else NONE


def asker_never_prepares(case: Forwarding) -> Blockers:
    asker = case.deciding.request.opened.asked_by
    return (
        (Blocker("asker_prepares", {"office": asker}, (case.context.by.authority,)),) if case.office == asker else NONE
    )


def forwarded_once(case: Forwarding) -> Blockers:
    """One office prepares a verdict at a time."""
    by = case.context.by.authority
    mine = [one.forwarded.office for one in case.deciding.request.preparing if one.forwarded.by == by]
    return (Blocker("forwarded_already", {"office": mine[0]}, (mine[0],)),) if mine else NONE


def says_what(case: Forwarding) -> Blockers:
    given = case.command.instruction.strip()
    return NONE if given else (Blocker("text_missing", {}, (case.context.by.authority,)),)


def prepares(case: Preparing) -> Blockers:
    offices = tuple(one.forwarded.office for one in case.request.preparing)
    if case.context.by.authority in offices:
        return NONE
    return (Blocker("not_preparing", {"request": case.request.opened.request}, offices),)


def says_something(case: Preparing) -> Blockers:
    return NONE if case.text.strip() else (Blocker("text_missing", {}, (case.context.by.authority,)),)


TURN_RULES = (still_open, asker_never_decides, office_acts_once, person_acts_once, at_its_step)
ADDING_RULES = (
    place_known,
    not_in_a_quorum,
    not_too_many,
    office_can_act,
    office_in_scope,
    office_has_no_part,
    extra_can_be_reached,
)
FORWARDING_RULES = (office_can_act, office_in_scope, office_below, asker_never_prepares, forwarded_once, says_what)
PREPARING_RULES = (prepares, says_something)


def _with_the_extra(case: Adding) -> Way:
    """The request's way with the extra approval, and without the member of the office that asks for it."""
    request, mine = case.deciding.request, case.deciding.reached
    left = tuple(one for one in request.reached if one is not mine)
    extras = (*request.extras, case.fact)
    return Way(request.opened.request, request.acts, request.passed, left, request.opened.quorums, extras)


def _waits(request: Request, step: str) -> bool:
    return any(reached.step == step for reached in request.reached)
