"""The files that a commitment names."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.commitment import Commitment
from workflows.facts import Evidence


def evidence_in(state: Commitment) -> Iterator[Evidence]:
    """Every file that a commitment's requests, claims and signature name."""
    for asked in state.requests.values():
        yield from asked.opened.evidence
        yield from (file for opinion in asked.opinions for file in opinion.evidence)
    for claim in state.claims.values():
        yield from claim.evidence
    signatures = (state.signature, *state.later_signatures)
    yield from (one.scan for one in signatures if one is not None and one.scan is not None)
    if state.received is not None:
        yield from state.received.evidence
