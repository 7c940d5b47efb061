"""How two workflows differ is said by what they mean, not by how they are written."""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.support.reporting import text
from tests.workflows.test_definition import MINIMAL, changed
from workflows.definition_changes import Difference, changes
from workflows.definition_yaml import parse, shipped, shipped_names

WHOLE = shipped("replikasi-inovasi")


def said(old: str, new: str) -> list[str]:
    """The differences in English, in order."""
    return [one.sentence("en") for one in changes(parse(old), parse(new))]


def test_a_workflow_does_not_differ_from_itself_however_it_is_written() -> None:
    assert said(WHOLE, f"# A note\n{WHOLE}") == []


def test_what_is_changed_is_said_with_old_and_new_in_both_languages() -> None:
    old = parse(WHOLE)
    new = parse(changed("party: {id: Wilayah, en: Region}", "party: {id: Desa, en: Village}", WHOLE))
    found = changes(old, new)
    assert [one.sentence("en") for one in found] == ["Changed: party: Region → Village."]
    assert [one.sentence("id") for one in found] == ["Diubah: pihak: Wilayah → Desa."]


def test_a_limit_is_said_in_its_days() -> None:
    line = "role: region_secretary, limit: 5, ladder: signature, signs: true}"
    new = changed(line, line.replace("limit: 5", "limit: 3"), WHOLE)
    assert said(WHOLE, new) == ["Changed: move sign step sign limit: 5 working days → 3 working days."]


def test_what_is_new_or_gone_as_a_whole_is_said_once_by_its_label() -> None:
    lost = changed("moves:\n", "  lost: {label: {id: Hilang, en: Lost}, meaning: open}\nmoves:\n", MINIMAL)
    assert said(MINIMAL, lost) == ["Added: state lost: Lost."]
    assert said(lost, MINIMAL) == ["Dropped: state lost: Lost."]


def test_a_yes_or_no_is_said_as_such() -> None:
    state = "initial: true}"
    assert said(MINIMAL, changed(state, "initial: true, private: true}", MINIMAL)) == [
        "Changed: state made private: no → yes."
    ]


def test_a_member_without_a_label_is_said_by_its_place_alone() -> None:
    level = "      - {offset_days: 9, recipients: [superior]}"
    more = f"{level}\n      - {{offset_days: 12, recipients: [obliged]}}"
    assert "Added: ladder slow level 3." in said(MINIMAL, changed(level, more, MINIMAL))


def test_the_number_of_characters_of_a_reason_counts() -> None:
    longer = WHOLE.replace("text_chars: 20", "text_chars: 30", 1)
    assert longer != WHOLE
    assert any(one.endswith("text_chars: 20 → 30.") for one in said(WHOLE, longer))


def test_the_first_notice_of_a_workflow_is_said_though_there_was_no_list_before() -> None:
    new = changed("notices: []", "notices:\n  - {fact: note-made, page: [giver]}", MINIMAL)
    assert said(MINIMAL, new)[0] == "Added: notice note-made giver."


@pytest.mark.parametrize(("old", "new"), [*permutations((*map(shipped, shipped_names()), MINIMAL, text()), 2)])
def test_what_is_added_one_way_is_dropped_the_other_way(old: str, new: str) -> None:
    there, back = changes(parse(old), parse(new)), changes(parse(new), parse(old))
    kinds = {"added": "dropped", "dropped": "added", "changed": "changed"}
    assert there
    assert {Difference(kinds[one.kind], one.place, one.new, one.old) for one in there} == set(back)
    assert all(one.sentence(language).endswith(".") for one in there for language in ("id", "en"))


def test_the_bounds_of_a_number_are_said_as_numbers() -> None:
    field = "fields: {commitment: {staff: {label: {id: Staf, en: Staff}, type: number, min: 1}}}"
    assert said(f"{MINIMAL}{field}\n", f"{MINIMAL}{field.replace('min: 1', 'min: 2.5')}\n") == [
        "Changed: field commitment staff least: 1 → 2.5."
    ]
