"""Every error that is raised on purpose becomes a problem with a code and a status; a bug becomes none."""

from __future__ import annotations

import pytest

from events import errors as log_errors
from service import errors, identity
from service.evidence import EvidenceRefused
from service.problems import Problem, ProblemError, coded, problem_of
from workflows.errors import Blocker, Refused


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Refused((Blocker("not_your_turn", {"step": "check"}), Blocker("role_may_not"))), 409, "not_your_turn"),
        (Refused((Blocker("role_may_not"),)), 403, "role_may_not"),
        (errors.StaleVersion('"3-aa"'), 412, "stale_version"),
        (errors.KeyTaken("http:a:b:c"), 422, "idempotency_key_reused"),
        (errors.NotFound("commitment", "x"), 404, "not_found"),
        (errors.Unavailable("busy", 1), 503, "busy"),
        (errors.Unavailable("unknown", 2), 503, "outcome_unknown"),
        (log_errors.Unavailable(1, "locked"), 503, "database_locked"),
        (log_errors.Unavailable(2, "away"), 503, "database_away"),
        (log_errors.Unavailable(30, "disk_full"), 503, "disk_full"),
        (log_errors.OutcomeUnknown("http:a:b:c"), 503, "outcome_unknown"),
        (log_errors.BodyTooLarge("commitment-1", 70_000), 413, "fact_too_large"),
        (identity.TooManyFailures(30), 429, "signin_throttled"),
        (identity.NotSignedIn("not_a_holder", office="61.sekda"), 401, "not_a_holder"),
        (EvidenceRefused("evidence_too_large", {"name": "a.pdf", "limit_bytes": "5"}), 413, "evidence_too_large"),
        (ProblemError(coded("cursor_malformed")), 400, "cursor_malformed"),
    ],
)
def test_an_error_has_its_code_and_status(error: Exception, status: int, code: str) -> None:
    problem = problem_of(error)
    assert problem is not None
    assert (problem.status, problem.code) == (status, code)
    assert problem.title("id") != code
    assert problem.title("id") != problem.title("en")
    assert "{" not in problem.title("en")


def test_what_is_away_says_when_to_come_again() -> None:
    problem = problem_of(log_errors.Unavailable(7, "locked"))
    assert problem is not None
    assert problem.retry_after_s == 7


def test_a_refusal_keeps_every_blocker() -> None:
    blockers = (Blocker("not_your_turn"), Blocker("asker_approves"))
    problem = problem_of(Refused(blockers))
    assert problem is not None
    assert problem.blockers == blockers


@pytest.mark.parametrize("error", [KeyError("x"), AssertionError(), log_errors.NotCanonical("a float")])
def test_a_bug_is_no_problem_of_the_callers(error: Exception) -> None:
    assert problem_of(error) is None


def test_a_code_that_nobody_knows_shows_itself() -> None:
    assert Problem("strange", 409).title("en") == "strange"
