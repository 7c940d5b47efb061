"""A refusal that can't be said is none: every blocker names what its sentences and its readers need.

`refusals.csv` is what may be relied on, a code a line:

facts       the names of its facts; several sets where there are several cases, between bars
cleared_by  actor (the acting office itself, alone) | some (offices) | any
until       yes (it has a time) | any

Where commands are drawn at random the last two aren't asked: what never meets otherwise may meet there.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable
from pathlib import Path

from hypothesis import currently_in_test_context

from workflows.errors import Blocker
from workflows.sentences import sentence
from workflows.sentences.words import WORDS

REFUSALS = {
    row["code"]: row for row in csv.DictReader((Path(__file__).parent / "refusals.csv").read_text().splitlines())
}


def codes_said(
    blockers: Iterable[Blocker], *, by: str | None = None, moves: Collection[str] = (), leads: bool = True
) -> tuple[str, ...]:
    """The codes of these blockers, each of which can be said in both languages and stands as its line says.

    by     the office that was refused
    moves  those of its workflow
    leads  False where the answer isn't for one office, and so needn't say whom it leads to and when
    """
    found = tuple(blockers)
    for blocker in found:
        for language in ("id", "en"):
            assert sentence(blocker, language)
        _stands(blocker, by, leads=leads and not currently_in_test_context())
        assert blocker.facts.get("act", "draft") in (*WORDS["act"], *moves), blocker
    return tuple(blocker.code for blocker in found)


def _stands(blocker: Blocker, by: str | None, *, leads: bool) -> None:
    assert all(type(fact) is str and fact != "None" for fact in blocker.facts.values()), blocker
    assert type(blocker.cleared_by) is tuple, blocker
    assert all(blocker.cleared_by), blocker
    listed = REFUSALS.get(blocker.code)
    if listed is None:
        return
    assert " ".join(sorted(blocker.facts)) in listed["facts"].split("|"), blocker
    if not leads:
        return
    assert listed["until"] == "any" or blocker.until is not None, blocker
    if listed["cleared_by"] != "any":
        assert blocker.cleared_by, blocker
    if listed["cleared_by"] == "actor" and by is not None:
        assert blocker.cleared_by == (by,), blocker
