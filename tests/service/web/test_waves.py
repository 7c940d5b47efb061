"""A new wave on its page: chosen, looked at, confirmed once."""

from __future__ import annotations

from tests.service.api.test_waves import AGENCY, OTHER, ready
from tests.support.api_world import ApiWorld
from tests.support.browsing import Visitor, visitor
from tests.support.world import COORDINATOR, HEAD, PARTY, PROGRAMME, REGION

PATH, PAGE = f"/programmes/{PROGRAMME}", f"/programmes/{PROGRAMME}/waves"
LIKE, DRAFTED = "KALBAR-2022-6103-pikobar", "KALBAR-2022-6105-pikobar"
CHOSEN = {"like": LIKE, "parties": OTHER, f"agency:{OTHER}": AGENCY, "start_on": "2022-02-01"}


def looked(world: ApiWorld) -> Visitor:
    ready(world)
    world.catch_up()
    one = visitor(world, COORDINATOR)
    one.open(PAGE)
    one.send(one.form(PAGE), CHOSEN, button=("step", "preview"))
    return one


def test_a_look_writes_nothing_and_the_confirmed_wave_is_drafted_once(world: ApiWorld) -> None:
    one = looked(world)
    head = world.runtime.store.log_head()
    assert "1 konsep akan dibuka; belum ada yang tersimpan" in one.words
    assert DRAFTED in one.words
    assert "1 Februari 2022" in one.words
    form = one.form(PAGE, button="confirm")
    one.send(form, {}, button=("step", "confirm"))
    assert "1 konsep dibuka" in one.words
    written = world.runtime.store.log_head()
    assert written != head
    one.send(form, {}, button=("step", "confirm"))
    assert ("1 konsep dibuka" in one.words, world.runtime.store.log_head()) == (True, written)
    one.open(PAGE)
    one.send(one.form(PAGE), CHOSEN, button=("step", "preview"))
    assert "sudah ada, sama" in one.words


def test_what_a_party_is_refused_for_is_said_beside_it_and_holds_no_other_up(world: ApiWorld) -> None:
    ready(world)
    one = visitor(world, COORDINATOR)
    one.open(PAGE)
    two = {"parties": [PARTY, OTHER], f"agency:{PARTY}": HEAD, f"agency:{OTHER}": AGENCY, "like": LIKE}
    for step, told in (("preview", "1 konsep akan dibuka"), ("confirm", "1 konsep dibuka")):
        hidden = {name: one.form(PAGE).value(name) for name in ("csrf", "key", "etag")}
        answer = one.client.post(PAGE, data={**hidden, **two, "step": step})
        one.page, one.status = answer.get_data(as_text=True), answer.status_code
        assert (one.status, told in one.words) == (200, True)
        assert "sudah ada (" in one.page.partition(f'id="draft-{PARTY}"')[2].partition("</li>")[0]


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(world: ApiWorld) -> None:
    ready(world)
    one = visitor(world, COORDINATOR)
    one.open(PAGE)
    one.send(one.form(PAGE), {"like": "X-1", "parties": OTHER}, button=("step", "preview"))
    assert (one.status, 'id="like-error"' in one.page, 'value="X-1"' in one.page) == (422, True, True)
    one.send(one.form(PAGE), {"like": LIKE, "parties": OTHER, f"agency:{OTHER}": ""}, button=("step", "preview"))
    assert (one.status, f'id="agency-{OTHER}-error"' in one.page) == (422, True)
    one.send(one.form(PAGE), {"like": LIKE, "parties": "61.99"}, button=("step", "preview"))
    assert 'id="parties-error"' in one.page
    one.send(one.form(PAGE), {**CHOSEN, "start_on": "2022-02-31"}, button=("step", "preview"))
    assert 'id="start_on-error"' in one.page


def test_what_moved_on_since_the_look_is_not_drafted(world: ApiWorld) -> None:
    one = looked(world)
    form = one.form(PAGE, button="confirm")
    head = world.runtime.store.log_head()
    form.fields = [(name, '"1-0000000000000000"' if name == "etag" else value) for name, value in form.fields]
    one.send(form, {}, button=("step", "confirm"))
    assert one.status == 412
    assert world.runtime.store.log_head() == head


def test_only_what_the_office_sees_is_offered_and_the_rules_say_who_may(world: ApiWorld) -> None:
    ready(world)
    one = visitor(world, REGION)
    one.open(PAGE)
    assert (f'value="{PARTY}"' in one.page, f'value="{OTHER}"' in one.page) == (True, False)
    one.send(one.form(PAGE), CHOSEN, button=("step", "preview"))
    assert "0 konsep akan dibuka" in one.words
    assert 'value="confirm"' not in one.page
    one.open(PATH)
    assert f'href="{PAGE}"' in one.page
