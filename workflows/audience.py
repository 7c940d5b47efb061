"""Who hears of a fact, how soon and why: the definition's table read for one commitment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from workflows import facts
from workflows.calendar import local_day
from workflows.commitment import Commitment, Owed, Recorded, Request
from workflows.definition import ADDRESSEE_NAMES, Definition, NoticeRule
from workflows.delegations import EMPTY, Delegations, Moment, covers
from workflows.facts import NAMES, CommitmentFact, ProgrammeOpened
from workflows.offices import Directory

IN_TURN = ("approver", "heard")
URGENCIES = ("now", "daily", "weekly", "page")
AboutRequest = (
    facts.RequestOpened
    | facts.StepReached
    | facts.OpinionInvited
    | facts.OpinionGiven
    | facts.RequestApproved
    | facts.MemberRejected
    | facts.MembersReleased
    | facts.ApproverAdded
    | facts.RequestForwarded
    | facts.PreparationNoted
    | facts.RequestReturned
    | facts.RequestRejected
    | facts.DecisionRetracted
    | facts.RequestWithdrawn
    | facts.RequestVoided
    | facts.SignatureRecorded
    | facts.StateChanged
    | facts.PlanAmended
)
AboutClaim = (
    facts.ClaimMade
    | facts.EvidenceAttached
    | facts.ClaimChecked
    | facts.ClaimVerified
    | facts.ClaimReturned
    | facts.VerificationRevoked
)
AboutMatter = facts.MatterRaised | facts.MatterAnswered | facts.MatterReturned | facts.MatterClosed


OF_A_MATTER = frozenset({"addressee", "raiser"})
"""Parts that last for long: who no longer sees the commitment isn't told of it."""


@dataclass(frozen=True, slots=True)
class Told:
    """One office that hears of a fact.

    urgency  now | daily | weekly | page (shown to those who look, pushed to nobody)
    why      a role of the definition, one of ADDRESSEE_NAMES, or escalation | settled
    action   it is now that office's turn to do something
    for_office  the office in whose place this one hears, by a delegation
    """

    office: str
    urgency: str
    why: str
    action: bool = False
    for_office: str | None = None


def audience(
    recorded: Recorded,
    before: Commitment | None,
    after: Commitment,
    *,
    directory: Directory,
    definition: Definition,
    programme: ProgrammeOpened,
    delegations: Delegations = EMPTY,
) -> tuple[Told, ...]:
    """The offices that hear of a fact, the most urgent first, none twice.

    An office isn't told of its own act, unless as a receipt. Whose verdict was asked is told when it is needed no
    longer; who was told that an office is late is told, too, when that matter is settled.
    Where it is an office's turn, the offices that it delegated that to hear of it too.
    before, after  the commitment without and with the fact
    """
    if isinstance(recorded.fact, facts.HistoryFact):
        return ()  # What happened elsewhere is past: nobody is told of it now.
    told = (
        *_by_rules(recorded, before, after, directory=directory, definition=definition, programme=programme),
        *_escalated(recorded.fact),
        *_no_longer_asked(recorded, before, after),
        *_prepares(recorded.fact, after),
        *_settled(recorded, before, after),
    )
    strongest: dict[str, Told] = {}
    for one in sorted(told, key=_strength):
        strongest.setdefault(one.office, one)
    moment = Moment(recorded.recorded_at, local_day(recorded.recorded_at, programme.zone))
    move = _move(recorded.fact, before, after)
    for one in tuple(strongest.values()):
        if one.action or one.why in IN_TURN:
            for given in delegations.in_force_of(one.office, moment):
                if given.to != recorded.office and covers(given, programme.programme, move):
                    strongest.setdefault(given.to, replace(one, office=given.to, for_office=one.office))
    return tuple(sorted(strongest.values(), key=_strength))


def _strength(told: Told) -> tuple[int, bool, bool]:
    return URGENCIES.index(told.urgency), not told.action, told.why not in ADDRESSEE_NAMES


def _by_rules(
    recorded: Recorded,
    before: Commitment | None,
    after: Commitment,
    *,
    directory: Directory,
    definition: Definition,
    programme: ProgrammeOpened,
) -> Iterator[Told]:
    # A migration may call the state otherwise: then the definition knows it by its new name alone.
    state = after.state if isinstance(recorded.fact, facts.DefinitionMigrated) or before is None else before.state
    private = before is not None and definition.states[state].private
    on = local_day(recorded.recorded_at, programme.zone)
    for rule in definition.notices:
        if not _applies(rule, recorded.fact):
            continue
        by_part = rule.to in ADDRESSEE_NAMES
        offices = _by_part(rule.to, recorded.fact, before, after) if by_part else _by_role(rule.to, after, directory)
        if not by_part or rule.to in OF_A_MATTER:
            offices = (
                office
                for office in offices
                if directory.sees(
                    office,
                    party=after.drafted.party,
                    subject=after.drafted.subject,
                    commitment=after.id,
                    names=after.names,
                    private=private,
                    on=on,
                )
            )
        yield from (
            Told(office, rule.urgency, rule.to, rule.action)
            for office in offices
            if rule.receipt or office != recorded.office
        )


def _applies(rule: NoticeRule, fact: CommitmentFact) -> bool:
    if rule.fact != NAMES[type(fact)] or _told_with_its_report(fact):
        return False
    return not rule.states or (isinstance(fact, facts.StateChanged) and fact.to_state in rule.states)


def _told_with_its_report(fact: CommitmentFact) -> bool:
    """True for a claim that a report makes: one submission is told once."""
    return isinstance(fact, facts.ClaimMade) and fact.report is not None


def _by_role(role: str, commitment: Commitment, directory: Directory) -> Iterable[str]:
    """The offices of that role that lead the commitment, else the nearest one from its party upwards."""
    leading = [directory.office(office) for office in (commitment.agency, commitment.pic)]
    named = [office.office for office in leading if office is not None and office.role == role]
    nearest = directory.nearest(role, commitment.drafted.party)
    return named or ([] if nearest is None else [nearest])


def _by_part(part: str, fact: CommitmentFact, before: Commitment | None, after: Commitment) -> Iterable[str]:
    if part in ("claimant", "verifier"):
        return _by_claim(part, fact, after)
    if part in ("addressee", "raiser"):
        return _by_matter(part, fact, after)
    if isinstance(fact, facts.StepReached) and part == "approver":
        return [fact.office]
    if isinstance(fact, facts.MembersReleased) and part == "approver":
        return fact.offices
    if isinstance(fact, facts.OpinionInvited) and part == "heard":
        return [fact.office]
    # What a closing fact ended is still open in the commitment before it.
    request = _request(fact, before) or _request(fact, after)
    if request is None:
        return []
    match part:
        case "asker":
            return [request.opened.asked_by]
        case "approver":
            return [reached.office for reached in request.reached]
        case "acted":
            return [act.office for act in request.acts]
        case _:
            return [invited.office for invited in request.invited]


def _by_claim(part: str, fact: CommitmentFact, after: Commitment) -> Iterable[str]:
    if isinstance(fact, facts.ClaimsSampled):
        return [one.verifier for one in fact.claims] if part == "verifier" else []
    if not isinstance(fact, AboutClaim):
        return []
    if isinstance(fact, facts.ClaimChecked) and part == "verifier":
        return [] if fact.verifier is None else [fact.verifier]
    made = after.claims[fact.claim].made
    if part == "verifier":
        return [made.verifier]
    report = None if made.report is None else after.reports[made.report].submitted
    return [made.office] if report is None else [made.office, report.prepared_by]


def _move(fact: CommitmentFact, before: Commitment | None, after: Commitment) -> str | None:
    """The move that a fact is about; None where it is about something else."""
    if isinstance(fact, facts.EscalationRaised):
        number, slash, _ = fact.obligation.partition("/")
        request = after.requests.get(f"{after.id}.{number}") if slash else None
    else:
        request = _request(fact, after) or _request(fact, before)
    return None if request is None else request.opened.move


def _by_matter(part: str, fact: CommitmentFact, after: Commitment) -> Iterable[str]:
    if not isinstance(fact, AboutMatter):
        return []
    matter = after.matters[fact.matter]
    office = matter.office if part == "raiser" else matter.addressee
    return [] if office is None else [office]


def _request(fact: CommitmentFact, commitment: Commitment | None) -> Request | None:
    if commitment is None or not isinstance(fact, AboutRequest):
        return None
    return commitment.requests.get(fact.request)


def _escalated(fact: CommitmentFact) -> Iterator[Told]:
    if isinstance(fact, facts.EscalationRaised):
        yield from (Told(office, "now", "escalation", office == fact.office) for office in fact.recipients)


def _no_longer_asked(recorded: Recorded, before: Commitment | None, after: Commitment) -> Iterator[Told]:
    if before is None:
        return
    for name, owed in before.owed.items():
        if (
            _is_over(name, owed, after, "closed")
            and owed.obligation.kind == "decision"
            and owed.obligation.office != recorded.authority
        ):
            yield Told(owed.obligation.office, "now", "approver")


def _prepares(fact: CommitmentFact, after: Commitment) -> Iterator[Told]:
    if isinstance(fact, facts.RequestForwarded):
        yield Told(fact.office, "now", "preparer", action=True)
    if isinstance(fact, facts.PreparationNoted):
        forwards = after.requests[fact.request].forwards
        by = next(one.forwarded.by for one in forwards if fact in one.notes)
        yield Told(by, "now", "approver", action=fact.hands_back)


def _settled(recorded: Recorded, before: Commitment | None, after: Commitment) -> Iterator[Told]:
    if before is None:
        return
    for name, owed in before.owed.items():
        if _is_over(name, owed, after, "closed", "met"):
            involved = (owed.obligation.office, recorded.office)
            yield from (Told(office, "now", "settled") for office in owed.told if office not in involved)


def _is_over(name: str, owed: Owed, after: Commitment, *how: str) -> bool:
    """True if what was owed ended so, or was never owed because what brought it about was taken back."""
    now = after.owed.get(name)
    return owed.is_open and (now is None or now.status in how)
