"""Which group of facts a fact belongs to; a group's file lists its facts and fills their places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from service.sentences.commitments import (
    effects,
    histories,
    money,
    oversight,
    owed,
    plans,
    progress,
    reports,
    requests,
    signatures,
    verdicts,
    versions,
)
from service.sentences.commitments.telling import Telling
from service.sentences.happening import Happening
from service.sentences.vocabulary import Vocabulary
from workflows.commitment import Commitment
from workflows.facts import (
    CommitmentFact,
    EffectFact,
    HistoryFact,
    LedgerFact,
    OwedFact,
    ProgressFact,
    ReportFact,
)


def places(
    fact: CommitmentFact, happening: Happening, words: Vocabulary, *, commitment: Commitment | None
) -> Mapping[str, str]:
    """The texts of a sentence's places.

    commitment  its state at or after the fact: it knows the request, item or obligation that the fact only names
    """
    telling = Telling(words, commitment, happening)
    if isinstance(fact, plans.PlanFact):
        return plans.places(fact, telling)
    if isinstance(fact, requests.RequestFact):
        return requests.places(fact, telling)
    if isinstance(fact, verdicts.VerdictFact):
        return verdicts.places(fact, telling)
    if isinstance(fact, signatures.SigningFact):
        return signatures.places(fact, telling)
    if isinstance(fact, OwedFact):
        return owed.places(fact, telling)
    if isinstance(fact, ProgressFact):
        return progress.places(fact, telling)
    if isinstance(fact, ReportFact):
        return reports.places(fact, telling)
    if isinstance(fact, EffectFact):
        return effects.places(fact, telling)
    if isinstance(fact, versions.VersionFact):
        return versions.places(fact, telling)
    if isinstance(fact, oversight.OversightFact):
        return oversight.places(fact, telling)
    if isinstance(fact, HistoryFact):
        return histories.places(fact, telling)
    if isinstance(fact, LedgerFact):
        return money.places(fact, telling)
    assert_never(fact)
