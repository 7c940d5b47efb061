"""The page of the money that a party owes: figures, and forms for whoever may establish, pay and judge."""

from __future__ import annotations

from tests.support.api_world import ApiWorld
from tests.support.browsing import visitor
from tests.support.money import owing_money
from tests.support.world import COORDINATOR, HEAD, PIC, REGION

PROOF = b"%PDF-1.7 bukti setor"


def test_money_is_established_paid_returned_paid_again_and_proven_on_the_page(world: ApiWorld) -> None:
    where = owing_money(world).path
    page = f"{where}/money"
    coordinator, head, region = (visitor(world, one) for one in (COORDINATOR, HEAD, REGION))
    coordinator.open(page)
    coordinator.send(coordinator.form(f"{page}/amounts"), {"amount_idr": "250.000.000", "letter": "LHP-3/2021"})
    assert "Rp250.000.000" in coordinator.words
    for _ in range(2):
        head.open(page)
        fields = {"amount_idr": "100.000.000", "paid_on": "2021-12-06"}
        head.send(head.form(f"{page}/payments"), fields, file=("evidence", PROOF, "setor.pdf"))
        assert head.status == 200, head.words
    region.open(page)
    back = {"reason": "bukti_kurang", "text": "Bukti setor tidak terbaca."}
    region.send(region.form(f"{page}/verdicts", button="return"), back, button=("verdict", "return"))
    assert "Bukti setor tidak terbaca." in region.words
    region.open(page)
    region.send(region.form(f"{page}/verdicts", button="prove"), button=("verdict", "prove"))
    head.open(where)
    assert "Rp150.000.000" in head.words, "the commitment's page says what remains"


def test_a_payment_is_not_recorded_twice_from_two_open_pages(world: ApiWorld) -> None:
    page = f"{owing_money(world).path}/money"
    coordinator, first, second = (visitor(world, one) for one in (COORDINATOR, HEAD, HEAD))
    coordinator.open(page)
    coordinator.send(coordinator.form(f"{page}/amounts"), {"amount_idr": "250.000.000", "letter": "LHP-3/2021"})
    fields, proof = {"amount_idr": "100.000.000", "paid_on": "2021-12-06"}, ("evidence", PROOF, "setor.pdf")
    for one in (first, second):
        one.open(page)
    first.send(first.form(f"{page}/payments"), fields, file=proof)
    assert first.status == 200, first.words
    second.send(second.form(f"{page}/payments"), fields, file=proof)
    assert second.status == 412
    assert "Pembayaran 2" not in second.words
    second.send(second.form(f"{page}/payments"), {})
    assert second.status == 200, "what was written stays, and who looked may record another one"
    assert "Pembayaran 2" in second.words


def test_what_is_no_amount_is_said_at_the_field_and_what_was_written_stays(world: ApiWorld) -> None:
    page = f"{owing_money(world).path}/money"
    coordinator = visitor(world, COORDINATOR)
    coordinator.open(page)
    form = coordinator.form(f"{page}/amounts")
    for wrong in ("banyak", "1,5", "99999999999999999999", "0"):
        coordinator.send(form, {"amount_idr": wrong, "letter": "LHP-3/2021"})
        assert coordinator.status == 422, wrong
        assert coordinator.form(f"{page}/amounts").value("letter") == "LHP-3/2021"


def test_who_may_not_pay_is_told_why_and_sees_no_form(world: ApiWorld) -> None:
    page = f"{owing_money(world).path}/money"
    head = visitor(world, HEAD)
    head.open(page)
    assert "Nilai yang harus dibayar belum ditetapkan." in head.words
    pic = visitor(world, PIC)
    pic.open(page)
    assert "Mengapa Saudara belum dapat mencatat pembayaran" in pic.words
    assert "paid_on" not in pic.page
    head.open("/commitments/tidak-ada/money")
    assert head.status == 404
