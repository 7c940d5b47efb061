"""The sections that a workflow may leave out: own fields, the scale, publication, retention."""

from decimal import Decimal

import pytest

from workflows.definition import Definition, Field, Label, OwnFields, Publication, Retention
from workflows.definition_yaml import parse, shipped
from workflows.errors import DefinitionInvalid

SHIPPED = shipped("replikasi-inovasi")
SECTIONS = """
fields:
  commitment:
    group:
      label: {id: Kelompok, en: Group}
      type: choice
      choices: {children: {id: Anak, en: Children}, elderly: {id: Lansia, en: Elderly}}
    decree: {label: {id: Surat, en: Letter}, type: letter, required_in: [signed, start]}
  item:
    cost: {label: {id: Biaya, en: Cost}, type: money, min: 1, max: 500, visible_to: [agency_head]}
  claim:
    index: {label: {id: Indeks, en: Index}, type: number, min: -0.5, max: 99.5, required_in: [signed]}
  request:
    sign:
      note: {label: {id: Catatan, en: Note}, type: text, max_chars: 40, required_in: [sign]}
scale:
  label: {id: Tingkat, en: Level}
  levels:
    none: {label: {id: Belum, en: None}, from_percent: 0}
    some: {label: {id: Sebagian, en: Some}, from_percent: 1}
    all: {label: {id: Semua, en: All}, from_percent: 100}
publication:
  states: [signed, completed]
  fields: [commitment.group]
  facts: [state-changed]
retention:
  commitment: {label: {id: Berkas, en: File}, years: 10, placeholder: true}
  notice: {label: {id: Pemberitahuan, en: Notice}, years: 2}
"""


def read(sections: str = SECTIONS) -> Definition:
    return parse(SHIPPED + sections)


def test_own_fields_are_read_by_their_object() -> None:
    fields = read().fields
    assert fields.commitment["group"] == Field(
        "group",
        Label("Kelompok", "Group"),
        "choice",
        choices={"children": Label("Anak", "Children"), "elderly": Label("Lansia", "Elderly")},
    )
    assert fields.commitment["decree"].required_in == {"signed", "start"}
    cost, index = fields.item["cost"], fields.claim["index"]
    assert (cost.least, cost.most, cost.visible_to) == (Decimal(1), Decimal(500), {"agency_head"})
    assert (index.least, index.most) == (Decimal("-0.5"), Decimal("99.5"))
    assert fields.of_request("sign")["note"].max_chars == 40
    assert fields.of_request("start") == {}
    assert [place for place, _ in fields.each()] == ["commitment", "commitment", "item", "claim", "request.sign"]


def test_a_field_hides_from_roles_that_it_does_not_name() -> None:
    fields = read().fields
    assert fields.item["cost"].is_seen_by("agency_head")
    assert not fields.item["cost"].is_seen_by("mentor")
    assert fields.hides_from("mentor")
    assert fields.hides_from(None)
    assert not fields.hides_from("agency_head")


def test_the_scale_tells_the_level_of_a_completion() -> None:
    scale = read().scale
    assert scale is not None
    assert [scale.level_at(percent).name for percent in (0, 1, 99, 100)] == ["none", "some", "some", "all"]


def test_publication_and_retention_are_what_is_written() -> None:
    found = read()
    assert found.publication == Publication(
        frozenset({"signed", "completed"}), frozenset({"commitment.group"}), frozenset({"state-changed"})
    )
    assert found.retention == (
        Retention("commitment", Label("Berkas", "File"), 10, placeholder=True),
        Retention("notice", Label("Pemberitahuan", "Notice"), 2),
    )


def test_a_workflow_may_leave_all_of_them_out() -> None:
    for found in (parse(SHIPPED), read("\nfields: {}\npublication: {}\nretention: {}\n")):
        assert found.fields == OwnFields()
        assert found.publication == Publication()
        assert (found.scale, found.retention) == (None, ())


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ("    sign:\n", "    dance:\n", "fields.request.dance", "unknown move 'dance'"),
        ("type: letter", "type: leter", "fields.commitment.decree.type", "unknown type 'leter'"),
        ("[signed, start]", "[signed, startt]", "fields.commitment.decree.required_in[1]", "unknown stage 'startt'"),
        ("required_in: [signed]", "required_in: [sign]", "fields.claim.index.required_in[0]", "unknown stage 'sign'"),
        ("required_in: [sign]", "required_in: [start]", "fields.request.sign.note.required_in[0]", "unknown stage"),
        ("[agency_head]", "[king]", "fields.item.cost.visible_to[0]", "unknown role 'king'"),
        ("max_chars: 40", "choices: {}", "fields.request.sign.note.choices", "only for choice, this is a text"),
        ("max_chars: 40", "min: 1", "fields.request.sign.note.min", "only for number and money, this is a text"),
        ("max_chars: 40", "max_chars: 0", "fields.request.sign.note.max_chars", "expected at least 1"),
        ("min: 1,", "max_chars: 3,", "fields.item.cost.max_chars", "only for text, this is a money"),
        ("min: 1,", "min: 0.5,", "fields.item.cost.min", "a fraction, expected a whole number"),
        ("min: 1, max: 500", "min: 501, max: 500", "fields.item.cost.max", "500, expected at least min (501)"),
        ("min: -0.5", "min: soon", "fields.claim.index.min", "text, expected a number"),
        ("min: -0.5", "min: 0.1234567", "fields.claim.index.min", "at most 12 digits before and 6 behind"),
        ("type: choice\n", "type: text\n", "fields.commitment.group.choices", "only for choice, this is a text"),
        (
            "      choices: {children: {id: Anak, en: Children}, elderly: {id: Lansia, en: Elderly}}\n",
            "",
            "fields.commitment.group.type",
            "a choice among nothing",
        ),
        (
            "{children: {id: Anak, en: Children}, elderly: {id: Lansia, en: Elderly}}",
            "{}",
            "fields.commitment.group.choices",
            "a choice among nothing",
        ),
        ("    group:", "    Group:", "fields.commitment.Group", "'Group' can't be a name"),
        (
            "    some: {label: {id: Sebagian, en: Some}, from_percent: 1}\n"
            "    all: {label: {id: Semua, en: All}, from_percent: 100}\n",
            "",
            "scale.levels",
            "1 levels, expected at least 2",
        ),
        ("from_percent: 0", "from_percent: 1", "scale.levels", "must begin with 0 and rise"),
        ("from_percent: 1}", "from_percent: 100}", "scale.levels", "must begin with 0 and rise"),
        ("from_percent: 100", "from_percent: 101", "scale.levels", "at most to 100"),
        ("[signed, completed]", "[drafted]", "publication.states[0]", "the state drafted is private"),
        ("[signed, completed]", "[asleep]", "publication.states[0]", "unknown state 'asleep'"),
        ("[commitment.group]", "[item.cost]", "publication.fields[0]", "visible to some roles alone"),
        ("[commitment.group]", "[commitment.grup]", "publication.fields[0]", "unknown field 'commitment.grup'"),
        ("[state-changed]", "[holder-appointed]", "publication.facts[0]", "unknown fact of a commitment"),
        ("  notice:", "  cake:", "retention.cake", "unknown kind of record 'cake'"),
        ("years: 2", "years: 0", "retention.notice.years", "0, expected at least 1"),
    ],
)
def test_a_section_that_breaks_the_schema_is_refused_at_its_place(old: str, new: str, place: str, reason: str) -> None:
    assert old in SECTIONS, old
    with pytest.raises(DefinitionInvalid) as invalid:
        read(SECTIONS.replace(old, new, 1))
    assert invalid.value.place == place
    assert reason in invalid.value.reason
    assert "(line " in invalid.value.reason
