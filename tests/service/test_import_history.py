"""`kawal import history`: states from elsewhere, recorded now and true then; nothing past is fired."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from service import config
from service.catalog import recorded
from service.cli.root import kawal
from service.drain import Drain
from service.notifications.tables import notice
from service.read_models.commitment_queries import Past, list_past_commitments
from service.read_models.obligations import obligation_table
from service.reading import scope
from service.references import commitment_of
from service.replaying import AsOf, history_as_of
from service.runtime import Runtime
from service.verification import verify
from tests.support.importing import COORDINATOR, DEMO, bring, opened
from tests.support.played import NOBODY_LISTENS
from workflows.commitment import Commitment, replay
from workflows.facts import ExternalIdGiven, StateCorrected, StateImported

HEADER = "id,title,state,true_on,source,note"
ROWS = (
    "B-2,Kedua,drafted,2021-02-01,SIMDA,",
    "A/1 – 追跡 «ɑ»,Pelacakan kasus 追跡,in_replication,3 Mei 2021,,berjalan",
    "A/1 – 追跡 «ɑ»,Pelacakan kasus 追跡,Konsep,2021-01-04,SIMDA,",
    "A/1 – 追跡 «ɑ»,Pelacakan kasus 追跡,Signed,2021-03-01,SIMDA,lembar 4",
)
FIRST = "A/1 – 追跡 «ɑ»"
REFERENCE = f"KALBAR-2022-{FIRST}"
CLOCK = datetime(2022, 1, 10, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log with the programme and no commitment."""
    folder = tmp_path_factory.mktemp("programme") / "data"
    with opened(folder, clock=CLOCK) as runtime:
        bring(runtime, DEMO, with_drafts=False)
    return folder


@pytest.fixture
def runtime(template: Path, tmp_path: Path) -> Iterator[Runtime]:
    shutil.copytree(template, tmp_path / "data")
    runtime = Runtime(config.load({"KAWAL_DATA_DIR": str(tmp_path / "data"), "REDIS_URL": NOBODY_LISTENS}))
    yield runtime
    runtime.close()


def run(runtime: Runtime, *words: str) -> Result:
    environment = {"KAWAL_DATA_DIR": str(runtime.config.data_dir), "REDIS_URL": NOBODY_LISTENS}
    return CliRunner().invoke(kawal, ["import", *words], env=environment, catch_exceptions=False)


def history(runtime: Runtime, file: Path, *words: str) -> Result:
    known = ["--definition", "replikasi-inovasi", "--programme", "kalbar-2022"]
    return run(runtime, "history", str(file), *known, *words)


def told(runtime: Runtime, file: Path, *words: str) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(history(runtime, file, *words, "--json").stdout)
    return report


def csv_file(folder: Path, *rows: str, header: str = HEADER) -> Path:
    file = folder / "riwayat.csv"
    file.write_text("\n".join((header, *rows)), encoding="utf-8")
    return file


def state_of(runtime: Runtime, reference: str) -> Commitment:
    with runtime.engine.connect() as connection:
        known = commitment_of(connection, reference)
    assert known is not None
    state = runtime.commitment(known, fresh=True).state
    assert state is not None
    return state


def positions(runtime: Runtime) -> int:
    head = runtime.store.log_head()
    return 0 if head is None else head.position


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


def test_json_lines_of_any_script_and_length_are_read(runtime: Runtime, tmp_path: Path) -> None:
    file, long = tmp_path / "riwayat.jsonl", "ปฏิบัติการ " * 400
    lines = [
        {"id": 7, "title": long, "state": "drafted", "true_on": "2021-01-04T09:00:00+07:00"},
        {"id": 7, "title": long, "state": "signed", "true_on": "2021-02-01", "note": "ya", "x": [1]},
        {"id": "Ж" * 300, "title": "Панель", "state": "drafted", "true_on": "2021-01-04", "source": None},
    ]
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n\n", encoding="utf-8-sig")
    report = told(runtime, file)
    assert (report["whole"], report["counts"]["commitment"]["new"]) == (True, 2)
    seven = state_of(runtime, "KALBAR-2022-7")
    assert seven.title == long.strip()
    assert seven.past[0].true_at == datetime(2021, 1, 4, 2, tzinfo=UTC)
    assert told(runtime, file)["counts"]["commitment"]["same"] == 2


@pytest.mark.parametrize(
    ("rows", "code", "place"),
    [
        (["A,N,menunggu,2021-01-01,,"], "state_unknown", "C2"),
        (["A,N,drafted,31 Februari 2021,,"], "date_impossible", "D2"),
        (["A,N,drafted,03/01/2021,,"], "date_unreadable", "D2"),
        (["A,N,drafted,2022-12-01,,"], "date_in_future", "D2"),
        (["A,N,drafted,2021-01-01,,", "A,N,signed,2021-01-01,,"], "history_contradicts", "C3"),
        (["A,N,drafted,2021-01-01,,", "A,M,signed,2021-02-01,,"], "title_differs", "B3"),
        (["ab,N,drafted,2021-01-01,,", "AB,N,drafted,2021-01-01,,"], "id_looks_alike", "A3"),
        ([",N,drafted,2021-01-01,,"], "text_missing", "A2"),
        (["A,,drafted,2021-01-01,,"], "text_missing", "B2"),
        ([f"{'i' * 1001},N,drafted,2021-01-01,,"], "text_too_long", "A2"),
        ([f"A,N,drafted,2021-01-01,,{'n' * 10_001}"], "text_too_long", "F2"),
        (["A,N\x07,drafted,2021-01-01,,"], "text_unprintable", "B2"),
    ],
)
def test_a_bad_row_names_its_cell_and_leaves_out_its_id_alone(
    runtime: Runtime, tmp_path: Path, rows: list[str], code: str, place: str
) -> None:
    report = told(runtime, csv_file(tmp_path, *rows, "Z,Baik,drafted,2021-01-01,,"))
    problem = report["problems"][0]
    assert (problem["code"], problem["cell"]) == (code, place)
    assert {"kind": "commitment", "name": "KALBAR-2022-Z", "what": "new"} in report["went_in"]
    assert not report["whole"]


def test_a_history_longer_than_an_append_is_refused_whole(runtime: Runtime, tmp_path: Path) -> None:
    rows = [f"A,N,{'drafted' if n % 2 else 'signed'},2021-01-01T00:{n // 60:02}:{n % 60:02}Z,," for n in range(901)]
    report = told(runtime, csv_file(tmp_path, *rows), "--as-corrections", "uji")
    assert report["problems"][0]["code"] == "history_too_long"
    assert report["went_in"] == []


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        ("id,title\nA,N".encode("utf-16"), "encoding_broken", "UTF-16"),
        ("id,title\nA,N".encode("utf-16-le"), "encoding_broken", "zero byte"),
        (b"id,title,state,true_on\nA,N,drafted,2021-01-01\nB,\xe9,drafted,2021-01-01", "encoding_broken", "line 3"),
        (b"id,title,state\nA,N,drafted", "column_missing", "true_on"),
        (b"id,title,state,true_on\nA,N,drafted", "row_ragged", "row 2"),
        (b'id,title,state,true_on\nA,"N,drafted,2021', "quote_open", "line 2"),
        (b"", "column_missing", "id"),
        (b"id,id,title,state,true_on\n", "column_twice", "id"),
        (b"x" * 10_000_001, "file_too_large", "10,000,000"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_changes_nothing(
    runtime: Runtime, tmp_path: Path, content: bytes, code: str, said: str
) -> None:
    file, before = tmp_path / "riwayat.csv", positions(runtime)
    file.write_bytes(content)
    result = history(runtime, file)
    assert result.exit_code == 2
    assert f"[{code}]" in result.stderr
    assert said in result.stderr
    assert positions(runtime) == before


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "line_malformed"),
        ("[1]", "line_malformed"),
        ('{"id": "A", "id": "B"}', "line_malformed"),
        ('{"id": "A", "title": "N", "state": "drafted"}', "column_missing"),
    ],
)
def test_a_line_that_is_no_object_names_itself(runtime: Runtime, tmp_path: Path, line: str, code: str) -> None:
    file = tmp_path / "riwayat.jsonl"
    file.write_text("\n" + line, encoding="utf-8")
    result = history(runtime, file)
    assert (result.exit_code, f"[{code}]" in result.stderr, "line 2" in result.stderr) == (2, True, True)


def test_what_the_command_line_asks_for_must_be_there(runtime: Runtime, tmp_path: Path) -> None:
    file = csv_file(tmp_path, *ROWS)
    assert "[programme_unknown]" in run(runtime, "history", str(file), "--programme", "x").stderr
    assert (
        "[definition_differs]"
        in run(runtime, "history", str(file), "--programme", "kalbar-2022", "--definition", "ogp-nap").stderr
    )
    assert "[region_unknown]" in history(runtime, file, "--party", "99").stderr
    assert "[mapping_unknown]" in history(runtime, file, "--mapping", "x").stderr
    assert "[office_unknown]" in history(runtime, file, "--as", "99").stderr
    assert "[file_missing]" in history(runtime, tmp_path / "none.csv").stderr


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


def test_two_ids_of_one_commitment_are_refused(runtime: Runtime, tmp_path: Path) -> None:
    header = f"{HEADER},party,subject"
    rows = ("a,N,signed,2021-12-06,,,61.03,pikobar", "b,N,signed,2021-12-06,,,61.03,pikobar")
    report = told(runtime, csv_file(tmp_path, *rows, header=header))
    assert [problem["code"] for problem in report["problems"]] == ["commitment_twice"]
    assert len(report["went_in"]) == 2, "the appointment and the first"


def test_other_peoples_columns_are_read_by_a_mapping_of_the_programme(runtime: Runtime, tmp_path: Path) -> None:
    mapping = tmp_path / "kolom.csv"
    mapping.write_text("Nomor Rekomendasi,id\nUraian,title\nStatus ,state\nTMT,true_on\n", encoding="utf-8-sig")
    assert run(runtime, "mapping", "set", "kalbar-2022", "sipd", str(mapping)).exit_code == 0
    shown = json.loads(run(runtime, "mapping", "show", "kalbar-2022", "--json").stdout)
    assert shown["mappings"]["sipd"]["Nomor Rekomendasi"] == "id"
    assert "Uraian -> title" in run(runtime, "mapping", "show", "kalbar-2022", "sipd").stdout
    file = csv_file(tmp_path, "9,Nama,Konsep,2021-01-01", header="NOMOR  REKOMENDASI,Uraian,status,tmt")
    assert told(runtime, file, "--mapping", "sipd")["whole"]
    lines = tmp_path / "r.jsonl"
    lines.write_text(json.dumps({"nomor rekomendasi": "9", "Uraian": "Nama", "Status": "Signed", "TMT": "2021-02-01"}))
    assert told(runtime, lines, "--mapping", "sipd")["counts"]["commitment"]["changed"] == 1
    assert "has no column" in history(runtime, file).stderr


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "mapping_malformed"),
        ("a,b,c", "mapping_malformed"),
        ('"a,id', "mapping_malformed"),
        (",id", "mapping_malformed"),
        ("a,warna", "column_unknown"),
        ("a,id\nA,title", "column_twice"),
    ],
)
def test_a_mapping_that_cannot_be_used_names_its_line(runtime: Runtime, tmp_path: Path, text: str, code: str) -> None:
    file = tmp_path / "kolom.csv"
    file.write_text(text, encoding="utf-8")
    result = run(runtime, "mapping", "set", "kalbar-2022", "x", str(file))
    assert (result.exit_code, f"[{code}]" in result.stderr) == (2, True)
    assert run(runtime, "mapping", "show", "kalbar-2022", "x").exit_code == 1


def test_an_imported_history_is_marked_in_the_story(runtime: Runtime, tmp_path: Path) -> None:
    history(runtime, csv_file(tmp_path, *ROWS))
    environment = {"KAWAL_DATA_DIR": str(runtime.config.data_dir), "REDIS_URL": NOBODY_LISTENS}
    story = CliRunner().invoke(kawal, ["replay", REFERENCE], env=environment).stdout
    assert "mengimpor riwayat dari berkas riwayat.csv" in story
    assert "Menurut riwayat yang diimpor: Ditandatangani sejak Senin, 1 Maret 2021" in story
    assert "menurut “SIMDA”, dengan catatan “lembar 4”" in story
