"""Own fields of a workflow on pages: entered without JavaScript, shown to who sees them, refused at their input."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.api_story import drafted
from tests.support.api_world import ApiWorld, item_body
from tests.support.browsing import Visitor, visitor
from tests.support.own_fields import PROGRAMME, with_own_fields
from tests.support.world import HEAD, PIC, PLAN, REGION, SECRETARY

SECRET, REMARK = "Sengketa lahan", "Lahan belum bebas"


@pytest.fixture
def fielded(world: ApiWorld) -> ApiWorld:
    return with_own_fields(world)


def commitment(world: ApiWorld, **changed: Any) -> str:
    items = [item_body(one, fields={"cost": "1000"}) for one in PLAN]
    told = drafted(world, programme=PROGRAMME, items=items, fields={"group": "children"}, **changed)
    world.catch_up()
    return told.commitment


def fill_draft(world: ApiWorld, name: str, **fields: str) -> Visitor:
    one = visitor(world, REGION)
    one.open(f"/commitments/{name}/draft")
    one.send(one.form(f"/commitments/{name}/draft"), {key.replace("__", "-"): value for key, value in fields.items()})
    return one


FILLED = {
    "own__group": "elderly",
    "own__hotline": "0561 123",
    "own__decree": "800/12",
    "own__decree__day": "2021-11-30",
    "own__secret": SECRET,
    "own__partner": HEAD,
    "own__ceiling": "1.500.000",
    "own__share": "87,5",
    "own__met_on": "2021-11-29",
    "item__1__own__cost": "2.500",
    "item__1__own__remark": REMARK,
}


def test_a_draft_s_fields_are_entered_and_read_as_people_write(fielded: ApiWorld) -> None:
    name = commitment(fielded)
    one = fill_draft(fielded, name, **FILLED)
    assert one.status == 200, one.words
    stated = fielded.get(REGION, f"/commitments/{name}").get_json()["fields"]
    assert stated == {
        "group": "elderly",
        "hotline": "0561 123",
        "decree": "2021-11-30 800/12",
        "secret": SECRET,
        "partner": HEAD,
        "ceiling": "1500000",
        "share": "87.5",
        "met_on": "2021-11-29",
    }
    for said in ("Lansia", "800/12 tanggal 30 November 2021", f"Jabatan {HEAD}", "Rp1.500.000", "87,5", SECRET, REMARK):
        assert said in one.words, said
    one.open(f"/commitments/{name}/draft")
    again = one.form(f"/commitments/{name}/draft")
    for key in ("own__decree", "own__decree__day", "own__ceiling", "own__share", "item__1__own__cost"):
        assert again.value(key.replace("__", "-")) == FILLED[key]


def test_an_office_sees_no_input_and_no_value_that_is_not_for_it(fielded: ApiWorld) -> None:
    name = commitment(fielded)
    fill_draft(fielded, name, **FILLED)
    other = visitor(fielded, HEAD)
    for path in (f"/commitments/{name}", f"/commitments/{name}/draft"):
        other.open(path)
        assert other.status == 200
        assert SECRET not in other.page
        assert REMARK not in other.page
        assert "Catatan dinas" not in other.page
        assert "Kelompok sasaran" in other.page
    other.send(other.form(f"/commitments/{name}/draft"), {"own-hotline": "0561 9", "item-1-activity": "Lain"})
    assert other.status == 200, other.words
    mine = visitor(fielded, REGION)
    mine.open(f"/commitments/{name}")
    assert SECRET in mine.words
    assert REMARK in mine.words
    assert "0561 9" in mine.words


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("own-share", "100,5", "harus berupa angka"),
        ("own-share", "1,250", "Mohon tulis angka"),
        ("own-met_on", "2021-02-30", "Mohon tulis tanggal"),
        ("own-decree", "800/12", "harus berupa tanggal dan nomor surat"),
        ("own-group", "", "wajib diisi"),
        ("own-partner", "nowhere", "harus berupa jabatan yang terdaftar"),
        ("item-2-own-cost", "0", "harus berupa rupiah bulat"),
    ],
)
def test_what_is_wrong_is_said_at_its_input_and_nothing_typed_is_lost(
    fielded: ApiWorld, field: str, value: str, sentence: str
) -> None:
    name = commitment(fielded)
    one = visitor(fielded, REGION)
    one.open(f"/commitments/{name}/draft")
    one.send(one.form(f"/commitments/{name}/draft"), {"own-hotline": "tetap ada", field: value})
    assert one.status == 422
    _, _, after = one.page.partition(f'id="{field}-error"')
    assert sentence in after.partition("</small>")[0]
    assert one.form(f"/commitments/{name}/draft").value("own-hotline") == "tetap ada"


def test_a_request_and_a_claim_have_their_own_inputs(fielded: ApiWorld) -> None:
    name = commitment(fielded)
    one = visitor(fielded, HEAD)
    one.open(f"/commitments/{name}/moves/sign")
    assert "Isian Surat keputusan (komitmen) wajib diisi." in one.words
    fill_draft(fielded, name, **FILLED)
    one.open(f"/commitments/{name}/moves/sign")
    one.send(one.form(f"/commitments/{name}/moves/sign"))
    assert one.status == 422
    assert "Isian Tanggal rapat (permohonan) wajib diisi." in one.words
    one.send(one.form(f"/commitments/{name}/moves/sign"), {"own-met_on": "2021-11-30"})
    assert one.status == 200, one.words
    assert "Tanggal rapat 30 November 2021" in one.words
    assert "Tingkat penyelesaian Belum dimulai (0%)" in one.words


def test_a_claim_s_field_is_entered_with_the_claim(fielded: ApiWorld) -> None:
    name = commitment(fielded)
    fill_draft(fielded, name, **FILLED)
    asked = fielded.post(HEAD, f"/commitments/{name}/requests", {"move": "sign", "fields": {"met_on": "2021-11-30"}})
    fielded.post(REGION, f"/requests/{name}.r1/approvals", etag=asked.headers["ETag"])
    sheet = f"/sheets/{PROGRAMME}:61.03"
    body = {"mode": "online", "place": "Pontianak", "signed_at": fielded.runtime.now().isoformat()}
    signed = fielded.post(SECRETARY, f"{sheet}/signatures", body, etag=fielded.get(SECRETARY, sheet).headers["ETag"])
    assert signed.status_code == 201, signed.get_data(as_text=True)
    one = visitor(fielded, PIC)
    path = f"/commitments/{name}/items/1/claim"
    one.open(path)
    photo = ("evidence", b"\x89PNG\r\n\x1a\n foto", "foto.png")
    one.send(one.form(path), {"value": "50", "own-index": "-1"}, file=photo)
    assert "Isian Indeks kepuasan (klaim) harus berupa angka" in one.words
    one.send(one.form(path), {"value": "50", "own-index": "87,5"})
    assert one.status == 200, one.words
    assert "Indeks kepuasan 87,5" in one.words
