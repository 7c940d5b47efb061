"""Who hears of what happens to offices: those concerned, at once."""

from __future__ import annotations

from collections.abc import Iterator

from workflows import facts
from workflows.audience import Told
from workflows.facts import DelegationFact, OfficeFact
from workflows.offices import Directory

BY_HAND = frozenset({"operator"})
"""Under this office an operator records what others decided: whoever is concerned knows it from them."""


def concerned(
    fact: OfficeFact | DelegationFact, by: str, directory: Directory, *, administrators: frozenset[str]
) -> tuple[Told, ...]:
    """The offices that hear of a delegation, a proposed holder or a new one, none twice and none of its own act.

    by              the own office of whoever acted
    administrators  the roles that administer offices
    """
    told = dict.fromkeys(_told(fact, by, directory, administrators))
    return tuple(one for one in told if one.office != by)


def _told(
    fact: OfficeFact | DelegationFact, by: str, directory: Directory, administrators: frozenset[str]
) -> Iterator[Told]:
    match fact:
        case facts.DelegationGiven():
            yield from (Told(office, "now", "delegation") for office in (fact.to, fact.office))
        case facts.DelegationRevoked() | facts.DelegationBegun() | facts.DelegationEnded():
            yield from (Told(office, "now", "delegation") for office in (fact.to, fact.office))
        case facts.HolderProposed():
            yield from (Told(office, "now", "appointment", True) for office in _second(fact, directory, administrators))
        case facts.HolderProposalDeclined():
            yield Told(fact.proposed_by, "now", "appointment")
        case facts.HolderAppointed() if by not in BY_HAND:
            superior = directory.superior(fact.office)
            yield Told(fact.office, "now", "holder")
            if superior is not None:
                yield Told(superior.office, "now", "holder")
        case _:
            return


def _second(fact: facts.HolderProposed, directory: Directory, administrators: frozenset[str]) -> Iterator[str]:
    """Who may be the second person: the office above, and who administers offices there."""
    superior = directory.superior(fact.office)
    if superior is not None:
        yield superior.office
    for organisation in directory.path(directory.offices[fact.office].organisation):
        for role in sorted(administrators):
            yield from directory.with_role(role, organisation)
