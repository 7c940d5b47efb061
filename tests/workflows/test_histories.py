from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from tests.support.world import (
    COORDINATOR,
    DRAFT_DAY,
    DRAFTED,
    HEAD,
    NEIGHBOUR,
    PARTY,
    PHOTO,
    PIC,
    PROGRAMME,
    REGION,
    SECRETARY,
    SIGN_ASKED,
    SPRING,
    STARTED,
    SUBJECT,
    Act,
    K,
    given,
    world,
)
from workflows.audience import audience
from workflows.commands import GiveExternalId, ImportHistory, MakeClaim, OpenRequest, PastState, RecordFinding
from workflows.commitment import replay
from workflows.facts import (
    CommitmentDrafted,
    ExternalIdGiven,
    HistoryImported,
    ObligationsArisen,
    StateCorrected,
    StateImported,
    valid_at,
)


def day(month: int, number: int = 1) -> datetime:
    return datetime(2021, month, number, tzinfo=UTC)


DRAFT, SIGNED, RUNNING, DONE = (
    PastState("drafted", day(1)),
    PastState("signed", day(3), "SIMDA", "lembar 4"),
    PastState("in_replication", day(5)),
    PastState("completed", day(9)),
)


def history(*past: PastState, **changed: object) -> ImportHistory:
    sound = ImportHistory(
        commitment=K,
        reference="KALBAR-2022-7",
        programme=PROGRAMME,
        party=PARTY,
        subject="7",
        title="Pelacakan kasus 追跡",
        past=past or (DRAFT, SIGNED, RUNNING),
        file="riwayat.csv",
        digest="a" * 64,
        system="simda",
        external_id="7",
    )
    return replace(sound, **changed)  # type: ignore[arg-type]  # fields by name


def test_a_history_begins_a_commitment_and_its_states_are_true_when_the_file_says() -> None:
    story = given().when(COORDINATOR, history())
    done = story.then(CommitmentDrafted, ExternalIdGiven, HistoryImported, StateImported, StateImported, StateImported)
    state = done.commitment
    assert (state.state, state.title) == ("in_replication", "Pelacakan kasus 追跡")
    assert [(one.from_state, one.to_state) for one in state.past] == [
        (None, "drafted"),
        ("drafted", "signed"),
        ("signed", "in_replication"),
    ]
    assert [event.valid_at for event in done.events[3:]] == [day(1), day(3), day(5)]
    assert {event.recorded_at for event in done.events} == {done.events[0].recorded_at}
    assert (state.past[1].source, state.past[1].note) == ("SIMDA", "lembar 4")
    assert isinstance(state.past[1], StateImported)
    assert state.past[1].move == "sign"
    assert (state.agency, state.pic) == (COORDINATOR, COORDINATOR), "somebody answers for it"
    assert replay(done.events) == state


def test_an_office_that_the_file_names_answers_for_it() -> None:
    state = given().when(COORDINATOR, history(agency=HEAD)).done.commitment
    assert (state.agency, state.pic) == (HEAD, HEAD)
    assert given().when(COORDINATOR, history(agency=HEAD, pic=PIC)).done.commitment.pic == PIC


def test_rows_in_any_order_are_one_history() -> None:
    mixed = given().when(COORDINATOR, history(RUNNING, DRAFT, SIGNED)).done
    assert mixed.commitment.past == given().when(COORDINATOR, history()).done.commitment.past


def test_a_state_that_goes_on_says_nothing_new() -> None:
    again = (PastState("signed", day(4)), PastState("in_replication", day(6)))
    told = given().when(COORDINATOR, history(DRAFT, SIGNED, RUNNING, *again)).done
    assert [one.to_state for one in told.commitment.past] == ["drafted", "signed", "in_replication"]
    told.when(COORDINATOR, history(DRAFT, SIGNED, RUNNING, *again)).then()


def test_the_same_again_is_nothing_and_what_came_since_is_added() -> None:
    told = given().when(COORDINATOR, history()).done
    told.when(COORDINATOR, history()).then()
    longer = told.when(COORDINATOR, history(DRAFT, SIGNED, RUNNING, DONE)).then(HistoryImported, StateImported)
    assert longer.commitment.state == "completed"
    told.when(COORDINATOR, history(title="Nama baru")).then(HistoryImported)
    told.when(COORDINATOR, history(external_id="7a")).then(ExternalIdGiven)


def test_a_draft_that_is_there_gets_its_past() -> None:
    story = given(*DRAFTED).when(COORDINATOR, history(SIGNED, RUNNING, subject=SUBJECT, system="", external_id=""))
    done = story.then(HistoryImported, StateImported, StateImported, ObligationsArisen)
    assert done.commitment.state == "in_replication"
    assert done.commitment.past[0].from_state is None


def test_a_move_that_the_workflow_does_not_know_is_refused_or_recorded_as_a_correction() -> None:
    skipping = history(DRAFT, RUNNING, DONE)
    refused = given().when(COORDINATOR, skipping).refused("history_move_unknown")
    assert refused.blocker("history_move_unknown").facts == {"moves": "drafted → in_replication"}
    given().when(COORDINATOR, replace(skipping, correction="  ")).refused("history_move_unknown")
    done = given().when(COORDINATOR, replace(skipping, correction="Data lama tanpa tanda tangan")).done
    corrected = done.commitment.past[1]
    assert isinstance(corrected, StateCorrected)
    assert (corrected.from_state, corrected.reason) == ("drafted", "Data lama tanpa tanda tangan")
    assert isinstance(done.commitment.past[2], StateImported)
    assert valid_at(corrected) == day(5)


def test_a_move_is_named_only_where_just_one_leads_there() -> None:
    done = given().when(COORDINATOR, history(RUNNING, PastState("modified", day(6)))).done
    last = done.commitment.past[-1]
    table = {move for move in done.world.definition.moves.values() if move.target == "modified"}
    leading = [move.name for move in table if "in_replication" in move.sources]
    assert isinstance(last, StateImported)
    assert last.move == (leading[0] if len(leading) == 1 else None)


def test_what_was_imported_stands() -> None:
    told = given().when(COORDINATOR, history(DRAFT, RUNNING, correction="Data lama")).done
    told.when(COORDINATOR, history(DRAFT, SIGNED, RUNNING, correction="Data lama")).refused("history_older")
    told.when(COORDINATOR, history(DRAFT, replace(RUNNING, state="signed"))).refused(
        "history_contradicts", "history_move_unknown"
    )


def test_two_states_at_one_moment_are_refused() -> None:
    twice = history(DRAFT, SIGNED, replace(SIGNED, state="in_replication"))
    blocker = given().when(COORDINATOR, twice).refused("history_contradicts").blocker("history_contradicts")
    assert blocker.facts["found"] == "in_replication, signed"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (replace(history(), past=()), "history_empty"),
        (history(PastState("selesai", day(1))), "history_state_unknown"),
        (history(PastState("signed", DRAFT_DAY + timedelta(days=2))), "history_in_future"),
        (history(programme="lain"), "programme_unknown"),
        (history(party="61.99"), "party_not_in_programme"),
        (history(agency="99.x"), "office_unknown"),
        (history(system=" a"), "external_id_unusable"),
        (history(external_id=""), "external_id_unusable"),
        (history(external_id="x" * 1_001), "external_id_unusable"),
        (history(external_id="a\u2028b"), "external_id_unusable"),
    ],
)
def test_what_no_history_can_say_is_refused(command: ImportHistory, code: str) -> None:
    assert code in given().when(COORDINATOR, command).codes


def test_only_who_may_import_or_draft_brings_a_history() -> None:
    given().when(REGION, history()).passes()
    given().when(SECRETARY, history()).refused("role_may_not")
    assert "out_of_scope" in given().when(NEIGHBOUR, history()).codes
    given().when("nowhere", history()).refused("office_unknown")
    given(*DRAFTED).when(SECRETARY, history(subject=SUBJECT)).refused("role_may_not")


def test_once_something_was_asked_here_no_file_adds_to_it() -> None:
    asked = given(*SIGN_ASKED)
    asked.when(COORDINATOR, history(subject=SUBJECT)).refused("history_after_requests")
    told = given().when(COORDINATOR, history(DRAFT, agency=HEAD)).done
    going = told.when(HEAD, OpenRequest("sign")).codes
    assert "history_after_requests" not in going


def test_the_same_history_after_a_request_is_still_nothing_new() -> None:
    again = history(PastState("drafted", day(1)), subject=SUBJECT)
    told = given(*DRAFTED).when(COORDINATOR, again).done
    asked = told.does(Act(HEAD, OpenRequest("sign")))
    asked.when(COORDINATOR, again).then()


def test_a_closed_state_ends_what_is_owed_and_nobody_is_told_of_the_past() -> None:
    told = given().when(COORDINATOR, history(RUNNING, DONE)).done
    assert told.commitment.past[-1].closes
    assert not told.commitment.past[0].closes
    now = world()
    state = None
    for event in told.events[1:]:
        after = replay(told.events[: event.version])
        assert after is not None
        heard = audience(
            event, state, after, directory=now.directory, definition=now.definition, programme=now.programme
        )
        assert heard == ()
        state = after
    assert dict(told.commitment.owed) == {}


def test_another_systems_id_is_given_once_to_a_commitment_or_an_item() -> None:
    story = given(*STARTED)
    whole = story.when(COORDINATOR, GiveExternalId("sipd", "2022/7")).then(ExternalIdGiven)
    whole.when(COORDINATOR, GiveExternalId("sipd", "2022/7")).then()
    item = whole.when(HEAD, GiveExternalId("sipd", "2022/7", 2)).then(ExternalIdGiven)
    assert item.commitment.external_ids == (ExternalIdGiven("sipd", "2022/7"), ExternalIdGiven("sipd", "2022/7", 2))


def test_an_id_needs_an_item_that_is_there_a_sound_text_and_who_may() -> None:
    story = given(*STARTED)
    story.when(COORDINATOR, GiveExternalId("sipd", "7", 9)).refused("item_unknown")
    story.when(COORDINATOR, GiveExternalId("", "7")).refused("external_id_unusable")
    story.when(SECRETARY, GiveExternalId("sipd", "7")).refused("role_may_not")
    story.when(NEIGHBOUR, GiveExternalId("sipd", "7")).refused("out_of_scope")
    empty = given().when(COORDINATOR, history(subject=SUBJECT)).done
    assert empty.when(COORDINATOR, GiveExternalId("sipd", "7", 1)).blocker("item_unknown").facts["known"] == "-"


def test_once_something_was_claimed_here_no_file_adds_to_it() -> None:
    told = given(*DRAFTED).when(COORDINATOR, history(SIGNED, RUNNING, subject=SUBJECT)).done
    claimed = told.does(Act(PIC, MakeClaim(1, Decimal(100), PHOTO), at=SPRING))
    done = history(SIGNED, RUNNING, DONE, subject=SUBJECT)
    claimed.when(COORDINATOR, done, at=SPRING).refused("history_after_requests")


def test_a_programme_that_is_over_takes_no_history_but_knows_what_it_had() -> None:
    over = replace(world(), is_closed=True)
    given(world=over).when(COORDINATOR, history()).refused("programme_closed")
    told = given().when(COORDINATOR, history()).done.during(over)
    told.when(COORDINATOR, history()).then()
    told.when(COORDINATOR, history(DRAFT, SIGNED, RUNNING, DONE)).refused("programme_closed")


@pytest.mark.parametrize("other", [{"programme": "lain"}, {"party": "61.01"}, {"subject": "lain"}])
def test_a_history_goes_to_no_commitment_of_another_programme_party_or_subject(other: dict[str, str]) -> None:
    drafted = given(*DRAFTED)
    drafted.when(COORDINATOR, history(SIGNED, **{"subject": SUBJECT, **other})).refused("commitment_exists")


def test_once_a_matter_was_raised_here_no_file_closes_it() -> None:
    told = given(*DRAFTED).when(COORDINATOR, history(SIGNED, RUNNING, subject=SUBJECT)).done
    finding = RecordFinding(HEAD, SPRING.date() + timedelta(days=9), "Daftar hadir tidak ada", PHOTO)
    raised = told.does(Act(COORDINATOR, finding, at=SPRING))
    done = history(SIGNED, RUNNING, DONE, subject=SUBJECT)
    raised.when(COORDINATOR, done, at=SPRING).refused("history_after_requests")
