"""`kawal web`: gunicorn with threads, configured from our settings alone."""

from __future__ import annotations

import sys
from typing import Any

import click
from gunicorn.app.base import BaseApplication
from gunicorn.util import import_app

from service.cli.setting import settings, start_logging
from service.config import Config

_GRACE_S = 5


@click.command()
def web() -> None:
    """Run the web process alone, at KAWAL_HOST and KAWAL_PORT.

    On SIGTERM requests in hand get five seconds.
    """
    config = settings()
    start_logging(config)
    sys.argv = ["kawal"]  # gunicorn would read its own options from there
    _Server(config).run()


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
    def __init__(self, config: Config) -> None:
        self._config = config
        super().__init__()

    def load_config(self) -> None:
        host = f"[{self._config.host}]" if ":" in self._config.host else self._config.host
        options: dict[str, Any] = {
            "bind": f"{host}:{self._config.port}",
            "worker_class": "gthread",
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
