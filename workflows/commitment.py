"""What a commitment is after any prefix of its events: a fold, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar, assert_never

from workflows import facts
from workflows.facts import CommitmentFact, LevelDue, Obligation, PlanItem
from workflows.plan import ItemProgress, unstarted

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact as the log knows it: with its place, its times and who acted.

    version      1.. inside the stream; position 1.. in the log
    office, person, on_behalf_of, capacity   the actor, as in the event's body
    """

    fact: CommitmentFact
    version: int
    position: int
    recorded_at: datetime
    valid_at: datetime
    office: str
    person: str
    on_behalf_of: str | None = None
    capacity: str = "definitive"


@dataclass(frozen=True, slots=True)
class Act:
    """Who acted in a chain, for four eyes. kind: asked | approved"""

    kind: str
    office: str
    person: str
    step: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Request:
    """A request and how far it has come.

    status    open | approved | returned | rejected | withdrawn | closed (by another move's effect)
    reached   the step that waits now; None once the request is not open
    acts      who asked and who approved, in order: nobody is in it twice
    """

    opened: facts.RequestOpened
    opened_at: datetime
    status: str
    reached: facts.StepReached | None
    passed: tuple[str, ...]
    acts: tuple[Act, ...]
    invited: tuple[facts.OpinionInvited, ...] = ()
    opinions: tuple[facts.OpinionGiven, ...] = ()
    closed_at: datetime | None = None
    closing: facts.RequestReturned | facts.RequestRejected | facts.RequestWithdrawn | None = None

    @property
    def is_open(self) -> bool:
        """True while a verdict is awaited."""
        return self.status == "open"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim and its fate. status: claimed | verified | returned | superseded"""

    made: facts.ClaimMade
    made_at: datetime
    person: str
    status: str
    late: bool
    verdict: facts.ClaimVerified | facts.ClaimReturned | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation and its escalation so far.

    status   open | met | closed (lapsed with the commitment or its request)
    raised   levels taken in this round, with the moment of each
    told     offices that heard of one of them
    """

    obligation: Obligation
    arisen_at: datetime
    status: str
    raised: tuple[LevelDue, ...] = ()
    told: tuple[str, ...] = ()
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """True while it is owed."""
        return self.status == "open"


@dataclass(frozen=True, slots=True)
class Commitment:
    """One party's promise on one subject, as its own events tell it. Never changed in place."""

    drafted: facts.CommitmentDrafted
    state: str
    replication_scope: str
    agency: str
    pic: str
    items: tuple[PlanItem, ...]
    revision: int
    revisions: tuple[tuple[PlanItem, ...], ...]
    requests: Mapping[str, Request]
    claims: Mapping[str, Claim]
    progress: Mapping[int, ItemProgress]
    owed: Mapping[str, Owed]
    signature: facts.SignatureRecorded | None
    witnesses: tuple[facts.WitnessRecorded, ...]
    last: Recorded
    drafted_at: datetime

    @property
    def id(self) -> str:
        """The commitment's id; its stream is `commitment-<id>`."""
        return self.drafted.commitment

    @property
    def open_request(self) -> Request | None:
        """The one request that waits for a verdict, if any."""
        return next((request for request in self.requests.values() if request.is_open), None)

    def item(self, number: int) -> PlanItem | None:
        """The plan item of that number in the plan in force."""
        return next((item for item in self.items if item.number == number), None)

    @property
    def names(self) -> frozenset[str]:
        """The offices that the commitment names: they see it by scope `own`."""
        return frozenset((self.agency, self.pic, *(item.agency for item in self.items)))

    @property
    def invites(self) -> frozenset[str]:
        """The offices whose opinion the open request waits for or has: they see the commitment whatever their scope."""
        request = self.open_request
        return frozenset() if request is None else frozenset(one.office for one in request.invited)


def replay(events: Iterable[Recorded]) -> Commitment | None:
    """Fold a stream's events in version order; None for an empty stream."""
    state: Commitment | None = None
    for event in events:
        state = evolve(state, event)
    return state


def evolve(state: Commitment | None, event: Recorded) -> Commitment:
    """Fold one more event. The first must be `CommitmentDrafted`; anything else there is a bug of the writer."""
    fact = event.fact
    if state is None:
        assert isinstance(fact, facts.CommitmentDrafted), f"{type(fact).__name__} before CommitmentDrafted"
        return _drafted(fact, event)
    return replace(_changed(state, fact, event), last=event)


def _drafted(fact: facts.CommitmentDrafted, event: Recorded) -> Commitment:
    empty: Mapping[str, Request] = MappingProxyType({})
    return Commitment(
        drafted=fact,
        state=fact.state,
        replication_scope=fact.replication_scope,
        agency=fact.agency,
        pic=fact.pic,
        items=(),
        revision=0,
        revisions=(),
        requests=empty,
        claims=MappingProxyType({}),
        progress=MappingProxyType({}),
        owed=MappingProxyType({}),
        signature=None,
        witnesses=(),
        last=event,
        drafted_at=event.recorded_at,
    )


def _changed(state: Commitment, fact: CommitmentFact, event: Recorded) -> Commitment:
    match fact:
        case facts.CommitmentDrafted():
            raise AssertionError("drafted twice")
        case facts.DraftEdited():
            return replace(state, replication_scope=fact.replication_scope, agency=fact.agency, pic=fact.pic)
        case facts.PlanDrafted():
            return replace(state, items=fact.items, progress=_progress(state, fact.items))
        case facts.PlanAmended():
            return _amended(state, fact, event)
        case facts.RequestOpened():
            return _with_request(state, fact.request, _opened(fact, event))
        case facts.StepReached():
            owed = _owe(state.owed, (fact.obligation,), event)
            return replace(
                _with_request(state, fact.request, replace(state.requests[fact.request], reached=fact)), owed=owed
            )
        case facts.OpinionInvited() | facts.OpinionGiven():
            return _heard(state, fact)
        case facts.RequestApproved():
            return _approved(state, fact, event)
        case facts.RequestReturned() | facts.RequestRejected() | facts.RequestWithdrawn():
            return _closed(state, fact, event)
        case facts.SignatureRecorded():
            return replace(state, signature=fact, revisions=(state.items,))
        case facts.WitnessRecorded():
            return replace(state, witnesses=(*state.witnesses, fact))
        case facts.StateChanged():
            return _moved(state, fact, event)
        case facts.ObligationsArisen():
            return replace(state, owed=_owe(state.owed, fact.obligations, event))
        case facts.ClaimMade():
            return _claimed(state, fact, event)
        case facts.ClaimVerified() | facts.ClaimReturned():
            return _judged(state, fact, event)
        case facts.EscalationRaised():
            return _escalated(state, fact, event)
        case _:
            assert_never(fact)


def _heard(state: Commitment, fact: facts.OpinionInvited | facts.OpinionGiven) -> Commitment:
    request = state.requests[fact.request]
    if isinstance(fact, facts.OpinionInvited):
        return _with_request(state, fact.request, replace(request, invited=(*request.invited, fact)))
    return _with_request(state, fact.request, replace(request, opinions=(*request.opinions, fact)))


def _escalated(state: Commitment, fact: facts.EscalationRaised, event: Recorded) -> Commitment:
    late = state.owed[fact.obligation]
    raised = (*late.raised, LevelDue(fact.level, event.recorded_at))
    told = tuple(dict.fromkeys((*late.told, *fact.recipients)))
    return replace(state, owed=_with(state.owed, fact.obligation, replace(late, raised=raised, told=told)))


def _opened(fact: facts.RequestOpened, event: Recorded) -> Request:
    asked = Act("asked", event.office, event.person, None, event.recorded_at)
    return Request(fact, event.recorded_at, "open", None, (), (asked,))


def _approved(state: Commitment, fact: facts.RequestApproved, event: Recorded) -> Commitment:
    request = state.requests[fact.request]
    act = Act("approved", event.office, event.person, fact.step, event.recorded_at)
    passed = replace(request, reached=None, passed=(*request.passed, fact.step), acts=(*request.acts, act))
    return replace(_with_request(state, fact.request, passed), owed=_end_step(state, request, "met", event))


def _closed(
    state: Commitment, fact: facts.RequestReturned | facts.RequestRejected | facts.RequestWithdrawn, event: Recorded
) -> Commitment:
    request = state.requests[fact.request]
    match fact:
        case facts.RequestReturned():
            status = "returned"
        case facts.RequestRejected():
            status = "rejected"
        case facts.RequestWithdrawn():
            status = "withdrawn"
    ended = "closed" if status == "withdrawn" else "met"
    closed = replace(request, status=status, reached=None, closed_at=event.recorded_at, closing=fact)
    return replace(_with_request(state, fact.request, closed), owed=_end_step(state, request, ended, event))


def _moved(state: Commitment, fact: facts.StateChanged, event: Recorded) -> Commitment:
    request = state.requests[fact.request]
    closed = replace(request, status="approved", reached=None, closed_at=event.recorded_at)
    moved = replace(_with_request(state, fact.request, closed), state=fact.to_state)
    if not fact.closes:
        return moved
    return replace(moved, owed=_close_all(moved.owed, event))


def _amended(state: Commitment, fact: facts.PlanAmended, event: Recorded) -> Commitment:
    """The new plan, measured with what was claimed and verified before; what it drops is owed and claimed no more."""
    progress = _progress(state, fact.items)
    owed = dict(state.owed)
    for name, one in state.owed.items():
        if one.is_open and one.obligation.kind == "item":
            owed[name] = _owed_after(one, fact.items, progress, event)
    kept = {item.number for item in fact.items}
    claims = {
        name: replace(claim, status="superseded", decided_at=event.recorded_at)
        if claim.status == "claimed" and claim.made.item not in kept
        else claim
        for name, claim in state.claims.items()
    }
    return replace(
        state,
        items=fact.items,
        revision=fact.revision,
        revisions=(*state.revisions, fact.items),
        progress=progress,
        owed=MappingProxyType(owed),
        claims=MappingProxyType(claims),
    )


def _owed_after(owed: Owed, items: tuple[PlanItem, ...], progress: Mapping[int, ItemProgress], event: Recorded) -> Owed:
    item = next((item for item in items if str(item.number) == owed.obligation.subject), None)
    if item is None:
        return replace(owed, status="closed", ended_at=event.recorded_at)
    reached = progress[item.number].claimed_value >= item.target
    return replace(owed, status="met", ended_at=event.recorded_at) if reached else owed


def _claimed(state: Commitment, fact: facts.ClaimMade, event: Recorded) -> Commitment:
    owed = state.owed.get(f"item-{fact.item}")
    late = owed is not None and owed.is_open and event.recorded_at > owed.obligation.due_at
    claim = Claim(fact, event.recorded_at, event.person, "claimed", late)
    progress = state.progress[fact.item].claimed(fact.value)
    item = state.item(fact.item)
    ended = state.owed
    if owed is not None and owed.is_open and item is not None and progress.claimed_value >= item.target:
        ended = _with(state.owed, f"item-{fact.item}", replace(owed, status="met", ended_at=event.recorded_at))
    return replace(
        state,
        claims=_with(state.claims, fact.claim, claim),
        progress=_with(state.progress, fact.item, progress),
        owed=ended,
    )


def _judged(state: Commitment, fact: facts.ClaimVerified | facts.ClaimReturned, event: Recorded) -> Commitment:
    claim = state.claims[fact.claim]
    progress = state.progress[fact.item]
    if isinstance(fact, facts.ClaimVerified):
        status, after = "verified", progress.verified(fact.value, completes=fact.completes)
    else:
        status, after = "returned", progress.returned()
    judged = replace(claim, status=status, verdict=fact, decided_at=event.recorded_at)
    return replace(
        state, claims=_with(state.claims, fact.claim, judged), progress=_with(state.progress, fact.item, after)
    )


def _progress(state: Commitment, items: tuple[PlanItem, ...]) -> Mapping[int, ItemProgress]:
    return MappingProxyType(
        {item.number: state.progress.get(item.number, unstarted(item.value)).against(item) for item in items}
    )


def _owe(owed: Mapping[str, Owed], arisen: tuple[Obligation, ...], event: Recorded) -> Mapping[str, Owed]:
    changed = dict(owed)
    for obligation in arisen:
        changed[obligation.obligation] = Owed(obligation, event.recorded_at, "open")
    return MappingProxyType(changed)


def _end_step(state: Commitment, request: Request, status: str, event: Recorded) -> Mapping[str, Owed]:
    assert request.reached is not None, "a verdict is given on a step that was reached"
    name = request.reached.obligation.obligation
    return _with(state.owed, name, replace(state.owed[name], status=status, ended_at=event.recorded_at))


def _close_all(owed: Mapping[str, Owed], event: Recorded) -> Mapping[str, Owed]:
    return MappingProxyType(
        {
            name: replace(one, status="closed", ended_at=event.recorded_at) if one.is_open else one
            for name, one in owed.items()
        }
    )


def _with_request(state: Commitment, name: str, request: Request) -> Commitment:
    return replace(state, requests=_with(state.requests, name, request))


def _with(mapping: Mapping[K, V], key: K, value: V) -> Mapping[K, V]:
    return MappingProxyType({**mapping, key: value})
