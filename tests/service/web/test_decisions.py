"""Several requests ticked in the inbox, shown on one page, and decided in one act."""

from __future__ import annotations

from tests.support.api_world import ApiWorld
from tests.support.browsing import Visitor, visitor
from tests.support.several import asked, three
from tests.support.world import HEAD, REGION, SECRETARY


def facts_of(world: ApiWorld, commitment: str) -> list[str]:
    return [type(event.fact).__name__ for event in world.runtime.history(commitment)]


def confirming(world: ApiWorld, *commitments: str, office: str = REGION) -> Visitor:
    """The page that shows these requests."""
    one = visitor(world, office)
    one.open("/decisions?" + "&".join(f"request={name}.r1" for name in commitments))
    return one


def test_the_inbox_offers_to_tick_what_can_be_decided_together(world: ApiWorld) -> None:
    commitments = three(world)
    world.catch_up()
    one = visitor(world, REGION)
    one.open("/")
    assert all(f'form="together" name="request" value="{name}.r1"' in one.page for name in commitments)
    assert 'action="/decisions"' in one.page


def test_a_single_request_is_not_offered_together(world: ApiWorld) -> None:
    asked(world)
    world.catch_up()
    one = visitor(world, REGION)
    one.open("/")
    assert "together" not in one.page


def test_one_page_shows_what_each_is_and_approves_all(world: ApiWorld) -> None:
    commitments = three(world)
    one = confirming(world, *commitments)
    assert one.words.count("PIKOBAR") >= 3
    assert "Putusan atas 3 permohonan" in one.words
    one.send(one.form("/decisions", button="approve"), {"note": "Lengkap."}, button=("verdict", "approve"))
    assert (one.status, "3 dari 3 permohonan diputus." in one.words) == (200, True)
    assert one.words.count("menyetujui permohonan 1") == 3
    assert all(facts_of(world, name)[-2:] == ["RequestApproved", "StepReached"] for name in commitments)


def test_a_second_click_tells_the_same_and_records_nothing(world: ApiWorld) -> None:
    commitments = three(world)
    one = confirming(world, *commitments)
    form = one.form("/decisions", button="approve")
    one.send(form, button=("verdict", "approve"))
    first, before = one.words, [facts_of(world, name) for name in commitments]
    one.send(form, button=("verdict", "approve"))
    assert one.words == first
    assert [facts_of(world, name) for name in commitments] == before


def test_all_are_returned_for_one_reason_which_is_needed(world: ApiWorld) -> None:
    commitments = three(world)
    one = confirming(world, *commitments)
    one.send(one.form("/decisions", button="return"), {"reason": "", "text": "Mohon"}, button=("verdict", "return"))
    assert (one.status, 'aria-invalid="true"' in one.page, "Mohon" in one.words) == (422, True, True)
    one.send(one.form("/decisions", button="return"), {"reason": "bukti_kurang"}, button=("verdict", "return"))
    assert all(facts_of(world, name)[-1] == "RequestReturned" for name in commitments)


def test_all_are_rejected_for_one_reason_which_is_needed(world: ApiWorld) -> None:
    commitments = three(world)
    one = confirming(world, *commitments)
    one.send(one.form("/decisions", button="reject"), {"reason": "", "text": "Mohon"}, button=("verdict", "reject"))
    assert (one.status, one.page.count('aria-invalid="true"'), one.page.count("Mohon<")) == (422, 1, 1)
    one.send(one.form("/decisions", button="reject"), {"reason": "tidak_memenuhi_syarat"}, button=("verdict", "reject"))
    assert "3 dari 3 permohonan diputus." in one.words
    assert all(facts_of(world, name)[-1] == "RequestRejected" for name in commitments)


def test_what_moved_on_since_the_page_was_shown_is_said_and_left(world: ApiWorld) -> None:
    first, second, third = three(world)
    one = confirming(world, first, second, third)
    assert world.post(HEAD, f"/requests/{first}.r1/withdrawal", {"text": "keliru"}).status_code == 201
    one.send(one.form("/decisions", button="approve"), button=("verdict", "approve"))
    assert "2 dari 3 permohonan diputus." in one.words
    assert "sudah berubah" in one.words
    assert facts_of(world, first)[-1] == "RequestWithdrawn"


def test_what_is_not_the_visitors_turn_is_listed_with_the_reason(world: ApiWorld) -> None:
    one = confirming(world, asked(world), office=SECRETARY)
    assert "Tidak ikut diputus" in one.words
    assert "Putusan sekarang ada pada Jabatan 61.03.bag" in one.words
    assert "Setujui semua" not in one.words


def test_nothing_chosen_unknown_or_a_broken_form_records_nothing(world: ApiWorld) -> None:
    commitment = asked(world)
    one = confirming(world)
    assert "Belum ada permohonan yang dipilih." in one.words
    one.open("/decisions?request=nothing&request=x.r1")
    assert "Belum ada permohonan yang dipilih." in one.words
    one.open(f"/decisions?request={commitment}.r1&request={commitment}.r9")
    form = one.form("/decisions", button="approve")
    one.send(form, {f"seen-{commitment}.r1": "guessed"}, button=("verdict", "approve"))
    assert one.status == 400
    one.send(form, {f"seen-{commitment}.r2": '"1-0"'}, button=("verdict", "approve"))
    assert one.status == 400
    one.send(form, button=("verdict", "shrug"))
    assert one.status == 400
    assert "RequestApproved" not in facts_of(world, commitment)
