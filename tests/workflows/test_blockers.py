import ast
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from string import Formatter

import pytest

import workflows
from tests.support.directory import directory
from tests.support.world import (
    AUDITOR,
    COMPLETED,
    COORDINATOR,
    DRAFTED,
    HEAD,
    MENTOR,
    NEIGHBOUR,
    PAPERS,
    PIC,
    PLAN,
    PROGRAMME,
    PROVINCE,
    REGION,
    SECRETARY,
    SHEET,
    SIGN_ASKED,
    SIGN_CHECKED,
    SIGNED,
    SIGNING,
    SPRING,
    START_ASKED,
    STARTED,
    VERIFIED,
    Act,
    K,
    amendment,
    approvals,
    definition,
    draft,
    given,
    signature,
)
from workflows.blockers import SENTENCES, Possible, blockers, overview, sentence
from workflows.clearing import ADMINISTERED, OWN_INPUT, STATED, WITNESSED
from workflows.commands import (
    AnswerMatter,
    ApproveRequest,
    CloseMatter,
    CommitmentCommand,
    EditDraft,
    Escalate,
    GiveDirection,
    GiveOpinion,
    MakeClaim,
    MakeNote,
    MigrateDefinition,
    NoteVisit,
    OpenRequest,
    RecordFinding,
    RejectRequest,
    ReportObstacle,
    RequestHelp,
    ReturnClaim,
    ReturnMatter,
    ReturnRequest,
    RevokeVerification,
    VerifyClaim,
    WithdrawRequest,
    WitnessCommitment,
)
from workflows.definition import CONDITION_NAMES, GUARD_NAMES
from workflows.errors import Blocker
from workflows.facts import EscalationRaised
from workflows.guards import CONDITIONS, GUARDS
from workflows.matters import ACTS

ROOM = Path(workflows.__file__).parent
MAKERS = {"Blocker", "_about", "_unknown", "office_blockers"}
COMMANDS: tuple[CommitmentCommand, ...] = (
    draft(),
    EditDraft(pic=""),
    OpenRequest("start"),
    ApproveRequest(f"{K}.r1"),
    ReturnRequest(f"{K}.r1", ""),
    RejectRequest(f"{K}.r1", ""),
    WithdrawRequest(f"{K}.r1"),
    GiveOpinion(f"{K}.r1", ""),
    signature(),
    WitnessCommitment(SHEET, "", "", SIGNING),
    MakeClaim(1, PLAN[0].target, ()),
    VerifyClaim(f"{K}.c1"),
    ReturnClaim(f"{K}.c1", ""),
    RevokeVerification(f"{K}.c1", ""),
    RecordFinding("nowhere", PLAN[0].starts_on, "", (), 9),
    RecordFinding(HEAD, date(2021, 6, 1), "", ()),
    GiveDirection(PROVINCE, PLAN[0].ends_on, ""),
    ReportObstacle("", ""),
    RequestHelp(""),
    AnswerMatter(f"{K}.d1", ""),
    ReturnMatter(f"{K}.f1", ""),
    CloseMatter(f"{K}.o1", ""),
    NoteVisit(date(2030, 1, 1), "", ""),
    MakeNote(""),
    MigrateDefinition(f"{PROGRAMME}.m1"),
    Escalate("item-1", 1, 1, 1),
)


def calls() -> list[ast.Call]:
    trees = (ast.parse(path.read_text()) for path in sorted(ROOM.rglob("*.py")))
    return [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]


def codes() -> set[str]:
    """Every code that a rule of this room can find: the literals that blockers are made with."""
    made = (call for call in calls() if isinstance(call.func, ast.Name) and call.func.id in MAKERS)
    first = (call.args[0] for call in made if call.args)
    return {arg.value for arg in first if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}


def test_every_code_has_its_sentence_in_both_languages_and_no_sentence_is_left_over() -> None:
    places = {"agency", "pic"}
    assert codes() - places == set(SENTENCES)
    assert [code for code, label in SENTENCES.items() if not label.id.strip() or not label.en.strip()] == []


def test_both_sentences_of_a_code_name_the_same_things() -> None:
    def named(text: str) -> set[str | None]:
        return {place for _, place, _, _ in Formatter().parse(text) if place}

    assert [code for code, label in SENTENCES.items() if named(label.id) != named(label.en)] == []


def test_the_rules_guards_and_conditions_are_those_that_a_definition_may_name() -> None:
    assert set(GUARDS) == GUARD_NAMES
    assert set(CONDITIONS) == CONDITION_NAMES


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("acts", [(), DRAFTED, SIGN_ASKED, SIGN_CHECKED, SIGNED, STARTED, COMPLETED])
def test_every_refusal_can_be_said_as_a_sentence(acts: tuple[Act, ...], language: str) -> None:
    story = given(*acts)
    for office in (HEAD, PIC, REGION, SECRETARY, COORDINATOR, PROVINCE, MENTOR, NEIGHBOUR, AUDITOR, "nowhere"):
        for command in COMMANDS:
            for found in blockers(story.state, command, story.context(office)):
                said = sentence(found, language, definition=definition(), directory=directory())
                assert said.endswith(".")
                assert "{" not in said
                assert sentence(found, language)


OVER = [
    "acted_already",
    "claim_decided",
    "claim_not_verified",
    "closed_too_long_ago",
    "commitment_exists",
    "commitment_not_left",
    "end_retractable",
    "delegation_ended",
    "delegation_not_found",
    "draft_only",
    "happened_since",
    "item_complete",
    "level_taken",
    "level_unknown",
    "term_not_due",
    "migration_closed",
    "not_in_migration",
    "not_moved_last",
    "matter_closed",
    "obligation_ended",
    "obligation_unknown",
    "proposal_closed",
    "payment_decided",
    "received_already",
    "proposal_unknown",
    "decision_stands",
    "request_closed",
    "revocation_not_allowed",
    "retraction_late",
    "round_ended",
    "sample_drawn",
]
NEVER_ASKED = ["sample_not_asked"]
FOR_THE_CLOCK = ["not_the_clock"]
HIDDEN = ["out_of_scope"]
INVITED = ["not_invited"]
BY_THE_OPERATOR = [
    "acts_by_grant",
    "appointment_exists",
    "appointment_over",
    "appointment_unknown",
    "capacity_unknown",
    "day_outside",
    "definition_differs",
    "definition_invalid",
    "definition_unknown",
    "end_before_start",
    "field_blank",
    "field_unusable",
    "grant_exists",
    "grant_names_one_thing",
    "grant_not_needed",
    "loop_in_tree",
    "office_exists",
    "office_held",
    "organisation_exists",
    "organisation_unknown",
    "parent_unknown",
    "party_unknown",
    "programme_exists",
    "reports_to_unknown",
    "subject_twice",
    "version_out_of_order",
    "visibility_unknown",
    "zone_unknown",
]
BY_WHO_PROPOSED = [
    "commitments_open",
    "programme_not_closed",
    "party_joined",
    "migration_not_confirmed",
    "proposal_unknown",
    "second_person_needed",
    "state_mapped_twice",
    "state_unknown_anywhere",
]
NOBODY = {*BY_WHO_PROPOSED, *OVER, *NEVER_ASKED, *FOR_THE_CLOCK, *HIDDEN, *INVITED, *BY_THE_OPERATOR}
"""Codes that name nobody: what is over or never asked can't be cleared, only the clock escalates, whoever is outside a
scope learns no more, a request may have invited nobody, and what an operator or who proposes a workflow states is
mended there."""


def names_somebody(call: ast.Call) -> bool:
    return len(call.args) > 2 or any(keyword.arg in ("cleared_by", "until") for keyword in call.keywords)


def test_every_code_names_an_office_or_a_time_or_stands_among_those_that_nobody_clears() -> None:
    made = [call for call in calls() if isinstance(call.func, ast.Name) and call.func.id == "Blocker" and call.args]
    direct = {call.args[0].value for call in made if isinstance(call.args[0], ast.Constant) and names_somebody(call)}
    by_kind = {*OWN_INPUT, *ADMINISTERED, *STATED, *WITNESSED}
    about = {"component_unknown", "fund_unknown", "stage_unknown", "value_unknown"}
    assert set(SENTENCES) - direct - by_kind - about - NOBODY == set()
    assert by_kind <= set(SENTENCES)


def test_who_can_clear_a_blocker_is_named_where_it_is_found() -> None:
    named: dict[str, bool] = {}
    for acts in ((), DRAFTED, SIGN_ASKED, SIGN_CHECKED, SIGNED, STARTED, COMPLETED):
        story = given(*acts)
        for office in (HEAD, PIC, REGION, SECRETARY, COORDINATOR, PROVINCE, MENTOR, NEIGHBOUR, AUDITOR):
            for command in COMMANDS:
                for found in blockers(story.state, command, story.context(office)):
                    named[found.code] = named.get(found.code, False) or bool(found.cleared_by or found.until)
    assert {code for code, somebody in named.items() if not somebody} <= NOBODY
    assert len(named) > 20
    drafted = given(*DRAFTED)
    assert drafted.when(HEAD, OpenRequest("start")).blocker("not_in_state").cleared_by == (HEAD,)
    assert drafted.when(HEAD, replace(OpenRequest("start"), move="x")).blocker("move_unknown").cleared_by == (HEAD,)
    assert drafted.when("nowhere", OpenRequest("start")).blocker("office_unknown").cleared_by == ("61.admin",)


def test_a_sentence_names_states_moves_roles_reasons_and_offices_as_people_do() -> None:
    def say(code: str, language: str, **facts: str) -> str:
        return sentence(Blocker(code, facts), language, definition=definition(), directory=directory())

    assert say("not_in_state", "en", move="start", state="drafted", sources="signed") == (
        "Start of replication can't be asked for in the state Draft; only in: Signed."
    )
    assert say("role_may_not", "id", act="claim", roles="agency_pic") == (
        "Yang berwenang untuk tindakan ini (mengklaim capaian): Penanggung jawab (PIC)."
    )
    assert say("not_your_turn", "en", office=REGION) == "The verdict is with Office 61.03.bag now."
    assert say("signature_missing", "en", party="61.03") == "Organisation 61.03 hasn't signed yet."
    assert say("request_closed", "id", request="k1.r1", status="returned") == (
        "Permohonan k1.r1 sudah ditutup (dikembalikan untuk perbaikan)."
    )
    assert "Lainnya" in say("reason_text_short", "id", reason="lainnya", characters="20")
    assert "xyz" in say("reason_unknown", "en", reason="xyz", known="-")
    assert "setujui" in say("verdict_not_allowed", "id", verdict="approve", allowed="return")
    assert sentence(Blocker("claim_not_allowed", {"state": "?", "states": "?"}), "en", definition=definition())
    assert sentence(Blocker("role_may_not", {"act": "draft", "roles": "x"}), "en") == "This act (draft) belongs to: x."


def test_blockers_never_raise_and_agree_with_decide() -> None:
    story = given(*STARTED)
    assert blockers(story.state, amendment(*PLAN[:2]), story.context(HEAD)) == ()
    assert [one.code for one in blockers(None, OpenRequest("sign"), story.context(HEAD))] == ["commitment_unknown"]


OVERSIGHT = {*ACTS.values(), "note_visit", "note", "revoke_verification"}
"""What an office may do in nearly every state; its own tests are those of matters, notes and revocations."""


def may(offered: tuple[Possible, ...]) -> set[tuple[str, str]]:
    return {(one.act, one.on) for one in offered if one.may and one.act not in OVERSIGHT}


@pytest.mark.parametrize(
    ("acts", "office", "allowed"),
    [
        (DRAFTED, HEAD, {("edit_draft", ""), ("ask", "sign")}),
        (DRAFTED, REGION, {("edit_draft", ""), ("ask", "withdraw")}),
        (DRAFTED, COORDINATOR, {("ask", "cancel")}),
        (SIGN_ASKED, HEAD, {("withdraw_request", f"{K}.r1")}),
        (SIGN_ASKED, REGION, {(act, f"{K}.r1") for act in ("approve", "return", "reject", "share")}),
        (SIGN_CHECKED, SECRETARY, {(act, f"{K}.r1") for act in ("sign", "return", "reject", "share")}),
        (SIGNED, HEAD, {("ask", "start"), ("ask", "amend_before_start"), ("ask", "hold"), ("ask", "extend")}),
        (SIGNED, PROVINCE, {("witness", "")}),
        (STARTED, PIC, {("claim", "1"), ("claim", "2"), ("claim", "3")}),
        (STARTED, HEAD, {("ask", "amend"), ("ask", "adapt"), ("ask", "hold"), ("ask", "extend")}),
        (VERIFIED, HEAD, {("ask", "amend"), ("ask", "adapt"), ("ask", "complete"), ("ask", "hold"), ("ask", "extend")}),
        (VERIFIED[:-1], REGION, {("ask", "withdraw"), ("ask", "correct"), ("check_claim", f"{K}.c4")}),
        (COMPLETED, HEAD, set()),
        (STARTED, NEIGHBOUR, set()),
    ],
)
def test_the_overview_offers_what_an_office_may_do_next(
    acts: tuple[Act, ...], office: str, allowed: set[tuple[str, str]]
) -> None:
    story = given(*acts)
    assert may(overview(story.commitment, story.context(office))) == allowed


def test_the_overview_says_why_not_and_who_can_change_that() -> None:
    story = given(*STARTED)
    offered = {(one.act, one.on): one for one in overview(story.commitment, story.context(HEAD))}
    complete = offered["ask", "complete"]
    assert [one.code for one in complete.blockers] == ["items_unverified"]
    assert complete.blockers[0].cleared_by == (PIC,)
    assert not complete.may


def test_an_invited_office_is_offered_to_give_its_opinion() -> None:
    asked = given(*VERIFIED, Act(HEAD, OpenRequest("complete", evidence=PAPERS)), *approvals(3, REGION))
    assert may(overview(asked.commitment, asked.context(MENTOR))) == {("give_opinion", f"{K}.r3")}


def test_only_the_clock_escalates_and_only_what_is_due() -> None:
    owed = given(*START_ASKED).commitment.owed["r2/check"].obligation
    first = owed.levels[0]
    command = Escalate(owed.obligation, owed.round, owed.ladder_version, first.level)
    story = given(*START_ASKED)
    assert "not_the_clock" in story.when(HEAD, command).codes
    assert story.when("clock", command).codes == ("level_not_due",)
    story.when("clock", command, at=first.at + timedelta(minutes=1)).then(EscalationRaised)
    given().when("clock", draft()).refused("office_unknown")


def test_the_clock_may_do_nothing_else() -> None:
    story = given(*VERIFIED[:-1])
    for command in COMMANDS[1:-2]:
        assert story.when("clock", command, at=SPRING + timedelta(days=1)).codes[0] == "office_unknown"
