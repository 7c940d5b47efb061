"""Appointments that wait for a second person, as a door shows them to an office. Knows no door."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from events.engine import answering
from service import identity
from service.basis import Basis
from service.runtime import Runtime
from workflows.appointment_rules import may_appoint
from workflows.context import Acting
from workflows.facts import HolderProposed


def waiting_for(basis: Basis, by: Acting, now: datetime) -> Sequence[HolderProposed]:
    """The proposals that an office made or may confirm or decline, oldest first."""
    ground = basis.ground(by=by, now=now)
    return [
        one
        for one in basis.directory.proposals.values()
        if one.proposed_by == by.office or may_appoint(one.office, ground)
    ]


def offices_to_fill(basis: Basis, by: Acting, now: datetime) -> Sequence[str]:
    """The offices for which an office may propose a holder, in the order of their establishment."""
    ground = basis.ground(by=by, now=now)
    return [office for office in basis.directory.offices if may_appoint(office, ground)]


def person_by(runtime: Runtime, email: str) -> str:
    """The pseudonym of the person with that address; empty where nobody is known by it."""
    with answering():
        found = identity.person_by_email(runtime.engine, email)
    return "" if found is None or not found.active else found.id
