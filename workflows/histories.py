"""What happened to a commitment elsewhere, as a file tells it: recorded now, true then, and asked of nobody here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from workflows import facts
from workflows.commands import ImportHistory, PastState
from workflows.commitment import Commitment
from workflows.context import Context
from workflows.elsewhere import id_blockers
from workflows.errors import Blocker
from workflows.external_ids import is_called
from workflows.facts import CommitmentDrafted, CommitmentFact, StateCorrected, StateImported
from workflows.lifecycle import compile_table
from workflows.plan_rules import office_blockers
from workflows.rules import (
    NONE,
    Blockers,
    access,
    acts_in_role,
    collect,
    holding,
    offices_in_roles,
    own_offices,
    programme_open,
    roles_that_may,
    scope,
)
from workflows.still_owed import Brought, cannot_be_owed, met_by, still_owed

PastFact = StateImported | StateCorrected


@dataclass(frozen=True, slots=True)
class Importing:
    """A history that a file brings, for a commitment that is there or not yet."""

    commitment: Commitment | None
    command: ImportHistory
    context: Context

    @property
    def known(self) -> tuple[PastFact, ...]:
        """What was imported before, in the order of its recording, which is that of its truth."""
        return () if self.commitment is None else self.commitment.past

    @property
    def new(self) -> tuple[PastState, ...]:
        """What the file says beyond that, oldest first; a state that merely goes on says nothing."""
        found: list[PastState] = []
        for one in sorted(self.command.past, key=lambda past: past.true_at):
            if one.state != self._state_at(one.true_at, found):
                found.append(one)
        return tuple(found)

    @property
    def steps(self) -> tuple[tuple[str | None, PastState], ...]:
        """Each new state with the one before it; None where the history begins."""
        before = self.commitment.state if self.commitment is not None and self.known else None
        states = [before, *(one.state for one in self.new)]
        return tuple(zip(states, self.new, strict=False))

    def move(self, before: str | None, state: str) -> tuple[str, ...]:
        """The moves of the workflow that lead from one state to another."""
        table = compile_table(self.context.definition)
        return tuple(move for (source, move), target in table.items() if (source, target) == (before, state))

    @property
    def brought(self) -> Brought | None:
        """What the new states bring a commitment through; None where it is new itself, or nothing is new."""
        states = self.context.definition.states
        if self.commitment is None or not self.new:
            return None
        return Brought(self.commitment, [(states[one.state], one.true_at) for one in self.new], self.context)

    def _state_at(self, at: datetime, found: list[PastState]) -> str | None:
        if found:
            return found[-1].state
        return next((one.to_state for one in reversed(self.known) if one.true_at <= at), None)


def import_blockers(state: Commitment | None, command: ImportHistory, context: Context) -> Blockers:
    """Why this history can't be recorded. The same again isn't refused: it is nothing new."""
    case = Importing(state, command, context)
    denied = holding(context) if state is None else access(state, context)
    placed = collect(PLACE_RULES, case) if state is None else NONE
    return denied or (*placed, *role_imports(case), *collect(HISTORY_RULES, case))


def import_history(state: Commitment | None, command: ImportHistory, context: Context) -> tuple[CommitmentFact, ...]:
    """The commitment, if it is new; how it is called elsewhere; and its states. Nothing stands in the way."""
    case = Importing(state, command, context)
    begun = (_begun(command, context),) if state is None else ()
    calls = command.external_id and not is_called(state, command.system, command.external_id, None)
    called = (facts.ExternalIdGiven(command.system, command.external_id),) if calls else ()
    states = tuple(_states(case))
    titled = bool(states) or state is None or state.title != command.title
    told = (facts.HistoryImported(command.title, command.file, command.digest),) if titled else ()
    brought = case.brought
    if brought is None:
        return (*begun, *called, *told, *states)
    return (*begun, *called, *told, *met_by(brought), *states, *still_owed(brought))


def programme_of_history(case: Importing) -> Blockers:
    wanted, opened = case.command.programme, case.context.programme.programme
    return NONE if wanted == opened else (Blocker("programme_unknown", {"programme": wanted}),)


def party_of_history(case: Importing) -> Blockers:
    party, programme = case.command.party, case.context.programme
    if party in (*programme.parties, programme.organisation):
        return NONE
    return (Blocker("party_not_in_programme", {"party": party, "programme": programme.programme}),)


def offices_of_history(case: Importing) -> Blockers:
    command, context = case.command, case.context
    return tuple(
        blocker
        for place, office in (("agency", command.agency), ("pic", command.pic))
        for blocker in office_blockers(place, office, party=command.party, context=context)
    )


def new_in_scope(case: Importing) -> Blockers:
    command = case.command
    names = frozenset((command.agency, command.pic))
    return scope(
        case.context,
        party=command.party,
        subject=command.subject,
        commitment=command.commitment,
        names=names,
        private=False,
    )


def role_imports(case: Importing) -> Blockers:
    """A history comes by file: whoever may import drafts, or draft by hand."""
    command, context = case.command, case.context
    named = (command.agency, command.pic) if case.commitment is None else own_offices(case.commitment)
    party = command.party if case.commitment is None else case.commitment.drafted.party
    roles = (*roles_that_may("import", context), *roles_that_may("draft", context))
    if acts_in_role(roles, named, context):
        return NONE
    offices = offices_in_roles(roles, context, party=party, named=named)
    return (Blocker("role_may_not", {"act": "import_history", "roles": ", ".join(roles)}, offices),)


def programme_runs(case: Importing) -> Blockers:
    party = case.command.party if case.commitment is None else case.commitment.drafted.party
    return programme_open(party, case.context) if case.new else NONE


def says_something(case: Importing) -> Blockers:
    return NONE if case.command.past else (Blocker("history_empty", {"reference": case.command.reference}),)


def states_known(case: Importing) -> Blockers:
    states = case.context.definition.states
    unknown = dict.fromkeys(one.state for one in case.command.past if one.state not in states)
    if not unknown:
        return NONE
    return (Blocker("history_state_unknown", {"found": ", ".join(unknown), "known": ", ".join(states)}),)


def not_in_future(case: Importing) -> Blockers:
    late = [one.true_at for one in case.command.past if one.true_at > case.context.now]
    return (Blocker("history_in_future", {"true_at": min(late).isoformat()}, until=max(late)),) if late else NONE


def one_state_at_a_time(case: Importing) -> Blockers:
    """Of two states at one moment nobody knows which came first."""
    states: dict[datetime, set[str]] = {}
    for one in (*case.command.past, *(PastState(past.to_state, past.true_at) for past in case.known)):
        states.setdefault(one.true_at, set()).add(one.state)
    doubled = [at for at, found in sorted(states.items()) if len(found) > 1]
    if not doubled:
        return NONE
    found = {"true_at": doubled[0].isoformat(), "found": ", ".join(sorted(states[doubled[0]]))}
    return (Blocker("history_contradicts", found),)


def nothing_older(case: Importing) -> Blockers:
    """What was imported stands: further files go on from there."""
    if not case.known:
        return NONE
    last = case.known[-1].true_at
    older = [one.true_at for one in case.new if one.true_at < last]
    if not older:
        return NONE
    return (Blocker("history_older", {"true_at": older[0].isoformat(), "last_at": last.isoformat()}),)


def same_commitment(case: Importing) -> Blockers:
    """A reference or an id leads to a commitment; that it is the one that the file means has to be said by both."""
    command, commitment = case.command, case.commitment
    if commitment is None:
        return NONE
    drafted = commitment.drafted
    said = (command.programme, command.party, command.subject)
    if said == (drafted.programme, drafted.party, drafted.subject):
        return NONE
    return (Blocker("commitment_exists", {"commitment": drafted.reference, "state": commitment.state}),)


def untouched_here(case: Importing) -> Blockers:
    """Once something was asked for, claimed, reported, raised or paid here, the commitment's way is this log's."""
    commitment = case.commitment
    if commitment is None or not case.new or not _is_touched(commitment):
        return NONE
    return (Blocker("history_after_requests", {"commitment": commitment.id}),)


def moves_known(case: Importing) -> Blockers:
    """Each step is a move of the workflow, or else a correction with its reason."""
    if (case.command.correction or "").strip():
        return NONE
    unknown = [
        f"{before} → {one.state}"
        for before, one in case.steps
        if before is not None and not case.move(before, one.state)
    ]
    if not unknown:
        return NONE
    return (Blocker("history_move_unknown", {"moves": ", ".join(dict.fromkeys(unknown))}),)


def called_soundly(case: Importing) -> Blockers:
    command = case.command
    return id_blockers(command.system, command.external_id) if command.system or command.external_id else NONE


def owed_can_arise(case: Importing) -> Blockers:
    """What the commitment owes in the state that it is brought to has somebody who owes it, and days to count."""
    brought = None if states_known(case) else case.brought
    return NONE if brought is None else cannot_be_owed(brought)


PLACE_RULES = (programme_of_history, party_of_history, offices_of_history, new_in_scope)
HISTORY_RULES = (
    same_commitment,
    programme_runs,
    says_something,
    states_known,
    not_in_future,
    one_state_at_a_time,
    nothing_older,
    untouched_here,
    moves_known,
    called_soundly,
    owed_can_arise,
)


def _is_touched(commitment: Commitment) -> bool:
    ledger = commitment.ledger
    lived = (commitment.requests, commitment.claims, commitment.reports, commitment.matters, ledger.payments)
    return any(lived) or ledger.established is not None or commitment.received is not None


def _states(case: Importing) -> Iterator[PastFact]:
    states = case.context.definition.states
    for before, one in case.steps:
        moves, closes = case.move(before, one.state), not states[one.state].is_open
        if before is None or moves:
            move = moves[0] if len(moves) == 1 else None
            yield facts.StateImported(before, one.state, move, one.true_at, one.source, one.note, closes)
        else:
            reason = (case.command.correction or "").strip()
            yield facts.StateCorrected(before, one.state, one.true_at, reason, one.source, one.note, closes)


def _begun(command: ImportHistory, context: Context) -> CommitmentDrafted:
    """Somebody always answers for a commitment: the office that imports it, where the file names none."""
    agency = command.agency or context.by.authority
    return CommitmentDrafted(
        commitment=command.commitment,
        reference=command.reference,
        programme=command.programme,
        definition=context.definition.name,
        definition_version=context.definition.version,
        state=context.definition.initial.name,
        party=command.party,
        subject=command.subject,
        fiscal_year=context.programme.fiscal_year,
        replication_scope="",
        agency=agency,
        pic=command.pic or agency,
    )
