"""Every fact stands in one group, with one stored name."""

from typing import get_args

from workflows.facts import BASIS, NAMES, DelegationFact, Fact, OfficeFact, ProgrammeFact


def test_every_fact_of_a_union_has_a_stored_name_of_its_own() -> None:
    assert set(NAMES) == set(get_args(Fact))
    assert len(set(NAMES.values())) == len(NAMES)


def test_the_basis_is_the_facts_of_offices_delegations_and_programmes() -> None:
    assert {
        NAMES[fact] for fact in (*get_args(OfficeFact), *get_args(DelegationFact), *get_args(ProgrammeFact))
    } == BASIS
