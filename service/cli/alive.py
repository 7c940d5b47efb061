"""`kawal alive`: whether the process of this container does its work, for health checks."""

from __future__ import annotations

import http.client
import socket
from datetime import UTC, datetime, timedelta

import click
import redis
from rq import Worker

from service import queue
from service.cli.output import json_option, print_json
from service.cli.setting import settings
from service.config import Config

_SILENT_AT_MOST = timedelta(seconds=15)


@click.command()
@click.argument("name", type=click.Choice(["web", "worker", "clock"]))
@json_option
def alive(name: str, *, as_json: bool) -> None:
    """Exit 0 if the web answers, a worker of this host is registered, or the clock looked within 15 s; else 1."""
    config = settings()
    question = {"web": _web_answers, "worker": _worker_is_registered, "clock": _clock_looked}[name]
    lives = question(config)
    if as_json:
        print_json({"process": name, "alive": lives})
    if not lives:
        raise click.ClickException(f"{name} shows no sign of life")


def _web_answers(config: Config) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", config.port, timeout=3)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _worker_is_registered(config: Config) -> bool:
    """RQ drops a worker's key when its heartbeats stop."""
    jobs = queue.open_queue(config)
    try:
        names = Worker.all_keys(connection=jobs.connection)
        return any(
            name.startswith(f"rq:worker:{socket.gethostname()}.") for name in names if jobs.connection.exists(name)
        )
    except redis.RedisError:
        return False


def _clock_looked(config: Config) -> bool:
    beat = queue.open_queue(config).last_beat()
    return beat is not None and datetime.now(UTC) - beat <= _SILENT_AT_MOST
