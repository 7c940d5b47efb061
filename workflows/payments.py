"""Money that a party owes: established by one side, paid by the other, and proven by an office that didn't pay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from workflows import facts
from workflows.commands import EstablishMoney, LedgerCommand, ProvePayment, RecordPayment, ReturnPayment
from workflows.commitment import Act, Commitment, Payment
from workflows.context import Context
from workflows.definition import State
from workflows.errors import Blocker
from workflows.facts import CommitmentFact
from workflows.rules import (
    NONE,
    Blockers,
    access,
    acted,
    behind,
    collect,
    evidence,
    offices_apart,
    offices_in_roles,
    reason,
    role_acts,
    roles_that_may,
)


@dataclass(frozen=True, slots=True)
class Establishing:
    """An amount that somebody wants to establish; `command` is None where only the question is whether they might."""

    commitment: Commitment
    command: EstablishMoney | None
    context: Context


@dataclass(frozen=True, slots=True)
class Paying:
    """A payment that somebody wants to record; `command` is None where only the question is whether they might."""

    commitment: Commitment
    command: RecordPayment | None
    context: Context


@dataclass(frozen=True, slots=True)
class Proving:
    """A payment that somebody wants to find proven or send back."""

    commitment: Commitment
    payment: Payment
    context: Context


def ledger_blockers(commitment: Commitment, command: LedgerCommand, context: Context) -> Blockers:
    """Why a command about money can't be done."""
    denied = access(commitment, context)
    if denied:
        return denied
    match command:
        case EstablishMoney():
            return collect(ESTABLISHING_RULES, Establishing(commitment, command, context))
        case RecordPayment():
            return collect(PAYING_RULES, Paying(commitment, command, context))
        case ProvePayment() | ReturnPayment():
            return _proving_blockers(commitment, command, context)
        case _:
            assert_never(command)


def decide_ledger(commitment: Commitment, command: LedgerCommand, context: Context) -> tuple[CommitmentFact, ...]:
    """State the fact of a command about money. Nothing stands in the way."""
    office = context.by.authority
    match command:
        case EstablishMoney():
            return (facts.MoneyEstablished(office, command.amount_idr, command.letter, command.text),)
        case RecordPayment():
            return (_recorded(commitment, command, context),)
        case ProvePayment():
            amount = commitment.ledger.payments[command.payment].recorded.amount_idr
            return (facts.PaymentProven(command.payment, office, amount, command.note),)
        case ReturnPayment():
            return (facts.PaymentReturned(command.payment, office, command.reason, command.text),)
        case _:
            assert_never(command)


def may_establish(commitment: Commitment, context: Context) -> Blockers:
    """Why the acting office can't establish an amount, whatever it were."""
    return access(commitment, context) or collect(MAY_ESTABLISH_RULES, Establishing(commitment, None, context))


def may_pay(commitment: Commitment, context: Context) -> Blockers:
    """Why the acting office can't record a payment, whatever it were."""
    return access(commitment, context) or collect(MAY_PAY_RULES, Paying(commitment, None, context))


def may_prove(commitment: Commitment, payment: Payment, context: Context) -> Blockers:
    """Why the acting office can neither find the payment proven nor send it back."""
    return access(commitment, context) or collect(PROVING_RULES, Proving(commitment, payment, context))


def takes_money(state: State) -> bool:
    """True if money is recorded in that state."""
    return state.is_open and not state.initial


def ledger_kept(case: Establishing | Paying | Proving) -> Blockers:
    if case.context.definition.ledger is not None:
        return NONE
    return (Blocker("ledger_not_kept", {"definition": case.context.definition.name}),)


def open_for_money(case: Establishing | Paying | Proving) -> Blockers:
    """Nothing is owed by a draft, nor once the commitment is closed."""
    taking = [state.name for state in case.context.definition.states.values() if takes_money(state)]
    if case.commitment.state in taking:
        return NONE
    allowed = ", ".join(taking)
    return (Blocker("money_not_in_state", {"state": case.commitment.state, "states": allowed}),)


def role_establishes(case: Establishing) -> Blockers:
    return role_acts("establish_money", case.commitment, case.context)


def role_pays(case: Paying) -> Blockers:
    return role_acts("pay", case.commitment, case.context)


def letter_named(case: Establishing) -> Blockers:
    assert case.command is not None, "asked only with a command"
    return NONE if case.command.letter.strip() else (Blocker("letter_missing", {}, (case.context.by.authority,)),)


def amount_covers_what_was_paid(case: Establishing) -> Blockers:
    assert case.command is not None, "asked only with a command"
    amount, paid = case.command.amount_idr, case.commitment.ledger.paid_idr
    if amount <= 0:
        return (Blocker("amount_not_positive", {"amount_idr": str(amount)}, (case.context.by.authority,)),)
    if amount >= paid:
        return NONE
    found = {"amount_idr": str(amount), "paid_idr": str(paid)}
    return (Blocker("amount_below_paid", found, (case.context.by.authority,)),)


def money_established(case: Paying) -> Blockers:
    if case.commitment.ledger.established is not None:
        return NONE
    roles = roles_that_may("establish_money", case.context)
    party = case.commitment.drafted.party
    return (Blocker("money_not_established", {}, offices_in_roles(roles, case.context, party=party)),)


def prover_found(case: Paying) -> Blockers:
    if _provers(case.commitment, acted(case.context, "paid"), case.context):
        return NONE
    roles = roles_that_may("prove_payment", case.context)
    administrators = offices_in_roles(
        roles_that_may("administer", case.context), case.context, party=case.commitment.drafted.party
    )
    return (Blocker("verifier_missing", {"roles": ", ".join(roles)}, administrators),)


def amount_within_what_is_owed(case: Paying) -> Blockers:
    assert case.command is not None, "asked only with a command"
    ledger, amount = case.commitment.ledger, case.command.amount_idr
    if amount <= 0:
        return (Blocker("amount_not_positive", {"amount_idr": str(amount)}, (case.context.by.authority,)),)
    left = ledger.established_idr - ledger.paid_idr
    if amount <= left or ledger.established is None:
        return NONE
    found = {"amount_idr": str(amount), "left_idr": str(left)}
    return (Blocker("payment_over_remaining", found, (case.context.by.authority,)),)


def not_paid_in_future(case: Paying) -> Blockers:
    assert case.command is not None, "asked only with a command"
    if case.command.paid_on <= case.context.today:
        return NONE
    return (Blocker("paid_in_future", {"paid_on": case.command.paid_on.isoformat()}, (case.context.by.authority,)),)


def payment_evident(case: Paying) -> Blockers:
    assert case.command is not None, "asked only with a command"
    if case.command.evidence:
        return evidence(case.command.evidence)
    return (Blocker("evidence_missing", {"wanted": "-"}, (case.context.by.authority,)),)


def payment_not_decided(case: Proving) -> Blockers:
    if case.payment.status == "recorded":
        return NONE
    found = {"payment": case.payment.recorded.payment, "status": case.payment.status}
    return (Blocker("payment_decided", found),)


def payer_never_proves(case: Proving) -> Blockers:
    payer, context = _payer(case.payment), case.context
    if not behind(payer, context).meet(behind(acted(context, "checked"), context)):
        return NONE
    found = {"payment": case.payment.recorded.payment, "office": payer.office}
    return (Blocker("payer_proves", found, _may_prove(case)),)


def role_proves(case: Proving) -> Blockers:
    if case.context.by.authority in _may_prove(case):
        return NONE
    roles = ", ".join(roles_that_may("prove_payment", case.context))
    return (Blocker("role_may_not", {"act": "prove_payment", "roles": roles}, _may_prove(case)),)


MAY_ESTABLISH_RULES = (ledger_kept, open_for_money, role_establishes)
ESTABLISHING_RULES = (*MAY_ESTABLISH_RULES, letter_named, amount_covers_what_was_paid)
MAY_PAY_RULES = (ledger_kept, open_for_money, role_pays, money_established, prover_found)
PAYING_RULES = (*MAY_PAY_RULES, amount_within_what_is_owed, not_paid_in_future, payment_evident)
PROVING_RULES = (payment_not_decided, open_for_money, payer_never_proves, role_proves)


def _proving_blockers(commitment: Commitment, command: ProvePayment | ReturnPayment, context: Context) -> Blockers:
    payment = commitment.ledger.payments.get(command.payment)
    if payment is None:
        return (Blocker("payment_unknown", {"payment": command.payment}, (context.by.authority,)),)
    found = collect(PROVING_RULES, Proving(commitment, payment, context))
    given = reason(command, "return", context.definition.reasons) if isinstance(command, ReturnPayment) else NONE
    return (*found, *given)


def _recorded(commitment: Commitment, command: RecordPayment, context: Context) -> facts.PaymentRecorded:
    number = len(commitment.ledger.payments) + 1
    return facts.PaymentRecorded(
        payment=f"{commitment.id}.p{number}",
        number=number,
        office=context.by.authority,
        prover=_provers(commitment, acted(context, "paid"), context)[0],
        amount_idr=command.amount_idr,
        paid_on=command.paid_on,
        note=command.note,
        evidence=command.evidence,
    )


def _payer(payment: Payment) -> Act:
    return Act("paid", payment.recorded.office, payment.person, None, payment.recorded_at, payment.delegate)


def _may_prove(case: Proving) -> tuple[str, ...]:
    """Who may judge a payment today: the office named when it was recorded, and whoever the roles lead to now."""
    now = _provers(case.commitment, _payer(case.payment), case.context)
    return tuple(dict.fromkeys((case.payment.recorded.prover, *now)))


def _provers(commitment: Commitment, payer: Act, context: Context) -> tuple[str, ...]:
    return offices_apart("prove_payment", commitment, context, apart_from=(payer,))
