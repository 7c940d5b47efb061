"""Subjects and offices as people name them: by id, by full name, by short name."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from service.imports.cells import key
from service.imports.problems import CellValue, Unreadable
from workflows.facts import OfficeEstablished, ProgrammeOpened
from workflows.offices import Directory


def parse_subject(programme: ProgrammeOpened) -> Callable[[CellValue], str]:
    """A reader of a programme's subjects. Raises (the reader) Unreadable subject_missing, subject_unknown."""
    ids = {key(subject.subject): subject.subject for subject in programme.subjects}
    for subject in programme.subjects:
        ids.setdefault(key(subject.name), subject.subject)
        ids.setdefault(key(subject.short_name), subject.subject)
    names = ", ".join(subject.short_name for subject in programme.subjects)

    def read(value: CellValue) -> str:
        if value is None or value == "":
            raise Unreadable("subject_missing", f"one of {names}")
        found = ids.get(key(value)) if isinstance(value, str) else None
        if found is None:
            raise Unreadable("subject_unknown", f"one of {names}")
        return found

    return read


def parse_office(directory: Directory, organisation: str) -> Callable[[CellValue], str]:
    """A reader of one organisation's offices. Raises (the reader) Unreadable office_missing, office_unknown."""
    offices = [directory.offices[office] for office in directory.in_organisation.get(organisation, ())]
    by_name: dict[str, list[str]] = {}
    for office in offices:
        by_name.setdefault(key(office.name), []).append(office.office)

    def read(value: CellValue) -> str:
        if value is None or value == "":
            raise Unreadable("office_missing", f"the name of an office of {organisation}")
        text = value if isinstance(value, str) else ""
        found = by_name.get(key(text), [office.office for office in offices if office.office == text.strip()])
        if not found:
            raise Unreadable("office_unknown", f"the name of an office of {organisation}")
        if len(found) > 1:
            raise Unreadable("office_unknown", f"an id, since the name has several offices: {', '.join(found)}")
        return found[0]

    return read


def find_pic(directory: Directory, agencies: Iterable[str], subject: str) -> OfficeEstablished:
    """The one office under one of the agencies that is in charge of the subject: its id ends in ".pic-<subject>".

    raises  Unreadable pic_unknown, where there is none or more than one
    """
    above = frozenset(agencies)
    ending = f".pic-{subject}"
    offices = [
        office for office in directory.offices.values() if office.reports_to in above and office.office.endswith(ending)
    ]
    if len(offices) == 1:
        return offices[0]
    found = "has none" if not offices else "has " + ", ".join(office.office for office in offices)
    raise Unreadable("pic_unknown", f"an agency with one office whose id ends in {ending}; this {found}")
