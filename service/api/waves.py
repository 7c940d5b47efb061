"""Endpoints: a new wave, where a commitment's plan is spread to further parties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.naming import known_programme
from service.api.refusals import shown_blocker
from service.api.schemas import waves as schemas
from service.api.shown import Shown
from service.waves import Adopter, Spread, Wave, carry_out, preview

endpoints = Endpoints("waves", "A commitment's plan spread to further parties.")


@endpoints.ask("/programmes/<string:programme>/wave-previews", schemas.WaveAnswer, body=schemas.WaveBody)
def preview_wave(door: Door, body: Mapping[str, Any], programme: str) -> Reply:
    """Show what a wave would draft, and what is refused and why

    Nothing is written.
    """
    wave = _wave(door, body, programme)
    return Reply(_shown(door, wave, preview(door.runtime, wave, door.caller)))


@endpoints.post("/programmes/<string:programme>/waves", schemas.WaveAnswer, body=schemas.WaveBody)
def spread_wave(door: Door, body: Mapping[str, Any], programme: str) -> Reply:
    """Draft a commitment for each further party, with the reference's plan

    Each is a draft of its own, to be edited, signed and followed like any other; no progress comes with it. What is
    refused for one party holds no other up. Broken off, the same call goes on where it stopped.
    """
    wave = _wave(door, body, programme)
    done = carry_out(door.runtime, wave, door.caller, operation=door.operation())
    position = max((one.position for one in done), default=0)
    return Reply(_shown(door, wave, done), headers={"X-Kawal-Position": str(position)})


def _wave(door: Door, body: Mapping[str, Any], programme: str) -> Wave:
    known_programme(door, programme)
    _, reference = door.visible(body["like"])
    door.about.programme = programme
    adopters = tuple(Adopter(**one) for one in body["parties"])
    return Wave(door.seen(reference), programme, adopters, body["start_on"])


def _shown(door: Door, wave: Wave, drafts: tuple[Spread, ...]) -> Shown:
    return {
        "programme": wave.programme,
        "like": wave.reference.id,
        "position": max((one.position for one in drafts), default=0),
        "drafts": [_spread(door, one) for one in drafts],
    }


def _spread(door: Door, one: Spread) -> Shown:
    words, command = door.words(), one.command
    return {
        "party": {"id": command.party, "name": words.organisation(command.party)},
        "reference": command.reference,
        "commitment": one.commitment,
        "what": one.what,
        "items": len(command.items),
        "starts_on": min((item.starts_on for item in command.items), default=None),
        "ends_on": max((item.ends_on for item in command.items), default=None),
        "blockers": [shown_blocker(blocker, words, reference=command.reference) for blocker in one.blockers],
    }
