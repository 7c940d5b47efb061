"""Facts of requests on their way, and the change of state that they lead to."""

from __future__ import annotations

from collections.abc import Mapping

from service.sentences.commitments.telling import Telling
from service.sentences.vocabulary import Vocabulary
from workflows.facts import OpinionGiven, OpinionInvited, RequestOpened, StateChanged, StepReached

RequestFact = RequestOpened | StepReached | OpinionInvited | OpinionGiven | StateChanged


def places(fact: RequestFact, telling: Telling) -> Mapping[str, str]:
    """The texts of the places."""
    match fact:
        case RequestOpened():
            return _opened(fact, telling)
        case StepReached():
            return _reached(fact, telling)
        case OpinionInvited():
            return _invited(fact, telling)
        case OpinionGiven():
            return _heard(fact, telling)
        case StateChanged():
            return _moved(fact, telling)


def _opened(fact: RequestOpened, telling: Telling) -> Mapping[str, str]:
    words = telling.words
    return {
        "actor": telling.actor,
        "request": telling.request_numbered(fact.number, fact.move),
        "from_state": words.state(fact.from_state),
        "to_state": words.state(fact.to_state),
        "reason": telling.because(fact.reason and words.reason_of_move(fact.move, fact.reason)),
        "plan": "" if fact.items is None else words.clause("new plan", items=telling.items_counted(fact.items)),
        "evidence": telling.evidence(fact.evidence),
        "text": words.quoted("said", fact.text),
    }


def _reached(fact: StepReached, telling: Telling) -> Mapping[str, str]:
    words, request = telling.words, telling.request(fact.request)
    return {
        "Request": request[:1].upper() + request[1:],
        "office": words.office(fact.office),
        "step": words.step(telling.move_of(fact.request), fact.step),
        "quorum": _quorum(fact, telling),
        "due_on": words.weekday(fact.obligation.due_on),
        "skipped": telling.skipped(fact.skipped),
    }


def _quorum(fact: StepReached, telling: Telling) -> str:
    """How many must approve, where several offices share the step."""
    known = None if telling.commitment is None else telling.commitment.requests.get(fact.request)
    quorums = () if known is None else known.opened.quorums
    shared = next((one for one in quorums if one.step == fact.step), None)
    if shared is None:
        return ""
    words = telling.words
    return words.clause("quorum", needed=words.number(shared.needed), members=words.number(len(shared.members)))


def _invited(fact: OpinionInvited, telling: Telling) -> Mapping[str, str]:
    words = telling.words
    return {
        "office": words.office(fact.office),
        "request": telling.request(fact.request),
        "due_on": words.weekday(fact.due_on),
        "body": words.clause("asked of", body=fact.body) if fact.body else "",
    }


def _heard(fact: OpinionGiven, telling: Telling) -> Mapping[str, str]:
    words = telling.words
    day = "–" if fact.letter_on is None else words.day(fact.letter_on)
    body = words.clause("opinion by letter", body=fact.body, letter=fact.letter, letter_on=day) if fact.body else ""
    text = words.quoted("said", fact.text)
    return {"actor": telling.actor, "request": telling.request(fact.request), "text": text, "body": body}


def _moved(fact: StateChanged, telling: Telling) -> Mapping[str, str]:
    words = telling.words
    return {
        "from_state": words.state(fact.from_state),
        "to_state": words.state(fact.to_state),
        "since": _since(fact, telling),
        "reason": telling.because(fact.reason and words.reason_of_move(fact.move, fact.reason)),
        "closes": _verified(fact, words) + (words.clause("closes") if fact.closes else ""),
    }


def _verified(fact: StateChanged, words: Vocabulary) -> str:
    return "" if fact.verified_percent is None else words.clause("verified then", percent=str(fact.verified_percent))


def _since(fact: StateChanged, telling: Telling) -> str:
    if fact.effective_at is None:
        return ""
    words = telling.words
    day = words.day_of(fact.effective_at)
    same_day = day == words.day_of(telling.happened.recorded_at)
    return "" if same_day else words.clause("since", it=words.weekday(day))
