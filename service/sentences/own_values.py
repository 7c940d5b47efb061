"""Values of a workflow's own fields, as people read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from service.sentences.vocabulary import Vocabulary
from workflows.definition import Field
from workflows.fields import letter_of


def own_value(field: Field, value: str, words: Vocabulary) -> str:
    """A canonical value in words; empty for none."""
    if not value:
        return ""
    match field.type:
        case "number":
            return words.number(Decimal(value))
        case "money":
            return words.money(int(value))
        case "date":
            return words.day(date.fromisoformat(value))
        case "letter":
            letter = letter_of(value)
            return words.clause("letter", number=letter.number, day=words.day(date.fromisoformat(letter.on)))
        case "choice":
            return words.said(field.choices[value]) if value in field.choices else value
        case "office":
            return words.office(value)
        case _:
            return value
