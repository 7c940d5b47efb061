"""What fills the places of the sentences about workflows' versions and migrations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from service.sentences.vocabulary import Vocabulary
from workflows import facts
from workflows.facts import DefinitionFact

DIGEST_SHOWN = 12
MigrationAnswer = facts.MigrationConfirmed | facts.MigrationDeclined | facts.MigrationEnded


def places(fact: DefinitionFact, words: Vocabulary) -> Mapping[str, str]:
    """The texts of a sentence's places."""
    match fact:
        case facts.DefinitionProposed() | facts.DefinitionInstalled():
            return _text(fact, words)
        case facts.DefinitionDeclined():
            return {"proposal": fact.proposal, "text": words.quoted("said", fact.text)}
        case facts.ProgrammeDefinitionChanged():
            return {
                "programme": fact.programme,
                "definition": fact.definition,
                "from_version": str(fact.from_version),
                "to_version": str(fact.to_version),
                "letter": words.clause_if("by letter", fact.letter),
                "text": words.quoted("said", fact.text),
            }
        case facts.MigrationProposed():
            return _proposed(fact, words)
        case facts.MigrationConfirmed() | facts.MigrationDeclined() | facts.MigrationEnded():
            return _answered(fact, words)
        case _:
            assert_never(fact)


def _text(fact: facts.DefinitionProposed | facts.DefinitionInstalled, words: Vocabulary) -> Mapping[str, str]:
    named = {"definition": fact.definition, "version": str(fact.version), "digest": fact.digest[:DIGEST_SHOWN]}
    if isinstance(fact, facts.DefinitionProposed):
        return {**named, "proposal": fact.proposal, "office": words.office(fact.by.office)}
    return {**named, "proposal": words.clause_if("as proposed", fact.proposal)}


def _proposed(fact: facts.MigrationProposed, words: Vocabulary) -> Mapping[str, str]:
    target = words.clause_if("to version", None if fact.to_version is None else str(fact.to_version))
    counted = "" if fact.commitments is None else words.number(len(fact.commitments))
    return {
        "migration": fact.migration,
        "office": words.office(fact.by.office),
        "what": words.clause_if("some commitments", counted) or words.clause("all commitments"),
        "programme": fact.programme,
        "target": target or words.clause_if("back before", fact.undoes),
        "letter": words.clause_if("by letter", fact.letter),
        "text": words.quoted("said", fact.text),
    }


def _answered(fact: MigrationAnswer, words: Vocabulary) -> Mapping[str, str]:
    match fact:
        case facts.MigrationConfirmed():
            return {"migration": fact.migration, "office": words.office(fact.by.office)}
        case facts.MigrationDeclined():
            return {"migration": fact.migration, "text": words.quoted("said", fact.text)}
        case facts.MigrationEnded():
            moved, left = words.number(fact.moved), words.number(fact.left)
            return {"migration": fact.migration, "moved": moved, "left": left}
