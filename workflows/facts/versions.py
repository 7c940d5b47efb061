"""The fact of a commitment's stream about the workflow's version that it follows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DefinitionMigrated:
    """The commitment follows another version of its workflow from now on; what it owes keeps its moments and ladder.

    undoes  the migration that is taken back by this
    """

    migration: str
    definition: str
    from_version: int
    to_version: int
    from_state: str
    to_state: str
    letter: str
    text: str
    undoes: str | None = None


VersionFact = DefinitionMigrated
VERSION_NAMES: dict[type, str] = {DefinitionMigrated: "definition-migrated"}
