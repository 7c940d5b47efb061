"""Pages: the money that a party owes, what was paid of it, and the forms that establish, pay and judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Response, request
from flask.typing import ResponseReturnValue

from events.envelope import etag
from service.errors import NotFound
from service.runtime import Folded
from service.web.acting import Wrong, carry_out, tried
from service.web.blocking import BlockerShown, shown_blockers
from service.web.forms import FieldWrong, day, etag_of, number, text
from service.web.pages import pages as new_pages
from service.web.rendering import page
from service.web.requests_shown import Option, reason_options
from service.web.uploads import Uploaded, uploaded
from service.web.visit import Visit
from workflows.blockers import overview
from workflows.commands import EstablishMoney, ProvePayment, RecordPayment, ReturnPayment
from workflows.commitment import Commitment, Payment
from workflows.facts import Evidence
from workflows.rules import Blockers

pages = new_pages("ledger")
NOTHING = Uploaded(())
MOST_IDR = 2**53 - 1
ENTERED = ("amount_idr", "letter", "text", "paid_on", "note", "reason", "payment")


@dataclass(frozen=True, slots=True)
class PaymentShown:
    """A payment and its fate. may_judge: the visitor may find it proven or send it back"""

    id: str
    number: int
    status: str
    office: str
    prover: str
    amount: str
    paid: str
    note: str
    verdict: str
    evidence: tuple[Evidence, ...]
    may_judge: bool
    blocked: tuple[BlockerShown, ...]


@dataclass(frozen=True, slots=True)
class LedgerShown:
    """The four figures. letter: of the amount established; empty until there is one"""

    label: str
    established: str
    paid: str
    proven: str
    remaining: str
    letter: str


def ledger_shown(visit: Visit, state: Commitment) -> LedgerShown | None:
    """The figures of a commitment's ledger; None where its workflow keeps none."""
    label, words, ledger = visit.context(state).definition.ledger, visit.words(state), state.ledger
    if label is None:
        return None
    return LedgerShown(
        label=words.said(label),
        established=words.money(ledger.established_idr),
        paid=words.money(ledger.paid_idr),
        proven=words.money(ledger.proven_idr),
        remaining=words.money(ledger.remaining_idr),
        letter="" if ledger.established is None else ledger.established.letter,
    )


@pages.get("/commitments/<commitment>/money")
def read_money(visit: Visit, commitment: str) -> ResponseReturnValue:
    """The ledger with every payment, and what the visitor may do with it."""
    folded, state = visit.visible(commitment)
    return _page(visit, folded, state)


@pages.post("/commitments/<commitment>/money/amounts")
def establish_money(visit: Visit, commitment: str) -> ResponseReturnValue:
    """Establish how much is owed."""

    def act() -> Response:
        command = EstablishMoney(_rupiah(), text(request.form, "letter"), text(request.form, "text"))
        return carry_out(visit, command, commitment, expected=etag_of(request))

    return _tried(visit, commitment, act, "establish")


@pages.post("/commitments/<commitment>/money/payments", uploads=True)
def record_payment(visit: Visit, commitment: str) -> ResponseReturnValue:
    """Record a payment with evidence."""
    files = uploaded(visit, request)

    def act() -> Response:
        if files.error:
            raise files.error
        paid_on, note = day(request.form, "paid_on"), text(request.form, "note")
        command = RecordPayment(_rupiah(), paid_on, files.evidence, note)
        return carry_out(visit, command, commitment, expected=etag_of(request))

    return _tried(visit, commitment, act, "pay", kept=files)


@pages.post("/commitments/<commitment>/money/verdicts")
def judge_payment(visit: Visit, commitment: str) -> ResponseReturnValue:
    """Find a payment proven, or send it back."""
    _, state = visit.visible(commitment)
    name, verdict = text(request.form, "payment"), text(request.form, "verdict")
    if name not in state.ledger.payments:
        raise NotFound("payment", name)

    def act() -> Response:
        return carry_out(visit, _verdict(name, verdict), commitment, expected=etag_of(request))

    return _tried(visit, commitment, act, "judge")


def _rupiah() -> int:
    amount = number(request.form, "amount_idr")
    if amount != amount.to_integral_value() or abs(amount) > MOST_IDR:
        raise FieldWrong("amount_idr", "number")
    return int(amount)


def _verdict(name: str, verdict: str) -> ProvePayment | ReturnPayment:
    match verdict:
        case "prove":
            return ProvePayment(name, text(request.form, "note"))
        case "return":
            return ReturnPayment(name, text(request.form, "reason"), text(request.form, "text"))
        case _:
            raise FieldWrong("verdict", "choice")


def _tried(
    visit: Visit, commitment: str, act: Callable[[], Response], form: str, *, kept: Uploaded = NOTHING
) -> ResponseReturnValue:
    _, state = visit.visible(commitment)

    def again(wrong: Wrong) -> Response:
        folded, now = visit.visible(commitment)
        return _page(visit, folded, now, wrong=wrong, form=form, kept=kept)

    return tried(visit, act, again, state)


def _page(
    visit: Visit,
    folded: Folded,
    state: Commitment,
    *,
    wrong: Wrong | None = None,
    form: str = "",
    kept: Uploaded = NOTHING,
) -> Response:
    shown, words = ledger_shown(visit, state), visit.words(state)
    if shown is None:
        raise NotFound("ledger", state.id)
    found = {(one.act, one.on): one.blockers for one in overview(state, visit.context(state))}
    entered: Mapping[str, str] = {name: text(request.form, name) if wrong else "" for name in ENTERED}
    return page(
        visit,
        "pages/money.html",
        status=200 if wrong is None else wrong.status,
        c=state,
        w=words,
        commitment=state.id,
        etag=etag(folded.head),
        ledger=shown,
        payments=[_payment(visit, state, one, found) for one in state.ledger.payments.values()],
        may={name: (name, "") in found and not found[name, ""] for name in ("establish_money", "pay")},
        why={name: shown_blockers(found.get((name, ""), ()), words) for name in ("establish_money", "pay")},
        reasons=_reasons(visit, state),
        wrong=wrong,
        form=form,
        errors={} if wrong is None else wrong.errors,
        entered=entered,
        kept=kept.evidence,
        today=words.day_of(visit.now).isoformat(),
        back=f"/commitments/{state.id}/money",
    )


def _reasons(visit: Visit, state: Commitment) -> tuple[Option, ...]:
    return reason_options(visit.context(state).definition.reasons.get("return", {}), visit.words(state))


def _payment(
    visit: Visit, state: Commitment, payment: Payment, found: Mapping[tuple[str, str], Blockers]
) -> PaymentShown:
    recorded, words = payment.recorded, visit.words(state)
    blockers = found.get(("prove_payment", recorded.payment))
    reason = getattr(payment.verdict, "reason", None)
    said = getattr(payment.verdict, "text", None) or getattr(payment.verdict, "note", "")
    return PaymentShown(
        id=recorded.payment,
        number=recorded.number,
        status=payment.status,
        office=words.office(recorded.office),
        prover=words.office(recorded.prover),
        amount=words.money(recorded.amount_idr),
        paid=words.day(recorded.paid_on),
        note=recorded.note,
        verdict=": ".join(part for part in (words.reason("return", reason) if reason else "", said) if part),
        evidence=recorded.evidence,
        may_judge=blockers == (),
        blocked=shown_blockers(blockers, words) if blockers else (),
    )
