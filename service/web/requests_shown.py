"""A request as pages show it: what is asked, how far it has come, and which verdict the visitor may give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from service import formats
from service.sentences import Vocabulary, correction, item_named, plan_changes
from service.sentences.plan_tables import ChangeRow, change_rows
from service.sentences.void_texts import lost_ground
from service.web.blocking import BlockerShown, shown_blockers
from service.web.dues import Due, due_owed
from service.web.foreseen import Foreseen, foreseen
from service.web.opinions_shown import OpinionShown, entered_for, opinions_shown
from service.web.own_fields import OwnShown, own_shown
from service.web.visit import Visit
from workflows.approvals import Deciding
from workflows.blockers import Possible
from workflows.chains import chain_of
from workflows.commitment import Commitment, Request
from workflows.definition import Label, Reason, Step
from workflows.facts import Evidence, Extension, RequestOpened, RequestVoided, StepReached, Terms
from workflows.guards import stands

VERDICTS = ("approve", "return", "reject")


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a list; needs: how long a text it wants with it."""

    value: str
    label: str
    needs: int = 0


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step of a chain. status: passed | waiting | coming; office and when where they are known

    quorum  how many must approve and who has decided, where several offices share the step
    """

    label: str
    status: str
    office: str
    when: str
    quorum: str = ""


@dataclass(frozen=True, slots=True)
class WaitingShown:
    """An office whose verdict is awaited at a step, and until when. mine: it is the visitor's"""

    step: str
    office: str
    due: Due | None
    mine: bool


@dataclass(frozen=True, slots=True)
class VerdictShown:
    """What the visitor may say to a request.

    may     the verdicts that nothing stands in the way of; signs: approving is signing the party's sheet
    sheet   where it is signed; foreseen: what approving would do, where nothing stands in its way
    blocked by verdict, why the others can't be given
    """

    request: str
    may: frozenset[str]
    signs: bool
    sheet: str
    blocked: Mapping[str, tuple[BlockerShown, ...]]
    return_reasons: tuple[Option, ...]
    reject_reasons: tuple[Option, ...]
    foreseen: Foreseen | None

    @property
    def why_not(self) -> tuple[BlockerShown, ...]:
        """Why no verdict can be given at all; empty if one can."""
        if self.may:
            return ()
        return tuple(dict.fromkeys(one for found in self.blocked.values() for one in found))


@dataclass(frozen=True, slots=True)
class RequestShown:
    """A request.

    changes   what a new plan changes, in words; plan: the same as rows; revisions: of the old and the new one
    terms: what else is asked for, each named
    forwards  who prepares a verdict, what for, and what that said
    """

    id: str
    number: int
    status: str
    is_open: bool
    move: str
    from_state: str
    to_state: str
    asker: str
    opened: str
    reason: str
    text: str
    evidence: tuple[Evidence, ...]
    own: tuple[OwnShown, ...]
    changes: str
    plan: tuple[ChangeRow, ...]
    revisions: tuple[int, int] | None
    terms: tuple[tuple[str, str], ...]
    steps: tuple[StepShown, ...]
    heard: tuple[OpinionShown, ...]
    forwards: tuple[tuple[str, str, tuple[str, ...]], ...]
    waits: tuple[WaitingShown, ...]
    closing: str
    again: str
    enters_for: str


def request_shown(visit: Visit, state: Commitment, request: Request) -> RequestShown:
    """A request with how far it has come."""
    words, opened = visit.words(state).at(request.definition_version), request.opened
    return RequestShown(
        id=opened.request,
        number=opened.number,
        status=request.status,
        is_open=request.is_open,
        move=words.move(opened.move),
        from_state=words.state(opened.from_state),
        to_state=words.state(opened.to_state),
        asker=words.office(opened.asked_by),
        opened=words.moment(request.opened_at),
        reason=words.reason_of_move(opened.move, opened.reason) if opened.reason else "",
        text=opened.text,
        evidence=opened.evidence,
        terms=_terms(visit, state, opened.terms, words),
        own=_own(visit, state, request, words),
        changes=_changes(request, words, visit.role),
        plan=_plan(request, words, visit.role),
        revisions=_revisions(opened),
        steps=_steps(visit, state, request, words),
        heard=opinions_shown(visit, request, words),
        enters_for=entered_for(visit, request),
        forwards=tuple(
            (words.office(one.forwarded.office), one.forwarded.instruction, tuple(note.text for note in one.notes))
            for one in request.forwards
        ),
        waits=tuple(_waiting(visit, words, opened.move, reached, state) for reached in request.reached),
        closing=_closing(request, words),
        again=_again(visit, state, request),
    )


def _waiting(visit: Visit, words: Vocabulary, move: str, reached: StepReached, state: Commitment) -> WaitingShown:
    due = due_owed(visit, state, reached.obligation)
    mine = reached.office == visit.office
    return WaitingShown(words.step(move, reached.step), words.office(reached.office), due, mine)


def verdict_shown(visit: Visit, state: Commitment, request: Request, possible: Iterable[Possible]) -> VerdictShown:
    """Which verdicts the visitor may give on an open request, and why not the others.

    possible  what `overview` found for the commitment
    """
    words = visit.words(state)
    found = {one.act: one for one in possible if one.on == request.opened.request}
    signs = "sign" in found
    acts = {verdict: found["sign" if signs and verdict == "approve" else verdict] for verdict in VERDICTS}
    reasons = {} if words.definition is None else words.definition.reasons
    return VerdictShown(
        request=request.opened.request,
        may=frozenset(verdict for verdict, one in acts.items() if one.may),
        signs=signs,
        sheet=f"{state.drafted.programme}:{state.drafted.party}",
        blocked={verdict: shown_blockers(one.blockers, words) for verdict, one in acts.items() if not one.may},
        return_reasons=reason_options(reasons.get("return", {}), words),
        reject_reasons=reason_options(reasons.get("reject", {}), words),
        foreseen=foreseen(visit, state, request, acts["approve"]),
    )


def reason_options(reasons: Mapping[str, Reason], words: Vocabulary) -> tuple[Option, ...]:
    """A catalogue of reasons as choices."""
    return tuple(Option(code, words.said(reason), reason.text_chars) for code, reason in reasons.items())


def _own(visit: Visit, state: Commitment, request: Request, words: Vocabulary) -> tuple[OwnShown, ...]:
    fields = visit.context(state).definition.fields.of_request(request.opened.move)
    return own_shown(fields, request.opened.fields, words, visit.role)


def _changes(request: Request, words: Vocabulary, role: str | None) -> str:
    """The new plan against the one that was in force when it was asked for."""
    items = request.opened.items
    return "" if items is None else plan_changes(request.replaces, items, words, role=role)


def _plan(request: Request, words: Vocabulary, role: str | None) -> tuple[ChangeRow, ...]:
    items = request.opened.items
    return () if items is None else change_rows(request.replaces, items, words, role=role)


def _revisions(opened: RequestOpened) -> tuple[int, int] | None:
    based_on = opened.based_on_revision
    return None if based_on is None else (based_on, based_on + 1)


def _terms(visit: Visit, state: Commitment, terms: Terms | None, words: Vocabulary) -> tuple[tuple[str, str], ...]:
    """What is asked for beside a plan, each with its name: old and new where something is to be another."""
    asked = terms or Terms()
    until = [] if asked.until is None else [(visit.say("Sampai dengan", "Until"), words.weekday(asked.until))]
    extended = [(item_named(one.item, words, state), _later(one, words)) for one in asked.extensions]
    corrected = [(visit.say("Pembetulan", "Correction"), correction(one, words, state)) for one in asked.corrections]
    return (*until, *extended, *corrected)


def _later(one: Extension, words: Vocabulary) -> str:
    was = "" if one.was is None else f"{words.day(one.was)} → "
    return f"{was}{words.day(one.ends_on)}"


def _steps(visit: Visit, state: Commitment, request: Request, words: Vocabulary) -> tuple[StepShown, ...]:
    move = None if words.definition is None else words.definition.moves.get(request.opened.move)
    return () if move is None else tuple(_walk(visit, state, request, chain_of(move, request.extras).steps))


def _walk(visit: Visit, state: Commitment, request: Request, steps: Iterable[Step]) -> Iterable[StepShown]:
    words = visit.words(state).at(request.definition_version)
    # What is over may have gone by a move that the version in force doesn't have.
    case = Deciding(state, request, visit.context(state), "approve").moving if request.is_open else None
    for step in steps:
        label = words.said(step.label)
        waiting = [reached for reached in request.reached if reached.step == step.name]
        quorum = _quorum(request, step.name, visit, words)
        if step.name in request.passed:
            acts = [act for act in request.acts if act.step == step.name and act.kind == "approved"]
            offices = words.listed(words.office(act.office) for act in acts)
            yield StepShown(label, "passed", offices, words.moment(acts[-1].at), quorum)
        elif waiting:
            offices = words.listed(words.office(reached.office) for reached in waiting)
            due = formats.weekday(max(reached.obligation.due_on for reached in waiting), words.language)
            yield StepShown(label, "waiting", offices, due, quorum)
        elif case is not None and stands(step.when, case):
            yield StepShown(label, "coming", words.listed(words.role(role) for role in step.roles), "", quorum)


def _quorum(request: Request, step: str, visit: Visit, words: Vocabulary) -> str:
    shared = next((one for one in request.opened.quorums if one.step == step), None)
    if shared is None:
        return ""
    told = visit.say(
        "{needed} dari {members} jabatan harus menyetujui",
        "{needed} of {members} offices must approve",
        needed=shared.needed,
        members=len(shared.members),
    )
    decided = [act for act in request.acts if act.step == step]
    verbs = {"approved": visit.say("menyetujui", "approved"), "rejected": visit.say("menolak", "rejected")}
    said = (f"{words.office(act.office)} {verbs[act.kind]}" for act in decided)
    return "; ".join((told, *said))


def _again(visit: Visit, state: Commitment, request: Request) -> str:
    """Where the asker asks for the same once more; empty where that can't be."""
    opened = request.opened
    over = request.status in ("void", "returned") and state.open_request is None
    if not over or opened.asked_by != visit.office or state.state != request.from_state:
        return ""
    return f"/commitments/{state.id}/moves/{opened.move}?again={opened.request}"


def _closing(request: Request, words: Vocabulary) -> str:
    """Why it ended without taking effect: the reason that was chosen and the text beside it."""
    closing = request.closing
    if closing is None:
        return ""
    if isinstance(closing, RequestVoided):
        return words.said(Label("Tidak terpenuhi lagi", "No longer holds")) + f": {lost_ground(closing.lost, words)}"
    reason = getattr(closing, "reason", None)
    catalogue = "return" if request.status == "returned" else "reject"
    named = words.reason(catalogue, reason) if reason else ""
    return ": ".join(part for part in (named, closing.text) if part)
