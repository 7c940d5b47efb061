"""One fact as a message to one office: who asks, whose promise, what changed and when, then the link to that place."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from datetime import date

from service.notifications import reminders
from service.notifications.message import Message
from service.notifications.texts import ACTIONS, ASKS, HEADLINES, LINES, ROLE_WHY, VERDICTS, WHYS
from service.sentences import Vocabulary, happening, item_named, matter, plan_changes, raised, sentence
from workflows import facts
from workflows.audience import AboutClaim, Told
from workflows.chains import chain_of
from workflows.commitment import Commitment, Recorded, Request
from workflows.definition import Definition
from workflows.facts import NAMES, CommitmentFact, ProgrammeOpened
from workflows.offices import Directory

WIDTH = 76
LABEL_WIDTH = 17
AboutMatter = facts.MatterRaised | facts.MatterAnswered | facts.MatterReturned | facts.MatterClosed


def render(
    told: Told,
    recorded: Recorded,
    commitment: Commitment,
    programme: ProgrammeOpened,
    directory: Directory,
    definition: Definition,
    *,
    language: str,
    base_url: str,
    versions: Mapping[int, Definition] | None = None,
    is_demo: bool = False,
    capacity: str = "definitive",
) -> Message:
    """Write the message of one fact for one office, in the reader's language and to the office, never to a name.

    commitment  its state right after the fact
    versions    of its workflow, where there are others than `definition`
    capacity    in which the actor held the office
    """
    words = Vocabulary(language, directory, programme, definition, versions or {})
    writer = _Writer(told, recorded, commitment, words, capacity)
    path = f"/commitments/{commitment.id}#{writer.anchor}"
    body = writer.body(f"{base_url}{path}", is_sample=programme.sample, is_demo=is_demo)
    mark = words.said(LINES["sample mark"]) if programme.sample else ""
    return Message(f"{writer.headline}{mark}", body, path)


class _Writer:
    """Everything that one message is made from."""

    def __init__(
        self, told: Told, recorded: Recorded, commitment: Commitment, words: Vocabulary, capacity: str
    ) -> None:
        self._told = told
        self._recorded = recorded
        self._commitment = commitment
        self._words = words
        self._capacity = capacity
        self._fact: CommitmentFact = recorded.fact
        self._request = _request_of(self._fact, commitment)

    @property
    def headline(self) -> str:
        """The subject line without its mark."""
        name = NAMES[type(self._fact)]
        mine = self._told.action and name in ACTIONS
        begin = self._words.said((ACTIONS if mine else HEADLINES)[name]).format_map(self._headline_places())
        if self._told.why == "settled":
            begin = self._line("settled headline", it=begin[:1].lower() + begin[1:])
        drafted = self._commitment.drafted
        return f"{begin}, {self._words.subject(drafted.subject)}, {self._words.organisation(drafted.party)}"

    @property
    def anchor(self) -> str:
        """The place on the commitment's page: its request, claim, matter, plan item, or the event in its story."""
        fact = self._fact
        if isinstance(fact, AboutClaim):
            return f"c{fact.claim.rpartition('.c')[2]}"
        if isinstance(fact, facts.EscalationRaised) and "/" not in fact.obligation:
            return _place_of(fact.obligation)
        if isinstance(fact, AboutMatter):
            return fact.matter.rpartition(".")[2]
        if isinstance(fact, facts.ReportSubmitted | facts.ReportDueMoved):
            return f"report-{fact.period}"
        if self._request is not None:
            return f"r{self._request.opened.number}"
        return f"v{self._recorded.version}"

    def body(self, link: str, *, is_sample: bool, is_demo: bool) -> str:
        """The whole text."""
        told = sentence(happening(self._recorded, self._capacity), self._words, commitment=self._commitment)
        greeting = self._line("greeting", office=self._words.office(self._told.office))
        parts = [greeting, told, *self._asked(), "\n".join(self._table())]
        call = self._line("open to act" if self._told.action else "open")
        footer = "\n".join(_wrapped(line) for line in self._footer(is_sample=is_sample, is_demo=is_demo))
        # A link is never wrapped, and "-- " before the footer lets mail programs fold it (RFC 3676, 4.3).
        return "\n\n".join([*(_wrapped(part) for part in parts if part), f"{call}\n{link}", f"-- \n{footer}"]) + "\n"

    def _asked(self) -> Iterator[str]:
        """What the reader should do, and what happens next."""
        fact = self._fact
        if self._told.why == "settled":
            yield self._line("settled")
        elif isinstance(fact, facts.EscalationRaised):
            yield from reminders.paragraphs(fact, self._recorded, self._commitment, self._words, told=self._told)
        elif self._told.action and (ask := ASKS.get(NAMES[type(fact)])) is not None:
            due = self._due_on()
            day = "" if due is None else self._words.weekday(due)
            yield self._words.said(ask).format(due=day, verdicts=self._verdicts())

    def _verdicts(self) -> str:
        """The verdicts that the step leaves open."""
        fact, words, request = self._fact, self._words, self._request
        if not isinstance(fact, facts.StepReached) or request is None or words.definition is None:
            return ""
        step = chain_of(words.definition.moves[request.opened.move], request.extras).named[fact.step]
        may = [words.said(label) for verdict, label in VERDICTS.items() if verdict in step.verdicts]
        return words.listed(may)

    def _table(self) -> Iterator[str]:
        words, drafted = self._words, self._commitment.drafted
        assert words.definition is not None, "a commitment is told with its definition"
        yield self._row(*self._who())
        yield self._row(words.said(words.definition.party), words.organisation(drafted.party))
        yield self._row(words.said(words.definition.subject), words.subject(drafted.subject))
        yield self._row(self._line("reference"), drafted.reference)
        yield from self._changes()
        yield self._row(self._line("date"), words.moment(self._recorded.recorded_at))
        due = self._due_on()
        if due is not None:
            yield self._row(self._line("due"), words.weekday(due))

    def _who(self) -> tuple[str, str]:
        fact, words = self._fact, self._words
        if isinstance(fact, AboutClaim):
            return self._line("claimed by"), words.office(self._commitment.claims[fact.claim].made.office)
        if self._request is not None:
            return self._line("asked by"), words.office(self._request.opened.asked_by)
        if isinstance(fact, facts.EscalationRaised):
            return self._line("in charge"), words.office(fact.office)
        recorded = self._recorded
        return self._line("by"), words.actor(recorded.office, self._capacity, recorded.on_behalf_of)

    def _changes(self) -> Iterator[str]:
        words, request = self._words, self._request
        if request is None:
            return
        opened = request.opened
        change = f"{words.state(opened.from_state)} → {words.state(opened.to_state)}"
        yield self._row(self._line("change"), f"{words.move(opened.move)}: {change}")
        if opened.items is not None:
            yield self._row(self._line("plan"), plan_changes(self._plan_before(request), opened.items, words))
        if opened.reason is not None:
            yield self._row(self._line("reason"), words.reason_of_move(opened.move, opened.reason))
        if opened.text:
            yield self._row(self._line("note"), " ".join(opened.text.split()))

    def _plan_before(self, request: Request) -> tuple[facts.PlanItem, ...]:
        """The plan that the request would replace, also after it did."""
        commitment = self._commitment
        amended = isinstance(self._fact, facts.PlanAmended | facts.StateChanged) and len(commitment.revisions) > 1
        if amended and commitment.items == request.opened.items:
            return commitment.revisions[-2]
        return commitment.items

    def _due_on(self) -> date | None:
        fact = self._fact
        if isinstance(fact, facts.StepReached | facts.MatterAddressed | facts.MatterReturned):
            return fact.obligation.due_on
        if isinstance(fact, facts.OpinionInvited):
            return fact.due_on
        if isinstance(fact, facts.EscalationRaised):
            return self._commitment.owed[fact.obligation].obligation.due_on
        if isinstance(fact, facts.ReportDueMoved):
            return fact.obligation.due_on
        return None

    def _headline_places(self) -> dict[str, str]:
        fact, words = self._fact, self._words
        due = self._due_on()
        move = "" if self._request is None else words.move(self._request.opened.move)
        about = move
        if isinstance(fact, AboutClaim):
            about = item_named(fact.item, words, None)
        elif isinstance(fact, AboutMatter):
            about = raised(fact.matter, words)
        elif isinstance(fact, facts.EscalationRaised) and "/" not in fact.obligation:
            about = matter(fact.obligation, words, None)
        elif isinstance(fact, facts.ReportSubmitted | facts.ReportDueMoved | facts.ClaimsSampled):
            about = matter(f"report-{fact.period}", words, None)
        to_state = words.state(fact.to_state) if isinstance(fact, facts.StateChanged) else ""
        return {
            "move": move,
            "matter": about,
            "to_state": to_state,
            "due_day": "" if due is None else words.day(due),
        }

    def _footer(self, *, is_sample: bool, is_demo: bool) -> Iterator[str]:
        words = self._words
        yield self._line("why", why=self._why())
        yield self._line("no reply")
        assert words.programme is not None, "a commitment is told with its programme"
        yield words.programme.name
        if is_sample:
            yield self._line("sample")
        if is_demo:
            yield self._line("demo")

    def _why(self) -> str:
        words, why, giver = self._words, self._told.why, self._told.for_office
        if giver is not None:
            return self._line("why delegate", giver=words.office(giver))
        if why in WHYS:
            return words.said(WHYS[why])
        role, party = words.role(why), words.organisation(self._commitment.drafted.party)
        return words.said(ROLE_WHY).format(role=role, party=party)

    def _row(self, label: str, value: str) -> str:
        begin = f"{label:<{LABEL_WIDTH}}: "
        return textwrap.fill(begin + value, WIDTH, subsequent_indent=" " * len(begin), break_on_hyphens=False)

    def _line(self, name: str, **places: str) -> str:
        return self._words.said(LINES[name]).format_map(places)


def _request_of(fact: CommitmentFact, commitment: Commitment) -> Request | None:
    name = getattr(fact, "request", None)
    if isinstance(fact, facts.EscalationRaised):
        number, slash, _ = fact.obligation.partition("/")
        name = f"{commitment.id}.{number}" if slash else None
    return commitment.requests.get(name) if isinstance(name, str) else None


def _place_of(obligation: str) -> str:
    """Where on the page it is: "item-3", "f1" for "finding-1", and the claim "c2" for "verification-2"."""
    kind, _, number = obligation.partition("-")
    if kind in ("check", "verification"):
        return f"c{number}"
    return obligation if kind == "item" else f"{kind[0]}{number}"


def _wrapped(text: str) -> str:
    """At most WIDTH wide where spaces allow it; lines that stand apart stay apart."""
    lines = text.splitlines()
    if len(lines) > 1:
        return text
    return textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)
