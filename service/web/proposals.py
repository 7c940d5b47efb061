"""Pages: workflows and their versions, and what one office proposes and another one puts into force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, request
from flask.typing import ResponseReturnValue

from service.catalog import definition_stream
from service.proposed import difference, may_answer, migration_of, outlooks, proposal_of, stream_of
from service.sentences import Vocabulary
from service.web.acting import Wrong, tried
from service.web.blocking import BlockerShown, shown_blockers
from service.web.forms import key_of, text
from service.web.pages import pages as new_pages
from service.web.rendering import go, page
from service.web.visit import Visit
from workflows.commands import (
    ConfirmDefinition,
    ConfirmMigration,
    DeclineDefinition,
    DeclineMigration,
    DefinitionCommand,
    ProposeDefinition,
)
from workflows.facts import Hand, MigrationProposed
from workflows.installing import read
from workflows.proposals import Migration, Proposal

pages = new_pages("proposals")
MOST_SHOWN = 200
STATUSES = {
    "open": ("menunggu", "waiting"),
    "installed": ("dipasang", "installed"),
    "overtaken": ("didahului versi lain", "overtaken by another"),
    "declined": ("tidak disahkan", "declined"),
    "confirmed": ("sedang dijalankan", "being carried out"),
    "ended": ("selesai", "ended"),
}


@dataclass(frozen=True, slots=True)
class WorkflowShown:
    """A workflow with the versions that are installed, oldest first."""

    name: str
    title: str
    versions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WaitingShown:
    """What an office proposed. path: its page; may, mine: the acting office may confirm it, proposed it"""

    path: str
    title: str
    by: str
    status: str
    is_open: bool
    may: bool
    mine: bool
    declined_because: str | None


@dataclass(frozen=True, slots=True)
class OutlookShown:
    """What a migration does to one commitment."""

    commitment: str
    reference: str
    goes: str
    stays_because: tuple[BlockerShown, ...]


@pages.get("/definitions")
def list_definitions(visit: Visit) -> ResponseReturnValue:
    """Every workflow, what waits for a second person, and the form to propose a version."""
    return _index(visit)


@pages.post("/definitions")
def propose_definition(visit: Visit) -> ResponseReturnValue:
    """Propose a workflow's next version, as the text that is pasted in."""

    def act() -> Response:
        written = request.form.get("text", "").replace("\r\n", "\n")
        name = read(written).name
        visit.record(ProposeDefinition(name, written), definition_stream(name), key=key_of(request))
        found = visit.runtime.basis(fresh=True).installed.proposals.values()
        same = [one.proposed.proposal for one in found if one.proposed.text == written]
        return go(f"/definitions/proposals/{same[-1]}" if same else "/definitions")

    return tried(visit, act, lambda wrong: _index(visit, wrong), None)


@pages.get("/definitions/proposals/<proposal>")
def read_proposal(visit: Visit, proposal: str) -> ResponseReturnValue:
    """A proposed version: the lines that it changes, and its whole text."""
    return _proposal(visit, proposal)


@pages.post("/definitions/proposals/<proposal>/confirmation")
def confirm_definition(visit: Visit, proposal: str) -> ResponseReturnValue:
    """Install what another office proposed."""
    return _answer(visit, ConfirmDefinition(proposal), lambda wrong: _proposal(visit, proposal, wrong))


@pages.post("/definitions/proposals/<proposal>/refusal")
def decline_definition(visit: Visit, proposal: str) -> ResponseReturnValue:
    """Close a proposal, or take the own one back."""
    command = DeclineDefinition(proposal, text(request.form, "reason"))
    return _answer(visit, command, lambda wrong: _proposal(visit, proposal, wrong))


@pages.get("/definitions/migrations/<migration>")
def read_migration(visit: Visit, migration: str) -> ResponseReturnValue:
    """A migration: which commitments go over to another version, and why the others don't."""
    return _migration(visit, migration)


@pages.post("/definitions/migrations/<migration>/confirmation")
def confirm_migration(visit: Visit, migration: str) -> ResponseReturnValue:
    """Let a migration be carried out that another office proposed."""
    return _answer(visit, ConfirmMigration(migration), lambda wrong: _migration(visit, migration, wrong))


@pages.post("/definitions/migrations/<migration>/refusal")
def decline_migration(visit: Visit, migration: str) -> ResponseReturnValue:
    """Close a proposed migration, or take the own one back."""
    command = DeclineMigration(migration, text(request.form, "reason"))
    return _answer(visit, command, lambda wrong: _migration(visit, migration, wrong))


def _answer(
    visit: Visit,
    command: ConfirmDefinition | DeclineDefinition | ConfirmMigration | DeclineMigration,
    again: Callable[[Wrong], Response],
) -> Response:
    def act() -> Response:
        asked: DefinitionCommand = command
        visit.record(asked, stream_of(visit.basis, command), key=key_of(request))
        return go(request.path.rpartition("/")[0])

    return tried(visit, act, again, None)


def _index(visit: Visit, wrong: Wrong | None = None) -> Response:
    installed = visit.basis.installed
    return page(
        visit,
        "pages/definitions.html",
        workflows=[
            WorkflowShown(name, _title(visit, name), tuple(one.version for one in versions))
            for name, versions in installed.definitions.items()
        ],
        proposals=[_proposed(visit, one) for one in reversed(tuple(installed.proposals.values()))],
        migrations=[_migrating(visit, one) for one in reversed(tuple(installed.migrations.values()))],
        may_propose=any(_may(visit, name) for name in installed.definitions),
        entered="" if wrong is None else request.form.get("text", ""),
        wrong=wrong,
        status=200 if wrong is None else wrong.status,
    )


def _proposal(visit: Visit, name: str, wrong: Wrong | None = None) -> Response:
    known = proposal_of(visit.basis, name)
    return page(
        visit,
        "pages/definition_proposal.html",
        p=_proposed(visit, known),
        lines=difference(visit.basis, known.proposed),
        text=known.proposed.text,
        wrong=wrong,
        status=200 if wrong is None else wrong.status,
    )


def _migration(visit: Visit, name: str, wrong: Wrong | None = None) -> Response:
    known = migration_of(visit.basis, name)
    found, more = outlooks(
        visit.runtime,
        visit.basis,
        known,
        by=visit.principal.acting,
        now=visit.now,
        programmes=visit.principal.programmes,
        limit=MOST_SHOWN,
    )
    said = {
        "moved": visit.say("sudah pindah", "gone over"),
        "there": visit.say("sudah di versi itu", "there already"),
        "goes": visit.say("akan pindah", "will go over"),
        "stays": visit.say("tetap di versinya", "stays with its version"),
    }
    rows = [
        OutlookShown(
            commitment=one.found.commitment.id,
            reference=one.found.commitment.drafted.reference,
            goes=said[one.status],
            stays_because=shown_blockers(one.found.blockers, visit.words(one.found.commitment)),
        )
        for one in found
    ]
    return page(
        visit,
        "pages/migration.html",
        p=_migrating(visit, known),
        order=known.proposed,
        states=_state_labels(visit, known.proposed),
        rows=rows,
        more=more,
        wrong=wrong,
        status=200 if wrong is None else wrong.status,
    )


def _proposed(visit: Visit, one: Proposal) -> WaitingShown:
    said = one.proposed
    known = said.definition in visit.basis.installed.definitions
    name = _title(visit, said.definition) if known else said.definition
    title = visit.say("{name}, versi {v}", "{name}, version {v}", name=name, v=said.version)
    because = None if one.declined is None else one.declined.text
    return _waiting(visit, f"proposals/{said.proposal}", title, said.definition, said.by, one.status, because)


def _migrating(visit: Visit, one: Migration) -> WaitingShown:
    said = one.proposed
    title = _migration_title(visit, said)
    because = None if one.declined is None else one.declined.text
    return _waiting(visit, f"migrations/{said.migration}", title, said.definition, said.by, one.status, because)


def _migration_title(visit: Visit, order: MigrationProposed) -> str:
    if order.undoes is not None:
        undone = visit.basis.installed.migrations[order.undoes].proposed
        return visit.say("Batalkan perpindahan {m}", "Undo the migration {m}", m=_migration_title(visit, undone))
    name = visit.basis.programmes[order.programme].name
    return visit.say("{p}: ke versi {v}", "{p}: to version {v}", p=name, v=order.to_version)


def _state_labels(visit: Visit, order: MigrationProposed) -> list[tuple[str, str]]:
    """The states that get another name, by their labels."""
    versions, target = visit.basis.versions(order.definition), order.to_version or 0
    words = (
        Vocabulary(visit.language, visit.basis.directory, None, versions[target], versions) if order.states else None
    )
    return [(words.state(one.old), words.state(one.new)) for one in order.states] if words else []


def _waiting(
    visit: Visit, path: str, title: str, definition: str, by: Hand, status: str, because: str | None
) -> WaitingShown:
    is_open, mine = status == "open", by.office == visit.principal.office
    office = visit.words().office(by.office) if by.office else visit.say("pengelola sistem", "the machine's operator")
    said = visit.say(*STATUSES[status])
    may = is_open and not mine and _may(visit, definition)
    return WaitingShown(f"/definitions/{path}", title, office, said, is_open, may, is_open and mine, because)


def _may(visit: Visit, definition: str) -> bool:
    return may_answer(visit.basis, definition, by=visit.principal.acting, now=visit.now)


def _title(visit: Visit, name: str) -> str:
    """The label of a workflow's newest version."""
    label = visit.basis.definition(name, visit.basis.installed.definitions[name][-1].version).label
    return visit.say(label.id, label.en)
