"""The fact that a commitment follows another version of its workflow."""

from __future__ import annotations

from collections.abc import Mapping

from service.sentences.commitments.telling import Telling
from workflows.facts import DefinitionMigrated

VersionFact = DefinitionMigrated


def places(fact: VersionFact, telling: Telling) -> Mapping[str, str]:
    """The texts of the places; each state is called as its own version calls it."""
    words = telling.words
    before = words.at(fact.from_version).state(fact.from_state)
    after = words.at(fact.to_version).state(fact.to_state)
    changed = "" if before == after else words.clause("state renamed", before=before, after=after)
    return {
        "from_version": str(fact.from_version),
        "to_version": str(fact.to_version),
        "state": changed or words.clause("state kept", it=after),
        "undone": words.clause_if("undoing", fact.undoes),
        "letter": words.clause_if("by letter", fact.letter),
        "text": words.quoted("said", fact.text),
    }
