"""Asking one more office, and forwarding a verdict to be prepared, on the pages."""

from __future__ import annotations

from tests.support.api_world import ApiWorld
from tests.support.browsing import Visitor, visitor
from tests.support.world import COORDINATOR, HEAD, PIC, REGION, SECRETARY


def at(world: ApiWorld, office: str, commitment: str) -> Visitor:
    one = visitor(world, office)
    one.open(f"/commitments/{commitment}")
    return one


def facts_of(world: ApiWorld, commitment: str) -> list[str]:
    return [type(event.fact).__name__ for event in world.runtime.history(commitment)]


def test_one_more_approval_is_asked_for_and_shown_in_the_chain(world: ApiWorld, asked: str) -> None:
    one = at(world, REGION, asked)
    form = one.form(f"/commitments/{asked}/approvers")
    assert f'<option value="{COORDINATOR}">' in one.page
    one.send(form, {"office": COORDINATOR, "text": "Mohon telaah."})
    assert (one.status, "meminta persetujuan tambahan dari" in one.words) == (200, True)
    assert facts_of(world, asked)[-2:] == ["ApproverAdded", "StepReached"]
    one.open(f"/commitments/{asked}")
    assert "Persetujuan tambahan" in one.words


def test_a_choice_that_cannot_be_is_refused_and_shown_again(world: ApiWorld, asked: str) -> None:
    one = at(world, REGION, asked)
    one.send(one.form(f"/commitments/{asked}/approvers"), {"office": SECRETARY, "text": "Mohon telaah."})
    assert (one.status, "memutus pada tahap berikutnya" in one.words) == (409, True)
    assert "Mohon telaah." in one.words
    assert "ApproverAdded" not in facts_of(world, asked)


def test_a_verdict_is_forwarded_noted_and_handed_back(world: ApiWorld, checked: str) -> None:
    one = at(world, SECRETARY, checked)
    one.send(one.form(f"/commitments/{checked}/forwards"), {"office": PIC, "text": ""})
    assert (one.status, 'aria-invalid="true"' in one.page) == (422, True)
    one.send(one.form(f"/commitments/{checked}/forwards"), {"office": PIC, "text": "Mohon periksa lampiran."})
    assert one.status == 200
    world.catch_up()
    below = visitor(world, PIC)
    below.open("/")
    assert "Mohon periksa lampiran." in below.words
    form = below.form(f"/commitments/{checked}/preparations")
    below.send(form, {"text": " "}, button=("back", "yes"))
    assert below.status == 422
    below.send(below.form(f"/commitments/{checked}/preparations"), {"text": "Sudah lengkap."}, button=("back", "yes"))
    assert facts_of(world, checked)[-1] == "PreparationNoted"
    one.open(f"/commitments/{checked}")
    assert "Sudah lengkap." in one.words


def test_it_is_offered_only_to_whose_turn_it_is(world: ApiWorld, asked: str) -> None:
    for office in (HEAD, SECRETARY):
        assert "/approvers" not in at(world, office, asked).page
    one = at(world, REGION, asked)
    one.send(one.form(f"/commitments/{asked}/approvers"), {"request": "none", "office": COORDINATOR})
    assert one.status == 404
