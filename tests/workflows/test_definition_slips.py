"""A slip anywhere in a shipped workflow is named at its own place and in words of its own."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
import yaml

from workflows.definition_yaml import parse, shipped, shipped_names
from workflows.errors import DefinitionInvalid

NAMED = frozenset({"states", "moves", "roles", "ladders", "reasons", "stages", "funds", "duties", "answers", "choices"})
SAID = frozenset({"id", "en", "label"})
"""Texts for people, that may say anything."""
WHOLE, TRUTH = "text, expected a whole number", "text, expected true or false"
EXPECTED = {
    WHOLE: (
        "after_year_days claim_limit closes_days days due_days from_percent limit longest_days max_chars money_over_idr"
        " most_times offset_days opens_days sample_permille text_chars version within_months"
    ),
    TRUTH: "adapts claims every initial offers_delegation owed plan private signs working",
    "unknown role 'z z'": "ask ceiling coordinator entered_by next_up owed_by role superior_below",
    "unknown addressee 'z z'": "action daily now page receipt weekly",
    "unknown state 'z z'": "from state states to until",
    "unknown ladder 'z z'": "item_ladder ladder",
    "unknown way 'z z'": "if_conflicted if_vacant",
    "unknown fact 'z z'": "fact",
    "unknown fact of a commitment 'z z'": "facts",
    "unknown field 'z z'": "fields",
    "unknown field of the commitment 'z z'": "parents",
    "unknown stage 'z z'": "required_in",
    "unknown move 'z z'": "apart_from",
    "unknown effect 'z z'": "does",
    "unknown guard 'z z'": "guards",
    "unknown act 'z z'": "may",
    "unknown meaning 'z z'": "meaning",
    "unknown quorum 'z z'": "quorum",
    "unknown reason catalogue 'z z'": "reasons",
    "unknown recipient 'z z'": "recipients",
    "unknown scheme 'z z'": "scheme",
    "unknown style 'z z'": "style",
    "unknown type 'z z'": "type",
    "unknown verdict 'z z'": "verdicts",
    "unknown condition 'z z'": "when",
}
"""What is said of a word that nobody knows, by the keys under which it stands."""


def kind(place: str) -> str:
    """A place without the names that an office chose and without numbers: one of each kind is tried."""
    parts = re.sub(r"\[\d+\]", "", place).split(".")
    return ".".join("*" if number and parts[number - 1] in NAMED else part for number, part in enumerate(parts))


def nodes(node: yaml.Node, place: str) -> Iterator[tuple[yaml.Node, str]]:
    """Every value below, with its place."""
    yield node, place
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.start_mark.index < value.start_mark.index:  # An alias stands for what is written elsewhere.
                yield from nodes(value, f"{place}.{key.value}".lstrip("."))
    if isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from nodes(value, f"{place}[{number}]")


@cache
def slips() -> dict[str, str]:
    """A slip in each kind of value that isn't a text for people: what was said, by the kind."""
    found: dict[str, str] = {}
    for name in shipped_names():
        text = shipped(name)
        for node, place in nodes(yaml.compose(text), ""):
            one = kind(place)
            if one in found or not isinstance(node, yaml.ScalarNode) or one.rpartition(".")[2] in SAID:
                continue
            begins, ends = node.start_mark.index, node.end_mark.index
            with pytest.raises(DefinitionInvalid) as refused:
                parse(text[:begins] + "'z z'" + text[ends:])
            line = f" (line {node.start_mark.line + 1})"
            assert (refused.value.place, refused.value.reason[-len(line) :]) == (place, line)
            found[one] = refused.value.reason.removesuffix(line)
    return found


@pytest.mark.parametrize(("words", "keys"), EXPECTED.items())
def test_a_slip_is_named_at_its_place_and_its_line_in_its_own_words(words: str, keys: str) -> None:
    said = {key: set[str]() for key in keys.split()}
    for one, reason in slips().items():
        if one.rpartition(".")[2] in said:
            said[one.rpartition(".")[2]].add(reason.partition(", expected one of ")[0])
    assert said == {key: {words} for key in said}


def test_a_slip_in_a_name_says_what_a_name_looks_like() -> None:
    said = {reason for one, reason in slips().items() if one.rpartition(".")[2] == "name"}
    assert said == {f"'z z' can't be a name, expected {name}" for name in ("[a-z][a-z0-9_]*", "[a-z0-9]+(-[a-z0-9]+)*")}


def test_a_key_that_nobody_knows_is_refused_wherever_it_stands() -> None:
    tried = set()
    for name in shipped_names():
        text = shipped(name)
        for node, place in nodes(yaml.compose(text), ""):
            one = kind(place)
            if isinstance(node, yaml.MappingNode) and one not in tried and one.rpartition(".")[2] not in NAMED:
                tried.add(one)
                begins = node.value[0][0].start_mark.index
                indent = " " * node.value[0][0].start_mark.column
                stranger = "zzz: 1, " if node.flow_style else f"zzz: 1\n{indent}"
                with pytest.raises(DefinitionInvalid) as invalid:
                    parse(text[:begins] + stranger + text[begins:])
                assert invalid.value.place == f"{place}.zzz".lstrip("."), one
