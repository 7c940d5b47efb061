"""How another version of the workflow changes a commitment."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from workflows.commitment.state import Commitment, Migrated, Recorded, Request
from workflows.facts import VersionFact


def evolve_version(state: Commitment, fact: VersionFact, event: Recorded) -> Commitment:
    """Fold a migration: what is still open goes by the new version, what is over keeps the one it went by."""
    version = fact.to_version
    requests = {name: _renamed(one, fact) for name, one in state.requests.items()}
    claims = {
        name: replace(one, definition_version=version) if one.status == "claimed" else one
        for name, one in state.claims.items()
    }
    return replace(
        state,
        definition_version=version,
        state=fact.to_state,
        requests=MappingProxyType(requests),
        claims=MappingProxyType(claims),
        migrated=(*state.migrated, Migrated(fact, event.version, len(state.requests), len(state.claims))),
    )


def _renamed(request: Request, fact: VersionFact) -> Request:
    if request.from_state == fact.from_state:
        request = replace(request, from_state=fact.to_state)
    return replace(request, definition_version=fact.to_version) if request.is_open else request
