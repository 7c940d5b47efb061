"""Promising anew what was withdrawn from, on the commitment's page and in the matrix."""

from __future__ import annotations

from tests.service.api.test_rejoining import left
from tests.support.api_world import ApiWorld
from tests.support.browsing import visitor
from tests.support.world import COORDINATOR, REGION

AGAIN = "KALBAR-2022-6103-pikobar-2"


def test_a_withdrawn_commitment_is_promised_anew_once(world: ApiWorld) -> None:
    story = left(world)
    one = visitor(world, REGION)
    one.open(story.path)
    assert "Berkomitmen lagi" in one.words
    one.open(f"{story.path}/rejoining")
    form = one.form(f"{story.path}/rejoining")
    one.send(form, {})
    assert f"Nomor komitmen {AGAIN}" in one.words
    assert "Menyusul KALBAR-2022-6103-pikobar " in one.words
    assert "menyusul KALBAR-2022-6103-pikobar, yang sudah berakhir" in one.words
    there = one.path
    one.send(form, {})
    assert (one.path.partition("?")[0], one.status) == (there.partition("?")[0], 200), "a second click makes no second"
    one.open(story.path)
    assert f"Disusul oleh {AGAIN}" in one.words
    assert "Berkomitmen lagi" not in one.words
    one.open(f"{story.path}/rejoining")
    assert "Komitmen yang menyusul sudah dibuka" in one.words


def test_the_matrix_shows_the_newest_of_a_party_and_a_subject(world: ApiWorld) -> None:
    story = left(world)
    one = visitor(world, REGION)
    one.open(f"{story.path}/rejoining")
    one.send(one.form(f"{story.path}/rejoining"), {})
    newest = one.path.partition("?")[0]
    world.catch_up()
    one.open("/matrix")
    assert f'href="{newest}"' in one.page
    assert f'href="{story.path}"' not in one.page
    assert "belum ditandatangani" in one.words


def test_what_goes_on_and_who_may_not_draft_has_no_such_form(world: ApiWorld) -> None:
    story = left(world)
    other = visitor(world, COORDINATOR)
    other.open(f"{story.path}/rejoining")
    assert "Belum dapat dibuka oleh jabatan Saudara" in other.words
    one = visitor(world, REGION)
    one.open(f"{story.path}/rejoining")
    one.send(one.form(f"{story.path}/rejoining"), {"agency": "61.05.sekda"})
    assert (one.status, 'id="agency-error"' in one.page) == (422, True)
    one.send(one.form(f"{story.path}/rejoining"), {"agency": "61.03.dinkes"})
    again = one.path.partition("?")[0]
    one.open(f"{again}/rejoining")
    assert one.status == 404
