"""Deciding every row against the log as it is, and as it would be after the rows before: nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from events.engine import answering
from events.envelope import etag
from service import catalog
from service.basis import Basis
from service.imports.drafts import Draft
from service.imports.steps import CHANGED, NEW, REFUSED, SAME, Step
from service.references import commitment_of
from service.rejoining import following
from service.runtime import NOTHING, Folded, Runtime
from workflows.commands import (
    AdoptCalendar,
    AppointHolder,
    DraftCommitment,
    EditDraft,
    ImportHistory,
    InstallDefinition,
    OfficeCommand,
    OpenProgramme,
    ProgrammeCommand,
)
from workflows.commitment import Commitment
from workflows.context import Acting, Context
from workflows.decide import decide
from workflows.errors import Blocker, Refused
from workflows.facts import StateCorrected, StateImported
from workflows.field_sight import plan_seen
from workflows.fields import as_before
from workflows.office_rules import decide_office
from workflows.offices import evolve_directory
from workflows.plan import Change, differences
from workflows.programmes import decide_programme, evolve_programmes
from workflows.rules import role_of

F = TypeVar("F")
PLH = "plh"
LETTER = "kawal import"


class Rehearsal:
    """The log's basis, growing with every row that would go in."""

    def __init__(self, runtime: Runtime, *, by: Acting, now: datetime) -> None:
        self.basis: Basis = runtime.basis(fresh=True)
        self._runtime = runtime
        self._begun: dict[tuple[str, str], str] = {}
        self._by = by
        self._now = now

    def office(self, command: OfficeCommand, *, kind: str, name: str, source: str = "") -> Step:
        """Rehearse a row of the directory."""
        try:
            stated = decide_office(self.basis.directory, command)
        except Refused as refused:
            return _refused(kind, name, refused, source)
        for fact in stated:
            self.basis = replace(self.basis, directory=evolve_directory(self.basis.directory, fact))
        return _step(kind, name, command, catalog.OFFICES, stated, source)

    def programme(self, command: ProgrammeCommand, *, kind: str, name: str, stream: str) -> Step:
        """Rehearse a calendar, a workflow or the programme itself."""
        try:
            stated = decide_programme(
                self.basis.installed, command, by=self._by, directory=self.basis.directory, now=self._now
            )
        except Refused as refused:
            return _refused(kind, name, refused, "")
        for fact in stated:
            self.basis = replace(self.basis, installed=evolve_programmes(self.basis.installed, fact))
        return _step(kind, name, command, stream, stated, "")

    def stand_in(self, programme: str) -> Step | None:
        """The acting person's appointment for today, where nobody made one: an import never acts as somebody else.

        Recorded as what it is, a Plh. of one day by the operator's own word.
        """
        today = self._context(programme, None).today
        holders = self.basis.directory.holders(self._by.office, today)
        if self._by.person in {holder.person for holder in holders}:
            return None
        command = AppointHolder(
            appointment=f"{self._by.person}:{self._by.office}:{today}",
            office=self._by.office,
            person=self._by.person,
            capacity=PLH,
            letter=LETTER,
            starts_on=today,
            ends_on=today,
        )
        return self.office(command, kind="appointment", name=command.appointment)

    def draft(self, draft: Draft, programme: str) -> Step:
        """Rehearse a commitment: a new one, a change of its draft, or nothing where it says the same already."""
        folded = self._existing(draft.reference)
        command = draft.command("" if folded.state is None else folded.state.id, programme=programme)
        if folded.state is None:
            return self._new(draft, command)
        draft = _with_fields(folded.state, draft)
        if _says_the_same(folded.state, draft):
            return Step("commitment", draft.reference, SAME, None, "", draft.reference, source=draft.source)
        return self._changed(draft, folded)

    def history(self, command: ImportHistory, source: str) -> Step:
        """Rehearse a commitment's history: a new commitment, more of one, or nothing new."""
        folded = self._runtime.commitment(command.commitment, fresh=True) if command.commitment else NOTHING
        state, name = folded.state, command.reference
        version = None if state is None else state.definition_version
        try:
            stated = decide(state, command, self._context(command.programme, version))
        except Refused as refused:
            return _refused("commitment", name, refused, source)
        if not stated:
            return Step("commitment", name, SAME, None, "", name, source=source)
        changes = tuple(_past_text(fact) for fact in stated if isinstance(fact, StateImported | StateCorrected))
        if state is None:
            return Step("commitment", name, NEW, command, "", name, changes=changes, source=source)
        return Step(
            kind="commitment",
            name=name,
            what=CHANGED,
            command=command,
            stream=catalog.commitment_stream(state.id),
            key=f"{name}@{folded.head.version}",
            expected=etag(folded.head),
            changes=changes,
            source=source,
        )

    def _existing(self, reference: str) -> Folded:
        with answering(), self._runtime.engine.connect() as connection:
            commitment = commitment_of(connection, reference)
        return NOTHING if commitment is None else self._runtime.commitment(commitment, fresh=True)

    def _new(self, draft: Draft, command: DraftCommitment) -> Step:
        context = self._context(command.programme, None)
        before = self._begun.setdefault((draft.party, draft.subject), draft.reference)
        if before != draft.reference:
            beside = Blocker("commitment_not_left", {"commitment": before, "state": context.definition.initial.name})
            return _refused("commitment", draft.reference, Refused((beside,)), draft.source)
        try:
            stated = decide(None, following(self._runtime, command), context)
        except Refused as refused:
            return _refused("commitment", draft.reference, refused, draft.source)
        assert stated, "a commitment that isn't there can't say the same"
        return Step("commitment", draft.reference, NEW, command, "", draft.reference, source=draft.source)

    def _changed(self, draft: Draft, folded: Folded) -> Step:
        state = folded.state
        assert state is not None
        context = self._context(state.drafted.programme, state.definition_version)
        items = plan_seen(draft.items, context.definition.fields.item, role_of(context.by.office, context))
        command = EditDraft(draft.replication_scope, draft.agency, draft.pic, items)
        try:
            stated = decide(state, command, context)
        except Refused as refused:
            return _refused("commitment", draft.reference, refused, draft.source, changes=_changes(state, draft))
        return Step(
            kind="commitment",
            name=draft.reference,
            what=CHANGED if stated else SAME,
            command=command if stated else None,
            stream=catalog.commitment_stream(state.id),
            # The same file may be brought again after other changes: the version makes it another operation.
            key=f"{draft.reference}@{folded.head.version}",
            expected=etag(folded.head),
            changes=_changes(state, draft),
            source=draft.source,
        )

    def _context(self, programme: str, version: int | None) -> Context:
        return self.basis.context(programme, version, by=self._by, now=self._now)


def stream_of(command: AdoptCalendar | InstallDefinition | OpenProgramme) -> str:
    """The stream that a programme's command writes."""
    match command:
        case AdoptCalendar():
            return catalog.calendar_stream(command.adopted.calendar)
        case InstallDefinition():
            return catalog.definition_stream(command.definition)
        case OpenProgramme():
            return catalog.programme_stream(command.opened.programme)


def _with_fields(state: Commitment, draft: Draft) -> Draft:
    """The draft with the own fields of its items as they are: a file says nothing of them."""
    plan = state.revisions[0] if state.revisions else state.items
    return replace(draft, items=as_before(draft.items, plan))


def _says_the_same(state: Commitment, draft: Draft) -> bool:
    """As it is now, or as its party signed it: what came after a signature is no business of an import."""
    plan = state.revisions[0] if state.revisions else state.items
    fields = (state.replication_scope, state.agency, state.pic)
    wanted = (draft.replication_scope, draft.agency, draft.pic)
    return fields == wanted and not differences(plan, draft.items)


def _changes(state: Commitment, draft: Draft) -> tuple[str, ...]:
    fields = (
        ("scope", state.replication_scope, draft.replication_scope),
        ("agency", state.agency, draft.agency),
        ("pic", state.pic, draft.pic),
    )
    own = [f"{name}: {old} -> {new}" for name, old, new in fields if old != new]
    plan = state.revisions[0] if state.revisions else state.items
    return (*own, *(_change_text(change) for change in differences(plan, draft.items)))


def _past_text(fact: StateImported | StateCorrected) -> str:
    mark = ", as a correction" if isinstance(fact, StateCorrected) else ""
    return f"{fact.true_at:%Y-%m-%d}: {fact.from_state or 'begins'} -> {fact.to_state}{mark}"


def _change_text(change: Change) -> str:
    if change.kind != "changed":
        return f"item {change.number} {change.kind}"
    return f"item {change.number} {change.field}: {change.old} -> {change.new}"


def _step(
    kind: str, name: str, command: OfficeCommand | ProgrammeCommand, stream: str, stated: Sequence[object], source: str
) -> Step:
    what = NEW if stated else SAME
    return Step(kind, name, what, command if stated else None, stream, f"{kind}:{name}", source=source)


def _refused(kind: str, name: str, refused: Refused, source: str, *, changes: tuple[str, ...] = ()) -> Step:
    return Step(
        kind, name, REFUSED, None, "", f"{kind}:{name}", changes=changes, blockers=refused.blockers, source=source
    )
