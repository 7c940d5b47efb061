"""From what the service raises to what a door answers."""

from __future__ import annotations

import errno
from dataclasses import replace

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from events import errors as log_errors
from events.engine import refusal_of
from service import errors, identity
from service.evidence import EvidenceRefused
from service.problems.problem import Problem, ProblemError
from service.problems.statuses import status_of
from workflows.errors import Blocker, Refused

_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_AWAY = {
    "locked": "database_locked",
    "away": "database_away",
    "disk_full": "disk_full",
    "unknown": "outcome_unknown",
    "busy": "busy",
}


def problem_of(error: Exception) -> Problem | None:
    """What a door answers to an error that is raised on purpose; None: it is a bug, and nobody's business."""
    match error:
        case ProblemError():
            return error.problem
        case Refused():
            return with_blockers(error.blockers)
        case errors.StaleVersion():
            return Problem("stale_version", 412, etag=error.etag)
        case errors.KeyTaken():
            return coded("idempotency_key_reused")
        case errors.NotFound():
            return coded("not_found")
        case errors.Unavailable() | log_errors.Unavailable():
            return _away(error.reason, error.retry_after_s)
        case log_errors.OutcomeUnknown():
            return _away("unknown", 2)
        case log_errors.LogMissing():
            return replace(coded("log_missing"), retry_after_s=5)
        case EvidenceRefused(code="disk_full"):
            return _away("disk_full", 30)
        case EvidenceRefused():
            return coded(error.code, **error.facts)
        case DBAPIError() | PoolTimeout():
            refusal = refusal_of(error)
            return None if refusal is None else _away(refusal.reason, refusal.retry_after_s)
        case OSError() if error.errno in _FULL:
            return _away("disk_full", 30)
        case Exception(__module__="gunicorn.http.errors"):
            # The body's chunks, found out only while it is read. Only the web loads gunicorn.
            return coded("request_malformed")
        case log_errors.BodyTooLarge():
            return coded("fact_too_large", bytes=str(error.size_bytes))
        case identity.TooManyFailures():
            return replace(coded(error.code, **error.facts), retry_after_s=error.retry_after_s)
        case identity.NotSignedIn():
            return replace(coded(error.code, **error.facts), status=401)
        case identity.IdentityError():
            return replace(coded(error.code, **error.facts), status=422)
    return None


def with_blockers(found: tuple[Blocker, ...]) -> Problem:
    """A refusal by the rules: the first blocker names it, all of them are shown."""
    first = found[0]
    return Problem(first.code, status_of(first.code), facts=first.facts, blockers=found)


def coded(code: str, **facts: str) -> Problem:
    """A known code with what fills its sentence."""
    return Problem(code, status_of(code), facts=facts)


def _away(reason: str, retry_after_s: int) -> Problem:
    return replace(coded(_AWAY.get(reason, "database_away")), retry_after_s=retry_after_s)
