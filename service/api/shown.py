"""From the domain's state to what answers show: plain mappings that the schemas write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace

from service.basis import Basis
from service.read_models.commitment_queries import ListedCommitment, PastCommitment
from service.read_models.inbox_queries import Waiting
from service.reading import definition_of
from service.replaying import AsOf
from service.runtime import Folded
from workflows.chains import chain_of
from workflows.commitment import Claim, Commitment, Forward, Hold, Owed, Request
from workflows.commitment.grounds import grounds
from workflows.commitment.promise import kept_as_first_signed, kept_as_modified
from workflows.definition import Move
from workflows.facts import (
    ApproverAdded,
    ClaimVerified,
    FieldValue,
    OpinionGiven,
    OpinionInvited,
    PlanItem,
    StateCorrected,
    StateImported,
    StepReached,
)
from workflows.plan import differences

Shown = Mapping[str, object]


def shown_commitment(basis: Basis, state: Commitment, *, etag: str | None, as_of: AsOf | None = None) -> Shown:
    """A commitment whole; a past one has no ETag."""
    drafted, definition = state.drafted, definition_of(basis, state)
    waiting = state.open_request
    return {
        "id": state.id,
        "reference": drafted.reference,
        "follows": drafted.follows or None,
        "title": state.title,
        "external_ids": state.external_ids,
        "imported": [_shown_imported(past) for past in state.past],
        "programme": drafted.programme,
        "sample": is_sample(basis, drafted.programme),
        "definition": drafted.definition,
        "definition_version": state.definition_version,
        "party": {"id": drafted.party, "name": party_name(basis, drafted.party)},
        "subject": {"id": drafted.subject, "name": subject_name(basis, drafted.programme, drafted.subject)},
        "fiscal_year": drafted.fiscal_year,
        "replication_scope": state.replication_scope,
        "agency": state.agency,
        "pic": state.pic,
        "fields": state.fields,
        "state": definition.states[state.state],
        "revision": state.revision,
        **_counted(state),
        "open_request": shown_request(basis, state, waiting) if waiting else None,
        "signature": state.signature,
        "later_signatures": state.later_signatures,
        "witnesses": state.witnesses,
        "owed": [_shown_owed(owed, basis.installed.go_live.get(drafted.programme)) for owed in state.owed.values()],
        "hold": None if state.hold is None else _shown_hold(state.hold),
        "received": state.received,
        "drafted_at": state.drafted_at,
        "changed_at": state.last.recorded_at,
        "version": state.last.version,
        "position": state.last.position,
        "etag": etag,
        "as_of": as_of,
    }


def _shown_imported(past: StateImported | StateCorrected) -> Shown:
    return {
        "from_state": past.from_state,
        "to_state": past.to_state,
        "true_at": past.true_at,
        "move": past.move if isinstance(past, StateImported) else None,
        "reason": past.reason if isinstance(past, StateCorrected) else None,
        "source": past.source,
        "note": past.note,
    }


def _counted(state: Commitment) -> Shown:
    """How many items are complete: of the plan in force, and of the one that was signed first."""
    now, first = kept_as_modified(state), kept_as_first_signed(state)
    return {
        "items": now.items,
        "items_complete": now.complete,
        "items_as_signed": first.items,
        "items_as_signed_complete": first.complete,
    }


def shown_request(basis: Basis, state: Commitment, request: Request) -> Shown:
    """A request and how far it has come."""
    opened, closing = request.opened, request.closing
    definition = basis.definition(state.drafted.definition, request.definition_version)
    move = definition.moves.get(opened.move)
    heard = {opinion.office: opinion for opinion in request.opinions}
    return {
        "id": opened.request,
        "commitment": state.id,
        "number": opened.number,
        "move": opened.move,
        "label": move.label if move else None,
        "status": request.status,
        "from_state": opened.from_state,
        "to_state": opened.to_state,
        "asked_by": opened.asked_by,
        "opened_at": request.opened_at,
        "closed_at": request.closed_at,
        "substance": opened.substance,
        "reason": opened.reason,
        "text": opened.text,
        "evidence": opened.evidence,
        "items": opened.items,
        "plan": None if opened.items is None else shown_difference(request, opened.items),
        "quorums": opened.quorums,
        "fields": opened.fields,
        "terms": opened.terms,
        "waits_for": [shown_step(reached, move, request.extras) for reached in request.reached],
        "extras": request.extras,
        "forwards": [shown_forward(one) for one in request.forwards],
        "passed": request.passed,
        "acts": request.acts,
        "invited": [_shown_opinion(one, heard.get(one.office)) for one in request.invited],
        "closing_reason": getattr(closing, "reason", None),
        "closing_text": getattr(closing, "text", None),
        "lost_ground": list(getattr(closing, "lost", ())),
    }


def _shown_opinion(invited: OpinionInvited, given: OpinionGiven | None) -> Shown:
    return {
        "office": invited.office,
        "role": invited.role,
        "body": invited.body or None,
        "due_on": invited.due_on,
        "opinion": None if given is None else given.text,
        "letter": None if given is None else given.letter or None,
        "letter_on": None if given is None else given.letter_on,
        "evidence": () if given is None else given.evidence,
    }


def shown_difference(request: Request, items: tuple[PlanItem, ...]) -> Shown:
    """What the plan that a request carries changes in the one that it is to replace."""
    based_on = request.opened.based_on_revision or 0
    return {
        "based_on_revision": based_on,
        "revision": based_on + 1,
        "changes": [
            {"item": one.number, "kind": one.kind, "field": one.field, "old": one.old, "new": one.new}
            for one in differences(request.replaces, items)
        ],
    }


def shown_claim(state: Commitment, claim: Claim) -> Shown:
    """A claim and its fate."""
    made, verdict = claim.made, claim.verdict
    owed = state.look_owed(made.number)
    return {
        "id": made.claim,
        "commitment": state.id,
        "number": made.number,
        "item": made.item,
        "status": claim.status,
        "office": made.office,
        "verifier": made.verifier,
        "value": made.value,
        "note": made.note,
        "evidence": claim.evidence,
        "fields": made.fields,
        "made_at": claim.made_at,
        "late": claim.late,
        "report": made.report,
        "period": made.period,
        "fall_reason": made.reason,
        "checked_at": claim.checked_at,
        "checked_by": claim.checked.office if claim.checked else None,
        "waits_for": claim.waits_for,
        "due_at": owed.due_at if owed else None,
        "why": claim.why,
        "decided_at": claim.decided_at,
        "reason": getattr(verdict, "reason", None),
        "text": getattr(verdict, "text", None) or getattr(verdict, "note", None),
    }


def shown_answer(
    folded: Folded, state: Commitment, etag: str, *, request: Shown | None = None, claim: Shown | None = None
) -> Shown:
    """What a command did: the commitment as it was right after it."""
    return {
        "commitment": state.id,
        "reference": state.drafted.reference,
        "state": state.state,
        "version": folded.head.version,
        "etag": etag,
        "position": state.last.position,
        "leaf_hash": folded.head.leaf_hash.hex(),
        "request": request,
        "claim": claim,
    }


def shown_items(state: Commitment) -> Shown:
    """The action plan in force, item by item, with its progress."""
    return {
        "commitment": state.id,
        "revision": state.revision,
        "items": [_shown_item(state, item) for item in sorted(state.items, key=lambda item: item.number)],
    }


def _shown_item(state: Commitment, item: PlanItem) -> Shown:
    progress, owed = state.progress[item.number], state.owed.get(f"item-{item.number}")
    fields = {name: getattr(item, name) for name in item.__slots__}
    return {
        **fields,
        "claimed_value": progress.claimed_value,
        "checked_value": progress.checked_value,
        "verified_value": progress.verified_value,
        "complete": progress.complete,
        "rests_on": {name: _ground(claim, name) for name, claim in grounds(state, item.number).items()},
        "first_ends_on": state.first_ends[item.number],
        "owed": owed.status if owed else None,
        "due_at": owed.obligation.due_at if owed else None,
    }


def _ground(claim: Claim | None, figure: str) -> Shown | None:
    if claim is None:
        return None
    match figure:
        case "claimed":
            return {"claim": claim.made.claim, "office": claim.made.office, "at": claim.made_at}
        case "checked" if claim.checked is not None:
            return {"claim": claim.made.claim, "office": claim.checked.office, "at": claim.checked_at}
        case _:
            assert isinstance(claim.verdict, ClaimVerified), "found right by a verification"
            return {"claim": claim.made.claim, "office": claim.verdict.office, "at": claim.decided_at}


def shown_forward(one: Forward) -> Shown:
    """The preparation of a verdict in another office's hands."""
    forwarded = one.forwarded
    return {
        "step": forwarded.step,
        "by": forwarded.by,
        "office": forwarded.office,
        "instruction": forwarded.instruction,
        "at": one.at,
        "handed_back": one.is_handed_back,
        "notes": [note.text for note in one.notes],
    }


def shown_step(reached: StepReached, move: Move | None, extras: tuple[ApproverAdded, ...]) -> Shown:
    """A step that waits, as the move or whoever asked for a further approval calls it."""
    labels = {step.name: step.label for step in chain_of(move, extras).steps} if move else {}
    return {
        "step": reached.step,
        "label": labels.get(reached.step),
        "role": reached.role,
        "office": reached.office,
        "member": reached.member,
        "due_on": reached.obligation.due_on,
        "due_at": reached.obligation.due_at,
        "skipped": reached.skipped,
    }


def _shown_owed(owed: Owed, go_live: date | None) -> Shown:
    one = owed.obligation
    return {
        "obligation": one.obligation,
        "round": one.round,
        "kind": one.kind,
        "office": one.office,
        "due_on": one.due_on,
        "due_at": one.due_at,
        "status": owed.status,
        "raised": len(owed.raised),
        "before_go_live": go_live is not None and one.due_on < go_live,
    }


def _shown_hold(hold: Hold) -> Shown:
    begun, ended = hold.begun, hold.ended
    return {
        "request": begun.request,
        "begins_on": begun.begins_on,
        "ends_on": begun.ends_on,
        "working_days": begun.working_days,
        "ended_on": None if ended is None else ended.ended_on,
    }


def is_sample(basis: Basis, programme: str) -> bool:
    """Whether a programme's data is made up, so that nobody takes a figure of it for real."""
    opened = basis.programmes.get(programme)
    return opened is not None and opened.sample


def shown_programme(basis: Basis, programme: str) -> Shown:
    """A known programme as it was opened, with its go-live and whether it is closed."""
    opened, installed = basis.programmes[programme], basis.installed
    return {
        **{name: getattr(opened, name) for name in opened.__slots__},
        "go_live_on": installed.go_live.get(programme),
        "closed": installed.closed.get(programme) is not None,
    }


def with_sample(
    basis: Basis,
    row: ListedCommitment | PastCommitment | Waiting,
    own: tuple[FieldValue, ...] | None = None,
    *,
    more: Shown | None = None,
) -> SimpleNamespace:
    """A row of a read model's query with `sample` of its programme; not a mapping, which has `items` of its own.

    own   values of the workflow's own fields, where the row shows them
    more  further fields
    """
    fields = {name: getattr(row, name) for name in row.__slots__}
    shown = SimpleNamespace(**fields, **(more or {}), sample=is_sample(basis, row.programme))
    if own is not None:
        shown.fields = own
    return shown


def party_name(basis: Basis, party: str) -> str:
    """A party's name; its id where nobody knows it."""
    known = basis.directory.organisation(party)
    return party if known is None else known.name


def subject_name(basis: Basis, programme: str, subject: str) -> str:
    """A subject's name; its id where nobody knows it."""
    opened = basis.programmes.get(programme)
    known = next((one for one in opened.subjects if one.subject == subject), None) if opened else None
    return subject if known is None else known.name
