"""A whole workflow in words, section by section: for its page and for `kawal definition show`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from service.sentences import workflow_words as called
from service.sentences.vocabulary import Vocabulary
from service.sentences.workflow_moves import limit_told, move_lines
from workflows.definition import Definition, Field, Label, Level, Recipient, Retention, State
from workflows.offices import EMPTY

Lines = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a section: what it is called, its name in the text, and what is said of it."""

    title: str
    code: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the description. name: a stable word; note: a sentence about all of it"""

    name: str
    title: str
    entries: tuple[Entry, ...]
    note: str = ""


def workflow_told(definition: Definition, language: str) -> tuple[Section, ...]:
    """Everything that the workflow says, in a language (id | en); a section that it leaves empty is left out."""
    told = _Told(definition, Vocabulary(language, EMPTY, definition=definition))
    return tuple(section for section in told.sections() if section.entries)


@dataclass(frozen=True, slots=True)
class _Told:
    definition: Definition
    words: Vocabulary

    def sections(self) -> Iterator[Section]:
        definition = self.definition
        yield self._section(
            "states",
            "Keadaan",
            "States",
            [Entry(self.said(one.label), one.name, self._state(one)) for one in definition.states.values()],
        )
        yield self._section(
            "moves",
            "Yang dapat diajukan",
            "What may be asked for",
            [Entry(self.said(one.label), one.name, move_lines(one, self.words)) for one in definition.moves.values()],
        )
        yield self._section("roles", "Peran", "Roles", self._roles())
        yield self._section("reasons", "Alasan", "Reasons", self._reasons())
        yield self._section("ladders", "Tangga eskalasi", "Ladders", self._ladders())
        yield self._section("duties", "Kewajiban yang timbul sendiri", "Duties by themselves", self._duties())
        yield self._section("ledger", "Uang yang dicatat", "Money that is kept", self._ledger())
        yield self._section("answers", "Jawaban yang ditunggu", "Answers that are owed", self._answers())
        yield self._section("fields", "Isian sendiri", "Own fields", self._fields())
        yield self._section("parents", "Induk", "Parents", self._parents())
        yield self._section("scale", "Tingkat penyelesaian", "Scale of completion", self._scale())
        yield self._publication()
        yield self._retention()

    def said(self, label: Label) -> str:
        return self.words.said(label)

    def say(self, indonesian: str, english: str) -> str:
        return self.said(Label(indonesian, english))

    def _section(self, name: str, indonesian: str, english: str, entries: Iterable[Entry], note: str = "") -> Section:
        return Section(name, self.say(indonesian, english), tuple(entries), note)

    def _state(self, state: State) -> Lines:
        marks = [self.said(label) for name, label in called.MARKS.items() if getattr(state, name)]
        meaning = self.said(called.word(called.MEANINGS, state.meaning))
        return ((self.say("Arti", "Meaning"), "; ".join((meaning, *marks))),)

    def _roles(self) -> Iterator[Entry]:
        for role in self.definition.roles.values():
            acts = [self.said(called.word(called.ACTS, act)) for act in sorted(role.may)]
            lines = ((self.say("Boleh", "May"), ", ".join(acts)),) if acts else ()
            yield Entry(self.said(role.label), role.name, lines)

    def _reasons(self) -> Iterator[Entry]:
        for name, reasons in self.definition.reasons.items():
            needs = self.say("perlu penjelasan minimal {n} karakter", "needs at least {n} characters of text")
            told = [
                self.said(one) + (f" ({needs.format(n=one.text_chars)})" if one.text_chars else "")
                for one in reasons.values()
            ]
            yield Entry(self._catalogue(name), name, ((self.say("Pilihan", "Choices"), "; ".join(told)),))

    def _catalogue(self, name: str) -> str:
        if name in called.VERDICTS:
            return self.said(called.VERDICTS[name])
        return ", ".join(self.said(one.label) for one in self.definition.moves.values() if one.reasons == name) or name

    def _ladders(self) -> Iterator[Entry]:
        for ladder in self.definition.ladders.values():
            yield Entry(self.said(ladder.label), ladder.name, tuple(self._level(level) for level in ladder.levels))

    def _level(self, level: Level) -> tuple[str, str]:
        day = self.say("{n} hari kerja dari tenggat", "{n} working days from the due day").format(
            n=f"{level.offset_days:+d}" if level.offset_days else "0"
        )
        who = ", ".join(self._recipient(one) for one in level.recipients)
        offers = f"; {self.say('menawarkan pendelegasian', 'offers delegation')}" if level.offers_delegation else ""
        return day, f"{who} ({self.said(called.word(called.STYLES, level.style))}{offers})"

    def _recipient(self, one: Recipient) -> str:
        roles = ", ".join(self.words.role(role) for role in one.roles)
        match one.kind:
            case "role":
                return roles
            case "next_up":
                return self.say(f"yang terdekat di atasnya: {roles}", f"the nearest above: {roles}")
            case "superior":
                most = one.never_above
                below = "" if most is None else self.say(" (paling tinggi ", " (at most ") + f"{self.words.role(most)})"
                return self.say("atasannya", "its superior") + below
            case _:
                return self.say("yang berkewajiban", "who owes it")

    def _duties(self) -> Iterator[Entry]:
        for duty in self.definition.duties.values():
            begins = duty.begins_with or self.words.state(duty.begins_in or "")
            until = ", ".join(self.words.state(name) for name in sorted(duty.until))
            lines = (
                (self.say("Oleh", "Owed by"), self.words.role(duty.role)),
                (self.say("Sejak", "From"), begins),
                (self.say("Batas", "Limit"), limit_told(duty.limit, self.words)),
                (self.say("Sampai", "Until"), until),
                (self.say("Tangga", "Ladder"), self.said(self.definition.ladders[duty.ladder].label)),
            )
            yield Entry(self.said(duty.label), duty.name, lines)

    def _ledger(self) -> Iterator[Entry]:
        if self.definition.ledger is not None:
            yield Entry(self.said(self.definition.ledger), "ledger", ())

    def _answers(self) -> Iterator[Entry]:
        for name, rule in self.definition.answers.items():
            ladder = self.said(self.definition.ladders[rule.ladder].label)
            lines = (
                (self.say("Batas", "Limit"), limit_told(rule.limit, self.words)),
                (self.say("Tangga", "Ladder"), ladder),
            )
            yield Entry(self.said(called.word(called.ANSWERS, name)), name, lines)

    def _fields(self) -> Iterator[Entry]:
        for place, field in self.definition.fields.each():
            yield Entry(self.said(field.label), f"{place}.{field.name}", tuple(self._field(place, field)))

    def _field(self, place: str, field: Field) -> Iterator[tuple[str, str]]:
        kind, _, move = place.partition(".")
        on = self.said(called.OBJECTS[kind])
        yield self.say("Pada", "On"), f"{on} {self.words.move(move)}" if move else on
        yield self.say("Jenis", "Type"), self.said(called.word(called.TYPES, field.type))
        if field.choices:
            yield self.say("Pilihan", "Choices"), "; ".join(self.said(one) for one in field.choices.values())
        limits = [
            f"≥ {field.least}" if field.least is not None else "",
            f"≤ {field.most}" if field.most is not None else "",
        ]
        if any(limits):
            yield self.say("Batas", "Bounds"), ", ".join(one for one in limits if one)
        if field.required_in:
            yield (
                self.say("Wajib pada", "Required in"),
                ", ".join(self._stage(one) for one in sorted(field.required_in)),
            )
        if field.visible_to is not None:
            yield (
                self.say("Dilihat oleh", "Seen by"),
                ", ".join(self.words.role(one) for one in sorted(field.visible_to)),
            )

    def _stage(self, name: str) -> str:
        return self.words.state(name) if name in self.definition.states else self.words.move(name)

    def _parents(self) -> Iterator[Entry]:
        for name in self.definition.parents:
            yield Entry(self.said(self.definition.fields.commitment[name].label), f"commitment.{name}", ())

    def _scale(self) -> Iterator[Entry]:
        scale = self.definition.scale
        for level in () if scale is None else scale.levels:
            start = self.say("mulai", "from")
            yield Entry(self.said(level.label), level.name, ((start, f"{level.from_percent}%"),))

    def _publication(self) -> Section:
        published = self.definition.publication
        parts = (
            ("Keadaan", "States", [self.words.state(one) for one in self.definition.states if one in published.states]),
            ("Isian", "Fields", sorted(published.fields)),
            ("Kejadian", "Facts", sorted(published.facts)),
        )
        entries = [Entry(self.say(a, b), b.lower(), (("", ", ".join(told)),)) for a, b, told in parts if told]
        note = self.say(
            "Yang tidak disebut di sini tidak diumumkan. kawal sendiri tidak mengumumkan apa pun.",
            "What isn't named here isn't published. kawal itself publishes nothing.",
        )
        return self._section("publication", "Publikasi", "Publication", entries, note)

    def _retention(self) -> Section:
        entries = [Entry(self.said(one.label), one.kind, (("", self._kept(one)),)) for one in self.definition.retention]
        note = self.say(
            "kawal menampilkan jangka waktu ini dan tidak menghapus apa pun sendiri.",
            "kawal shows these terms and removes nothing by itself.",
        )
        return self._section("retention", "Penyimpanan arsip", "Retention", entries, note)

    def _kept(self, one: Retention) -> str:
        years = self.say(f"{one.years} tahun setelah ditutup", f"{one.years} years after it closed")
        assumed = self.say("angka sementara, belum ditetapkan", "a placeholder, not decided yet")
        return f"{years} ({assumed})" if one.placeholder else years
