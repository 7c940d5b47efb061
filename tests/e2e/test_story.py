"""The main job in a browser: an office asks, another approves, both see the story; with scripts and without."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.support.chromium import DESK, PHONE, Visit, window
from tests.support.processes import Up

pytestmark = [pytest.mark.serial, pytest.mark.e2e]
COORDINATOR, SECRETARY, PROVINCE = "61.10.bag-organisasi", "61.10.sekda", "61.biro-organisasi"


def open_from_matrix(visit: Visit, subject: str, party: str = "Melawi") -> str:
    """Open a commitment by its cell in the matrix; returns its address."""
    visit.open("/matrix")
    row = visit.page.locator("tbody tr").filter(has_text=party)
    row.locator("a.cell").filter(has_text=subject).first.click()
    visit.page.wait_for_url(re.compile("/commitments/"))
    return visit.page.url.removeprefix(visit.base_url)


def ask_for_withdrawal(visit: Visit, tmp_path: Path, subject: str) -> str:
    """The coordinator asks that a commitment be withdrawn, with a letter; returns the commitment's address."""
    address = open_from_matrix(visit, subject)
    visit.page.get_by_role("button", name="Ajukan: Penarikan komitmen").click()
    letter = tmp_path / "surat penarikan.pdf"
    letter.write_bytes(b"%PDF-1.7 surat penarikan (data contoh)")
    visit.page.get_by_label("Alasan").select_option("tanpa_anggaran")
    visit.page.get_by_label("Penjelasan").fill("Anggaran dialihkan (data contoh)")
    visit.page.locator("#evidence").set_input_files(letter)
    visit.page.locator("main form button").click()
    expect(visit.page.get_by_role("status").filter(has_text="Tersimpan.")).to_be_visible()
    return address


@pytest.mark.parametrize(("subject", "size", "with_scripts"), [("e-OPen", DESK, True), ("Klinik BUMDes", PHONE, False)])
def test_a_request_is_asked_approved_and_told(
    kawal: Up, chromium: Browser, tmp_path: Path, subject: str, size: tuple[int, int], with_scripts: bool
) -> None:
    with window(chromium, kawal.base_url, size=size, with_scripts=with_scripts) as visit:
        visit.sign_in(COORDINATOR)
        address = ask_for_withdrawal(visit, tmp_path, subject)
        assert "mengajukan permohonan" in visit.words
        assert visit.complaints == []
    with window(chromium, kawal.base_url, size=size, with_scripts=with_scripts) as visit:
        visit.sign_in(SECRETARY)
        card = visit.page.locator("article.card").filter(has_text=subject)
        expect(card).to_contain_text("Penarikan komitmen")
        expect(card).to_contain_text("Anggaran dialihkan")
        card.get_by_role("button", name="Setujui").click()
        expect(visit.page.get_by_role("status").filter(has_text="Tersimpan.")).to_be_visible()
        expect(visit.page.locator("article.card").filter(has_text=subject)).to_have_count(0)
        visit.open(address)
        story = visit.page.locator("ol.story")
        expect(story).to_contain_text("Sekretaris Daerah Kabupaten Melawi menyetujui permohonan")
        assert visit.complaints == []


def test_a_claim_is_checked_in_the_inbox_on_a_phone(kawal: Up, chromium: Browser) -> None:
    with window(chromium, kawal.base_url, size=PHONE) as visit:
        visit.sign_in(COORDINATOR)
        card = visit.page.locator("article.card").filter(has_text="Klaim").first
        subject = card.locator("h3").inner_text()
        card.get_by_role("button", name="Nyatakan sesuai").click()
        expect(visit.page.get_by_role("status").filter(has_text="Tersimpan.")).to_contain_text("menyatakannya sesuai")
        expect(visit.page.locator("article.card").filter(has_text=subject)).to_have_count(0)
        assert visit.complaints == []


def test_returning_asks_for_a_reason(kawal: Up, chromium: Browser, tmp_path: Path) -> None:
    with window(chromium, kawal.base_url) as visit:
        visit.sign_in(COORDINATOR)
        ask_for_withdrawal(visit, tmp_path, "Menyeting Gigi Emas")
    with window(chromium, kawal.base_url) as visit:
        visit.sign_in(SECRETARY)
        card = visit.page.locator("article.card").filter(has_text="Menyeting Gigi Emas")
        card.get_by_text("Kembalikan", exact=True).click()
        button = card.get_by_role("button", name="Kembalikan untuk perbaikan")
        button.click()
        assert visit.page.url == visit.base_url + "/", "the browser itself asks for the reason"
        form = card.locator("form").filter(has=visit.page.get_by_role("button", name="Kembalikan untuk perbaikan"))
        form.get_by_label("Alasan").select_option("bukti_kurang")
        form.get_by_label("Penjelasan").fill("Mohon lampirkan surat bernomor")
        button.click()
        expect(visit.page.get_by_role("status").filter(has_text="Tersimpan.")).to_contain_text("mengembalikan")
        assert visit.complaints == []


def test_the_offices_are_found_while_one_types(kawal: Up, chromium: Browser) -> None:
    with window(chromium, kawal.base_url) as visit:
        visit.open("/login")
        visit.page.get_by_label("Cari jabatan atau wilayah").press_sequentially("inspektorat")
        expect(visit.page.locator("#offices")).not_to_contain_text("Sekretaris Daerah")
        assert visit.complaints == []


def test_the_past_is_chosen_by_date(kawal: Up, chromium: Browser) -> None:
    with window(chromium, kawal.base_url) as visit:
        visit.sign_in(PROVINCE)
        visit.open("/matrix")
        visit.page.get_by_text("Lihat keadaan pada tanggal lain").click()
        visit.page.get_by_label("Tercatat sampai").fill("2021-12-05")
        visit.page.get_by_role("button", name="Lihat").click()
        assert "Keadaan per Minggu, 5 Desember 2021" in visit.words
        assert "0 dari 14 menandatangani" in visit.words
        assert visit.complaints == []


def test_a_wave_is_looked_at_and_confirmed_on_a_phone(kawal: Up, chromium: Browser) -> None:
    with window(chromium, kawal.base_url, size=PHONE) as visit:
        visit.sign_in(PROVINCE)
        visit.open("/programmes/kalbar-2022")
        visit.page.get_by_role("button", name="Gelombang baru").click()
        visit.page.get_by_label("Nomor komitmen acuan").fill("KALBAR-2022-6110-ekosistem-data-jabar")
        visit.page.get_by_label("Kabupaten Sekadau", exact=True).check()
        visit.page.get_by_text("Perangkat daerah dan penanggung jawab Kabupaten Sekadau").click()
        visit.page.locator('select[name="agency:61.09"]').select_option("61.09.dpmd")
        visit.page.get_by_role("button", name="Lihat dulu").click()
        expect(visit.page.get_by_role("status").first).to_contain_text("1 konsep akan dibuka")
        assert visit.overflow_px == 0
        visit.page.get_by_role("button", name="Buka 1 konsep").click()
        expect(visit.page.get_by_role("status").first).to_contain_text("1 konsep dibuka")
        assert visit.overflow_px == 0
        assert visit.complaints == []
