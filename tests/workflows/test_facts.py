"""Every fact stands in one group, with one stored name."""

from typing import get_args

from workflows.facts import BASIS, NAMES, DelegationFact, Fact, OfficeFact, ProgrammeFact, SittingFact


def test_every_fact_of_a_union_has_a_stored_name_of_its_own() -> None:
    assert set(NAMES) == set(get_args(Fact))
    assert len(set(NAMES.values())) == len(NAMES)


def test_the_basis_is_the_facts_of_offices_delegations_programmes_and_sittings() -> None:
    groups = (OfficeFact, DelegationFact, ProgrammeFact, SittingFact)
    assert {NAMES[fact] for group in groups for fact in get_args(group)} == BASIS
