"""Whether a commitment can follow another version of its workflow, and the fact that it does.

What is owed keeps its moments, its ladder and the version that it arose under: a ladder that the new version doesn't
have holds nobody back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from workflows import facts
from workflows.commands import MigrateDefinition
from workflows.commitment import Commitment, Migrated, Request
from workflows.context import Context
from workflows.definition import Definition, Label, Limit, Move
from workflows.errors import Blocker
from workflows.facts import CommitmentFact, MigrationProposed
from workflows.field_rules import missing, missing_in_plan
from workflows.lifecycle import compile_table
from workflows.lost_fields import lost_fields
from workflows.rules import NONE, Blockers, collect

_UNCALLED = Label("", "")
_ANY_TIME = Limit(0)


@dataclass(frozen=True, slots=True)
class Migrating:
    """A commitment that is to go over, as a migration orders."""

    commitment: Commitment
    order: MigrationProposed
    context: Context

    @property
    def taken_back(self) -> Migrated | None:
        """The change that the order undoes, if it was the commitment's last."""
        last = self.commitment.migrated[-1] if self.commitment.migrated else None
        return last if last is not None and last.fact.migration == self.order.undoes else None

    @property
    def to_version(self) -> int | None:
        """Where it goes; None: the order undoes what never happened here."""
        if self.order.undoes is None:
            return self.order.to_version
        return None if self.taken_back is None else self.taken_back.fact.from_version

    @property
    def new(self) -> Definition:
        """The version to come."""
        assert self.to_version is not None, "asked only where it goes somewhere"
        return self.context.version(self.to_version)

    @property
    def is_done(self) -> bool:
        """True if it follows that version already."""
        last = self.commitment.migrated[-1:]
        if any(one.fact.migration == self.order.migration for one in last):
            return True
        return self.order.undoes is None and self.commitment.definition_version == self.order.to_version

    def renamed(self, state: str) -> str:
        """What a state of the version in force is called in the one to come."""
        return self._names().get(state, state)

    def _names(self) -> dict[str, str]:
        back = self.taken_back
        if back is None:
            return {one.old: one.new for one in self.order.states}
        undone = self.context.migrations[back.fact.migration].proposed.states
        return {one.new: one.old for one in undone} | {back.fact.to_state: back.fact.from_state}


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a migration would do to one commitment. to_version, to_state: None where it isn't known

    is_done   it follows that version already
    blockers  why it can't go over
    """

    commitment: Commitment
    to_version: int | None
    to_state: str | None
    is_done: bool
    blockers: Blockers


def foresee(commitment: Commitment, order: MigrationProposed, context: Context) -> Foreseen:
    """What the order would do to a commitment now; nothing is stated."""
    case = Migrating(commitment, order, context)
    blockers = NONE if case.is_done else _why_not(case)
    target = None if case.to_version is None else case.renamed(commitment.state)
    return Foreseen(commitment, case.to_version, target, case.is_done, blockers)


def migrate_blockers(commitment: Commitment, command: MigrateDefinition, context: Context) -> Blockers:
    """Why the commitment doesn't go over. The confirmed migration is the authority: no scope is asked."""
    migration = context.migrations.get(command.migration)
    if migration is None:
        return (Blocker("migration_unknown", {"migration": command.migration}),)
    by = context.by
    if migration.status != "confirmed" or migration.by != facts.Hand(by.office, by.person, by.capacity):
        return (Blocker("migration_not_confirmed", {"migration": command.migration, "office": by.office}),)
    case = Migrating(commitment, migration.proposed, context)
    return collect(ORDER_RULES, case) or (NONE if case.is_done else _why_not(case))


def migrate(commitment: Commitment, command: MigrateDefinition, context: Context) -> tuple[CommitmentFact, ...]:
    """The commitment follows the other version; nothing where it does already. Nothing stands in the way."""
    order = context.migrations[command.migration].proposed
    case = Migrating(commitment, order, context)
    if case.is_done:
        return ()
    migrated = facts.DefinitionMigrated(
        migration=order.migration,
        definition=order.definition,
        from_version=commitment.definition_version,
        to_version=case.new.version,
        from_state=commitment.state,
        to_state=case.renamed(commitment.state),
        letter=order.letter,
        text=order.text,
        undoes=order.undoes,
    )
    return (migrated,)


def in_its_programme(case: Migrating) -> Blockers:
    if case.commitment.drafted.programme == case.order.programme:
        return NONE
    return (_not_named(case),)


def named_by_it(case: Migrating) -> Blockers:
    named = case.order.commitments
    return NONE if named is None or case.commitment.id in named else (_not_named(case),)


def moved_by_what_it_undoes(case: Migrating) -> Blockers:
    if case.order.undoes is None or case.taken_back is not None:
        return NONE
    return (Blocker("not_moved_last", {"migration": case.order.undoes}),)


def state_has_its_place(case: Migrating) -> Blockers:
    if case.renamed(case.commitment.state) in case.new.states:
        return NONE
    return (Blocker("state_unmapped", {"state": case.commitment.state, "version": str(case.new.version)}),)


def state_means_the_same(case: Migrating) -> Blockers:
    """A draft stays a draft, what is open stays open and what is over stays over: a migration is no move."""
    old = case.context.definition.states[case.commitment.state]
    new = case.new.states.get(case.renamed(old.name))
    if new is None:
        return NONE
    meanings = [(one.initial, one.owed, one.is_open or one.meaning) for one in (old, new)]
    if meanings[0] == meanings[1]:
        return NONE
    return (Blocker("state_means_otherwise", {"state": old.name, "as": new.name, "version": str(case.new.version)}),)


def request_keeps_its_way(case: Migrating) -> Blockers:
    request = case.commitment.open_request
    if request is None or _has_its_way(case, request, case.commitment.state):
        return NONE
    offices = tuple(reached.office for reached in request.reached)
    until = min((reached.obligation.due_at for reached in request.reached), default=None)
    found = {"move": request.opened.move, "request": request.opened.request, "version": str(case.new.version)}
    return (Blocker("request_would_break", found, (*offices, request.opened.asked_by), until),)


def duties_can_end(case: Migrating) -> Blockers:
    """What is owed by itself ends as its duty says: one that the new version doesn't have would never end."""
    owed = (one.obligation for one in case.commitment.owed.values() if one.is_open and one.obligation.kind == "duty")
    endless = [one.subject for one in owed if one.subject not in case.new.duties]
    if not endless:
        return NONE
    return (Blocker("duty_would_not_end", {"duties": ", ".join(endless), "version": str(case.new.version)}),)


def plan_can_be_said(case: Migrating) -> Blockers:
    """The scope, stages, funds and own fields that the commitment names exist in the new version, and hide as much."""
    commitment, new, scope = case.commitment, case.new, case.commitment.replication_scope
    missing = dict.fromkeys(
        (
            *((scope,) if scope and scope not in new.replication_scopes else ()),
            *(item.stage for item in commitment.items if item.stage not in new.stages),
            *(item.fund for item in commitment.items if item.fund not in new.funds),
            *lost_fields(commitment, case.context.definition, new),
        )
    )
    if not missing:
        return NONE
    return (Blocker("plan_unsayable", {"missing": ", ".join(missing), "version": str(new.version)}),)


def fields_filled(case: Migrating) -> Blockers:
    """What the new version wants filled in the state to come is filled."""
    fields, stages = case.new.fields, (case.renamed(case.commitment.state),)
    lacking = missing("commitment", fields.commitment, case.commitment.fields, stages)
    return (*lacking, *missing_in_plan(case.commitment.items, fields.item, stages))


def right_before_it_too(case: Migrating) -> Blockers:
    """An undo: whatever was asked for and claimed since would have been right under the earlier version."""
    back = case.taken_back
    if back is None:
        return NONE
    since = list(case.commitment.requests.values())[back.requests :]
    wrong = [one.opened.request for one in since if not _has_its_way(case, one, one.opened.from_state)]
    claimed = list(case.commitment.claims)[back.claims :]
    before = case.new.states.get(back.fact.from_state)
    wrong += claimed if before is None or not before.claims else []
    return (Blocker("happened_since", {"what": ", ".join(wrong), "version": str(case.new.version)}),) if wrong else NONE


ORDER_RULES = (in_its_programme, named_by_it)
MOVING_RULES = (
    state_has_its_place,
    state_means_the_same,
    request_keeps_its_way,
    duties_can_end,
    plan_can_be_said,
    fields_filled,
    right_before_it_too,
)


def _why_not(case: Migrating) -> Blockers:
    return moved_by_what_it_undoes(case) or collect(MOVING_RULES, case)


def _has_its_way(case: Migrating, request: Request, state: str) -> bool:
    """True if the version to come has that move, by the same chain, from and into the same states."""
    old, name = case.context.definition, request.opened.move
    if name not in case.new.moves or not _same_way(old.moves[name], case.new.moves[name]):
        return False
    leads_to = compile_table(old).get((state, name))
    return leads_to is not None and compile_table(case.new).get((case.renamed(state), name)) == case.renamed(leads_to)


def _same_way(old: Move, new: Move) -> bool:
    """The same chain and the same effect.

    Limits, ladders, guards and who may ask may differ: what waits has its own days, what comes goes by the new version.
    """
    return _way(old) == _way(new)


def _way(move: Move) -> Move:
    return replace(
        move,
        label=_UNCALLED,
        sources=frozenset(),
        target=None,
        ask=(),
        guards=(),
        evidence=(),
        reasons=None,
        longest_days=None,
        steps=tuple(replace(step, label=_UNCALLED, limit=_ANY_TIME, ladder="") for step in move.steps),
        heard=tuple(replace(heard, limit=_ANY_TIME) for heard in move.heard),
    )


def _not_named(case: Migrating) -> Blocker:
    return Blocker("not_in_migration", {"migration": case.order.migration})
