"""A rendered message."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """What one office reads about one fact: a subject line, plain text, and where its link leads below the base URL."""

    subject: str
    body: str
    path: str
