"""Texts, codes and words of a fixed list, as cells hold them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from service.imports.problems import CellValue, Unreadable
from workflows.definition import Label

LONGEST_TEXT = 2_000
LONGEST_CODE = 120
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_JOINERS = dict.fromkeys(map(ord, "\u200c\u200d"))


def tidy(text: str) -> str:
    """The text in one Unicode form, on one line, with single spaces and nothing unseen: equal looks give equal text."""
    return as_said(text).translate(_JOINERS)


def as_said(text: str) -> str:
    """The text in one Unicode form, on one line, with the joiners that Persian, Hindi and others are written with."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_UNSEEN).split())


def key(text: str) -> str:
    """What two spellings of one name have in common: case and spaces don't count."""
    return tidy(text).casefold()


def parse_text(value: CellValue) -> str:
    """A text that says something.

    raises  Unreadable text_missing, text_expected, text_too_long, text_unprintable
    """
    text = parse_optional_text(value)
    if not text:
        raise Unreadable("text_missing", "a text")
    return text


def parse_optional_text(value: CellValue, *, most: int = LONGEST_TEXT) -> str:
    """A text, or "" for an empty cell; a whole number as it is written. Raises Unreadable like `parse_text`."""
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise Unreadable("text_expected", "a text")
    text = tidy(value)
    if len(text) > most:
        raise Unreadable("text_too_long", f"at most {most} characters")
    if any(unicodedata.category(character) in ("Cc", "Cs", "Co") for character in text):
        raise Unreadable("text_unprintable", "a text without control characters")
    return text


def parse_code(value: CellValue) -> str:
    """A code such as "61.10", which is a text: as a number it would have lost its last zero.

    raises  Unreadable code_is_number, code_missing, code_unreadable
    """
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        raise Unreadable("code_is_number", 'a code as text, such as "61.10": as a number it loses its last zero')
    if value is None or value == "":
        raise Unreadable("code_missing", 'a code, such as "61.10"')
    if not isinstance(value, str):
        raise Unreadable("code_unreadable", 'a code as text, such as "61.10"')
    code = value.strip()
    if not code or len(code) > LONGEST_CODE or any(not _in_code(character) for character in code):
        raise Unreadable("code_unreadable", "a code of letters, digits, points, colons and hyphens")
    return code


def parse_optional_code(value: CellValue) -> str | None:
    """A code, or None for an empty cell. Raises Unreadable like `parse_code`."""
    return None if value is None or value == "" else parse_code(value)


def parse_known_code(known: Iterable[str], what: str) -> Callable[[CellValue], str]:
    """A reader of codes that takes only known ones, and points at the one that was probably meant.

    what  as the message says it: "region"
    """
    codes = frozenset(known)

    def read(value: CellValue) -> str:
        code = parse_code(value)
        if code in codes:
            return code
        meant = [other for other in (f"{code}0", f"0{code}") if other in codes]
        hint = f"{meant[0]}, if that was meant (the code read has lost a zero)" if meant else f"a known {what}"
        raise Unreadable(f"{what}_unknown", hint)

    return read


def parse_labelled(labels: Mapping[str, Label], what: str) -> Callable[[CellValue], str]:
    """A reader of a definition's words, by id or by label in either language.

    raises (the reader)  Unreadable <what>_missing, <what>_unknown
    """
    ids = {key(name): name for name in labels}
    for name, label in labels.items():
        ids.setdefault(key(label.id), name)
        ids.setdefault(key(label.en), name)
    expected = "one of " + ", ".join(label.id for label in labels.values())

    def read(value: CellValue) -> str:
        if value is None or value == "":
            raise Unreadable(f"{what}_missing", expected)
        found = ids.get(key(value)) if isinstance(value, str) else None
        if found is None:
            raise Unreadable(f"{what}_unknown", expected)
        return found

    return read


def parse_one_of(words: Iterable[str], what: str) -> Callable[[CellValue], str]:
    """A reader of one of a few words. Raises (the reader) Unreadable <what>_unknown."""
    known = tuple(words)

    def read(value: CellValue) -> str:
        if isinstance(value, str) and value.strip() in known:
            return value.strip()
        raise Unreadable(f"{what}_unknown", "one of " + ", ".join(known))

    return read


def _in_code(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in ".:-_")
