"""Whose opinion is asked for on a request, through which office, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workflows import facts
from workflows.definition import OWNER, Heard
from workflows.facts import CommitmentFact, Subject
from workflows.guards import stands
from workflows.moving import Moving
from workflows.quorums import Way


@dataclass(frozen=True, slots=True)
class Hearing:
    """An opinion that is asked for now. office: whose it is, or who enters it for an outside `body`"""

    heard: Heard
    office: str
    body: str = ""


def hearings(case: Moving, way: Way) -> tuple[Hearing, ...]:
    """Who is heard from now on: those named for the step just passed, or for the beginning. Never a vacant office.

    An office that acted in the chain isn't heard; it may enter what an outside body says.
    """
    if not case.move.heard:
        return ()
    just_passed = way.passed[-1] if way.passed else None
    acted = {office for act in way.acts for office in act.offices}
    due = (one for one in case.move.heard if one.after == just_passed and stands(one.when, case))
    found = (_hearing(case, heard) for heard in due)
    return tuple(one for one in found if one is not None and (one.body or one.office not in acted))


def invited(case: Moving, way: Way, hearing: tuple[Hearing, ...]) -> Iterator[CommitmentFact]:
    """The facts that ask for these opinions, each with its due day. Raises CalendarEnds."""
    directory, calendars = case.context.directory, case.context.calendars
    for one in hearing:
        calendar, limit = calendars[directory.calendar_of(one.office)], one.heard.limit
        zone = directory.zone_of(one.office)
        due = calendar.due(case.context.now, limit.days, working=limit.working, zone=zone)
        yield facts.OpinionInvited(way.request, one.heard.role, one.office, due.on, due.at, one.body)


def _hearing(case: Moving, heard: Heard) -> Hearing | None:
    directory = case.context.directory
    office, body = directory.nearest(heard.role, case.commitment.drafted.party), ""
    if heard.role == OWNER:
        subject = case.context.subject(case.commitment.drafted.subject)
        office = None if subject is None else subject.owner_office
        if subject is not None and office is None and heard.entered_by is not None:
            office = directory.nearest(heard.entered_by, case.commitment.drafted.party)
            body = _called(subject)
    if office is None or directory.is_vacant(office, case.context.today):
        return None
    return Hearing(heard, office, body)


def _called(subject: Subject) -> str:
    return " ".join(part for part in (subject.lead_agency.strip(), subject.origin.strip()) if part) or subject.name
