"""One fact, one sentence."""

from __future__ import annotations

from service.sentences import basis, commitments
from service.sentences.happening import Happening
from service.sentences.texts import SENTENCES
from service.sentences.vocabulary import Vocabulary
from workflows.commitment import Commitment
from workflows.facts import NAMES, CommitmentFact


def sentence(happening: Happening, words: Vocabulary, *, commitment: Commitment | None = None) -> str:
    """A fact told in the vocabulary's language, naming offices and never persons; it ends with a full stop.

    commitment  the state at or after the fact, which knows the request, item or obligation that the fact only names;
                without it these are called by their number
    """
    fact = happening.fact
    if isinstance(fact, CommitmentFact):
        filled = commitments.places(fact, happening, words, commitment=commitment)
    else:
        filled = basis.places(fact, words)
    return words.said(SENTENCES[NAMES[type(fact)]]).format_map(filled)
