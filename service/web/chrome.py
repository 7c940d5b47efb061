"""What stands around every page: where one can go, for which office, and what must be said about the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from events.engine import answering
from service import formats, identity, reading
from service.demo.loading import Loading, loading
from service.notifications.reading import count_unread
from service.read_models.inbox_queries import count_inbox
from service.web.freshness import Freshness, freshness
from service.web.visit import Visit
from workflows.facts import HolderAppointed

DELEGATION = "delegation:"


@dataclass(frozen=True, slots=True)
class Seat:
    """An office that the visitor may act for. value: what a form sends to choose it"""

    value: str
    name: str
    is_acting: bool


@dataclass(frozen=True, slots=True)
class LoadingShown:
    """The demo's loading: `seconds` once it is over."""

    percent: int
    story_day: str
    seconds: int | None


@dataclass(frozen=True, slots=True)
class Chrome:
    """What a page's frame shows; for somebody who isn't signed in there are no offices and no counts."""

    actor: str
    seats: tuple[Seat, ...]
    waiting: int
    unread: int
    is_sample: bool
    demo_clock: str | None
    loading: LoadingShown | None
    freshness: Freshness


def chrome_of(visit: Visit) -> Chrome:
    """What the frame shows on this visit."""
    runtime, principal = visit.runtime, visit.signed_in
    waiting = unread = 0
    if principal is not None:
        with answering(), runtime.engine.connect() as connection:
            waiting = count_inbox(connection, reading.desks_of(visit.basis, principal, visit.now))
        unread = count_unread(runtime.engine, office=principal.office, person=principal.person)
    return Chrome(
        actor=_actor(visit),
        seats=() if visit.signed_in is None else seats_of(visit),
        waiting=waiting,
        unread=unread,
        is_sample=any(programme.sample for programme in visit.basis.programmes.values()),
        demo_clock=_demo_clock(visit),
        loading=loading_of(visit),
        freshness=freshness(runtime),
    )


def seats_of(visit: Visit) -> tuple[Seat, ...]:
    """The offices that the visitor holds now, each with those whose authority is delegated to it, until when."""
    if visit.person is None:
        return ()
    held = identity.offices_held(visit.basis.directory, visit.person.id, log_now=visit.now)
    return tuple(seat for one in held for seat in (_own(visit, one), *_delegated(visit, one)))


def _own(visit: Visit, held: HolderAppointed) -> Seat:
    acting = visit.signed_in
    is_acting = acting is not None and acting.on_behalf_of is None and acting.office == held.office
    return Seat(held.office, visit.words().actor(held.office, held.capacity), is_acting)


def _delegated(visit: Visit, held: HolderAppointed) -> Iterator[Seat]:
    directory, acting, words = visit.basis.directory, visit.signed_in, visit.words()
    moment = identity.moment_of(directory, held.office, visit.now)
    for given in visit.basis.delegations.in_force_to(held.office, moment):
        name = visit.say(
            "{actor} (delegasi s.d. {until})",
            "{actor} (delegated until {until})",
            actor=words.actor(held.office, given.capacity, given.office),
            until=words.day(given.ends_on),
        )
        is_acting = acting is not None and (acting.office, acting.on_behalf_of) == (held.office, given.office)
        yield Seat(f"{DELEGATION}{given.delegation}", name, is_acting)


def loading_of(visit: Visit) -> LoadingShown | None:
    """How far the demo has come, while it loads and for a while after."""
    if not visit.runtime.is_demo:
        return None
    with answering():
        found = loading(visit.runtime.engine)
    return None if found is None else _shown(visit, found)


def _shown(visit: Visit, found: Loading) -> LoadingShown:
    percent = 100 if found.steps == 0 else found.done * 100 // found.steps
    story_day = formats.day(formats.local_day(found.story_at, _zone(visit)), visit.language)
    seconds = None if found.took is None else round(found.took.total_seconds())
    return LoadingShown(min(percent, 100 if seconds is not None else 99), story_day, seconds)


def _demo_clock(visit: Visit) -> str | None:
    if not visit.runtime.is_demo:
        return None
    return formats.moment(visit.now, _zone(visit), visit.language)


def _zone(visit: Visit) -> str:
    """The office's zone, else that of the first programme."""
    if visit.signed_in is not None:
        return visit.zone
    return next((programme.zone for programme in visit.basis.programmes.values()), "UTC")


def _actor(visit: Visit) -> str:
    if visit.signed_in is None:
        return ""
    acting = visit.signed_in
    return visit.words().actor(acting.office, acting.capacity, acting.on_behalf_of)
