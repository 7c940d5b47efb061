"""What is owed by itself: counted from the day of a document or of a new state, until the commitment has moved on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

import pytest

from tests.support.directory import directory
from tests.support.world import (
    DRAFTED,
    HEAD,
    MENTOR,
    PAPER,
    PIC,
    REGION,
    SECRETARY,
    SIGNED,
    SIGNING,
    START_ASKED,
    STARTED,
    Act,
    K,
    Story,
    World,
    approvals,
    definition,
    given,
)
from workflows.blockers import blockers, overview
from workflows.commands import ApproveRequest, OpenRequest, ReceiveDocument
from workflows.commitment import replay
from workflows.definition import Duty, Label, Limit
from workflows.definition_yaml import parse, shipped
from workflows.errors import DefinitionInvalid
from workflows.facts import DocumentReceived, ObligationsArisen, ObligationsMet, RequestApproved, StateChanged

ANSWER = Duty(
    name="answer",
    label=Label("Jawaban", "Answer"),
    role="agency_head",
    limit=Limit(60, working=False),
    until=frozenset({"in_replication", "modified"}),
    ladder="task",
    begins_with="document-received",
)
SETTLE = replace(ANSWER, name="settle", role="region_coordinator", limit=Limit(5), begins_with=None)
SETTLING = replace(SETTLE, begins_in="in_replication", until=frozenset({"completed"}))
RECEIVED_AT = SIGNING + timedelta(days=1)
RECEIPT = ReceiveDocument("BA-7/2021", RECEIVED_AT, PAPER)
RECORDED_AT = RECEIVED_AT + timedelta(days=9)


def a_world(*duties: Duty, may: str = "region_coordinator", **changed: object) -> World:
    shipped_one = definition()
    roles = dict(shipped_one.roles)
    roles[may] = replace(roles[may], may=roles[may].may | {"receive_document"})
    changed_definition = replace(
        shipped_one,
        duties=MappingProxyType({duty.name: duty for duty in duties}),
        roles=MappingProxyType(roles),
    )
    return World(definition=changed_definition, **changed)


def signed(*duties: Duty, **changed: object) -> Story:
    return given(*SIGNED, world=a_world(*(duties or (ANSWER, SETTLING)), **changed))


def owed(story: Story, duty: str) -> tuple[str, str, date, int]:
    found = story.commitment.owed[f"duty-{duty}"]
    return found.status, found.obligation.office, found.obligation.due_on, found.obligation.round


def test_a_limit_counts_from_the_day_of_the_document_however_late_that_is_recorded() -> None:
    story = signed().when(REGION, RECEIPT, at=RECORDED_AT).then(DocumentReceived, ObligationsArisen)
    assert owed(story, "answer") == ("open", HEAD, date(2022, 2, 5), 1)
    assert story.commitment.received == DocumentReceived(REGION, "BA-7/2021", RECEIVED_AT, PAPER)
    assert set(PAPER) <= set(story.commitment.files)


def test_a_duty_is_met_by_the_state_that_ends_it_and_another_begins_there() -> None:
    asked = signed().does(Act(REGION, RECEIPT, RECORDED_AT)).does(START_ASKED[-1]).does(Act(REGION, approval()))
    moved = asked.when(SECRETARY, approval())
    story = moved.then(RequestApproved, ObligationsMet, StateChanged, ObligationsArisen)
    assert owed(story, "answer")[0] == "met"
    assert owed(story, "settle")[:2] == ("open", REGION)
    assert replay(story.events) == story.commitment


def test_a_duty_that_begins_again_is_a_new_round() -> None:
    again = replace(SETTLING, begins_in="modified", until=frozenset({"completed"}))
    story = given(*STARTED, world=a_world(again))
    for number in (3, 4):
        change = tuple(
            replace(item, activity=f"{item.activity} ({number})") if item.number == 2 else item
            for item in story.commitment.items
        )
        asked = OpenRequest("amend", reason="kondisi_wilayah", text="Menyesuaikan", evidence=PAPER, items=change)
        story = story.does(Act(HEAD, asked))
        for act in approvals(number, REGION, SECRETARY, "61.biro"):
            story = story.does(act)
    assert owed(story, "settle")[3] == 2


def test_a_state_that_ends_nothing_leaves_a_duty_open() -> None:
    story = given(*STARTED, world=a_world(SETTLING))
    assert owed(story, "settle")[0] == "open"
    assert [type(fact) for fact in story.new].count(ObligationsMet) == 0


@pytest.mark.parametrize(
    ("office", "command", "code"),
    [
        (MENTOR, RECEIPT, "role_may_not"),
        (REGION, replace(RECEIPT, letter=" "), "letter_missing"),
        (REGION, replace(RECEIPT, received_at=RECORDED_AT + timedelta(days=1)), "received_in_future"),
        (REGION, replace(RECEIPT, evidence=(replace(PAPER[0], size_bytes=0),)), "evidence_invalid"),
        (REGION, replace(RECEIPT, received_at=datetime(2020, 1, 1, tzinfo=RECEIVED_AT.tzinfo)), "calendar_ends"),
    ],
)
def test_what_is_no_receipt_is_refused(office: str, command: ReceiveDocument, code: str) -> None:
    working = replace(ANSWER, limit=Limit(10))
    assert signed(working).when(office, command, at=RECORDED_AT).codes == (code,)


def test_a_document_is_received_once_and_not_by_a_draft_or_where_nothing_waits_for_it() -> None:
    received = signed().does(Act(REGION, RECEIPT, RECORDED_AT))
    received.when(REGION, replace(RECEIPT, letter="BA-8/2021")).refused("received_already")
    given(*DRAFTED, world=a_world(ANSWER)).when(REGION, RECEIPT, at=RECORDED_AT).refused("receipt_not_asked")
    signed(SETTLING).when(REGION, RECEIPT, at=RECORDED_AT).refused("receipt_not_asked")


def test_a_duty_that_nobody_could_owe_lets_neither_the_receipt_nor_the_move_pass() -> None:
    nobody = replace(ANSWER, role="innovation_owner")
    tried = signed(nobody).when(REGION, RECEIPT, at=RECORDED_AT).refused("duty_unowed")
    assert tried.blocker("duty_unowed").cleared_by == ("61.admin",)
    begun = replace(SETTLING, role="innovation_owner")
    story = given(*START_ASKED, *approvals(2, REGION), world=a_world(begun))
    story.when(SECRETARY, approval()).refused("duty_unowed")


def test_the_calendar_of_who_owes_must_be_known() -> None:
    story = signed(replace(ANSWER, limit=Limit(10)))
    context = replace(story.context(REGION, at=RECORDED_AT), calendars={})
    assert [one.code for one in blockers(story.commitment, RECEIPT, context)] == ["calendar_unknown"]


def test_an_office_sees_whether_it_may_record_the_receipt_until_there_is_one() -> None:
    story = signed()
    offered = {one.act: one.may for one in overview(story.commitment, story.context(REGION))}
    assert offered["receive_document"]
    assert not {one.act: one.may for one in overview(story.commitment, story.context(PIC))}["receive_document"]
    received = story.does(Act(REGION, RECEIPT, RECORDED_AT))
    assert "receive_document" not in {one.act for one in overview(received.commitment, received.context(REGION))}


def test_where_the_office_is_vacant_the_next_above_owes_instead() -> None:
    of_coordinator = replace(ANSWER, role="region_coordinator")
    vacant = a_world(of_coordinator, may="region_secretary", directory=directory(vacant=["61.03.bag"]))
    story = signed(of_coordinator).during(vacant).does(Act(SECRETARY, RECEIPT, RECORDED_AT))
    assert owed(story, "answer")[1] == SECRETARY


DUTY = """
duties:
  answer:
    label: {id: Jawaban, en: Answer}
    begins: {fact: document-received}
    owed_by: agency_head
    limit: {days: 60, working: false}
    until: [in_replication]
    ladder: task
"""


def test_duties_are_read_from_the_text() -> None:
    read = parse(shipped("replikasi-inovasi") + DUTY).duties["answer"]
    assert read == replace(ANSWER, until=frozenset({"in_replication"}))
    begun = parse(shipped("replikasi-inovasi") + DUTY.replace("fact: document-received", "state: signed"))
    assert begun.duties["answer"].begins_in == "signed"


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ("{fact: document-received}", "{fact: claim-made}", "duties.answer.begins.fact", "unknown fact"),
        ("{fact: document-received}", "{}", "duties.answer.begins", "exactly one of fact, state"),
        ("{fact: document-received}", "{state: drafted}", "duties.answer.begins.state", "nothing is owed"),
        ("{fact: document-received}", "{state: completed}", "duties.answer.begins.state", "nothing is owed"),
        ("{fact: document-received}", "{state: in_replication}", "duties.answer.until", "would end what it begins"),
        ("owed_by: agency_head", "owed_by: king", "duties.answer.owed_by", "unknown role"),
        ("ladder: task", "ladder: rope", "duties.answer.ladder", "unknown ladder"),
        ("until: [in_replication]", "until: []", "duties.answer.until", "empty list"),
    ],
)
def test_a_duty_that_makes_no_sense_is_refused_at_its_place(old: str, new: str, place: str, reason: str) -> None:
    with pytest.raises(DefinitionInvalid) as refused:
        parse(shipped("replikasi-inovasi") + DUTY.replace(old, new))
    assert refused.value.place == place
    assert reason in refused.value.reason


def approval() -> ApproveRequest:
    return ApproveRequest(f"{K}.r2")


def test_a_duty_from_a_state_that_is_not_there_is_refused() -> None:
    with pytest.raises(DefinitionInvalid) as refused:
        parse(shipped("replikasi-inovasi") + DUTY.replace("fact: document-received", "state: nowhere"))
    assert refused.value.place == "duties.answer.begins.state"
    assert refused.value.reason.startswith("unknown state 'nowhere', expected one of ")
