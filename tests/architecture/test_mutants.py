"""The report on mutants says what was tried, what was noticed, and shows what wasn't."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.mutants import PAGE, filled, interval, report, row, verdicts, with_row

FOUND = {
    "workflows.plan.x_item__mutmut_1": "killed",
    "workflows.plan.x_item__mutmut_2": "survived",
    "workflows.commitment.fold.x_evolve__mutmut_1": "timeout",
    "workflows.commitment.fold.x_evolve__mutmut_2": "not tried",
}
DIFFS = {"workflows.plan.x_item__mutmut_2": "-a > b\n+a >= b"}


def test_the_score_counts_what_was_tried_and_names_what_was_not_noticed() -> None:
    text = report(FOUND, DIFFS, conditions="mutmut 3")
    assert text.startswith(
        "mutmut 3\n\n**66.7 %** noticed (20.8 to 93.9 % of all, with 95 % confidence): "
        "2 of 3 tried (1 killed, 1 survived, 1 timeout)."
    )
    assert "| workflows/commitment/fold.py | 1 | 1 |\n| workflows/plan.py | 1 | 2 |" in text
    assert "`workflows.plan.x_item__mutmut_2`: survived\n\n```diff\n-a > b\n+a >= b\n```" in text
    assert "Nothing." in report({"workflows.plan.x_item__mutmut_1": "killed"}, {}, conditions="")


def test_what_mutmut_kept_is_read_by_its_exit_codes(tmp_path: Path) -> None:
    folder = tmp_path / "mutants" / "workflows"
    folder.mkdir(parents=True)
    codes = {"a": 0, "b": 1, "c": -24, "d": 33, "e": None}
    (folder / "plan.py.meta").write_text(json.dumps({"exit_code_by_key": codes}))
    assert verdicts(tmp_path) == {"a": "survived", "b": "killed", "c": "timeout", "d": "no test", "e": "not tried"}


def test_a_share_speaks_for_all_within_an_interval_that_narrows_with_the_sample() -> None:
    assert [round(end, 1) for end in interval(90, 100)] == [82.6, 94.5]
    assert [round(end, 1) for end in interval(900, 1000)] == [88.0, 91.7]
    assert interval(0, 0)[0] < 0.1


def test_the_page_has_one_block_for_the_report_and_a_row_for_each_sample() -> None:
    page = PAGE.read_text()
    assert filled(filled(page, "mutants", "one"), "mutants", "two") == filled(page, "mutants", "two")
    with pytest.raises(SystemExit):
        filled("a page without one", "mutants", "text")
    text = row(FOUND, seed=7, total=26_000)
    assert text == "| 7 | 26,000 | 3 | 2 | 66.7 % | 20.8 to 93.9 % |"
    assert with_row(page, text).count(text) == 1
