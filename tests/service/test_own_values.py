"""What own fields of a workflow say in sentences, and what sentences keep to themselves."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from service.sentences import Vocabulary, own_value, plan_changes
from service.sentences.plan_tables import change_rows
from tests.support.directory import directory
from tests.support.own_fields import text_with_fields
from tests.support.world import HEAD, OPENED, item
from workflows.definition_yaml import parse
from workflows.facts import FieldValue
from workflows.offices import Directory

DEFINITION = parse(text_with_fields())
OLD = (item(1, fields=(FieldValue("cost", "1000"), FieldValue("remark", "dulu"))),)
NEW = (replace(OLD[0], fields=(FieldValue("remark", "kini"),)),)


def words(language: str = "id", known: Directory | None = None) -> Vocabulary:
    return Vocabulary(language, known or directory(), OPENED, DEFINITION)


def test_each_side_of_a_changed_target_is_said_in_its_own_unit() -> None:
    old = (item(1, target=Decimal(100), unit="orang"),)
    new = (replace(old[0], target=Decimal(5), unit="desa"),)
    assert "target 100 orang → 5 desa" in plan_changes(old, new, words())
    rows = {row.field: (row.old, row.new) for row in change_rows(old, new, words(), role=None)}
    assert rows["target"] == ("100 orang", "5 desa")


@pytest.mark.parametrize(
    ("field", "value", "indonesian", "english"),
    [
        ("group", "elderly", "Lansia", "Elderly"),
        ("group", "gone", "gone", "gone"),
        ("hotline", "0561", "0561", "0561"),
        ("decree", "2021-11-30 800/12", "800/12 tanggal 30 November 2021", "800/12 of 30 November 2021"),
        ("partner", HEAD, f"Office {HEAD}", f"Office {HEAD}"),
        ("ceiling", "1500000", "Rp1.500.000", "Rp1,500,000"),
        ("share", "87.5", "87,5", "87.5"),
        ("met_on", "2021-11-29", "29 November 2021", "29 November 2021"),
        ("met_on", "", "", ""),
    ],
)
def test_a_value_is_said_as_people_read_it(field: str, value: str, indonesian: str, english: str) -> None:
    known = DEFINITION.fields.commitment[field]
    assert own_value(known, value, words("id")) == indonesian
    assert own_value(known, value, words("en")) == english


def test_a_plans_change_names_the_field_and_both_values() -> None:
    assert plan_changes(OLD, NEW, words()) == "diubah butir 1 Biaya satuan Rp1.000 → –"


def test_a_sentence_says_nothing_of_a_field_that_some_alone_see() -> None:
    assert "kini" not in plan_changes(OLD, NEW, words(), role="agency_head")
    assert "Keterangan dulu → kini" in plan_changes(OLD, NEW, words(), role="region_coordinator")
