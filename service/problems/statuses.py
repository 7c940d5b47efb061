"""Which HTTP status a code has; a test holds the table to every code that there is."""

from __future__ import annotations

from collections.abc import Mapping

_CODES: Mapping[int, str] = {
    400: """
        body_malformed cursor_malformed idempotency_key_malformed idempotency_key_missing if_match_malformed
        position_header_malformed request_malformed
    """,
    401: """
        link_expired link_unknown link_used no_office person_inactive session_ended session_expired session_unknown
        signin_failed token_expired token_missing token_revoked token_unknown
    """,
    403: """
        migration_not_confirmed proposer_confirms
        addressee_judges claimant_revokes not_the_addressee not_the_raiser verifier_above
        asker_approves claimant_verifies delegation_ended delegation_not_begun delegation_not_then
        delegation_out_of_scope delegation_unknown not_a_delegate not_a_holder not_invited not_the_asker
        not_the_clock not_the_giver out_of_scope redelegation_not_allowed role_may_not same_person signer_witnesses
    """,
    404: """
        migration_unknown proposal_unknown
        matter_unknown
        claim_unknown commitment_unknown delegation_not_found not_found obligation_unknown request_unknown sheet_unknown
    """,
    405: "method_not_allowed",
    406: "not_acceptable",
    409: """
        happened_since migration_closed not_in_migration not_moved_last plan_unsayable proposal_closed
        request_would_break second_person_needed state_means_otherwise state_unmapped
        act_not_in_state act_not_of_matter addressee_vacant answer_missing claim_not_verified findings_open
        helper_missing matter_closed revocation_not_allowed
        acted_already appointment_exists appointment_over calendar_ends claim_decided claim_not_allowed claim_waiting
        commitment_exists delegation_exists delegation_loop delegation_overlaps
        definition_differs draft_only grant_exists item_complete item_ends_before_signature
        items_unverified level_not_due level_taken log_rewound loop_in_tree not_in_state not_your_turn obligation_ended
        no_request_open nothing_claimed
        office_exists office_held organisation_exists outside_hours pic_missing plan_incomplete plan_unchanged
        programme_exists quorum_unreachable request_closed request_open round_ended sheet_nothing_ready sign_by_sheet
        signature_missing
        signature_not_awaited step_unfillable substance_moved substance_unchanged verdict_not_allowed verifier_missing
        version_out_of_order
        not_on_hold on_hold
        duty_unowed receipt_not_asked received_already
    """,
    412: "stale_version",
    413: "body_too_large evidence_too_large fact_too_large",
    414: "uri_too_long",
    415: "evidence_type_refused media_type_unsupported",
    416: "range_not_satisfiable",
    422: """
        addressee_is_asker addressee_not_below addressee_out_of_scope addressee_unknown due_in_past place_missing
        visited_before_draft visited_in_future
        acts_by_grant letter_missing received_in_future
        state_mapped_twice state_unknown_anywhere
        agency_not_of_party appointment_unknown as_of_filter_unknown as_of_malformed budget_negative calendar_unknown
        capacity_unknown component_unknown date_order day_outside delegation_in_past
        delegation_scope_unknown delegation_to_oneself definition_invalid definition_unknown email_invalid
        end_before_start evidence_empty evidence_invalid evidence_missing evidence_unknown
        expiry_past field_blank field_invalid
        field_missing field_unknown fiscal_year_unknown fund_unknown grant_names_one_thing grant_not_needed
        idempotency_key_reused input_invalid item_number_not_positive item_number_twice item_unknown language_unknown
        level_unknown mode_unknown move_unknown name_invalid office_unknown organisation_unknown parent_unknown
        party_not_in_programme party_unknown password_too_long password_too_short password_too_simple person_exists
        person_unknown plan_missing plan_not_asked programme_unknown reason_missing reason_text_short reason_unknown
        redelegation_exceeds
        reports_to_unknown scan_missing scope_unknown signed_before_asked signed_before_draft signed_in_future
        signer_not_holder_then stage_unknown state_unknown
        subject_not_in_programme subject_twice subject_unknown target_not_positive text_missing
        token_name_invalid value_below_verified value_not_positive value_unknown visibility_unknown
        witnessed_before_signature witnessed_in_future zone_unknown
        hold_end_missing hold_ends_past hold_too_long terms_not_asked
    """,
    428: "if_match_missing",
    429: "signin_throttled",
    431: "header_too_large",
    500: "server_error",
    503: "busy database_away database_locked disk_full log_missing outcome_unknown",
}

STATUSES: Mapping[str, int] = {code: status for status, codes in _CODES.items() for code in codes.split()}


def status_of(code: str) -> int:
    """The status of a known code; 409 for one that isn't in the table: the rules said no."""
    return STATUSES.get(code, 409)
