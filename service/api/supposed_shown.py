"""What would happen, as answers show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from service.api.refusals import in_both, shown_blocker
from service.api.shown import Shown, shown_step
from service.basis import Basis
from service.reading import definition_of
from service.sentences import Vocabulary, happening, sentence
from service.what_if import Imagined, LeftOut, Step
from workflows.audience import Told
from workflows.commitment import Commitment, Owed, Recorded
from workflows.definition import Definition, Label
from workflows.facts import NAMES
from workflows.field_sight import commitment_seen, fact_seen
from workflows.supposing import Happened, Supposed

NOTE = Label(
    "Pengandaian: tidak ada yang dicatat. Empat mata diperiksa seolah-olah pemegang jabatan itu yang bertindak.",
    "A supposition: nothing was recorded. Four eyes was checked as if the holders of these offices acted.",
)


def shown_answer(basis: Basis, imagined: Imagined, steps: Sequence[Step], *, role: str | None) -> Shown:
    """The whole answer. role: of whoever asks, who learns nothing of an own field that others alone see"""
    return {
        "written": False,
        "note": NOTE,
        "now": imagined.now,
        "steps": [_step(basis, imagined, step, role) for step in steps],
        "commitments": [
            {
                "commitment": real.id,
                "reference": real.drafted.reference,
                "etag": imagined.etag(real.id),
                "state": definition_of(basis, real).states[real.state],
                "would_be": definition_of(basis, real).states[after.state],
            }
            for real, after in imagined.touched()
        ],
    }


def _step(basis: Basis, imagined: Imagined, step: Step, role: str | None) -> Shown:
    return {
        "number": step.number,
        "office": step.office,
        "refused": step.is_refused,
        "effects": [_effect(basis, one, role) for one in step.done],
        "left_out": [_left_out(basis, imagined, one) for one in step.left_out],
    }


def _left_out(basis: Basis, imagined: Imagined, one: LeftOut) -> Shown:
    state = imagined.state(one.commitment)
    words, reference = _words(basis, state), state.drafted.reference
    blockers = [shown_blocker(blocker, words, reference=reference) for blocker in one.blockers]
    return {"commitment": one.commitment, "blockers": blockers}


def _effect(basis: Basis, supposed: Supposed, role: str | None) -> Shown:
    definition, words = definition_of(basis, supposed.after), _words(basis, supposed.after)
    after = commitment_seen(supposed.after, definition.fields, role)
    happened = [replace(one, event=_seen(one.event, definition, role)) for one in supposed.facts]
    request = after.open_request
    move = None if request is None else definition.moves.get(request.opened.move)
    return {
        "commitment": after.id,
        "state": definition.states[after.state],
        "waits_for": [] if request is None else [shown_step(one, move, request.extras) for one in request.reached],
        "request": None if request is None else request.opened.request,
        "facts": [_fact(one, after, words) for one in happened],
        "owed": [_owed(one, words) for one in supposed.owed],
        "ended": [
            {"obligation": one.obligation.obligation, "office": one.obligation.office, "status": one.status}
            for one in supposed.ended
        ],
    }


def _seen(event: Recorded, definition: Definition, role: str | None) -> Recorded:
    return replace(event, fact=fact_seen(event.fact, definition.fields, role))


def _fact(one: Happened, after: Commitment, words: Vocabulary) -> Shown:
    event = one.event
    return {
        "fact": NAMES[type(event.fact)],
        "sentence": in_both(words, lambda each: sentence(happening(event), each, commitment=after)),
        "valid_at": event.valid_at,
        "told": [_told(told, words) for told in one.told],
    }


def _told(told: Told, words: Vocabulary) -> Shown:
    return {
        "office": told.office,
        "name": words.office(told.office),
        "urgency": told.urgency,
        "why": told.why,
        "action": told.action,
    }


def _owed(owed: Owed, words: Vocabulary) -> Shown:
    one = owed.obligation
    return {
        "obligation": one.obligation,
        "kind": one.kind,
        "office": one.office,
        "name": words.office(one.office),
        "due_on": one.due_on,
        "due_at": one.due_at,
        "ladder": one.ladder,
        "levels": one.levels,
    }


def _words(basis: Basis, state: Commitment) -> Vocabulary:
    """Of both languages one: each sentence is said in both anyhow."""
    programme = basis.programmes[state.drafted.programme]
    return Vocabulary("id", basis.directory, programme, definition_of(basis, state))
