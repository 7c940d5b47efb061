"""Delegations that begin or end by themselves: said by the clock, so that those concerned are told."""

from __future__ import annotations

import logging

from service.catalog import DELEGATIONS
from service.dispatch import Ask, dispatch
from service.runtime import Runtime
from service.timers import CLOCK
from workflows.delegation_terms import terms_due
from workflows.errors import Refused

_log = logging.getLogger("kawal.timers")


def say_terms(runtime: Runtime) -> int:
    """State every first and last day of a delegation that has come; returns how many.

    Safe to run twice, late, or in two workers at once: each is one operation, whose key is the delegation's.
    """
    basis = runtime.basis()
    due = terms_due(basis.delegations, basis.directory, runtime.now())
    for command in due:
        operation = f"timer:{DELEGATIONS}/{command.delegation}:{command.phase}"
        request = {"delegation": command.delegation, "phase": command.phase}
        try:
            dispatch(runtime, Ask(command, DELEGATIONS, CLOCK, operation, request))
        except Refused as refused:
            # Revoked, or said by another worker, since this process last looked.
            _log.info("%s not said: %s", operation, refused.code)
    return len(due)


def are_due(runtime: Runtime) -> bool:
    """Whether a delegation's first or last day has come of which nothing was said."""
    basis = runtime.basis(fresh=True)
    return bool(terms_due(basis.delegations, basis.directory, runtime.now()))
