"""Who may appoint and delegate, as cases for the test that asks every office of every endpoint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from werkzeug.test import TestResponse

from service import identity
from tests.support.api_story import done
from tests.support.api_world import ApiWorld
from tests.support.world import ADMIN, DRAFT_DAY, HEAD, MENTOR, MINISTRY, PROVINCE, REGION, SECRETARY

_numbers = count(1)
APPOINTING = {REGION, SECRETARY, PROVINCE, MINISTRY, ADMIN}
"""The office itself, its line and who administers there."""


@dataclass
class Case:
    """One endpoint in a state where somebody may call it. call: as an office; allowed: who may"""

    call: Callable[[str], TestResponse]
    allowed: set[str]


def given_and_taken_back(to: str, offices: set[str]) -> Callable[[ApiWorld], Case]:
    """Every office gives its authority to another, and takes it back."""

    def build(world: ApiWorld) -> Case:
        def call(office: str) -> TestResponse:
            answer = _delegation(world, office, MENTOR if office == to else to)
            done(world.post(office, f"/delegations/{done(answer)['delegation']['id']}/revocation"))
            return answer

        return Case(call, offices)

    return build


def delegation_read(allowed: set[str]) -> Callable[[ApiWorld], Case]:
    """A delegation of the regency's coordinator is read."""

    def build(world: ApiWorld) -> Case:
        delegation = done(_delegation(world, REGION, HEAD))["delegation"]["id"]
        return Case(lambda office: world.get(office, f"/delegations/{delegation}"), allowed)

    return build


def delegation_revoked(world: ApiWorld) -> Case:
    """A delegation of the regency's coordinator is revoked, and given anew for the next one."""
    made = [done(_delegation(world, REGION, HEAD))["delegation"]["id"]]

    def call(office: str) -> TestResponse:
        answer = world.post(office, f"/delegations/{made[-1]}/revocation")
        if answer.status_code < 300:
            made.append(done(_delegation(world, REGION, HEAD))["delegation"]["id"])
        return answer

    return Case(call, {REGION, ADMIN})


def holder_proposed(world: ApiWorld) -> Case:
    """A holder of the regency's coordinator is proposed."""
    return Case(lambda office: _appointment(world, office, REGION), APPOINTING)


def proposal_answered(answer: str, body: Mapping[str, Any], allowed: set[str]) -> Callable[[ApiWorld], Case]:
    """A proposal of the regency's secretary is confirmed or declined, and made anew for the next one."""

    def build(world: ApiWorld) -> Case:
        made = [done(_appointment(world, SECRETARY, REGION))["appointment"]["id"]]

        def call(office: str) -> TestResponse:
            given = world.post(office, f"/appointments/{made[-1]}/{answer}", body)
            if given.status_code < 300:
                made.append(done(_appointment(world, SECRETARY, REGION))["appointment"]["id"])
            return given

        return Case(call, allowed)

    return build


def _delegation(world: ApiWorld, by: str, to: str) -> TestResponse:
    day = DRAFT_DAY.date().isoformat()
    body = {"to": to, "capacity": "an", "letter": "800/1", "starts_on": day, "ends_on": day}
    return world.post(by, "/delegations", body)


def _appointment(world: ApiWorld, by: str, office: str) -> TestResponse:
    day = DRAFT_DAY.date().isoformat()
    email = f"calon-{next(_numbers)}@kawal.example"
    new = identity.NewPerson("Calon pemegang", email)
    identity.create_person(world.runtime.engine, new, now=datetime.now(UTC))
    body = {"office": office, "email": email, "capacity": "plh", "letter": "821/1", "starts_on": day}
    return world.post(by, "/appointments", body)


AUTHORITY = {"role_may_not", "out_of_scope", "not_a_holder", "office_unknown"}
"""What a refusal says that is about the office and not about the state."""


def one_does(case: Case) -> None:
    """Reads and independent acts succeed for everybody who may; of an act that is done once, the first does it."""
    answers = {office: case.call(office) for office in sorted(case.allowed)}
    succeeded = {office for office, answer in answers.items() if answer.status_code < 300}
    assert succeeded, {office: answer.get_data(as_text=True) for office, answer in answers.items()}
    for office, answer in answers.items():
        if office not in succeeded:
            # The first has done it: the state has moved on, nobody was denied the authority.
            assert answer.status_code in (409, 412), (office, answer.get_data(as_text=True))
            named = {blocker["code"] for blocker in answer.get_json().get("blockers", [])}
            assert not named & AUTHORITY, (office, named)
