"""Facts of money that a party owes."""

from __future__ import annotations

from collections.abc import Mapping

from service.sentences.commitments.telling import Telling
from workflows.facts import LedgerFact, MoneyEstablished, PaymentProven, PaymentRecorded, PaymentReturned


def places(fact: LedgerFact, telling: Telling) -> Mapping[str, str]:
    """The texts of the places."""
    words, told = telling.words, {"actor": telling.actor}
    match fact:
        case MoneyEstablished():
            letter, text = words.clause_if("by letter", fact.letter), words.quoted("said", fact.text)
            return {**told, "amount": words.money(fact.amount_idr), "letter": letter, "text": text}
        case PaymentRecorded():
            return {
                **told,
                "number": str(fact.number),
                "amount": words.money(fact.amount_idr),
                "paid_on": words.day(fact.paid_on),
                "evidence": telling.evidence(fact.evidence),
                "note": words.quoted("note", fact.note),
                "prover": words.office(fact.prover),
            }
        case PaymentProven():
            note = words.quoted("note", fact.note)
            return {**told, "number": _number(fact.payment), "amount": words.money(fact.amount_idr), "note": note}
        case PaymentReturned():
            reason = telling.because(words.reason("return", fact.reason))
            return {**told, "number": _number(fact.payment), "reason": reason, "text": words.quoted("said", fact.text)}


def _number(payment: str) -> str:
    return payment.rpartition(".p")[2]
