"""One fact, one sentence."""

from __future__ import annotations

from service.sentences import basis, commitments, sittings
from service.sentences.happening import Happening, happening
from service.sentences.texts import SENTENCES
from service.sentences.vocabulary import Vocabulary
from workflows.commitment import Commitment, Recorded
from workflows.facts import NAMES, CommitmentFact, SittingFact


def told(event: Recorded, words: Vocabulary, commitment: Commitment, *, capacity: str | None = None) -> str:
    """An event of a commitment's story, with the names that the version of its workflow gave at that event.

    commitment  its state at or after the event
    capacity    of the actor; None: the one that it was recorded with
    """
    then = words.at(commitment.definition_version_at(event.version))
    return sentence(happening(event, capacity), then, commitment=commitment)


def sentence(happened: Happening, words: Vocabulary, *, commitment: Commitment | None = None) -> str:
    """A fact told in the vocabulary's language, naming offices and never persons; it ends with a full stop.

    commitment  the state at or after the fact, which knows the request, item or obligation that the fact only names;
                without it these are called by their number
    """
    fact = happened.fact
    if isinstance(fact, CommitmentFact):
        filled = commitments.places(fact, happened, words, commitment=commitment)
    elif isinstance(fact, SittingFact):
        filled = sittings.places(fact, words)
    else:
        filled = basis.places(fact, words)
    return words.said(SENTENCES[NAMES[type(fact)]]).format_map(filled)
