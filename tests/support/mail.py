"""A real mail server on the loopback interface, and a sender in a process of its own."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from types import TracebackType
from typing import Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from service.notifications.channels import MailServer
from service.notifications.channels.mail import parse
from tests.support.processes import CHECKOUT

SENDER = "kawal@kawal.example"
_SEND = """
import sys
from events.engine import make_engine
from service.notifications.channels.mail import MailServer, parse
from service.notifications.deliver import send_due
database, server, sender = sys.argv[1:]
print(send_due(make_engine(database), MailServer(parse(server), sender)).sent)
"""


class Mailbox:
    """An SMTP server that keeps what it accepts.

    answers  by address: the reply to a recipient instead of 250
    verdict  the reply to a letter's text; called in the server's thread with the letter, after it was kept
    guests   letters are answered only once so many clients have each brought one
    """

    def __init__(self, *, login: tuple[str, str] | None = None) -> None:
        self.received: list[EmailMessage] = []
        self.answers: dict[str, str] = {}
        self.verdict: Callable[[EmailMessage], str] = lambda letter: "250 OK"
        self.guests = 1
        self._login = login
        self._came: set[object] = set()
        self._all_came = asyncio.Event()
        self._lock = threading.Lock()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="mailbox", daemon=True)
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        listening = asyncio.run_coroutine_threadsafe(
            self._loop.create_server(self._guest, host="127.0.0.1", port=0), self._loop
        ).result(10)
        self.port = listening.sockets[0].getsockname()[1]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    @property
    def url(self) -> str:
        """As in KAWAL_SMTP_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def ids(self) -> list[str]:
        """The Message-IDs of what came, in order."""
        with self._lock:
            return [letter["Message-ID"] for letter in self.received]

    def channel(self) -> MailServer:
        """The channel that leads here."""
        return MailServer(parse(self.url), SENDER)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer a recipient."""
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep a letter, then answer."""
        content = envelope.content
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=default)
        assert isinstance(letter, EmailMessage)
        with self._lock:
            self.received.append(letter)
        self._came.add(session.peer)
        if len(self._came) >= self.guests:
            self._all_came.set()
        await asyncio.wait_for(self._all_came.wait(), 30)
        return self.verdict(letter)

    def _guest(self) -> SMTP:
        return SMTP(
            self,
            loop=self._loop,
            hostname="mailbox.example",
            authenticator=self._authenticate,
            auth_required=self._login is not None,
            auth_require_tls=False,
        )

    def _authenticate(self, server: SMTP, session: Session, envelope: Envelope, kind: str, login: object) -> AuthResult:
        assert isinstance(login, LoginPassword)
        given = (login.login.decode(), login.password.decode())
        return AuthResult(success=given == self._login, handled=False)


def start_sender(database: str, mailbox: Mailbox) -> subprocess.Popen[str]:
    """A process that sends what is due to the mailbox, prints how many it sent, and ends."""
    return subprocess.Popen(
        [sys.executable, "-c", _SEND, database, mailbox.url, SENDER],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
