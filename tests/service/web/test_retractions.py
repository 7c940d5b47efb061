"""Taking a decision back on the pages."""

from __future__ import annotations

from datetime import timedelta

from tests.support.api_world import ApiWorld
from tests.support.browsing import Visitor, visitor
from tests.support.world import REGION, SECRETARY


def decided(world: ApiWorld, commitment: str) -> Visitor:
    """The coordinator, who has just approved."""
    one = visitor(world, REGION)
    one.open("/")
    one.send(one.form(f"/commitments/{commitment}/verdicts", button="approve"), button=("verdict", "approve"))
    return one


def facts_of(world: ApiWorld, commitment: str) -> list[str]:
    return [type(event.fact).__name__ for event in world.runtime.history(commitment)]


def test_after_a_verdict_the_way_back_is_shown_and_works(world: ApiWorld, asked: str) -> None:
    one = decided(world, asked)
    assert f"/commitments/{asked}#retract" in one.page
    one.open(f"/commitments/{asked}")
    one.send(one.form(f"/commitments/{asked}/retractions"), {"text": "Salah pilih."})
    assert (one.status, "menarik kembali persetujuannya atas permohonan 1" in one.words) == (200, True)
    assert facts_of(world, asked)[-1] == "DecisionRetracted"
    assert "Putusan Saudara yang baru saja diberikan" not in one.words


def test_without_a_reason_nothing_is_taken_back(world: ApiWorld, asked: str) -> None:
    one = decided(world, asked)
    one.open(f"/commitments/{asked}")
    one.send(one.form(f"/commitments/{asked}/retractions"), {"text": " "})
    assert (one.status, 'aria-invalid="true"' in one.page) == (422, True)
    assert "DecisionRetracted" not in facts_of(world, asked)


def test_it_is_offered_to_nobody_else_and_not_for_ever(world: ApiWorld, asked: str) -> None:
    one = decided(world, asked)
    other = visitor(world, SECRETARY)
    other.open(f"/commitments/{asked}")
    assert "/retractions" not in other.page
    one.open(f"/commitments/{asked}")
    form = one.form(f"/commitments/{asked}/retractions")
    world.advance(to=world.runtime.now() + timedelta(minutes=11))
    one.send(form, {"text": "Salah pilih."})
    assert (one.status, "hanya dapat ditarik kembali dalam 10 menit" in one.words) == (409, True)
    one.open(f"/commitments/{asked}")
    assert "/retractions" not in one.page


def test_a_request_that_is_none_is_not_found(world: ApiWorld, asked: str) -> None:
    one = decided(world, asked)
    one.open(f"/commitments/{asked}")
    one.send(one.form(f"/commitments/{asked}/retractions"), {"request": "none", "text": "x"})
    assert one.status == 404
