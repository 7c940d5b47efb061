"""Which office drafts by an import where none was named: the leading organisation's one that may."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from service.basis import Basis
from service.imports.problems import ImportRefused
from service.imports.programme import ProgrammeFolder
from workflows.commands import EstablishOffice, InstallDefinition
from workflows.definition import Definition
from workflows.definition_yaml import parse, shipped
from workflows.errors import DefinitionInvalid
from workflows.facts import OfficeEstablished


def definition_for(basis: Basis, folder: ProgrammeFolder) -> tuple[Definition, InstallDefinition | None]:
    """The workflow that the folder's programme has or gets, and the command that installs it where it isn't yet.

    raises  ImportRefused definition_unknown
    """
    settings = folder.settings
    opened = basis.programmes.get(settings.programme)
    if opened is not None:
        return basis.definition(opened.definition, opened.definition_version), None
    latest = basis.latest(settings.definition)
    if latest is not None:
        return basis.definition(latest.definition, latest.version), None
    try:
        text = shipped(settings.definition)
    except DefinitionInvalid as error:
        raise ImportRefused("definition_unknown", f"{settings.definition}: {error.reason}") from error
    definition = parse(text)
    digest = sha256(text.encode()).hexdigest()
    return definition, InstallDefinition(definition.name, definition.version, digest, text)


def importer_of_folder(basis: Basis, folder: ProgrammeFolder) -> str:
    """The office for a folder's programme, new or open. Raises ImportRefused office_unclear."""
    definition, _ = definition_for(basis, folder)
    offices = [placed.command for placed in folder.structure.offices]
    return _only(offices, folder.opened(definition).organisation, definition)


def importer_of_programme(basis: Basis, programme: str) -> str:
    """The office for an open programme. Raises ImportRefused programme_unknown, office_unclear."""
    opened = basis.programmes.get(programme)
    if opened is None:
        known = ", ".join(basis.programmes) or "none"
        raise ImportRefused("programme_unknown", f"there is no programme {programme}; open are: {known}")
    definition = basis.definition(opened.definition, opened.definition_version)
    return _only(basis.directory.offices.values(), opened.organisation, definition)


def _only(offices: Iterable[EstablishOffice | OfficeEstablished], organisation: str, definition: Definition) -> str:
    roles = {role.name for role in definition.roles.values() if "import" in role.may}
    found = [one.office for one in offices if one.organisation == organisation and one.role in roles]
    if len(found) != 1:
        names = ", ".join(found) or "none"
        raise ImportRefused("office_unclear", f"offices of {organisation} that may import: {names}; name one by --as")
    return found[0]
