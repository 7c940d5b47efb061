"""A YAML document read strictly: every value is taken by its type and its place, and nothing is left over unread.

What doesn't fit raises `DefinitionInvalid` with the place as a path ("moves.sign.steps[0].role") and the line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn

import yaml

from workflows.errors import DefinitionInvalid
from workflows.readable import misleads, shows

MAX_DEPTH = 16
MAX_VALUES = 50_000
LOADER: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
STEP = re.compile(r"([^.\[\]]+)(?=[.\[]|$)|\[([0-9]+)\]")
QUANTITY = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
IDENTIFIER = re.compile("[a-z][a-z0-9_]*")
KINDS = {
    "tag:yaml.org,2002:str": "text",
    "tag:yaml.org,2002:int": "a whole number",
    "tag:yaml.org,2002:bool": "true or false",
    "tag:yaml.org,2002:null": "nothing",
    "tag:yaml.org,2002:float": "a fraction",
    "tag:yaml.org,2002:map": "a mapping",
    "tag:yaml.org,2002:seq": "a list",
}


@dataclass(frozen=True, slots=True)
class Value:
    """One value of the document at its place."""

    node: yaml.Node
    place: str

    def fail(self, reason: str) -> NoReturn:
        """Raise DefinitionInvalid about this value."""
        raise DefinitionInvalid(self.place or "document", f"{reason} (line {self.node.start_mark.line + 1})")

    @property
    def is_text(self) -> bool:
        """True for text."""
        return self.node.tag == "tag:yaml.org,2002:str"

    @property
    def is_mapping(self) -> bool:
        """True for a mapping."""
        return isinstance(self.node, yaml.MappingNode)

    def text(self) -> str:
        """The text, which isn't blank."""
        value = self._scalar("str", "text")
        if not shows(value):
            self.fail("blank, expected text")
        unseen = next((letter for letter in value if misleads(letter)), None)
        if unseen is not None:
            self.fail(f"holds the character U+{ord(unseen):04X}, expected one line of text that reads as it is written")
        return value

    def whole(self) -> int:
        """The whole number, written in decimal digits."""
        value = self._scalar("int", "a whole number")
        try:
            return int(value)
        except ValueError:
            self.fail(f"{value!r}, expected a whole number in decimal digits")

    def quantity(self) -> Decimal:
        """The number, with or without a fraction, as it is written in decimal digits."""
        if not isinstance(self.node, yaml.ScalarNode) or self.node.tag not in NUMBERS:
            self._expected("a number")
        written: str = self.node.value
        if not QUANTITY.fullmatch(written):
            self.fail(f"{written!r}, expected a number with at most 12 digits before and 6 behind the point")
        return Decimal(written)

    def flag(self) -> bool:
        """The truth value, written true or false."""
        value = self._scalar("bool", "true or false")
        if value not in ("true", "false"):
            self.fail(f"{value!r}, expected true or false")
        return value == "true"

    def list(self) -> tuple[Value, ...]:
        """The list's members."""
        if not isinstance(self.node, yaml.SequenceNode):
            self._expected("a list")
        return tuple(Value(node, f"{self.place}[{index}]") for index, node in enumerate(self.node.value))

    def mapping(self) -> dict[str, Value]:
        """The mapping's members by key, each key once."""
        if not isinstance(self.node, yaml.MappingNode):
            self._expected("a mapping")
        members: dict[str, Value] = {}
        for key_node, node in self.node.value:
            key = Value(key_node, self.place).text()
            member = Value(node, f"{self.place}.{key}" if self.place else key)
            if key in members:
                member.fail("given twice")
            members[key] = member
        return members

    def named(self, reserved: Collection[str] = ()) -> dict[str, Value]:
        """The mapping's members where every key is an identifier, and none of the reserved ones."""
        members = self.mapping()
        for name, member in members.items():
            if not IDENTIFIER.fullmatch(name):
                member.fail(f"{name!r} can't be a name, expected {IDENTIFIER.pattern}")
            if name in reserved:
                member.fail(f"the name {name} has a meaning of its own")
        return members

    def identifier(self, pattern: re.Pattern[str] = IDENTIFIER) -> str:
        """The text, which is an identifier, or matches another pattern whole."""
        value = self.text()
        if not pattern.fullmatch(value):
            self.fail(f"{value!r} can't be a name, expected {pattern.pattern}")
        return value

    def record(self, required: Collection[str], optional: Collection[str] = ()) -> Mapping[str, Value]:
        """The mapping's members where exactly these keys are known."""
        members = self.mapping()
        for key, member in members.items():
            if key not in required and key not in optional:
                member.fail(f"unknown key, expected one of {_listed((*required, *optional))}")
        for key in required:
            if key not in members:
                self.fail(f"{key} is missing")
        return members

    def one_of(self, known: Collection[str], kind: str) -> str:
        """The text, which is one of the known words."""
        value = self.text()
        if value not in known:
            self.fail(f"unknown {kind} {value!r}, expected one of {_listed(known)}")
        return value

    def some_of(self, known: Collection[str], kind: str) -> tuple[str, ...]:
        """The list of known words, each once."""
        words: list[str] = []
        for member in self.list():
            word = member.one_of(known, kind)
            if word in words:
                member.fail(f"{word!r} is given twice")
            words.append(word)
        return tuple(words)

    def _scalar(self, kind: str, expected: str) -> str:
        if not isinstance(self.node, yaml.ScalarNode) or self.node.tag != f"tag:yaml.org,2002:{kind}":
            self._expected(expected)
        value: str = self.node.value
        return value

    def _expected(self, expected: str) -> NoReturn:
        self.fail(f"{KINDS.get(self.node.tag, self.node.tag)}, expected {expected}")


def document(text: str) -> Value:
    """The whole document. Raises DefinitionInvalid for text that is no YAML, empty, or more than one document."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise DefinitionInvalid("document", f"no Unicode text at character {error.start + 1}") from error
    try:
        _refuse_size(text)
        node = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        raise DefinitionInvalid("document", " ".join(str(error).split())) from error
    if node is None:
        raise DefinitionInvalid("document", "empty, expected a workflow")
    return Value(node, "")


def line_of(text: str, place: str) -> int:
    """The line where a place ("moves.sign.steps[0]") of a readable document begins; the nearest above, if left out."""
    node = document(text).node
    line: int = node.start_mark.line + 1
    for name, number in STEP.findall(place):
        if name and isinstance(node, yaml.MappingNode):
            pairs = {key.value: (key, value) for key, value in node.value}
            if name not in pairs:
                return line
            key, node = pairs[name]
            line = key.start_mark.line + 1
        elif number and isinstance(node, yaml.SequenceNode):
            node = node.value[int(number)]
            line = node.start_mark.line + 1
    return line


def _refuse_size(text: str) -> None:
    """libyaml reads events without recursion, but composes by it: deep nesting would end the process.

    An alias counts as all that it stands for, and one inside its own anchor as too much.
    """
    held: dict[str | None, int] = {}
    anchors: list[str | None] = []
    counts = [0]
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            anchors.append(event.anchor)
            held[event.anchor] = MAX_VALUES
            counts.append(0)
        elif isinstance(event, yaml.CollectionEndEvent):
            held[anchors.pop()] = counts[-1]
            counts.append(counts.pop() + counts.pop() + 1)
        elif isinstance(event, yaml.NodeEvent):
            counts[-1] += 1 + (held.get(event.anchor, 0) if isinstance(event, yaml.AliasEvent) else 0)
        if len(anchors) > MAX_DEPTH:
            raise DefinitionInvalid("document", f"nested too deeply, expected at most {MAX_DEPTH} levels")
        if counts[-1] > MAX_VALUES:
            raise DefinitionInvalid("document", f"too large, expected at most {MAX_VALUES} values, aliases written out")


def _listed(words: Collection[str]) -> str:
    return ", ".join(sorted(words)) or "nothing"
