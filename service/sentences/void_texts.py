"""Why a request is void, in words: what it was asked on and no longer holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from service.sentences.vocabulary import Vocabulary
from service.sentences.workflow_words import GUARDS, word
from workflows.definition import Label

GROUNDS: Mapping[str, Label] = {
    **GUARDS,
    "substance": Label("isi permohonan tetap", "what is asked for is as it was"),
    "terms": Label("yang diminta masih dapat dilakukan", "what is asked for can still be done"),
}


def lost_ground(lost: Iterable[str], words: Vocabulary) -> str:
    """What holds no more, in words."""
    return "; ".join(words.said(word(GROUNDS, one)) for one in lost)
