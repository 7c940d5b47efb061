"""Who hears that a programme's go-live day was set: whom the workflow's table names, in every party's line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.support.world import COORDINATOR, NEIGHBOUR, OPENED, PROGRAMME, PROVINCE, REGION, SECRETARY, world
from workflows.audience import Told
from workflows.definition import NoticeRule
from workflows.facts import GoLiveSet
from workflows.programme_audience import programme_audience

SET = GoLiveSet(PROGRAMME, date(2022, 2, 1), "Mulai dipakai", COORDINATOR)


def told(*rules: NoticeRule, by: str = COORDINATOR) -> tuple[Told, ...]:
    known = world().definition
    definition = replace(known, notices=rules) if rules else known
    return programme_audience(SET, by, directory=world().directory, definition=definition, programme=OPENED)


def test_coordinators_and_secretaries_of_every_party_hear_of_it_but_who_set_it() -> None:
    assert {(one.office, one.urgency, one.why) for one in told()} == {
        (REGION, "now", "programme"),
        (SECRETARY, "weekly", "programme"),
        (NEIGHBOUR, "weekly", "programme"),
        (PROVINCE, "weekly", "programme"),
    }
    assert COORDINATOR in {one.office for one in told(by=PROVINCE)}


def test_an_office_hears_once_at_the_most_urgent_and_of_its_own_act_only_as_a_receipt() -> None:
    twice = (
        NoticeRule("go-live-set", "region_secretary", "page"),
        NoticeRule("go-live-set", "region_secretary", "now"),
    )
    assert [one.urgency for one in told(*twice)] == ["now", "now"]
    receipt = NoticeRule("go-live-set", "province_coordinator", "now", receipt=True)
    assert [one.office for one in told(receipt)] == [COORDINATOR]
    assert told(replace(receipt, receipt=False)) == ()


def test_who_is_named_by_a_part_in_a_commitment_or_in_no_partys_line_hears_nothing() -> None:
    assert told(NoticeRule("go-live-set", "asker", "now")) == ()
    assert told(NoticeRule("go-live-set", "no_such_role", "now")) == ()
    assert told(NoticeRule("state-changed", "region_secretary", "now")) == ()
