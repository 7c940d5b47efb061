"""The audited regency in a real log: the auditor's offices with tokens, its programme, and one recommendation's way."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from service import catalog
from service.dispatch import Caller
from service.drain import Drain
from tests.support.api_story import ApiStory, done
from tests.support.api_world import ApiWorld
from tests.support.audit import CHIEF, FIELDS, INSPECTORATE, ISSUED, NAME, OFFICES, OPENED_BY_AUDITOR, PROGRAMME, TEAM
from tests.support.world import HEAD, PARTY, PIC, SECRETARY
from workflows.commands import EstablishOffice, OpenProgramme
from workflows.context import Acting
from workflows.definition_yaml import shipped

TEN = 3
"""10.00 WIB as an hour of UTC."""


def at(month: int, day: int, hour: int = TEN) -> datetime:
    """A moment of 2022."""
    return datetime(2022, month, day, hour, tzinfo=UTC)


def audited(world: ApiWorld) -> None:
    """Two persons bring the shipped workflow in, the auditor's offices are held and read the province, and it opens."""
    world.install(NAME, shipped(NAME))
    world.advance(to=ISSUED)
    for name, role, where, scope, to, acts_for in OFFICES:
        world.tell(catalog.OFFICES, EstablishOffice(name, f"Jabatan {name}", role, where, scope, to, acts_for))
        world.appoint(name)
    for name in (TEAM, CHIEF):
        world.grant(name, organisation="61")
    chief = Caller(Acting(CHIEF, world.persons[CHIEF]), "cli:test")
    world.tell(catalog.programme_stream(PROGRAMME), OpenProgramme(OPENED_BY_AUDITOR), by=chief)


def drafted(world: ApiWorld, subject: str) -> ApiStory:
    """The team's draft of a recommendation."""
    body: dict[str, Any] = {
        "programme": PROGRAMME,
        "party": PARTY,
        "subject": subject,
        "fiscal_year": 2022,
        "replication_scope": "full",
        "agency": HEAD,
        "pic": PIC,
        "items": [],
        "fields": {one.name: one.value for one in FIELDS},
    }
    answer = world.post(TEAM, "/commitments", body)
    return ApiStory(world, str(done(answer)["commitment"]), answer.headers["ETag"])


def paper(world: ApiWorld, office: str, name: str) -> str:
    """An uploaded document."""
    return world.upload(office, f"%PDF-1.7 {name}".encode(), f"{name}.pdf")


def imposed(world: ApiWorld, subject: str) -> ApiStory:
    """A recommendation that the head of audit has issued."""
    story = drafted(world, subject)
    story.approve(story.ask("impose", TEAM, evidence=[paper(world, TEAM, "lhp")]), CHIEF)
    return story


def answer(story: ApiStory, summary: str) -> None:
    """The agency answers; inspectorate and secretary let it go to the auditor."""
    letter = paper(story.world, HEAD, f"jawaban {summary}")
    request = story.ask("answer", HEAD, evidence=[letter], fields={"summary": summary})
    story.approve(request, INSPECTORATE, SECRETARY)


def judge(story: ApiStory, move: str, **said: Any) -> None:
    """The team asks for a judgement, the head of audit gives it."""
    story.approve(story.ask(move, TEAM, **said), CHIEF)


def seen(story: ApiStory, office: str) -> str:
    """The ETag of the ledger as the office sees it now."""
    return str(story.world.get(office, f"{story.path}/ledger").headers["ETag"])


def establish(story: ApiStory, amount_idr: int) -> None:
    """The team says how much is owed."""
    body = {"amount_idr": amount_idr, "letter": "LHP-7/2022"}
    answer = story.world.post(TEAM, f"{story.path}/ledger/amounts", body, etag=seen(story, TEAM))
    done(answer)
    story.etag = answer.headers["ETag"]


def pay(story: ApiStory, amount_idr: int, on: datetime) -> str:
    """The agency records a payment; its id."""
    proof = paper(story.world, HEAD, f"setor {amount_idr}")
    body = {"amount_idr": amount_idr, "paid_on": on.date().isoformat(), "evidence": [proof]}
    answer = story.world.post(HEAD, f"{story.path}/payments", body, etag=seen(story, HEAD))
    done(answer)
    story.etag = answer.headers["ETag"]
    told = done(story.world.get(HEAD, f"{story.path}/ledger"))
    return str(told["payments"][-1]["id"])


def prove(story: ApiStory, payment: str) -> None:
    """The team finds a payment proven."""
    answer = story.world.post(TEAM, f"/payments/{payment}/verifications", etag=seen(story, TEAM))
    done(answer)
    story.etag = answer.headers["ETag"]


def figures(story: ApiStory, office: str = TEAM) -> tuple[int, int, int, int]:
    """Established, paid, proven, remaining."""
    told = done(story.world.get(office, f"{story.path}/ledger"))
    return told["established_idr"], told["paid_idr"], told["proven_idr"], told["remaining_idr"]


def tick(story: ApiStory, moment: datetime) -> None:
    """Let time pass, and the clock take what has fallen due."""
    world = story.world
    world.advance(to=moment)
    hands = Drain(world.runtime)
    hands.catch_up()
    while hands.tick():
        hands.catch_up()
    story.etag = world.get(TEAM, story.path).headers["ETag"]
