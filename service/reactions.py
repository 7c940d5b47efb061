"""What happens because a fact was recorded: the offices concerned are told, once, in their holders' languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, Engine

from events.engine import answering, write_transaction
from events.envelope import Event
from events.reader import Reader
from events.subscriptions import read_checkpoint, start_checkpoint
from service.basis import Basis
from service.catalog import DELEGATIONS, OFFICES, decode
from service.identity import Person, persons_by_id
from service.notifications.notices import Notice, notified, write_notices
from service.notifications.render import render
from service.notifications.render_offices import render_office
from service.read_models.histories import Histories, Step, by_commitment
from service.runtime import Runtime
from service.sentences import Happening, Vocabulary
from workflows.audience import Told, audience
from workflows.calendar import local_day
from workflows.concerned import concerned
from workflows.context import Acting
from workflows.definition import Definition
from workflows.facts import NAMES, DecisionRetracted, DelegationFact, GoLiveSet, OfficeFact
from workflows.programme_audience import programme_audience

NAME = "telling"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Heard:
    """One person who hears of one fact, in one office."""

    event: Event
    step: Step
    told: Told
    person: str


@dataclass(frozen=True, slots=True)
class OfficeHeard:
    """One person who hears of what happened to an office, or of a programme's go-live, in one office."""

    event: Event
    fact: OfficeFact | DelegationFact | GoLiveSet
    told: Told
    person: str


def start(engine: Engine, reader: Reader) -> None:
    """Let telling begin at the log's head if it never ran: nobody is told of what was there before."""
    with answering(), engine.connect() as connection:
        if read_checkpoint(connection, NAME, VERSION) is not None:
            return
    head = reader.log_head()
    with write_transaction(engine) as connection:
        position, leaf = (head.position, head.leaf_hash) if head else (0, b"")
        start_checkpoint(connection, NAME, VERSION, position=position, leaf_hash=leaf)


class Telling:
    """The reaction that writes notices and deliveries; it is never run again by a rebuild."""

    name = NAME
    version = VERSION
    partition: Literal["log"] = "log"

    def __init__(self, runtime: Runtime, histories: Histories) -> None:
        self._runtime = runtime
        self._histories = histories

    def prepare(self, events: Sequence[Event], connection: Connection) -> list[Notice]:
        """Who hears of these events, and the rendered message of each."""
        basis = self._runtime.basis(fresh=True)
        steps = list(self._steps(events))
        heard = [one for event, step in steps for one in listeners(event, step, basis)]
        for event, step in steps:
            heard += _told_before(event, step, heard, connection)
        of_offices = [*_concerned(events, basis), *_of_programmes(events, basis)]
        wanted = {one.person for one in heard} | {one.person for one in of_offices}
        persons = persons_by_id(self._runtime.engine, wanted)
        return [
            *(self._notice(one, persons[one.person], basis) for one in heard if one.person in persons),
            *(self._of_office(one, persons[one.person], basis) for one in of_offices if one.person in persons),
        ]

    def write(self, connection: Connection, changes: list[Notice]) -> None:
        """Record notices and deliveries before anything is sent."""
        domain = self._runtime.config.mail_from.rpartition("@")[2]
        write_notices(connection, changes, domain=domain, now=datetime.now(UTC))

    def _steps(self, events: Sequence[Event]) -> Iterator[tuple[Event, Step]]:
        for stream, mine in by_commitment(events).items():
            yield from zip(mine, self._histories.walk(stream, mine), strict=True)

    def _notice(self, heard: Heard, person: Person, basis: Basis) -> Notice:
        state, event = heard.step.after, heard.event
        programme = basis.programmes[state.drafted.programme]
        message = render(
            heard.told,
            heard.step.event,
            state,
            programme,
            basis.directory,
            basis.definition(state.drafted.definition, state.definition_version),
            language=person.language,
            base_url=self._runtime.config.base_url,
            versions=basis.versions(state.drafted.definition),
            is_demo=self._runtime.is_demo,
            capacity=event.actor.capacity,
        )
        return Notice(
            commitment=state.id,
            position=event.position,
            version=event.version,
            fact=event.type,
            office=heard.told.office,
            person=person.id,
            why=heard.told.why,
            urgency=heard.told.urgency,
            action=heard.told.action,
            language=person.language,
            subject=message.subject,
            body=message.body,
            path=message.path,
            created_at=event.recorded_at,
            address=person.email,
            held_for=self._held_for(event, heard.step),
            takes_back=_taken_back(heard.step),
        )

    def _held_for(self, event: Event, step: Step) -> timedelta:
        """How long a fact's mail waits: nothing, unless it is part of a fresh decision that may still be taken back."""
        hold, last = self._runtime.config.decision_hold, step.after.retractable
        is_fresh = event.recorded_at > self._runtime.now() - hold
        retractable = last is not None and event.operation == last.decided.operation
        return hold if is_fresh and retractable else timedelta(0)

    def _of_office(self, heard: OfficeHeard, person: Person, basis: Basis) -> Notice:
        event, told, actor = heard.event, heard.told, heard.event.actor
        happened = Happening(heard.fact, event.recorded_at, actor.office, actor.capacity, actor.on_behalf_of)
        opened = basis.programmes[heard.fact.programme] if isinstance(heard.fact, GoLiveSet) else None
        words = Vocabulary(person.language, basis.directory, opened, definition=_newest(basis))
        message = render_office(
            told, happened, words, base_url=self._runtime.config.base_url, is_demo=self._runtime.is_demo
        )
        return Notice(
            commitment=None,
            position=event.position,
            version=event.version,
            fact=event.type,
            office=told.office,
            person=person.id,
            why=told.why,
            urgency=told.urgency,
            action=told.action,
            language=person.language,
            subject=message.subject,
            body=message.body,
            path=message.path,
            created_at=event.recorded_at,
            address=person.email,
        )


def _newest(basis: Basis) -> Definition | None:
    """The workflow that was installed last, to name moves by; None where there is none yet."""
    versions = next(reversed(tuple(basis.installed.definitions.values())), None)
    return None if versions is None else basis.definition(versions[-1].definition, versions[-1].version)


def _concerned(events: Sequence[Event], basis: Basis) -> Iterator[OfficeHeard]:
    """Whoever hears of what happened to offices: those who hold the offices concerned on that day."""
    administrators = basis.ground(by=Acting("", ""), now=datetime.now(UTC)).administrators
    for event in events:
        if event.stream not in (OFFICES, DELEGATIONS):
            continue
        fact = decode(event)
        assert isinstance(fact, OfficeFact | DelegationFact), f"{event.type} in {event.stream}"
        for told in concerned(fact, event.actor.office, basis.directory, administrators=administrators):
            yield from (OfficeHeard(event, fact, told, one) for one in _holding(told.office, event, basis))


def _of_programmes(events: Sequence[Event], basis: Basis) -> Iterator[OfficeHeard]:
    """Whoever hears that a programme's go-live day was set or moved."""
    for event in events:
        fact = decode(event) if event.type == NAMES[GoLiveSet] else None
        if isinstance(fact, GoLiveSet):
            programme = basis.programmes[fact.programme]
            definition = basis.definition(programme.definition, programme.definition_version)
            by, directory = event.actor.office, basis.directory
            for told in programme_audience(fact, by, directory=directory, definition=definition, programme=programme):
                yield from (OfficeHeard(event, fact, told, one) for one in _holding(told.office, event, basis))


def _holding(office: str, event: Event, basis: Basis) -> Iterable[str]:
    """The persons who hold the office on the event's day."""
    on = local_day(event.recorded_at, basis.directory.zone_of(office))
    return dict.fromkeys(holder.person for holder in basis.directory.holders(office, on))


def listeners(event: Event, step: Step, basis: Basis) -> Iterator[Heard]:
    """Whoever hears of a fact: the holders of the offices concerned, on the day that it is where each office stands."""
    drafted = step.after.drafted
    programme = basis.programmes[drafted.programme]
    definition = basis.definition(drafted.definition, step.after.definition_version)
    told = audience(
        step.event,
        step.before,
        step.after,
        directory=basis.directory,
        definition=definition,
        programme=programme,
        delegations=basis.delegations,
    )
    for one in told:
        on = local_day(step.event.recorded_at, basis.directory.zone_of(one.office))
        for holder in basis.directory.holders(one.office, on):
            yield Heard(event, step, one, holder.person)


def _told_before(event: Event, step: Step, heard: Sequence[Heard], connection: Connection) -> list[Heard]:
    """Whoever hears that a decision was taken back because they were told of it, in this batch or before."""
    versions, commitment = _taken_back(step), step.after.id
    if versions is None:
        return []
    mine = [one for one in heard if one.step.after.id == commitment]
    now = [(one.told.office, one.person) for one in mine if versions[0] <= one.event.version < versions[1]]
    known = {(one.told.office, one.person) for one in mine if one.event is event}
    told = dict.fromkeys((*notified(connection, commitment, versions), *now))
    return [
        Heard(event, step, Told(office, "now", "retracted"), person)
        for office, person in told
        if (office, person) not in known and office != step.event.office
    ]


def _taken_back(step: Step) -> tuple[int, int] | None:
    """The versions that a fact takes back: from the decision to the fact itself."""
    fact = step.event.fact
    return (fact.version, step.event.version) if isinstance(fact, DecisionRetracted) else None
