"""What a commitment is: its requests, claims, plan and duties as frozen data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

from workflows import facts
from workflows.commitment.ledger import Ledger
from workflows.commitment.oversight import Matter, Note
from workflows.facts import CommitmentFact, Evidence, FieldValue, LevelDue, Obligation, PlanItem
from workflows.plan import ItemProgress, first_ends

OPEN = "open"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact as the log knows it: with its place, its times and who acted.

    version      1.. inside the stream; position 1.. in the log
    office, person, on_behalf_of, capacity   the actor, as in the event's body
    operation    the key of the act that the fact is part of
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
    operation: str = field(default="", compare=False)

    @property
    def authority(self) -> str:
        """The office whose authority was used."""
        return self.on_behalf_of or self.office

    @property
    def delegate(self) -> str | None:
        """The own office of whoever used another's authority; None for who used their own."""
        return None if self.on_behalf_of is None else self.office


@dataclass(frozen=True, slots=True)
class Act:
    """Who acted in a chain, for four eyes. kind: asked | approved | rejected (one member of several) | claimed

    office    whose authority was used
    delegate  the own office of whoever used another's; None for who used their own
    true_at   when a verdict was true, where it was recorded later than it was given
    """

    kind: str
    office: str
    person: str
    step: str | None
    at: datetime
    delegate: str | None = None
    true_at: datetime | None = field(default=None, compare=False)

    @property
    def offices(self) -> frozenset[str]:
        """Every office that stands behind the act."""
        return frozenset((self.office,) if self.delegate is None else (self.office, self.delegate))


@dataclass(frozen=True, slots=True)
class Forward:
    """The preparation of a verdict in another office's hands, with what that said; over once it was handed back."""

    forwarded: facts.RequestForwarded
    at: datetime
    notes: tuple[facts.PreparationNoted, ...] = ()

    @property
    def is_handed_back(self) -> bool:
        """True once the office that prepares is done."""
        return any(note.hands_back for note in self.notes)


@dataclass(frozen=True, slots=True)
class Request:
    """A request and how far it has come.

    status    open | approved | returned | rejected | withdrawn | void | closed (by another move's effect)
    reached   the steps that wait now; none once the request is not open
    acts      who asked, who approved and which single members rejected, in order: nobody is in it twice
    from_state           where it was asked, as that state is called by now
    definition_version   the version that it went by last: what its move and steps are called
    replaces             the plan that was in force when a new one was asked for
    """

    opened: facts.RequestOpened
    opened_at: datetime
    status: str
    reached: tuple[facts.StepReached, ...]
    passed: tuple[str, ...]
    acts: tuple[Act, ...]
    from_state: str
    definition_version: int
    invited: tuple[facts.OpinionInvited, ...] = ()
    opinions: tuple[facts.OpinionGiven, ...] = ()
    closed_at: datetime | None = None
    closing: facts.RequestReturned | facts.RequestRejected | facts.RequestWithdrawn | facts.RequestVoided | None = None
    extras: tuple[facts.ApproverAdded, ...] = ()
    forwards: tuple[Forward, ...] = ()
    replaces: tuple[PlanItem, ...] = ()

    @property
    def is_open(self) -> bool:
        """True while a verdict is awaited."""
        return self.status == OPEN

    def waits_for(self, office: str) -> facts.StepReached | None:
        """The step that waits for that office's verdict, if one does."""
        return next((reached for reached in self.reached if reached.office == office), None)

    @property
    def preparing(self) -> tuple[Forward, ...]:
        """What other offices prepare now: nothing once the verdict was given, or what was forwarded handed back."""
        waiting = {(reached.step, reached.office) for reached in self.reached}
        return tuple(
            one for one in self.forwards if (one.forwarded.step, one.forwarded.by) in waiting and not one.is_handed_back
        )

    def approvals(self, step: str) -> int:
        """How many offices have approved a step."""
        return sum(act.kind == "approved" and act.step == step for act in self.acts)

    def needed(self, step: str) -> int:
        """How many offices must approve a step."""
        return next((quorum.needed for quorum in self.opened.quorums if quorum.step == step), 1)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim and its fate.

    status     claimed | checked | verified | returned | superseded | revoked
    total      what the item's figure was with it
    attached   files that came after the claim
    delegate   the own office of whoever claimed on another's behalf
    checked    by a first office, where a second one may be asked; looked: who that was
    verifier   the second office that is to verify it, once it is checked; None: nobody is
    why        what asks for the second look: as in ClaimChecked, or sample
    definition_version   the version that it went by last
    """

    made: facts.ClaimMade
    made_at: datetime
    person: str
    status: str
    late: bool
    definition_version: int
    total: Decimal = Decimal(0)
    attached: tuple[Evidence, ...] = ()
    checked: facts.ClaimChecked | None = None
    checked_at: datetime | None = None
    looked: Act | None = None
    verifier: str | None = None
    why: tuple[str, ...] = ()
    verdict: facts.ClaimVerified | facts.ClaimReturned | facts.VerificationRevoked | None = None
    decided_at: datetime | None = None
    delegate: str | None = None

    @property
    def act(self) -> Act:
        """Who claimed, for four eyes."""
        return Act("claimed", self.made.office, self.person, None, self.made_at, self.delegate)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All its files, in the order in which they came."""
        return (*self.made.evidence, *self.attached)

    @property
    def waits_for(self) -> str | None:
        """The office that is to look at it now; None once it is settled."""
        if self.status == "claimed":
            return self.made.verifier
        return self.verifier if self.status == "checked" else None


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it was submitted."""

    submitted: facts.ReportSubmitted
    submitted_at: datetime
    person: str

    @property
    def prepared(self) -> Act:
        """Who prepared it, for four eyes."""
        one = self.submitted
        return Act("prepared", one.prepared_by, one.prepared_by_person, None, self.submitted_at)


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
class Hold:
    """A time in which work rests. ended: how it ended before its last day; None: it lasts, or its last day ended it"""

    begun: facts.HoldBegun
    ended: facts.HoldEnded | None = None


@dataclass(frozen=True, slots=True)
class Migrated:
    """A change of the workflow's version: the fact, its version in the stream, and what there was before it."""

    fact: facts.DefinitionMigrated
    version: int
    requests: int
    claims: int


@dataclass(frozen=True, slots=True)
class Retractable:
    """The last decision on a request, as long as nothing was done after it.

    decided  the decision as it was recorded
    before   what the commitment would be again without it
    """

    decided: Recorded
    before: Commitment


@dataclass(frozen=True, slots=True)
class Commitment:
    """One party's promise on one subject, as its own events tell it. Never changed in place.

    definition_version   of its workflow, followed now
    migrated             every change of that version, oldest first
    title, past   what a file calls it, and the states that it brought from elsewhere, oldest first
    closed_at            when it came into the closed state that it stands in
    later_signatures     those of plans that were amended before the start
    dropped              how far items had come that an amendment dropped
    adaptations          how many of its plan's revisions kept every promise
    """

    drafted: facts.CommitmentDrafted
    definition_version: int
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
    matters: Mapping[str, Matter]
    notes: tuple[Note, ...]
    last: Recorded
    drafted_at: datetime
    reports: Mapping[str, Report]
    samples: Mapping[str, facts.ClaimsSampled]
    fields: tuple[FieldValue, ...] = ()
    hold: Hold | None = None
    received: facts.DocumentReceived | None = None
    migrated: tuple[Migrated, ...] = ()
    retractable: Retractable | None = None
    extensions: tuple[facts.ItemExtended, ...] = ()
    title: str = ""
    past: tuple[facts.StateImported | facts.StateCorrected, ...] = ()
    external_ids: tuple[facts.ExternalIdGiven, ...] = ()
    ledger: Ledger = field(default_factory=Ledger)
    adaptations: int = 0
    dropped: Mapping[int, ItemProgress] = field(default_factory=lambda: MappingProxyType({}))
    later_signatures: tuple[facts.SignatureRecorded, ...] = ()
    closed_at: datetime | None = None

    @property
    def id(self) -> str:
        """The commitment's id; its stream is `commitment-<id>`."""
        return self.drafted.commitment

    @property
    def open_request(self) -> Request | None:
        """The one request that waits for a verdict, if any."""
        for request in self.requests.values():
            if request.status == OPEN:
                return request
        return None

    def definition_version_at(self, version: int) -> int:
        """The version of its workflow that was followed right after the stream's event of that version."""
        later = (one.fact.from_version for one in self.migrated if one.version > version)
        return next(later, self.definition_version)

    def reports_of(self, period: str) -> tuple[Report, ...]:
        """The reports of a period, in order."""
        return tuple(one for one in self.reports.values() if one.submitted.period == period)

    def item(self, number: int) -> PlanItem | None:
        """The plan item of that number in the plan in force."""
        return next((item for item in self.items if item.number == number), None)

    def look_owed(self, claim: int) -> facts.Obligation | None:
        """The look at the claim of that number that is owed now, if there is one."""
        named = (self.owed.get(f"{kind}-{claim}") for kind in ("check", "verification"))
        return next((one.obligation for one in named if one is not None and one.is_open), None)

    @property
    def first_ends(self) -> Mapping[int, date]:
        """The end of each item as it was first promised."""
        return first_ends((*self.revisions, self.items))

    @property
    def names(self) -> frozenset[str]:
        """The offices that the commitment names, or who decides its open request: they see it by scope `own`."""
        return self.deciders.union((self.agency, self.pic), [item.agency for item in self.items])

    @property
    def invites(self) -> frozenset[str]:
        """The offices whose opinion or verdict the open request waits for or has: they see it whatever their scope."""
        request = self.open_request
        if request is None:
            return self.deciders
        return self.deciders.union(
            [one.office for one in request.invited], [one.forwarded.office for one in request.forwards]
        )

    @property
    def deciders(self) -> frozenset[str]:
        """The offices that decide the open request, or have decided or asked; and whose decision was the last act."""
        request, last = self.open_request, self.retractable
        decided = () if last is None else (last.decided.authority,)
        if request is None:
            return frozenset(decided)
        return frozenset([*decided, *[one.office for one in request.reached], *[act.office for act in request.acts]])

    @property
    def files(self) -> Iterator[Evidence]:
        """Every file that its requests, claims, matters, notes and signature name."""
        for request in self.requests.values():
            yield from request.opened.evidence
            yield from (file for opinion in request.opinions for file in opinion.evidence)
        for claim in self.claims.values():
            yield from claim.evidence
        for matter in self.matters.values():
            yield from matter.evidence
            for said in matter.answers:
                yield from said.evidence
        for note in self.notes:
            yield from note.evidence
        signatures = (self.signature, *self.later_signatures)
        yield from (one.scan for one in signatures if one is not None and one.scan is not None)
        if self.received is not None:
            yield from self.received.evidence
        for payment in self.ledger.payments.values():
            yield from payment.recorded.evidence
