"""The report on mutants says what was tried, what was noticed, and shows what wasn't."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.mutants import PAGE, filled, report, verdicts

FOUND = {
    "workflows.plan.x_item__mutmut_1": "killed",
    "workflows.plan.x_item__mutmut_2": "survived",
    "workflows.commitment.fold.x_evolve__mutmut_1": "timeout",
    "workflows.commitment.fold.x_evolve__mutmut_2": "not tried",
}
DIFFS = {"workflows.plan.x_item__mutmut_2": "-a > b\n+a >= b"}


def test_the_score_counts_what_was_tried_and_names_what_was_not_noticed() -> None:
    text = report(FOUND, DIFFS, conditions="mutmut 3")
    assert text.startswith("mutmut 3\n\n**66.7 %** noticed: 2 of 3 tried (1 killed, 1 survived, 1 timeout).")
    assert "| workflows/commitment/fold.py | 1 | 1 |\n| workflows/plan.py | 1 | 2 |" in text
    assert "`workflows.plan.x_item__mutmut_2`: survived\n\n```diff\n-a > b\n+a >= b\n```" in text
    assert "Nothing." in report({"workflows.plan.x_item__mutmut_1": "killed"}, {}, conditions="")


def test_what_mutmut_kept_is_read_by_its_exit_codes(tmp_path: Path) -> None:
    folder = tmp_path / "mutants" / "workflows"
    folder.mkdir(parents=True)
    codes = {"a": 0, "b": 1, "c": -24, "d": 33, "e": None}
    (folder / "plan.py.meta").write_text(json.dumps({"exit_code_by_key": codes}))
    assert verdicts(tmp_path) == {"a": "survived", "b": "killed", "c": "timeout", "d": "no test", "e": "not tried"}


def test_the_page_has_one_block_for_the_report() -> None:
    page = PAGE.read_text()
    assert filled(filled(page, "one"), "two") == filled(page, "two")
    with pytest.raises(SystemExit):
        filled("a page without one", "text")
