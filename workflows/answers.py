"""What becomes of a matter: it is answered, the answer is sent back, it is closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from workflows import facts
from workflows.commands import AnswerMatter, CloseMatter, FollowUpCommand, ReturnMatter
from workflows.commitment import Act, Commitment, Matter
from workflows.context import Context
from workflows.errors import Blocker
from workflows.facts import CommitmentFact, Obligation
from workflows.matters import ACTS
from workflows.obligations import matter_obligation
from workflows.rules import (
    NONE,
    Blockers,
    Hands,
    access,
    acted,
    acts_in_role,
    behind,
    calendar_reaches,
    collect,
    evidence,
    offices_in_roles,
    owing,
    own_offices,
    roles_that_may,
    text_given,
)

ANSWERED: Mapping[str, type[facts.FindingAnswered | facts.DirectionAnswered | facts.HelpAnswered]] = {
    "finding": facts.FindingAnswered,
    "direction": facts.DirectionAnswered,
    "help": facts.HelpAnswered,
}
RETURNED: Mapping[str, type[facts.FindingReturned | facts.DirectionReturned]] = {
    "finding": facts.FindingReturned,
    "direction": facts.DirectionReturned,
}
CLOSED: Mapping[str, type[facts.FindingClosed | facts.DirectionSettled | facts.ObstacleClosed]] = {
    "finding": facts.FindingClosed,
    "direction": facts.DirectionSettled,
    "obstacle": facts.ObstacleClosed,
}
TAKES: Mapping[str, Mapping[str, type]] = {"answer": ANSWERED, "send_back": RETURNED, "close": CLOSED}
"""Which kinds of matter take which act."""


@dataclass(frozen=True, slots=True)
class Following:
    """An act on a matter. act: answer | send_back | close; `command` is None where only the question is who might"""

    commitment: Commitment
    matter: Matter
    act: str
    command: FollowUpCommand | None
    context: Context


def acts_on(matter: Matter) -> tuple[str, ...]:
    """What can become of such a matter."""
    return tuple(act for act, takes in TAKES.items() if matter.kind in takes)


def act_of(command: FollowUpCommand) -> str:
    """Which act a command is."""
    match command:
        case AnswerMatter():
            return "answer"
        case ReturnMatter():
            return "send_back"
        case CloseMatter():
            return "close"
        case _:
            assert_never(command)


def may_follow(commitment: Commitment, matter: Matter, act: str, context: Context) -> Blockers:
    """Why the acting office can't do this with a matter, whatever it were to say."""
    return access(commitment, context) or collect(MAY_RULES[act], Following(commitment, matter, act, None, context))


def follow_blockers(commitment: Commitment, command: FollowUpCommand, context: Context) -> Blockers:
    """Why this can't be done with the matter."""
    matter = commitment.matters.get(command.matter)
    denied = access(commitment, context)
    if denied or matter is None:
        return denied or (Blocker("matter_unknown", {"matter": command.matter}),)
    act = act_of(command)
    return collect((*MAY_RULES[act], said, evidence_sound), Following(commitment, matter, act, command, context))


def follow(commitment: Commitment, command: FollowUpCommand, context: Context) -> tuple[CommitmentFact, ...]:
    """The matter was answered, sent back or closed. Nothing stands in the way."""
    matter, office = commitment.matters[command.matter], context.by.authority
    match command:
        case AnswerMatter():
            return (ANSWERED[matter.kind](matter.id, office, command.text, command.evidence),)
        case ReturnMatter():
            owed = _owed_again(Following(commitment, matter, "send_back", command, context))
            return (RETURNED[matter.kind](matter.id, office, command.text, owed),)
        case CloseMatter():
            return (CLOSED[matter.kind](matter.id, office, command.text),)
        case _:
            assert_never(command)


def takes_the_act(case: Following) -> Blockers:
    """An obstacle has no addressee who answers, help ends with its answer, and a new answer is owed by the workflow."""
    if case.matter.kind in TAKES[case.act] and (case.act != "send_back" or _may_be_owed(case)):
        return NONE
    return (Blocker("act_not_of_matter", {"act": case.act, "matter": case.matter.id}),)


def still_open(case: Following) -> Blockers:
    if case.matter.is_open:
        return NONE
    return (Blocker("matter_closed", {"matter": case.matter.id, "status": case.matter.status}),)


def by_the_addressee(case: Following) -> Blockers:
    addressee = case.matter.addressee
    if addressee is None or case.context.by.authority == addressee:
        return NONE
    return (Blocker("not_the_addressee", {"matter": case.matter.id, "office": addressee}, (addressee,)),)


def by_who_raised_it(case: Following) -> Blockers:
    """The office that raised it; where nobody there can, whoever may raise the like and isn't concerned."""
    judges = _judges(case)
    if case.context.by.authority in judges or (not judges and _stands_in(case)):
        return NONE
    named = judges or offices_in_roles(
        roles_that_may(ACTS[case.matter.kind], case.context), case.context, party=case.commitment.drafted.party
    )
    return (Blocker("not_the_raiser", {"matter": case.matter.id, "office": case.matter.office}, named),)


def never_by_the_addressee(case: Following) -> Blockers:
    """Nobody judges the own answer: neither as office nor as person."""
    matter, context = case.matter, case.context
    hands = behind(acted(context, "judged"), context)
    if matter.addressee is None or not any(hands.meet(one) for one in _answering(matter.addressee, case)):
        return NONE
    found = {"matter": matter.id, "office": matter.addressee}
    others = tuple(office for office in _judges(case) if office not in hands.offices)
    return (Blocker("addressee_judges", found, others),)


def has_an_answer(case: Following) -> Blockers:
    if case.matter.status != "open":
        return NONE
    addressee = case.matter.addressee
    return (Blocker("answer_missing", {"matter": case.matter.id}, () if addressee is None else (addressee,)),)


def again_in_calendar(case: Following) -> Blockers:
    if case.matter.addressee is None or case.matter.kind not in RETURNED or not _may_be_owed(case):
        return NONE
    return calendar_reaches(case.matter.addressee, case.context, lambda: _owed_again(case))


def said(case: Following) -> Blockers:
    assert case.command is not None, "asked only with a command"
    return text_given(case.command.text, case.context)


def evidence_sound(case: Following) -> Blockers:
    return evidence(case.command.evidence) if isinstance(case.command, AnswerMatter) else NONE


MAY_RULES = {
    "answer": (takes_the_act, still_open, by_the_addressee),
    "send_back": (
        takes_the_act,
        still_open,
        has_an_answer,
        by_who_raised_it,
        never_by_the_addressee,
        again_in_calendar,
    ),
    "close": (takes_the_act, still_open, by_who_raised_it, never_by_the_addressee),
}


def _judges(case: Following) -> tuple[str, ...]:
    """Who says whether a matter is done: the office that raised it, while somebody there sees the commitment.

    An obstacle is also closed by who may close obstacles, for whom it wasn't reported.
    """
    commitment, context = case.commitment, case.context
    directory, office = context.directory, case.matter.office
    sees = directory.sees(
        office,
        party=commitment.drafted.party,
        subject=commitment.drafted.subject,
        commitment=commitment.id,
        names=commitment.names,
        private=context.definition.states[commitment.state].private,
        on=context.today,
    )
    own = (office,) if sees and not directory.is_vacant(office, context.today) else ()
    if case.matter.kind != "obstacle":
        return own
    closers = roles_that_may("close_obstacle", context)
    return (*own, *offices_in_roles(closers, context, party=commitment.drafted.party, named=own_offices(commitment)))


def _answering(addressee: str, case: Following) -> Iterator[Hands]:
    """Whose hand is on the side that answers: who holds the office today, and who answered."""
    context = case.context
    holders = context.directory.holders(addressee, context.today)
    yield Hands(frozenset((addressee,)), frozenset(one.person for one in holders))
    for said in case.matter.answers:
        yield behind(Act("answered", said.office, said.person, None, said.at, said.delegate), context)


def _may_be_owed(case: Following) -> bool:
    """The version that the commitment follows now may know no such answer any more."""
    return case.matter.kind in case.context.definition.answers


def _stands_in(case: Following) -> bool:
    roles = roles_that_may(ACTS[case.matter.kind], case.context)
    return acts_in_role(roles, own_offices(case.commitment), case.context)


def _owed_again(case: Following) -> Obligation:
    matter, context = case.matter, case.context
    assert matter.addressee is not None, "asked for blockers first"
    assert matter.obligation is not None, "who is addressed owes an answer"
    return matter_obligation(
        owing(matter.addressee, case.commitment, context),
        matter.kind,
        matter.id,
        number=matter.number,
        round=case.commitment.owed[matter.obligation].obligation.round + 1,
        given_by=matter.office,
        due_on=None,
    )
