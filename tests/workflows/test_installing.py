"""Bringing in a workflow's version takes two persons in two offices that may."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given as sampled
from hypothesis import strategies as st

from tests.support.directory import CALENDAR, directory, holder
from tests.support.saying import codes_said
from tests.support.short_path import short_path
from tests.support.world import (
    ADMIN,
    COORDINATOR,
    HEAD,
    MINISTRY,
    NEIGHBOUR,
    OPENED,
    PROGRAMME,
    PROVINCE,
    REGION,
    SPRING,
    K,
    holder_of,
)
from workflows.commands import (
    ConfirmDefinition,
    ConfirmMigration,
    DeclineDefinition,
    DeclineMigration,
    DefinitionCommand,
    EndMigration,
    ProposeDefinition,
    ProposeMigration,
    UseDefinition,
)
from workflows.context import Acting
from workflows.errors import Refused
from workflows.facts import (
    CalendarAdopted,
    DefinitionDeclined,
    DefinitionFact,
    DefinitionInstalled,
    DefinitionProposed,
    Hand,
    MigrationConfirmed,
    MigrationDeclined,
    MigrationEnded,
    MigrationProposed,
    ProgrammeDefinitionChanged,
    ProgrammeFact,
    StateMapped,
)
from workflows.installing import decide_definition, order_of
from workflows.offices import Directory
from workflows.programmes import Programmes, replay_programmes
from workflows.second_person import installing_offices, installing_roles, may_install

NAME = "replikasi-inovasi"
TEXT = short_path()
NEXT = TEXT.replace("version: 1", "version: 2", 1)
OTHER_NEXT = NEXT.replace("Konsep", "Rancangan", 1)
THIRD = TEXT.replace("version: 1", "version: 3", 1)
P1, P2, M1 = f"{NAME}.p1", f"{NAME}.p2", f"{PROGRAMME}.m1"


def installed(text: str, version: int = 1, proposal: str | None = None) -> DefinitionInstalled:
    return DefinitionInstalled(NAME, version, sha256(text.encode()).hexdigest(), text, proposal)


ADOPTED = CalendarAdopted(CALENDAR, 1, "holidays ID", date(2021, 1, 1), date(2023, 12, 31), ())
BEFORE: tuple[ProgrammeFact, ...] = (ADOPTED, installed(TEXT), OPENED)


@dataclass(frozen=True)
class Log:
    """What was stated so far about workflows and programmes, and who is where."""

    facts: tuple[ProgrammeFact, ...] = BEFORE
    known: Directory = field(default_factory=directory)

    @property
    def state(self) -> Programmes:
        return replay_programmes(self.facts)

    def decided(
        self, office: str, command: DefinitionCommand, *, person: str | None = None
    ) -> tuple[DefinitionFact, ...]:
        by = Acting(office, person or holder_of(office))
        return decide_definition(self.state, command, by=by, directory=self.known, now=SPRING)

    def after(self, office: str, command: DefinitionCommand, *, person: str | None = None) -> Log:
        return replace(self, facts=(*self.facts, *self.decided(office, command, person=person)))

    def refused(self, office: str, command: DefinitionCommand, *, person: str | None = None) -> tuple[str, ...]:
        with pytest.raises(Refused) as caught:
            self.decided(office, command, person=person)
        return codes_said(caught.value.blockers)


PROPOSED = Log().after(ADMIN, ProposeDefinition(NAME, NEXT))
INSTALLED = PROPOSED.after(COORDINATOR, ConfirmDefinition(P1))
TO_TWO = ProposeMigration(PROGRAMME, 2, (), None, None, "800/7", "Aturan baru")
ORDERED = INSTALLED.after(ADMIN, TO_TWO)
CONFIRMED = ORDERED.after(COORDINATOR, ConfirmMigration(M1))


def test_one_proposes_and_another_office_installs() -> None:
    (proposed,) = Log().decided(ADMIN, ProposeDefinition(NAME, NEXT))
    assert isinstance(proposed, DefinitionProposed)
    assert (proposed.proposal, proposed.version, proposed.by) == (P1, 2, Hand(ADMIN, holder_of(ADMIN)))
    assert PROPOSED.state.definition(NAME, 2) is None
    assert PROPOSED.decided(COORDINATOR, ConfirmDefinition(P1)) == (installed(NEXT, 2, P1),)
    assert INSTALLED.state.proposals[P1].status == "installed"


def test_installing_changes_nothing_for_programmes_and_their_commitments() -> None:
    assert INSTALLED.state.programmes == Log().state.programmes


def test_nobody_confirms_their_own_proposal_in_whatever_office() -> None:
    assert PROPOSED.refused(ADMIN, ConfirmDefinition(P1)) == ("proposer_confirms",)
    second = directory(
        more=(holder(ADMIN, "somebody else", capacity="plh"), holder(COORDINATOR, holder_of(ADMIN), capacity="plh"))
    )
    crowded = replace(PROPOSED, known=second)
    assert crowded.refused(ADMIN, ConfirmDefinition(P1), person="somebody else") == ("proposer_confirms",)
    assert crowded.refused(COORDINATOR, ConfirmDefinition(P1), person=holder_of(ADMIN)) == ("proposer_confirms",)
    assert crowded.decided(COORDINATOR, ConfirmDefinition(P1))


def test_who_could_confirm_instead_is_named() -> None:
    with pytest.raises(Refused) as caught:
        PROPOSED.decided(ADMIN, ConfirmDefinition(P1))
    assert caught.value.blockers[0].cleared_by == (COORDINATOR,)


def test_the_operator_may_propose_and_never_confirms() -> None:
    by_operator = Log().after("operator", ProposeDefinition(NAME, NEXT), person="operator")
    assert by_operator.refused("operator", ConfirmDefinition(P1), person="operator") == (
        "office_unknown",
        "proposer_confirms",
    )
    assert PROPOSED.refused("operator", ConfirmDefinition(P1), person="operator") == ("office_unknown",)
    assert PROPOSED.refused(COORDINATOR, ConfirmDefinition(P1), person="operator") == ("not_a_holder",)
    assert by_operator.decided("operator", DeclineDefinition(P1, "salah berkas"), person="operator")
    assert by_operator.decided(ADMIN, ConfirmDefinition(P1))


@pytest.mark.parametrize(
    ("office", "person", "codes"),
    [
        (HEAD, None, ("role_may_not",)),
        (PROVINCE, None, ("role_may_not",)),
        (COORDINATOR, "somebody", ("not_a_holder",)),
        ("61.nowhere", None, ("office_unknown",)),
    ],
)
def test_other_offices_neither_propose_nor_confirm(office: str, person: str | None, codes: tuple[str, ...]) -> None:
    assert Log().refused(office, ProposeDefinition(NAME, NEXT), person=person) == codes
    assert PROPOSED.refused(office, ConfirmDefinition(P1), person=person) == codes
    assert PROPOSED.refused(office, DeclineDefinition(P1, "tidak"), person=person) == codes


def test_an_act_on_behalf_of_another_office_is_not_for_this() -> None:
    by = Acting(REGION, holder_of(REGION), on_behalf_of=COORDINATOR)
    with pytest.raises(Refused) as caught:
        decide_definition(PROPOSED.state, ConfirmDefinition(P1), by=by, directory=PROPOSED.known, now=SPRING)
    assert codes_said(caught.value.blockers) == (
        "delegation_out_of_scope",
        "role_may_not",
    )


@pytest.mark.parametrize(
    ("text", "name", "codes"),
    [
        (TEXT.replace("version: 1", "version: 7", 1), NAME, ("version_out_of_order",)),
        (TEXT.replace("Konsep", "Rancangan", 1), NAME, ("version_out_of_order",)),
        (NEXT, "another-name", ("definition_differs",)),
        (NEXT.replace("meaning: success", "meaning: glory"), NAME, ("definition_invalid",)),
        ("nothing", NAME, ("definition_invalid",)),
    ],
)
def test_a_text_that_cannot_be_the_next_version_is_refused(text: str, name: str, codes: tuple[str, ...]) -> None:
    assert Log().refused(ADMIN, ProposeDefinition(name, text)) == codes


def test_the_same_text_again_is_nothing_new_whether_it_waits_or_is_installed() -> None:
    assert Log().decided(ADMIN, ProposeDefinition(NAME, TEXT)) == ()
    assert PROPOSED.decided(COORDINATOR, ProposeDefinition(NAME, NEXT)) == ()
    assert INSTALLED.decided(ADMIN, ProposeDefinition(NAME, NEXT)) == ()


def test_a_proposal_is_confirmed_once_and_overtaken_by_another() -> None:
    two = PROPOSED.after(COORDINATOR, ProposeDefinition(NAME, OTHER_NEXT))
    done = two.after(ADMIN, ConfirmDefinition(P2))
    assert (done.state.proposals[P1].status, done.state.proposals[P2].status) == ("overtaken", "installed")
    assert done.refused(COORDINATOR, ConfirmDefinition(P1)) == ("proposal_closed",)
    assert done.refused(COORDINATOR, ConfirmDefinition(P2)) == ("proposal_closed", "proposer_confirms")
    assert done.refused(COORDINATOR, DeclineDefinition(P1, "tidak")) == ("proposal_closed",)


def test_what_waits_for_a_later_version_or_another_workflow_is_not_overtaken() -> None:
    other = DefinitionProposed("x.p1", "x", 1, "d", "text", Hand(ADMIN, "p"))
    third = DefinitionProposed(f"{NAME}.p9", NAME, 3, "d", THIRD, Hand(ADMIN, "p"))
    state = replay_programmes((*BEFORE, other, third, installed(NEXT, 2)))
    assert {one.status for one in state.proposals.values()} == {"open"}


def test_a_declined_proposal_is_closed_and_says_why() -> None:
    (declined,) = PROPOSED.decided(COORDINATOR, DeclineDefinition(P1, "belum dibahas"))
    assert declined == DefinitionDeclined(P1, NAME, "belum dibahas")
    assert PROPOSED.decided(ADMIN, DeclineDefinition(P1, "salah")) != ()
    assert PROPOSED.refused(COORDINATOR, DeclineDefinition(P1, " ")) == ("field_blank",)
    closed = PROPOSED.after(COORDINATOR, DeclineDefinition(P1, "belum dibahas"))
    assert closed.refused(COORDINATOR, ConfirmDefinition(P1)) == ("proposal_closed",)
    again = closed.after(ADMIN, ProposeDefinition(NAME, NEXT))
    assert again.state.proposals[P2].status == "open"


def test_what_was_never_proposed_is_not_confirmed() -> None:
    assert Log().refused(COORDINATOR, ConfirmDefinition(P1)) == ("proposal_unknown",)
    assert Log().refused(COORDINATOR, ConfirmMigration(M1)) == ("migration_unknown",)
    assert Log().refused(COORDINATOR, EndMigration(M1, 0, 0)) == ("migration_unknown",)


def test_authority_is_measured_by_what_is_in_force_not_by_the_proposed_text() -> None:
    seized = NEXT.replace(
        "may: [give_direction, record_finding, note]}",
        "may: [administer]}",
    )
    assert seized != NEXT
    assert Log().refused(NEIGHBOUR, ProposeDefinition(NAME, seized)) == ("role_may_not",)
    assert installing_roles(Log().state, NAME) == ("province_coordinator", "system_admin")
    assert installing_roles(Log().state, "a-new-name") == ("province_coordinator", "system_admin")
    assert installing_offices(Log().state, NAME, directory()) == (COORDINATOR, ADMIN)
    by = Acting(HEAD, holder_of(HEAD))
    assert [one.code for one in may_install(Log().state, NAME, by=by, directory=directory(), now=SPRING)] == [
        "role_may_not"
    ]


def test_new_drafts_follow_another_version_only_after_an_act() -> None:
    command = UseDefinition(PROGRAMME, 2, "800/8", "Mulai tahun baru")
    assert INSTALLED.decided(COORDINATOR, command) == (
        ProgrammeDefinitionChanged(PROGRAMME, NAME, 1, 2, "800/8", "Mulai tahun baru"),
    )
    after = INSTALLED.after(COORDINATOR, command)
    assert after.state.programmes[PROGRAMME] == replace(OPENED, definition_version=2)
    assert after.decided(COORDINATOR, command) == ()
    assert after.decided(COORDINATOR, replace(command, version=1)) != ()
    assert INSTALLED.decided(COORDINATOR, command, person="operator") != ()


@pytest.mark.parametrize(
    ("office", "person", "command", "codes"),
    [
        (COORDINATOR, None, UseDefinition(PROGRAMME, 3, "1", "x"), ("definition_unknown",)),
        (COORDINATOR, None, UseDefinition(PROGRAMME, 2, " ", ""), ("field_blank", "field_blank")),
        (COORDINATOR, None, UseDefinition("nowhere-2022", 2, "1", "x"), ("programme_unknown",)),
        (COORDINATOR, "somebody", UseDefinition(PROGRAMME, 2, "1", "x"), ("not_a_holder",)),
        (HEAD, None, UseDefinition(PROGRAMME, 2, "1", "x"), ("role_may_not", "out_of_scope")),
        ("operator", "operator", UseDefinition(PROGRAMME, 2, "1", "x"), ("office_unknown",)),
    ],
)
def test_others_do_not_say_which_version_is_used(
    office: str, person: str | None, command: UseDefinition, codes: tuple[str, ...]
) -> None:
    assert INSTALLED.refused(office, command, person=person) == codes


def test_a_migration_is_proposed_confirmed_and_ended_each_once() -> None:
    (proposed,) = INSTALLED.decided(ADMIN, TO_TWO)
    assert proposed == MigrationProposed(
        M1, PROGRAMME, NAME, 2, (), None, None, "800/7", "Aturan baru", Hand(ADMIN, holder_of(ADMIN))
    )
    assert ORDERED.decided(COORDINATOR, TO_TWO) == ()
    assert ORDERED.decided(COORDINATOR, ConfirmMigration(M1)) == (
        MigrationConfirmed(M1, PROGRAMME, Hand(COORDINATOR, holder_of(COORDINATOR))),
    )
    assert CONFIRMED.refused(COORDINATOR, ConfirmMigration(M1)) == ("migration_closed",)
    assert CONFIRMED.decided(COORDINATOR, EndMigration(M1, 40, 2)) == (MigrationEnded(M1, PROGRAMME, 40, 2),)
    ended = CONFIRMED.after(COORDINATOR, EndMigration(M1, 40, 2))
    assert ended.decided(COORDINATOR, EndMigration(M1, 1, 1)) == ()
    known = ended.state.migrations[M1]
    assert (known.status, known.moved, known.left) == ("ended", 40, 2)


def test_a_migration_takes_a_second_person_over_the_programme() -> None:
    assert ORDERED.refused(ADMIN, ConfirmMigration(M1)) == ("proposer_confirms",)
    assert ORDERED.refused(HEAD, ConfirmMigration(M1)) == ("role_may_not", "out_of_scope")
    assert ORDERED.refused(MINISTRY, ConfirmMigration(M1)) == ("role_may_not",)
    assert ORDERED.refused(COORDINATOR, EndMigration(M1, 0, 0)) == ("migration_not_confirmed",)
    assert CONFIRMED.refused(ADMIN, EndMigration(M1, 0, 0)) == ("migration_not_confirmed",)


def test_a_migration_is_declined_by_either_side() -> None:
    for office in (ADMIN, COORDINATOR):
        (declined,) = ORDERED.decided(office, DeclineMigration(M1, "belum siap"))
        assert declined == MigrationDeclined(M1, PROGRAMME, "belum siap")
    closed = ORDERED.after(ADMIN, DeclineMigration(M1, "belum siap"))
    assert closed.refused(COORDINATOR, ConfirmMigration(M1)) == ("migration_closed",)
    assert closed.refused(COORDINATOR, DeclineMigration(M1, "")) == ("migration_closed", "field_blank")
    assert closed.refused(ADMIN, replace(TO_TWO, to_version=None, undoes=M1)) == ("migration_closed",)


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"to_version": 3}, ("definition_unknown",)),
        ({"to_version": None}, ("definition_unknown",)),
        ({"letter": "", "text": " "}, ("field_blank", "field_blank")),
        ({"programme": "nowhere-2022"}, ("programme_unknown",)),
        ({"undoes": f"{PROGRAMME}.m9", "to_version": None}, ("migration_unknown",)),
        ({"states": (StateMapped("asleep", "signed"),)}, ("state_unknown_anywhere",)),
        ({"states": (StateMapped("signed", "asleep"),)}, ("state_unknown_anywhere",)),
        (
            {"states": (StateMapped("signed", "signed"), StateMapped("signed", "modified"))},
            ("state_mapped_twice",),
        ),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(changed: dict[str, object], codes: tuple[str, ...]) -> None:
    assert INSTALLED.refused(ADMIN, replace(TO_TWO, **changed)) == codes


def test_every_state_that_is_mapped_twice_is_named() -> None:
    twice = tuple(StateMapped(old, new) for old in ("signed", "modified") for new in ("signed", "modified"))
    with pytest.raises(Refused) as refused:
        INSTALLED.decided(ADMIN, replace(TO_TWO, states=twice))
    (blocker,) = refused.value.blockers
    assert set(blocker.facts["states"].split(", ")) == {"signed", "modified"}


def test_an_order_may_be_looked_at_before_it_is_given() -> None:
    by = Acting(ADMIN, holder_of(ADMIN))
    looked = order_of(INSTALLED.state, TO_TWO, by=by, directory=INSTALLED.known, now=SPRING)
    assert (looked,) == INSTALLED.decided(ADMIN, TO_TWO)
    again = order_of(ORDERED.state, TO_TWO, by=by, directory=ORDERED.known, now=SPRING)
    assert again.migration == M1


def test_an_undo_is_an_order_of_its_own() -> None:
    undo = replace(TO_TWO, to_version=None, undoes=M1, commitments=(K,))
    (proposed,) = CONFIRMED.decided(COORDINATOR, undo)
    assert isinstance(proposed, MigrationProposed)
    assert (proposed.migration, proposed.undoes) == (f"{PROGRAMME}.m2", M1)


OFFICES = (ADMIN, COORDINATOR, HEAD, "operator")
COMMANDS: tuple[DefinitionCommand, ...] = (
    ProposeDefinition(NAME, NEXT),
    ProposeDefinition(NAME, OTHER_NEXT),
    ProposeDefinition(NAME, THIRD),
    *(ConfirmDefinition(f"{NAME}.p{number}") for number in (1, 2, 3)),
    DeclineDefinition(P1, "tidak"),
    UseDefinition(PROGRAMME, 2, "1", "x"),
    TO_TWO,
    replace(TO_TWO, to_version=None, undoes=M1),
    ConfirmMigration(M1),
    ConfirmMigration(f"{PROGRAMME}.m2"),
    DeclineMigration(M1, "tidak"),
    EndMigration(M1, 1, 0),
)


@sampled(st.lists(st.tuples(st.sampled_from(OFFICES), st.sampled_from(COMMANDS)), max_size=25))
def test_whatever_is_tried_versions_have_no_gap_and_two_hands_each(acts: list[tuple[str, DefinitionCommand]]) -> None:
    log = Log()
    hands: dict[str, str] = {}
    for office, command in acts:
        try:
            stated = log.decided(office, command)
        except Refused:
            continue
        log = replace(log, facts=(*log.facts, *stated))
        for fact in stated:
            if isinstance(fact, DefinitionInstalled):
                assert fact.proposal is not None
                hands[fact.proposal] = office
    state = log.state
    assert [one.version for one in state.definitions[NAME]] == list(range(1, len(state.definitions[NAME]) + 1))
    assert all(state.proposals[name].proposed.by.office != office for name, office in hands.items())
    for migration in state.migrations.values():
        assert migration.by is None or migration.by.office != migration.proposed.by.office
