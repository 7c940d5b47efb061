"""Asking for a move, and taking the request back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workflows import facts
from workflows.apart_rules import kept_apart
from workflows.commands import OpenRequest, WithdrawRequest
from workflows.commitment import Commitment, Request
from workflows.context import Context
from workflows.correction_rules import corrected
from workflows.definition import Move
from workflows.errors import Blocker
from workflows.facts import CommitmentFact, FieldValue, PlanItem, Terms
from workflows.field_rules import filling_blockers, item_blockers, items_written, missing
from workflows.fields import written
from workflows.guards import guards
from workflows.moving import Moving, moving
from workflows.plan_rules import Written, plan_blockers
from workflows.quorums import Way, counted
from workflows.rules import (
    NONE,
    Blockers,
    access,
    acted,
    acts_in_role,
    collect,
    evidence,
    offices_in_roles,
    own_offices,
    programme_open,
    reason,
)
from workflows.steps import onward, quorums_too_small, waits_for
from workflows.substance import substance_of


@dataclass(frozen=True, slots=True)
class Asking:
    """A move that somebody asks for. `command` is empty where only the question is whether they might."""

    commitment: Commitment
    move: Move
    command: OpenRequest
    context: Context

    @property
    def moving(self) -> Moving:
        """The case of the move's guards and steps."""
        return moving(self.commitment, self.move, self.context, items=self.items, terms=self.command.terms)

    @property
    def items(self) -> tuple[PlanItem, ...] | None:
        """The plan that is carried, as the fact states it."""
        items = self.command.items
        return None if items is None else items_written(items, self.commitment.items, self.context)

    @property
    def fields(self) -> tuple[FieldValue, ...]:
        """The request's own fields, as the fact states them."""
        return written(self.context.definition.fields.of_request(self.move.name), self.command.fields)

    @property
    def way(self) -> Way:
        """The way of the request to come: only its asker has acted."""
        context = self.context
        number = len(self.commitment.requests) + 1
        quorums = counted(self.commitment, self.move, context)
        return Way(f"{self.commitment.id}.r{number}", (acted(context, "asked"),), (), (), quorums)

    @property
    def substance(self) -> str:
        """The digest of what is asked."""
        command = self.command
        return substance_of(
            self.commitment,
            self.move,
            reason=command.reason,
            text=command.text,
            evidence=command.evidence,
            items=self.items if self.move.plan else None,
            fields=self.fields,
            terms=command.terms,
        )


@dataclass(frozen=True, slots=True)
class Answering:
    """An act of somebody who isn't deciding, on a request that exists."""

    commitment: Commitment
    request: Request
    context: Context
    text: str = ""


def programme_runs(case: Asking) -> Blockers:
    """Nothing is asked for in a programme that is over: it is opened again first."""
    return programme_open(case.commitment.drafted.party, case.context)


def may_ask(commitment: Commitment, move: Move, context: Context) -> Blockers:
    """Why the acting office can't ask for a move, whatever it were to write."""
    case = Asking(commitment, move, OpenRequest(move.name), context)
    denied = access(commitment, context, move=move.name)
    return denied or collect((*STANDING_RULES, guards_hold, *REACHING_RULES), case)


def open_blockers(commitment: Commitment, command: OpenRequest, context: Context) -> Blockers:
    """Why this request can't be opened."""
    denied = access(commitment, context, move=command.move)
    move = context.definition.moves.get(command.move)
    if denied or move is None:
        known = ", ".join(context.definition.moves)
        return denied or (Blocker("move_unknown", {"move": command.move, "known": known}),)
    return collect(OPENING_RULES, Asking(commitment, move, command, context))


def open_request(commitment: Commitment, command: OpenRequest, context: Context) -> tuple[CommitmentFact, ...]:
    """The request is open and its first step reached. Nothing stands in the way."""
    move = context.definition.moves[command.move]
    case = Asking(commitment, move, command, context)
    opened = facts.RequestOpened(
        request=case.way.request,
        number=len(commitment.requests) + 1,
        move=move.name,
        asked_by=context.by.authority,
        from_state=commitment.state,
        to_state=context.table[(commitment.state, move.name)],
        substance=case.substance,
        reason=command.reason,
        text=command.text,
        evidence=command.evidence,
        items=case.items,
        quorums=case.way.quorums,
        fields=case.fields,
        terms=None if command.terms is None else _stated(command.terms, commitment),
        based_on_revision=commitment.revision if move.plan else None,
    )
    return (opened, *onward(case.moving, case.way).facts)


def withdraw_blockers(commitment: Commitment, command: WithdrawRequest, context: Context) -> Blockers:
    """Why the request can't be taken back."""
    request = commitment.requests.get(command.request)
    denied = access(commitment, context, move=move_of(request))
    if denied or request is None:
        return denied or unknown_request(command.request)
    return collect(WITHDRAWAL_RULES, Answering(commitment, request, context))


def withdraw_request(commitment: Commitment, command: WithdrawRequest, context: Context) -> tuple[CommitmentFact, ...]:
    """The asker took the request back."""
    return (facts.RequestWithdrawn(command.request, context.by.authority, command.text),)


def move_of(request: Request | None) -> str | None:
    """The move that a request asks for; None where there is no request."""
    return None if request is None else request.opened.move


def unknown_request(request: str) -> Blockers:
    """The commitment has no request of that id."""
    return (Blocker("request_unknown", {"request": request}),)


def move_in_state(case: Asking) -> Blockers:
    if (case.commitment.state, case.move.name) in case.context.table:
        return NONE
    sources = ", ".join(sorted(case.move.sources))
    return (Blocker("not_in_state", {"move": case.move.name, "state": case.commitment.state, "sources": sources}),)


def role_asks(case: Asking) -> Blockers:
    commitment, roles = case.commitment, case.move.ask
    named = own_offices(commitment)
    if acts_in_role(roles, named, case.context):
        return NONE
    askers = offices_in_roles(roles, case.context, party=commitment.drafted.party, named=named)
    return (Blocker("role_may_not", {"act": case.move.name, "roles": ", ".join(roles)}, askers),)


def none_open(case: Asking) -> Blockers:
    return open_request_blocks(case.commitment)


def open_request_blocks(commitment: Commitment) -> Blockers:
    """Why nothing else may begin: a request waits for its verdict, or for its asker to take it back."""
    request = commitment.open_request
    if request is None:
        return NONE
    offices, until = waits_for(request)
    found = {"request": request.opened.request, "move": request.opened.move}
    return (Blocker("request_open", found, (*offices, request.opened.asked_by), until),)


def reason_given(case: Asking) -> Blockers:
    return reason(case.command, case.move.reasons, case.context.definition.reasons)


def evidence_given(case: Asking) -> Blockers:
    """Each kind needs a file of its own; the same content twice is one file."""
    if len({file.digest for file in case.command.evidence}) < len(case.move.evidence):
        wanted = ", ".join(kind.id for kind in case.move.evidence)
        return (Blocker("evidence_missing", {"wanted": wanted}, (case.context.by.authority,)),)
    return evidence(case.command.evidence)


def plan_carried(case: Asking) -> Blockers:
    items = case.command.items
    if case.move.plan and items is None:
        return (Blocker("plan_missing", {"move": case.move.name}),)
    if items is None:
        return NONE
    if not case.move.plan:
        return (Blocker("plan_not_asked", {"move": case.move.name}),)
    drafted = case.commitment.drafted
    plan = Written(drafted.party, drafted.subject, items, case.context)
    return (*plan_blockers(plan), *item_blockers(items, case.context))


def plan_in_force_was_seen(case: Asking) -> Blockers:
    """The new plan was written from the plan in force: from an older one it would take back what came since."""
    based_on, revision = case.command.based_on_revision, case.commitment.revision
    if based_on is None or based_on == revision:
        return NONE
    return (Blocker("plan_stale", {"based_on": str(based_on), "revision": str(revision)}),)


def fields_given(case: Asking) -> Blockers:
    """The request's own fields are sound, and those that it must have are filled."""
    own = case.context.definition.fields.of_request(case.move.name)
    return (
        *filling_blockers("request", own, case.command.fields, case.context),
        *missing("request", own, case.fields, (case.commitment.state, case.move.name)),
    )


def terms_given(case: Asking) -> Blockers:
    """A move that needs terms has them, and no other has any."""
    terms, does = case.command.terms or Terms(), case.move.does
    given = {"hold": terms.until is not None, "extend": terms.extensions != (), "correct": terms.corrections != ()}
    if any(present and name != does for name, present in given.items()):
        return (Blocker("terms_not_asked", {"move": case.move.name}),)
    return NONE if given.get(does or "", True) else (_terms_missing(case.move),)


def guards_hold(case: Asking) -> Blockers:
    return guards(case.moving)


def substance_changed(case: Asking) -> Blockers:
    """After a return only changed substance restarts the chain."""
    same = [
        request.opened.request
        for request in case.commitment.requests.values()
        if request.status == "returned" and request.opened.substance == case.substance
    ]
    return (Blocker("substance_unchanged", {"request": same[-1]}, (case.context.by.authority,)),) if same else NONE


def keeps_apart(case: Asking) -> Blockers:
    return kept_apart(case.moving)


def quorums_can_be_reached(case: Asking) -> Blockers:
    return quorums_too_small(case.moving, case.way)


def first_steps_can_be_reached(case: Asking) -> Blockers:
    return NONE if quorums_can_be_reached(case) else onward(case.moving, case.way).blockers


def still_open(case: Answering) -> Blockers:
    return closed_blocks(case.request)


def closed_blocks(request: Request) -> Blockers:
    """Why nothing more can be done with a request: it has its verdict."""
    if request.is_open:
        return NONE
    return (Blocker("request_closed", {"request": request.opened.request, "status": request.status}),)


def by_its_asker(case: Answering) -> Blockers:
    asker = case.request.opened.asked_by
    if case.context.by.authority == asker:
        return NONE
    return (Blocker("not_the_asker", {"request": case.request.opened.request, "asker": asker}, (asker,)),)


STANDING_RULES = (programme_runs, move_in_state, role_asks, keeps_apart, none_open)
REACHING_RULES = (quorums_can_be_reached, first_steps_can_be_reached)
OPENING_RULES = (
    *STANDING_RULES,
    reason_given,
    evidence_given,
    plan_carried,
    plan_in_force_was_seen,
    fields_given,
    terms_given,
    guards_hold,
    substance_changed,
    *REACHING_RULES,
)
WITHDRAWAL_RULES = (still_open, by_its_asker)


def _terms_missing(move: Move) -> Blocker:
    match move.does:
        case "hold":
            return Blocker("until_missing", {"move": move.name})
        case "extend":
            return Blocker("extensions_missing", {"move": move.name})
        case _:
            return Blocker("corrections_missing", {"move": move.name})


def _stated(terms: Terms, commitment: Commitment) -> Terms:
    """The terms beside what stands there now, so that whoever decides sees old and new."""
    ends = {item.number: item.ends_on for item in commitment.items}
    extensions = tuple(replace(one, was=ends[one.item]) for one in terms.extensions)
    return replace(terms, extensions=extensions, corrections=corrected(commitment, terms.corrections))
