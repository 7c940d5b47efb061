"""Endpoints: the inbox, the matrix and notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from events.engine import answering
from events.envelope import rfc3339
from service import advice, reading
from service.api import as_of, cursors, lists
from service.api.changes import REPLAYED
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.schemas import overviews as schemas
from service.api.shown import Shown, is_sample, party_name, with_sample
from service.errors import NotFound
from service.notifications import reading as telling
from service.problems import ProblemError, coded
from service.read_models.inbox_queries import Place, Waiting, count_inbox, list_inbox
from service.read_models.matrix import PAST_DIMENSIONS, Cell, read_matrix, read_past_matrix, seen_values, totals
from workflows.definition import Label

endpoints = Endpoints("overviews", "What waits for an office, where everything stands, and what people were told.")


@endpoints.get("/inbox", schemas.Inbox, query=schemas.InboxQuery, reads_models=True)
def read_inbox(door: Door, query: Mapping[str, Any]) -> Reply:
    """List what waits for the office and for those that delegated to it, the most pressing first"""
    limit, after, desks = query["limit"], query["cursor"], reading.desks_of(door.basis, door.principal, door.now)
    with answering(), door.runtime.engine.connect() as connection:
        total = count_inbox(connection, desks)
        found = list_inbox(
            connection, desks, kind=query["kind"], after=_place(after) if after else None, limit=limit + 1
        )
    cursor = _inbox_cursor(found[limit - 1]) if len(found) > limit else None
    notes = reading.notes_of(door.runtime, found[:limit])
    waiting = [
        with_sample(door.basis, one, more={**_whose(door, one), **_noted(notes.get(reading.place_of(one)))})
        for one in found[:limit]
    ]
    body = {"office": door.office, "total": total, "waiting": waiting, "next": cursor}
    return Reply(body, headers=cursors.link_next(cursor))


@endpoints.get("/matrix", schemas.Matrix, query=schemas.MatrixQuery, reads_models=True)
def read_whole_matrix(door: Door, query: Mapping[str, Any]) -> Reply:
    """Count the commitments that the office sees, two dimensions against each other"""
    lists.refuse_unknown(door, query)
    past = as_of.asked(query, as_of.zone_of(door, query["programme"]))
    rows, cols, filters = query["rows"], query["cols"], lists.filters_of(door, query)
    with answering(), door.runtime.engine.connect() as connection:
        if past.is_now:
            go_live = door.basis.installed.go_live
            cells = read_matrix(
                connection, door.scope, rows=rows, cols=cols, now=door.now, filters=filters, go_live=go_live
            )
        else:
            _refuse_dimensions(rows, cols)
            asked = reading.past_of(door.runtime, past)
            cells = read_past_matrix(connection, door.scope, asked, rows=rows, cols=cols, filters=filters)
        seen = {name: seen_values(connection, door.scope, name, filters) for name in (rows, cols, "programme")}
    body = {
        "rows": _headings(door, query, rows, seen[rows]),
        "cols": _headings(door, query, cols, seen[cols]),
        "cells": [_cell(door, cell) for cell in cells],
        "sample": any(is_sample(door.basis, one) for one in seen["programme"]),
        "totals": totals(cells),
        "as_of": None if past.is_now else past,
    }
    return Reply(body)


@endpoints.get("/notices", schemas.Notices, query=schemas.NoticeQuery)
def list_notices(door: Door, query: Mapping[str, Any]) -> Reply:
    """List what the person was told in this office, the newest first"""
    before = None if query["cursor"] is None else str(cursors.decode(query["cursor"], "notices", str)[0])
    engine, limit = door.runtime.engine, query["limit"]
    office, person = door.principal.office, door.principal.person
    unread = query["unread"] == "yes"
    found = telling.notices_of(engine, office=office, person=person, unread=unread, before=before, limit=limit + 1)
    cursor = cursors.encode("notices", found[limit - 1].id) if len(found) > limit else None
    waiting = telling.count_unread(engine, office=office, person=person)
    body = {"unread": waiting, "notices": found[:limit], "next": cursor}
    return Reply(body, headers=cursors.link_next(cursor))


@endpoints.post("/notices/<string:notice>/read", schemas.NoticeRead, status=200)
def mark_notice_read(door: Door, notice: str) -> Reply:
    """Note that a notice was opened; again is nothing new"""
    _, repeated = door.once({"read": notice}, lambda: _mark_read(door, notice))
    return Reply({"id": notice}, headers=REPLAYED if repeated else {})


def _mark_read(door: Door, notice: str) -> None:
    engine, person = door.runtime.engine, door.principal.person
    if not telling.mark_read(engine, notice, office=door.principal.office, person=person, now=door.now):
        raise NotFound("notice", notice)


def _whose(door: Door, waiting: Waiting) -> Shown:
    """Whose authority the matter needs, where it isn't the own, and who may do it in the own's place, until when."""
    deputy = reading.deputy_of(door.basis, waiting, door.now)
    return {
        "on_behalf_of": None if waiting.office == door.principal.office else waiting.office,
        "delegated_to": None if deputy is None else deputy.to,
        "delegated_until": None if deputy is None else deputy.ends_on,
    }


@endpoints.post("/inbox/advice", schemas.AdviceReply, body=schemas.AdviceBody, status=200)
def write_inbox_advice(door: Door, body: Mapping[str, Any]) -> Reply:
    """Note a star and a line of advice beside something that waits; empty ones take the note away

    Of the office itself, or of the one that is assisted: with X-Kawal-On-Behalf-Of.
    """
    place = advice.Place(door.office, body["commitment"], body["kind"], body["key"])

    def write() -> Shown:
        note = reading.note_beside(
            door.runtime, door.basis, door.principal, place, starred=body["star"], text=body["text"], now=door.now
        )
        return {"office": place.office, "commitment": place.commitment, "kind": place.kind, **_noted(note)}

    written, repeated = door.once({"advice": dict(body), "office": door.office}, write)
    return Reply({**written, "key": place.key}, headers=REPLAYED if repeated else {})


def _noted(note: advice.Advice | None) -> Shown:
    """What was noted beside something that waits."""
    if note is None:
        return {"star": False, "advice": None, "advised_by": None}
    return {"star": note.starred, "advice": note.text or None, "advised_by": note.written_by}


def _place(cursor: str) -> Place:
    parts = cursors.decode(cursor, "inbox", str, str, str, str, str, str)
    due_at, commitment, kind, key, office, starred = (str(part) for part in parts)
    try:
        moment = datetime.fromisoformat(due_at)
        if moment.tzinfo is None:
            raise ValueError("a time without offset")
        return Place(moment.astimezone(UTC), commitment, kind, key, office, starred == "starred")
    except (ValueError, OverflowError) as error:
        raise ProblemError(coded("cursor_malformed")) from error


def _inbox_cursor(last: Waiting) -> str:
    place = last.place
    starred = "starred" if place.starred else ""
    parts = (rfc3339(place.due_at), place.commitment, place.kind, place.key, place.office, starred)
    return cursors.encode("inbox", *parts)


def _refuse_dimensions(*wanted: str) -> None:
    wrong = [name for name in wanted if name not in PAST_DIMENSIONS]
    if wrong:
        raise ProblemError(coded("as_of_filter_unknown", fields=", ".join(wrong)))


def _headings(door: Door, query: Mapping[str, Any], dimension: str, seen: Sequence[str]) -> list[Shown]:
    """Every row or column; a programme's parties and subjects stand there even where nothing was promised."""
    programme = door.basis.programmes.get(query["programme"] or "")
    values = list(seen)
    if programme is not None and dimension == "subject" and query["subject"] is None:
        values = [one.subject for one in programme.subjects]
    if programme is not None and dimension == "party" and query["party"] is None:
        mine = door.scope.parties
        values = [one for one in programme.parties if one in mine or one in seen]
    return [{"id": value, "name": _name(door, dimension, value)} for value in values]


def _name(door: Door, dimension: str, value: str) -> str:
    basis = door.basis
    match dimension:
        case "party":
            return party_name(basis, value)
        case "agency":
            known = basis.directory.office(value)
            return value if known is None else known.name
        case "programme":
            opened = basis.programmes.get(value)
            return value if opened is None else opened.name
        case "subject":
            names = {one.subject: one.name for opened in basis.programmes.values() for one in opened.subjects}
            return names.get(value, value)
        case "state":
            label = _state_label(door, value)
            return value if label is None else (label.en if door.language == "en" else label.id)
    return value


def _state_label(door: Door, state: str, definitions: set[tuple[str, int]] | None = None) -> Label | None:
    installed = definitions or {
        (name, one.version) for name, versions in door.basis.installed.definitions.items() for one in versions
    }
    for name, version in sorted(installed, reverse=True):
        known = door.basis.definition(name, version).states.get(state)
        if known is not None:
            return known.label
    return None


def _cell(door: Door, cell: Cell) -> Shown:
    state = next(iter(cell.states)) if len(cell.states) == 1 else None
    fields = {name: getattr(cell, name) for name in cell.__slots__ if name != "definitions"}
    label = _state_label(door, state, cell.definitions) if state else None
    return {**fields, "state": state, "label": label}
