"""docs/definitions.md says every key that the reader of workflows accepts, and no other.

The reader is asked itself: an unknown key in a mapping is refused with the keys that are known there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from service.sentences import workflow_words as called
from workflows.definition import ACT_NAMES, CONDITION_NAMES, FIELD_TYPES, GUARD_NAMES, VERDICT_NAMES
from workflows.definition_yaml import parse
from workflows.errors import DefinitionInvalid

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "definitions.md").read_text()
FENCED = re.compile(r"^```yaml\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
EXAMPLE = next(FENCED.finditer(PAGE))["text"]
TABLES = re.compile(r"^### (?P<title>[^\n]+)\n(?P<text>(?:(?!^##).*\n)*)", re.MULTILINE)
ROW = re.compile(r"^\| `(?P<key>\w+)` \| (?P<need>required|optional) \| \S", re.MULTILINE)
KNOWN = re.compile(r"unknown key, expected one of (?P<keys>.*) \(line")
UNHEARD_OF = "unheard_of"
TOP = "(the text)"
DOCUMENT = yaml.compose(EXAMPLE)
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True)
class Mapping:
    """A mapping of the example: where it is, and what the reader says of its keys (None: any name is a key)."""

    place: str
    node: yaml.MappingNode
    accepted: frozenset[str] | None


def documented() -> dict[str, dict[str, str]]:
    """Of each table, by its heading: the keys, and whether each is required."""
    found = {
        one["title"]: {row["key"]: row["need"] for row in ROW.finditer(one["text"])} for one in TABLES.finditer(PAGE)
    }
    return {title.strip("`"): rows for title, rows in found.items() if rows}


def mappings() -> list[Mapping]:
    """Every mapping of the example."""
    return list(walk(DOCUMENT, ""))


def walk(node: yaml.Node, place: str) -> Iterator[Mapping]:
    if isinstance(node, yaml.SequenceNode):
        for member in node.value:
            yield from walk(member, f"{place}[]")
    if not isinstance(node, yaml.MappingNode):
        return
    accepted = known(node)
    yield Mapping(place or TOP, node, accepted)
    for key, member in node.value:
        name = "<name>" if accepted is None else key.value
        yield from walk(member, f"{place}.{name}" if place else name)


def known(node: yaml.MappingNode) -> frozenset[str] | None:
    """The keys that the reader accepts in a mapping; None where the text chooses them."""
    written = node.value
    node.value = [*written, (scalar(UNHEARD_OF), scalar("x"))]
    try:
        found = KNOWN.search(refusal())
    finally:
        node.value = written
    return None if found is None else frozenset(found["keys"].split(", "))


def required(node: yaml.MappingNode) -> frozenset[str]:
    """The keys of a mapping that the reader misses when they are left out."""
    written, missed = node.value, set()
    for key, _ in written:
        node.value = [pair for pair in written if pair[0] is not key]
        if f"{key.value} is missing" in refusal():
            missed.add(key.value)
    node.value = written
    return frozenset(missed)


def refusal() -> str:
    """Why the document isn't read as it stands now."""
    try:
        parse(yaml.serialize(DOCUMENT, Dumper=DUMPER))
    except DefinitionInvalid as error:
        return error.reason
    return ""


def scalar(text: str) -> yaml.ScalarNode:
    return yaml.ScalarNode("tag:yaml.org,2002:str", text)


MAPPINGS = mappings()
DOCUMENTED = documented()
SHARED = {title: frozenset(rows) for title, rows in DOCUMENTED.items() if title.startswith(("A ", "An "))}


def table_of(one: Mapping) -> str:
    """The heading that documents a mapping: its own place, or a value that stands in many places."""
    shared = [title for title, keys in SHARED.items() if keys == one.accepted]
    return one.place if one.place in DOCUMENTED or not shared else shared[0]


RECORDS = {table_of(one): one for one in MAPPINGS if one.accepted is not None}


def test_the_example_is_a_workflow() -> None:
    assert parse(EXAMPLE).name == "janji-layanan"


def test_every_key_that_is_read_is_documented_and_every_documented_key_is_read() -> None:
    wrong = {}
    for place, one in RECORDS.items():
        rows = DOCUMENTED.get(place, {})
        assert one.accepted is not None
        undocumented, unread = one.accepted - set(rows), set(rows) - one.accepted
        if undocumented or unread:
            wrong[place] = {"undocumented": sorted(undocumented), "not read": sorted(unread)}
    assert wrong == {}, (
        "docs/definitions.md and the reader disagree: add a row `| `key` | required or optional | meaning |` to the "
        "table under the heading ### `<place>` (make the heading if there is none), and use the key in the example"
    )


def test_the_example_uses_every_key() -> None:
    used: dict[str, set[str]] = {}
    for one in MAPPINGS:
        used.setdefault(table_of(one), set()).update(key.value for key, _ in one.node.value)
    missing = {place: sorted((one.accepted or set()) - used[place]) for place, one in RECORDS.items()}
    assert {place: keys for place, keys in missing.items() if keys} == {}, (
        "a key that the example in docs/definitions.md doesn't use isn't looked into: use it there"
    )


def test_no_table_is_about_a_place_that_is_not_read() -> None:
    assert set(DOCUMENTED) - set(RECORDS) == set()


@pytest.mark.parametrize("place", sorted(RECORDS))
def test_a_key_is_called_required_if_it_is(place: str) -> None:
    rows = DOCUMENTED[place]
    said = {key for key, need in rows.items() if need == "required"}
    assert said == required(RECORDS[place].node)


def test_every_keyword_has_its_words() -> None:
    for names, words in (
        (GUARD_NAMES, called.GUARDS),
        (CONDITION_NAMES, called.CONDITIONS),
        (ACT_NAMES, called.ACTS),
        (VERDICT_NAMES, called.VERDICTS),
        (FIELD_TYPES, called.TYPES),
    ):
        assert set(names) - set(words) == set(), "give it its words in service/sentences/workflow_words.py"
