"""A claimed delivery as a mail: RFC 5322 text that any mail program shows."""

from __future__ import annotations

from datetime import UTC
from email.errors import MessageError
from email.headerregistry import Address, BaseHeader
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache

from service.notifications.channel import Letter, Undeliverable
from service.notifications.claims import Claimed

SENDER_NAME = "kawal"
UNFOLDED = SMTP.clone(max_line_length=998)
"""The longest line of RFC 5322: folding would leave the first line of a middling subject empty.

Only without encoded words, which have a limit of their own; the body is encoded before, in lines of 76.
"""


def letter(claimed: Claimed, sender: str) -> Letter:
    """Write the mail of a delivery; every attempt writes the same one.

    sender  the mail address that it comes from
    raises  Undeliverable, for good, where the address can't stand in a mail
    """
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = _address("From", sender, SENDER_NAME)
        message["To"] = _address("To", claimed.address)
        message["Subject"] = " ".join(claimed.subject.split())
        message["Date"] = format_datetime(claimed.created_at.astimezone(UTC))
        message["Message-ID"] = claimed.message_id
        # RFC 3834: nobody's absence notice answers a machine.
        message["Auto-Submitted"] = _header("Auto-Submitted", "auto-generated")
        message.set_content(claimed.body, cte="quoted-printable")
        # Last: setting the content drops every header about content that was there before.
        message["Content-Language"] = _header("Content-Language", claimed.language)
        if claimed.subject.isascii():
            message.policy = UNFOLDED
    except (ValueError, IndexError, MessageError) as error:
        raise Undeliverable(f"no mail can be written to this address: {error}", permanent=True) from error
    return Letter(claimed.id, claimed.office, claimed.created_at, message)


# Parsing headers is most of the work of a letter, and these are few and never change.
@lru_cache(maxsize=4096)
def _address(name: str, address: str, shown: str = "") -> BaseHeader:
    made: BaseHeader = SMTP.header_factory(name, [Address(shown, addr_spec=address)])
    return made


@lru_cache(maxsize=64)
def _header(name: str, value: str) -> BaseHeader:
    made: BaseHeader = SMTP.header_factory(name, value)
    return made
