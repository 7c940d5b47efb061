"""Money that a party owes, through the API: four figures, who may write them, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.test import TestResponse

from tests.support.api_story import ApiStory, done, refused
from tests.support.api_world import ApiWorld
from tests.support.money import owing_money
from tests.support.world import COORDINATOR, HEAD, NEIGHBOUR, PIC, REGION, SIGNING

AMOUNT = {"amount_idr": 250_000_000, "letter": "LHP-3/2021", "text": "kelebihan bayar"}


def payment(world: ApiWorld, amount_idr: int) -> dict[str, object]:
    proof = world.upload(HEAD, b"%PDF-1.7 bukti setor", "setor.pdf")
    return {"amount_idr": amount_idr, "paid_on": SIGNING.date().isoformat(), "evidence": [proof], "note": "setoran"}


def post(story: ApiStory, office: str, path: str, body: Mapping[str, Any] | None = None) -> TestResponse:
    """A write by who has just looked at the ledger."""
    etag = story.world.get(HEAD, f"{story.path}/ledger").headers["ETag"]
    return story.world.post(office, path, body, etag=etag)


def figures(story: ApiStory, office: str = HEAD) -> tuple[int, int, int, int]:
    told = done(story.world.get(office, f"{story.path}/ledger"))
    return told["established_idr"], told["paid_idr"], told["proven_idr"], told["remaining_idr"]


def test_an_amount_is_established_paid_in_parts_and_proven_by_another_office(world: ApiWorld) -> None:
    story = owing_money(world)
    assert figures(story) == (0, 0, 0, 0)
    done(post(story, COORDINATOR, f"{story.path}/ledger/amounts", AMOUNT))
    body = payment(world, 100_000_000)
    seen = world.get(HEAD, f"{story.path}/ledger").headers["ETag"]
    first = world.post(HEAD, f"{story.path}/payments", body, key="setoran-1", etag=seen)
    assert done(first) == done(world.post(HEAD, f"{story.path}/payments", body, key="setoran-1", etag=seen))
    assert figures(story) == (250_000_000, 100_000_000, 0, 250_000_000)
    done(post(story, REGION, f"/payments/{story.commitment}.p1/verifications", {"note": "sesuai"}))
    done(post(story, HEAD, f"{story.path}/payments", payment(world, 150_000_000)))
    back = {"reason": "bukti_kurang", "text": "Bukti setor tidak terbaca."}
    done(post(story, REGION, f"/payments/{story.commitment}.p2/returns", back))
    assert figures(story) == (250_000_000, 100_000_000, 100_000_000, 150_000_000)
    told = done(world.get(HEAD, f"{story.path}/ledger"))
    assert [(one["status"], one["reason"], one["text"]) for one in told["payments"]] == [
        ("proven", None, "sesuai"),
        ("returned", "bukti_kurang", "Bukti setor tidak terbaca."),
    ]


def test_money_is_written_only_by_who_saw_the_ledger_as_it_is(world: ApiWorld) -> None:
    story = owing_money(world)
    seen = world.get(HEAD, f"{story.path}/ledger").headers["ETag"]
    refused(world.post(COORDINATOR, f"{story.path}/ledger/amounts", AMOUNT), 428, "if_match_missing")
    done(world.post(COORDINATOR, f"{story.path}/ledger/amounts", AMOUNT, etag=seen))
    refused(world.post(COORDINATOR, f"{story.path}/ledger/amounts", AMOUNT, etag=seen), 412, "stale_version")
    body, path = payment(world, 100_000_000), f"{story.path}/payments"
    refused(world.post(HEAD, path, body), 428, "if_match_missing")
    seen = world.get(HEAD, f"{story.path}/ledger").headers["ETag"]
    done(world.post(HEAD, path, body, etag=seen))
    told = refused(world.post(HEAD, path, body, etag=seen), 412, "stale_version")
    assert [one["fact"] for one in told["changes"]] == ["payment-recorded"]
    assert figures(story) == (250_000_000, 100_000_000, 0, 250_000_000)
    for verdict in ("verifications", "returns"):
        judged = {"reason": "bukti_kurang"} if verdict == "returns" else {}
        path = f"/payments/{story.commitment}.p1/{verdict}"
        refused(world.post(REGION, path, judged), 428, "if_match_missing")
        refused(world.post(REGION, path, judged, etag=seen), 412, "stale_version")


def test_no_other_office_establishes_pays_or_judges(world: ApiWorld) -> None:
    story = owing_money(world)
    refused(post(story, HEAD, f"{story.path}/ledger/amounts", AMOUNT), 403, "role_may_not")
    refused(post(story, NEIGHBOUR, f"{story.path}/ledger/amounts", AMOUNT), 404, "not_found")
    done(post(story, COORDINATOR, f"{story.path}/ledger/amounts", AMOUNT))
    refused(post(story, PIC, f"{story.path}/payments", payment(world, 1)), 403, "role_may_not")
    done(post(story, HEAD, f"{story.path}/payments", payment(world, 1)))
    verdict = f"/payments/{story.commitment}.p1"
    refused(post(story, COORDINATOR, f"{verdict}/verifications"), 403, "role_may_not")
    refused(post(story, COORDINATOR, f"{verdict}/returns", {"reason": "bukti_kurang"}), 403, "role_may_not")
    refused(world.get(NEIGHBOUR, f"{story.path}/ledger"), 404, "not_found")
    refused(post(story, REGION, f"/payments/{story.commitment}.p9/verifications"), 404, "not_found")


def test_an_amount_that_is_none_is_refused_at_its_field(world: ApiWorld) -> None:
    story = owing_money(world)
    for wrong in (0, -1, 2**53, "1.5", None):
        answer = post(story, COORDINATOR, f"{story.path}/ledger/amounts", {**AMOUNT, "amount_idr": wrong})
        assert answer.status_code == 422, wrong
    assert figures(story) == (0, 0, 0, 0)


def test_a_payment_may_be_supposed_and_writes_nothing(world: ApiWorld) -> None:
    story = owing_money(world)
    done(post(story, COORDINATOR, f"{story.path}/ledger/amounts", AMOUNT))
    command = {"office": HEAD, "path": f"{story.path}/payments", "body": payment(world, 250_000_000)}
    told = done(world.client.post("/api/v1/what-if", json={"commands": [command]}, headers=world.bearer(HEAD)))
    assert [one["fact"] for one in told["steps"][0]["effects"][0]["facts"]] == ["payment-recorded"]
    assert figures(story) == (250_000_000, 0, 0, 250_000_000)
