"""Carrying out a form: what came of it, or the same form again with what is wrong, and nothing that was typed lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Response, request

from events.envelope import parse_etag
from events.errors import LogError
from service.catalog import commitment_stream, recorded
from service.dispatch import Outcome
from service.errors import ServiceError
from service.evidence import EvidenceRefused
from service.problems import Problem, ProblemError, problem_of
from service.sentences import Vocabulary, told
from service.web.blocking import BlockerShown, shown_blockers
from service.web.forms import FieldWrong, key_of, place_here
from service.web.own_fields import inputs_of
from service.web.rendering import go
from service.web.saved import PARAMETER
from service.web.visit import Visit
from workflows.commands import CommitmentCommand
from workflows.commitment import Commitment
from workflows.errors import Blocker, Refused

MOST_CHANGES = 10
_MENDABLE = frozenset({403, 409, 412, 413, 415, 422})
_FIELDS: Mapping[str, str] = {
    "reason_missing": "reason",
    "reason_unknown": "reason",
    "reason_text_short": "text",
    "text_missing": "text",
    "evidence_missing": "evidence",
    "evidence_invalid": "evidence",
    "evidence_empty": "evidence",
    "evidence_too_large": "evidence",
    "evidence_type_refused": "evidence",
    "value_not_positive": "value",
    "until_missing": "until",
    "extensions_missing": "extensions",
    "extension_not_later": "extensions",
    "extension_after_year": "extensions",
    "extension_too_long": "extensions",
    "extended_too_often": "extensions",
    "corrections_missing": "corrections",
    "correction_unknown": "corrections",
    "correction_empty": "corrections",
    "correction_of_figures": "corrections",
    "hold_ends_past": "until",
    "hold_too_long": "until",
    "value_falls": "reason",
    "scan_missing": "evidence",
    "letter_date_missing": "letter_on",
    "letter_file_missing": "evidence",
    "letter_in_future": "letter_on",
    "letter_missing": "letter",
    "amount_not_positive": "amount_idr",
    "amount_below_paid": "amount_idr",
    "payment_over_remaining": "amount_idr",
    "seat_in_future": "day",
    "answered_before_invited": "day",
    "paid_in_future": "paid_on",
    "received_in_future": "day",
    "mode_unknown": "mode",
    "scan_not_paper": "evidence",
    "signature_kind_not_of_file": "evidence",
    "title_missing": "title",
    "sitting_place_missing": "place",
    "sitting_in_future": "day",
    "sitting_ends_before": "day",
    "minutes_missing": "minutes",
    "attendees_missing": "office",
    "attendee_twice": "office",
    "attendee_unknown": "office",
    "attendee_not_holder_then": "office",
    "not_in_attendance": "sitting",
    "sitting_closed": "sitting",
    "sitting_unknown": "sitting",
    "sitting_of_another_programme": "sitting",
    "decided_before_sitting": "day",
    "signed_in_future": "day",
    "signed_before_approved": "day",
    "signed_before_asked": "day",
    "signed_before_draft": "day",
    "signer_not_holder_then": "day",
    "witnessed_in_future": "day",
    "witnessed_before_signature": "day",
    "delegation_to_oneself": "to",
    "delegation_in_past": "starts_on",
    "appointment_in_past": "starts_on",
    "appointee_unknown": "email",
    "end_before_start": "ends_on",
    "redelegation_exceeds": "ends_on",
    "scope_unknown": "replication_scope",
    "agency_not_of_party": "agency",
    "pic_missing": "pic",
    "addressee_unknown": "addressee",
    "addressee_is_asker": "addressee",
    "addressee_vacant": "addressee",
    "addressee_out_of_scope": "addressee",
    "addressee_not_below": "addressee",
    "due_in_past": "due_on",
    "period_not_longer": "due_on",
    "period_ends_before": "closes_on",
    "party_not_in_programme": "parties",
    "place_missing": "place",
    "visited_in_future": "visited_on",
    "visited_before_draft": "visited_on",
}
_UNREADABLE = {
    "missing": ("Mohon diisi.", "Please fill this in."),
    "number": ("Mohon tulis angka, misalnya 1.250 atau 87,5.", "Please write a number, like 1.250 or 87,5."),
    "date": ("Mohon tulis tanggal yang ada di kalender.", "Please write a date that exists."),
    "time": ("Mohon tulis jam, misalnya 14.30.", "Please write a time, like 14.30."),
    "items": ("Mohon tulis nomor butir, misalnya 1; 2.", "Please write numbers of items, like 1; 2."),
    "targets": ("Mohon tulis misalnya B03=10; B06=25.", "Please write it like B03=10; B06=25."),
    "commitment": (
        "Saudara tidak melihat komitmen dengan nomor ini.",
        "You see no commitment of this reference.",
    ),
    "choice": ("Mohon pilih salah satu.", "Please choose one."),
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a form.

    sentence  what was refused, in one sentence; errors: by field, in sentences
    blockers  reasons that no field can mend; changes: what happened since the form was made
    """

    status: int
    sentence: str
    errors: Mapping[str, str] = field(default_factory=dict)
    blockers: tuple[BlockerShown, ...] = ()
    changes: tuple[str, ...] = ()
    is_stale: bool = False


def carry_out(visit: Visit, command: CommitmentCommand, commitment: str, *, expected: str | None) -> Response:
    """Do it under the form's key and go on to where the form came from."""
    outcome = visit.do(command, commitment, key=key_of(request), expected=expected)
    return go_on(outcome)


def go_on(outcome: Outcome) -> Response:
    """To the page that the form came from, which tells what was recorded."""
    target = place_here(request.form.get("next")).partition("?")[0].partition("#")[0]
    return go(f"{target}?{PARAMETER}={outcome.position}" if outcome.position else target)


def tried(
    visit: Visit,
    act: Callable[[], Response],
    again: Callable[[Wrong], Response],
    state: Commitment | None,
    *,
    words: Vocabulary | None = None,
) -> Response:
    """What the act answers; where it is refused, the form again. What is away or unknown is an error page's to say.

    words  what is named, where it is no commitment that is spoken of
    """
    try:
        return act()
    except FieldWrong as wrong:
        return again(Wrong(422, _summary(visit), {wrong.field: sentence_of_field(visit, wrong)}))
    except (Refused, ServiceError, EvidenceRefused, ProblemError, LogError) as error:
        problem = problem_of(error)
        if problem is None or problem.status not in _MENDABLE:
            raise
        return again(_wrong(visit, state, problem, words or visit.words(state)))


def sentence_of_field(visit: Visit, wrong: FieldWrong) -> str:
    """What is wrong with a field that can't be read, in the visit's language."""
    return visit.say(*_UNREADABLE[wrong.code])


def _wrong(visit: Visit, state: Commitment | None, problem: Problem, words: Vocabulary) -> Wrong:
    of_fields = {name: one for one in reversed(problem.blockers) for name in _inputs_of(one)}
    errors = {name: shown_blockers((one,), words)[0].sentence for name, one in of_fields.items()}
    if problem.code in _FIELDS and not problem.blockers:
        errors[_FIELDS[problem.code]] = problem.title(visit.language)
    others = tuple(one for one in problem.blockers if not _inputs_of(one))
    is_stale = problem.code == "stale_version"
    return Wrong(
        status=problem.status,
        sentence=_sentence(visit, problem, others, errors),
        errors=errors,
        blockers=shown_blockers(others, words),
        changes=_changes(visit, state) if is_stale and state is not None else (),
        is_stale=is_stale,
    )


def _inputs_of(blocker: Blocker) -> tuple[str, ...]:
    """The inputs of the form that can mend a blocker; none where none can."""
    if blocker.code == "field_blank":
        return (blocker.facts["field"],) if blocker.facts["field"] in request.form else ()
    return (_FIELDS[blocker.code],) if blocker.code in _FIELDS else inputs_of(blocker, request.form)


def _sentence(visit: Visit, problem: Problem, others: tuple[Blocker, ...], errors: Mapping[str, str]) -> str:
    if errors and not others:
        return _summary(visit)
    if problem.blockers:
        return visit.say("Belum dapat dilakukan.", "This can't be done.")
    return problem.title(visit.language)


def _summary(visit: Visit) -> str:
    return visit.say("Mohon periksa isian yang ditandai.", "Please look at the marked fields.")


def _changes(visit: Visit, state: Commitment) -> tuple[str, ...]:
    """What was recorded since the form was made, in sentences."""
    seen = parse_etag(request.form.get("etag", ""))
    events = visit.runtime.store.read_stream(
        commitment_stream(state.id), after_version=seen[0] if seen else 0, limit=MOST_CHANGES
    )
    words = visit.words(state)
    return tuple(told(recorded(event), words, state) for event in events)
