"""Which letters a name or an id may have, so that what people read is what is meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from workflows.errors import Blocker

SEEN = "LMNPS"
"""Letters, marks, numbers, punctuation, signs: the first letters of what Unicode calls them."""
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SEPARATING = frozenset("/\\?#%>,")
"""What stands between ids, in addresses, operation keys and lists."""


def misleads(letter: str) -> bool:
    """True for what no reader sees: a control character, a break of the line, or what turns the writing's direction.

    The joiners that some scripts are written with do nothing of that.
    """
    return letter in TURNING or unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")


def shows(text: str) -> bool:
    """True if there is anything to read in it."""
    return any(unicodedata.category(letter)[0] in SEEN for letter in text)


def name_letters(**fields: str) -> Iterator[Blocker]:
    """Which of these texts hold what their reader can't see, and what it is."""
    for field, text in fields.items():
        yield from _unusable(field, [letter for letter in text if misleads(letter)])


def id_letters(*, also: str = "", **fields: str) -> Iterator[Blocker]:
    """Which of these ids hold what no id may: what isn't seen, and what separates ids from one another.

    also  letters that separate these ids besides
    """
    separating = SEPARATING.union(also)
    for field, text in fields.items():
        unseen = (letter for letter in text if letter.isspace() or not shows(letter))
        yield from _unusable(field, [*unseen, *(letter for letter in text if letter in separating)])


def _unusable(field: str, letters: list[str]) -> Iterator[Blocker]:
    if letters:
        named = dict.fromkeys(f"U+{ord(letter):04X}" for letter in letters)
        yield Blocker("field_unusable", {"field": field, "letters": ", ".join(named)})
