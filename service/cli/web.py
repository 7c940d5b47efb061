"""`kawal web`: gunicorn with threads, configured from our settings alone."""

from __future__ import annotations

import errno
import json
import socket
import sys
import time
from typing import Any

import click
from gunicorn.app.base import BaseApplication
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.util import close_graceful, import_app, write_nonblock
from gunicorn.workers.gthread import ThreadWorker

from service.cli.clock_check import insist_unless_supervised
from service.cli.setting import settings, start_logging
from service.config import Config
from service.problems import coded

_GRACE_S = 5
_SILENT_S = 10.0
"""How long a client may send nothing of its request."""
_LONGEST_S = 300.0
"""How long it may take to send all of it."""
_FAREWELL_S = 1.0
"""How long it may take to close the connection, once it has its answer."""


@click.command()
def web() -> None:
    """Run the web process alone, at KAWAL_HOST and KAWAL_PORT.

    On SIGTERM requests in hand get five seconds. Where this machine's time can't be believed it ends with exit code 1:
    see `kawal accept-clock`.
    """
    config = settings()
    start_logging(config)
    insist_unless_supervised(config)
    sys.argv = ["kawal"]  # gunicorn would read its own options from there
    _Server(config).run()


class _Patient(socket.socket):
    """A client's socket that no thread waits at for ever, whether the client is silent or endlessly slow."""

    _until = 0.0

    def begin(self) -> None:
        """A request begins: from now on its time counts."""
        self._until = time.monotonic() + _LONGEST_S

    def setblocking(self, flag: bool) -> None:
        """Blocking means blocking for a while; a socket that is closed already is left as it is."""
        if self.fileno() >= 0:
            self.settimeout(_SILENT_S if flag else 0.0)

    def recv(self, *args: int) -> bytes:
        """Some bytes; raises ConnectionResetError where the client is too slow."""
        try:
            if time.monotonic() > self._until:
                raise TimeoutError
            return super().recv(*args)
        except TimeoutError as error:
            raise ConnectionResetError(errno.ECONNRESET, "the client sends too slowly") from error


class _Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn is untyped
    """Threads that no slow client holds for ever; what isn't HTTP is answered like every other error."""

    def enqueue_req(self, conn: Any) -> None:
        """Serve a connection, by a socket of ours."""
        if not isinstance(conn.sock, _Patient):
            conn.sock = _Patient(fileno=conn.sock.detach())
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        """Serve one request of a connection, and see it off here if it was the last."""
        conn.sock.begin()
        goes_on = super().handle(conn)
        if goes_on is False:
            # gunicorn would wait for the client's own end in the one thread that accepts everybody else.
            close_graceful(conn.sock, timeout=_FAREWELL_S)
        return goes_on

    def handle_error(self, req: object, client: socket.socket, addr: object, exc: BaseException) -> None:
        """Answer what never became a request of the application."""
        if not isinstance(exc, ParseException):
            self.log.error("a request failed outside of the application", exc_info=exc)
        try:
            write_nonblock(client, _refusal(exc))
        except OSError:
            return  # nobody is there to be told


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
    def __init__(self, config: Config) -> None:
        self._config = config
        super().__init__()

    def load_config(self) -> None:
        host = f"[{self._config.host}]" if ":" in self._config.host else self._config.host
        options: dict[str, Any] = {
            "bind": f"{host}:{self._config.port}",
            "worker_class": _Worker,
            "workers": 1,
            "threads": self._config.web_threads,
            "timeout": 60,
            "graceful_timeout": _GRACE_S,
            "keepalive": 5,
            "loglevel": "warning",
            "accesslog": None,
            "control_socket_disable": True,
            "forwarded_allow_ips": "*" if self._config.trusted_proxies else "",
            "proc_name": "kawal-web",
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return import_app("wsgi:app")


def _refusal(error: BaseException) -> bytes:
    match error:
        case LimitRequestLine():
            code = "uri_too_long"
        case LimitRequestHeaders():
            code = "header_too_large"
        case ParseException():
            code = "request_malformed"
        case _:
            code = "server_error"
    problem = coded(code)
    shown = {"type": f"/problems/{code}", "title": problem.title("id"), "status": problem.status, "code": code}
    body = json.dumps(shown).encode()
    head = (
        f"HTTP/1.1 {problem.status} {code.replace('_', ' ')}",
        "Content-Type: application/problem+json",
        "Content-Language: id",
        "Cache-Control: no-store",
        f"Content-Length: {len(body)}",
        "Connection: close",
    )
    return "\r\n".join((*head, "", "")).encode() + body
