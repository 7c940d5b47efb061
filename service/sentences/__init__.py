"""History told in sentences, in Indonesian and English: for stories on pages, for `kawal replay` and for mail."""

from service.sentences.commitments import correction, item_named, matter, plan_changes, raised
from service.sentences.happening import Happening, happening
from service.sentences.own_values import own_value
from service.sentences.refusals import called, clears, refusal
from service.sentences.tell import sentence, told
from service.sentences.vocabulary import Vocabulary
from service.sentences.workflow_sections import Section, workflow_told

__all__ = [
    "Happening",
    "Section",
    "Vocabulary",
    "called",
    "clears",
    "correction",
    "happening",
    "item_named",
    "matter",
    "own_value",
    "plan_changes",
    "raised",
    "refusal",
    "sentence",
    "told",
    "workflow_told",
]
