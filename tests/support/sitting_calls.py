"""Sittings through the API, and who may hold and read them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.api_story import done, signed
from tests.support.api_world import ApiWorld
from tests.support.role_cases import Case
from tests.support.world import COORDINATOR, MINISTRY, PROGRAMME, REGION, SECRETARY, SIGNING

HELD = SIGNING.isoformat()
CLOSING = {"ended_at": HELD, "minutes": "Selesai"}
ANOTHER = {"present": [{"office": MINISTRY, "presence": "online"}]}


def opening(**changed: Any) -> dict[str, Any]:
    """The body of a sound sitting."""
    return {
        "programme": PROGRAMME,
        "title": "Penandatanganan lembar komitmen",
        "mode": "in_person",
        "place": "Pontianak",
        "held_at": HELD,
        **changed,
    }


def open_sitting(world: ApiWorld, *, by: str = COORDINATOR, **changed: Any) -> str:
    """A sitting's id, opened now."""
    return str(done(world.post(by, "/sittings", opening(**changed)))["sitting"]["id"])


def attend(world: ApiWorld, sitting: str, *offices: str, by: str = COORDINATOR) -> None:
    """These offices were there in person."""
    present = [{"office": office, "presence": "in_person"} for office in offices]
    done(world.post(by, f"/sittings/{sitting}/attendance", {"present": present}))


def sitting_cases(everybody: set[str], *, reads: set[str], holds: set[str]) -> dict[str, Callable[[ApiWorld], Case]]:
    """Every endpoint of sittings, by name. reads: the offices that read one of the regency; holds: that may open one"""
    return {
        "list_sittings": _read("/sittings", everybody),
        "read_sitting": _read("/sittings/{sitting}", reads),
        "download_minutes": _minutes(reads),
        "open_sitting": _opened(holds),
        "record_attendance": _kept("attendance", ANOTHER, {REGION}),
        "correct_sitting": _kept("corrections", {"reason": "Keliru", "place": "Mempawah"}, {REGION}),
        "close_sitting": _kept("closure", CLOSING, {REGION}),
    }


def _opened(allowed: set[str]) -> Callable[[ApiWorld], Case]:
    """A sitting is opened in the programme."""

    def build(world: ApiWorld) -> Case:
        signed(world)
        return Case(lambda office: world.post(office, "/sittings", opening()), allowed)

    return build


def _read(path: str, allowed: set[str]) -> Callable[[ApiWorld], Case]:
    """A sitting of the regency is read."""

    def build(world: ApiWorld) -> Case:
        signed(world)
        sitting = open_sitting(world, by=REGION)
        attend(world, sitting, SECRETARY, by=REGION)
        world.catch_up()
        return Case(lambda office: world.get(office, path.format(sitting=sitting)), allowed)

    return build


def _minutes(allowed: set[str]) -> Callable[[ApiWorld], Case]:
    """The file of the minutes of a sitting of the regency is opened."""

    def build(world: ApiWorld) -> Case:
        signed(world)
        sitting = open_sitting(world, by=REGION)
        attend(world, sitting, SECRETARY, by=REGION)
        file = world.upload(REGION, b"%PDF-1.7 risalah", "risalah.pdf")
        done(world.post(REGION, f"/sittings/{sitting}/closure", {**CLOSING, "file": file}))
        return Case(lambda office: world.get(office, f"/sittings/{sitting}/files/{file}"), allowed)

    return build


def _kept(act: str, body: dict[str, Any], allowed: set[str]) -> Callable[[ApiWorld], Case]:
    """The record of a sitting of the regency is written into."""

    def build(world: ApiWorld) -> Case:
        signed(world)
        sitting = open_sitting(world, by=REGION)
        attend(world, sitting, SECRETARY, by=REGION)
        return Case(lambda office: world.post(office, f"/sittings/{sitting}/{act}", body), allowed)

    return build
