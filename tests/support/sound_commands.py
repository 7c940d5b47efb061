"""Sound commands of every class, each meant for a story as it stands: so that random offices come far in any workflow.

Sound is what a command says; whether anybody may give it now, the rules answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from tests.support.any_workflow import LONG, PARTY, Stage
from tests.support.world import NEW_YEAR, OPENED, PAPER, PHOTO, SUBJECT, K, Story
from workflows import commands as said
from workflows.commands import CommitmentCommand
from workflows.context import CLOCK
from workflows.facts import Evidence, Nihil
from workflows.periods import Period, periods_of

SHEET = f"{OPENED.programme}:{PARTY}"
REFERENCE = "REF-1"
DAY = timedelta(days=1)
CLOSING = datetime(2023, 3, 1, 2, tzinfo=UTC)
FURTHER = (Evidence("f" * 64, "susulan.pdf", "application/pdf", 900),)


@dataclass(frozen=True)
class Attempt:
    """What somebody may try. office: None for whoever may; at: None for a minute after the last act"""

    command: CommitmentCommand
    office: str | None = None
    at: datetime | None = None


def attempts(kind: type, one: Stage, story: Story) -> tuple[Attempt, ...]:
    """Sound commands of that class for the story as it stands; none where there is nothing that they could be about."""
    found = SOUND[kind](one, story)
    return tuple(each if isinstance(each, Attempt) else Attempt(each) for each in found)


Sound = Callable[[Stage, Story], Iterable[CommitmentCommand | Attempt]]


def _requests(story: Story) -> tuple[str, ...]:
    """The open request, else the last."""
    state = story.state
    if state is None or not state.requests:
        return ()
    open_one = state.open_request
    return (next(reversed(tuple(state.requests))) if open_one is None else open_one.opened.request,)


def _claims(story: Story, *statuses: str) -> tuple[str, ...]:
    state = story.state
    return () if state is None else tuple(name for name, one in state.claims.items() if one.status in statuses)


def _payments(story: Story) -> tuple[str, ...]:
    return () if story.state is None else tuple(story.state.ledger.payments)


def _matters(story: Story) -> tuple[str, ...]:
    return () if story.state is None else tuple(story.state.matters)


def _reasons(one: Stage, catalogue: str) -> tuple[str, ...]:
    return tuple(one.definition.reasons.get(catalogue, {}))[:1]


def _next_year(story: Story) -> datetime | None:
    return NEW_YEAR if story.now < NEW_YEAR else None


def _asked(one: Stage, story: Story) -> Iterable[Attempt]:
    """Every move, at once, in the new year and once the year is over."""
    for move in one.definition.moves.values():
        moments = (CLOSING,) if move.after_year_days else (story.now, NEW_YEAR)
        for moment in moments:
            until = max(story.now, moment).date() + 10 * DAY
            yield Attempt(one.asking(move, until), at=moment if moment > story.now else None)


def _claim(one: Stage, story: Story, item: int, value: Decimal) -> said.MakeClaim:
    fields = one.filled(one.definition.fields.claim.values())
    return said.MakeClaim(item, value, PHOTO, fields=fields, reason="Dihitung ulang")


def _claimed(one: Stage, story: Story) -> Iterable[Attempt]:
    for item in () if story.state is None else story.state.items:
        for value in (item.target, item.target / 4):
            yield Attempt(_claim(one, story, item.number, value), at=_next_year(story))


def _periods(one: Stage) -> tuple[Period, ...]:
    scheme = one.definition.periods
    return () if scheme is None else periods_of(scheme, OPENED.fiscal_year)


def _reported(one: Stage, story: Story) -> Iterable[Attempt]:
    state = story.state
    if state is None:
        return
    for period in _periods(one):
        ends_at = datetime.combine(period.ends_on, time(2), tzinfo=UTC)
        for number, item in enumerate(state.items):
            claims = (_claim(one, story, item.number, item.target / 2),)
            others = tuple(Nihil(each.number, "Banjir") for each in state.items[:number])
            command = said.SubmitReport(period.code, claims, others, nihil_rest="Belum dimulai")
            yield Attempt(command, at=max(ends_at, story.now + DAY))


def _raised_late(one: Stage, story: Story) -> Iterable[Attempt]:
    """The next level of what is owed, at its moment or in the next telling hours."""
    state = story.state
    for name, owed in {} if state is None else state.owed.items():
        taken = len(owed.raised)
        for level in owed.obligation.levels[taken : taken + 1]:
            command = said.Escalate(name, owed.obligation.round, owed.obligation.ladder_version, level.level)
            spaced = max(level.at, story.now + 30 * DAY if taken else level.at, story.now)
            morning = datetime.combine(spaced.date() + DAY, time(2), tzinfo=UTC)
            for ahead in range(5):
                yield Attempt(command, CLOCK, morning + ahead * DAY)


def _history(one: Stage, story: Story) -> Iterable[CommitmentCommand]:
    states = tuple(one.definition.states)
    past = tuple(
        said.PastState(state, datetime(2021, 11, 2 + number, 2, tzinfo=UTC)) for number, state in enumerate(states[:2])
    )
    state = story.state
    if state is not None:
        past = (said.PastState(state.state, story.now),)
    drafted = one.draft if state is None else state.drafted
    yield said.ImportHistory(
        K,
        REFERENCE,
        OPENED.programme,
        PARTY,
        SUBJECT,
        "Riwayat",
        past,
        "riwayat.csv",
        "a" * 64,
        correction="Tercatat di tempat lain",
        agency=drafted.agency,
        pic=drafted.pic,
    )


def _edited(one: Stage, story: Story) -> Iterable[CommitmentCommand]:
    other = tuple(replace(item, activity=f"{item.activity} lagi") for item in one.plan)
    yield said.EditDraft(items=other)
    yield said.EditDraft(items=one.plan, pic=one.own("prepare_report"))


def _of_request(*made: Callable[[Stage, str, str], CommitmentCommand]) -> Sound:
    def found(one: Stage, story: Story) -> Iterable[CommitmentCommand]:
        offices = (one.offices[0], one.offices[len(one.definition.roles) - 1])
        return (make(one, request, office) for request in _requests(story) for office in offices for make in made)

    return found


def _with_reason(catalogue: str, command: Callable[[str, str, str], CommitmentCommand], of: str) -> Sound:
    def found(one: Stage, story: Story) -> Iterable[CommitmentCommand]:
        about = {"request": _requests, "payment": _payments}
        names = about[of](story) if of in about else _claims(story, of, *(("checked",) if of == "claimed" else ()))
        return (command(name, reason, LONG) for name in names for reason in _reasons(one, catalogue))

    return found


def _each(names: Callable[[Story], Iterable[str]], command: Callable[[str], CommitmentCommand]) -> Sound:
    return lambda one, story: (command(name) for name in names(story))


def _addressed(one: Stage, story: Story) -> tuple[str, ...]:
    return () if story.state is None else (story.state.agency, *one.offices)


def _due(story: Story) -> date:
    return story.now.date() + 14 * DAY


def _opinions(one: Stage, story: Story) -> Iterable[CommitmentCommand]:
    for request in _requests(story):
        yield said.GiveOpinion(request, LONG)
        yield said.GiveOpinion(request, LONG, letter="800/1", letter_on=story.now.date() - DAY, evidence=PAPER)


def _obstacles(one: Stage, story: Story) -> Iterable[CommitmentCommand]:
    return (said.ReportObstacle(code, LONG) for code in _reasons(one, "obstacle"))


def _money(one: Stage, story: Story) -> Iterable[CommitmentCommand]:
    yield said.EstablishMoney(1_000_000, "2021-11-01 800/1", LONG)


def _migrations(one: Stage, story: Story) -> Iterable[CommitmentCommand]:
    return (said.MigrateDefinition(name) for name in one.world.migrations)


SOUND: Mapping[type, Sound] = {
    said.DraftCommitment: lambda one, story: (one.draft,) if story.state is None else (),
    said.ImportHistory: _history,
    said.EditDraft: _edited,
    said.GiveExternalId: lambda one, story: (said.GiveExternalId("sistem", f"X-{len(story.events)}"),),
    said.OpenRequest: _asked,
    said.ApproveRequest: _each(_requests, said.ApproveRequest),
    said.ReturnRequest: _with_reason("return", said.ReturnRequest, "request"),
    said.RejectRequest: _with_reason("reject", said.RejectRequest, "request"),
    said.AddApprover: _of_request(
        lambda one, request, office: said.AddApprover(request, office, "after", LONG),
        lambda one, request, office: said.AddApprover(request, office, "before", LONG),
    ),
    said.ForwardRequest: _of_request(lambda one, request, office: said.ForwardRequest(request, office, LONG)),
    said.NotePreparation: _each(_requests, lambda name: said.NotePreparation(name, LONG)),
    said.RetractDecision: _each(
        lambda story: () if story.state is None else story.state.requests, lambda name: said.RetractDecision(name, LONG)
    ),
    said.WithdrawRequest: _each(_requests, said.WithdrawRequest),
    said.GiveOpinion: _opinions,
    said.SignCommitment: lambda one, story: (said.SignCommitment(SHEET, "in_person", "Pontianak", story.now),),
    said.WitnessCommitment: lambda one, story: (said.WitnessCommitment(SHEET, "in_person", "Pontianak", story.now),),
    said.MakeClaim: _claimed,
    said.AttachEvidence: lambda one, story: (
        said.AttachEvidence(name, FURTHER) for name in _claims(story, "claimed", "checked")
    ),
    said.CheckClaim: lambda one, story: (said.CheckClaim(name) for name in _claims(story, "claimed")),
    said.FollowSample: lambda one, story: (said.FollowSample(sample.period) for sample in one.world.samples),
    said.VerifyClaim: lambda one, story: (said.VerifyClaim(name) for name in _claims(story, "claimed", "checked")),
    said.ReturnClaim: _with_reason("return", said.ReturnClaim, "claimed"),
    said.RevokeVerification: _with_reason("revoke", said.RevokeVerification, "verified"),
    said.SubmitReport: _reported,
    said.FollowPeriod: lambda one, story: (said.FollowPeriod(period.code) for period in _periods(one)),
    said.RecordFinding: lambda one, story: (
        said.RecordFinding(office, _due(story), LONG, PAPER) for office in _addressed(one, story)
    ),
    said.GiveDirection: lambda one, story: (
        said.GiveDirection(office, _due(story), LONG) for office in _addressed(one, story)
    ),
    said.ReportObstacle: _obstacles,
    said.RequestHelp: lambda one, story: (said.RequestHelp(LONG),),
    said.AnswerMatter: _each(_matters, lambda name: said.AnswerMatter(name, LONG, PAPER)),
    said.ReturnMatter: _each(_matters, lambda name: said.ReturnMatter(name, LONG)),
    said.CloseMatter: _each(_matters, lambda name: said.CloseMatter(name, LONG)),
    said.NoteVisit: lambda one, story: (said.NoteVisit(story.now.date(), "Pontianak", LONG),),
    said.MakeNote: lambda one, story: (said.MakeNote(LONG),),
    said.ReceiveDocument: lambda one, story: (said.ReceiveDocument("800/1", story.now, PAPER),),
    said.EstablishMoney: _money,
    said.RecordPayment: lambda one, story: (said.RecordPayment(1_000, story.now.date(), PAPER),),
    said.ProvePayment: _each(_payments, said.ProvePayment),
    said.ReturnPayment: _with_reason("return", said.ReturnPayment, "payment"),
    said.Escalate: _raised_late,
    said.MigrateDefinition: _migrations,
}
"""By class: sound commands for a story."""
