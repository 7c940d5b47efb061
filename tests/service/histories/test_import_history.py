"""`kawal import history`: states from elsewhere, recorded now and true then; nothing past is fired."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from service.catalog import programme_stream, recorded
from service.cli.operator import OPERATOR
from service.cli.root import kawal
from service.dispatch import Ask, Caller, dispatch
from service.drain import Drain
from service.imports.rehearsal import PLH
from service.notifications.tables import notice
from service.read_models.commitment_queries import Past, list_past_commitments
from service.read_models.obligations import obligation_table
from service.reading import scope
from service.references import commitment_of
from service.replaying import AsOf, history_as_of
from service.runtime import Runtime
from service.verification import verify
from tests.support.histories import (
    CLOCK,
    FIRST,
    HEADER,
    REFERENCE,
    ROWS,
    csv_file,
    history,
    positions,
    run,
    state_of,
    told,
)
from tests.support.importing import COORDINATOR, DEMO, bring
from tests.support.played import NOBODY_LISTENS
from tests.support.processes import environment, eventually
from workflows.commands import OpenProgramme
from workflows.commitment import replay
from workflows.context import Acting
from workflows.facts import ExternalIdGiven, StateCorrected, StateImported


def test_a_dry_run_says_what_would_be_and_writes_nothing(runtime: Runtime, tmp_path: Path) -> None:
    before = positions(runtime)
    file = csv_file(tmp_path, *ROWS, "C,Ketiga,selesai?,2021-01-01,,")
    report = told(runtime, file, "--dry-run")
    assert report["dry_run"]
    assert report["counts"]["commitment"]["new"] == 2
    assert report["changes"][REFERENCE][0] == "2021-01-03: begins -> drafted"
    assert positions(runtime) == before
    with runtime.engine.connect() as connection:
        assert commitment_of(connection, REFERENCE) is None
    printed = history(runtime, file, "--dry-run").stdout
    assert 'riwayat.csv C6 (state): read "selesai?"' in printed
    assert "would be written" in printed


def test_states_are_recorded_now_and_true_then_each_id_in_one_append(runtime: Runtime, tmp_path: Path) -> None:
    result = history(runtime, csv_file(tmp_path, *ROWS))
    assert result.exit_code == 0, result.output
    state = state_of(runtime, REFERENCE)
    assert (state.state, state.title) == ("in_replication", "Pelacakan kasus 追跡")
    assert state.external_ids == (ExternalIdGiven("riwayat", FIRST),)
    events = runtime.store.read_stream(f"commitment-{state.id}")
    assert {event.operation for event in events} == {events[0].operation}
    states = [recorded(event) for event in events if isinstance(recorded(event).fact, StateImported)]
    assert [one.valid_at.date().isoformat() for one in states] == ["2021-01-03", "2021-02-28", "2021-05-02"]
    assert {one.recorded_at for one in states} == {CLOCK} or states[0].recorded_at > CLOCK
    assert states[0].capacity == "plh"
    assert state_of(runtime, "KALBAR-2022-B-2").state == "drafted"


def test_the_same_file_again_is_nothing_new_and_a_longer_one_adds(runtime: Runtime, tmp_path: Path) -> None:
    history(runtime, csv_file(tmp_path, *ROWS))
    before = positions(runtime)
    again = history(runtime, csv_file(tmp_path, *reversed(ROWS)))
    assert (again.exit_code, positions(runtime)) == (0, before)
    assert "Nothing new" in again.stdout
    longer = told(runtime, csv_file(tmp_path, *ROWS, f"{FIRST},Pelacakan kasus 追跡,completed,2021-09-01,,"))
    assert longer["counts"]["commitment"] == {"new": 0, "changed": 1, "same": 1, "refused": 0}
    assert positions(runtime) == before + 2
    assert state_of(runtime, REFERENCE).state == "completed"


def test_the_past_is_shown_by_when_it_was_true_and_by_when_it_was_known(runtime: Runtime, tmp_path: Path) -> None:
    history(runtime, csv_file(tmp_path, *ROWS))
    Drain(runtime).run()
    state = state_of(runtime, REFERENCE)

    def folded(**axes: Any) -> str | None:
        then = replay(history_as_of(runtime, state.id, AsOf(**axes)))
        return None if then is None else then.state

    def listed(past: Past) -> str | None:
        sees = scope(runtime.basis(), COORDINATOR, runtime.now())
        with runtime.engine.connect() as connection:
            found = list_past_commitments(connection, sees, past)
        return next((one.state for one in found if one.commitment == state.id), None)

    days = {
        datetime(2020, 12, 31, tzinfo=UTC): None,
        datetime(2021, 1, 31, tzinfo=UTC): "drafted",
        datetime(2021, 4, 1, tzinfo=UTC): "signed",
        datetime(2021, 12, 1, tzinfo=UTC): "in_replication",
        datetime(2022, 6, 1, tzinfo=UTC): "in_replication",
    }
    for on, wanted in days.items():
        assert (on, folded(true_on=on), listed(Past(position=None, true_on=on))) == (on, wanted, wanted)
        head = positions(runtime)
        assert listed(Past(position=head, true_on=on)) == wanted
    assert folded(known_on=datetime(2021, 12, 1, tzinfo=UTC)) is None
    assert verify(runtime).agrees


def test_nobody_is_told_and_nothing_falls_due(runtime: Runtime, tmp_path: Path) -> None:
    drain = Drain(runtime)
    drain.run()
    history(runtime, csv_file(tmp_path, *ROWS))
    drain.run()
    drain.tick()
    with runtime.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(notice)).scalar_one() == 0
        assert connection.execute(select(func.count()).select_from(obligation_table)).scalar_one() == 0


def test_moves_that_the_workflow_does_not_know_are_listed_and_refused_or_corrections(
    runtime: Runtime, tmp_path: Path
) -> None:
    file = csv_file(tmp_path, "X,Nama,drafted,2021-01-01,,", "X,Nama,completed,2021-05-01,,", ROWS[0])
    refused = history(runtime, file)
    assert refused.exit_code == 3
    assert "drafted → completed" in refused.stdout
    assert state_of(runtime, "KALBAR-2022-B-2")
    blank = history(runtime, file, "--as-corrections", " ")
    assert (blank.exit_code, "needs a reason" in blank.stderr) == (2, True)
    done = history(runtime, file, "--as-corrections", "Data lama tanpa tahapan")
    assert done.exit_code == 0
    corrected = state_of(runtime, "KALBAR-2022-X").past[-1]
    assert isinstance(corrected, StateCorrected)
    assert corrected.reason == "Data lama tanpa tahapan"


def test_what_the_command_line_asks_for_must_be_there(runtime: Runtime, tmp_path: Path) -> None:
    file = csv_file(tmp_path, *ROWS)
    for more in ((), ("--as", COORDINATOR)):
        assert "[programme_unknown]" in run(runtime, "history", str(file), "--programme", "x", *more).stderr
    assert (
        "[definition_differs]"
        in run(runtime, "history", str(file), "--programme", "kalbar-2022", "--definition", "ogp-nap").stderr
    )
    assert "[region_unknown]" in history(runtime, file, "--party", "99").stderr
    assert "[mapping_unknown]" in history(runtime, file, "--mapping", "x").stderr
    assert "[office_unknown]" in history(runtime, file, "--as", "99").stderr
    assert "[file_missing]" in history(runtime, tmp_path / "none.csv").stderr


def test_the_programme_is_the_one_that_runs_the_workflow_unless_there_are_several(
    runtime: Runtime, tmp_path: Path
) -> None:
    file = str(csv_file(tmp_path, *ROWS))
    found = json.loads(run(runtime, "history", file, "--definition", "replikasi-inovasi", "--dry-run", "--json").stdout)
    assert (found["programme"], found["counts"]["commitment"]["new"]) == ("kalbar-2022", 2)
    assert "[programme_unclear]" in run(runtime, "history", file, "--definition", "ogp-nap").stderr
    nothing = run(runtime, "history", file)
    assert (nothing.exit_code, "--definition or --programme" in nothing.output) == (2, True)


def test_a_history_finds_the_draft_that_a_plan_made(runtime: Runtime, tmp_path: Path) -> None:
    bring(runtime, DEMO)
    draft = "KALBAR-2022-6102-e-open"
    header = f"{HEADER},party,subject"
    rows = (f"{draft},E-Open,signed,2021-12-07,,,,", "nomor 5,PIKOBAR,signed,2021-12-06,,,61.03,pikobar")
    report = told(runtime, csv_file(tmp_path, *rows, header=header))
    assert (report["whole"], report["counts"]["commitment"]["changed"]) == (True, 2)
    assert state_of(runtime, draft).state == "signed"
    assert state_of(runtime, "KALBAR-2022-6103-pikobar").external_ids == (ExternalIdGiven("riwayat", "nomor 5"),)
    later = told(runtime, csv_file(tmp_path, "nomor 5,PIKOBAR,in_replication,2022-01-03,,"))
    assert later["went_in"] == [{"kind": "commitment", "name": "KALBAR-2022-6103-pikobar", "what": "changed"}]


def test_a_file_that_says_another_party_than_the_commitment_of_its_id_adds_nothing(
    runtime: Runtime, tmp_path: Path
) -> None:
    bring(runtime, DEMO)
    draft = "KALBAR-2022-6102-e-open"
    file = csv_file(tmp_path, f"{draft},E-Open,signed,2021-12-07,,,61.03", header=f"{HEADER},party")
    report = told(runtime, file)
    assert (report["whole"], report["went_in"]) == (False, [])
    assert "commitment_exists" in json.dumps(report)
    assert state_of(runtime, draft).state == "drafted"


def test_an_id_whose_reference_is_taken_by_another_programme_adds_nothing_to_its_commitment(
    runtime: Runtime, tmp_path: Path
) -> None:
    assert told(runtime, csv_file(tmp_path, "1-2,N,drafted,2021-12-06,,"))["whole"]
    taken = state_of(runtime, "KALBAR-2022-1-2").id
    other = replace(runtime.basis(fresh=True).programmes["kalbar-2022"], programme="kalbar-2022-1")
    caller = Caller(Acting(COORDINATOR, OPERATOR, PLH), "cli:test")
    asked = Ask(OpenProgramme(other), programme_stream(other.programme), caller, "test:open", {})
    dispatch(runtime, asked)
    before = runtime.commitment(taken, fresh=True).head
    words = ("--programme", "kalbar-2022-1", str(csv_file(tmp_path, "2,N,signed,2021-12-07,,")))
    result = run(runtime, "history", *words)
    assert result.exit_code != 0
    assert "is a commitment of kalbar-2022" in result.output
    assert runtime.commitment(taken, fresh=True).head == before


def test_two_ids_of_one_commitment_are_refused(runtime: Runtime, tmp_path: Path) -> None:
    header = f"{HEADER},party,subject"
    rows = ("a,N,signed,2021-12-06,,,61.03,pikobar", "b,N,signed,2021-12-06,,,61.03,pikobar")
    report = told(runtime, csv_file(tmp_path, *rows, header=header))
    assert [problem["code"] for problem in report["problems"]] == ["commitment_twice"]
    assert len(report["went_in"]) == 2, "the appointment and the first"


def test_an_imported_history_is_marked_in_the_story(runtime: Runtime, tmp_path: Path) -> None:
    history(runtime, csv_file(tmp_path, *ROWS))
    environment = {"KAWAL_DATA_DIR": str(runtime.config.data_dir), "REDIS_URL": NOBODY_LISTENS}
    story = CliRunner().invoke(kawal, ["replay", REFERENCE], env=environment).stdout
    assert "mengimpor riwayat dari berkas riwayat.csv" in story
    assert "Menurut riwayat yang diimpor: Ditandatangani sejak Senin, 1 Maret 2021" in story
    assert "menurut “SIMDA”, dengan catatan “lembar 4”" in story


@pytest.mark.serial
def test_an_import_that_was_killed_goes_on_where_it_stopped(runtime: Runtime, tmp_path: Path) -> None:
    many = 400
    states = (("drafted", "2021-01-04"), ("signed", "2021-02-04"))
    rows = [f"N{number:03},Nama {number},{state},{day},," for number in range(many) for state, day in states]
    file, before = csv_file(tmp_path, *rows), positions(runtime)
    folder = runtime.config.data_dir
    words = [sys.executable, "-m", "service.cli", "import", "history", str(file), "--programme", "kalbar-2022"]
    with subprocess.Popen(words, env=environment(folder, 1, {"REDIS_URL": NOBODY_LISTENS}), cwd=tmp_path) as child:
        eventually(lambda: positions(runtime) > before + 40, 60, "the first histories")
        os.kill(child.pid, signal.SIGKILL)
    broken_off = positions(runtime)
    assert broken_off < before + 1 + 5 * many, "it was killed too late to be in the midst"
    rest = told(runtime, file)
    assert rest["whole"]
    assert 0 < rest["counts"]["commitment"]["same"] < many
    assert positions(runtime) == before + 1 + 5 * many, "one appointment, and five facts a commitment"
    keys = {
        event.operation for event in runtime.store.read_stream(f"commitment-{state_of(runtime, 'KALBAR-2022-N000').id}")
    }
    assert keys == {f"import:{sha256(file.read_bytes()).hexdigest()}:KALBAR-2022-N000"}
    assert told(runtime, file)["counts"]["commitment"]["same"] == many


def test_a_plan_that_a_file_brings_to_work_is_owed_and_reminds_of_nothing_past(
    runtime: Runtime, tmp_path: Path
) -> None:
    bring(runtime, DEMO)
    drain = Drain(runtime)
    drain.run()
    draft = "KALBAR-2022-6102-e-open"
    rows = (f"{draft},E-Open,signed,2021-12-07,,", f"{draft},E-Open,in_replication,2022-01-03,,")
    assert told(runtime, csv_file(tmp_path, *rows))["whole"]
    drain.run()
    drain.tick()
    state = state_of(runtime, draft)
    assert {f"item-{item.number}" for item in state.items} <= set(state.owed)
    assert not any(owed.raised for owed in state.owed.values())
    with runtime.engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(notice)).scalar_one() == 0
        owed = select(func.count()).select_from(obligation_table).where(obligation_table.c.commitment == state.id)
        assert connection.execute(owed).scalar_one() == len(state.owed)
