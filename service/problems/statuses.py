"""Which HTTP status a code has; a test holds the table to every code that there is."""

from __future__ import annotations

from collections.abc import Mapping

_CODES: Mapping[int, str] = {
    400: """
        body_malformed cursor_malformed idempotency_key_malformed idempotency_key_missing if_match_malformed
        position_header_malformed request_malformed
    """,
    401: """
        link_expired link_unknown link_used no_office person_inactive session_ended session_expired
        session_unknown signin_failed token_expired token_missing token_revoked token_unknown
    """,
    403: """
        payer_proves addressee_judges appointee_decides asker_approves asker_prepares assistant_decides
        checker_verifies claimant_revokes kept_apart claimant_verifies delegation_ended delegation_not_begun
        delegation_not_then delegation_out_of_scope delegation_unknown may_not_appoint migration_not_confirmed
        not_a_delegate not_a_holder not_invited not_preparing not_the_addressee not_the_asker not_the_clock
        not_the_decider not_the_giver not_the_raiser out_of_scope proposer_confirms redelegation_not_allowed
        role_may_not same_person signer_witnesses verifier_above not_in_attendance sitting_of_others
    """,
    404: """
        claim_unknown commitment_unknown delegation_not_found matter_unknown migration_unknown not_found
        payment_unknown obligation_unknown proposal_unknown request_unknown sheet_unknown sitting_unknown
    """,
    405: "method_not_allowed",
    406: "not_acceptable",
    409: """
        money_not_established money_not_in_state money_remaining payment_decided adaptation_unnamed
        closed_too_long_ago year_not_long_over act_not_in_state act_not_of_matter acted_already addressee_vacant
        answer_missing appointment_exists appointment_over calendar_ends check_not_asked claim_decided
        claim_not_allowed claim_not_verified claim_unchecked claim_waiting commitment_exists decision_stands
        commitment_not_left
        definition_differs delegation_exists delegation_loop delegation_overlaps draft_only duty_unowed
        duty_would_not_end end_retractable evidence_awaited external_id_taken extra_after_signature extra_conflicted
        extra_in_chain extra_in_quorum extras_too_many findings_open forward_not_below forwarded_already
        grant_exists happened_since helper_missing history_after_requests history_contradicts
        history_move_unknown history_older item_complete item_ends_before_signature items_unverified
        level_not_due level_taken term_not_due log_rewound loop_in_tree matter_closed migration_closed
        no_request_open not_in_migration not_in_state not_moved_last not_on_hold not_your_turn nothing_claimed
        obligation_ended office_exists office_held on_hold organisation_exists party_joined party_not_invited
        programme_closed outside_hours period_closed programme_not_closed commitments_open before_go_live
        period_not_closed period_not_open pic_missing plan_incomplete plan_unchanged plan_stale plan_unsayable
        programme_exists proposal_closed proposal_over proposal_waiting quorum_unreachable receipt_not_asked
        received_already report_draft_moved request_closed request_open report_workbook_empty
        request_would_break retraction_late revocation_not_allowed round_ended sample_drawn sample_missing
        sample_not_asked second_person_needed sheet_nothing_ready sign_by_sheet signature_missing
        signature_not_awaited certified_signature_not_configured sitting_closed sitting_exists
        sitting_not_closed state_means_otherwise state_unmapped step_unfillable substance_moved
        substance_unchanged verdict_not_allowed verifier_missing version_out_of_order
    """,
    412: "stale_version",
    413: "body_too_large evidence_too_large fact_too_large",
    414: "uri_too_long",
    415: "evidence_type_refused media_type_unsupported",
    416: "range_not_satisfiable",
    422: """
        answered_before_invited seat_in_future amount_below_paid amount_not_positive ledger_not_kept
        paid_in_future payment_over_remaining adaptation_breaks_promise adaptation_elsewhere items_end_past
        items_not_new acts_by_grant addressee_is_asker addressee_not_below addressee_out_of_scope
        addressee_unknown agency_not_of_party appointee_unknown attendee_not_holder_then attendee_not_recorded
        attendee_twice attendee_unknown attendees_missing decided_before_asked decided_before_sitting
        decided_in_future decider_not_holder_then minutes_missing presence_unknown scan_not_paper
        signature_kind_not_of_file signature_kind_unknown sitting_ends_before sitting_in_future
        sitting_of_another_programme sitting_place_missing title_missing appointment_in_past appointment_unknown
        as_of_filter_unknown as_of_malformed budget_negative calendar_unknown capacity_unknown component_unknown
        date_order day_outside definition_invalid definition_unknown delegation_in_past delegation_scope_unknown
        delegation_to_oneself dependency_circular dependency_unknown due_in_past email_invalid end_before_start
        evidence_attached evidence_empty evidence_invalid evidence_missing evidence_unknown expiry_past
        field_blank field_invalid field_missing field_unusable field_unknown fiscal_year_unknown fund_unknown
        grant_names_one_thing grant_not_needed hold_ends_past hold_too_long idempotency_key_reused input_invalid
        item_number_not_positive item_number_twice item_reported_twice item_unknown language_unknown
        letter_date_missing letter_file_missing letter_in_future letter_missing opinion_letter_not_asked
        level_unknown mode_unknown move_unknown name_invalid nihil_reason_missing office_unknown
        organisation_unknown parent_unknown party_not_in_programme party_unknown password_too_long
        password_too_short password_too_simple period_ends_before period_not_longer period_unknown person_exists
        person_unknown place_missing place_unknown plan_missing plan_not_asked programme_unknown reason_missing
        reason_text_short reason_unknown received_in_future redelegation_exceeds report_empty report_incomplete
        reports_to_unknown scan_missing scope_unknown signed_before_approved signed_before_asked
        signed_before_draft signed_in_future signer_not_holder_then stage_unknown state_mapped_twice
        state_unknown state_unknown_anywhere
        subject_not_in_programme subject_twice subject_unknown target_not_positive target_periods_unsound
        terms_not_asked text_missing token_name_invalid value_falls value_not_positive value_unknown
        visibility_unknown visited_before_draft visited_in_future weight_not_positive witnessed_before_signature
        witnessed_in_future zone_unknown correction_empty correction_forbidden correction_of_figures
        correction_unknown corrections_missing extended_too_often extension_after_year extension_not_later
        extension_too_long extensions_missing follows_another until_missing external_id_unusable external_kind_unknown
        history_empty history_in_future history_state_unknown report_workbook_refused report_workbook_unreadable
    """,
    428: "if_match_missing",
    429: "signin_throttled",
    431: "header_too_large",
    500: "evidence_damaged server_error",
    503: "busy database_away database_locked disk_full log_missing outcome_unknown",
}

STATUSES: Mapping[str, int] = {code: status for status, codes in _CODES.items() for code in codes.split()}


def status_of(code: str) -> int:
    """The status of a known code; 409 for one that isn't in the table: the rules said no."""
    return STATUSES.get(code, 409)
