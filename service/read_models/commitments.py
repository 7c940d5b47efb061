"""Commitments as lists and matrices need them, with their states as intervals on both time axes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table

from events.tables import UtcTime
from service.db import metadata
from service.read_models.model import History, Row, Rows
from service.read_models.own_fields import commitment_field_table, field_rows
from workflows.commitment import Commitment
from workflows.facts import (
    CommitmentDrafted,
    DecisionRetracted,
    DefinitionMigrated,
    StateChanged,
    StateCorrected,
    StateImported,
)

commitment_table = Table(
    "commitment",
    metadata,
    Column("commitment", String, primary_key=True),
    Column("reference", String, nullable=False, unique=True),
    Column("programme", String, nullable=False),
    Column("definition", String, nullable=False),
    Column("definition_version", Integer, nullable=False),
    Column("party", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("fiscal_year", Integer, nullable=False),
    Column("replication_scope", String, nullable=False),
    Column("agency", String, nullable=False),
    Column("pic", String, nullable=False),
    Column("state", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("items", Integer, nullable=False),
    Column("items_claimed", Integer, nullable=False),
    Column("items_complete", Integer, nullable=False),
    Column("open_request", String),
    Column("open_move", String),
    Column("open_step", String),
    Column("open_office", String),
    Column("signed", Boolean, nullable=False),
    Column("signed_at", UtcTime),
    Column("next_due_at", UtcTime),
    Column("next_due_on", Date),
    Column("findings_open", Integer, nullable=False),
    Column("on_hold", Boolean, nullable=False),
    Column("drafted_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Index("ix_commitment_programme_party", "programme", "party", "subject"),
    Index("ix_commitment_state", "state"),
)

commitment_named_table = Table(
    "commitment_named",
    metadata,
    Column("commitment", String, primary_key=True),
    Column("office", String, primary_key=True),
    Column("named", Boolean, nullable=False),
    Column("invited", Boolean, nullable=False),
    Index("ix_commitment_named_office", "office"),
)
"""The offices that a commitment names (its own), and those that it invites: asked for opinion or verdict now."""

state_known_table = Table(
    "state_known",
    metadata,
    Column("commitment", String, primary_key=True),
    Column("from_position", Integer, primary_key=True),
    Column("to_position", Integer),
    Column("state", String, nullable=False),
    Column("definition_version", Integer, nullable=False),
    Index("ix_state_known_span", "from_position", "to_position"),
)

state_true_table = Table(
    "state_true",
    metadata,
    Column("commitment", String, primary_key=True),
    Column("from_at", UtcTime, primary_key=True),
    Column("to_at", UtcTime),
    Column("state", String, nullable=False),
    Column("definition_version", Integer, nullable=False),
    Index("ix_state_true_span", "from_at", "to_at"),
)


@dataclass(frozen=True, slots=True)
class Change:
    """A state that was entered, and the version of the workflow that names it."""

    position: int
    valid_at: datetime
    state: str
    definition_version: int


class Commitments:
    """The read model `commitments`."""

    name = "commitments"
    version = 1
    tables = (commitment_table, commitment_named_table, commitment_field_table, state_known_table, state_true_table)

    def rows(self, history: History) -> Rows:
        """One row a commitment, an office that it names or invites, an own field, and a span of a state by axis."""
        changes = _changes(history)
        return {
            commitment_table: [_commitment_row(history.state)],
            commitment_named_table: _named_rows(history.state),
            commitment_field_table: field_rows(history.state),
            state_known_table: _known_rows(history.state.id, changes),
            state_true_table: _true_rows(history.state.id, changes),
        }


def _named_rows(state: Commitment) -> list[Row]:
    names, invites = state.names, state.invites
    return [
        {"commitment": state.id, "office": office, "named": office in names, "invited": office in invites}
        for office in sorted(names | invites)
    ]


def _commitment_row(state: Commitment) -> Row:
    drafted, waiting = state.drafted, state.open_request
    reached = next(iter(waiting.reached), None) if waiting else None
    due = min(
        (owed.obligation for owed in state.owed.values() if owed.is_open), key=lambda one: one.due_at, default=None
    )
    return {
        "commitment": state.id,
        "reference": drafted.reference,
        "programme": drafted.programme,
        "definition": drafted.definition,
        "definition_version": state.definition_version,
        "party": drafted.party,
        "subject": drafted.subject,
        "fiscal_year": drafted.fiscal_year,
        "replication_scope": state.replication_scope,
        "agency": state.agency,
        "pic": state.pic,
        "state": state.state,
        "revision": state.revision,
        "items": len(state.items),
        "items_claimed": sum(progress.claimed_value > 0 for progress in state.progress.values()),
        "items_complete": sum(progress.complete for progress in state.progress.values()),
        "open_request": waiting.opened.request if waiting else None,
        "open_move": waiting.opened.move if waiting else None,
        "open_step": reached.step if reached else None,
        "open_office": reached.office if reached else None,
        "signed": state.signature is not None,
        "signed_at": state.signature.signed_at if state.signature else None,
        "next_due_at": due.due_at if due else None,
        "next_due_on": due.due_on if due else None,
        "findings_open": sum(one.kind == "finding" and one.is_open for one in state.matters.values()),
        "on_hold": state.hold is not None,
        "drafted_at": state.drafted_at,
        "changed_at": state.last.recorded_at,
        "version": state.last.version,
        "position": state.last.position,
    }


def _changes(history: History) -> list[Change]:
    """Every fact that said in which state the commitment is, with that state and the version that names it."""
    found, version = [], history.state.drafted.definition_version
    for event in history.events:
        match event.fact:
            case CommitmentDrafted():
                found.append(Change(event.position, event.valid_at, event.fact.state, version))
            case StateChanged() | StateImported() | StateCorrected():
                found.append(Change(event.position, event.valid_at, event.fact.to_state, version))
            case DecisionRetracted() if event.fact.state != found[-1].state:
                found.append(Change(event.position, event.valid_at, event.fact.state, version))
            case DefinitionMigrated():
                version = event.fact.to_version
                found.append(Change(event.position, event.valid_at, event.fact.to_state, version))
            case _:
                pass
    return found


def _known_rows(commitment: str, changes: list[Change]) -> list[Row]:
    ends: list[int | None] = [*(change.position for change in changes[1:]), None]
    return [
        {
            "commitment": commitment,
            "from_position": change.position,
            "to_position": end,
            "state": change.state,
            "definition_version": change.definition_version,
        }
        for change, end in zip(changes, ends, strict=True)
    ]


def _true_rows(commitment: str, changes: list[Change]) -> list[Row]:
    """At a moment the state is that of the last change, in version order, which was true by then."""
    moments = sorted({change.valid_at for change in changes})
    spans: list[tuple[datetime, tuple[str, int]]] = []
    for moment in moments:
        last = [change for change in changes if change.valid_at <= moment][-1]
        named = (last.state, last.definition_version)
        if not spans or spans[-1][1] != named:
            spans.append((moment, named))
    ends: list[datetime | None] = [*(start for start, _ in spans[1:]), None]
    return [
        {"commitment": commitment, "from_at": start, "to_at": end, "state": state, "definition_version": version}
        for (start, (state, version)), end in zip(spans, ends, strict=True)
    ]
