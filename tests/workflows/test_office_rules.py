from dataclasses import replace
from datetime import date

import pytest

from tests.support.directory import CALENDAR, ON, ZONE, directory
from tests.support.saying import codes_said
from workflows.commands import (
    AppointHolder,
    EndAppointment,
    EstablishOffice,
    GiveGrant,
    OfficeCommand,
    RegisterOrganisation,
)
from workflows.errors import Refused
from workflows.facts import (
    AppointmentEnded,
    GrantGiven,
    HolderAppointed,
    OfficeEstablished,
    OfficeFact,
    OrganisationRegistered,
)
from workflows.office_rules import decide_office
from workflows.offices import Directory, evolve_directory

REGISTER = RegisterOrganisation("61.04", "61", "Kabupaten Ketapang", "kabupaten", ZONE, CALENDAR)
ESTABLISH = EstablishOffice("61.03.dpmd", "DPMD", "agency_head", "61.03", "own", "61.03.sekda")
APPOINT = AppointHolder("a1", "61.05.sekda", "p1", "definitive", "SK 4/2022", date(2022, 1, 3), date(2022, 12, 31))
GRANT = GiveGrant("g1", "bpk.kalbar", "61", None, None, date(2022, 1, 3), date(2022, 6, 30), "ST 7/2022")
END = EndAppointment("a1", ON, "SK 9/2022")
VACANT = directory(vacant=["61.05.sekda"])


def after(*commands: OfficeCommand) -> Directory:
    held = VACANT
    for command in commands:
        for fact in decide_office(held, command):
            held = evolve_directory(held, fact)
    return held


def refused(command: OfficeCommand, held: Directory = VACANT) -> tuple[str, ...]:
    with pytest.raises(Refused) as refusal:
        decide_office(held, command)
    return codes_said(refusal.value.blockers)


@pytest.mark.parametrize(
    ("command", "fact"),
    [
        (REGISTER, OrganisationRegistered("61.04", "61", "Kabupaten Ketapang", "kabupaten", ZONE, CALENDAR)),
        (ESTABLISH, OfficeEstablished("61.03.dpmd", "DPMD", "agency_head", "61.03", "own", "61.03.sekda")),
        (
            APPOINT,
            HolderAppointed("a1", "61.05.sekda", "p1", "definitive", "SK 4/2022", date(2022, 1, 3), date(2022, 12, 31)),
        ),
        (
            GRANT,
            GrantGiven("g1", "bpk.kalbar", "61", None, None, date(2022, 1, 3), date(2022, 6, 30), "ST 7/2022"),
        ),
    ],
)
def test_a_command_states_its_fact_once(command: OfficeCommand, fact: OfficeFact) -> None:
    assert decide_office(VACANT, command) == (fact,)
    assert decide_office(after(command), command) == ()


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (replace(REGISTER, name="Another"), "organisation_exists"),
        (replace(ESTABLISH, name="Another"), "office_exists"),
        (replace(APPOINT, person="p2"), "appointment_exists"),
        (replace(GRANT, letter="ST 8/2022"), "grant_exists"),
    ],
)
def test_other_content_under_a_used_id_is_refused(command: OfficeCommand, code: str) -> None:
    assert refused(command, after(REGISTER, ESTABLISH, APPOINT, GRANT)) == (code,)


@pytest.mark.parametrize(
    ("command", "codes"),
    [
        (replace(REGISTER, parent="62"), ("parent_unknown",)),
        (replace(REGISTER, parent="61.04"), ("loop_in_tree",)),
        (replace(REGISTER, zone="Asia/Atlantis"), ("zone_unknown",)),
        (replace(REGISTER, zone=""), ("zone_unknown",)),
        (replace(REGISTER, zone="../etc"), ("zone_unknown",)),
        (replace(REGISTER, calendar=" "), ("field_blank",)),
        (replace(ESTABLISH, organisation="62"), ("organisation_unknown",)),
        (replace(ESTABLISH, scope="everything"), ("visibility_unknown",)),
        (replace(ESTABLISH, reports_to="nobody"), ("reports_to_unknown",)),
        (replace(ESTABLISH, reports_to="61.03.dpmd"), ("loop_in_tree",)),
        (replace(ESTABLISH, role="", name=""), ("field_blank", "field_blank")),
        (replace(ESTABLISH, scope="granted", acts_for="62"), ("organisation_unknown",)),
        (replace(ESTABLISH, acts_for="61"), ("acts_by_grant",)),
        (replace(APPOINT, office="nobody"), ("office_unknown",)),
        (replace(APPOINT, capacity="king"), ("capacity_unknown",)),
        (replace(APPOINT, ends_on=date(2022, 1, 2)), ("end_before_start",)),
        (replace(APPOINT, letter="", capacity="king"), ("field_blank", "capacity_unknown")),
        (replace(GRANT, office="nobody"), ("office_unknown",)),
        (replace(GRANT, office="61.biro"), ("grant_not_needed",)),
        (replace(GRANT, subject="pikobar"), ("grant_names_one_thing",)),
        (replace(GRANT, organisation=None), ("grant_names_one_thing",)),
        (replace(GRANT, organisation="62"), ("organisation_unknown",)),
        (replace(GRANT, ends_on=date(2022, 1, 2)), ("end_before_start",)),
    ],
)
def test_what_the_directory_cannot_hold_is_refused_with_every_reason(
    command: OfficeCommand, codes: tuple[str, ...]
) -> None:
    assert refused(command) == codes


@pytest.mark.parametrize(("starts_on", "ends_on"), [((2022, 12, 31), None), ((2021, 1, 1), (2022, 1, 3))])
def test_an_office_has_one_definitive_holder_at_a_time(
    starts_on: tuple[int, int, int], ends_on: tuple[int, int, int] | None
) -> None:
    second = replace(
        APPOINT,
        appointment="a2",
        person="p2",
        starts_on=date(*starts_on),
        ends_on=None if ends_on is None else date(*ends_on),
    )
    assert refused(second, after(APPOINT)) == ("office_held",)
    assert decide_office(after(APPOINT), replace(second, capacity="plh"))


def test_who_holds_an_office_without_end_is_named_as_open() -> None:
    with pytest.raises(Refused) as refusal:
        decide_office(directory(), replace(APPOINT, appointment="a2"))
    assert refusal.value.blockers[0].facts == {"office": "61.05.sekda", "start": "2021-01-01", "end": ""}


def test_a_successor_begins_when_the_predecessor_has_ended() -> None:
    successor = replace(APPOINT, appointment="a2", person="p2", starts_on=date(2023, 1, 1), ends_on=None)
    acting = replace(APPOINT, appointment="a3", person="p3", capacity="plt")
    held = after(APPOINT, acting, successor)
    assert [one.person for one in held.holders("61.05.sekda", date(2022, 12, 31))] == ["p1", "p3"]
    assert [one.person for one in held.holders("61.05.sekda", date(2023, 1, 1))] == ["p2"]


def test_an_appointment_is_ended_once_and_may_be_ended_earlier_but_not_later() -> None:
    held = after(APPOINT)
    assert decide_office(held, END) == (AppointmentEnded("a1", "61.05.sekda", ON, "SK 9/2022"),)
    ended = after(APPOINT, END)
    assert decide_office(ended, END) == ()
    assert decide_office(ended, replace(END, ended_on=date(2022, 2, 1))) != ()
    assert refused(replace(END, ended_on=date(2022, 4, 1)), ended) == ("appointment_over",)
    assert refused(replace(END, ended_on=date(2022, 1, 2), letter=""), held) == ("field_blank", "end_before_start")
    assert refused(replace(END, appointment="a9"), held) == ("appointment_unknown",)


def test_an_end_that_cannot_be_is_named_beside_the_days_that_stand() -> None:
    with pytest.raises(Refused) as over:
        decide_office(after(APPOINT, END), replace(END, ended_on=date(2022, 4, 1)))
    assert over.value.blockers[0].facts == {"end": str(ON), "asked": "2022-04-01"}
    with pytest.raises(Refused) as early:
        decide_office(after(APPOINT), replace(END, ended_on=date(2022, 1, 2)))
    assert early.value.blockers[0].facts == {"start": str(APPOINT.starts_on), "end": "2022-01-02"}


@pytest.mark.parametrize("first_end", [date(2022, 12, 31), None])
def test_saying_an_appointment_again_after_it_was_ended_is_nothing_new(first_end: date | None) -> None:
    appoint = replace(APPOINT, ends_on=first_end)
    assert decide_office(after(appoint, END), appoint) == ()
    assert refused(replace(appoint, ends_on=date(2022, 2, 1)), after(appoint, END)) == ("appointment_exists",)


@pytest.mark.parametrize("name", ["clock", "operator", "timer"])
def test_no_office_passes_for_what_acts_without_being_one(name: str) -> None:
    assert refused(replace(ESTABLISH, office=name)) == ("office_exists",)


@pytest.mark.parametrize("letter", [" ", "\u00a0", "\n", "\u200b", "\u202e", "/", ">", ",", "%"])
def test_an_id_holds_nothing_that_separates_ids_or_that_nobody_sees(letter: str) -> None:
    assert refused(replace(ESTABLISH, office=f"61.03{letter}x")) == ("field_unusable",)
    assert refused(replace(REGISTER, organisation=f"61.04{letter}x")) == ("field_unusable",)


@pytest.mark.parametrize("letter", ["\x00", "\n", "\u202e", "\u2066", "\u2028"])
def test_a_name_reads_as_it_is_written(letter: str) -> None:
    assert refused(replace(ESTABLISH, name=f"Sekretaris{letter}x")) == ("field_unusable",)
    assert refused(replace(REGISTER, name=f"Kabupaten{letter}x")) == ("field_unusable",)
    assert refused(replace(APPOINT, letter=f"SK{letter}x")) == ("field_unusable",)
    assert refused(replace(GRANT, letter=f"ST{letter}x")) == ("field_unusable",)


def test_names_and_ids_are_of_any_script() -> None:
    named = replace(ESTABLISH, office="ກົມ-໑", name="\u0646\u200c\u0645")
    assert [type(fact) for fact in decide_office(VACANT, named)] == [OfficeEstablished]
