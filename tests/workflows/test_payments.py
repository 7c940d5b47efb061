"""Money that a party owes: established by one side, paid by the other, proven by an office that didn't pay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest

from tests.support.directory import directory, holder
from tests.support.world import (
    AUTUMN,
    COMPLETE_ASKED,
    COMPLETED,
    COORDINATOR,
    DRAFTED,
    HEAD,
    MENTOR,
    PAPERS,
    PHOTO,
    PIC,
    REGION,
    SIGNED,
    SPRING,
    STARTED,
    VERIFIED,
    Act,
    K,
    Story,
    World,
    definition,
    given,
)
from workflows.blockers import overview
from workflows.commands import EstablishMoney, LedgerCommand, OpenRequest, ProvePayment, RecordPayment, ReturnPayment
from workflows.commitment import replay
from workflows.definition import Definition, Label
from workflows.definition_yaml import parse, shipped
from workflows.facts import MoneyEstablished, PaymentProven, PaymentRecorded, PaymentReturned

ESTABLISH = EstablishMoney(250_000_000, "LHP-3/2022", "kelebihan bayar")
PAID_ON = date(2022, 2, 25)
PAY = RecordPayment(100_000_000, PAID_ON, PHOTO, "setoran pertama")
PROVE = ProvePayment(f"{K}.p1")
SEND_BACK = ReturnPayment(f"{K}.p1", "bukti_kurang")
MAY = {"province_coordinator": "establish_money", "agency_head": "pay", "region_coordinator": "prove_payment"}


def with_ledger() -> Definition:
    shipped_one = definition()
    roles = {
        name: replace(role, may=role.may | {MAY[name]}) if name in MAY else role
        for name, role in shipped_one.roles.items()
    }
    moves = dict(shipped_one.moves)
    moves["complete"] = replace(moves["complete"], guards=("money_settled",))
    return replace(
        shipped_one,
        roles=MappingProxyType(roles),
        moves=MappingProxyType(moves),
        ledger=Label("Kerugian daerah", "Loss of the region"),
    )


def story(*acts: Act, world: World | None = None) -> Story:
    return given(*acts, world=world or World(definition=with_ledger()))


ESTABLISHED = (*STARTED, Act(COORDINATOR, ESTABLISH, SPRING))
PAID = (*ESTABLISHED, Act(HEAD, PAY))


def figures(told: Story) -> tuple[int, int, int, int]:
    ledger = told.commitment.ledger
    return ledger.established_idr, ledger.paid_idr, ledger.proven_idr, ledger.remaining_idr


def test_four_figures_say_what_is_owed_paid_proven_and_left() -> None:
    assert figures(story(*STARTED)) == (0, 0, 0, 0)
    established = story(*STARTED).when(COORDINATOR, ESTABLISH, at=SPRING).then(MoneyEstablished)
    assert figures(established) == (250_000_000, 0, 0, 250_000_000)
    paid = established.when(HEAD, PAY).then(PaymentRecorded)
    assert figures(paid) == (250_000_000, 100_000_000, 0, 250_000_000)
    assert paid.commitment.ledger.payments[f"{K}.p1"].recorded.prover == REGION
    proven = paid.when(REGION, PROVE).then(PaymentProven)
    assert figures(proven) == (250_000_000, 100_000_000, 100_000_000, 150_000_000)
    assert replay(proven.events) == proven.commitment


def test_a_payment_that_is_sent_back_counts_no_more_and_may_be_made_again() -> None:
    back = story(*PAID).when(REGION, SEND_BACK).then(PaymentReturned)
    assert figures(back) == (250_000_000, 0, 0, 250_000_000)
    again = back.when(HEAD, replace(PAY, amount_idr=250_000_000)).then(PaymentRecorded)
    assert list(again.commitment.ledger.payments) == [f"{K}.p1", f"{K}.p2"]


def test_another_amount_replaces_the_first_but_not_below_what_was_paid() -> None:
    paid = story(*PAID)
    assert figures(paid.when(COORDINATOR, replace(ESTABLISH, amount_idr=100_000_000)).done)[0] == 100_000_000
    paid.when(COORDINATOR, replace(ESTABLISH, amount_idr=99_999_999)).refused("amount_below_paid")


@pytest.mark.parametrize(
    ("office", "command", "codes"),
    [
        (HEAD, ESTABLISH, ("role_may_not",)),
        (COORDINATOR, replace(ESTABLISH, letter=" "), ("letter_missing",)),
        (COORDINATOR, replace(ESTABLISH, amount_idr=0), ("amount_not_positive",)),
        (PIC, PAY, ("role_may_not",)),
        (HEAD, replace(PAY, amount_idr=-1), ("amount_not_positive",)),
        (HEAD, replace(PAY, amount_idr=250_000_001), ("payment_over_remaining",)),
        (HEAD, replace(PAY, paid_on=SPRING.date() + timedelta(days=2)), ("paid_in_future",)),
        (HEAD, replace(PAY, evidence=()), ("evidence_missing",)),
        (HEAD, replace(PAY, evidence=(replace(PHOTO[0], size_bytes=0),)), ("evidence_invalid",)),
        (REGION, PROVE, ("payment_unknown",)),
    ],
)
def test_what_is_no_amount_or_payment_is_refused(office: str, command: LedgerCommand, codes: tuple[str, ...]) -> None:
    assert story(*ESTABLISHED).when(office, command).codes == codes


def test_the_second_payment_is_measured_with_what_the_first_left() -> None:
    story(*PAID).when(HEAD, replace(PAY, amount_idr=150_000_001)).refused("payment_over_remaining")
    assert story(*PAID).when(HEAD, replace(PAY, amount_idr=150_000_000)).passes()


def test_nobody_pays_before_an_amount_is_established() -> None:
    tried = story(*STARTED).when(HEAD, PAY, at=SPRING).refused("money_not_established")
    assert tried.blocker("money_not_established").cleared_by == (COORDINATOR,)


def test_who_paid_never_finds_it_proven_by_office_or_by_person() -> None:
    both = World(definition=replace_role(with_ledger(), "agency_head", {"pay", "prove_payment"}))
    by_office = story(*PAID, world=both).when(HEAD, PROVE)
    assert by_office.codes == ("payer_proves", "role_may_not")
    by_person = story(*PAID).when(REGION, PROVE, person=f"holder of {HEAD}")
    assert by_person.codes == ("not_a_holder",)
    twice = directory(more=[holder(REGION, f"holder of {HEAD}", capacity="plh")])
    same_person = story(*PAID).during(World(definition=with_ledger(), directory=twice))
    assert "payer_proves" in same_person.when(REGION, PROVE, person=f"holder of {HEAD}").codes


def test_another_role_judges_no_payment_and_none_twice() -> None:
    story(*PAID).when(MENTOR, PROVE).refused("role_may_not")
    proven = story(*PAID, Act(REGION, PROVE))
    proven.when(REGION, PROVE).refused("payment_decided")
    proven.when(REGION, SEND_BACK).refused("payment_decided")
    story(*PAID).when(REGION, ReturnPayment(f"{K}.p1", "unheard_of")).refused("reason_unknown")


def test_a_payment_needs_somebody_to_judge_it() -> None:
    nobody = World(definition=replace_role(with_ledger(), "region_coordinator", set()))
    tried = story(*ESTABLISHED, world=nobody).when(HEAD, PAY).refused("verifier_missing")
    assert tried.blocker("verifier_missing").cleared_by == ("61.admin",)


def test_money_left_to_prove_holds_up_a_move_that_asks_for_it() -> None:
    owing = story(*VERIFIED, Act(COORDINATOR, ESTABLISH, AUTUMN))
    ask = OpenRequest("complete", evidence=PAPERS)
    assert owing.when(HEAD, ask).refused("money_remaining").blocker("money_remaining").cleared_by == (HEAD,)
    paid = owing.does(Act(HEAD, replace(PAY, amount_idr=250_000_000)))
    assert paid.when(HEAD, ask).refused("money_remaining").blocker("money_remaining").cleared_by == (REGION,)
    assert paid.does(Act(REGION, PROVE)).when(HEAD, ask).passes()
    assert story(*COMPLETE_ASKED).commitment.open_request, "nothing is asked where no amount was established"


def test_a_draft_a_closed_commitment_and_a_workflow_without_a_ledger_take_no_money() -> None:
    story(*COMPLETED).when(COORDINATOR, ESTABLISH).refused("money_not_in_state")
    story(*DRAFTED).when(COORDINATOR, ESTABLISH).refused("money_not_in_state")
    assert "ledger_not_kept" in given(*SIGNED).when(COORDINATOR, ESTABLISH).codes


def test_an_office_sees_what_it_may_do_with_the_money() -> None:
    paid = story(*PAID)
    offered = {(one.act, one.on): one.may for one in overview(paid.commitment, paid.context(REGION))}
    assert offered["prove_payment", f"{K}.p1"]
    assert not offered["pay", ""]
    assert not offered["establish_money", ""]
    proven = paid.does(Act(REGION, PROVE))
    assert ("prove_payment", f"{K}.p1") not in {
        (one.act, one.on) for one in overview(proven.commitment, proven.context(REGION))
    }
    closed = story(*COMPLETED)
    assert "pay" not in {one.act for one in overview(closed.commitment, closed.context(HEAD))}


def test_the_ledger_is_read_from_the_text() -> None:
    text = shipped("replikasi-inovasi") + "\nledger: {label: {id: Kerugian daerah, en: Loss of the region}}\n"
    assert parse(text).ledger == Label("Kerugian daerah", "Loss of the region")


def replace_role(changed: Definition, name: str, may: set[str]) -> Definition:
    roles = dict(changed.roles)
    roles[name] = replace(roles[name], may=frozenset(may | {"draft", "edit_draft", "verify_claim", "claim"}))
    return replace(changed, roles=MappingProxyType(roles))


def test_the_proof_of_a_payment_is_a_file_of_the_commitment() -> None:
    assert set(story(*PAID).commitment.files) - set(story(*ESTABLISHED).commitment.files) == set(PHOTO)
