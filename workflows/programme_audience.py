"""Who hears that a programme's go-live day was set or moved: whom the workflow's table names, in every party's line."""

from __future__ import annotations

from workflows.audience import URGENCIES, Told
from workflows.definition import ADDRESSEE_NAMES, Definition
from workflows.facts import NAMES, GoLiveSet, ProgrammeOpened
from workflows.offices import Directory

WHY = "programme"


def programme_audience(
    fact: GoLiveSet, by: str, *, directory: Directory, definition: Definition, programme: ProgrammeOpened
) -> tuple[Told, ...]:
    """The offices that hear of it, the most urgent first, none twice and not the one that set it.

    A role of the table is the nearest office of that role from each party upwards. by: the own office of whoever acted
    """
    rules = [one for one in definition.notices if one.fact == NAMES[type(fact)] and one.to not in ADDRESSEE_NAMES]
    told: dict[str, Told] = {}
    for rule in sorted(rules, key=lambda one: URGENCIES.index(one.urgency)):
        for party in programme.parties:
            office = directory.nearest(rule.to, party)
            if office is not None and (rule.receipt or office != by):
                told.setdefault(office, Told(office, rule.urgency, WHY))
    return tuple(told.values())
