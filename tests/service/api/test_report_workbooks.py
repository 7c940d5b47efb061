"""report.xlsx through the API: prefilled, looked at without writing, taken whole or not at all."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from werkzeug.test import TestResponse

from service.dispatch import Caller
from service.exports.report_workbook import FILES, MARKS, NIHIL_REST, NOTE, PERIOD, REFERENCE, STAMP
from service.imports.report_sheets import read_filled
from service.report_workbooks import SUBMIT, carry_out, desk_of, look, prefilling
from tests.support.api_story import ApiStory, done, refused
from tests.support.api_world import ApiWorld
from tests.support.report_files import cells, filled, opened, packed
from tests.support.reporting_api import REPORTING, reporting, submitted
from tests.support.world import COORDINATOR, HEAD, NEIGHBOUR, PIC, REGION
from workflows.context import Acting

BOOKS = f"/programmes/{REPORTING}/report-workbooks/B03"
WHOLE = {"value 1": 50, "promised 1": "ya", NIHIL_REST: "Belum dimulai"}
_numbers = count(1)


@pytest.fixture
def story(world: ApiWorld) -> ApiStory:
    """A signed commitment in its first period."""
    found = reporting(world)
    world.catch_up()
    return found


def book(world: ApiWorld, office: str = HEAD, path: str = BOOKS) -> bytes:
    answer = world.get(office, path)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.data


def send(world: ApiWorld, what: str, content: bytes, *, office: str = HEAD, key: str | None = None) -> TestResponse:
    return world.client.post(
        f"/api/v1{BOOKS}/{what}",
        data={"file": (io.BytesIO(content), "report.xlsx")},
        headers={**world.bearer(office), "Idempotency-Key": key or f"book-{next(_numbers)}"},
    )


def places(answer: TestResponse) -> list[tuple[int | None, str, str]]:
    return [(one["row"], one["column"], one["code"]) for one in done(answer)["refusals"]]


def test_a_workbook_comes_with_items_targets_last_values_and_what_is_prepared(world: ApiWorld, story: ApiStory) -> None:
    photo = world.upload(PIC, b"\x89PNG\r\n\x1a\n foto", "foto.png")
    lines = [{"item": 1, "value": "12.5", "evidence": [photo], "note": "=1+1"}, {"item": 2, "nihil": "Banjir"}]
    done(world.post(PIC, f"{story.path}/report-drafts/B03", {"saved": 0, "lines": lines, "note": "Catatan"}))
    content = book(world)
    first = cells(content, 1)
    assert opened(content).worksheets[0].cell(MARKS.index(FILES) + 2, 2).value == "foto.png"
    assert (first["target"], first["last"], first["value"], first["evidence"]) == (100, 0, 12.5, "foto.png")
    assert first["counts"] == "kumulatif sampai akhir periode"
    assert cells(content, 3)["counts"] == "periode ini saja"
    assert cells(content, 2)["nihil"] == "Banjir"
    page = opened(content).worksheets[0]
    note = next(cell for row in page.iter_rows() for cell in row if cell.value == "=1+1")
    assert (note.data_type, note.number_format) == ("s", "@"), "a text, and it stays one when somebody edits it"
    assert len(opened(content).worksheets) == 1
    one = book(world, path=f"{story.path}/report-workbooks/B03")
    assert cells(one, 1) == first


def test_a_filled_workbook_is_looked_at_and_then_submitted_with_receipts(world: ApiWorld, story: ApiStory) -> None:
    content, head = filled(book(world), WHOLE), world.runtime.store.log_head()
    preview = done(send(world, "previews", content))
    (sheet,) = preview["sheets"]
    assert (preview["act"], preview["refusals"], sheet["status"]) == ("submit", [], "ready")
    assert [(line["item"], line["value"], line["promised"]) for line in sheet["lines"]] == [(1, "50", True)]
    assert world.runtime.store.log_head() == head, "nothing is written by a look"
    first = send(world, "submissions", content, key="once")
    (sheet,) = done(first)["sheets"]
    assert (sheet["status"], sheet["receipt"]) == ("submitted", "LAPORAN-2022-6103-pikobar/B03/1")
    (report,) = done(world.get(REGION, f"{story.path}/reports"))["reports"]
    assert [(claim["item"], claim["value"]) for claim in report["claims"]] == [(1, "50")]
    after = world.runtime.store.log_head()
    again = send(world, "submissions", content, key="once")
    assert done(again)["sheets"] == done(first)["sheets"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert world.runtime.store.log_head() == after
    other = filled(content, {"value 1": 60})
    refused(send(world, "submissions", other, key="once"), 422, "idempotency_key_reused")


def test_it_is_kept_as_a_draft_by_who_prepares_and_submitted_by_who_may(world: ApiWorld, story: ApiStory) -> None:
    content = filled(book(world, PIC), {"value 1": "12,5", NOTE: "Sebagian"})
    refused(send(world, "submissions", content, office=PIC), 422, "report_workbook_refused")
    (sheet,) = done(send(world, "drafts", content, office=PIC))["sheets"]
    assert (sheet["status"], sheet["saved"]) == ("saved", 1)
    assert done(send(world, "drafts", content, office=PIC))["sheets"][0]["saved"] == 1, "a second click saves nothing"
    draft = done(world.get(HEAD, f"{story.path}/report-drafts/B03"))
    assert (draft["lines"][0]["value"], draft["note"], draft["office"]) == ("12.5", "Sebagian", PIC)
    whole = filled(book(world), {"promised 1": "ya", NIHIL_REST: "Belum"})
    done(send(world, "submissions", whole))
    (report,) = done(world.get(REGION, f"{story.path}/reports"))["reports"]
    assert report["prepared_by"] == PIC


def test_every_reason_names_sheet_row_and_column_and_nothing_is_done(world: ApiWorld, story: ApiStory) -> None:
    bad = {"value 1": "1.250", "evidence 1": "tiada.pdf", "promised 2": "mungkin", "note 3": "a\x07b", "value 4": -1}
    head = world.runtime.store.log_head()
    content = filled(book(world), {key: value for key, value in bad.items() if "\x07" not in str(value)})
    found = places(send(world, "previews", content))
    assert found == [
        (10, "Capaian", "number_ambiguous"),
        (10, "Bukti dukung", "evidence_not_there"),
        (11, "Bukti menyusul", "yes_unreadable"),
        (13, "Capaian", "number_not_positive"),
    ]
    for what in ("drafts", "submissions"):
        problem = refused(send(world, what, content), 422, "report_workbook_refused")
        (where, why), *_ = problem["errors"].items()
        assert where == "1. LAPORAN-2022-6103-pikobar, 10, Capaian"
        assert why == ["Angka dapat dibaca dengan dua cara; tulis 1250 atau 1,25."]
    assert world.runtime.store.log_head() == head
    assert done(world.get(HEAD, f"{story.path}/report-drafts/B03"))["saved"] == 0


@pytest.mark.usefixtures("story")
def test_what_the_rules_refuse_stands_at_its_row_too(world: ApiWorld) -> None:
    found = places(send(world, "previews", filled(book(world), {"value 1": 50})))
    assert (10, "Bukti dukung", "evidence_missing") in found
    assert (None, "", "report_incomplete") in found


def test_a_sheet_of_another_plan_report_or_draft_is_stale(world: ApiWorld, story: ApiStory) -> None:
    content = filled(book(world), WHOLE)
    done(world.post(PIC, f"{story.path}/report-drafts/B03", {"saved": 0, "note": "Lain"}))
    assert places(send(world, "previews", content)) == [(None, STAMP, "sheet_draft_moved")]
    content = filled(book(world), {**WHOLE, NOTE: ""})
    submitted(world, story)
    assert places(send(world, "previews", content)) == [(None, STAMP, "sheet_stale")]
    assert places(send(world, "previews", filled(content, {STAMP: "sudah"}))) == [(None, STAMP, "sheet_stale")]


@pytest.mark.usefixtures("story")
def test_a_sheet_that_is_not_the_offices_own_or_not_of_the_period_is_refused(world: ApiWorld) -> None:
    content = filled(book(world), WHOLE)
    assert places(send(world, "previews", content, office=NEIGHBOUR)) == [(None, REFERENCE, "sheet_unknown")]
    assert places(send(world, "previews", content, office=REGION)) == [(None, REFERENCE, "sheet_unknown")]
    assert places(send(world, "previews", filled(content, {REFERENCE: "X"}))) == [(None, REFERENCE, "sheet_unknown")]
    assert places(send(world, "previews", filled(content, {PERIOD: "B06"}))) == [(None, PERIOD, "sheet_other_period")]
    workbook = opened(content)
    workbook.copy_worksheet(workbook.worksheets[0])
    assert places(send(world, "previews", packed(workbook))) == [(None, REFERENCE, "sheet_twice")]


@pytest.mark.usefixtures("story")
def test_an_untouched_workbook_says_that_nothing_is_filled_in(world: ApiWorld) -> None:
    assert places(send(world, "previews", book(world))) == [(None, "", "sheets_empty")]


@pytest.mark.usefixtures("story")
def test_rows_are_known_by_their_numbers(world: ApiWorld) -> None:
    twice = filled(book(world), {"value 2": 1, "item 2": 1})
    assert (11, "No", "item_twice") in places(send(world, "previews", twice))
    as_text = filled(book(world), {"value 2": 1, "item 2": "1."})
    assert (11, "No", "item_twice") in places(send(world, "previews", as_text))
    unknown = filled(book(world), {"item 2": 77})
    assert (11, "No", "item_unknown") in places(send(world, "previews", unknown))


def test_formulas_are_read_as_the_value_they_last_had_and_never_computed(world: ApiWorld, story: ApiStory) -> None:
    assert story.commitment
    found = places(
        send(world, "previews", filled(book(world), {**WHOLE, "value 1": "=1+1", "note 1": "=HYPERLINK(1)"}))
    )
    assert found == [(10, "Capaian", "number_unreadable"), (10, "Catatan", "text_expected")]


def test_files_of_one_name_are_told_apart(world: ApiWorld, story: ApiStory) -> None:
    digests = [world.upload(PIC, f"%PDF-1.7 {n}".encode(), "bukti.pdf") for n in (1, 2)]
    lines = [{"item": 1, "value": 5, "evidence": digests}]
    done(world.post(PIC, f"{story.path}/report-drafts/B03", {"saved": 0, "lines": lines}))
    content = book(world)
    marked = cells(content, 1)["evidence"]
    assert marked == "; ".join(f"bukti.pdf [{digest[:8]}]" for digest in digests)
    assert places(send(world, "previews", filled(content, {"evidence 1": "bukti.pdf", NIHIL_REST: "x"}))) == [
        (10, "Bukti dukung", "evidence_ambiguous")
    ]
    one = f"bukti.pdf [{digests[1][:8]}]"
    done(send(world, "submissions", filled(content, {"evidence 1": one, NIHIL_REST: "Belum"})))
    (report,) = done(world.get(REGION, f"{story.path}/reports"))["reports"]
    assert [file["digest"] for file in report["claims"][0]["evidence"]] == [digests[1]]


@pytest.mark.usefixtures("story")
def test_who_owes_no_report_has_no_workbook_and_unknown_places_are_not_found(world: ApiWorld) -> None:
    for office in (REGION, COORDINATOR, NEIGHBOUR):
        refused(world.get(office, BOOKS), 409, "report_workbook_empty")
    refused(world.get(HEAD, BOOKS.replace("B03", "B06")), 409, "report_workbook_empty")
    refused(world.get(HEAD, BOOKS.replace("B03", "B99")), 404, "not_found")
    refused(world.get(HEAD, "/programmes/x/report-workbooks/B03"), 404, "not_found")


@pytest.mark.usefixtures("story")
@pytest.mark.parametrize("content", [b"", b"a,b\n", b"PK\x03\x04" + bytes(90)])
def test_what_is_no_workbook_is_refused(world: ApiWorld, content: bytes) -> None:
    problem: dict[str, Any] = refused(send(world, "previews", content), 422, "report_workbook_unreadable")
    assert "report.xlsx" in problem["title"]


@pytest.mark.usefixtures("story")
def test_a_workbook_of_something_else_and_a_request_without_a_file_are_refused(world: ApiWorld) -> None:
    workbook = opened(book(world))
    workbook.worksheets[0].cell(2, 1).value = "Nomor"
    refused(send(world, "previews", packed(workbook)), 422, "report_workbook_unreadable")
    workbook = opened(book(world))
    workbook.worksheets[0].delete_cols(8)
    refused(send(world, "previews", packed(workbook)), 422, "report_workbook_unreadable")
    refused(world.post(HEAD, f"{BOOKS}/previews", {}), 415, "media_type_unsupported")


def test_a_commitment_beyond_what_one_workbook_holds_has_a_workbook_of_its_own(
    world: ApiWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporting(world, more=("hotline",))
    world.catch_up()
    monkeypatch.setattr(prefilling, "MOST_SHEETS", 1)
    assert len(opened(book(world)).worksheets) == 1
    rows = done(world.get(HEAD, f"/commitments?programme={REPORTING}"))["commitments"]
    assert len(rows) == 2
    for row in rows:
        own = book(world, path=f"/commitments/{row['id']}/report-workbooks/B03")
        assert row["reference"] in opened(own).worksheets[0].title


def test_a_workbook_of_several_reports_is_taken_whole_or_not_at_all(world: ApiWorld) -> None:
    reporting(world, more=("hotline", "posko"))
    world.catch_up()
    content = book(world)
    assert [sheet.title.partition(". ")[0] for sheet in opened(content).worksheets] == ["1", "2", "3"]
    content = filled(content, WHOLE)
    spoilt = filled(content, {**WHOLE, "value 1": "lima"}, sheet=2)
    head = world.runtime.store.log_head()
    refused(send(world, "submissions", spoilt), 422, "report_workbook_refused")
    assert world.runtime.store.log_head() == head, "the sound sheet isn't submitted either"
    mended = filled(spoilt, {"value 1": 5}, sheet=2)
    sheets = done(send(world, "submissions", mended))["sheets"]
    assert [sheet["status"] for sheet in sheets] == ["submitted", "empty", "submitted"]


def test_what_a_crash_left_undone_is_done_by_the_same_again(world: ApiWorld) -> None:
    reporting(world, more=("hotline",))
    world.catch_up()
    content = filled(filled(book(world), WHOLE), WHOLE, sheet=1)
    desk = desk_of(
        world.runtime,
        world.runtime.basis(fresh=True),
        Acting(HEAD, world.persons[HEAD]),
        now=world.runtime.now(),
        programme=REPORTING,
        period="B03",
    )
    operation = f"http:{HEAD}:{world.persons[HEAD]}:broken"
    looked = look(
        desk,
        read_filled("report.xlsx", content),
        act=SUBMIT,
        operation=operation,
    )
    half = replace(looked, prepared=looked.prepared[:1])
    carry_out(desk, half, caller=Caller(desk.by, "cli:test"), operation=operation)
    head = world.runtime.store.log_head()
    sheets = done(send(world, "submissions", content, key="broken"))["sheets"]
    assert [sheet["receipt"] is not None for sheet in sheets] == [True, True]
    events = world.runtime.store.log_head().position - head.position
    assert events == 2, "a report and its claim: the first isn't submitted again"
