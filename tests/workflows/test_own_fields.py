"""Fields of a workflow's own: checked when written, required in their stages, hidden from who doesn't see them."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import cache

import pytest

from tests.support.short_path import short_path
from tests.support.world import (
    HEAD,
    NEW_YEAR,
    PAPER,
    PHOTO,
    PIC,
    PLAN,
    REGION,
    SECRETARY,
    SIGNING,
    SPRING,
    Act,
    Story,
    World,
    amendment,
    approvals,
    draft,
    given,
    item,
    signature,
)
from workflows.commands import EditDraft, MakeClaim, OpenRequest
from workflows.definition import Definition, Field, Label
from workflows.definition_yaml import parse
from workflows.facts import (
    ClaimMade,
    CommitmentDrafted,
    DraftEdited,
    FieldValue,
    PlanDrafted,
    RequestOpened,
    StepReached,
)
from workflows.field_sight import commitment_seen, fact_seen
from workflows.fields import Letter, as_before, canonical, changed, letter_of, seen, written
from workflows.sentences import sentence
from workflows.substance import current_substance

FIELDS = """
fields:
  commitment:
    group:
      label: {id: Kelompok sasaran, en: Target group}
      type: choice
      required_in: [drafted]
      choices: {children: {id: Anak, en: Children}, elderly: {id: Lansia, en: Elderly}}
    decree: {label: {id: Surat keputusan, en: Decree}, type: letter, required_in: [signed]}
    secret: {label: {id: Catatan dinas, en: Office note}, type: text, visible_to: [region_coordinator]}
    partner: {label: {id: Mitra, en: Partner}, type: office}
  item:
    cost: {label: {id: Biaya satuan, en: Cost of one}, type: money, min: 1, required_in: [sign, amend]}
    remark: {label: {id: Keterangan, en: Remark}, type: text, visible_to: [region_coordinator]}
  claim:
    index: {label: {id: Indeks, en: Index}, type: number, min: 0, max: 100, required_in: [signed]}
  request:
    sign:
      met_on: {label: {id: Tanggal rapat, en: Day of the meeting}, type: date, required_in: [sign]}
"""
CHOSEN, DECREE = FieldValue("group", "children"), FieldValue("decree", "2021-11-30 800/12")
COST, MET = FieldValue("cost", "1000"), FieldValue("met_on", "2021-11-30")
COSTED = tuple(replace(one, fields=(COST,)) for one in PLAN)


@cache
def definition() -> Definition:
    return parse(short_path() + FIELDS)


def world() -> World:
    return World(definition=definition())


def drafted(*values: FieldValue, items: tuple = COSTED) -> Act:
    return Act(REGION, draft(items=items, fields=values))


def story(*acts: Act) -> Story:
    return given(*acts, world=world())


SIGN = OpenRequest("sign", fields=(MET,))
FILLED = drafted(CHOSEN, DECREE)
SIGNED = (
    FILLED,
    Act(HEAD, SIGN),
    *approvals(1, REGION),
    Act(SECRETARY, signature(), SIGNING + timedelta(hours=1)),
)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "  dua baris\nini ", "dua baris\nini"),
        ("text", "x" * 1001, None),
        ("number", "007.50", "7.5"),
        ("number", "-0.0", "0"),
        ("number", "100", "100"),
        ("number", "1,5", None),
        ("number", "1e5", None),
        ("money", "0001000", "1000"),
        ("money", "1000.50", None),
        ("money", "-1", None),
        ("date", "2022-02-28", "2022-02-28"),
        ("date", "2022-02-30", None),
        ("date", "20220228", None),
        ("date", "1800-01-01", None),
        ("letter", "2022-02-28   800/12 ", "2022-02-28 800/12"),
        ("letter", "2022-02-28", None),
        ("letter", "800/12", None),
        ("letter", "2022-02-28 " + "x" * 101, None),
        ("choice", "a", "a"),
        ("choice", "b", None),
        ("office", " 61.03.bag ", "61.03.bag"),
    ],
)
def test_a_value_has_one_canonical_form(kind: str, text: str, value: str | None) -> None:
    field = Field("x", Label("x", "x"), kind, choices={"a": Label("a", "a")})
    assert canonical(field, text) == value
    if value is not None:
        assert canonical(field, value) == value


@pytest.mark.parametrize(("text", "fits"), [("1.9", False), ("2", True), ("4", True), ("5", False)])
def test_a_number_stays_within_its_bounds(text: str, fits: bool) -> None:
    field = Field("x", Label("x", "x"), "number", least=Decimal(2), most=Decimal(4))
    assert (canonical(field, text) is not None) == fits
    assert canonical(replace(field, type="money"), "5") is None


def test_a_text_may_be_as_long_as_its_field_says() -> None:
    field = Field("x", Label("x", "x"), "text", max_chars=3)
    assert canonical(field, "abc") == "abc"
    assert canonical(field, "abcd") is None


def test_a_letter_is_its_day_and_its_number() -> None:
    assert letter_of("2022-02-28 800/12 a") == Letter("2022-02-28", "800/12 a")


def test_values_are_stated_by_name_and_empty_ones_left_out() -> None:
    fields = definition().fields.commitment
    values = (FieldValue("secret", " x "), FieldValue("group", "elderly"), FieldValue("decree", " "))
    assert written(fields, values) == (FieldValue("group", "elderly"), FieldValue("secret", "x"))
    assert changed((CHOSEN, DECREE), (FieldValue("group", ""),)) == (DECREE,)


def test_a_draft_states_its_fields() -> None:
    told = story(drafted(FieldValue("decree", "2021-11-30  800/12"), CHOSEN))
    assert isinstance(told.new[0], CommitmentDrafted)
    assert told.new[0].fields == (DECREE, CHOSEN)
    assert told.commitment.fields == (DECREE, CHOSEN)
    assert told.commitment.items[0].fields == (COST,)


def test_the_same_draft_again_is_nothing_new_and_another_value_is() -> None:
    told = story(FILLED)
    assert told.when(REGION, draft(items=COSTED, fields=(DECREE, CHOSEN))).done.new == ()
    told.when(REGION, draft(items=COSTED, fields=(CHOSEN,))).refused("commitment_exists")
    told.when(REGION, draft(items=PLAN, imported=True)).passes()


def test_what_a_draft_needs_from_the_beginning_is_missed_at_once() -> None:
    tried = story().when(REGION, draft()).refused("field_missing")
    assert tried.blocker("field_missing").facts == {"fields": "group", "object": "commitment"}
    assert tried.blocker("field_missing").cleared_by == (REGION,)
    story(FILLED).when(HEAD, EditDraft(fields=(FieldValue("group", " "),))).refused("field_missing")


def test_a_wrong_value_is_refused_with_what_was_expected() -> None:
    wrong = (CHOSEN, FieldValue("decree", "soon"), FieldValue("partner", "nowhere"), FieldValue("colour", "red"))
    tried = story().when(REGION, draft(fields=wrong)).refused("field_unknown", "field_invalid", "field_invalid")
    assert [one.facts.get("expected") for one in tried.blockers] == [None, "letter", "office"]
    assert sentence(tried.blockers[1], "id", definition=definition()) == (
        "Isian Surat keputusan (komitmen) harus berupa tanggal dan nomor surat dalam batasnya."
    )
    told = story(FILLED).when(HEAD, EditDraft(fields=(FieldValue("partner", PIC),))).then(DraftEdited)
    assert FieldValue("partner", PIC) in told.commitment.fields


def test_an_edit_changes_the_fields_that_it_names_alone() -> None:
    told = story(FILLED)
    assert told.when(HEAD, EditDraft(fields=(CHOSEN,))).done.new == ()
    edited = told.when(HEAD, EditDraft(fields=(FieldValue("group", "elderly"),))).then(DraftEdited)
    assert edited.commitment.fields == (DECREE, FieldValue("group", "elderly"))
    assert edited.when(HEAD, EditDraft(pic="")).then(DraftEdited).commitment.fields == edited.commitment.fields


def test_a_field_that_an_office_does_not_see_is_not_there_for_it() -> None:
    note = FieldValue("secret", "Sengketa lahan")
    told = story(FILLED).when(REGION, EditDraft(fields=(note,))).then(DraftEdited)
    tried = told.when(HEAD, EditDraft(fields=(FieldValue("secret", "x"),))).refused("field_unknown")
    assert "secret" not in tried.blocker("field_unknown").facts["known_fields"]
    kept = told.when(HEAD, EditDraft(fields=(FieldValue("group", "elderly"),))).then(DraftEdited)
    assert note in kept.commitment.fields
    fields = definition().fields.commitment
    assert note not in seen(kept.commitment.fields, fields, "agency_head")
    assert note in seen(kept.commitment.fields, fields, "region_coordinator")


def test_a_plan_written_by_who_does_not_see_a_field_keeps_it() -> None:
    remark = FieldValue("remark", "Lahan sengketa")
    told = story(drafted(CHOSEN, items=(replace(COSTED[0], fields=(COST, remark)), *COSTED[1:])))
    other = replace(COSTED[0], activity="Lain", fields=(FieldValue("cost", "2000"),))
    edited = told.when(HEAD, EditDraft(items=(other, *COSTED[1:]))).then(PlanDrafted)
    assert edited.commitment.items[0].fields == (FieldValue("cost", "2000"), remark)
    told.when(HEAD, EditDraft(items=(replace(other, fields=(remark,)),))).refused("field_unknown")
    emptied = told.when(REGION, EditDraft(items=COSTED)).then(PlanDrafted)
    assert emptied.commitment.items[0].fields == (COST,)


def test_a_plan_from_a_file_keeps_the_fields_that_its_items_had() -> None:
    assert as_before((item(1, component="hotline"), item(9)), COSTED) == (
        item(1, component="hotline", fields=(COST,)),
        item(9),
    )


def test_a_move_waits_for_the_fields_of_itself_and_of_its_target() -> None:
    bare = story(drafted(CHOSEN, items=(PLAN[0], COSTED[1], PLAN[2])))
    tried = bare.when(HEAD, SIGN).refused("field_missing", "field_missing")
    assert [one.facts for one in tried.blockers] == [
        {"fields": "decree", "object": "commitment"},
        {"fields": "cost", "object": "item 1, item 3"},
    ]
    assert tried.blockers[0].cleared_by == (REGION, HEAD)
    assert [one.cleared_by for one in tried.blockers] == [(REGION, HEAD), (REGION, HEAD)]
    said = sentence(tried.blockers[1], "id", definition=definition())
    assert said == "Isian Biaya satuan (butir 1, butir 3) wajib diisi."
    story(FILLED).when(HEAD, SIGN).then(RequestOpened, StepReached)


def test_a_request_has_fields_of_its_own() -> None:
    told = story(FILLED)
    told.when(HEAD, OpenRequest("sign")).refused("field_missing")
    told.when(HEAD, OpenRequest("sign", fields=(FieldValue("met_on", "kemarin"),))).refused(
        "field_invalid", "field_missing"
    )
    told.when(HEAD, OpenRequest("sign", fields=(MET, FieldValue("index", "1")))).refused("field_unknown")
    opened = told.when(HEAD, SIGN).done.new[0]
    assert isinstance(opened, RequestOpened)
    assert opened.fields == (MET,)


def test_an_approval_binds_to_the_fields() -> None:
    def asked(values: tuple[FieldValue, ...], *own: FieldValue) -> str:
        told = story(drafted(*values)).when(HEAD, OpenRequest("sign", fields=own)).done
        opened = told.new[0]
        assert isinstance(opened, RequestOpened)
        assert current_substance(told.commitment, definition().moves["sign"], opened) == opened.substance
        return opened.substance

    other = FieldValue("met_on", "2021-11-29")
    elderly = (FieldValue("group", "elderly"), DECREE)
    assert len({asked((CHOSEN, DECREE), MET), asked((CHOSEN, DECREE), other), asked(elderly, MET)}) == 3


def test_an_amendment_carries_the_items_fields() -> None:
    running = story(
        *SIGNED, Act(HEAD, OpenRequest("start", evidence=PAPER), NEW_YEAR), *approvals(2, REGION, SECRETARY)
    )
    cheaper = tuple(replace(one, fields=(FieldValue("cost", "900"),)) for one in PLAN)
    running.when(HEAD, amendment(*PLAN)).refused("field_missing")
    running.when(HEAD, amendment(*COSTED)).refused("plan_unchanged")
    asked = running.when(HEAD, amendment(*cheaper)).done
    opened = asked.new[0]
    assert isinstance(opened, RequestOpened)
    assert opened.items == cheaper


def test_a_claim_has_fields_of_its_own() -> None:
    signed = story(*SIGNED)
    claim = MakeClaim(1, Decimal(10), PHOTO)
    tried = signed.when(PIC, claim, at=SPRING).refused("field_missing")
    assert tried.blocker("field_missing").facts["object"] == "claim"
    signed.when(PIC, replace(claim, fields=(FieldValue("index", "101"),)), at=SPRING).refused(
        "field_invalid", "field_missing"
    )
    made = signed.when(PIC, replace(claim, fields=(FieldValue("index", "87.50"),)), at=SPRING).then(ClaimMade).new[0]
    assert isinstance(made, ClaimMade)
    assert made.fields == (FieldValue("index", "87.5"),)


def test_what_a_role_does_not_see_is_nowhere_in_what_it_is_shown() -> None:
    note, remark = FieldValue("secret", "Sengketa lahan"), FieldValue("remark", "Lahan sengketa")
    items = (replace(COSTED[0], fields=(COST, remark)), *COSTED[1:])
    told = story(
        Act(REGION, draft(items=items, fields=(CHOSEN, DECREE, note))),
        *SIGNED[1:],
        Act(PIC, MakeClaim(1, Decimal(10), PHOTO, fields=(FieldValue("index", "1"),)), SPRING),
    )
    own = definition().fields
    for role, knows in (("agency_head", False), ("region_coordinator", True), (None, False)):
        shown = repr(commitment_seen(told.commitment, own, role)) + repr(
            [fact_seen(event.fact, own, role) for event in told.events]
        )
        assert (note.value in shown) == knows
        assert (remark.value in shown) == knows
        assert CHOSEN.value in shown
    assert commitment_seen(told.commitment, own, "region_coordinator") is told.commitment


def test_what_every_role_sees_of_a_claim_stays_in_what_it_is_shown() -> None:
    index = FieldValue("index", "87.5")
    claimed = story(*SIGNED).when(PIC, MakeClaim(1, Decimal(10), PHOTO, fields=(index,)), at=SPRING).then(ClaimMade)
    made = fact_seen(claimed.new[0], definition().fields, "agency_head")
    assert isinstance(made, ClaimMade)
    assert made.fields == (index,)
    shown = commitment_seen(claimed.commitment, definition().fields, "agency_head")
    assert shown.claims[made.claim].made.fields == (index,)


def test_a_claims_own_field_is_not_shown_in_the_fact_to_a_role_that_does_not_see_it() -> None:
    hidden = FIELDS.replace(
        "max: 100, required_in", "max: 100, visible_to: [agency_pic, region_coordinator], required_in"
    )
    own, index = parse(short_path() + hidden), FieldValue("index", "87.5")
    told = given(*SIGNED, world=World(definition=own))
    made = told.when(PIC, MakeClaim(1, Decimal(10), PHOTO, fields=(index,)), at=SPRING).then(ClaimMade).new[0]
    assert "87.5" in repr(fact_seen(made, own.fields, "region_coordinator"))
    assert "87.5" not in repr(fact_seen(made, own.fields, "agency_head"))
