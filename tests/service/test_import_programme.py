"""A programme's folder: in whole, in part and again, with every bad cell named and nothing half done."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from service.catalog import commitment_stream
from service.imports.carrying_out import Callers, carry_out
from service.imports.steps import NEW, REFUSED, SAME, Step, counts
from service.references import reference_table
from service.runtime import Runtime
from tests.support.databases import ENGINES, fresh_database
from tests.support.importing import (
    COORDINATOR,
    DEMO,
    OPERATOR,
    appoint,
    ask,
    bring,
    commitment,
    copy_of,
    opened,
    plan_of,
    position,
    replaced,
    standing_in,
    told,
)
from workflows.commands import ApproveRequest, EditDraft, OpenRequest, SignCommitment

PIKOBAR = "KALBAR-2022-6101-pikobar"
MELAWI = "KALBAR-2022-6110-e-open"


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Runtime]:
    with opened(tmp_path / "log") as runtime:
        yield runtime


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with fresh_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log into which the folder went whole, to be copied."""
    folder = tmp_path_factory.mktemp("kept")
    with opened(folder) as runtime:
        bring(runtime, DEMO)
    return folder


@pytest.fixture
def imported(kept: Path, tmp_path: Path) -> Iterator[Runtime]:
    with opened(shutil.copytree(kept, tmp_path / "imported")) as runtime:
        yield runtime


def test_the_folder_goes_in_whole(url: str, tmp_path: Path) -> None:
    with opened(tmp_path, url=url) as runtime:
        check_whole(runtime)


def check_whole(runtime: Runtime) -> None:
    plan, done = bring(runtime, DEMO)
    assert plan.left_out == ()
    assert not any(one.left_out for one in done)
    found = {kind: row[NEW] for kind, row in counts((*plan.frame, *plan.drafts)).items()}
    assert found == {
        "definition": 1,
        "calendar": 1,
        "organisation": 24,
        "office": 175,
        "grant": 8,
        "programme": 1,
        "appointment": 1,
        "commitment": 69,
    }
    basis = runtime.basis(fresh=True)
    programme = basis.programmes["kalbar-2022"]
    assert (programme.name, programme.organisation, programme.fiscal_year, programme.sample) == (
        "Replikasi Inovasi Pelayanan Publik Kalimantan Barat 2022",
        "61",
        2022,
        True,
    )
    assert (len(programme.parties), len(programme.subjects)) == (14, 8)
    assert basis.directory.organisations["61.10"].zone == "Asia/Pontianak"
    assert sum(len(commitment(runtime, reference).items) for reference in told(runtime)) == 483


def test_a_commitment_says_what_its_rows_say_and_is_a_draft(imported: Runtime) -> None:
    state = commitment(imported, PIKOBAR)
    assert (state.state, state.replication_scope, state.agency, state.pic) == (
        "drafted",
        "full",
        "61.01.dinkes",
        "61.01.dinkes.pic-pikobar",
    )
    item = state.item(2)
    assert item is not None
    assert (str(item.target), item.starts_on, item.budget_idr, item.fund) == (
        "2",
        date(2022, 1, 28),
        112_000_000,
        "CSR",
    )
    assert state.last.office == COORDINATOR


def test_the_calendar_reaches_from_the_year_before_to_two_years_after(runtime: Runtime) -> None:
    bring(runtime, DEMO, with_drafts=False)
    calendar = runtime.basis(fresh=True).calendars["id"]
    assert (calendar.first_day, calendar.last_day) == (date(2021, 1, 1), date(2024, 12, 31))
    assert calendar.add_working_days(date(2022, 4, 22), 10) == date(2022, 5, 17)


def test_an_owner_of_an_innovation_may_read_it_by_grant(imported: Runtime) -> None:
    directory = imported.basis(fresh=True).directory
    place = {
        "party": "61.02",
        "subject": "pikobar",
        "commitment": "c1",
        "names": frozenset[str](),
        "on": date(2022, 3, 1),
    }
    assert directory.sees("asal.pikobar", private=False, **place)
    assert not directory.sees("asal.pikobar", private=True, **place)
    assert not directory.sees("asal.e-open", private=False, **place)
    assert not directory.sees("bpk.kalbar", private=False, **place)


def test_where_nobody_holds_the_office_the_operator_stands_in_for_a_day_and_the_log_says_so(imported: Runtime) -> None:
    today = commitment(imported, PIKOBAR).drafted_at.astimezone(UTC).date()
    held = [one for one in imported.basis(fresh=True).directory.appointments.values() if one.person == "operator"]
    assert [(one.office, one.capacity, one.letter) for one in held] == [(COORDINATOR, "plh", "kawal import")]
    assert abs((held[0].starts_on - today).days) <= 1
    assert held[0].ends_on == held[0].starts_on


def test_a_holder_drafts_as_themselves(runtime: Runtime) -> None:
    bring(runtime, DEMO, with_drafts=False)
    holder = appoint(runtime, COORDINATOR)
    plan, _ = bring(runtime, DEMO, by=holder)
    assert counts(plan.frame).get("appointment") is None
    assert commitment(runtime, PIKOBAR).last.person == holder.person


def test_an_office_that_may_not_draft_is_refused_and_nothing_goes_in(runtime: Runtime) -> None:
    bring(runtime, DEMO, with_drafts=False)
    before = position(runtime)
    plan, done = bring(runtime, DEMO, by=standing_in("61.inspektorat"))
    assert {step.what for step in plan.drafts} == {REFUSED}
    assert {blocker.code for step in plan.drafts for blocker in step.blockers} == {"role_may_not"}
    assert done == ()
    assert position(runtime) == before


def test_the_same_folder_again_is_nothing_new(imported: Runtime) -> None:
    before = position(imported)
    plan, done = bring(imported, DEMO)
    assert {step.what for step in (*plan.frame, *plan.drafts)} == {SAME}
    assert done == ()
    assert position(imported) == before


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\n\n,,\n", 1),
        lambda text: text.rstrip("\n"),
    ],
    ids=["byte order mark", "windows line ends", "an empty line", "no last line end"],
)
def test_equal_content_in_another_dialect_is_nothing_new(imported: Runtime, tmp_path: Path, rewrite: object) -> None:

    def change(folder: Path) -> None:
        for file in folder.glob("*.csv"):
            text = file.read_text(encoding="utf-8")
            width = text.partition("\n")[0].count(",")
            rewritten = rewrite(text)
            file.write_text(rewritten.replace("\n,,\n", f"\n{',' * width}\n"), encoding="utf-8", newline="")

    plan, done = bring(imported, copy_of(tmp_path / "kalbar-2022", change=change))
    assert plan.digest != plan_of(imported, DEMO).digest
    assert {step.what for step in (*plan.frame, *plan.drafts)} == {SAME}
    assert done == ()


def test_a_dry_run_writes_nothing_at_all(runtime: Runtime) -> None:
    plan = plan_of(runtime, DEMO)
    assert len(plan.to_do) == 280
    assert position(runtime) == 0
    with runtime.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(reference_table)).scalar_one() == 0


def test_what_can_go_in_does_where_one_commitment_cannot(runtime: Runtime, tmp_path: Path) -> None:
    folder = copy_of(
        tmp_path / "kalbar-2022",
        change=lambda path: replaced(
            path / "action_plans.csv", "2022-03-11,61.01.dinkes,112000000,CSR", "2022-03-11,61.01.dinkes,112000000,CRS"
        ),
    )
    _, done = bring(runtime, folder)
    assert not any(one.left_out for one in done)
    assert len(told(runtime)) == 68
    assert PIKOBAR not in told(runtime)


def test_a_plans_row_without_a_commitment_is_named_and_all_commitments_go_in(runtime: Runtime, tmp_path: Path) -> None:
    row = "KALBAR-2022-6199-e-open,1,persiapan,a,b,c,dokumen,1,2022-01-03,2022-01-28,61.01.dinkes,0,APBD,SK,\n"
    folder = copy_of(tmp_path / "kalbar-2022")
    with (folder / "action_plans.csv").open("a", encoding="utf-8") as file:
        file.write(row)
    plan, _ = bring(runtime, folder)
    assert [(one.owner, one.code) for one in plan.problems] == [("KALBAR-2022-6199-e-open", "commitment_unknown")]
    assert len(told(runtime)) == 69


def test_all_or_nothing_lets_nothing_in_where_one_cell_is_bad(runtime: Runtime, tmp_path: Path) -> None:
    folder = copy_of(
        tmp_path / "kalbar-2022",
        change=lambda path: replaced(
            path / "action_plans.csv", "2022-03-11,61.01.dinkes,112000000,CSR", "2022-03-11,61.01.dinkes,112000000,CRS"
        ),
    )
    _, done = bring(runtime, folder, all_or_nothing=True)
    assert done == ()
    assert position(runtime) == 0


def test_an_organisation_that_is_known_by_another_name_is_refused_and_named(imported: Runtime, tmp_path: Path) -> None:
    before = position(imported)
    folder = copy_of(
        tmp_path / "kalbar-2022",
        change=lambda path: replaced(path / "organisations.csv", "61,Kabupaten Melawi", "61,Kab. Melawi"),
    )
    plan, done = bring(imported, folder)
    refused = [step for step in plan.frame if step.what == REFUSED]
    assert [(one.name, one.source, one.blockers[0].code) for one in refused] == [
        ("61.10", "organisations.csv A13", "organisation_exists")
    ]
    assert done == ()
    assert position(imported) == before


def test_rows_may_stand_in_any_order(runtime: Runtime, tmp_path: Path) -> None:
    def upside_down(folder: Path) -> None:
        for name in ("organisations.csv", "offices.csv", "action_plans.csv"):
            header, *rows = (folder / name).read_text(encoding="utf-8").splitlines()
            (folder / name).write_text("\n".join([header, *reversed(rows)]) + "\n", encoding="utf-8")

    plan, _ = bring(runtime, copy_of(tmp_path / "kalbar-2022", change=upside_down))
    assert plan.left_out == ()
    assert [item.number for item in commitment(runtime, PIKOBAR).items] == [1, 2, 3, 4, 5, 6, 7]


def test_a_changed_row_changes_the_draft_where_the_office_may_edit(imported: Runtime, tmp_path: Path) -> None:
    folder = copy_of(
        tmp_path / "kalbar-2022",
        change=lambda path: replaced(path / "action_plans.csv", "61.01.dinkes,112000000", "61.01.dinkes,112500000"),
    )
    refused, done = bring(imported, folder)
    assert [(one.name, one.blockers[0].code) for one in refused.drafts if one.what == REFUSED] == [
        (PIKOBAR, "role_may_not")
    ]
    assert done == ()
    plan, _ = bring(imported, folder, by=standing_in("61.01.bag-organisasi"))
    assert [step.changes for step in plan.drafts if step.name == PIKOBAR] == [
        ("item 2 budget_idr: 112000000 -> 112500000",)
    ]
    item = commitment(imported, PIKOBAR).item(2)
    assert item is not None
    assert item.budget_idr == 112_500_000
    assert len(commitment(imported, PIKOBAR).items) == 7
    again, _ = bring(imported, DEMO, by=standing_in("61.01.bag-organisasi"))
    assert [step.what for step in again.drafts if step.name == PIKOBAR] == ["changed"]
    assert position(imported) == 349 + 1 + 1 + 1


def test_a_signed_commitment_is_the_same_as_its_file_or_reported_and_left_alone(tmp_path: Path) -> None:
    with opened(tmp_path / "log", clock=datetime(2021, 11, 29, 2, tzinfo=UTC)) as runtime:
        check_signed(runtime, tmp_path)


def check_signed(runtime: Runtime, tmp_path: Path) -> None:
    bring(runtime, DEMO)
    sign(runtime, PIKOBAR)
    assert commitment(runtime, PIKOBAR).state == "signed"
    before = position(runtime)
    same, _ = bring(runtime, DEMO)
    assert [step.what for step in same.drafts if step.name == PIKOBAR] == [SAME]
    folder = copy_of(
        tmp_path / "kalbar-2022",
        change=lambda path: replaced(path / "action_plans.csv", "61.01.dinkes,112000000", "61.01.dinkes,112500000"),
    )
    plan, done = bring(runtime, folder, by=standing_in("61.01.bag-organisasi"))
    refused = next(step for step in plan.drafts if step.name == PIKOBAR)
    assert "draft_only" in [blocker.code for blocker in refused.blockers]
    assert plan.left_out == (PIKOBAR,)
    assert done == ()
    assert position(runtime) == before


def sign(runtime: Runtime, reference: str) -> None:
    """A commitment of Sambas goes through its sign request."""
    stream = commitment_stream(commitment(runtime, reference).id)
    head, coordinator, secretary = (
        appoint(runtime, office) for office in ("61.01.dinkes", "61.01.bag-organisasi", "61.01.sekda")
    )
    ask(runtime, OpenRequest("sign"), stream, by=head)
    request = commitment(runtime, reference).open_request
    assert request is not None
    ask(runtime, ApproveRequest(request.opened.request), stream, by=coordinator)
    signed_at = commitment(runtime, reference).last.recorded_at
    ask(runtime, SignCommitment("kalbar-2022:61.01", "in_person", "Sambas", signed_at), stream, by=secretary)


def test_an_import_broken_off_goes_on_where_it_stopped(runtime: Runtime) -> None:
    class Killed(Exception):
        pass

    plan, callers = plan_of(runtime, DEMO), Callers(OPERATOR, replace(OPERATOR, acting=standing_in()))
    for number in (1, 30, 230, 260):
        count = iter(range(1, 10_000))

        def stop(_: Step, number: int = number, count: Iterator[int] = count) -> None:
            if next(count) == number:
                raise Killed

        with pytest.raises(Killed):
            carry_out(runtime, plan, callers, on_step=stop)
    assert position(runtime) == 211 + 2 * (260 - 211)
    bring(runtime, DEMO)
    assert position(runtime) == 349
    assert {len(events) for events in told(runtime).values()} == {2}


def test_a_draft_that_changes_between_planning_and_doing_is_left_alone(imported: Runtime, tmp_path: Path) -> None:
    coordinator = appoint(imported, "61.01.bag-organisasi")
    folder = copy_of(
        tmp_path / "kalbar-2022",
        change=lambda path: replaced(path / "action_plans.csv", "61.01.dinkes,112000000", "61.01.dinkes,112500000"),
    )
    plan = plan_of(imported, folder, by=coordinator)
    stream = commitment_stream(commitment(imported, PIKOBAR).id)
    ask(imported, EditDraft(replication_scope="partial"), stream, by=coordinator)
    done = carry_out(imported, plan, Callers(OPERATOR, replace(OPERATOR, acting=coordinator)))
    assert [(one.step.name, one.left_out) for one in done] == [(PIKOBAR, "changed meanwhile")]
    item = commitment(imported, PIKOBAR).item(2)
    assert item is not None
    assert item.budget_idr == 112_000_000


def test_two_imports_at_once_make_each_commitment_once(url: str, tmp_path: Path) -> None:
    with opened(tmp_path, url=url) as one, opened(tmp_path, url=url) as other:
        bring(one, DEMO, with_drafts=False)
        copy = copy_of(tmp_path / "kalbar-2022", change=lambda path: (path / "README.md").write_text("# Lain\n"))
        for name in ("organisations.csv", "README.md"):
            (copy / name).write_bytes((DEMO / name).read_bytes())
        with (copy / "commitments.csv").open("a") as file:
            file.write("\n")
        with ThreadPoolExecutor(2) as pool:
            plans = list(pool.map(lambda job: bring(job[0], job[1]), ((one, DEMO), (other, copy))))
        assert plans[0][0].digest != plans[1][0].digest
        assert not [one for _, done in plans for one in done if one.left_out]
        assert len(one.store.streams("commitment-")) == 69
        assert {len(events) for events in told(one).values()} == {2}


def test_every_operation_key_names_the_files_digest_and_the_row(runtime: Runtime) -> None:
    plan, _ = bring(runtime, DEMO)
    operations = {event.operation for event in runtime.store.read_all(limit=1_000)}
    assert len(operations) == 280
    assert all(re.fullmatch(rf"import:{plan.digest}:[^ ]+", operation) for operation in operations)
    assert f"import:{plan.digest}:{PIKOBAR}" in operations
