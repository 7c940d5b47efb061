"""A party's sheet: signed in one act, witnessed, and bound to what was seen."""

from __future__ import annotations

from hashlib import sha256
from zoneinfo import ZoneInfo

from tests.support.api_world import ApiWorld
from tests.support.browsing import visitor
from tests.support.world import HEAD, MINISTRY, NEIGHBOUR, REGION, SECRETARY

SHEET = "/sheets/kalbar-2022:61.03"
FIELDS = {"mode": "in_person", "place": "Pontianak"}


def test_signing_signs_what_is_ready_and_a_second_click_signs_nothing_more(world: ApiWorld, checked: str) -> None:
    one = visitor(world, SECRETARY)
    one.open(SHEET)
    assert "Tanda tangani 1 komitmen" in one.words
    form = one.form(f"{SHEET}/signatures")
    first = one.send(form, FIELDS, follow=False)
    before = world.runtime.history(checked)
    again = one.send(form, FIELDS, follow=False)
    assert (first.status_code, again.location) == (303, first.location)
    assert world.runtime.history(checked) == before
    one.open(str(first.location))
    assert "Tersimpan." in one.words
    assert "hadir langsung" in one.words
    signature = world.runtime.commitment(checked).state.signature
    assert signature.digest in one.page


def test_what_was_approved_in_a_minute_is_signed_within_that_minute(world: ApiWorld, checked: str) -> None:
    asked = world.runtime.commitment(checked).state.open_request.acts[-1].at
    local = asked.astimezone(ZoneInfo("Asia/Pontianak"))
    assert local.second or local.microsecond
    one = visitor(world, SECRETARY)
    one.open(SHEET)
    fields = {**FIELDS, "day": local.date().isoformat(), "time": local.strftime("%H.%M")}
    one.send(one.form(f"{SHEET}/signatures"), fields)
    assert one.status == 200, one.words
    assert world.runtime.commitment(checked).state.signature.signed_at == asked


def test_a_sheet_that_moved_is_shown_anew_and_nothing_is_signed(world: ApiWorld, checked: str) -> None:
    one = visitor(world, SECRETARY)
    one.open(SHEET)
    form = one.form(f"{SHEET}/signatures")
    world.post(HEAD, f"/requests/{checked}.r1/withdrawal", {"text": "salah isi"})
    one.send(form, FIELDS)
    assert one.status == 412
    assert "belum ada yang tersimpan" in one.words
    assert world.runtime.commitment(checked).state.signature is None


def test_what_the_signer_wrote_wrong_is_said_at_its_field(world: ApiWorld, checked: str) -> None:
    one = visitor(world, SECRETARY)
    for field, value, told in (
        ("place", "", "sign-place-error"),
        ("day", "2022-11-29", "sign-day-error"),
        ("day", "2021-11-31", "sign-day-error"),
        ("time", "25.00", "sign-time-error"),
        ("mode", "wet_ink", "evidence-error"),
    ):
        one.open(SHEET)
        one.send(one.form(f"{SHEET}/signatures"), {**FIELDS, field: value})
        assert one.status in (409, 422)
        assert f'id="{told}"' in one.page
    assert world.runtime.commitment(checked).state.signature is None


def test_the_scan_of_a_sheet_signed_on_paper_is_opened_from_it(world: ApiWorld, checked: str) -> None:
    one = visitor(world, SECRETARY)
    one.open(SHEET)
    scan = ("evidence", b"%PDF-1.7 lembar", "lembar.pdf")
    one.send(one.form(f"{SHEET}/signatures"), {**FIELDS, "mode": "wet_ink"}, file=scan)
    assert one.status == 200, one.words
    one.open(SHEET)
    where = one.page.partition(f'href="/commitments/{checked}/evidence/')[2].partition('"')[0]
    assert one.open(f"/commitments/{checked}/evidence/{where}").data == b"%PDF-1.7 lembar"


def test_a_witness_is_recorded_and_who_signed_is_none(world: ApiWorld, signed: str) -> None:
    one = visitor(world, MINISTRY)
    one.open(SHEET)
    one.send(one.form(f"{SHEET}/witnesses"), {**FIELDS, "mode": "online"})
    assert one.status == 200, one.words
    assert "Disaksikan Jabatan menpanrb.deputi" in one.words
    signer = visitor(world, SECRETARY)
    signer.open(SHEET)
    assert f"{SHEET}/witnesses" not in signer.page


def test_who_can_not_sign_sees_why(world: ApiWorld, checked: str) -> None:
    one = visitor(world, REGION)
    one.open(SHEET)
    assert "Mengapa Saudara belum dapat menandatangani" in one.words
    assert f"{SHEET}/signatures" not in one.page


def test_a_sheet_of_another_region_is_not_found(world: ApiWorld, checked: str) -> None:
    one = visitor(world, NEIGHBOUR)
    one.open(SHEET)
    assert one.status == 404


def test_the_print_view_shows_what_was_signed_and_its_bytes_hash_to_its_digest(world: ApiWorld, signed: str) -> None:
    one = visitor(world, SECRETARY)
    one.open(f"{SHEET}/print")
    assert one.status == 200
    content = one.client.get(f"{SHEET}/content").data
    assert sha256(content).hexdigest() in one.page
    for told in ("pengakuan internal", "Pontianak", "hadir langsung", "bukan tanda tangan elektronik tersertifikasi"):
        assert told in one.words
    assert world.runtime.commitment(signed).state.signature.digest in one.page


def test_what_was_not_signed_has_no_print_view(world: ApiWorld, checked: str) -> None:
    one = visitor(world, SECRETARY)
    one.open(f"{SHEET}/print")
    assert one.status == 404
