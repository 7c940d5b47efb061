"""Commands on a workflow's versions: who proposes, confirms, and goes over to them."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.facts import StateMapped


@dataclass(frozen=True, slots=True)
class ProposeDefinition:
    """Propose a workflow's text as its next version; the same text again is nothing new."""

    definition: str
    text: str


@dataclass(frozen=True, slots=True)
class ConfirmDefinition:
    """Install what somebody else proposed."""

    proposal: str


@dataclass(frozen=True, slots=True)
class DeclineDefinition:
    """Close a proposal without installing it; its proposer may, too."""

    proposal: str
    text: str


@dataclass(frozen=True, slots=True)
class UseDefinition:
    """Let what is drafted in a programme from now on follow another installed version."""

    programme: str
    version: int
    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class ProposeMigration:
    """Propose that commitments of a programme go over to another version; fields as in `MigrationProposed`."""

    programme: str
    to_version: int | None
    states: tuple[StateMapped, ...]
    commitments: tuple[str, ...] | None
    undoes: str | None
    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class ConfirmMigration:
    """Let a migration that somebody else proposed be carried out."""

    migration: str


@dataclass(frozen=True, slots=True)
class DeclineMigration:
    """Close a proposed migration without carrying it out; its proposer may, too."""

    migration: str
    text: str


@dataclass(frozen=True, slots=True)
class EndMigration:
    """State that every commitment was tried; again is nothing new."""

    migration: str
    moved: int
    left: int


@dataclass(frozen=True, slots=True)
class MigrateDefinition:
    """Take one commitment over to the version that a confirmed migration says; again is nothing new."""

    migration: str


DefinitionCommand = (
    ProposeDefinition
    | ConfirmDefinition
    | DeclineDefinition
    | UseDefinition
    | ProposeMigration
    | ConfirmMigration
    | DeclineMigration
    | EndMigration
)
