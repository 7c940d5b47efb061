"""A worker process: RQ jobs one after the other, in this very process."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import time
from types import FrameType

import redis
from redis.client import Pipeline
from rq import Queue, SimpleWorker, worker_registration
from rq.exceptions import StopRequested
from rq.executions import Execution
from rq.job import Job
from rq.serializers import JSONSerializer

from service import queue
from service.config import Config
from service.process import StopSign

_log = logging.getLogger("kawal.worker")
_WORKER_TTL_S = 60
_LOOK_EVERY_S = 5
_RETRY_FROM_S = 0.5
_RETRY_TO_S = 5.0


def run_worker(config: Config) -> None:
    """Work until SIGTERM or SIGINT; a job in hand is finished first. Losing Valkey only pauses it."""
    stop = StopSign()

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        stop.set()

    delay_s = _RETRY_FROM_S
    while not stop.is_set():
        signal.signal(signal.SIGTERM, ask_to_stop)
        signal.signal(signal.SIGINT, ask_to_stop)
        begun = time.monotonic()
        try:
            worker = JobWorker(config, stop)
            _log.info("worker ready on queue %s", queue.QUEUE_NAME)
            worker.work(logging_level="WARNING")
        except StopRequested:
            _log.debug("asked to stop before there was anything to wait for")
        except redis.RedisError as error:
            _log.warning("Valkey is away (%s); trying again in %.1f s", error, delay_s)
        if not stop.is_set():
            # A Valkey that answers but can't write (its disk is full) lets a worker begin and end at once.
            if time.monotonic() - begun > _RETRY_TO_S:
                delay_s = _RETRY_FROM_S
            stop.wait(delay_s)
            delay_s = min(delay_s * 2, _RETRY_TO_S)
    _log.info("worker stopped")


class JobWorker(SimpleWorker):
    """RQ's worker without a fork a job, stopped through a sign that outlives it.

    source  ADR 0003
    """

    max_connection_wait_time = _RETRY_TO_S
    log_result_lifespan = False

    def __init__(self, config: Config, stop: StopSign) -> None:
        self._stop_sign = stop
        self._has_job = False
        self._jobs = queue.open_queue(config)
        connection = redis.Redis.from_url(queue.url(config))
        super().__init__(
            [queue.QUEUE_NAME],
            name=f"{socket.gethostname()}.{os.getpid()}.{secrets.token_hex(4)}",
            connection=connection,
            serializer=JSONSerializer,
            worker_ttl=_WORKER_TTL_S,
            maintenance_interval=60,
            log_job_description=False,
        )

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Finish the job in hand, then end `run_worker` too; however often it is asked.

        A supervisor that is killed ends thread by thread, and each end is one more signal: rq's own handler would take
        the second for an order to drop the job, and talks to Valkey in between.
        """
        is_first = not self._stop_sign.is_set()
        self._stop_sign.set()
        self._stop_requested = True
        if is_first and not self._has_job:
            raise StopRequested

    @property
    def dequeue_timeout(self) -> int:
        """How long one wait for a job lasts at most, in seconds: so late is a lost signal found."""
        return _LOOK_EVERY_S

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Do a job, and know that there is one."""
        self._has_job = True
        try:
            super().execute_job(job, queue)
        finally:
            self._has_job = False

    def _install_signal_handlers(self) -> None:
        """Hear signals from now on; one that came a moment before counts too."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.request_stop)
        self._stop_requested = self._stop_sign.is_set()

    def heartbeat(self, timeout: int | None = None, pipeline: Pipeline | None = None) -> None:
        """Say that it works, and sign on again: a Valkey that was emptied has forgotten who did.

        Asked before each wait for a job, it ends an idle worker whose signal came where nothing could be raised.
        """
        if self._stop_sign.is_set() and not self._has_job:
            raise StopRequested
        super().heartbeat(timeout, pipeline)
        worker_registration.register(self, pipeline)

    def subscribe(self) -> None:
        """Take no remote commands: they would cost a thread and a second connection, and nobody sends them."""

    def perform_job(self, job: Job, queue: Queue, execution: Execution) -> bool:
        """Open the way for the next wake-up, then do the job: what is written from here on gets a job of its own."""
        self._jobs.begin(job.func_name or "")
        return super().perform_job(job, queue, execution)
