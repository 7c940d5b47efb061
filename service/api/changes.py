"""Answers to commands: rebuilt from the log at the operation's own version, so that a repeat reads the same."""

from __future__ import annotations

from service.api.door import Door, Reply
from service.api.shown import Shown
from service.catalog import COMMITMENT_PREFIX
from service.dispatch import Outcome
from service.runtime import Folded
from workflows.commitment import Commitment


def after(door: Door, outcome: Outcome) -> tuple[Folded, Commitment]:
    """The commitment as the operation left it, whatever came since."""
    commitment = outcome.stream.removeprefix(COMMITMENT_PREFIX)
    folded = door.runtime.commitment_at(commitment, outcome.version)
    assert folded.state is not None, "an operation on a commitment leaves one"
    return folded, folded.state


REPLAYED = {"Idempotency-Replayed": "true"}
"""What the answer to a repeat has in its headers."""


def outcome_reply(body: Shown, outcome: Outcome, location: str | None = None) -> Reply:
    """An answer with its ETag and its place in the log."""
    headers = {"ETag": outcome.etag, "X-Kawal-Position": str(body["position"])}
    if outcome.repeated:
        headers |= REPLAYED
    if location is not None:
        headers["Location"] = location
    return Reply(body, headers=headers)
