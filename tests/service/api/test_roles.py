"""Every role, in every office, at every endpoint: who may is what definition and scopes say, and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from service import catalog
from service.api.mount import GROUPS
from tests.support import directory as small
from tests.support.api_story import ApiStory, done, drafted, sign_asked, signed, started
from tests.support.api_world import ApiWorld, draft_body, item_body
from tests.support.asking_cases import CHANGES, an_opinion
from tests.support.external_calls import external_id_given, external_id_read, named_elsewhere
from tests.support.oversight_calls import OVERSIGHT, SEEN
from tests.support.role_cases import (
    APPOINTING,
    Case,
    delegation_read,
    delegation_revoked,
    given_and_taken_back,
    holder_proposed,
    one_does,
    proposal_answered,
)
from tests.support.sitting_calls import sitting_cases
from tests.support.world import (
    COORDINATOR,
    HEAD,
    MENTOR,
    MINISTRY,
    PIC,
    PLAN,
    PROGRAMME,
    PROVINCE,
    REGION,
    SECRETARY,
    SHEET,
    SIGNING,
    definition,
)
from workflows.commands import EstablishOffice

INSPECTOR = "61.inspektorat"
OFFICES = (*(name for name, *_ in small.OFFICES), INSPECTOR)
ROLES = {**{name: role for name, role, *_ in small.OFFICES}, INSPECTOR: "internal_auditor"}
LINE = {MINISTRY, PROVINCE, COORDINATOR, MENTOR, SECRETARY, REGION, INSPECTOR}
"""Offices whose scope is the regency's organisation or one above it."""
NAMED = {HEAD, PIC}
"""Offices that the commitment names."""


def _in_roles(*roles: str) -> set[str]:
    """The offices of these roles that see the commitment."""
    return {office for office in LINE | NAMED if ROLES[office] in roles}


def _that_may(act: str) -> set[str]:
    return _in_roles(*(name for name, role in definition().roles.items() if act in role.may))


def _get(path: str, allowed: set[str] | None = None) -> Callable[[ApiWorld], Case]:
    def build(world: ApiWorld) -> Case:
        story = signed(world)
        world.catch_up()
        request = done(world.get(HEAD, f"{story.path}/history"))
        assert request["history"]
        filled = path.format(commitment=story.commitment, request=f"{story.commitment}.r1")
        return Case(lambda office: world.get(office, filled), allowed if allowed is not None else set(OFFICES))

    return build


def _seen(path: str) -> Callable[[ApiWorld], Case]:
    return _get(path, LINE | NAMED)


def _draft(world: ApiWorld) -> Case:
    return Case(lambda office: world.post(office, "/commitments", draft_body()), _that_may("draft"))


def _edit(world: ApiWorld) -> Case:
    story = drafted(world)
    body = {"items": [item_body(PLAN[0])]}
    return Case(lambda office: world.patch(office, story.path, body, etag=story.etag), _that_may("edit_draft"))


def _ask(move: str) -> Callable[[ApiWorld], Case]:
    def build(world: ApiWorld) -> Case:
        story = started(world) if "in_replication" in definition().moves[move].sources else _before(world, move)
        paper = world.upload(HEAD)
        body: dict[str, Any] = {"move": move, "evidence": [paper]}
        if move == "amend":
            body |= {"reason": "kondisi_wilayah", "items": [item_body(PLAN[0], target="99"), item_body(PLAN[1])]}
        if move == "complete":
            body["evidence"] += [world.upload(HEAD, b"%PDF-1.7 " + kind, "bukti.pdf") for kind in (b"SOP", b"layanan")]
            for number, value in ((1, 100), (2, 100), (3, 100)):
                claim = story.claim(number, value)
                done(world.post(REGION, f"/claims/{claim}/verifications"))
        if move in REASONS:
            body["reason"] = REASONS[move]
        if move in TERMS:
            body["terms"] = TERMS[move]
        if move == "resume":
            held = story.ask("hold", reason=REASONS["hold"], terms=TERMS["hold"], evidence=[paper])
            story.approve(held, SECRETARY)
        etag = done(world.get(HEAD, story.path))["etag"]
        allowed = _in_roles(*definition().moves[move].ask)
        return Case(lambda office: world.post(office, f"{story.path}/requests", body, etag=etag), allowed)

    return build


REASONS = {
    "withdraw": "tanpa_anggaran",
    "cancel": "program_dihentikan",
    "hold": "bencana",
    "resume": "bencana",
    "extend": "bencana",
}
TERMS = {
    "hold": {"until": "2022-01-28"},
    "extend": {"extensions": [{"item": 1, "ends_on": "2022-04-14"}]},
    "correct": {"corrections": [{"field": "activity", "item": 1, "new": "Kegiatan pertama 1"}]},
}
ASKED = ("sign", "start", "amend", "hold", "resume", "extend", "correct", "complete", "withdraw", "cancel")


def _before(world: ApiWorld, move: str) -> ApiStory:
    return drafted(world) if "drafted" in definition().moves[move].sources else signed(world)


def _suppose(world: ApiWorld) -> Case:
    _, request = sign_asked(world)
    body = {"commands": [{"office": REGION, "path": f"/requests/{request}/approvals"}]}
    return Case(lambda office: world.post(office, "/what-if", body), LINE | NAMED)


def _verdict(verdict: str, body: Mapping[str, Any]) -> Callable[[ApiWorld], Case]:
    def build(world: ApiWorld) -> Case:
        story, request = sign_asked(world)
        allowed = _in_roles(definition().moves["sign"].steps[0].role)
        return Case(lambda office: world.post(office, f"/requests/{request}/{verdict}", body, etag=story.etag), allowed)

    return build


def _withdrawal(world: ApiWorld) -> Case:
    _, request = sign_asked(world)
    return Case(lambda office: world.post(office, f"/requests/{request}/withdrawal"), {HEAD})


def _sheet_to_sign(world: ApiWorld) -> str:
    story, request = sign_asked(world)
    story.approve(request, REGION)
    world.advance(to=SIGNING)
    world.catch_up()
    return str(world.get(SECRETARY, f"/sheets/{SHEET}").headers["ETag"])


def _signature(world: ApiWorld) -> Case:
    etag = _sheet_to_sign(world)
    body = {"mode": "online", "place": "Pontianak", "signed_at": SIGNING.isoformat()}
    allowed = _in_roles(*(step.role for step in definition().moves["sign"].steps if step.signs))
    return Case(lambda office: world.post(office, f"/sheets/{SHEET}/signatures", body, etag=etag), allowed)


def _witness(world: ApiWorld) -> Case:
    signed(world)
    body = {"mode": "online", "place": "Pontianak", "witnessed_at": SIGNING.isoformat()}

    def call(office: str) -> TestResponse:
        # Each witness moves the sheet: the next one sees it anew.
        etag = world.get(SECRETARY, f"/sheets/{SHEET}").headers["ETag"]
        return world.post(office, f"/sheets/{SHEET}/witnesses", body, etag=etag)

    return Case(call, _that_may("witness"))


def _claim(world: ApiWorld) -> Case:
    story = started(world)
    body = {"item": 1, "value": 5, "evidence": [world.upload(PIC)]}
    return Case(lambda office: world.post(office, f"{story.path}/claims", body), _that_may("claim"))


def _judged(verdict: str, body: Mapping[str, Any]) -> Callable[[ApiWorld], Case]:
    def build(world: ApiWorld) -> Case:
        claim = started(world).claim(1, 5)
        return Case(lambda office: world.post(office, f"/claims/{claim}/{verdict}", body), _that_may("verify_claim"))

    return build


def _read_claim(world: ApiWorld) -> Case:
    claim = started(world).claim(1, 5)
    return Case(lambda office: world.get(office, f"/claims/{claim}"), LINE | NAMED)


def _upload(world: ApiWorld) -> Case:
    def call(office: str) -> TestResponse:
        world.upload(office)
        return world.get(office, "/inbox")

    return Case(call, set(OFFICES))


def _download(world: ApiWorld) -> Case:
    story = signed(world)
    digest = world.upload(HEAD)
    story.ask("start", evidence=[digest])
    return Case(lambda office: world.get(office, f"{story.path}/evidence/{digest}"), LINE | NAMED)


def _read_notice(world: ApiWorld) -> Case:
    world.catch_up()
    sign_asked(world)
    world.catch_up()
    notice = done(world.get(REGION, "/notices"))["notices"][0]["id"]
    return Case(lambda office: world.post(office, f"/notices/{notice}/read"), {REGION})


def _oversight(build: Callable[[ApiWorld], tuple[Callable[[str], TestResponse], str | set[str]]]) -> Any:
    def case(world: ApiWorld) -> Case:
        call, allowed = build(world)
        if isinstance(allowed, str):
            return Case(call, LINE | NAMED if allowed == SEEN else _that_may(allowed))
        return Case(call, allowed)

    return case


def _noted(world: ApiWorld) -> Case:
    story, request = sign_asked(world)
    world.catch_up()
    body = {"commitment": story.commitment, "kind": "decision", "key": request, "star": True, "text": "Lengkap."}
    return Case(lambda office: world.post(office, "/inbox/advice", body), {REGION})


DENIALS = frozenset(
    {
        "addressee_judges",
        "claimant_revokes",
        "not_the_addressee",
        "not_the_raiser",
        "acted_already",
        "asker_approves",
        "claimant_verifies",
        "may_not_appoint",
        "not_found",
        "not_invited",
        "not_the_asker",
        "not_the_giver",
        "not_your_turn",
        "out_of_scope",
        "proposer_confirms",
        "role_may_not",
        "signer_witnesses",
        "sitting_of_others",
    }
)
REASON = {"reason": "rencana_belum_jelas"}
CASES: dict[str, Callable[[ApiWorld], Case]] = {
    "list_programmes": _get("/programmes"),
    "read_programme": _get(f"/programmes/{PROGRAMME}"),
    "list_organisations": _get("/organisations"),
    "read_organisation": _get("/organisations/61.03"),
    "list_offices": _get("/offices"),
    "read_handover": _get(f"/offices/{HEAD}/handover", LINE | {HEAD}),
    "read_office": _get(f"/offices/{HEAD}"),
    "list_delegations": _get("/delegations"),
    "read_delegation": delegation_read(LINE | {HEAD}),
    "give_delegation": given_and_taken_back(INSPECTOR, set(OFFICES)),
    "revoke_delegation": delegation_revoked,
    "list_appointments": _get("/appointments"),
    "propose_holder": holder_proposed,
    "confirm_holder": proposal_answered("confirmation", {}, APPOINTING - {SECRETARY}),
    "decline_holder": proposal_answered("refusal", {"reason": "Sudah ada Plh."}, APPOINTING),
    "list_commitments": _get("/commitments"),
    "draft_commitment": _draft,
    "read_commitment": _seen("/commitments/{commitment}"),
    "edit_draft": _edit,
    "read_blockers": _seen("/commitments/{commitment}/blockers"),
    "give_external_id": external_id_given(_that_may("import") | _that_may("draft") | _that_may("edit_draft")),
    "name_elsewhere": named_elsewhere(_that_may("open_programme")),
    "read_external_id": external_id_read(LINE | NAMED),
    "suppose_commands": _suppose,
    "read_plan_items": _seen("/commitments/{commitment}/plan-items"),
    **{f"open_request {move}": _ask(move) for move in ASKED},
    **{f"open_request {move}": case for move, case in CHANGES.items()},
    "read_request": _seen("/requests/{request}"),
    "approve": _verdict("approvals", {}),
    "return_request": _verdict("returns", REASON),
    "reject": _verdict("rejections", {"reason": "di_luar_kewenangan"}),
    "withdraw": _withdrawal,
    "give_opinion": an_opinion,
    "read_sheet": _seen(f"/sheets/{SHEET}"),
    "read_sheet_content": _seen(f"/sheets/{SHEET}/content"),
    **sitting_cases(set(OFFICES), reads=LINE, holds=_that_may("hold_sitting")),
    "sign_sheet": _signature,
    "witness_sheet": _witness,
    "list_claims": _seen("/commitments/{commitment}/claims"),
    "make_claim": _claim,
    "read_claim": _read_claim,
    "verify_claim": _judged("verifications", {}),
    "return_claim": _judged("returns", {"reason": "bukti_kurang"}),
    **{name: _oversight(build) for name, build in OVERSIGHT.items()},
    "upload_evidence": _upload,
    "download_evidence": _download,
    "read_inbox": _get("/inbox"),
    "write_inbox_advice": _noted,
    "read_whole_matrix": _get("/matrix"),
    "list_notices": _get("/notices"),
    "mark_notice_read": _read_notice,
    "read_history": _seen("/commitments/{commitment}/history"),
    "read_events": _get("/events"),
}


ELSEWHERE = {
    "test_decisions.py": "approve_together return_together reject_together",
    "test_retractions.py": "retract",
    "test_sharing.py": "add_approver forward_request note_preparation",
    "test_external_commitments.py": "bring_commitment",
    "test_report_workbooks.py": """
        download_one_report_workbook download_report_workbook preview_report_workbook save_report_workbook
        submit_report_workbook
    """,
    "test_reports.py": """
        attach_evidence check_claim close_period draw_sample extend_period follow_period list_reports read_periods
        read_progress read_report read_report_draft reopen_period save_report_draft submit_report
    """,
    "test_definitions.py": """
        confirm_definition confirm_migration decline_definition decline_migration list_definition_proposals
        list_migrations preview_migration propose_definition propose_migration read_definition_proposal read_migration
        read_migration_result use_definition
    """,
    "test_programmes.py": "set_go_live close_programme reopen_programme",
    "test_roll_up.py": "read_roll_up",
    "test_waves.py": "preview_wave spread_wave",
    "test_seats.py": "list_seats invite_parties decline_invitation join_programme",
    "test_receipts.py": "receive_document",
    "test_money.py": "read_ledger establish_money record_payment prove_payment return_payment",
}
"""Endpoints whose answer rests on what other offices did before: who may and who may not is tried in the named file."""


def test_no_endpoint_move_or_role_is_left_out() -> None:
    endpoints = {endpoint for group in GROUPS for endpoint in group.blueprint._endpoints}
    elsewhere = {endpoint for tried in ELSEWHERE.values() for endpoint in tried.split()}
    assert {name.partition(" ")[0] for name in CASES} == endpoints - elsewhere
    assert all((Path(__file__).parent / name).exists() for name in ELSEWHERE)
    assert {name.partition(" ")[2] for name in CASES} - {""} == set(definition().moves)
    assert set(ROLES.values()) == set(definition().roles)


@pytest.mark.parametrize("name", CASES)
def test_who_may_does_and_nobody_else(world: ApiWorld, name: str) -> None:
    inspector = EstablishOffice(INSPECTOR, "Inspektorat", "internal_auditor", "61", "organisation", PROVINCE)
    world.tell(catalog.OFFICES, inspector)
    world.appoint(INSPECTOR)
    case = CASES[name](world)
    assert case.allowed, "a case that nobody may tests nothing"
    before = world.runtime.store.log_head()
    for office in OFFICES:
        if office not in case.allowed:
            answer = case.call(office)
            assert answer.status_code in (403, 404, 409), (office, answer.get_data(as_text=True))
            assert answer.get_json()["code"] in DENIALS, (office, answer.get_json())
    assert world.runtime.store.log_head() == before, "a refusal left something behind"
    one_does(case)
