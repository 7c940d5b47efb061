"""What is owed once a file has brought a commitment through states elsewhere: nothing past reminds of itself."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from tests.support.directory import directory, organisation
from tests.support.world import (
    COORDINATOR,
    DRAFTED,
    HEAD,
    PARTY,
    PIC,
    PROGRAMME,
    REGION,
    SPRING,
    SUBJECT,
    Act,
    K,
    given,
    world,
)
from workflows.commands import ImportHistory, MakeClaim, PastState, ReturnClaim
from workflows.definition import Duty, Label, Limit
from workflows.facts import Evidence, HistoryImported, ObligationsArisen, ObligationsMet, StateImported

SIGNED, RUNNING, DONE = (
    PastState("signed", datetime(2021, 11, 1, tzinfo=UTC)),
    PastState("in_replication", datetime(2021, 11, 15, tzinfo=UTC)),
    PastState("completed", datetime(2021, 11, 20, tzinfo=UTC)),
)


def history(*more: PastState) -> ImportHistory:
    """A draft was signed and begun elsewhere, and whatever came then."""
    past = (SIGNED, RUNNING, *more)
    return ImportHistory(K, "K", PROGRAMME, PARTY, SUBJECT, "Nama", past, "riwayat.csv", "a" * 64)


def test_what_a_draft_promised_is_owed_once_a_file_brings_it_to_work() -> None:
    told = given(*DRAFTED).when(COORDINATOR, history())
    state = told.then(HistoryImported, StateImported, StateImported, ObligationsArisen).commitment
    assert [name for name in state.owed if name.startswith("item")] == ["item-1", "item-2", "item-3"]
    assert {owed.obligation.office for owed in state.owed.values()} == {PIC}
    again = told.done.when(COORDINATOR, history())
    again.then()


def test_what_was_due_before_is_owed_as_such_and_reminds_of_nothing() -> None:
    later = datetime(2022, 7, 1, 3, tzinfo=UTC)
    state = given(*DRAFTED).when(COORDINATOR, history(), at=later).done.commitment
    past = [owed for owed in state.owed.values() if owed.obligation.due_at <= later]
    assert past
    assert all(owed.is_open and owed.obligation.levels == () for owed in past)
    assert all(owed.obligation.levels for owed in state.owed.values() if owed.obligation.due_at > later)


def test_a_claim_on_imported_work_is_returned_like_any_other() -> None:
    photo = (Evidence("b" * 64, "foto.png", "image/png", 9),)
    told = given(*DRAFTED).when(COORDINATOR, history()).done
    claimed = told.does(Act(PIC, MakeClaim(1, Decimal(100), photo), at=SPRING))
    claimed.when(REGION, ReturnClaim(f"{K}.c1", "bukti_kurang", "Foto buram."), at=SPRING).passes()


def test_work_that_a_file_ends_is_owed_no_more() -> None:
    running = given(*DRAFTED).when(COORDINATOR, history()).done
    ended = running.when(COORDINATOR, history(DONE)).then(HistoryImported, StateImported)
    assert not any(owed.is_open for owed in ended.commitment.owed.values())


def test_what_no_calendar_reaches_is_refused() -> None:
    elsewhere = replace(organisation("61.03", "61"), calendar="mars")
    other = replace(world(), directory=directory(more=[elsewhere]))
    given(*DRAFTED).during(other).when(COORDINATOR, history()).refused("calendar_unknown")


def test_duties_that_begin_on_the_way_are_owed_from_their_day() -> None:
    report = Duty(
        name="report",
        label=Label("Laporan", "Report"),
        role="agency_head",
        limit=Limit(60, working=False),
        until=frozenset({"completed"}),
        ladder="task",
        begins_in="signed",
    )
    bound = replace(world(), definition=replace(world().definition, duties={"report": report}))
    told = given(*DRAFTED, world=bound).when(COORDINATOR, history(), at=SPRING).done
    owed = told.commitment.owed["duty-report"].obligation
    assert (owed.office, owed.levels) == (HEAD, ()), "its day has passed"
    done = told.when(COORDINATOR, history(DONE)).then(HistoryImported, ObligationsMet, StateImported)
    assert done.commitment.owed["duty-report"].status == "met"
    nobody = replace(bound, definition=replace(bound.definition, duties={"report": replace(report, role="nobody")}))
    given(*DRAFTED, world=nobody).when(COORDINATOR, history()).refused("duty_unowed")


def test_what_is_owed_already_stays_as_it_was() -> None:
    running = given(*DRAFTED).when(COORDINATOR, history()).done
    changed = running.when(COORDINATOR, history(PastState("modified", datetime(2021, 11, 20, tzinfo=UTC))))
    assert changed.then(HistoryImported, StateImported).commitment.owed == running.commitment.owed
