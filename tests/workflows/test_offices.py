from datetime import date, timedelta

import pytest

from tests.support.directory import CALENDAR, ON, SINCE, ZONE, directory, grant, holder, office, organisation
from workflows.facts import AppointmentEnded, Skipped
from workflows.offices import EMPTY, NOBODY, Directory, Resolution, is_in_force, replay_directory

CEILING = "province_secretary"
REGION = "61.03"


def seen(
    held: Directory,
    by: str,
    *,
    party: str = REGION,
    names: frozenset[str] = NOBODY,
    private: bool = False,
    on: date = ON,
) -> bool:
    return held.sees(by, party=party, subject="pikobar", commitment="k1", names=names, private=private, on=on)


def test_a_path_leads_from_the_party_to_the_root() -> None:
    assert directory().path("61.03") == ("61.03", "61", "menpanrb")
    assert directory().path("nowhere") == ()


def test_organisations_and_offices_are_found_by_id() -> None:
    held = directory()
    assert held.organisation("61") == organisation("61", "menpanrb")
    assert held.organisation("62") is None
    assert held.office("61.05.sekda") == office("61.05.sekda", "region_secretary", "61.05", to="61.sekda")
    assert held.office("nobody") is None
    assert held.zone_of("61.03.bag") == ZONE
    assert held.calendar_of("61.03.bag") == CALENDAR


def test_an_appointment_holds_from_its_first_day_to_its_last() -> None:
    held = directory(
        vacant=["61.sekda"],
        more=[holder("61.sekda", "p1", starts_on=date(2022, 1, 1), ends_on=date(2022, 3, 31), capacity="pj")],
    )
    days = [date(2021, 12, 31), date(2022, 1, 1), date(2022, 3, 31), date(2022, 4, 1)]
    assert [held.is_vacant("61.sekda", on) for on in days] == [True, False, False, True]
    assert [one.person for one in held.holders("61.sekda", ON)] == ["p1"]
    assert held.offices_of("p1", ON) == ("61.sekda",)
    assert held.offices_of("p1", date(2022, 4, 1)) == ()


def test_a_person_may_hold_several_offices_each_named_once() -> None:
    held = directory(more=[holder("61.biro", "p1"), holder("61.mentor", "p1"), holder("61.biro", "p1", capacity="plh")])
    assert held.offices_of("p1", ON) == ("61.biro", "61.mentor")
    assert held.offices_of("stranger", ON) == ()


def test_an_ended_appointment_leaves_the_office_vacant_from_the_next_day() -> None:
    ended = AppointmentEnded(holder("61.biro").appointment, "61.biro", ON, "SK 2/2022")
    held = directory(more=[ended])
    assert not held.is_vacant("61.biro", ON)
    assert held.is_vacant("61.biro", ON + timedelta(days=1))


def test_a_role_is_the_office_in_the_nearest_organisation() -> None:
    held = directory()
    assert held.resolve("region_secretary", REGION, on=ON) == Resolution("61.03.sekda")
    assert held.resolve("province_coordinator", REGION, on=ON) == Resolution("61.biro")
    assert held.resolve("ministry_lead", REGION, on=ON, ceiling=CEILING) == Resolution("menpanrb.deputi")


def test_an_office_of_another_organisation_stands_where_it_acts_for_the_party_or_one_above() -> None:
    more = [office("bpk.tim", "audit_team", "bpk", scope="granted", to="bpk.kalbar", acts_for="61"), holder("bpk.tim")]
    held = directory(more=more)
    assert held.resolve("audit_team", REGION, on=ON) == Resolution("bpk.tim")
    assert held.nearest("audit_team", "61") == "bpk.tim"
    assert held.nearest("audit_team", "menpanrb") is None
    assert held.zone_of("bpk.tim") == ZONE


def test_who_acts_for_another_organisation_gives_way_to_its_own_superior_and_sees_by_grants_alone() -> None:
    more = [office("bpk.tim", "audit_team", "bpk", scope="granted", to="bpk.kalbar", acts_for="61")]
    held = directory(more=more)
    assert held.resolve("audit_team", REGION, on=ON) == Resolution("bpk.kalbar", (Skipped("bpk.tim", "vacant"),))
    assert not seen(held, "bpk.tim")
    assert seen(directory(more=[*more, grant("bpk.tim", organisation="61")]), "bpk.tim")


def test_a_role_that_nobody_has_leads_nowhere() -> None:
    assert directory().resolve("treasurer", REGION, on=ON) == Resolution(None)
    assert directory().resolve("region_coordinator", "61.05", on=ON) == Resolution(None)


def test_the_same_role_further_up_stands_in_for_a_vacant_office() -> None:
    held = directory(vacant=["61.03.sekda"], more=[office("61.x", "region_secretary", "61"), holder("61.x")])
    resolved = held.resolve("region_secretary", REGION, on=ON)
    assert resolved == Resolution("61.x", (Skipped("61.03.sekda", "vacant"),))


def test_a_vacant_office_without_its_like_gives_way_to_its_superior() -> None:
    held = directory(vacant=["61.03.bag", "61.03.sekda"])
    resolved = held.resolve("region_coordinator", REGION, on=ON, ceiling=CEILING)
    assert resolved == Resolution("61.sekda", (Skipped("61.03.bag", "vacant"), Skipped("61.03.sekda", "vacant")))


def test_a_conflicted_office_gives_way_by_itself_or_through_all_its_holders() -> None:
    held = directory()
    by_office = held.resolve("region_secretary", REGION, on=ON, without_offices=frozenset({"61.03.sekda"}))
    by_person = held.resolve("region_secretary", REGION, on=ON, without_persons=frozenset({"holder of 61.03.sekda"}))
    assert by_office == by_person == Resolution("61.sekda", (Skipped("61.03.sekda", "conflicted"),))


def test_an_office_with_another_holder_is_not_conflicted_by_one_person() -> None:
    held = directory(more=[holder("61.03.sekda", "deputy", capacity="plh")])
    resolved = held.resolve("region_secretary", REGION, on=ON, without_persons=frozenset({"holder of 61.03.sekda"}))
    assert resolved == Resolution("61.03.sekda")


def test_the_climb_ends_at_the_ceiling() -> None:
    held = directory(vacant=["61.03.sekda", "61.sekda"])
    skipped = (Skipped("61.03.sekda", "vacant"), Skipped("61.sekda", "vacant"))
    assert held.resolve("region_secretary", REGION, on=ON, ceiling=CEILING) == Resolution(None, skipped)
    assert held.resolve("region_secretary", REGION, on=ON) == Resolution("menpanrb.deputi", skipped)
    assert held.resolve("province_secretary", REGION, on=ON, ceiling=CEILING) == Resolution(None, skipped[1:])


def test_without_a_ceiling_the_climb_ends_at_the_top() -> None:
    line = ("61.03.sekda", "61.sekda", "menpanrb.deputi")
    resolved = directory(vacant=line).resolve("region_secretary", REGION, on=ON)
    assert resolved == Resolution(None, tuple(Skipped(one, "vacant") for one in line))


def test_the_nearest_office_of_a_role_may_be_vacant() -> None:
    assert directory(vacant=["61.03.bag"]).nearest("region_coordinator", REGION) == "61.03.bag"
    assert directory().nearest("region_coordinator", "61.05") is None


def test_a_step_may_block_instead_of_going_up() -> None:
    vacant = directory(vacant=["61.03.sekda"])
    assert vacant.resolve("region_secretary", REGION, on=ON, if_vacant="block") == Resolution(
        None, (Skipped("61.03.sekda", "vacant"),)
    )
    own = frozenset({"61.03.sekda"})
    blocked = directory().resolve("region_secretary", REGION, on=ON, without_offices=own, if_conflicted="block")
    assert blocked == Resolution(None, (Skipped("61.03.sekda", "conflicted"),))
    assert directory().resolve("region_secretary", REGION, on=ON, without_offices=own, if_vacant="block") == Resolution(
        "61.sekda", (Skipped("61.03.sekda", "conflicted"),)
    )


def test_reaching_an_office_goes_up_only_where_it_is_vacant() -> None:
    assert directory().reach("61.03.dinkes.pic", on=ON) == Resolution("61.03.dinkes.pic")
    held = directory(vacant=["61.03.dinkes.pic", "61.03.dinkes"])
    skipped = (Skipped("61.03.dinkes.pic", "vacant"), Skipped("61.03.dinkes", "vacant"))
    assert held.reach("61.03.dinkes.pic", on=ON, ceiling=CEILING) == Resolution("61.03.sekda", skipped)
    assert held.reach("61.03.dinkes.pic", on=ON, ceiling="agency_head") == Resolution(None, skipped)


def test_the_next_one_up_is_first_sought_among_the_superiors() -> None:
    held = directory()
    assert held.next_up("61.03.dinkes.pic", ["agency_head"]) == "61.03.dinkes"
    assert held.next_up("61.03.sekda", ["region_coordinator", "province_coordinator"]) == "61.biro"
    assert held.next_up("61.03.bag", ["region_coordinator", "province_coordinator"]) == "61.biro"
    assert held.next_up("61.sekda", ["province_coordinator"]) is None


def test_the_superior_is_the_office_reported_to() -> None:
    held = directory()
    superior = held.superior("61.03.bag")
    assert superior is not None
    assert superior.office == "61.03.sekda"
    assert held.superior("menpanrb.deputi") is None
    assert held.superior("unknown") is None


@pytest.mark.parametrize(
    ("by", "sees"),
    [("61.03.bag", True), ("61.biro", True), ("menpanrb.deputi", True), ("61.05.sekda", False), ("unknown", False)],
)
def test_scope_organisation_sees_its_own_and_all_below(by: str, sees: bool) -> None:
    assert seen(directory(), by) is sees
    assert seen(directory(), by, private=True) is sees


def test_scope_own_sees_what_names_the_office() -> None:
    assert seen(directory(), "61.03.dinkes", names=frozenset({"61.03.dinkes"}), private=True)
    assert not seen(directory(), "61.03.rsud", names=frozenset({"61.03.dinkes"}))
    assert not seen(directory(), "61.admin")


@pytest.mark.parametrize("named", [{"organisation": "61"}, {"subject": "pikobar"}, {"commitment": "k1"}])
def test_a_grant_opens_what_it_names_while_it_is_in_force_but_nothing_private(named: dict[str, str]) -> None:
    last = date(2022, 6, 30)
    held = directory(more=[grant("bpk.kalbar", ends_on=last, **named)])
    assert seen(held, "bpk.kalbar")
    assert not seen(held, "bpk.kalbar", private=True)
    assert not seen(held, "bpk.kalbar", on=last + timedelta(days=1))
    assert not seen(held, "asal.pikobar")


@pytest.mark.parametrize("named", [{"organisation": "61.05"}, {"subject": "e-open"}, {"commitment": "k2"}])
def test_a_grant_opens_nothing_else(named: dict[str, str]) -> None:
    assert not seen(directory(more=[grant("bpk.kalbar", **named)]), "bpk.kalbar")


def test_an_open_end_never_ends() -> None:
    assert is_in_force(holder("61.biro"), date(2099, 1, 1))
    assert not is_in_force(holder("61.biro"), SINCE - timedelta(days=1))


def test_the_directory_of_no_facts_is_empty() -> None:
    assert replay_directory(()) == EMPTY
    assert EMPTY.resolve("mentor", REGION, on=ON) == Resolution(None)
