from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.support.directory import CALENDAR, ZONE, calendar, directory
from tests.support.reporting import LATE_B03, text
from tests.support.saying import codes_said
from tests.support.world import COORDINATOR, HEAD, NEIGHBOUR, OPENED, PARTY, PROGRAMME, REGION, holder_of
from workflows.calendar import Calendar
from workflows.commands import ClosePeriod, DrawSample, ExtendPeriod, PeriodCommand, ReopenPeriod
from workflows.context import Acting
from workflows.definition import Label, PeriodEnd, Periods
from workflows.definition_yaml import parse
from workflows.errors import CalendarEnds, DefinitionInvalid, Refused
from workflows.facts import (
    CalendarAdopted,
    DefinitionInstalled,
    PeriodClosed,
    PeriodExtended,
    PeriodReopened,
    ProgrammeFact,
    SampleDrawn,
)
from workflows.offices import Directory
from workflows.periods import Window, period_of, periods_of, window_of
from workflows.programmes import decide_programme, replay_programmes

TEXT = text()
SCHEME = parse(TEXT).periods
assert SCHEME is not None
EXTENDED = PeriodExtended(PROGRAMME, "B03", (), date(2022, 4, 22), date(2022, 5, 20), "Banjir", COORDINATOR)
SEED = "0" * 32
READY: tuple[ProgrammeFact, ...] = (
    CalendarAdopted(
        CALENDAR, 1, "holidays ID", date(2021, 1, 1), date(2023, 12, 31), tuple(sorted(calendar().days_off))
    ),
    DefinitionInstalled("replikasi-inovasi", 1, "d" * 64, TEXT),
    OPENED,
)


def window(code: str, *changes: PeriodExtended | PeriodClosed | PeriodReopened, party: str | None = None) -> Window:
    assert SCHEME is not None
    period = period_of(SCHEME, 2022, code)
    assert period is not None
    return window_of(SCHEME, period, calendar(), zone=ZONE, party=party, changes=changes)


def stated(
    command: PeriodCommand,
    *,
    office: str = COORDINATOR,
    at: datetime = LATE_B03,
    before: tuple[ProgrammeFact, ...] = (),
    ready: tuple[ProgrammeFact, ...] = READY,
    known: Directory | None = None,
    person: str | None = None,
) -> tuple[ProgrammeFact, ...]:
    by = Acting(office, person or holder_of(office))
    state = replay_programmes((*ready, *before))
    return decide_programme(state, command, by=by, directory=known or directory(), now=at)


def refused(command: PeriodCommand, **given: object) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        stated(command, **given)
    return codes_said(caught.value.blockers)


def test_the_reports_of_2022_are_due_ten_working_days_after_each_period() -> None:
    assert [window(code).due_on for code in ("B03", "B06", "B09", "B12")] == [
        date(2022, 4, 14),
        date(2022, 7, 14),
        date(2022, 10, 14),
        date(2023, 1, 13),
    ]


def test_a_period_opens_before_its_end_and_closes_twenty_working_days_after() -> None:
    first = window("B03")
    assert (first.opens_on, first.closes_on) == (date(2022, 3, 24), date(2022, 5, 9))
    assert first.due_at == datetime(2022, 4, 14, 17, tzinfo=UTC)
    assert [first.stands(first.closes_at + timedelta(hours=away), ZONE) for away in (-1, 0)] == ["open", "closed"]
    assert first.stands(datetime(2022, 3, 23, 16, 59, tzinfo=UTC), ZONE) == "coming"
    assert first.stands(datetime(2022, 3, 23, 17, tzinfo=UTC), ZONE) == "open"


def test_a_report_is_late_after_the_due_day_and_the_grace() -> None:
    assert SCHEME is not None
    period = periods_of(SCHEME, 2022)[0]
    graced = window_of(replace(SCHEME, grace_days=2), period, calendar(), zone=ZONE)
    assert graced.late_after == date(2022, 4, 19)
    assert [window("B03").is_late(LATE_B03, ZONE), graced.is_late(LATE_B03, ZONE)] == [True, False]


def test_periods_follow_each_other_from_the_first_day_of_the_year() -> None:
    listed = Periods((PeriodEnd("A", Label("A", "A"), 5, 15), PeriodEnd("Z", Label("Z", "Z"), 12)), 1, 1, 1)
    assert [(one.starts_on, one.ends_on) for one in periods_of(listed, 2024)] == [
        (date(2024, 1, 1), date(2024, 5, 15)),
        (date(2024, 5, 16), date(2024, 12, 31)),
    ]
    assert period_of(listed, 2024, "B03") is None
    february = Periods((PeriodEnd("F", Label("F", "F"), 2),), 1, 1, 1)
    assert periods_of(february, 2024)[0].ends_on == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("scheme", "codes", "last"),
    [
        ("b04_b08_b12", ("B04", "B08", "B12"), date(2022, 8, 31)),
        ("quarters", ("TW1", "TW2", "TW3", "TW4"), date(2022, 9, 30)),
        ("half_years", ("S1", "S2"), date(2022, 6, 30)),
    ],
)
def test_known_schemes_need_no_list(scheme: str, codes: tuple[str, ...], last: date) -> None:
    found = parse(text(("scheme: b03_b06_b09_b12", f"scheme: {scheme}"))).periods
    assert found is not None
    assert found.codes == codes
    assert periods_of(found, 2022)[-2].ends_on == last


def test_a_workflow_may_list_its_own_periods() -> None:
    listed = "scheme: list, list: [{code: T1, label: {id: Satu, en: One}, month: 5, day: 15}], grace_days: 3"
    found = parse(text(("scheme: b03_b06_b09_b12", listed))).periods
    assert found is not None
    assert (found.ends[0], found.grace_days) == (PeriodEnd("T1", Label("Satu", "One"), 5, 15), 3)


ONE, TWO = "{code: T1, label: {id: a, en: a}, month: 5}", "{code: T2, label: {id: b, en: b}, month: 4}"


@pytest.mark.parametrize(
    ("new", "place"),
    [
        ("scheme: weekly", "periods.scheme"),
        ("scheme: list", "periods"),
        ("scheme: quarters, list: []", "periods"),
        ("scheme: list, list: []", "periods.list"),
        (f"scheme: list, list: [{ONE}, {ONE}]", "periods.list"),
        (f"scheme: list, list: [{ONE}, {TWO}]", "periods.list"),
        (f"scheme: list, list: [{ONE.replace('5', '13')}]", "periods.list[0].month"),
        (f"scheme: list, list: [{ONE.replace('5', '2, day: 29')}]", "periods.list[0].day"),
        ("scheme: quarters, grace_days: 11", "periods.closes_days"),
    ],
)
def test_a_period_scheme_that_makes_no_sense_is_refused_at_its_place(new: str, place: str) -> None:
    with pytest.raises(DefinitionInvalid) as caught:
        parse(text(("scheme: b03_b06_b09_b12", new)))
    assert caught.value.place == place


VERIFY = "verify: {money_over_idr: 100000000, sample_permille: 500, limit: 10, ladder: verification}"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("sample_permille: 500", "sample_permille: 1001", "claims.verify.sample_permille"),
        ("edit_draft, check_claim,", "edit_draft,", "roles"),
        (f"claims: {{{VERIFY}}}\n", "", "roles"),
        (f"{{{VERIFY}}}", "{check: {limit: 3, ladder: task}}", "roles"),
        (f"{{{VERIFY}}}", "{}", "claims"),
        (", ladder: verification}", "}", "claims.verify"),
        ("limit: 10, ladder: verification}", "ladder: verification}", "claims.verify"),
        ("ladder: verification}", "ladder: nightly}", "claims.verify.ladder"),
        ("limit: 10, ladder: verification}", "limit: 0, ladder: verification}", "claims.verify.limit"),
        (VERIFY, f"{VERIFY}, check: {{limit: 3}}", "claims.check"),
        (VERIFY, f"{VERIFY}, check: {{limit: 3, ladder: nightly}}", "claims.check.ladder"),
    ],
)
def test_a_path_of_claims_that_leads_nowhere_is_refused(old: str, new: str, place: str) -> None:
    with pytest.raises(DefinitionInvalid) as caught:
        parse(text((old, new)))
    assert caught.value.place == place


def test_a_window_outside_the_calendar_is_not_guessed() -> None:
    assert SCHEME is not None
    short = Calendar(CALENDAR, 1, date(2021, 1, 1), date(2022, 12, 31), frozenset())
    with pytest.raises(CalendarEnds):
        window_of(SCHEME, periods_of(SCHEME, 2022)[3], short, zone=ZONE)


def test_an_extension_moves_the_due_day_and_the_end_for_those_it_names() -> None:
    for_one = replace(EXTENDED, parties=(PARTY,))
    moved = window("B03", for_one, party=PARTY)
    assert (moved.due_on, moved.late_after, moved.closes_on) == (
        date(2022, 4, 22),
        date(2022, 4, 22),
        date(2022, 5, 20),
    )
    assert window("B03", for_one, party="61.05") == window("B03")
    assert window("B06", EXTENDED) == window("B06")
    assert window("B03", EXTENDED, party="61.05") == moved


def test_a_closed_period_ends_at_once_and_opened_again_it_stays_late() -> None:
    closed = PeriodClosed(PROGRAMME, "B03", (), LATE_B03, "Selesai", COORDINATOR)
    assert window("B03", closed).closes_at == LATE_B03
    again = window("B03", closed, PeriodReopened(PROGRAMME, "B03", (), date(2022, 5, 31), "Terlambat", COORDINATOR))
    assert (again.closes_on, again.due_on) == (date(2022, 5, 31), date(2022, 4, 14))


def test_the_coordinator_extends_closes_and_opens_again() -> None:
    command = ExtendPeriod(PROGRAMME, "B03", (), EXTENDED.due_on, EXTENDED.closes_on, " Banjir ")
    assert stated(command) == (EXTENDED,)
    closed = PeriodClosed(PROGRAMME, "B03", (PARTY,), LATE_B03, "Selesai", COORDINATOR)
    assert stated(ClosePeriod(PROGRAMME, "B03", (PARTY,), "Selesai")) == (closed,)
    again = ReopenPeriod(PROGRAMME, "B03", (PARTY,), date(2022, 5, 31), "Terlambat")
    assert stated(again, before=(closed,), at=LATE_B03 + timedelta(days=1)) == (
        PeriodReopened(PROGRAMME, "B03", (PARTY,), date(2022, 5, 31), "Terlambat", COORDINATOR),
    )


def test_a_change_of_a_period_names_what_is_wrong_with_it() -> None:
    close = ClosePeriod(PROGRAMME, "B03", (), "Selesai")
    assert refused(replace(close, programme="x")) == ("programme_unknown",)
    assert refused(replace(close, period="B04")) == ("period_unknown",)
    assert refused(replace(close, reason=" ")) == ("text_missing",)
    assert refused(replace(close, parties=("61.71",)), office=COORDINATOR) == ("out_of_scope",)
    far = datetime(2022, 6, 1, tzinfo=UTC)
    assert refused(close, at=far) == ("period_closed",)
    outsider = replace(OPENED, parties=("61.05",))
    ready = (*READY[:2], outsider)
    assert refused(replace(close, parties=(PARTY,)), ready=ready) == ("party_not_in_programme",)


@pytest.mark.parametrize(
    ("due_on", "closes_on"),
    [
        (date(2022, 4, 14), date(2022, 4, 28)),
        (date(2022, 4, 13), date(2022, 5, 20)),
        (date(2022, 4, 20), date(2022, 4, 27)),
        (date(2022, 5, 20), date(2022, 5, 10)),
    ],
)
def test_an_extension_adds_days_and_takes_none_away(due_on: date, closes_on: date) -> None:
    assert refused(ExtendPeriod(PROGRAMME, "B03", (), due_on, closes_on, "Banjir")) == ("period_not_longer",)


def test_a_closed_period_is_not_extended_and_an_open_one_not_opened() -> None:
    far = datetime(2022, 6, 1, tzinfo=UTC)
    extend = ExtendPeriod(PROGRAMME, "B03", (), date(2022, 6, 10), date(2022, 6, 20), "Banjir")
    assert refused(extend, at=far) == ("period_closed",)
    again = ReopenPeriod(PROGRAMME, "B03", (), date(2022, 6, 10), "Terlambat")
    assert refused(again) == ("period_not_closed",)
    assert refused(replace(again, closes_on=date(2022, 5, 31)), at=far) == ("period_ends_before",)


def test_only_holders_of_offices_that_may_change_periods() -> None:
    close = ClosePeriod(PROGRAMME, "B03", (PARTY,), "Selesai")
    assert refused(close, office="nowhere") == ("office_unknown",)
    assert refused(close, person="somebody") == ("not_a_holder",)
    for office in (HEAD, REGION, NEIGHBOUR):
        assert refused(close, office=office) == ("role_may_not",)


def test_a_region_may_be_let_to_extend_for_itself_alone() -> None:
    own = text(("edit_draft, check_claim,", "edit_draft, check_claim, manage_periods,"))
    ready = (READY[0], DefinitionInstalled("replikasi-inovasi", 1, "d" * 64, own), OPENED)
    close = ClosePeriod(PROGRAMME, "B03", (PARTY,), "Selesai")
    assert stated(close, office=REGION, ready=ready)
    assert refused(replace(close, parties=()), office=REGION, ready=ready) == ("out_of_scope",)
    assert refused(replace(close, parties=("61.05",)), office=REGION, ready=ready) == ("out_of_scope",)


def test_a_period_that_no_calendar_counts_is_not_changed() -> None:
    short = CalendarAdopted(CALENDAR, 1, "short", date(2021, 1, 1), date(2022, 12, 31), ())
    ready = (short, *READY[1:])
    assert refused(ClosePeriod(PROGRAMME, "B12", (), "Selesai"), ready=ready) == ("calendar_ends",)


def test_the_lot_is_drawn_once_and_only_when_the_period_is_closed_for_everybody() -> None:
    draw, far = DrawSample(PROGRAMME, "B03", SEED), datetime(2022, 6, 1, tzinfo=UTC)
    drawn = SampleDrawn(PROGRAMME, "B03", SEED, 500, COORDINATOR)
    assert stated(draw, at=far) == (drawn,)
    assert refused(draw, at=far, before=(drawn,)) == ("sample_drawn",)
    assert refused(draw) == ("period_not_closed",)
    longer = replace(EXTENDED, parties=(PARTY,), closes_on=date(2022, 6, 30))
    assert refused(draw, at=far, before=(longer,)) == ("period_not_closed",)


def test_no_lot_is_drawn_where_the_workflow_asks_for_none() -> None:
    none = text(("sample_permille: 500", "sample_permille: 0"))
    ready = (READY[0], DefinitionInstalled("replikasi-inovasi", 1, "d" * 64, none), OPENED)
    far = datetime(2022, 6, 1, tzinfo=UTC)
    assert refused(DrawSample(PROGRAMME, "B03", SEED), at=far, ready=ready) == ("sample_not_asked",)


def test_a_workflow_without_periods_has_none_to_change() -> None:
    silent = TEXT.replace(next(line for line in TEXT.splitlines() if line.startswith("periods:")) + "\n", "")
    ready = (READY[0], DefinitionInstalled("replikasi-inovasi", 1, "d" * 64, silent), OPENED)
    assert refused(ClosePeriod(PROGRAMME, "B03", (), "Selesai"), ready=ready) == ("period_unknown",)


def test_a_period_is_changed_by_no_office_on_anothers_behalf() -> None:
    by = Acting(HEAD, holder_of(HEAD), on_behalf_of=COORDINATOR)
    with pytest.raises(Refused) as caught:
        decide_programme(
            replay_programmes(READY),
            ClosePeriod(PROGRAMME, "B03", (PARTY,), "Selesai"),
            by=by,
            directory=directory(),
            now=LATE_B03,
        )
    assert codes_said(caught.value.blockers) == ("delegation_out_of_scope",)


def test_a_period_may_close_on_the_day_on_which_the_grace_is_over() -> None:
    found = parse(text(("scheme: b03_b06_b09_b12", "scheme: quarters"))).periods
    assert found is not None
    most = found.closes_days - found.due_days
    graced = parse(text(("scheme: b03_b06_b09_b12", f"scheme: quarters, grace_days: {most}"))).periods
    assert graced is not None
    assert graced.due_days + graced.grace_days == graced.closes_days


def test_a_scheme_that_is_not_there_is_named_beside_those_that_are() -> None:
    with pytest.raises(DefinitionInvalid) as caught:
        parse(text(("scheme: b03_b06_b09_b12", "scheme: weekly")))
    assert caught.value.reason.startswith("unknown scheme 'weekly', expected one of b03_b06_b09_b12, b04_b08_b12")
