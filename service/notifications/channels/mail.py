"""Mail through an SMTP server."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from service.notifications.channel import Letter, Send, Undeliverable
from service.notifications.notices import EMAIL

TIMEOUT_S = 20.0
_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server. security: smtp (none) | smtps (TLS from the start) | smtp+starttls"""

    security: str
    host: str
    port: int
    user: str | None
    password: str


def parse(url: str) -> Server:
    """A server from smtp://, smtps:// or smtp+starttls://user:password@host:port."""
    parts = urlsplit(url)
    return Server(
        security=parts.scheme,
        host=parts.hostname or "localhost",
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password or ""),
    )


class MailServer:
    """Hands letters to one SMTP server, a batch over one connection; certificates are checked."""

    name = EMAIL
    batch = 20
    records_each = True

    def __init__(self, server: Server, sender: str) -> None:
        self.server = server
        self.sender = sender

    @contextmanager
    def session(self) -> Iterator[Send]:
        """Connect when the first letter comes; the server has what it accepted."""
        line = _Line(self.server, self.sender)
        try:
            yield line.send
        finally:
            line.hang_up()


class _Line:
    """One connection, opened late and again after it broke; a server that doesn't answer is asked once a batch."""

    def __init__(self, server: Server, sender: str) -> None:
        self._server = server
        self._sender = sender
        self._smtp: smtplib.SMTP | None = None
        self._away: str | None = None

    def send(self, letter: Letter) -> None:
        smtp = self._connected()
        try:
            smtp.send_message(letter.message)
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = next(iter(error.recipients.values()))
            raise _refused(code, answer) from error
        except smtplib.SMTPDataError as error:
            raise _refused(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise Undeliverable(f"the mail server can't take this address: {error}", permanent=True) from error
        except (OSError, smtplib.SMTPException) as error:
            # Its state isn't known any more; what the server got before the break may have been accepted.
            self.hang_up()
            raise Undeliverable(f"the mail server broke off: {_said(error)}") from error

    def hang_up(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            smtp.quit()
        except (OSError, smtplib.SMTPException):
            smtp.close()

    def _connected(self) -> smtplib.SMTP:
        if self._away is not None:
            raise Undeliverable(self._away)
        # The library hangs up by itself where the server says 421.
        if self._smtp is None or self._smtp.sock is None:
            try:
                self._smtp = self._connect()
            except (OSError, smtplib.SMTPException) as error:
                self._away = f"the mail server doesn't take mail: {_said(error)}"
                raise Undeliverable(self._away) from error
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        server, own_name = self._server, self._sender.rpartition("@")[2]
        if server.security == "smtps":
            context = ssl.create_default_context()
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, own_name, timeout=TIMEOUT_S, context=context
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, own_name, timeout=TIMEOUT_S)
        try:
            if server.security == "smtp+starttls":
                smtp.starttls(context=ssl.create_default_context())
            if server.user is not None:
                smtp.login(server.user, server.password)
        except BaseException:
            smtp.close()
            raise
        return smtp


def _refused(code: int, answer: bytes | str) -> Undeliverable:
    """The server's answer: a code from 500 on is final (RFC 5321, 4.2.1)."""
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return Undeliverable(f"the mail server refused it: {code} {text}", permanent=code >= 500)


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        answer = error.smtp_error
        return f"{error.smtp_code} {answer.decode(errors='replace') if isinstance(answer, bytes) else answer}"
    return str(error) or type(error).__name__
