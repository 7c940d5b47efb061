"""Versions of workflows on the pages: proposed by one office, installed and carried out by another."""

from __future__ import annotations

from tests.support.api_story import done, signed
from tests.support.api_world import ApiWorld
from tests.support.browsing import Visitor, visitor
from tests.support.short_path import short_path
from tests.support.world import ADMIN, COORDINATOR, HEAD, PROGRAMME

NAME = "replikasi-inovasi"
TEXT = short_path()
NEXT = TEXT.replace("version: 1", "version: 2", 1).replace("en: Signed}", "en: Agreed}")
P1, M1 = f"{NAME}.p1", f"{PROGRAMME}.m1"


def proposed(world: ApiWorld, text: str = NEXT) -> Visitor:
    one = visitor(world, ADMIN)
    one.open("/definitions")
    one.send(one.form("/definitions"), {"text": text})
    return one


def installed(world: ApiWorld) -> Visitor:
    proposed(world)
    other = visitor(world, COORDINATOR)
    other.open(f"/definitions/proposals/{P1}")
    other.send(other.form(f"/definitions/proposals/{P1}/confirmation"))
    return other


def test_one_office_proposes_and_another_installs(world: ApiWorld) -> None:
    mine = proposed(world)
    assert mine.status == 200
    assert "-version: 1" in mine.words
    assert "+version: 2" in mine.words
    assert f"{P1}/confirmation" not in mine.page
    other = visitor(world, COORDINATOR)
    other.open("/definitions")
    assert "Menunggu pengesahan Saudara" in other.words
    installed(world)
    assert [one.version for one in world.runtime.basis(fresh=True).installed.definitions[NAME]] == [1, 2]


def test_a_text_that_does_not_check_stays_in_the_form_with_its_place(world: ApiWorld) -> None:
    one = proposed(world, NEXT.replace("to: signed", "to: nowhere", 1))
    assert one.status == 422
    assert "nowhere" in one.words
    assert "to: nowhere" in one.form("/definitions").value("text")
    assert not world.runtime.basis(fresh=True).installed.proposals


def test_the_proposer_takes_a_version_back_and_the_reason_is_shown(world: ApiWorld) -> None:
    mine = proposed(world)
    mine.send(mine.form(f"/definitions/proposals/{P1}/refusal"), {"reason": "Salah berkas"})
    assert "Salah berkas" in mine.words
    assert world.runtime.basis(fresh=True).installed.proposals[P1].status == "declined"


def test_who_may_not_propose_is_offered_no_form(world: ApiWorld) -> None:
    one = visitor(world, HEAD)
    one.open("/definitions")
    assert "<textarea" not in one.page
    proposed(world)
    one.open(f"/definitions/proposals/{P1}")
    assert f"{P1}/confirmation" not in one.page


def test_the_second_confirmation_is_told_that_it_is_installed(world: ApiWorld) -> None:
    proposed(world)
    other = visitor(world, COORDINATOR)
    other.open(f"/definitions/proposals/{P1}")
    form = other.form(f"/definitions/proposals/{P1}/confirmation")
    other.send(form)
    assert other.status == 200
    other.send(form)
    assert other.status == 200
    form.fields = [(name, "another-key" if name == "key" else value) for name, value in form.fields]
    other.send(form)
    assert other.status == 409


def test_a_migration_is_looked_at_and_confirmed_by_another_office(world: ApiWorld) -> None:
    story = signed(world)
    installed(world)
    order = {"to_version": 2, "letter": "800/7", "text": "Aturan baru"}
    done(world.post(ADMIN, f"/programmes/{PROGRAMME}/migrations", order))
    mine = visitor(world, ADMIN)
    mine.open(f"/definitions/migrations/{M1}")
    assert f"{M1}/confirmation" not in mine.page
    other = visitor(world, COORDINATOR)
    other.open(f"/definitions/migrations/{M1}")
    assert "akan pindah" in other.words
    assert f"/commitments/{story.commitment}" in other.page
    other.send(other.form(f"/definitions/migrations/{M1}/confirmation"))
    assert other.status == 200
    assert world.runtime.basis(fresh=True).installed.migrations[M1].status in ("confirmed", "ended")
