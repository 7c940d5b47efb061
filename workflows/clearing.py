"""Who can clear a blocker whose rule names nobody: by its kind, in one place."""

from __future__ import annotations

from dataclasses import replace

from workflows.commitment import Commitment
from workflows.context import Context
from workflows.errors import Blocker
from workflows.rules import Blockers, offices_in_roles, own_offices, roles_that_may

OWN_INPUT = frozenset(
    [
        "act_not_of_matter",
        "adaptation_breaks_promise",
        "adaptation_elsewhere",
        "adaptation_unnamed",
        "addressee_is_asker",
        "addressee_not_below",
        "addressee_out_of_scope",
        "addressee_unknown",
        "agency_not_of_party",
        "budget_negative",
        "check_not_asked",
        "claim_unknown",
        "commitment_unknown",
        "date_order",
        "due_in_past",
        "dependency_circular",
        "dependency_unknown",
        "duty_would_not_end",
        "evidence_invalid",
        "external_id_taken",
        "external_id_unusable",
        "external_kind_unknown",
        "field_invalid",
        "follows_another",
        "field_missing",
        "field_unknown",
        "until_missing",
        "extensions_missing",
        "extension_not_later",
        "extension_after_year",
        "extension_too_long",
        "extended_too_often",
        "corrections_missing",
        "correction_forbidden",
        "correction_unknown",
        "correction_empty",
        "correction_of_figures",
        "hold_ends_past",
        "hold_too_long",
        "fiscal_year_unknown",
        "history_after_requests",
        "history_contradicts",
        "history_empty",
        "history_move_unknown",
        "history_older",
        "history_state_unknown",
        "items_end_past",
        "items_not_new",
        "item_number_not_positive",
        "item_number_twice",
        "item_unknown",
        "matter_unknown",
        "ledger_not_kept",
        "mode_unknown",
        "not_on_hold",
        "move_unknown",
        "party_not_in_programme",
        "migration_unknown",
        "period_unknown",
        "place_unknown",
        "plan_missing",
        "plan_not_asked",
        "plan_stale",
        "plan_unchanged",
        "plan_unsayable",
        "programme_unknown",
        "reason_missing",
        "reason_text_short",
        "reason_unknown",
        "request_unknown",
        "scope_unknown",
        "sheet_unknown",
        "signature_kind_unknown",
        "signature_kind_not_of_file",
        "scan_not_paper",
        "sitting_of_another_programme",
        "sitting_unknown",
        "decided_before_asked",
        "decided_before_sitting",
        "signed_before_approved",
        "signed_before_asked",
        "signed_before_draft",
        "state_means_otherwise",
        "state_unmapped",
        "subject_not_in_programme",
        "target_periods_unsound",
        "target_not_positive",
        "terms_not_asked",
        "verdict_not_allowed",
        "weight_not_positive",
        "witnessed_before_signature",
    ]
)
"""What the acting office itself mends, by asking otherwise."""
ADMINISTERED = frozenset(
    [
        "addressee_vacant",
        "calendar_ends",
        "calendar_unknown",
        "kept_apart",
        "not_a_holder",
        "office_unknown",
        "decider_not_holder_then",
        "signer_not_holder_then",
    ]
)
"""What whoever administers offices and calendars mends."""
STATED = {
    "not_in_state": "sources",
    "claim_not_allowed": "states",
    "receipt_not_asked": "states",
    "act_not_in_state": "states",
    "revocation_not_allowed": "states",
    "money_not_in_state": "states",
}
"""What a move to another state clears, and the fact that names those states."""
WITNESSED = frozenset({"signer_witnesses"})
"""What another office that may witness does instead."""


def with_clearers(found: Blockers, commitment: Commitment | None, context: Context) -> Blockers:
    """The same blockers; those that name neither an office nor a time name who can clear their kind."""
    return tuple(
        one if one.cleared_by or one.until else replace(one, cleared_by=_clearers(one, commitment, context))
        for one in found
    )


def _clearers(blocker: Blocker, commitment: Commitment | None, context: Context) -> tuple[str, ...]:
    acting = context.directory.office(context.by.authority)
    own = context.programme.organisation if acting is None else acting.organisation
    if blocker.code in OWN_INPUT:
        return () if acting is None else (acting.office,)
    if blocker.code in ADMINISTERED:
        return offices_in_roles(roles_that_may("administer", context), context, party=own)
    if commitment is None:
        return ()
    if blocker.code in WITNESSED:
        witnesses = offices_in_roles(roles_that_may("witness", context), context, party=commitment.drafted.party)
        return tuple(office for office in witnesses if office != context.by.authority)
    return _askers(blocker, commitment, context)


def _askers(blocker: Blocker, commitment: Commitment, context: Context) -> tuple[str, ...]:
    """The offices that may ask for a move from here into one of the states that the blocker wants."""
    wanted = blocker.facts.get(STATED.get(blocker.code, ""), "").split(", ")
    table = context.table
    roles = [
        role
        for move in context.definition.moves.values()
        if table.get((commitment.state, move.name)) in wanted
        for role in move.ask
    ]
    return offices_in_roles(roles, context, party=commitment.drafted.party, named=own_offices(commitment))
