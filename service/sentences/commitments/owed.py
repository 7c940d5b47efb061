"""Facts of what offices owe, and of its escalation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from service.sentences.commitments.telling import Telling
from workflows.facts import (
    DocumentReceived,
    DueMoved,
    EscalationRaised,
    Obligation,
    ObligationsArisen,
    ObligationsMet,
    OwedFact,
)


def places(fact: OwedFact, telling: Telling) -> Mapping[str, str]:
    """The texts of the places."""
    match fact:
        case ObligationsArisen() | DueMoved():
            return _arisen(fact.obligations, telling)
        case ObligationsMet():
            matters = telling.words.listed(telling.matter(name) for name in fact.obligations)
            return {"matters": matters[:1].upper() + matters[1:]}
        case DocumentReceived():
            words = telling.words
            received = {"letter": fact.letter, "received_at": words.moment(fact.received_at)}
            return {"actor": telling.actor, "evidence": telling.evidence(fact.evidence), **received}
        case EscalationRaised():
            return _raised(fact, telling)


def _arisen(obligations: tuple[Obligation, ...], telling: Telling) -> Mapping[str, str]:
    words = telling.words
    days = sorted(one.due_on for one in obligations)
    if len(obligations) == 1:
        one = obligations[0]
        who = words.clause("one owed", office=words.office(one.office), matter=telling.matter(one.obligation))
        return {"obligations": who, "due": words.clause("due", it=words.weekday(one.due_on))}
    many = words.clause("many owed", count=words.number(len(obligations)))
    if not days:
        return {"obligations": many, "due": ""}
    return {
        "obligations": many[:1].upper() + many[1:],
        "due": words.clause("due between", first=words.day(days[0]), last=words.day(days[-1])),
    }


def _raised(fact: EscalationRaised, telling: Telling) -> Mapping[str, str]:
    words = telling.words
    recipients = words.listed(words.office(office) for office in fact.recipients)
    return {
        "level": str(fact.level),
        "matter": telling.matter(fact.obligation),
        "due_on": words.weekday(_due_on(fact, telling)),
        "recipients": recipients or words.clause("nobody" if fact.skipped else "none above"),
        "skipped": telling.skipped(fact.skipped),
    }


def _due_on(fact: EscalationRaised, telling: Telling) -> date:
    known = None if telling.commitment is None else telling.commitment.owed.get(fact.obligation)
    if known is not None and known.obligation.round == fact.round:
        return known.obligation.due_on
    return telling.words.day_of(fact.due_at)
