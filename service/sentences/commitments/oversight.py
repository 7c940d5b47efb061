"""Facts of what others raise on a commitment, and of notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from service.sentences.commitments.telling import Telling
from workflows.facts import (
    FindingRecorded,
    MatterAddressed,
    MatterAnswered,
    MatterClosed,
    MatterRaised,
    MatterReturned,
    NoteMade,
    ObstacleReported,
    OversightFact,
    VisitNoted,
)

__all__ = ["OversightFact", "places"]


def places(fact: OversightFact, telling: Telling) -> Mapping[str, str]:
    """The texts of the places."""
    words = telling.words
    told = {"actor": telling.actor, "text": words.quoted("said", fact.text)}
    match fact:
        case VisitNoted():
            return {**told, "evidence": telling.evidence(fact.evidence), **_visit(fact, telling)}
        case NoteMade():
            return {**told, "evidence": telling.evidence(fact.evidence)}
        case MatterRaised():
            return {**told, **_raised(fact, telling)}
        case MatterAnswered():
            return {**told, "matter": telling.raised(fact.matter), "evidence": telling.evidence(fact.evidence)}
        case MatterReturned():
            due_on = words.weekday(fact.obligation.due_on)
            return {**told, "matter": telling.raised(fact.matter), "due_on": due_on}
        case MatterClosed():
            return {**told, "matter": telling.raised(fact.matter)}
        case _:
            assert_never(fact)


def _raised(fact: MatterRaised, telling: Telling) -> dict[str, str]:
    words = telling.words
    told = {"matter": telling.raised(fact.matter), "evidence": telling.evidence(fact.evidence)}
    if isinstance(fact, MatterAddressed):
        told |= {"addressee": words.office(fact.addressee), "due_on": words.weekday(fact.obligation.due_on)}
    if isinstance(fact, FindingRecorded | ObstacleReported):
        told["item"] = "" if fact.item is None else words.clause("on item", it=telling.item(fact.item))
    if isinstance(fact, ObstacleReported):
        told["category"] = words.reason("obstacle", fact.category)
    return told


def _visit(fact: VisitNoted, telling: Telling) -> dict[str, str]:
    words = telling.words
    recorded_on = words.day_of(telling.happened.recorded_at)
    later = "" if recorded_on == fact.visited_on else words.clause("recorded later", it=words.weekday(recorded_on))
    return {"place": fact.place, "visited_on": words.weekday(fact.visited_on), "recorded": later}
