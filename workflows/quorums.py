"""Who decides a step: the members of its quorum, how many of them must approve, and which office each is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from workflows.commitment import Act, Commitment
from workflows.context import Context
from workflows.definition import Label, Move, Step, waits_on
from workflows.facts import ApproverAdded, Quorum, StepReached
from workflows.guards import stands
from workflows.moving import Moving
from workflows.offices import Resolution
from workflows.rules import behind, own_offices, role_of

EXTRA = Label("Persetujuan tambahan", "Additional approval")


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


def chain_of(move: Move, extras: tuple[ApproverAdded, ...]) -> tuple[Step, ...]:
    """The steps of a move with those that offices of a chain asked for, each at its place."""
    if not extras:
        return move.steps
    chain = [replace(step, after=waits_on(step, move.steps)) for step in move.steps]
    for extra in extras:
        chain = _with(chain, extra)
    return tuple(chain)


def _with(chain: list[Step], extra: ApproverAdded) -> list[Step]:
    place = next(index for index, step in enumerate(chain) if step.name == extra.beside)
    beside = chain[place]
    added = Step(
        extra.step, EXTRA, extra.role, beside.limit, beside.ladder, verdicts=beside.verdicts, after=beside.after
    )
    if extra.place == "before":
        chain[place] = replace(beside, after=(*(beside.after or ()), extra.step))
        return [*chain[:place], added, *chain[place:]]
    behind_it = [
        replace(step, after=(*step.after, extra.step)) if step.after and beside.name in step.after else step
        for step in chain
    ]
    return [*behind_it[: place + 1], replace(added, after=(beside.name,)), *behind_it[place + 1 :]]


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
        step
        for step in chain
        if step.name not in way.passed
        and step.name not in waiting
        and stands(step.when, case)
        and all(_is_over(name, case, way) for name in waits_on(step, chain))
    )


def steps_before(step: Step, chain: tuple[Step, ...]) -> frozenset[str]:
    """The names of all steps that come before a step, right before it or further up the chain."""
    found: set[str] = set()
    waiting = [step]
    while waiting:
        names = set(waits_on(waiting.pop(), chain)) - found
        found |= names
        waiting += [one for one in chain if one.name in names]
    return frozenset(found)


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
    found: dict[int, Member] = {}
    for index in sorted(range(len(wanted)), key=lambda one: bool(alone[one].skipped)):
        step, quorum, number, member = wanted[index]
        filled = alone[index] if taken is nobody_yet else taken.fill(case, quorum, step, member)
        taken = taken.and_by(filled.office, case.context) if len(wanted) > 1 else taken
        found[index] = Member(step, number, member if quorum.kind == "role" else step.role, filled)
    return tuple(found[index] for index in range(len(wanted)))


@dataclass(frozen=True, slots=True)
class _Taken:
    """The offices that have acted or are a member already, and the persons who have or alone can act for one."""

    offices: frozenset[str]
    persons: frozenset[str]

    @classmethod
    def by(cls, case: Moving, way: Way) -> _Taken:
        """Those of a request so far."""
        hands = [behind(act, case.context) for act in way.acts]
        taken = cls(
            frozenset().union(*[hand.offices for hand in hands]),
            frozenset().union(*[hand.persons for hand in hands]),
        )
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


def _is_over(name: str, case: Moving, way: Way) -> bool:
    """True if a step passed, or isn't needed and all before it is over."""
    if name in way.passed:
        return True
    chain = chain_of(case.move, way.extras)
    step = next(step for step in chain if step.name == name)
    return not stands(step.when, case) and all(_is_over(one, case, way) for one in waits_on(step, chain))


def named(members: Iterable[Member]) -> Iterator[str]:
    """The offices that were passed over on the way to these members, each with why."""
    return (f"{one.office} ({one.why})" for member in members for one in member.filled.skipped)
