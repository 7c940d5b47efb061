"""Endpoints: commitments that go over to another version of their workflow, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from service.api import cursors
from service.api.changes import outcome_reply
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.parsing import invalid
from service.api.refusals import shown_blocker
from service.api.schemas import definitions as schemas
from service.api.schemas.commitments import Page
from service.api.shown import Shown
from service.catalog import programme_stream
from service.dispatch import Outcome
from service.errors import NotFound
from service.migrating import rehearsed, unknown_targets
from service.problems import ProblemError
from service.proposed import Outlook, migration_of, outlooks, stream_of
from workflows.commands import ConfirmMigration, DeclineMigration, ProposeMigration
from workflows.facts import StateMapped
from workflows.proposals import Migration

endpoints = Endpoints("migrations", "Commitments that go over to another version of their workflow.")


@endpoints.get("/programmes/<string:programme>/migration-preview", schemas.Outlooks, query=schemas.MigrationQuery)
def preview_migration(door: Door, query: Mapping[str, Any], programme: str) -> Reply:
    """Ask who would go over to another version, who not and why; nothing is written

    For offices that may propose it. Either `to_version` or `undoes` is given.
    """
    _known(door, programme)
    command = ProposeMigration(
        programme=programme,
        to_version=query["to_version"],
        states=_states(query["states"]),
        commitments=None,
        undoes=query["undoes"],
        letter="",
        text="",
    )
    order = rehearsed(door.basis, command, by=door.principal.acting, now=door.now)
    return _outlooks(door, query, Migration(order))


@endpoints.get("/programmes/<string:programme>/migrations", schemas.Migrations)
def list_migrations(door: Door, programme: str) -> Reply:
    """List a programme's migrations"""
    _known(door, programme)
    found = door.basis.installed.migrations.values()
    return Reply({"migrations": [_shown(one) for one in found if one.proposed.programme == programme]})


@endpoints.post("/programmes/<string:programme>/migrations", schemas.MigrationAnswer, body=schemas.MigrationBody)
def propose_migration(door: Door, body: Mapping[str, Any], programme: str) -> Reply:
    """Propose that commitments go over to another version, or back

    It is carried out when another office confirms it.
    """
    _known(door, programme)
    named = body["commitments"]
    command = ProposeMigration(
        programme=programme,
        to_version=body["to_version"],
        states=tuple(StateMapped(**one) for one in body["states"]),
        commitments=None if named is None else tuple(dict.fromkeys(named)),
        undoes=body["undoes"],
        letter=body["letter"],
        text=body["text"],
    )
    order = rehearsed(door.basis, command, by=door.principal.acting, now=door.now)
    unknown = unknown_targets(door.runtime, order)
    if unknown:
        raise ProblemError(invalid({"commitments": [f"unknown: {', '.join(unknown)}"]}))
    outcome = door.record(command, programme_stream(programme))
    return _answer(door, outcome, _proposed(door, outcome) or order.migration)


@endpoints.get("/migrations/<string:migration>", schemas.Migration)
def read_migration(door: Door, migration: str) -> Reply:
    """Read a migration and how far it has come"""
    return Reply(_shown(migration_of(door.basis, migration)))


@endpoints.get("/migrations/<string:migration>/commitments", schemas.Outlooks, query=Page)
def read_migration_result(door: Door, query: Mapping[str, Any], migration: str) -> Reply:
    """Read what a migration did or would do, commitment by commitment, and why it doesn't

    All of them for offices that may confirm it, for others those that they see.
    """
    return _outlooks(door, query, migration_of(door.basis, migration))


@endpoints.post("/migrations/<string:migration>/confirmation", schemas.MigrationAnswer, body=schemas.ConfirmationBody)
def confirm_migration(door: Door, body: Mapping[str, Any], migration: str) -> Reply:
    """Let a migration be carried out that another office proposed

    The workers take over each commitment that can go; then its status is ended.
    """
    return _answered(door, ConfirmMigration(migration))


@endpoints.post("/migrations/<string:migration>/decline", schemas.MigrationAnswer, body=schemas.DeclineBody)
def decline_migration(door: Door, body: Mapping[str, Any], migration: str) -> Reply:
    """Close a proposed migration; its proposer may, too"""
    return _answered(door, DeclineMigration(migration, body["text"]))


def _known(door: Door, programme: str) -> None:
    if programme not in door.basis.programmes:
        raise NotFound("programme", programme)
    door.about.programme = programme


def _states(text: str | None) -> tuple[StateMapped, ...]:
    """ "old=new,other=another" as pairs; raises ProblemError."""
    found = []
    for pair in (text or "").split(",") if text else ():
        old, _, new = pair.partition("=")
        if not old or not new:
            raise ProblemError(invalid({"states": ["expected old=new, several joined by commas"]}))
        found.append(StateMapped(old, new))
    return tuple(found)


def _outlooks(door: Door, query: Mapping[str, Any], migration: Migration) -> Reply:
    door.about.programme = migration.proposed.programme
    after = "" if query["cursor"] is None else str(cursors.decode(query["cursor"], "migration", str)[0])
    found, more = outlooks(
        door.runtime,
        door.basis,
        migration,
        by=door.principal.acting,
        now=door.now,
        programmes=door.principal.programmes,
        after=after,
        limit=query["limit"],
    )
    cursor = cursors.encode("migration", found[-1].found.commitment.id) if more else None
    return Reply({"commitments": _rows(door, found), "next": cursor}, headers=cursors.link_next(cursor))


def _rows(door: Door, found: Sequence[Outlook]) -> list[Shown]:
    rows: list[Shown] = []
    for one in found:
        state, words = one.found.commitment, door.words(one.found.commitment)
        gone = [each.fact for each in state.migrated if one.status == "moved"]
        last = gone[-1] if gone else None
        rows.append(
            {
                "commitment": state.id,
                "reference": state.drafted.reference,
                "from_version": state.definition_version if last is None else last.from_version,
                "to_version": one.found.to_version if last is None else last.to_version,
                "from_state": state.state if last is None else last.from_state,
                "to_state": one.found.to_state if last is None else last.to_state,
                "status": one.status,
                "why_not": [
                    shown_blocker(each, words, reference=state.drafted.reference) for each in one.found.blockers
                ]
                if last is None
                else [],
            }
        )
    return rows


def _answered(door: Door, command: ConfirmMigration | DeclineMigration) -> Reply:
    stream = stream_of(door.basis, command)
    door.about.programme = migration_of(door.basis, command.migration).proposed.programme
    return _answer(door, door.record(command, stream), command.migration)


def _proposed(door: Door, outcome: Outcome) -> str | None:
    """The migration that an operation proposed, now or when it was first asked; None where it was nothing new."""
    event = door.runtime.store.event_at(outcome.position) if outcome.position else None
    return None if event is None else str(event.data["migration"])


def _answer(door: Door, outcome: Outcome, migration: str) -> Reply:
    body = {
        "migration": _shown(migration_of(door.runtime.basis(fresh=True), migration)),
        "version": outcome.version,
        "etag": outcome.etag,
        "position": outcome.position,
        "leaf_hash": outcome.leaf_hash.hex(),
    }
    return outcome_reply(body, outcome, url_for("migrations.read_migration", migration=migration))


def _shown(migration: Migration) -> Shown:
    proposed, is_ended = migration.proposed, migration.status == "ended"
    return {
        "id": proposed.migration,
        "programme": proposed.programme,
        "definition": proposed.definition,
        "to_version": proposed.to_version,
        "undoes": proposed.undoes,
        "states": proposed.states,
        "commitments": proposed.commitments,
        "letter": proposed.letter,
        "text": proposed.text,
        "proposed_by": proposed.by,
        "confirmed_by": migration.by,
        "status": migration.status,
        "declined_because": None if migration.declined is None else migration.declined.text,
        "moved": migration.moved if is_ended else None,
        "left": migration.left if is_ended else None,
    }
