"""How findings, directions, obstacles, help and notes change a commitment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import assert_never

from workflows import facts
from workflows.commitment.changes import owe, put
from workflows.commitment.oversight import Matter, Note, Raised, Said
from workflows.commitment.state import Commitment, Owed, Recorded
from workflows.facts import Evidence, MatterAddressed, MatterAnswered, MatterClosed, MatterReturned, OversightFact

Noted = facts.VisitNoted | facts.NoteMade
KINDS: Mapping[type, str] = {
    facts.FindingRecorded: "finding",
    facts.DirectionGiven: "direction",
    facts.ObstacleReported: "obstacle",
    facts.HelpRequested: "help",
}
"""What kind of matter each fact raises."""


def evolve_oversight(state: Commitment, fact: OversightFact, event: Recorded) -> Commitment:
    """Fold one fact about what others raise or note."""
    match fact:
        case facts.FindingRecorded() | facts.DirectionGiven() | facts.ObstacleReported() | facts.HelpRequested():
            return _raised(state, fact, event)
        case facts.FindingAnswered() | facts.DirectionAnswered() | facts.HelpAnswered():
            return _answered(state, fact, event)
        case facts.FindingReturned() | facts.DirectionReturned():
            return _returned(state, fact, event)
        case facts.FindingClosed() | facts.DirectionSettled() | facts.ObstacleClosed():
            return _closed(state, fact, event)
        case facts.VisitNoted() | facts.NoteMade():
            return replace(state, notes=(*state.notes, _note(fact, event)))
        case _:
            assert_never(fact)


def lapsed(matters: Mapping[str, Matter]) -> Mapping[str, Matter]:
    """The matters of a commitment that closes: only what was found wrong stays open."""
    return MappingProxyType(
        {
            name: replace(one, status="lapsed") if one.is_open and one.kind != "finding" else one
            for name, one in matters.items()
        }
    )


def _raised(state: Commitment, fact: Raised, event: Recorded) -> Commitment:
    matter = _matter(fact, event)
    owed = owe(state.owed, (fact.obligation,), event) if isinstance(fact, MatterAddressed) else state.owed
    return replace(state, matters=put(state.matters, matter.id, matter), owed=owed)


def _matter(fact: Raised, event: Recorded) -> Matter:
    addressed = fact if isinstance(fact, MatterAddressed) else None
    return Matter(
        id=fact.matter,
        kind=KINDS[type(fact)],
        number=fact.number,
        office=fact.office,
        person=event.person,
        addressee=addressed.addressee if addressed else None,
        item=fact.item if isinstance(fact, facts.FindingRecorded | facts.ObstacleReported) else None,
        category=fact.category if isinstance(fact, facts.ObstacleReported) else None,
        text=fact.text,
        evidence=fact.evidence,
        raised_at=event.recorded_at,
        obligation=addressed.obligation.obligation if addressed else None,
    )


def _answered(state: Commitment, fact: MatterAnswered, event: Recorded) -> Commitment:
    matter = state.matters[fact.matter]
    said = _said(fact, event, fact.evidence)
    status = "closed" if matter.kind == "help" else "answered"
    answered = replace(matter, status=status, answers=(*matter.answers, said))
    return replace(
        state, matters=put(state.matters, matter.id, answered), owed=_ended(state.owed, matter, "met", event)
    )


def _returned(state: Commitment, fact: MatterReturned, event: Recorded) -> Commitment:
    matter = state.matters[fact.matter]
    returned = replace(matter, status="open", returned=_said(fact, event))
    owed = owe(state.owed, (fact.obligation,), event)
    return replace(state, matters=put(state.matters, matter.id, returned), owed=owed)


def _closed(state: Commitment, fact: MatterClosed, event: Recorded) -> Commitment:
    matter = state.matters[fact.matter]
    closed = replace(matter, status="closed", closing=_said(fact, event))
    return replace(
        state, matters=put(state.matters, matter.id, closed), owed=_ended(state.owed, matter, "closed", event)
    )


def _said(
    fact: MatterAnswered | MatterReturned | MatterClosed, event: Recorded, evidence: tuple[Evidence, ...] = ()
) -> Said:
    return Said(fact.office, event.person, fact.text, evidence, event.recorded_at, event.delegate)


def _ended(owed: Mapping[str, Owed], matter: Matter, status: str, event: Recorded) -> Mapping[str, Owed]:
    """What is owed once the matter's answer is owed no more."""
    one = None if matter.obligation is None else owed[matter.obligation]
    if one is None or not one.is_open:
        return owed
    return put(owed, one.obligation.obligation, replace(one, status=status, ended_at=event.recorded_at))


def _note(fact: Noted, event: Recorded) -> Note:
    note = Note(fact.note, fact.number, fact.office, fact.text, fact.evidence, event.recorded_at)
    if isinstance(fact, facts.NoteMade):
        return note
    return replace(note, visited_on=fact.visited_on, place=fact.place)
