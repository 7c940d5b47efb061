"""Those concerned are told of delegations and appointments, in their own language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from service import identity
from tests.support.api_story import done
from tests.support.api_world import ApiWorld, api_world
from tests.support.world import ADMIN, COORDINATOR, DRAFT_DAY, OTHER_HEAD, PROGRAMME, REGION, SECRETARY


@pytest.fixture
def world(tmp_path: Path) -> ApiWorld:
    made = api_world(tmp_path)
    made.catch_up()
    return made


def told(world: ApiWorld, office: str) -> list[dict[str, Any]]:
    world.catch_up()
    return list(done(world.get(office, "/notices"))["notices"])


def test_the_delegate_is_told_of_a_delegation_and_of_its_revocation(world: ApiWorld) -> None:
    day = DRAFT_DAY.date().isoformat()
    body = {"to": OTHER_HEAD, "capacity": "plh", "letter": "800/1", "starts_on": day, "ends_on": day}
    given = done(world.post(REGION, "/delegations", body))["delegation"]["id"]
    done(world.post(REGION, f"/delegations/{given}/revocation", {"reason": "kembali bertugas"}))
    revoked, first = told(world, OTHER_HEAD)
    assert (first["commitment"], first["path"], first["why"]) == (None, "/delegations", "delegation")
    assert first["subject"] == "Pelimpahan wewenang"
    assert "melimpahkan wewenang kepada Jabatan" in " ".join(first["body"].split())
    assert "kembali bertugas" in revoked["body"]
    assert told(world, REGION) == []


def test_both_sides_are_told_when_a_delegation_begins_and_ends_by_itself(world: ApiWorld) -> None:
    first = DRAFT_DAY.date() + timedelta(days=3)
    body = {"to": OTHER_HEAD, "capacity": "plh", "letter": "800/1"}
    done(world.post(REGION, "/delegations", {**body, "starts_on": first.isoformat(), "ends_on": first.isoformat()}))
    assert [one["fact"] for one in told(world, OTHER_HEAD)] == ["delegation-given"]
    world.advance(to=DRAFT_DAY + timedelta(days=3, hours=9))
    assert told(world, OTHER_HEAD)[0]["fact"] == "delegation-begun"
    assert [one["fact"] for one in told(world, REGION)] == ["delegation-begun"]
    world.advance(to=DRAFT_DAY + timedelta(days=5))
    told(world, REGION)
    assert [one["fact"] for one in told(world, REGION)] == ["delegation-ended", "delegation-begun"]
    assert "telah berakhir" in " ".join(told(world, OTHER_HEAD)[0]["body"].split())


def test_the_second_person_is_asked_and_the_outcome_told(world: ApiWorld) -> None:
    new = identity.NewPerson("Pengganti", "pengganti@kawal.example")
    identity.create_person(world.runtime.engine, new, now=datetime.now(UTC))
    body = {
        "office": REGION,
        "email": new.email,
        "capacity": "plh",
        "letter": "821/9",
        "starts_on": DRAFT_DAY.date().isoformat(),
    }
    proposed = done(world.post(SECRETARY, "/appointments", body))["appointment"]["id"]
    (asked,) = told(world, ADMIN)
    assert (asked["subject"], asked["action"], asked["path"]) == (
        "Mohon pengesahan: pengangkatan",
        True,
        "/appointments",
    )
    assert "Pengganti" not in asked["body"]
    done(world.post(ADMIN, f"/appointments/{proposed}/confirmation"))
    assert [one["fact"] for one in told(world, REGION)] == ["holder-appointed"]
    again = done(world.post(SECRETARY, "/appointments", {**body, "capacity": "plt"}))["appointment"]["id"]
    done(world.post(ADMIN, f"/appointments/{again}/refusal", {"reason": "Sudah ada Plh."}))
    assert told(world, SECRETARY)[0]["fact"] == "holder-proposal-declined"


def test_coordinators_and_secretaries_are_told_of_a_go_live_day_and_each_time_that_it_moves(world: ApiWorld) -> None:
    path = f"/programmes/{PROGRAMME}/go-live"
    done(world.post(COORDINATOR, path, {"on": "2022-02-01", "text": "Mulai dipakai"}))
    (first,) = told(world, REGION)
    assert (first["commitment"], first["path"], first["why"]) == (None, f"/programmes/{PROGRAMME}", "programme")
    assert first["subject"] == "Hari mulai dipakai ditetapkan"
    assert "Mulai dipakai" in " ".join(first["body"].split())
    done(world.post(COORDINATOR, path, {"on": "2022-03-01", "text": "Ditunda"}))
    assert [one["fact"] for one in told(world, SECRETARY)] == ["go-live-set", "go-live-set"]
    assert told(world, COORDINATOR) == []
