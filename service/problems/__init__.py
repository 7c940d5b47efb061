"""Every error as one shape: a stable code, an HTTP status and a sentence; shared by the API and the pages."""

from service.problems.mapping import coded, problem_of, with_blockers
from service.problems.problem import Problem, ProblemError, sentence_of
from service.problems.statuses import STATUSES, status_of
from service.problems.texts import SENTENCES, codes

__all__ = [
    "SENTENCES",
    "STATUSES",
    "Problem",
    "ProblemError",
    "coded",
    "codes",
    "problem_of",
    "sentence_of",
    "status_of",
    "with_blockers",
]
