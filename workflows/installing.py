"""Bringing in another version of a workflow, and ordering who goes over to it: one proposes, another one confirms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import assert_never

from workflows.commands import (
    ConfirmDefinition,
    ConfirmMigration,
    DeclineDefinition,
    DeclineMigration,
    DefinitionCommand,
    EndMigration,
    ProposeDefinition,
    ProposeMigration,
    UseDefinition,
)
from workflows.context import Acting
from workflows.definition import Definition
from workflows.definition_yaml import parse
from workflows.errors import Blocker, DefinitionInvalid, Refused
from workflows.facts import (
    DefinitionDeclined,
    DefinitionFact,
    DefinitionInstalled,
    DefinitionProposed,
    MigrationConfirmed,
    MigrationDeclined,
    MigrationEnded,
    MigrationProposed,
    ProgrammeDefinitionChanged,
    ProgrammeOpened,
)
from workflows.offices import Directory
from workflows.programmes import Programmes
from workflows.proposals import Migration, Proposal
from workflows.second_person import (
    Installing,
    decliner_blockers,
    four_eyes,
    installer_blockers,
    opener_blockers,
    proposer_blockers,
)


def decide_definition(
    state: Programmes, command: DefinitionCommand, *, by: Acting, directory: Directory, now: datetime
) -> tuple[DefinitionFact, ...]:
    """State the fact of a command; none where it was stated before. Raises Refused with every reason why not."""
    case = Installing(state, by, directory, now)
    match command:
        case ProposeDefinition():
            return _propose(case, command)
        case ConfirmDefinition() | DeclineDefinition():
            return _answer(case, command)
        case UseDefinition():
            return _use(case, command)
        case ProposeMigration():
            return _propose_migration(case, command)
        case ConfirmMigration() | DeclineMigration():
            return _answer_migration(case, command)
        case EndMigration():
            return _end(case, command)
        case _:
            assert_never(command)


def read(text: str) -> Definition:
    """The workflow that a text says; raises Refused where it doesn't check."""
    try:
        return parse(text)
    except DefinitionInvalid as invalid:
        wrong = Blocker("definition_invalid", {"place": invalid.place, "reason": invalid.reason})
        raise Refused((wrong,)) from invalid


def _propose(case: Installing, command: ProposeDefinition) -> tuple[DefinitionFact, ...]:
    found = read(command.text)
    installed = case.state.definitions.get(found.name, ())
    waiting = [one for one in case.state.proposals.values() if one.proposed.definition == found.name]
    if any(one.text == command.text for one in installed) or any(
        one.status == "open" and one.proposed.text == command.text for one in waiting
    ):
        return ()
    _refuse(
        *_named(command, found),
        *proposer_blockers(case, found.name),
        *_next_version(found, len(installed)),
    )
    digest = sha256(command.text.encode()).hexdigest()
    proposal = f"{found.name}.p{len(waiting) + 1}"
    return (DefinitionProposed(proposal, found.name, found.version, digest, command.text, case.hand),)


def _named(command: ProposeDefinition, found: Definition) -> Iterator[Blocker]:
    if command.definition != found.name:
        yield Blocker("definition_differs", {"read": found.name, "asked": command.definition})


def _next_version(found: Definition, installed: int) -> Iterator[Blocker]:
    if found.version != installed + 1:
        yield Blocker("version_out_of_order", {"version": str(found.version), "next": str(installed + 1)})


def _answer(case: Installing, command: ConfirmDefinition | DeclineDefinition) -> tuple[DefinitionFact, ...]:
    proposal = case.state.proposals.get(command.proposal)
    if proposal is None:
        raise Refused((Blocker("proposal_unknown", {"proposal": command.proposal}),))
    proposed = proposal.proposed
    if isinstance(command, DeclineDefinition):
        _refuse(
            *_closed(command.proposal, proposal),
            *decliner_blockers(case, proposed.definition, proposed.by),
            *_blank(command),
        )
        return (DefinitionDeclined(proposed.proposal, proposed.definition, command.text),)
    _refuse(
        *_closed(command.proposal, proposal),
        *installer_blockers(case, proposed.definition),
        *four_eyes(case, proposed.by, proposed.definition),
    )
    return (
        DefinitionInstalled(
            proposed.definition, proposed.version, proposed.digest, proposed.text, proposal=proposed.proposal
        ),
    )


def _use(case: Installing, command: UseDefinition) -> tuple[DefinitionFact, ...]:
    opened = _programme(case, command.programme)
    if opened.definition_version == command.version:
        return ()
    _refuse(*_installed(case, opened, command.version), *opener_blockers(case, opened), *_blank(command))
    return (
        ProgrammeDefinitionChanged(
            programme=opened.programme,
            definition=opened.definition,
            from_version=opened.definition_version,
            to_version=command.version,
            letter=command.letter,
            text=command.text,
        ),
    )


def order_of(
    state: Programmes, command: ProposeMigration, *, by: Acting, directory: Directory, now: datetime
) -> MigrationProposed:
    """What a command would propose, whether or not it was proposed before; raises Refused."""
    proposed, _ = _ordered(Installing(state, by, directory, now), command)
    return proposed


def _propose_migration(case: Installing, command: ProposeMigration) -> tuple[DefinitionFact, ...]:
    proposed, is_new = _ordered(case, command)
    return (proposed,) if is_new else ()


def _ordered(case: Installing, command: ProposeMigration) -> tuple[MigrationProposed, bool]:
    opened = _programme(case, command.programme)
    of_programme = [one for one in case.state.migrations.values() if one.proposed.programme == command.programme]
    proposed = MigrationProposed(
        migration=f"{command.programme}.m{len(of_programme) + 1}",
        programme=command.programme,
        definition=opened.definition,
        to_version=command.to_version,
        states=command.states,
        commitments=command.commitments,
        undoes=command.undoes,
        letter=command.letter,
        text=command.text,
        by=case.hand,
    )
    same = next((one.proposed for one in of_programme if _is_open_as(one, proposed)), None)
    if same is not None:
        return same, False
    _refuse(*proposer_blockers(case, opened.definition, opened), *_blank(command), *_target(case, opened, command))
    return proposed, True


def _is_open_as(migration: Migration, proposed: MigrationProposed) -> bool:
    said = replace(proposed, migration=migration.proposed.migration, by=migration.proposed.by)
    return migration.status == "open" and migration.proposed == said


def _target(case: Installing, opened: ProgrammeOpened, command: ProposeMigration) -> Iterator[Blocker]:
    if command.undoes is not None:
        undone = case.state.migrations.get(command.undoes)
        if undone is None or undone.proposed.programme != opened.programme:
            yield Blocker("migration_unknown", {"migration": command.undoes})
        elif undone.status not in ("confirmed", "ended"):
            yield Blocker("migration_closed", {"migration": command.undoes, "status": undone.status})
        return
    missing = tuple(_installed(case, opened, command.to_version or 0))
    yield from missing or _map_blockers(case, opened, command)


def _map_blockers(case: Installing, opened: ProgrammeOpened, command: ProposeMigration) -> Iterator[Blocker]:
    counts = Counter(one.old for one in command.states)
    twice = [state for state, count in counts.items() if count > 1]
    if twice:
        yield Blocker("state_mapped_twice", {"states": ", ".join(twice)})
    installed = [parse(one.text) for one in case.state.definitions[opened.definition]]
    new = next(one for one in installed if one.version == command.to_version)
    known = {state for one in installed for state in one.states}
    unknown = [one.old for one in command.states if one.old not in known]
    unknown += [one.new for one in command.states if one.new not in new.states]
    if unknown:
        yield Blocker("state_unknown_anywhere", {"states": ", ".join(dict.fromkeys(unknown))})


def _answer_migration(case: Installing, command: ConfirmMigration | DeclineMigration) -> tuple[DefinitionFact, ...]:
    migration = case.state.migrations.get(command.migration)
    if migration is None:
        raise Refused((Blocker("migration_unknown", {"migration": command.migration}),))
    proposed = migration.proposed
    opened = case.state.programmes[proposed.programme]
    closed = () if migration.status == "open" else (_migration_closed(migration),)
    if isinstance(command, DeclineMigration):
        _refuse(*closed, *decliner_blockers(case, proposed.definition, proposed.by, opened), *_blank(command))
        return (MigrationDeclined(proposed.migration, proposed.programme, command.text),)
    _refuse(
        *closed,
        *installer_blockers(case, proposed.definition, opened),
        *four_eyes(case, proposed.by, proposed.definition),
    )
    return (MigrationConfirmed(proposed.migration, proposed.programme, case.hand),)


def _migration_closed(migration: Migration) -> Blocker:
    return Blocker("migration_closed", {"migration": migration.proposed.migration, "status": migration.status})


def _end(case: Installing, command: EndMigration) -> tuple[DefinitionFact, ...]:
    migration = case.state.migrations.get(command.migration)
    if migration is None:
        raise Refused((Blocker("migration_unknown", {"migration": command.migration}),))
    if migration.status == "ended":
        return ()
    if migration.status != "confirmed" or migration.by != case.hand:
        found = {"migration": command.migration, "office": case.by.office}
        raise Refused((Blocker("migration_not_confirmed", found),))
    return (MigrationEnded(command.migration, migration.proposed.programme, command.moved, command.left),)


def _programme(case: Installing, programme: str) -> ProgrammeOpened:
    opened = case.state.programmes.get(programme)
    if opened is None:
        raise Refused((Blocker("programme_unknown", {"programme": programme}),))
    return opened


def _installed(case: Installing, opened: ProgrammeOpened, version: int) -> Iterator[Blocker]:
    if case.state.definition(opened.definition, version) is None:
        yield Blocker("definition_unknown", {"definition": opened.definition, "version": str(version)})


def _closed(name: str, proposal: Proposal) -> Iterator[Blocker]:
    if proposal.status != "open":
        yield Blocker("proposal_closed", {"proposal": name, "status": proposal.status})


def _blank(
    command: DeclineDefinition | DeclineMigration | UseDefinition | ProposeMigration,
) -> Iterator[Blocker]:
    letter = command.letter if isinstance(command, UseDefinition | ProposeMigration) else "-"
    for name, value in (("letter", letter), ("text", command.text)):
        if not value.strip():
            yield Blocker("field_blank", {"field": name})


def _refuse(*blockers: Blocker) -> None:
    if blockers:
        raise Refused(blockers)
