"""Beginning a commitment and writing it until the party signs."""

from __future__ import annotations

from dataclasses import dataclass

from workflows import facts
from workflows.commands import DraftCommitment, EditDraft
from workflows.commitment import Commitment
from workflows.context import Context
from workflows.errors import Blocker
from workflows.facts import CommitmentDrafted, CommitmentFact, FieldValue, PlanItem
from workflows.field_rules import filling_blockers, item_blockers, items_written, missing, missing_in_plan
from workflows.fields import as_before, changed, written
from workflows.plan import differences
from workflows.plan_rules import Written, office_blockers, plan_blockers
from workflows.rejoining import REJOINING_RULES
from workflows.requests import open_request_blocks
from workflows.rules import (
    NONE,
    Blockers,
    access,
    acts_in_role,
    collect,
    holding,
    offices_in_roles,
    programme_open,
    role_acts,
    roles_that_may,
    scope,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it would be: what is written of it, for a party and a subject."""

    party: str
    subject: str
    replication_scope: str
    agency: str
    pic: str
    items: tuple[PlanItem, ...]
    fields: tuple[FieldValue, ...]


@dataclass(frozen=True, slots=True)
class Drafting:
    """A draft that somebody wants to write."""

    draft: Draft
    context: Context

    @property
    def named(self) -> tuple[str, ...]:
        """The offices whose own commitment it would be."""
        return (self.draft.agency, self.draft.pic)


def draft_blockers(state: Commitment | None, command: DraftCommitment, context: Context) -> Blockers:
    """Why this commitment can't begin. The same draft again isn't refused: it is nothing new."""
    if state is not None:
        taken = Blocker("commitment_exists", {"commitment": state.id, "state": state.state})
        return access(state, context) or (NONE if _is_same(state, command) else (taken,))
    case = Drafting(_draft(command, context), context)
    return holding(context) or (
        *collect(PLACE_RULES, (command, context)),
        *_in_scope(case, command),
        *role_drafts(case, imported=command.imported),
        *_fields_wrong(command, context),
        *collect(CONTENT_RULES, case),
    )


def draft_commitment(
    state: Commitment | None, command: DraftCommitment, context: Context
) -> tuple[CommitmentFact, ...]:
    """The commitment began, with its plan if it has items; nothing at all if it began just so before."""
    if state is not None:
        return ()
    draft = _draft(command, context)
    plan = (facts.PlanDrafted(draft.items),) if draft.items else ()
    return (_drafted(command, draft, context), *plan)


def edit_blockers(commitment: Commitment, command: EditDraft, context: Context) -> Blockers:
    """Why the draft can't be changed in this way."""
    denied = access(commitment, context)
    if denied:
        return denied
    case = Drafting(_edited(commitment, command, context), context)
    return (
        *collect(EDIT_RULES, (commitment, context)),
        *_fields_wrong(command, context),
        *collect(CONTENT_RULES, case),
    )


def may_edit(commitment: Commitment, context: Context) -> Blockers:
    """Why the acting office can't change the draft, whatever it were to write."""
    return access(commitment, context) or collect(EDIT_RULES, (commitment, context))


def edit_draft(commitment: Commitment, command: EditDraft, context: Context) -> tuple[CommitmentFact, ...]:
    """The draft is changed; what is equal is not stated again. Nothing stands in the way."""
    after = _edited(commitment, command, context)
    fields = (after.replication_scope, after.agency, after.pic, after.fields)
    was = (commitment.replication_scope, commitment.agency, commitment.pic, commitment.fields)
    edited = (facts.DraftEdited(*fields),) if fields != was else ()
    planned = (facts.PlanDrafted(after.items),) if differences(commitment.items, after.items) else ()
    return (*edited, *planned)


Placing = tuple[DraftCommitment, Context]
Editing = tuple[Commitment, Context]


def programme_known(case: Placing) -> Blockers:
    command, context = case
    if command.programme == context.programme.programme:
        return NONE
    return (Blocker("programme_unknown", {"programme": command.programme}),)


def programme_runs(case: Placing) -> Blockers:
    command, context = case
    return programme_open(command.party, context)


def party_in_programme(case: Placing) -> Blockers:
    command, context = case
    if command.party in context.programme.parties:
        return NONE
    return (Blocker("party_not_in_programme", {"party": command.party, "programme": context.programme.programme}),)


def subject_in_programme(case: Placing) -> Blockers:
    command, context = case
    if context.subject(command.subject) is not None:
        return NONE
    found = {"subject": command.subject, "programme": context.programme.programme}
    return (Blocker("subject_not_in_programme", found),)


def year_of_programme(case: Placing) -> Blockers:
    command, context = case
    year = context.programme.fiscal_year
    if command.fiscal_year == year:
        return NONE
    return (Blocker("fiscal_year_unknown", {"fiscal_year": str(command.fiscal_year), "known": str(year)}),)


def is_draft(case: Editing) -> Blockers:
    commitment, context = case
    if context.definition.states[commitment.state].initial:
        return NONE
    return (Blocker("draft_only", {"state": commitment.state}),)


def none_open(case: Editing) -> Blockers:
    return open_request_blocks(case[0])


def role_edits(case: Editing) -> Blockers:
    return role_acts("edit_draft", *case)


def role_drafts(case: Drafting, *, imported: bool) -> Blockers:
    """A role that may only import drafts from files, not by hand."""
    by_file = roles_that_may("import", case.context) if imported else ()
    roles = (*roles_that_may("draft", case.context), *by_file)
    if acts_in_role(roles, case.named, case.context):
        return NONE
    offices = offices_in_roles(roles, case.context, party=case.draft.party, named=case.named)
    return (Blocker("role_may_not", {"act": "draft", "roles": ", ".join(roles)}, offices),)


def scope_known(case: Drafting) -> Blockers:
    known = case.context.definition.replication_scopes
    if case.draft.replication_scope in known:
        return NONE
    return (Blocker("scope_unknown", {"scope": case.draft.replication_scope, "known": ", ".join(known)}),)


def agency_given(case: Drafting) -> Blockers:
    if not case.draft.agency:
        return (Blocker("office_unknown", {"office": "-", "place": "agency"}),)
    return office_blockers("agency", case.draft.agency, party=case.draft.party, context=case.context)


def pic_of_party(case: Drafting) -> Blockers:
    return office_blockers("pic", case.draft.pic, party=case.draft.party, context=case.context)


def plan_sound(case: Drafting) -> Blockers:
    return plan_blockers(Written(case.draft.party, case.draft.subject, case.draft.items, case.context))


def fields_filled(case: Drafting) -> Blockers:
    """What a draft must say from the beginning, it says."""
    own, stages = case.context.definition.fields, (case.context.definition.initial.name,)
    return (
        *missing("commitment", own.commitment, case.draft.fields, stages),
        *missing_in_plan(case.draft.items, own.item, stages),
    )


PLACE_RULES = (
    programme_known,
    programme_runs,
    party_in_programme,
    subject_in_programme,
    year_of_programme,
    *REJOINING_RULES,
)
EDIT_RULES = (is_draft, role_edits, none_open)
CONTENT_RULES = (scope_known, agency_given, pic_of_party, plan_sound, fields_filled)


def _fields_wrong(command: DraftCommitment | EditDraft, context: Context) -> Blockers:
    own = context.definition.fields.commitment
    return (
        *filling_blockers("commitment", own, command.fields, context),
        *item_blockers(command.items or (), context),
    )


def _draft(command: DraftCommitment, context: Context) -> Draft:
    return Draft(
        party=command.party,
        subject=command.subject,
        replication_scope=command.replication_scope,
        agency=command.agency,
        pic=command.pic,
        items=items_written(command.items, (), context),
        fields=written(context.definition.fields.commitment, command.fields),
    )


def _edited(commitment: Commitment, command: EditDraft, context: Context) -> Draft:
    return Draft(
        party=commitment.drafted.party,
        subject=commitment.drafted.subject,
        replication_scope=_or(command.replication_scope, commitment.replication_scope),
        agency=_or(command.agency, commitment.agency),
        pic=_or(command.pic, commitment.pic),
        items=commitment.items if command.items is None else items_written(command.items, commitment.items, context),
        fields=written(context.definition.fields.commitment, changed(commitment.fields, command.fields)),
    )


def _or(given: str | None, otherwise: str) -> str:
    return otherwise if given is None else given


def _drafted(command: DraftCommitment, draft: Draft, context: Context) -> CommitmentDrafted:
    return CommitmentDrafted(
        commitment=command.commitment,
        reference=command.reference,
        programme=command.programme,
        definition=context.definition.name,
        definition_version=context.definition.version,
        state=context.definition.initial.name,
        party=command.party,
        subject=command.subject,
        fiscal_year=command.fiscal_year,
        replication_scope=command.replication_scope,
        agency=command.agency,
        pic=command.pic,
        fields=draft.fields,
        follows="" if command.earlier is None else command.earlier.commitment,
        follows_reference="" if command.earlier is None else command.earlier.reference,
    )


def _is_same(state: Commitment, command: DraftCommitment) -> bool:
    """True if the commitment says just that: as a draft now, or in what its party signed.

    A file says nothing of own fields: it leaves them as they are.
    """
    drafted = state.drafted
    placed = (drafted.programme, drafted.party, drafted.subject, drafted.fiscal_year, drafted.reference)
    wanted = (command.programme, command.party, command.subject, command.fiscal_year, command.reference)
    plan = state.revisions[0] if state.revisions else state.items
    said = (state.replication_scope, state.agency, state.pic, state.fields)
    own = state.fields if command.imported else changed((), command.fields)
    items = as_before(command.items, plan) if command.imported else command.items
    same = said == (command.replication_scope, command.agency, command.pic, own)
    return placed == wanted and same and not differences(plan, items)


def _in_scope(case: Drafting, command: DraftCommitment) -> Blockers:
    return scope(
        case.context,
        party=case.draft.party,
        subject=case.draft.subject,
        commitment=command.commitment,
        names=frozenset(case.named),
        private=case.context.definition.initial.private,
    )
