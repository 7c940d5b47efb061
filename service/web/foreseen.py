"""What would happen if the visitor approved: the next step or state, who would be told, and what would fall due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from service.sentences import Vocabulary, matter
from service.web.visit import Visit
from workflows.blockers import Possible
from workflows.commands import ApproveRequest, SignCommitment
from workflows.commitment import Commitment, Owed, Request
from workflows.errors import Refused
from workflows.in_sitting import MODES
from workflows.signatures import sheet_of
from workflows.supposing import Supposed, suppose

PUSHED = frozenset({"now", "daily", "weekly"})


@dataclass(frozen=True, slots=True)
class DueShown:
    """What an office would owe, and by which day."""

    office: str
    what: str
    day: str


@dataclass(frozen=True, slots=True)
class Foreseen:
    """An approval's effects in words. state: empty where it stays; waits: what would wait next"""

    state: str
    waits: tuple[DueShown, ...]
    told: str
    owed: tuple[DueShown, ...]


def foreseen(visit: Visit, state: Commitment, request: Request, found: Possible) -> Foreseen | None:
    """What approving, or signing, would do now; None where something stands in the way of it.

    found  what `overview` says of the act
    """
    if not found.may:
        return None
    context, name = visit.context(state), request.opened.request
    signs = SignCommitment(sheet_of(state), MODES[0], "", context.now)
    try:
        supposed = suppose(state, signs if found.act == "sign" else ApproveRequest(name), context)
    except Refused:
        return None
    return _shown(state, supposed, visit.words(state))


def _shown(state: Commitment, supposed: Supposed, words: Vocabulary) -> Foreseen:
    after = supposed.after
    told = (one.office for fact in supposed.facts for one in fact.told if one.urgency in PUSHED)
    steps = [one for one in supposed.owed if one.obligation.kind == "decision"]
    return Foreseen(
        state="" if after.state == state.state else words.state(after.state),
        waits=tuple(_due(one, _step(after, one, words), words) for one in steps),
        told=words.listed(_names(told, words)),
        owed=tuple(_due(one, _item(one, words), words) for one in supposed.owed if one not in steps),
    )


def _names(offices: Iterable[str], words: Vocabulary) -> list[str]:
    return [words.office(office) for office in dict.fromkeys(offices)]


def _step(after: Commitment, owed: Owed, words: Vocabulary) -> str:
    request = after.open_request
    return "" if request is None else words.step(request.opened.move, owed.obligation.subject.rpartition("/")[2])


def _item(owed: Owed, words: Vocabulary) -> str:
    return matter(owed.obligation.obligation, words, None)


def _due(owed: Owed, what: str, words: Vocabulary) -> DueShown:
    return DueShown(words.office(owed.obligation.office), what, words.weekday(owed.obligation.due_on))
