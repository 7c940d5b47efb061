"""A wave through the API: a plan spread to further parties, each a draft of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from service import catalog
from service.dispatch import Caller
from tests.support.api_story import done, refused, signed
from tests.support.api_world import ApiWorld
from tests.support.world import COORDINATOR, HEAD, NEIGHBOUR, OPENED, PARTY, PIC, PROGRAMME, PROVINCE, REGION
from workflows.commands import EstablishOffice, OpenProgramme
from workflows.context import Acting

OTHER, AGENCY, NEXT = "61.05", "61.05.dinkes", "kalbar-2023"
PATH = f"/programmes/{PROGRAMME}"


def ready(world: ApiWorld) -> str:
    """A signed commitment to spread, and an agency of the neighbour's; the reference's id."""
    world.tell(
        catalog.OFFICES,
        EstablishOffice(AGENCY, "Dinas Kesehatan", "agency_head", OTHER, "own", None, None),
    )
    return signed(world).commitment


def wave(like: str, *parties: dict[str, str], **more: Any) -> dict[str, Any]:
    return {"like": like, "parties": list(parties or ({"party": OTHER, "agency": AGENCY},)), **more}


def what(answer: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    return [(one["party"]["id"], one["what"], [why["code"] for why in one["blockers"]]) for one in answer["drafts"]]


def test_a_preview_shows_what_would_be_drafted_and_what_is_refused_and_writes_nothing(world: ApiWorld) -> None:
    like = ready(world)
    before = world.runtime.store.read_all(0)[-1].position
    body = wave(
        like, {"party": OTHER, "agency": AGENCY}, {"party": PARTY, "agency": HEAD}, {"party": "61.99", "agency": HEAD}
    )
    shown = done(world.client.post(f"/api/v1{PATH}/wave-previews", json=body, headers=world.bearer(COORDINATOR)))
    assert what(shown)[:2] == [(OTHER, "new", []), (PARTY, "refused", ["commitment_exists"])]
    assert "party_not_in_programme" in what(shown)[2][2]
    assert shown["drafts"][0]["reference"] == "KALBAR-2022-6105-pikobar"
    assert (shown["drafts"][0]["items"], shown["position"]) == (3, 0)
    assert world.runtime.store.read_all(0)[-1].position == before


def test_each_party_gets_a_draft_of_its_own_and_again_is_nothing_new(world: ApiWorld) -> None:
    like = ready(world)
    body = wave(like, {"party": OTHER, "agency": AGENCY}, {"party": PARTY, "agency": HEAD}, start_on="2022-02-01")
    first = done(world.post(COORDINATOR, f"{PATH}/waves", body, key="gelombang-2"))
    assert what(first) == [(OTHER, "new", []), (PARTY, "refused", ["commitment_exists"])]
    made = done(world.get(COORDINATOR, f"/commitments/{first['drafts'][0]['commitment']}"))
    items = done(world.get(COORDINATOR, f"/commitments/{first['drafts'][0]['commitment']}/plan-items"))["items"]
    assert (made["state"]["name"], made["agency"], items[0]["starts_on"]) == ("drafted", AGENCY, "2022-02-01")
    again = done(world.post(COORDINATOR, f"{PATH}/waves", body, key="gelombang-2"))
    assert (again["drafts"], again["position"]) == (first["drafts"], first["position"])
    other_key = done(world.post(COORDINATOR, f"{PATH}/waves", body))
    assert (what(other_key)[0], other_key["position"]) == ((OTHER, "same", []), 0)


def test_a_wave_into_the_next_years_programme_moves_the_days(world: ApiWorld) -> None:
    like = ready(world)
    opened = replace(OPENED, programme=NEXT, fiscal_year=2023, ends_on=date(2023, 12, 31))
    by = Caller(Acting(COORDINATOR, world.persons[COORDINATOR]), "cli:test")
    world.tell(catalog.programme_stream(NEXT), OpenProgramme(opened), by=by)
    answer = done(
        world.post(COORDINATOR, f"/programmes/{NEXT}/waves", wave(like, {"party": PARTY, "agency": HEAD, "pic": PIC}))
    )
    (one,) = answer["drafts"]
    assert (one["what"], one["reference"], one["starts_on"]) == ("new", "KALBAR-2023-6103-pikobar", "2023-01-03")


def test_only_who_may_draft_or_import_spreads_and_only_what_it_sees(world: ApiWorld) -> None:
    like = ready(world)
    refused(world.post(NEIGHBOUR, f"{PATH}/waves", wave(like)), 404, "not_found")
    assert what(done(world.post(PROVINCE, f"{PATH}/waves", wave(like)))) == [(OTHER, "refused", ["role_may_not"])]
    assert what(done(world.post(REGION, f"{PATH}/waves", wave(like))))[0][1] == "refused"
    refused(world.post(COORDINATOR, "/programmes/none/waves", wave(like)), 422, "programme_unknown")
    refused(world.post(COORDINATOR, f"{PATH}/waves", {"like": like, "parties": []}), 422, "input_invalid")
    twice = wave(like, {"party": OTHER, "agency": AGENCY}, {"party": OTHER, "agency": f"{OTHER}.sekda"})
    refused(world.post(COORDINATOR, f"{PATH}/waves", twice), 422, "input_invalid")
