"""Any workflow played by anybody: a directory with an office for each of its roles, and commands of every class.

What a command says is drawn by the name and type of its fields, some of it sound; so a new command is tried without a
word here.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from tests.support.directory import CALENDAR, holder, office, organisation
from tests.support.world import (
    DRAFT_DAY,
    NEW_YEAR,
    OPENED,
    PAPER,
    PAPERS,
    PHOTO,
    PLAN,
    SPRING,
    SUBJECT,
    K,
    Story,
    World,
    holder_of,
    item,
)
from workflows.commands import ApproveRequest, CommitmentCommand, DraftCommitment, OpenRequest, SignCommitment
from workflows.commitment import replay
from workflows.context import Context
from workflows.definition import Definition, Field, Move
from workflows.definition_yaml import parse, shipped
from workflows.facts import (
    Correction,
    Evidence,
    Extension,
    FieldValue,
    Hand,
    MigrationProposed,
    OfficeFact,
    PlanItem,
    SampleDrawn,
    Terms,
)
from workflows.offices import replay_directory
from workflows.proposals import Migration

PARTY, ABOVE, TOP = "61.03", "61", "nasional"
MIGRATION = f"{OPENED.programme}.m1"
LEVELS = ((TOP, None), (ABOVE, TOP), (PARTY, ABOVE))
COMMANDS: tuple[type, ...] = get_args(CommitmentCommand)
LONG = "Alasan yang cukup panjang untuk setiap katalog, dengan penjelasan seperlunya bagi yang membaca."
SAMPLES = {
    "text": "Contoh",
    "number": "2",
    "money": "1000000",
    "date": "2022-02-01",
    "letter": "2022-02-01 800/1",
    "office": "",
}


@dataclass(frozen=True)
class WorldOfLots(World):
    """A world in which lots were drawn for periods."""

    samples: tuple[SampleDrawn, ...] = ()

    def context(self, office: str, person: str, now: datetime, on_behalf_of: str | None = None) -> Context:
        return replace(super().context(office, person, now, on_behalf_of), samples=self.samples)


@dataclass(frozen=True, eq=False)
class Stage:
    """A shipped workflow with its offices: each role has one in each organisation, and some share a person."""

    world: WorldOfLots

    @property
    def definition(self) -> Definition:
        """The workflow."""
        return self.world.definition

    @property
    def offices(self) -> tuple[str, ...]:
        """Every office, those of the party first."""
        several = tuple(seconds(self.definition))
        return (*(f"{where}.{role}" for where, _ in reversed(LEVELS) for role in self.definition.roles), *several)

    def office(self, role: str) -> str:
        """The party's own office of that role."""
        return f"{PARTY}.{role}"

    def own(self, act: str) -> str:
        """The party's office of the first role that may do it: who the commitment names."""
        return self.office(next(name for name, role in self.definition.roles.items() if act in role.may))

    def filled(self, asked: Iterable[Field]) -> tuple[FieldValue, ...]:
        """A sound value for each field."""
        values = {**SAMPLES, "office": self.offices[0]}
        return tuple(
            FieldValue(one.name, next(iter(one.choices), "") if one.type == "choice" else values[one.type])
            for one in asked
        )

    @property
    def plan(self) -> tuple[PlanItem, ...]:
        """A sound plan."""
        definition = self.definition
        return tuple(
            replace(
                one,
                agency=self.own("submit_report"),
                stage=next(iter(definition.stages)),
                fund=next(iter(definition.funds)),
                fields=self.filled(definition.fields.item.values()),
            )
            for one in PLAN
        )

    @property
    def draft(self) -> DraftCommitment:
        """The command of a sound draft."""
        return DraftCommitment(
            commitment=K,
            reference="REF-1",
            programme=OPENED.programme,
            party=PARTY,
            subject=SUBJECT,
            fiscal_year=2022,
            replication_scope=next(iter(self.definition.replication_scopes), "full"),
            agency=self.own("submit_report"),
            pic=self.own("prepare_report"),
            items=self.plan,
            fields=self.filled(self.definition.fields.commitment.values()),
        )

    def asking(self, move: Move, until: date) -> OpenRequest:
        """The command of a sound request for a move."""
        reasons = self.definition.reasons.get(move.reasons or "", {})
        terms = {
            "hold": Terms(until=until),
            "extend": Terms(extensions=(Extension(1, until),)),
            "correct": Terms(corrections=(Correction("pic", self.own("submit_report")),)),
        }
        return OpenRequest(
            move.name,
            reason=next(iter(reasons), None),
            text=LONG,
            evidence=PAPERS if move.evidence else PAPER,
            items=(*self.plan, replace(self.plan[1], number=4)) if move.plan else None,
            fields=self.filled(self.definition.fields.of_request(move.name).values()),
            terms=terms.get(move.does or ""),
        )

    def begun(self) -> Story:
        """The story up to the draft, made by the first office that may."""
        story = Story(self.world, DRAFT_DAY)
        tried = (story.when(one, self.draft).after for one in self.offices)
        return next(after for after in tried if after is not None)

    def passed(self, story: Story) -> Story:
        """The story once nobody can approve any more."""
        helped = self.helped(story)
        return story if helped is story else self.passed(helped)

    def helped(self, story: Story) -> Story:
        """The story after each office whose turn it is has approved, if it can: so that random stories come far."""
        request = story.state.open_request if story.state else None
        for reached in () if request is None else request.reached:
            assert request is not None
            move = self.definition.moves[request.opened.move]
            signs = any(step.signs for step in move.steps if step.name == reached.step)
            command: CommitmentCommand = ApproveRequest(request.opened.request)
            if signs:
                sheet = f"{OPENED.programme}:{PARTY}"
                command = SignCommitment(sheet=sheet, mode="in_person", place="Pontianak", signed_at=story.now)
            story = story.when(reached.office, command).after or story
        return story


def seconds(definition: Definition) -> Mapping[str, str]:
    """The party's second office of each role of which all must decide, with its role."""
    steps = (step for move in definition.moves.values() for step in move.steps if step.every)
    return {f"{PARTY}.{role}.2": role for step in steps for role in step.roles}


def _first_to_decide(definition: Definition) -> str:
    """A role that decides: the last role's office stands below it, so that it has somebody to forward to."""
    return next(step.roles[0] for move in definition.moves.values() for step in move.steps)


def _offices(definition: Definition) -> list[OfficeFact]:
    """Every role's office at each level, but for the last role's: that one judges the party itself."""
    roles = tuple(definition.roles)
    above = dict(LEVELS)
    return [
        *(organisation(where, parent) for where, parent in LEVELS),
        *(
            office(f"{where}.{role}", role, where, to=None if above[where] is None else f"{above[where]}.{role}")
            for where, _ in LEVELS
            for role in roles
            if (where, role) != (PARTY, roles[-1])
        ),
        *(holder(f"{where}.{role}") for where, _ in LEVELS for role in roles if (where, role) != (PARTY, roles[-1])),
        office(f"{PARTY}.{roles[-1]}", roles[-1], PARTY, to=f"{PARTY}.{_first_to_decide(definition)}"),
        holder(f"{PARTY}.{roles[-1]}"),
        *(office(name, role, PARTY, to=f"{ABOVE}.{role}") for name, role in seconds(definition).items()),
        *(holder(name) for name in seconds(definition)),
        holder(f"{PARTY}.{roles[1]}", holder_of(f"{PARTY}.{roles[0]}")),
    ]


@lru_cache
def stage(name: str) -> Stage:
    """The stage of a shipped workflow."""
    definition = parse(shipped(name))
    roles = tuple(definition.roles)
    facts = _offices(definition)
    subjects = tuple(replace(one, owner_office=f"{TOP}.{roles[-1]}") for one in OPENED.subjects)
    programme = replace(
        OPENED,
        definition=definition.name,
        definition_version=definition.version,
        organisation=ABOVE,
        calendar=CALENDAR,
        parties=(PARTY,),
        subjects=subjects,
    )
    by, organiser = Hand(f"{ABOVE}.{roles[-1]}", holder_of(f"{ABOVE}.{roles[-1]}")), f"{ABOVE}.{roles[0]}"
    order = MigrationProposed(
        MIGRATION, OPENED.programme, definition.name, definition.version + 1, (), None, None, "800/7", LONG, by
    )
    scheme = definition.periods
    world = WorldOfLots(
        directory=replay_directory(facts),
        definition=definition,
        programme=programme,
        versions={one.version: one for one in (definition, replace(definition, version=definition.version + 1))},
        migrations={MIGRATION: Migration(order, "confirmed", by)},
        samples=tuple(
            SampleDrawn(OPENED.programme, code, "0" * 32, 500, organiser)
            for code in (() if scheme is None else scheme.codes)
        ),
        leads=False,
    )
    return Stage(world)


@lru_cache
def gone(one: Stage, changes: int) -> Story:
    """The story after the draft and that many changes of state by sound requests, as far as they come."""
    if not changes:
        return one.begun()
    before = gone(one, changes - 1)
    asked = (
        before.when(office, one.asking(move, NEW_YEAR.date())).after
        for move in one.definition.moves.values()
        for office in one.offices
    )
    passed = (one.passed(after) for after in asked if after is not None)
    return next((story for story in passed if story.commitment.state != before.commitment.state), before)


def up_to(story: Story, acts: int) -> Story:
    """The story after its first so many acts, of which there is one at least."""
    operations = tuple(dict.fromkeys(event.operation for event in story.events))
    kept = frozenset(operations[: max(acts, 1)])
    events = tuple(event for event in story.events if event.operation in kept)
    return replace(story, now=events[-1].recorded_at, state=replay(events), events=events, new=())


ANYBODY, LAST = "whoever may", "the last one"
Try = tuple[str, CommitmentCommand, str | None, datetime | None]


@lru_cache
def tries(one: Stage) -> st.SearchStrategy[Try]:
    """Some office, or half of the time whoever may, tries something, now and then later or as another person."""
    moves = st.sampled_from(tuple(one.definition.moves.values()))
    sound = st.builds(one.asking, moves, st.dates(date(2022, 1, 10), date(2022, 11, 30)))
    commands = st.one_of(sound, *(of_class(one, command) for command in COMMANDS))
    persons = st.sampled_from((*[None] * 8, holder_of(one.offices[0]), "somebody"))
    moments = st.sampled_from((None, None, None, None, NEW_YEAR, SPRING))
    return st.tuples(st.sampled_from((*one.offices, *[ANYBODY] * len(one.offices))), commands, persons, moments)


def aimed(command: CommitmentCommand, story: Story) -> CommitmentCommand:
    """The command where it means the last request, claim or matter of the story."""
    state = story.commitment
    lasts = {"request": state.requests, "claim": state.claims, "matter": state.matters}
    meant = {name: next(reversed(tuple(known)), LAST) for name, known in lasts.items()}
    found = {name: last for name, last in meant.items() if getattr(command, name, None) == LAST}
    return replace(command, **found)  # type: ignore[arg-type]  # fields by name


@lru_cache
def of_class(one: Stage, command: type) -> st.SearchStrategy[Any]:
    """Commands of that class."""
    return st.builds(command, **_drawn(one, command))


def _drawn(one: Stage, made: type) -> dict[str, st.SearchStrategy[Any]]:
    hints = get_type_hints(made)
    return {field.name: _value(one, field.name, hints[field.name]) for field in fields(made)}


def _value(one: Stage, name: str, wanted: Any) -> st.SearchStrategy[Any]:
    origin, inside = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        return st.one_of(*(st.none() if part is type(None) else _value(one, name, part) for part in inside))
    if name == "evidence":
        return st.sampled_from(((), PHOTO, PAPER, PAPERS))
    if wanted is PlanItem:
        return st.sampled_from((*one.plan, item(7)))
    if name == "fields":
        return st.sampled_from(((), one.filled(field for _, field in one.definition.fields.each())))
    if origin is tuple:
        return st.just(()) | st.lists(_value(one, name, inside[0]), max_size=3).map(tuple)
    if wanted is Evidence:
        return st.just(PHOTO[0])
    if isinstance(wanted, type) and is_dataclass(wanted):
        return st.builds(wanted, **_drawn(one, wanted))
    return _simple(one, name, wanted)


def _simple(one: Stage, name: str, wanted: type) -> st.SearchStrategy[Any]:
    if wanted is str:
        return st.sampled_from(_words(one).get(name, ("", "Cukup jelas", LONG)))
    pools: dict[type, st.SearchStrategy[Any]] = {
        int: st.integers(0, 5) | st.just(2022),
        bool: st.booleans(),
        Decimal: st.integers(-1, 150).map(Decimal),
        date: st.dates(date(2021, 11, 1), date(2023, 1, 31)),
        datetime: st.integers(0, 400 * 24).map(lambda hours: DRAFT_DAY + timedelta(hours=hours)),
    }
    return pools[wanted]


@lru_cache
def _words(one: Stage) -> dict[str, tuple[str, ...]]:
    """What a text may say, by its field's name: what the workflow knows, and something that it doesn't."""
    definition = one.definition
    numbered = tuple(f"{K}.{letter}{number}" for letter in "rcfdoh" for number in (1, 2, 3))
    reasons = tuple(dict.fromkeys(code for catalogue in definition.reasons.values() for code in catalogue))
    offices = (*one.offices[: len(definition.roles)], f"{ABOVE}.{next(iter(definition.roles))}", "nowhere")
    periods = () if definition.periods is None else definition.periods.codes
    return {
        "request": (LAST, LAST, *(name for name in numbered if ".r" in name)),
        "claim": (LAST, LAST, *(name for name in numbered if ".c" in name)),
        "matter": (LAST, LAST, *numbered),
        "move": (*definition.moves, "fly"),
        "state": (*definition.states, "nowhere"),
        "reason": (*reasons, "unknown"),
        "period": (*periods, "B99"),
        "sheet": (f"{OPENED.programme}:{PARTY}", "other:sheet"),
        "mode": ("in_person", "online", "wet_ink", "by_bird"),
        "place": ("before", "after", "Pontianak"),
        "commitment": (K, K, "k2"),
        "programme": (OPENED.programme, OPENED.programme, "other"),
        "party": (PARTY, PARTY, "elsewhere"),
        "subject": (SUBJECT, SUBJECT, "other"),
        "obligation": ("item-1", "item-2", "r1/check", "r1/sign"),
        "field": ("pic", "activity", "target"),
        "name": tuple(field.name for _, field in definition.fields.each()) or ("none",),
        **dict.fromkeys(("office", "addressee", "agency", "pic", "new", "prepared_by"), offices),
    }
