"""Files of states in every script and shape: what is read, and what is refused by file, line and reason."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.external_ids import COMMITMENT, External, target_of
from service.runtime import Runtime
from tests.support.histories import csv_file, history, positions, run, state_of, told
from workflows.commitment import Commitment
from workflows.facts import ExternalIdGiven


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
        (["ab,N,drafted,2021-01-01,,", "a\u200db,N,drafted,2021-01-01,,"], "id_looks_alike", "A3"),
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
        (b"id,title,state,true_on,party,party\n", "column_twice", "party"),
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
    lines.write_text(json.dumps({"TMT": "2021-02-01", "true_on": "2021-03-01", "id": "9", "title": "N", "state": "x"}))
    assert "[column_twice]" in history(runtime, lines, "--mapping", "sipd").stderr


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


SCRIPTS = (
    (
        "\u05d4\u05ea\u05d7\u05d9\u05d9\u05d1\u05d5\u05ea-7",
        "\u05ea\u05d5\u05db\u05e0\u05d9\u05ea \u05e4\u05e2\u05d5\u05dc\u05d4 2021",
    ),
    ("\u0627\u0644\u062a\u0632\u0627\u0645/\u0663", "\u062e\u0637\u0629 \u0627\u0644\u0639\u0645\u0644"),
    ("\U00020bb7-\U00010348", "\U0001f6e0 \U00020bb7\u91ce\u5bb6"),
    ("\u0645\u06cc\u200c\u0634\u0648\u062f", "\u0646\u0627\u0645\u0647\u200c\u0647\u0627 \U0001f469\u200d\U0001f4bb"),
)


def called(runtime: Runtime, name: str) -> Commitment:
    """The commitment that an id means."""
    with runtime.engine.connect() as connection:
        target = target_of(connection, External("kalbar-2022", COMMITMENT, "riwayat", name))
    state = runtime.commitment(str(target), fresh=True).state
    assert state is not None
    return state


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_scripts_from_right_to_left_and_of_four_bytes_are_kept_as_they_are(
    runtime: Runtime, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"riwayat.{ending}"
    rows = [{"id": name, "title": title, "state": "drafted", "true_on": "2021-01-04"} for name, title in SCRIPTS]
    if ending == "csv":
        lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    else:
        lines = [json.dumps(row) for row in rows]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert told(runtime, file)["whole"]
    for name, title in SCRIPTS:
        state = called(runtime, name)
        assert (state.title, state.external_ids) == (title, (ExternalIdGiven("riwayat", name),))
    assert told(runtime, file)["counts"]["commitment"]["same"] == len(SCRIPTS)


def test_half_a_pair_of_a_four_byte_letter_is_refused_by_its_line(runtime: Runtime, tmp_path: Path) -> None:
    file = tmp_path / "riwayat.jsonl"
    broken = '{"id": "A", "title": "\\ud83d", "state": "drafted", "true_on": "2021-01-04"}'
    file.write_text(broken, encoding="utf-8")
    report = told(runtime, file)
    assert [(one["code"], one["cell"]) for one in report["problems"]] == [("text_unprintable", "line 1")]
    assert report["went_in"] == []
