"""Facts that end a request's step or a part in it: what the office said, or that the asker took the request back."""

from __future__ import annotations

from collections.abc import Mapping

from service.sentences.commitments.telling import Telling
from service.sentences.void_texts import lost_ground
from workflows.facts import (
    ApproverAdded,
    DecisionRetracted,
    InSitting,
    MemberRejected,
    MembersReleased,
    PreparationNoted,
    RequestApproved,
    RequestForwarded,
    RequestRejected,
    RequestReturned,
    RequestVoided,
    RequestWithdrawn,
)

VerdictFact = (
    RequestApproved
    | MemberRejected
    | MembersReleased
    | ApproverAdded
    | RequestForwarded
    | PreparationNoted
    | RequestReturned
    | RequestRejected
    | DecisionRetracted
    | RequestWithdrawn
    | RequestVoided
)


def places(fact: VerdictFact, telling: Telling) -> Mapping[str, str]:
    """The texts of the places."""
    words = telling.words
    told = {"actor": telling.actor, "request": telling.request(fact.request)}
    if isinstance(fact, RequestVoided):
        request = telling.request(fact.request)
        return {"request": f"{request[:1].upper()}{request[1:]}", "lost": lost_ground(fact.lost, words)}
    if isinstance(fact, RequestWithdrawn):
        return {**told, "text": words.quoted("said", fact.text)}
    named = fact.beside if isinstance(fact, ApproverAdded) else fact.step
    told["step"] = words.step(telling.move_of(fact.request), named)
    if isinstance(fact, ApproverAdded | RequestForwarded | PreparationNoted):
        return {**told, **_shared(fact, telling)}
    if isinstance(fact, MembersReleased):
        return {**told, "offices": words.listed(words.office(office) for office in fact.offices)}
    if isinstance(fact, DecisionRetracted):
        decision = words.clause(f"decision {fact.decision}")
        return {**told, "decision": decision, "text": words.quoted("said", fact.text)}
    told["sitting"] = _in_sitting(fact.sitting, telling)
    if isinstance(fact, RequestApproved):
        return {**told, "note": words.quoted("note", fact.note)}
    catalogue = "return" if isinstance(fact, RequestReturned) else "reject"
    reason = telling.because(words.reason(catalogue, fact.reason))
    return {**told, "reason": reason, "text": words.quoted("said", fact.text)}


def _in_sitting(held: InSitting | None, telling: Telling) -> str:
    words = telling.words
    return words.clause_if("in sitting on", None if held is None else words.weekday(words.day_of(held.at)))


def _shared(fact: ApproverAdded | RequestForwarded | PreparationNoted, telling: Telling) -> Mapping[str, str]:
    words = telling.words
    match fact:
        case ApproverAdded():
            place = words.clause(f"extra {fact.place}")
            return {"office": words.office(fact.office), "place": place, "text": words.quoted("said", fact.text)}
        case RequestForwarded():
            return {"office": words.office(fact.office), "text": words.quoted("said", fact.instruction)}
        case PreparationNoted():
            back = words.clause("handed back") if fact.hands_back else ""
            return {"back": back, "text": words.quoted("said", fact.text)}
