"""Endpoint: progress rolled up, computed from rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from events.engine import answering
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.naming import known_organisation, known_programme
from service.api.schemas import reports as schemas
from service.api.shown import Shown, is_sample, party_name, subject_name
from service.read_models.commitment_queries import Filters
from service.read_models.matrix import seen_values
from service.read_models.progress_queries import RolledUp, roll_up

endpoints = Endpoints("progress", "How far everything has come: claimed, checked and verified, never typed in.")


@endpoints.get("/progress", schemas.Progress, query=schemas.ProgressQuery, reads_models=True)
def read_progress(door: Door, query: Mapping[str, Any]) -> Reply:
    """Roll progress up by programme, party, subject or commitment

    The mean over the commitments that the office sees; of signed ones unless asked otherwise, or unless the programme's
    workflow knows no signature.
    """
    if query["programme"] is not None:
        known_programme(door, query["programme"])
    if query["party"] is not None:
        known_organisation(door, query["party"])
    filters = Filters(
        programme=query["programme"],
        party=query["party"],
        subject=query["subject"],
        signed=True if query["signed"] == "yes" and _is_signed(door, query["programme"]) else None,
    )
    with answering(), door.runtime.engine.connect() as connection:
        go_live = door.basis.installed.go_live
        groups, total = roll_up(connection, door.scope, by=query["by"], now=door.now, filters=filters, go_live=go_live)
        programmes = seen_values(connection, door.scope, "programme", filters)
    body = {
        "by": query["by"],
        "rows": [_row(door, query["by"], one) for one in groups],
        "total": None if total is None else _row(door, "total", total),
        "sample": any(is_sample(door.basis, one) for one in programmes),
    }
    return Reply(body)


def _is_signed(door: Door, programme: str | None) -> bool:
    if programme is None:
        return True
    opened = door.basis.programmes[programme]
    return door.basis.definition(opened.definition, opened.definition_version).is_signed


def _row(door: Door, by: str, one: RolledUp) -> Shown:
    fields = {name: getattr(one, name) for name in one.__slots__ if name != "group"}
    fields["remaining_idr"] = one.remaining_idr
    return {**fields, "group": {"id": one.group, "name": _name(door, by, one.group)}}


def _name(door: Door, by: str, group: str) -> str:
    match by:
        case "party":
            return party_name(door.basis, group)
        case "subject":
            names = (subject_name(door.basis, programme, group) for programme in door.basis.programmes)
            return next((name for name in names if name != group), group)
        case "programme":
            return door.basis.programmes[group].name
        case _:
            return group
