"""What stands around every page: where one can go, for which office, and what must be said about the data."""

from __future__ import annotations

from dataclasses import dataclass

from events.engine import answering
from service import formats, identity
from service.demo.loading import Loading, loading
from service.notifications.reading import count_unread
from service.read_models.inbox_queries import count_inbox
from service.web.freshness import Freshness, freshness
from service.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Seat:
    """An office of the visitor."""

    office: str
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
            waiting = count_inbox(connection, principal.office)
        unread = count_unread(runtime.engine, office=principal.office, person=principal.person)
    return Chrome(
        actor=_actor(visit),
        seats=_seats(visit),
        waiting=waiting,
        unread=unread,
        is_sample=any(programme.sample for programme in visit.basis.programmes.values()),
        demo_clock=_demo_clock(visit),
        loading=loading_of(visit),
        freshness=freshness(runtime),
    )


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
    return visit.words().actor(visit.signed_in.office, visit.signed_in.capacity)


def _seats(visit: Visit) -> tuple[Seat, ...]:
    if visit.signed_in is None:
        return ()
    words, acting = visit.words(), visit.signed_in
    held = identity.offices_held(visit.basis.directory, acting.person, log_now=visit.now)
    return tuple(Seat(one.office, words.actor(one.office, one.capacity), one.office == acting.office) for one in held)
