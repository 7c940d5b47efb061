"""One world for the rules: a regency that promises to replicate one innovation, told as given / when / then.

    given(*SIGNED).when(HEAD, OpenRequest("start", evidence=PAPER)).then(RequestOpened, StepReached)

Everything goes through the public `decide`; what is given must itself be allowed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from tests.support.directory import CALENDAR, ZONE, calendar, directory
from tests.support.keeping import kept
from tests.support.saying import codes_said
from tests.support.short_path import short_path
from workflows import delegations
from workflows.commands import (
    ApproveRequest,
    CommitmentCommand,
    DraftCommitment,
    MakeClaim,
    OpenRequest,
    SignCommitment,
    VerifyClaim,
)
from workflows.commitment import Commitment, Recorded, evolve
from workflows.context import Acting, Context
from workflows.decide import decide
from workflows.definition import Definition
from workflows.definition_yaml import parse
from workflows.delegations import Delegations
from workflows.errors import Blocker, Refused
from workflows.facts import CommitmentFact, Component, Evidence, PlanItem, ProgrammeOpened, Subject, valid_at
from workflows.offices import Directory
from workflows.proposals import Migrations
from workflows.sittings import Sittings

MINISTRY, PROVINCE, COORDINATOR, MENTOR = "menpanrb.deputi", "61.sekda", "61.biro", "61.mentor"
SECRETARY, REGION, HEAD, PIC = "61.03.sekda", "61.03.bag", "61.03.dinkes", "61.03.dinkes.pic"
OTHER_HEAD, OWNER, AUDITOR, ADMIN, NEIGHBOUR = "61.03.rsud", "asal.pikobar", "bpk.kalbar", "61.admin", "61.05.sekda"
PARTY, SUBJECT, PROGRAMME = "61.03", "pikobar", "kalbar-2022"
SHEET = f"{PROGRAMME}:{PARTY}"
K = "k1"

DRAFT_DAY = datetime(2021, 11, 29, 2, tzinfo=UTC)
SIGNING = datetime(2021, 12, 6, 3, tzinfo=UTC)
NEW_YEAR = datetime(2022, 1, 4, 2, tzinfo=UTC)
SPRING = datetime(2022, 3, 1, 2, tzinfo=UTC)
AUTUMN = datetime(2022, 10, 3, 2, tzinfo=UTC)
PAPER = (Evidence("a" * 64, "sk-tim.pdf", "application/pdf", 1200),)
PAPERS = (
    Evidence("c" * 64, "laporan.pdf", "application/pdf", 1200),
    Evidence("d" * 64, "sop.pdf", "application/pdf", 1200),
    Evidence("e" * 64, "layanan.xlsx", "application/vnd.ms-excel", 1200),
)
PHOTO = (Evidence("b" * 64, "foto.jpg", "image/jpeg", 800),)


def item(number: int, **changed: object) -> PlanItem:
    """A sound plan item; `changed` replaces fields."""
    sound = PlanItem(
        number=number,
        stage="replikasi",
        activity=f"Kegiatan {number}",
        output="Laporan",
        indicator="Pengguna terlayani",
        unit="orang",
        target=Decimal(100),
        starts_on=date(2022, 1, 3),
        ends_on=date(2022, 3, 31) if number == 1 else date(2022, 9, 30),
        agency=HEAD,
        budget_idr=50_000_000,
        fund="APBD",
        evidence_required="Laporan dan foto",
        component=None,
    )
    return replace(sound, **changed)  # type: ignore[arg-type]  # fields by name


PLAN = (
    item(1, component="pelacakan kasus"),
    item(2, component="hotline"),
    item(3, value="per_period"),
)
SUBJECTS = (
    Subject(
        subject=SUBJECT,
        name="PIKOBAR",
        short_name="PIKOBAR",
        sector="kesehatan",
        kind="digital",
        origin="Provinsi Jawa Barat",
        lead_agency="Dinas Kesehatan",
        owner_office=OWNER,
        components=(Component("pelacakan kasus", "core"), Component("hotline", "adaptable")),
    ),
)
OPENED = ProgrammeOpened(
    programme=PROGRAMME,
    name="Replikasi 2022",
    definition="replikasi-inovasi",
    definition_version=1,
    organisation="61",
    zone=ZONE,
    calendar=CALENDAR,
    fiscal_year=2022,
    starts_on=date(2021, 11, 1),
    ends_on=date(2022, 12, 31),
    parties=("61.03", "61.05"),
    subjects=SUBJECTS,
    sample=True,
)


@lru_cache
def definition() -> Definition:
    """The shipped workflow, on the short path."""
    return parse(short_path())


@dataclass(frozen=True)
class World:
    """What the rules may know beside the commitment; replace a part of it for a test.

    leads  False where nobody may be there whom a refusal would lead to
    """

    directory: Directory = field(default_factory=directory)
    definition: Definition = field(default_factory=definition)
    programme: ProgrammeOpened = OPENED
    delegations: Delegations = delegations.EMPTY
    versions: Mapping[int, Definition] = field(default_factory=dict)
    migrations: Migrations = field(default_factory=dict)
    is_closed: bool = False
    go_live: date | None = None
    sittings: Sittings = field(default_factory=dict)
    leads: bool = True

    def context(self, office: str, person: str, now: datetime, on_behalf_of: str | None = None) -> Context:
        """The context of one act."""
        return Context(
            now=now,
            by=Acting(office, person, on_behalf_of=on_behalf_of),
            directory=self.directory,
            definition=self.definition,
            programme=self.programme,
            calendars={CALENDAR: calendar()},
            delegations=self.delegations,
            versions=self.versions,
            migrations=self.migrations,
            is_closed=self.is_closed,
            go_live=self.go_live,
            sittings=self.sittings,
        )

    def following(self, state: Commitment | None) -> World:
        """The same with the version of the workflow that a commitment follows."""
        known = None if state is None else self.versions.get(state.definition_version)
        return self if known is None else replace(self, definition=known)


@lru_cache
def world() -> World:
    """The world as it is when a test changes nothing: every office is held by its own holder."""
    return World()


@dataclass(frozen=True)
class Act:
    """Somebody does something at a time (None: a minute after the act before)."""

    office: str
    command: CommitmentCommand
    at: datetime | None = None
    person: str | None = None


@dataclass(frozen=True)
class Story:
    """A commitment's events so far, and the state that they fold to."""

    world: World
    now: datetime
    state: Commitment | None = None
    events: tuple[Recorded, ...] = ()
    new: tuple[CommitmentFact, ...] = ()

    def during(self, world: World) -> Story:
        """The same story where the world is another from now on."""
        return replace(self, world=world)

    def context(
        self, office: str, *, at: datetime | None = None, person: str | None = None, on_behalf_of: str | None = None
    ) -> Context:
        """The context in which an office would act next."""
        now = at or self.now + timedelta(minutes=1)
        return self.world.following(self.state).context(office, person or holder_of(office), now, on_behalf_of)

    def when(
        self,
        office: str,
        command: CommitmentCommand,
        *,
        at: datetime | None = None,
        person: str | None = None,
        on_behalf_of: str | None = None,
    ) -> Tried:
        """An office gives a command."""
        context = self.context(office, at=at, person=person, on_behalf_of=on_behalf_of)
        try:
            facts = decide(self.state, command, context)
        except Refused as refused:
            moves = self.world.following(self.state).definition.moves
            codes_said(refused.blockers, by=context.by.authority, moves=moves, leads=self.world.leads)
            return Tried(self, None, refused.blockers)
        kept(command, facts, by=context.by.authority)
        return Tried(self, self.with_facts(facts, context), ())

    def does(self, act: Act) -> Story:
        """An office does what must be allowed."""
        return self.when(act.office, act.command, at=act.at, person=act.person).done

    def with_facts(self, facts: Iterable[CommitmentFact], context: Context) -> Story:
        """The story with more facts, recorded as the acts of the context's person."""
        state, events, by = self.state, list(self.events), context.by
        stated = tuple(facts)
        for fact in stated:
            number, valid = len(events) + 1, valid_at(fact) or context.now
            event = Recorded(
                fact,
                number,
                number,
                context.now,
                valid,
                by.office,
                by.person,
                by.on_behalf_of,
                operation=f"act {len(self.events) + 1}",
            )
            state = evolve(state, event)
            events.append(event)
        return Story(self.world, context.now, state, tuple(events), stated)

    @property
    def commitment(self) -> Commitment:
        """The state, which there is."""
        assert self.state is not None
        return self.state


@dataclass(frozen=True)
class Tried:
    """What came of a command: a longer story, or blockers."""

    before: Story
    after: Story | None
    blockers: tuple[Blocker, ...]

    @property
    def done(self) -> Story:
        """The longer story; the command must have been allowed."""
        assert self.after is not None, self.codes
        return self.after

    @property
    def codes(self) -> tuple[str, ...]:
        """The blockers' codes, in order."""
        return tuple(blocker.code for blocker in self.blockers)

    def passes(self) -> Story:
        """It is allowed."""
        return self.done

    def then(self, *kinds: type) -> Story:
        """Exactly facts of these types were stated, in this order."""
        assert tuple(type(fact) for fact in self.done.new) == kinds
        return self.done

    def refused(self, *codes: str) -> Tried:
        """It was refused for exactly these reasons, in this order."""
        assert self.after is None, "it was allowed"
        assert self.codes == codes
        return self

    def blocker(self, code: str) -> Blocker:
        """The blocker of that code."""
        return next(blocker for blocker in self.blockers if blocker.code == code)


def given(*acts: Act, world: World | None = None) -> Story:
    """The story of these acts in a world."""
    if world is None:
        return _told(acts)
    return _play(Story(world, DRAFT_DAY), acts)


def holder_of(office: str) -> str:
    """Who holds an office when nobody else was appointed."""
    return f"holder of {office}"


@lru_cache(maxsize=256)
def _told(acts: tuple[Act, ...]) -> Story:
    return _told(acts[:-1]).does(acts[-1]) if acts else Story(world(), DRAFT_DAY)


def _play(story: Story, acts: Iterable[Act]) -> Story:
    for act in acts:
        story = story.does(act)
    return story


def draft(**changed: object) -> DraftCommitment:
    """The command of a sound draft; `changed` replaces fields."""
    sound = DraftCommitment(
        commitment=K,
        reference="KALBAR-2022-6103-pikobar",
        programme=PROGRAMME,
        party=PARTY,
        subject=SUBJECT,
        fiscal_year=2022,
        replication_scope="full",
        agency=HEAD,
        pic=PIC,
        items=PLAN,
    )
    return replace(sound, **changed)  # type: ignore[arg-type]  # fields by name


def signature(**changed: object) -> SignCommitment:
    """The command of a sound signature; `changed` replaces fields."""
    sound = SignCommitment(sheet=SHEET, mode="in_person", place="Pontianak", signed_at=SIGNING)
    return replace(sound, **changed)  # type: ignore[arg-type]  # fields by name


def claimed(number: int, value: int, *, at: datetime | None = None, claim: int = 1) -> tuple[Act, ...]:
    """The PIC claims progress of an item, and the regency's coordinator verifies it."""
    return (
        Act(PIC, MakeClaim(number, Decimal(value), PHOTO), at),
        Act(REGION, VerifyClaim(f"{K}.c{claim}")),
    )


def amendment(*items: PlanItem, reason: str = "kondisi_wilayah") -> OpenRequest:
    """The command that asks for another plan."""
    return OpenRequest("amend", reason=reason, text="Menyesuaikan kondisi", evidence=PAPER, items=items)


def approvals(request: int, *offices: str) -> tuple[Act, ...]:
    """These offices approve a request, one after the other."""
    return tuple(Act(office, ApproveRequest(f"{K}.r{request}")) for office in offices)


DRAFTED = (Act(REGION, draft()),)
SIGN_ASKED = (*DRAFTED, Act(HEAD, OpenRequest("sign")))
SIGN_CHECKED = (*SIGN_ASKED, *approvals(1, REGION))
SIGNED = (*SIGN_CHECKED, Act(SECRETARY, signature(), SIGNING + timedelta(hours=1)))
START_ASKED = (*SIGNED, Act(HEAD, OpenRequest("start", evidence=PAPER), NEW_YEAR))
STARTED = (*START_ASKED, *approvals(2, REGION, SECRETARY))
VERIFIED = (
    *STARTED,
    *claimed(1, 100, at=SPRING, claim=1),
    *claimed(2, 120, claim=2),
    *claimed(3, 60, claim=3),
    *claimed(3, 40, claim=4),
)
COMPLETE_ASKED = (*VERIFIED, Act(HEAD, OpenRequest("complete", evidence=PAPERS), AUTUMN))
COMPLETED = (*COMPLETE_ASKED, *approvals(3, REGION, SECRETARY, COORDINATOR, PROVINCE))
