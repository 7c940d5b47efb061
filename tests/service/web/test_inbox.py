"""The inbox: what waits, and what its forms do."""

from __future__ import annotations

from tests.support.api_world import ApiWorld
from tests.support.browsing import Visitor, visitor
from tests.support.world import DRAFT_DAY, HEAD, REGION, SECRETARY


def facts_of(world: ApiWorld, commitment: str) -> list[str]:
    return [type(event.fact).__name__ for event in world.runtime.history(commitment)]


def coordinator(world: ApiWorld) -> Visitor:
    one = visitor(world, REGION)
    one.open("/")
    return one


def test_a_request_is_shown_with_party_subject_move_asker_and_due_day(world: ApiWorld, asked: str) -> None:
    words = coordinator(world).words
    for expected in ("Penandatanganan: PIKOBAR", "Organisasi 61.03", "Jabatan 61.03.dinkes", "3 hari kerja lagi"):
        assert expected in words


def test_approving_records_it_and_tells_what_was_recorded(world: ApiWorld, asked: str) -> None:
    one = coordinator(world)
    one.send(one.form(f"/commitments/{asked}/verdicts", button="approve"), button=("verdict", "approve"))
    assert one.status == 200
    assert "Tersimpan." in one.words
    assert "menyetujui permohonan 1" in one.words
    assert facts_of(world, asked)[-2:] == ["RequestApproved", "StepReached"]


def test_a_second_click_records_nothing_and_goes_to_the_same_answer(world: ApiWorld, asked: str) -> None:
    one = coordinator(world)
    form = one.form(f"/commitments/{asked}/verdicts", button="approve")
    first = one.send(form, button=("verdict", "approve"), follow=False)
    before = facts_of(world, asked)
    again = one.send(form, button=("verdict", "approve"), follow=False)
    assert (again.status_code, again.location) == (303, first.location)
    assert facts_of(world, asked) == before


def test_the_same_form_with_another_verdict_is_refused(world: ApiWorld, asked: str) -> None:
    one = coordinator(world)
    form = one.form(f"/commitments/{asked}/verdicts", button="approve")
    one.send(form, button=("verdict", "approve"))
    one.send(form, {"reason": "bukti_kurang"}, button=("verdict", "return"))
    assert one.status == 422
    assert "sudah dipakai untuk permintaan lain" in one.words
    assert "RequestReturned" not in facts_of(world, asked)


def test_returning_needs_a_reason_and_says_so_at_the_field(world: ApiWorld, asked: str) -> None:
    one = coordinator(world)
    form = one.form(f"/commitments/{asked}/verdicts", button="return")
    one.send(form, {"reason": "", "text": "Mohon lengkapi"}, button=("verdict", "return"))
    assert one.status == 422
    assert 'aria-invalid="true"' in one.page
    assert "Alasan belum dipilih" in one.words
    assert "Mohon lengkapi" in one.page, "what was typed is kept"
    one.send(
        one.form(f"/commitments/{asked}/verdicts", button="return"),
        {"reason": "bukti_kurang", "text": "Mohon lengkapi"},
        button=("verdict", "return"),
    )
    assert one.status == 200
    assert facts_of(world, asked)[-1] == "RequestReturned"


def test_a_stale_form_shows_what_changed_and_nothing_is_recorded(world: ApiWorld, asked: str) -> None:
    one = coordinator(world)
    form = one.form(f"/commitments/{asked}/verdicts", button="approve")
    world.post(HEAD, f"/requests/{asked}.r1/withdrawal", {"text": "salah isi"})
    before = facts_of(world, asked)
    one.send(form, button=("verdict", "approve"))
    assert one.status == 412
    assert "berubah sejak Saudara membuka" in one.words
    assert "menarik" in one.words
    assert facts_of(world, asked) == before


def test_the_new_form_after_a_stale_one_works(world: ApiWorld, asked: str) -> None:
    one = coordinator(world)
    old = one.form(f"/commitments/{asked}/verdicts", button="approve")
    world.post(HEAD, f"/requests/{asked}.r1/withdrawal", {"text": "salah isi"})
    world.post(HEAD, f"/commitments/{asked}/requests", {"move": "sign", "text": "lagi"})
    one.send(old, button=("verdict", "approve"))
    assert one.status == 412
    world.catch_up()
    one.open("/")
    one.send(one.form(f"/commitments/{asked}/verdicts", button="approve"), button=("verdict", "approve"))
    assert facts_of(world, asked)[-2:] == ["RequestApproved", "StepReached"]


def test_what_was_done_elsewhere_is_not_offered_though_the_list_lags(world: ApiWorld, asked: str) -> None:
    folded = world.runtime.commitment(asked)
    etag = world.get(REGION, f"/commitments/{asked}").headers["ETag"]
    assert world.post(REGION, f"/requests/{asked}.r1/approvals", etag=etag).status_code == 201
    assert folded.head.version < world.runtime.commitment(asked).head.version
    one = coordinator(world)
    assert "Sudah selesai; tampilan menyusul" in one.words
    assert "/verdicts" not in one.page


def test_a_saved_form_whose_view_lags_says_that_it_is_catching_up(world: ApiWorld, asked: str) -> None:
    one = coordinator(world)
    one.send(one.form(f"/commitments/{asked}/verdicts", button="approve"), button=("verdict", "approve"))
    assert "Tersimpan; tampilan menyusul" in one.words
    world.catch_up()
    one.open(one.path)
    assert "Tersimpan." in one.words
    assert "tampilan menyusul" not in one.words


def test_signing_leads_to_the_sheet(world: ApiWorld, asked: str) -> None:
    one = coordinator(world)
    one.send(one.form(f"/commitments/{asked}/verdicts", button="approve"), button=("verdict", "approve"))
    world.catch_up()
    secretary = visitor(world, SECRETARY)
    secretary.open("/")
    assert 'href="/sheets/kalbar-2022:61.03"' in secretary.page
    assert "Tanda tangani di lembar komitmen" in secretary.words


def test_what_is_late_is_said_in_working_days(world: ApiWorld, asked: str) -> None:
    world.advance(to=DRAFT_DAY.replace(month=12, day=10))
    assert "terlambat 6 hari kerja" in coordinator(world).words


def test_an_empty_inbox_says_so(world: ApiWorld) -> None:
    assert "Tidak ada yang menunggu jabatan ini" in coordinator(world).words


def test_a_cursor_that_is_none_begins_at_the_start(world: ApiWorld, asked: str) -> None:
    one = coordinator(world)
    one.open("/?kind=decision&after=abc")
    assert "PIKOBAR" in one.words
