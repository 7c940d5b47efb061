"""What waits for a second person: proposed workflow texts and migrations, as their facts tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import assert_never

from workflows.facts import (
    DefinitionDeclined,
    DefinitionInstalled,
    DefinitionProposed,
    Hand,
    MigrationConfirmed,
    MigrationDeclined,
    MigrationEnded,
    MigrationProposed,
)

Proposals = Mapping[str, "Proposal"]
Migrations = Mapping[str, "Migration"]
MigrationFact = MigrationProposed | MigrationConfirmed | MigrationDeclined | MigrationEnded


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed text and its fate. status: open | installed | declined | overtaken (another text got its number)"""

    proposed: DefinitionProposed
    status: str = "open"
    declined: DefinitionDeclined | None = None


@dataclass(frozen=True, slots=True)
class Migration:
    """A proposed migration and its fate. status: open | confirmed | ended | declined

    by           who confirmed it, and in whose name it is carried out
    moved, left  how many commitments went over and how many didn't, once it ended
    """

    proposed: MigrationProposed
    status: str = "open"
    by: Hand | None = None
    moved: int = 0
    left: int = 0
    declined: MigrationDeclined | None = None


def evolve_proposals(
    proposals: Proposals, fact: DefinitionProposed | DefinitionInstalled | DefinitionDeclined
) -> Proposals:
    """Fold one more fact about workflows' texts."""
    match fact:
        case DefinitionProposed():
            return _with(proposals, fact.proposal, Proposal(fact))
        case DefinitionDeclined():
            return _with(proposals, fact.proposal, replace(proposals[fact.proposal], status="declined", declined=fact))
        case DefinitionInstalled():
            return MappingProxyType({name: _after(one, fact) for name, one in proposals.items()})
        case _:
            assert_never(fact)


def evolve_migrations(migrations: Migrations, fact: MigrationFact) -> Migrations:
    """Fold one more fact about migrations."""
    match fact:
        case MigrationProposed():
            return MappingProxyType({**migrations, fact.migration: Migration(fact)})
        case MigrationConfirmed():
            changed = replace(migrations[fact.migration], status="confirmed", by=fact.by)
        case MigrationDeclined():
            changed = replace(migrations[fact.migration], status="declined", declined=fact)
        case MigrationEnded():
            changed = replace(migrations[fact.migration], status="ended", moved=fact.moved, left=fact.left)
        case _:
            assert_never(fact)
    return MappingProxyType({**migrations, fact.migration: changed})


def _after(proposal: Proposal, installed: DefinitionInstalled) -> Proposal:
    mine = proposal.proposed
    if proposal.status != "open" or mine.definition != installed.definition:
        return proposal
    if mine.proposal == installed.proposal:
        return replace(proposal, status="installed")
    return replace(proposal, status="overtaken") if mine.version <= installed.version else proposal


def _with(proposals: Proposals, name: str, proposal: Proposal) -> Proposals:
    return MappingProxyType({**proposals, name: proposal})
