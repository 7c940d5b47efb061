"""Endpoints: the money that a party owes, and what was paid of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for

from service.api import as_of
from service.api.bodies import evidence_of
from service.api.changes import after, outcome_reply
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.schemas import asked
from service.api.schemas import commitments as schemas
from service.api.schemas import ledger as money
from service.api.shown import Shown, shown_answer
from service.errors import NotFound
from workflows.commands import EstablishMoney, LedgerCommand, ProvePayment, RecordPayment, ReturnPayment
from workflows.commitment import Commitment, Payment

endpoints = Endpoints("ledger", "Money that a party owes: established, paid, found proven by another office.")


@endpoints.get("/commitments/<string:commitment>/ledger", money.Ledger)
def read_ledger(door: Door, commitment: str) -> Reply:
    """Read what is established, paid, proven and remaining, with every payment"""
    folded, state = door.visible(commitment)
    return Reply(_shown(state), headers={"ETag": as_of.etag_of(folded)})


@endpoints.post(
    "/commitments/<string:commitment>/ledger/amounts",
    schemas.Answer,
    body=money.AmountBody,
    match=True,
    supposable=True,
)
def establish_money(door: Door, body: Mapping[str, Any], commitment: str) -> Reply:
    """Establish how much is owed in all; an earlier amount is replaced"""
    door.visible(commitment)
    return _done(door, EstablishMoney(**body), commitment)


@endpoints.post(
    "/commitments/<string:commitment>/payments", schemas.Answer, body=money.PaymentBody, match=True, supposable=True
)
def record_payment(door: Door, body: Mapping[str, Any], commitment: str) -> Reply:
    """Record a payment, with evidence

    The ETag is the ledger's or the commitment's: whoever saw the payments before it records no payment twice.
    """
    door.visible(commitment)
    command = RecordPayment(**{**body, "evidence": evidence_of(door, body["evidence"])})
    return _done(door, command, commitment)


@endpoints.post(
    "/payments/<string:payment>/verifications", schemas.Answer, body=asked.NoteBody, match=True, supposable=True
)
def prove_payment(door: Door, body: Mapping[str, Any], payment: str) -> Reply:
    """Find a payment proven"""
    return _judged(door, ProvePayment(payment, **body), payment)


@endpoints.post(
    "/payments/<string:payment>/returns", schemas.Answer, body=asked.ReasonedBody, match=True, supposable=True
)
def return_payment(door: Door, body: Mapping[str, Any], payment: str) -> Reply:
    """Find a payment not proven: it counts no more"""
    return _judged(door, ReturnPayment(payment, **body), payment)


def _judged(door: Door, command: LedgerCommand, payment: str) -> Reply:
    commitment = payment.rpartition(".p")[0]
    _, state = door.visible(commitment)
    if payment not in state.ledger.payments:
        raise NotFound("payment", payment)
    return _done(door, command, commitment)


def _done(door: Door, command: LedgerCommand, commitment: str) -> Reply:
    outcome = door.dispatch(command, commitment)
    folded, state = after(door, outcome)
    where = url_for("ledger.read_ledger", commitment=state.id)
    return outcome_reply(shown_answer(folded, state, outcome.etag), outcome, where)


def _shown(state: Commitment) -> Shown:
    ledger = state.ledger
    return {
        "commitment": state.id,
        "established_idr": ledger.established_idr,
        "paid_idr": ledger.paid_idr,
        "proven_idr": ledger.proven_idr,
        "remaining_idr": ledger.remaining_idr,
        "letter": None if ledger.established is None else ledger.established.letter,
        "payments": [_shown_payment(payment) for payment in ledger.payments.values()],
    }


def _shown_payment(payment: Payment) -> Shown:
    recorded, verdict = payment.recorded, payment.verdict
    return {
        "id": recorded.payment,
        "number": recorded.number,
        "status": payment.status,
        "office": recorded.office,
        "prover": recorded.prover,
        "amount_idr": recorded.amount_idr,
        "paid_on": recorded.paid_on,
        "note": recorded.note,
        "evidence": recorded.evidence,
        "recorded_at": payment.recorded_at,
        "decided_at": payment.decided_at,
        "reason": getattr(verdict, "reason", None),
        "text": getattr(verdict, "text", None) or getattr(verdict, "note", None),
    }
