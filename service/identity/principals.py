"""Who acts: a person in one office that they hold at this moment, for itself or on another's behalf."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from service.identity.errors import NotSignedIn
from workflows.context import Acting
from workflows.delegations import ASSIST, Delegations, Moment
from workflows.facts import HolderAppointed
from workflows.offices import Directory


@dataclass(frozen=True, slots=True)
class Principal:
    """A person in an office, in the capacity of their appointment, and how they proved it.

    method        password | link | demo | token
    id            of the session or token: no secret, stands in every event of theirs
    on_behalf_of  the office whose authority is used; `capacity` is then the delegation's
    programmes    what that authority reaches; empty: all
    """

    person: str
    office: str
    capacity: str
    method: str
    id: str
    on_behalf_of: str | None = None
    programmes: frozenset[str] = frozenset()

    @property
    def signin(self) -> str:
        """How they were signed in, as every event names it."""
        return f"{self.method}:{self.id}"

    @property
    def acting(self) -> Acting:
        """Who acts, as the rules see it."""
        return Acting(self.office, self.person, self.capacity, self.on_behalf_of)

    @property
    def authority(self) -> str:
        """The office whose authority is used: what is shown is what that office sees."""
        return self.on_behalf_of or self.office

    @property
    def name(self) -> str:
        """Who acts, as operation keys name it."""
        return self.office if self.on_behalf_of is None else f"{self.office}>{self.on_behalf_of}"


def offices_held(directory: Directory, person: str, *, log_now: datetime) -> tuple[HolderAppointed, ...]:
    """One appointment for each office that the person holds at that moment, each on its own zone's day, by office id.

    log_now  aware UTC by the log's clock: in a demo, appointments live in the log's time
    """
    offices = {directory.appointments[one].office for one in directory.of_person.get(person, ())}
    found = (held(directory, person, office, log_now=log_now) for office in sorted(offices))
    return tuple(one for one in found if one is not None)


def held(directory: Directory, person: str, office: str, *, log_now: datetime) -> HolderAppointed | None:
    """The appointment by which the person holds the office at that moment, definitive before acting, else None."""
    if directory.office(office) is None:
        return None
    today = log_now.astimezone(ZoneInfo(directory.zone_of(office))).date()
    mine = [one for one in directory.holders(office, today) if one.person == person]
    return min(mine, key=lambda one: one.capacity != "definitive", default=None)


def principal(
    directory: Directory, *, person: str, office: str, method: str, proof_id: str, log_now: datetime
) -> Principal:
    """Who acts with a proof that was found good.

    raises  NotSignedIn (not_a_holder): the appointment ended, or hasn't begun
    """
    appointment = held(directory, person, office, log_now=log_now)
    if appointment is None:
        raise NotSignedIn("not_a_holder", office=office)
    return Principal(person=person, office=office, capacity=appointment.capacity, method=method, id=proof_id)


def acting_for(
    own: Principal, giver: str, *, directory: Directory, delegations: Delegations, log_now: datetime
) -> Principal:
    """The same person using another office's authority, as far as it is delegated to their office at that moment.

    raises  NotSignedIn (not_a_delegate)
    """
    moment = moment_of(directory, own.office, log_now)
    given = sorted(delegations.in_force_between(giver, own.office, moment), key=lambda one: one.capacity == ASSIST)
    if not given:
        raise NotSignedIn("not_a_delegate", office=own.office, on_behalf_of=giver)
    limits = [one.programmes for one in given]
    programmes = frozenset(programme for limit in limits for programme in limit) if all(limits) else frozenset()
    return replace(own, on_behalf_of=giver, capacity=given[0].capacity, programmes=programmes)


def moment_of(directory: Directory, office: str, log_now: datetime) -> Moment:
    """A moment with its day where a known office is."""
    return Moment(log_now, log_now.astimezone(ZoneInfo(directory.zone_of(office))).date())
