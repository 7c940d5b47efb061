"""The three verdicts on a request: approve, return, reject; and four eyes, by person and by office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows import facts
from workflows.apart_rules import kept_apart
from workflows.chains import chain_of
from workflows.clearing import with_clearers
from workflows.commands import ApproveRequest, RejectRequest, ReturnRequest
from workflows.commitment import Act, Commitment, Request
from workflows.context import Context
from workflows.definition import Move, Step
from workflows.errors import Blocker, Refused
from workflows.facts import CommitmentFact, InSitting, StepReached
from workflows.in_sitting import decided_in
from workflows.moving import Moving
from workflows.quorums import Way
from workflows.remembered import once
from workflows.requests import closed_blocks, move_of, unknown_request
from workflows.rules import NONE, Blockers, Hands, access, acted, behind, collect, reason
from workflows.steps import Onward, onward, waits_for
from workflows.substance import current_substance

Verdict = ApproveRequest | ReturnRequest | RejectRequest


@dataclass(frozen=True)
class Deciding:
    """A verdict that somebody wants to give on a request. What several rules ask of it is found once.

    verdict    approve | return | reject
    seen       the substance that the decider saw; None where the door checked that
    signed_at  when the party signed, if the verdict is its signature; sitting: the one that it is given in
    """

    commitment: Commitment
    request: Request
    context: Context
    verdict: str
    seen: str | None = None
    signed_at: datetime | None = None
    sitting: InSitting | None = None

    @once
    def move(self) -> Move:
        """The move that is decided on."""
        return self.context.definition.moves[self.request.opened.move]

    @once
    def reached(self) -> StepReached | None:
        """The step that waits for the acting office, else the first that waits for any; None once it is closed."""
        mine = self.request.waits_for(self.context.by.authority)
        return mine or next(iter(self.request.reached), None)

    @once
    def step(self) -> Step | None:
        """What the definition says of the step that is decided on; None once the request is closed."""
        reached = self.reached
        return None if reached is None else chain_of(self.move, self.request.extras).named[reached.step]

    @property
    def awaited_from(self) -> datetime:
        """When the verdict was asked for: with the request, or by the last approval that led up to its step."""
        step, request = self.step, self.request
        led = frozenset[str]() if step is None else chain_of(self.move, request.extras).before[step.name]
        return max([request.opened_at, *[act.true_at or act.at for act in request.acts if act.step in led]])

    @once
    def moving(self) -> Moving:
        """The case of the move's guards and further steps."""
        decided_at = None if self.sitting is None else self.sitting.at
        terms = self.request.opened.terms
        return Moving(self.commitment, self.move, self.items, self.context, self.signed_at, terms, decided_at)

    @once
    def items(self) -> tuple[facts.PlanItem, ...] | None:
        """The plan that the request carries, else the plan in force."""
        return self.request.opened.items if self.move.plan else self.commitment.items

    @once
    def passes(self) -> bool:
        """True if an approval by the acting office makes its step pass."""
        step = self.step
        return step is not None and self.request.approvals(step.name) + 1 >= self.request.needed(step.name)

    @once
    def others(self) -> tuple[StepReached, ...]:
        """The other members of the step that still wait."""
        mine = self.reached
        return tuple(
            one for one in self.request.reached if mine is not None and one.step == mine.step and one is not mine
        )

    @once
    def onward(self) -> Onward:
        """What comes once the acting office has approved and its step has passed."""
        step, request = self.step, self.request
        assert step is not None, "a closed request goes nowhere"
        acts = (*request.acts, self.act)
        left = tuple(one for one in request.reached if one.step != step.name)
        passed = (*request.passed, step.name)
        way = Way(request.opened.request, acts, passed, left, request.opened.quorums, request.extras)
        return onward(self.moving, way)

    @once
    def act(self) -> Act:
        """What an approval would stand in the chain with."""
        return acted(self.context, "approved", None if self.step is None else self.step.name)

    @once
    def hands(self) -> Hands:
        """Whose hand the verdict would be."""
        return behind(self.act, self.context)

    @once
    def earlier(self) -> tuple[tuple[Act, Hands], ...]:
        """Every act so far, the asker's first, with whose hand it was."""
        return tuple([(act, behind(act, self.context)) for act in self.request.acts])


def approve_blockers(commitment: Commitment, command: ApproveRequest, context: Context) -> Blockers:
    """Why the acting office can't approve the request's open step."""
    case = _verdict(commitment, command, "approve", context, seen=command.substance)
    return collect(BY_HAND_RULES, case) if isinstance(case, Deciding) else case


def approve(commitment: Commitment, command: ApproveRequest, context: Context) -> tuple[CommitmentFact, ...]:
    """The step is approved; once it passed the next are reached, or after the last the move takes effect.

    Refuses by itself, since what blocks an approval and what it brings about rest on the same steps to come: they are
    found once. Raises Refused.
    """
    case = _verdict(commitment, command, "approve", context, seen=command.substance)
    if not isinstance(case, Deciding):
        raise Refused(with_clearers(case, commitment, context))
    found = collect(BY_HAND_RULES, case)
    if found:
        raise Refused(with_clearers(found, commitment, context))
    return approved(case, note=command.note)


def approved(case: Deciding, *, note: str, signature: tuple[CommitmentFact, ...] = ()) -> tuple[CommitmentFact, ...]:
    """The facts of an approval, then of the signature that it is, if it is one, then of what follows."""
    step = case.step
    assert step is not None, "asked for blockers first"
    opened = case.request.opened
    by = case.context.by.authority
    fact = facts.RequestApproved(opened.request, step.name, by, opened.substance, note, case.sitting)
    if not case.passes:
        return (fact,)
    offices = tuple(one.office for one in case.others)
    released = (facts.MembersReleased(opened.request, step.name, offices),) if offices else ()
    return (fact, *released, *signature, *case.onward.facts)


def return_blockers(commitment: Commitment, command: ReturnRequest, context: Context) -> Blockers:
    """Why the acting office can't send the request back."""
    return _closing_blockers(commitment, command, "return", context)


def return_request(commitment: Commitment, command: ReturnRequest, context: Context) -> tuple[CommitmentFact, ...]:
    """The request went back to its asker. Nothing stands in the way."""
    step = _decided(commitment, command.request, context)
    by = context.by.authority
    return (facts.RequestReturned(command.request, step, by, command.reason, command.text, command.sitting),)


def reject_blockers(commitment: Commitment, command: RejectRequest, context: Context) -> Blockers:
    """Why the acting office can't refuse the request."""
    return _closing_blockers(commitment, command, "reject", context)


def reject_request(commitment: Commitment, command: RejectRequest, context: Context) -> tuple[CommitmentFact, ...]:
    """The request was refused, or one member refused it that the others can still pass. Nothing stands in the way."""
    request, step = commitment.requests[command.request], _decided(commitment, command.request, context)
    case = Deciding(commitment, request, context, "reject")
    refused = (command.request, step, context.by.authority, command.reason, command.text, command.sitting)
    if request.approvals(step) + len(case.others) >= request.needed(step):
        return (facts.MemberRejected(*refused),)
    return (facts.RequestRejected(*refused),)


def may_decide(commitment: Commitment, request: Request, verdict: str, context: Context) -> Blockers:
    """Why the acting office can't give a verdict, whatever reason it were to give."""
    case = Deciding(commitment, request, context, verdict)
    denied = access(commitment, context, move=move_of(request))
    return denied or collect(APPROVING_RULES if verdict == "approve" else DECIDING_RULES, case)


def still_open(case: Deciding) -> Blockers:
    return closed_blocks(case.request)


def asker_never_decides(case: Deciding) -> Blockers:
    asked, hands = case.earlier[0]
    if not hands.meet(case.hands):
        return NONE
    return (
        Blocker("asker_approves", {"request": case.request.opened.request, "office": asked.office}, *_waiting(case)),
    )


def office_acts_once(case: Deciding) -> Blockers:
    mine = case.hands.offices
    again = [office for _, hands in case.earlier[1:] for office in sorted(hands.offices & mine)]
    if not again:
        return NONE
    return (Blocker("acted_already", {"request": case.request.opened.request, "office": again[0]}, *_waiting(case)),)


def person_acts_once(case: Deciding) -> Blockers:
    mine = case.hands
    hands = {act.office: hands for act, hands in case.earlier[1:]}
    earlier = [
        office
        for office, hand in hands.items()
        if not hand.persons.isdisjoint(mine.persons) and hand.offices.isdisjoint(mine.offices)
    ]
    if not earlier:
        return NONE
    return (Blocker("same_person", {"request": case.request.opened.request, "office": earlier[0]}, *_waiting(case)),)


def keeps_apart(case: Deciding) -> Blockers:
    return kept_apart(case.moving)


def at_its_step(case: Deciding) -> Blockers:
    waiting = case.request.reached
    if not waiting or case.request.waits_for(case.context.by.authority):
        return NONE
    steps = ", ".join(dict.fromkeys(reached.step for reached in waiting))
    offices = ", ".join(reached.office for reached in waiting)
    return (Blocker("not_your_turn", {"step": steps, "office": offices}, *_waiting(case)),)


def verdict_allowed(case: Deciding) -> Blockers:
    step = case.step
    if step is None or case.verdict in step.verdicts:
        return NONE
    allowed = ", ".join(sorted(step.verdicts))
    return (Blocker("verdict_not_allowed", {"verdict": case.verdict, "step": step.name, "allowed": allowed}),)


def signed_by_sheet(case: Deciding) -> Blockers:
    step = case.step
    if step is None or not step.signs:
        return NONE
    return (Blocker("sign_by_sheet", {"step": step.name}, *_waiting(case)),)


def substance_as_seen(case: Deciding) -> Blockers:
    """An approval binds to what was seen: the request's substance, on the ground that it was asked on."""
    opened = case.request.opened
    if case.request.is_open and current_substance(case.commitment, case.move, opened) != opened.substance:
        return (Blocker("substance_moved", {"request": opened.request}, (opened.asked_by,)),)
    if case.seen is not None and case.seen != opened.substance:
        return (Blocker("substance_moved", {"request": opened.request}, (case.context.by.authority,)),)
    return NONE


def in_its_sitting(case: Deciding) -> Blockers:
    """A verdict that names a sitting was given in it, after it was asked for, by who was there."""
    held = case.sitting
    if held is None:
        return NONE
    asked_at = case.awaited_from
    found = decided_in(held, case.context, move=move_of(case.request))
    if held.at >= asked_at:
        return found
    early = Blocker("decided_before_asked", {"decided_at": held.at.isoformat(), "asked_at": asked_at.isoformat()})
    return (*found, early)


def request_goes_on(case: Deciding) -> Blockers:
    step = case.step
    return NONE if step is None or not case.passes else case.onward.blockers


DECIDING_RULES = (
    still_open,
    asker_never_decides,
    office_acts_once,
    person_acts_once,
    keeps_apart,
    at_its_step,
    verdict_allowed,
    in_its_sitting,
)
APPROVING_RULES = (*DECIDING_RULES, substance_as_seen, request_goes_on)
BY_HAND_RULES = (signed_by_sheet, *APPROVING_RULES)


def _verdict(
    commitment: Commitment, command: Verdict, verdict: str, context: Context, *, seen: str | None = None
) -> Deciding | Blockers:
    """The case of a verdict, or why there is none."""
    request = commitment.requests.get(command.request)
    denied = access(commitment, context, move=move_of(request))
    if denied or request is None:
        return denied or unknown_request(command.request)
    return Deciding(commitment, request, context, verdict, seen, sitting=command.sitting)


def _closing_blockers(
    commitment: Commitment, command: ReturnRequest | RejectRequest, verdict: str, context: Context
) -> Blockers:
    case = _verdict(commitment, command, verdict, context)
    found = collect(DECIDING_RULES, case) if isinstance(case, Deciding) else case
    return (*found, *reason(command, verdict, context.definition.reasons))


def _decided(commitment: Commitment, request: str, context: Context) -> str:
    reached = commitment.requests[request].waits_for(context.by.authority)
    assert reached is not None, "asked for blockers first"
    return reached.step


def _waiting(case: Deciding) -> tuple[tuple[str, ...], datetime | None]:
    return waits_for(case.request)
