from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from tests.support.directory import CALENDAR, directory
from tests.support.saying import codes_said
from tests.support.world import COORDINATOR, HEAD, MINISTRY, NEIGHBOUR, NEW_YEAR, OPENED, OWNER, PROVINCE, SUBJECTS
from workflows.commands import AdoptCalendar, InstallDefinition, NameElsewhere, OpenProgramme, ProgrammeCommand
from workflows.context import Acting
from workflows.definition_yaml import shipped
from workflows.errors import Refused
from workflows.facts import CalendarAdopted, DefinitionInstalled, ProgrammeFact, ProgrammeOpened
from workflows.offices import Directory
from workflows.programmes import EMPTY, decide_programme, replay_programmes

NAME = "replikasi-inovasi"
TEXT = shipped(NAME)
NEXT = TEXT.replace("version: 1", "version: 2", 1)
ADOPTED = CalendarAdopted(CALENDAR, 1, "holidays ID", date(2021, 1, 1), date(2023, 12, 31), (date(2022, 5, 2),))


def installing(text: str, version: int = 1, *, name: str = NAME, digest: str | None = None) -> InstallDefinition:
    return InstallDefinition(name, version, digest or sha256(text.encode()).hexdigest(), text)


INSTALLED = DefinitionInstalled(NAME, 1, sha256(TEXT.encode()).hexdigest(), TEXT)
READY: tuple[ProgrammeFact, ...] = (ADOPTED, INSTALLED)


def stated(
    before: tuple[ProgrammeFact, ...],
    command: ProgrammeCommand,
    *,
    office: str = COORDINATOR,
    known: Directory | None = None,
) -> tuple[ProgrammeFact, ...]:
    state = replay_programmes(before)
    by = Acting(office, "somebody")
    return decide_programme(state, command, by=by, directory=known or directory(), now=NEW_YEAR)


def refused(
    before: tuple[ProgrammeFact, ...],
    command: ProgrammeCommand,
    *,
    office: str = COORDINATOR,
    known: Directory | None = None,
) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        stated(before, command, office=office, known=known)
    return codes_said(caught.value.blockers)


def named(**changed: str) -> NameElsewhere:
    sound = NameElsewhere(OPENED.programme, "party", OPENED.parties[0], "sipd", "6103")
    return replace(sound, **changed)


def test_a_party_or_subject_is_called_by_another_systems_id_once() -> None:
    open_one = (*READY, OPENED)
    (fact,) = stated(open_one, named())
    assert stated((*open_one, fact), named()) == ()
    assert replay_programmes((*open_one, fact)).names_elsewhere[OPENED.programme, "party", "sipd", "6103"] == "61.03"
    assert stated((*open_one, fact), named(kind="subject", name="pikobar"))
    assert refused((*open_one, fact), named(name=OPENED.parties[1])) == ("external_id_taken",)


def test_an_id_is_given_to_what_the_programme_has_by_who_may_open_it() -> None:
    open_one = (*READY, OPENED)
    assert refused(open_one, named(name="61.99")) == ("party_not_in_programme",)
    assert refused(open_one, named(kind="subject", name="x")) == ("subject_not_in_programme",)
    assert refused(open_one, named(kind="office")) == ("external_kind_unknown",)
    assert refused(open_one, named(external_id="")) == ("external_id_unusable",)
    assert refused(open_one, named(), office=HEAD)[0] == "role_may_not"
    assert refused(READY, named()) == ("programme_unknown",)


def test_a_calendar_is_adopted_once_and_again_only_with_other_days() -> None:
    assert stated((), AdoptCalendar(ADOPTED)) == (ADOPTED,)
    assert stated((ADOPTED,), AdoptCalendar(ADOPTED)) == ()
    assert stated((ADOPTED,), AdoptCalendar(replace(ADOPTED, version=7))) == ()
    moved = replace(ADOPTED, version=2, days_off=(date(2022, 5, 3),))
    assert stated((ADOPTED,), AdoptCalendar(moved)) == (moved,)
    assert replay_programmes((ADOPTED, moved)).calendars[CALENDAR] == (ADOPTED, moved)


def test_a_calendars_versions_leave_no_gap_and_its_days_lie_inside() -> None:
    other = replace(ADOPTED, days_off=())
    assert refused((ADOPTED,), AdoptCalendar(other)) == ("version_out_of_order",)
    assert refused((), AdoptCalendar(replace(ADOPTED, version=2))) == ("version_out_of_order",)
    backwards = replace(ADOPTED, first_day=date(2024, 1, 1))
    assert refused((), AdoptCalendar(backwards)) == ("end_before_start", "day_outside")


def test_a_workflow_is_installed_version_by_version_and_the_same_text_is_nothing_new() -> None:
    assert stated((), installing(TEXT)) == (INSTALLED,)
    assert stated((INSTALLED,), installing(TEXT)) == ()
    assert refused((INSTALLED,), installing(NEXT, 2)) == ("second_person_needed",)
    assert stated((INSTALLED,), installing(TEXT, 9)) == ()
    second = DefinitionInstalled(NAME, 2, "d", NEXT)
    assert replay_programmes((INSTALLED, second)).definition(NAME, 2) == second
    assert replay_programmes((INSTALLED,)).definition(NAME, 2) is None


@pytest.mark.parametrize(
    ("command", "codes"),
    [
        (installing(TEXT, 2), ("version_out_of_order", "definition_differs")),
        (installing(TEXT, name="tindak-lanjut-bpk"), ("definition_differs",)),
        (installing(TEXT, digest="0" * 64), ("definition_differs",)),
        (installing(TEXT.replace("meaning: success", "meaning: glory")), ("definition_invalid",)),
        (installing("nothing"), ("definition_invalid",)),
    ],
)
def test_a_workflow_that_is_not_what_it_is_called_is_refused(
    command: InstallDefinition, codes: tuple[str, ...]
) -> None:
    assert refused((), command) == codes


def test_a_programme_is_opened_by_a_role_that_may_and_the_same_again_is_nothing_new() -> None:
    for office in (COORDINATOR, MINISTRY):
        assert stated(READY, OpenProgramme(OPENED), office=office) == (OPENED,)
    assert stated((*READY, OPENED), OpenProgramme(OPENED)) == ()
    assert refused((*READY, OPENED), OpenProgramme(replace(OPENED, name="Lain"))) == ("programme_exists",)


@pytest.mark.parametrize(
    ("office", "codes"),
    [
        (PROVINCE, ("role_may_not",)),
        (HEAD, ("role_may_not", "out_of_scope")),
        (NEIGHBOUR, ("role_may_not", "out_of_scope")),
        ("61.nowhere", ("office_unknown",)),
    ],
)
def test_other_offices_open_no_programme(office: str, codes: tuple[str, ...]) -> None:
    assert refused(READY, OpenProgramme(OPENED), office=office) == codes


@pytest.mark.parametrize(
    ("opened", "codes"),
    [
        (replace(OPENED, definition_version=3), ("definition_unknown",)),
        (replace(OPENED, programme="kalbar:2022/x"), ("field_unusable",)),
        (replace(OPENED, calendar="mars"), ("calendar_unknown",)),
        (replace(OPENED, zone="Asia/Atlantis"), ("zone_unknown",)),
        (replace(OPENED, zone="../etc"), ("zone_unknown",)),
        (replace(OPENED, zone="Asia"), ("zone_unknown",)),
        (replace(OPENED, starts_on=date(2023, 1, 1)), ("end_before_start",)),
        (replace(OPENED, parties=("61.03", "61.99", "bpk")), ("party_unknown",)),
        (replace(OPENED, subjects=SUBJECTS * 2), ("subject_twice",)),
        (replace(OPENED, subjects=(replace(SUBJECTS[0], owner_office="asal.nowhere"),)), ("office_unknown",)),
    ],
)
def test_a_programme_of_things_that_do_not_exist_is_refused(opened: ProgrammeOpened, codes: tuple[str, ...]) -> None:
    assert refused(READY, OpenProgramme(opened)) == codes


def test_a_subject_may_have_no_owner() -> None:
    opened = replace(OPENED, subjects=(replace(SUBJECTS[0], owner_office=None),))
    assert stated(READY, OpenProgramme(opened)) == (opened,)
    assert directory().office(OWNER) is not None


def test_everything_wrong_with_a_programme_is_said_at_once() -> None:
    opened = replace(OPENED, calendar="mars", zone="", parties=("62",))
    assert refused((INSTALLED,), OpenProgramme(opened)) == ("calendar_unknown", "zone_unknown", "party_unknown")
    assert EMPTY.programmes == {}
