"""What goes out of the house, and what a way out must do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Protocol, TypeAlias


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail and the delivery it belongs to; every attempt makes the same one."""

    delivery: str
    office: str
    written_at: datetime
    message: EmailMessage


Send: TypeAlias = Callable[[Letter], None]


class Undeliverable(Exception):
    """A letter could not be handed over.

    permanent  it never can be, as it is; else another attempt may do
    """

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent


class Channel(Protocol):
    """Hands letters over.

    name          as in the column `delivery.channel`
    sender        the address that letters come from
    batch         how many letters a claim takes
    records_each  a letter's success is recorded before the next is sent, so that a crash sends at most one again. Else
                  a session's letters are recorded together, because sending one again replaces it
    """

    name: str
    sender: str
    batch: int
    records_each: bool

    def session(self) -> AbstractContextManager[Send]:
        """Open a way for one batch: it yields a function that sends one letter or raises Undeliverable.

        Once the session is left without an error, what was sent is durable on the other side.
        """
        ...
