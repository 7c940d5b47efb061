"""Facts of the streams `definition-<name>` and `programme-<id>`: a workflow's versions, and who goes over to them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hand:
    """Who proposed or confirmed, for four eyes: an office, and the person in it by pseudonym.

    capacity  definitive | pj | plt | plh
    """

    office: str
    person: str
    capacity: str = "definitive"


@dataclass(frozen=True, slots=True)
class DefinitionProposed:
    """A workflow's text was checked and waits for a second person; `proposal` is "<definition>.p<number>"."""

    proposal: str
    definition: str
    version: int
    digest: str
    text: str
    by: Hand


@dataclass(frozen=True, slots=True)
class DefinitionInstalled:
    """A workflow's text was checked and may be used; `digest` is the SHA-256 of the text in hex.

    proposal  what was confirmed; None: the log's first workflow, which one person installed
    """

    definition: str
    version: int
    digest: str
    text: str
    proposal: str | None = None


@dataclass(frozen=True, slots=True)
class DefinitionDeclined:
    """A second person doesn't want the proposed text; it is closed."""

    proposal: str
    definition: str
    text: str


@dataclass(frozen=True, slots=True)
class ProgrammeDefinitionChanged:
    """What is drafted in the programme from now on follows another version; what was drafted before doesn't."""

    programme: str
    definition: str
    from_version: int
    to_version: int
    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class StateMapped:
    """A state of the old version, and what it is called in the new one."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class MigrationProposed:
    """Commitments are to go over to another version; it waits for a second person. `migration` is "<programme>.m<n>".

    states       states by another name; one that isn't named here keeps its name
    commitments  None: all of the programme
    undoes       the migration that this one takes back; each commitment then returns to the version it came from, and
                 `to_version` is None
    """

    migration: str
    programme: str
    definition: str
    to_version: int | None
    states: tuple[StateMapped, ...]
    commitments: tuple[str, ...] | None
    undoes: str | None
    letter: str
    text: str
    by: Hand


@dataclass(frozen=True, slots=True)
class MigrationConfirmed:
    """A second person confirmed the migration: from now on it is carried out, commitment by commitment."""

    migration: str
    programme: str
    by: Hand


@dataclass(frozen=True, slots=True)
class MigrationDeclined:
    """A second person doesn't want the migration; it is closed."""

    migration: str
    programme: str
    text: str


@dataclass(frozen=True, slots=True)
class MigrationEnded:
    """Every commitment was tried: so many went over, and so many keep the version that they have."""

    migration: str
    programme: str
    moved: int
    left: int


DefinitionFact = (
    DefinitionProposed
    | DefinitionInstalled
    | DefinitionDeclined
    | ProgrammeDefinitionChanged
    | MigrationProposed
    | MigrationConfirmed
    | MigrationDeclined
    | MigrationEnded
)
DEFINITION_NAMES: dict[type, str] = {
    DefinitionProposed: "definition-proposed",
    DefinitionInstalled: "definition-installed",
    DefinitionDeclined: "definition-declined",
    ProgrammeDefinitionChanged: "programme-definition-changed",
    MigrationProposed: "migration-proposed",
    MigrationConfirmed: "migration-confirmed",
    MigrationDeclined: "migration-declined",
    MigrationEnded: "migration-ended",
}
