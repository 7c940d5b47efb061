"""What a commitment says of itself: which claims its figures rest on, what it first promised, which files it names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.support.world import (
    MENTOR,
    PAPER,
    PHOTO,
    PLAN,
    SECRETARY,
    SIGN_CHECKED,
    SIGNING,
    SPRING,
    STARTED,
    VERIFIED,
    Act,
    K,
    claimed,
    given,
    item,
    signature,
)
from workflows.commands import MakeNote
from workflows.commitment.grounds import grounds
from workflows.plan import ItemProgress, first_ends, verified_percent

SCAN = replace(PAPER[0], digest="f" * 64, name="lembar.pdf")


def test_each_figure_rests_on_the_latest_claim_that_stands_for_it() -> None:
    story = given(*STARTED, *claimed(1, 40, at=SPRING), claimed(1, 60, claim=2)[0])
    found = grounds(story.commitment, 1)
    assert {name: claim and claim.made.claim for name, claim in found.items()} == {
        "claimed": f"{K}.c2",
        "checked": f"{K}.c1",
        "verified": f"{K}.c1",
    }


def test_a_figure_of_which_nothing_was_claimed_rests_on_nothing() -> None:
    assert set(grounds(given(*STARTED).commitment, 1).values()) == {None}


def test_the_end_that_was_promised_first_is_kept_through_later_plans() -> None:
    later = (replace(PLAN[0], ends_on=date(2022, 12, 1)), item(9, ends_on=date(2022, 11, 1)))
    assert first_ends((PLAN, later)) == {
        1: PLAN[0].ends_on,
        2: PLAN[1].ends_on,
        3: PLAN[2].ends_on,
        9: date(2022, 11, 1),
    }
    assert given(*STARTED).commitment.first_ends == {one.number: one.ends_on for one in PLAN}


def test_how_much_of_a_plan_was_verified_is_rounded_down_and_nothing_of_no_plan() -> None:
    nothing = {one.number: ItemProgress(one.number) for one in PLAN}
    assert verified_percent((), {}) == 0
    assert verified_percent(PLAN, nothing) == 0
    assert verified_percent(PLAN, given(*VERIFIED).commitment.progress) == 100
    assert verified_percent(PLAN, given(*STARTED, *claimed(1, 100, at=SPRING)).commitment.progress) == 33


def test_every_file_is_named_whatever_brought_it() -> None:
    signed = (*SIGN_CHECKED, Act(SECRETARY, signature(mode="wet_ink", scan=SCAN), SIGNING))
    noted = Act(MENTOR, MakeNote("Lihat lampiran", evidence=PHOTO))
    assert set(given(*signed, noted).commitment.files) == {SCAN, *PHOTO}
    assert set(given(*STARTED).commitment.files) == set(PAPER)
