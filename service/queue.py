"""The way to the workers: jobs by name, ids only, and wake-ups that many writers share.

Nothing depends on a job arriving. What the queue loses, the clock's next round finds in the database.
"""

from __future__ import annotations

from datetime import UTC, datetime

import redis
import redis.backoff
import redis.retry
from rq import Queue, Worker
from rq.serializers import JSONSerializer

from service import embedded
from service.config import Config

QUEUE_NAME = "kawal"
DRAIN = "service.jobs.drain"
TICK = "service.jobs.tick"
JOB_TIMEOUT_S = 600
FAILURE_KEPT_S = 3_600
_PENDING_FOR_S = 10
_WAKE_UPS_KEPT = 20
_BEAT = "kawal:clock:beat"


class JobQueue:
    """Enqueues jobs; every method returns within about a second when Valkey is away or hangs."""

    def __init__(self, connection: redis.Redis) -> None:
        self.connection = connection
        self._queue = Queue(QUEUE_NAME, connection=connection, serializer=JSONSerializer)

    def enqueue(self, job: str, *ids: str) -> bool:
        """Hand a job to the workers; False when Valkey is away.

        job  its stored name, like "service.jobs.drain"; it may run twice, late or never
        """
        try:
            self._queue.enqueue_call(
                func=job,
                args=ids,
                timeout=JOB_TIMEOUT_S,
                result_ttl=0,
                failure_ttl=FAILURE_KEPT_S,
                description=job,
            )
        except redis.RedisError:
            return False
        return True

    def wake(self, job: str, *, again: bool = False) -> bool:
        """Make sure that `job` runs soon after now: one waiting wake-up serves everybody; False when Valkey is away.

        again  enqueue even if one seems to wait: the flag may outlive a lost job by 10 s
        """
        try:
            first = self.connection.set(_pending(job), 1, nx=True, ex=_PENDING_FOR_S)
            if not first and not again:
                return True
            # Without workers a clock would fill the queue; each waiting wake-up drains everything anyway.
            if self._queue.count >= _WAKE_UPS_KEPT:
                return True
        except redis.RedisError:
            return False
        return self.enqueue(job)

    def waiting(self) -> int:
        """How many jobs wait for a worker; 0 when Valkey is away."""
        try:
            return int(self._queue.count)
        except redis.RedisError:
            return 0

    def begin(self, job: str) -> None:
        """Let the next `wake` enqueue again. The worker calls this before the job reads: nothing falls between."""
        try:
            self.connection.delete(_pending(job))
        except redis.RedisError:
            return  # the flag expires by itself

    def workers(self) -> int:
        """How many workers are signed on; 0 when Valkey is away. One that was killed counts for a minute more."""
        try:
            return Worker.count(connection=self.connection)
        except redis.RedisError:
            return 0

    def beat(self, now: datetime) -> bool:
        """Note that the clock looked at `now`; False when Valkey is away."""
        try:
            self.connection.set(_BEAT, now.astimezone(UTC).isoformat())
        except redis.RedisError:
            return False
        return True

    def last_beat(self) -> datetime | None:
        """When a clock last looked; None if none ever did or Valkey is away."""
        try:
            value = self.connection.get(_BEAT)
        except redis.RedisError:
            return None
        return datetime.fromisoformat(value.decode()) if isinstance(value, bytes) else None

    def is_reachable(self) -> bool:
        """Whether Valkey answers now."""
        try:
            return bool(self.connection.ping())
        except redis.RedisError:
            return False


def url(config: Config) -> str:
    """Where Valkey is: REDIS_URL, or the embedded server of the data directory."""
    return config.redis_url or embedded.url(config.data_dir)


def open_queue(config: Config) -> JobQueue:
    """A queue for writers: a request never waits long for Valkey."""
    never = redis.retry.Retry(redis.backoff.NoBackoff(), 0)
    return JobQueue(redis.Redis.from_url(url(config), socket_timeout=0.5, socket_connect_timeout=0.5, retry=never))


def _pending(job: str) -> str:
    return f"kawal:pending:{job}"
