"""Facts of signed sheets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from service.sentences.commitments.telling import Telling
from workflows.facts import SignatureRecorded, WitnessRecorded

SigningFact = SignatureRecorded | WitnessRecorded
MODES = ("in_person", "online", "wet_ink")


def places(fact: SigningFact, telling: Telling) -> Mapping[str, str]:
    """The texts of the places."""
    words = telling.words
    signed_at = fact.signed_at if isinstance(fact, SignatureRecorded) else fact.witnessed_at
    told = {
        "actor": telling.actor,
        "party": words.organisation(fact.sheet.rpartition(":")[2]),
        "mode": words.clause(fact.mode) if fact.mode in MODES else fact.mode,
        "place": words.clause_if("place", fact.place),
        "signed_on": words.weekday(words.day_of(signed_at)),
        "sitting": "" if fact.sitting is None else words.clause("in sitting"),
        "recorded": _recorded_later(signed_at, telling),
    }
    if isinstance(fact, SignatureRecorded):
        told["kind"] = words.clause(f"signature {fact.kind}")
        told["evidence"] = telling.evidence(() if fact.scan is None else (fact.scan,))
    return told


def _recorded_later(at: datetime, telling: Telling) -> str:
    words = telling.words
    recorded_on = words.day_of(telling.happened.recorded_at)
    if recorded_on == words.day_of(at):
        return ""
    return words.clause("recorded later", it=words.weekday(recorded_on))
