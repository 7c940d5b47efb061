"""Who decides a step: the members of its quorum, how many of them must approve, and which office each is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workflows.chains import Chain, chain_of
from workflows.commitment import Act, Commitment
from workflows.context import Context
from workflows.definition import Move, Step
from workflows.facts import ApproverAdded, Quorum, StepReached
from workflows.guards import stands
from workflows.moving import Moving
from workflows.offices import Resolution
from workflows.rules import behind_all, own_offices, role_of


@dataclass(frozen=True, slots=True)
class Way:
    """A request on its way.

    acts     who acted in it so far, the one acting now included
    passed   its steps that passed, in order; quorums as counted when it opened
    reached  the steps that still wait; extras: further approvals that offices of the chain asked for
    """

    request: str
    acts: tuple[Act, ...]
    passed: tuple[str, ...]
    reached: tuple[StepReached, ...] = ()
    quorums: tuple[Quorum, ...] = ()
    extras: tuple[ApproverAdded, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a step's quorum, by number from 1, and the office that it is, if any can be."""

    step: Step
    number: int
    role: str
    filled: Resolution

    @property
    def office(self) -> str:
        """The office of a member that there is."""
        assert self.filled.office is not None, "no office is this member"
        return self.filled.office


def counted(commitment: Commitment, move: Move, context: Context) -> tuple[Quorum, ...]:
    """The quorum of each step that several offices share, counted now."""
    return tuple(_counted(step, commitment.drafted.party, context) for step in move.steps if step.is_shared)


def quorum_of(step: Step, way: Way) -> Quorum:
    """How many of which members must approve a step."""
    for extra in way.extras:
        if extra.step == step.name:
            return Quorum(step.name, "office", (extra.office,), 1)
    for quorum in way.quorums:
        if quorum.step == step.name:
            return quorum
    return Quorum(step.name, "role", (step.role,), 1)


def next_steps(case: Moving, way: Way) -> tuple[Step, ...]:
    """The steps that come now: needed, neither passed nor reached, and all before them over."""
    chain = chain_of(case.move, way.extras)
    waiting = {reached.step for reached in way.reached}
    return tuple(
        [
            step
            for step in chain.steps
            if step.name not in way.passed
            and step.name not in waiting
            and _all_over(chain.waits_on[step.name], chain, case, way)
            and stands(step.when, case)
        ]
    )


def members(case: Moving, way: Way, steps: Iterable[Step]) -> tuple[Member, ...]:
    """Every member of these steps with its office, by step and number.

    No office and no person is a second member, or one in a chain that they acted in; a member whose own office can
    decide is filled before one that has to look further up.
    """
    wanted = [
        (step, quorum, number, member)
        for step, quorum in ((step, quorum_of(step, way)) for step in steps)
        for number, member in enumerate(quorum.members, start=1)
    ]
    taken = nobody_yet = _Taken.by(case, way)
    alone = [taken.fill(case, quorum, step, member) for step, quorum, _, member in wanted]
    if len(wanted) == 1:
        return (_member(*wanted[0], alone[0]),)
    found: dict[int, Member] = {}
    for index in sorted(range(len(wanted)), key=lambda one: bool(alone[one].skipped)):
        step, quorum, _, member = wanted[index]
        filled = alone[index] if taken is nobody_yet else taken.fill(case, quorum, step, member)
        taken = taken.and_by(filled.office, case.context)
        found[index] = _member(*wanted[index], filled)
    return tuple(found[index] for index in range(len(wanted)))


def _member(step: Step, quorum: Quorum, number: int, member: str, filled: Resolution) -> Member:
    return Member(step, number, member if quorum.kind == "role" else step.role, filled)


@dataclass(frozen=True, slots=True)
class _Taken:
    """The offices that have acted or are a member already, and the persons who have or alone can act for one."""

    offices: frozenset[str]
    persons: frozenset[str]

    @classmethod
    def by(cls, case: Moving, way: Way) -> _Taken:
        """Those of a request so far."""
        hands = behind_all(way.acts, case.context)
        taken = cls(hands.offices, hands.persons)
        for reached in way.reached:
            taken = taken.and_by(reached.office, case.context)
        return taken

    def and_by(self, office: str | None, context: Context) -> _Taken:
        """The same with one more office; one person alone in it can be no other member."""
        if office is None:
            return self
        holders = {holder.person for holder in context.directory.holders(office, context.today)}
        alone = holders if len(holders) == 1 else set()
        return _Taken(self.offices | {office}, self.persons | alone)

    def fill(self, case: Moving, quorum: Quorum, step: Step, member: str) -> Resolution:
        """The office that is a member beside these."""
        directory, context = case.context.directory, case.context
        office = member if quorum.kind == "office" else _own_office(member, case)
        if office is not None:
            return directory.resolve_office(
                office,
                on=context.today,
                without_offices=self.offices,
                without_persons=self.persons,
                ceiling=context.definition.ceiling,
                if_conflicted=step.if_conflicted,
                if_vacant=step.if_vacant,
            )
        return directory.resolve(
            member,
            case.commitment.drafted.party,
            on=context.today,
            without_offices=self.offices,
            without_persons=self.persons,
            ceiling=context.definition.ceiling,
            if_conflicted=step.if_conflicted,
            if_vacant=step.if_vacant,
        )


def _own_office(role: str, case: Moving) -> str | None:
    """The commitment's own agency or PIC, where it has that role: no other of its kind decides in its place."""
    return next((one for one in own_offices(case.commitment) if role_of(one, case.context) == role), None)


def _counted(step: Step, party: str, context: Context) -> Quorum:
    kind, names = ("office", context.directory.every(step.role, party)) if step.every else ("role", step.roles)
    return Quorum(step.name, kind, names, step.quorum or max(1, len(names)))


def _all_over(names: tuple[str, ...], chain: Chain, case: Moving, way: Way) -> bool:
    """True if each of these steps passed, or isn't needed and all before it is over."""
    for name in names:
        if name in way.passed:
            continue
        if stands(chain.named[name].when, case) or not _all_over(chain.waits_on[name], chain, case, way):
            return False
    return True


def named(members: Iterable[Member]) -> Iterator[str]:
    """The offices that were passed over on the way to these members, each with why."""
    return (f"{one.office} ({one.why})" for member in members for one in member.filled.skipped)
