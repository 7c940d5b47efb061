"""Texts that people read, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """A text in both languages of the pages."""

    id: str
    en: str


@dataclass(frozen=True, slots=True)
class Reason(Label):
    """A reason's name; `text_chars` is how many characters of free text it needs at least."""

    text_chars: int = 0
