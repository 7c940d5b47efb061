"""What ids are called: one language with the names of one directory, programme and workflow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from service import formats
from service.sentences.texts import CLAUSES
from workflows.chains import EXTRA
from workflows.definition import Definition, Label
from workflows.facts import ProgrammeOpened
from workflows.offices import Directory
from workflows.sentences.words import WORDS

_INSTANT = timedelta(microseconds=1)
_SYSTEM = {"operator": "operator", "clock": "clock", "timer": "clock"}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names for ids in a language; an id that nothing names stands for itself.

    language    "id" or "en"
    programme   None where there is none yet; then times are shown in UTC
    definition  the version that the commitment follows, None where no commitment is spoken of
    versions    every version of that workflow, by number
    """

    language: str
    directory: Directory
    programme: ProgrammeOpened | None = None
    definition: Definition | None = None
    versions: Mapping[int, Definition] = field(default_factory=dict)

    def at(self, version: int) -> Vocabulary:
        """The same with the names that another version gives; itself for one that it doesn't know."""
        if self.definition is None or self.definition.version == version or version not in self.versions:
            return self
        return replace(self, definition=self.versions[version])

    @property
    def zone(self) -> str:
        """The zone in which times are shown."""
        return "UTC" if self.programme is None else self.programme.zone

    def said(self, label: Label) -> str:
        """A label in this language."""
        return label.id if self.language == "id" else label.en

    def clause(self, name: str, **places: str) -> str:
        """A clause of `texts.CLAUSES`, its places filled."""
        return self.said(CLAUSES[name]).format_map(places)

    def clause_if(self, name: str, it: str | None) -> str:
        """The clause about `it`, or nothing where `it` is empty."""
        return self.clause(name, it=it) if it else ""

    def quoted(self, name: str, text: str) -> str:
        """The clause about somebody's own words, on one line and without their last stop; nothing for no words."""
        return self.clause_if(name, " ".join(text.split()).removesuffix("."))

    def office(self, office: str) -> str:
        """An office's name."""
        known = self.directory.office(office)
        if known is not None:
            return known.name
        return self.clause(_SYSTEM[office]) if office in _SYSTEM else office

    def actor(self, office: str, capacity: str = "definitive", on_behalf_of: str | None = None) -> str:
        """Who acted: the office with its holder's capacity, or both offices where another's authority was used.

        capacity  of the holder; on another's behalf that of the delegation: "Plh. ... (...)", "..., a.n. ..."
        """
        named = self.office(office)
        if on_behalf_of is not None:
            clause = f"on behalf {capacity}" if f"on behalf {capacity}" in CLAUSES else "on behalf"
            return self.clause(clause, office=named, principal=self.office(on_behalf_of))
        return self.clause(f"acting {capacity}", it=named) if f"acting {capacity}" in CLAUSES else named

    def organisation(self, organisation: str) -> str:
        """An organisation's name; a party is one."""
        known = self.directory.organisation(organisation)
        return organisation if known is None else known.name

    def subject(self, subject: str) -> str:
        """A subject's short name."""
        subjects = () if self.programme is None else self.programme.subjects
        return next((known.short_name or known.name for known in subjects if known.subject == subject), subject)

    def state(self, state: str) -> str:
        """A state's label; where only another version knows the state, that one's."""
        definitions = (self.definition, *reversed(tuple(self.versions.values()))) if self.definition else ()
        known = (one.states for one in definitions if one is not None and state in one.states)
        return self._label(next(known, {}), state)

    def move(self, move: str) -> str:
        """A move's label."""
        return self._label(self.definition.moves if self.definition else {}, move)

    def step(self, move: str | None, step: str) -> str:
        """The label of a move's step."""
        known = None if self.definition is None or move is None else self.definition.moves.get(move)
        steps = () if known is None else known.steps
        known_as = next((self.said(one.label) for one in steps if one.name == step), None)
        return known_as or (self.said(EXTRA) if step.startswith("extra-") else step)

    def role(self, role: str) -> str:
        """A role's label."""
        return self._label(self.definition.roles if self.definition else {}, role)

    def act(self, act: str, on: str) -> str:
        """What may be done, as a person does it: "mengajukan: Penyelesaian". on: what `Possible.on` says"""
        label = WORDS["act"].get(act)
        named = act if label is None else self.said(label)
        target = self.move(on) if act == "ask" else on.rpartition(".")[2]
        return f"{named}: {target}" if target else named

    def scope(self, scope: str) -> str:
        """The label of a scope of replication; a dash where a commitment from a file has none."""
        return self._label(self.definition.replication_scopes if self.definition else {}, scope) or "–"

    def stage(self, stage: str) -> str:
        """A stage's label."""
        return self._label(self.definition.stages if self.definition else {}, stage)

    def duty(self, duty: str) -> str:
        """A duty's label."""
        known = None if self.definition is None else self.definition.duties.get(duty)
        return duty if known is None else self.said(known.label)

    def fund(self, fund: str) -> str:
        """The label of a source of money."""
        return self._label(self.definition.funds if self.definition else {}, fund)

    def reason(self, catalogue: str | None, reason: str) -> str:
        """A reason's label in its catalogue, as the middle of a sentence wants it."""
        reasons = {} if self.definition is None or catalogue is None else self.definition.reasons.get(catalogue, {})
        return _lower(self.said(reasons[reason])) if reason in reasons else reason

    def reason_of_move(self, move: str, reason: str) -> str:
        """The label of a reason that was given for a move."""
        known = None if self.definition is None else self.definition.moves.get(move)
        return self.reason(None if known is None else known.reasons, reason)

    def number(self, value: Decimal | int) -> str:
        """A number as this language writes it."""
        return formats.number(value, self.language)

    def quantity(self, value: Decimal, unit: str) -> str:
        """A number with its unit: "250 orang"."""
        return f"{self.number(value)} {unit}".rstrip()

    def money(self, rupiah: int) -> str:
        """Whole rupiah."""
        return formats.money(rupiah, self.language)

    def day(self, on: date) -> str:
        """A day without its weekday."""
        return formats.day(on, self.language)

    def weekday(self, on: date) -> str:
        """A day with its weekday."""
        return formats.weekday(on, self.language)

    def day_of(self, at: datetime) -> date:
        """The calendar day of a moment in the programme's zone."""
        return formats.local_day(at, self.zone)

    def moment(self, at: datetime) -> str:
        """A moment whole, in the programme's zone."""
        return formats.moment(at, self.zone, self.language)

    def capacity(self, capacity: str) -> str:
        """In what capacity an office is held."""
        return self.clause(f"as {capacity}").strip()

    def limit(self, at: datetime) -> str:
        """Until when, in the programme's zone: the day, where it is the end of one; else the moment."""
        before = self.day_of(at - _INSTANT)
        return self.moment(at) if before == self.day_of(at) else self.weekday(before)

    def listed(self, parts: Iterable[str]) -> str:
        """Several things in a row: "a, b dan c", with semicolons where a name has a comma of its own."""
        *before, last = list(parts) or [""]
        between = "; " if any("," in part for part in before) else ", "
        return f"{between.join(before)}{self.clause('and')}{last}" if before else last

    def _label(self, labelled: Mapping[str, object], name: str) -> str:
        known = labelled.get(name)
        label = known if isinstance(known, Label) else getattr(known, "label", None)
        return self.said(label) if isinstance(label, Label) else name


def _lower(text: str) -> str:
    """Without its capital, unless it is an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
