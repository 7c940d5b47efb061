import re
from hashlib import sha256

import pytest

from workflows.definition import Label, Limit, NoticeRule, Recipient
from workflows.definition_yaml import parse, shipped, shipped_names
from workflows.errors import DefinitionInvalid

NAME = "replikasi-inovasi"
TEXT = shipped(NAME)
DEFINITION = parse(TEXT)

OPEN = {"drafted", "signed", "in_replication", "modified"}
MINIMAL = """
name: pledge
version: 2
label: {id: Janji, en: Pledge}
party: {id: Pihak, en: Party}
subject: {id: Pokok, en: Subject}
item_ladder: slow
claim_limit: {days: 60, working: false}
replication_scopes: {}
stages: {}
funds: {}
states:
  made: {label: {id: Dibuat, en: Made}, meaning: open, initial: true}
  kept: {label: {id: Ditepati, en: Kept}, meaning: success}
moves:
  keep:
    label: {id: Tepati, en: Keep}
    from: [made]
    to: kept
    ask: [giver]
    steps:
      - name: confirm
        label: {id: Sahkan, en: Confirm}
        role: taker
        limit: 5
        ladder: slow
        verdicts: [approve]
        if_conflicted: block
        if_vacant: block
roles:
  giver: {label: {id: Pemberi, en: Giver}}
  taker: {label: {id: Penerima, en: Taker}}
reasons: {}
ladders:
  slow:
    label: {id: Lambat, en: Slow}
    levels:
      - {offset_days: 0, recipients: [obliged]}
      - {offset_days: 9, recipients: [superior]}
notices: []
"""


def refusal(text: str) -> DefinitionInvalid:
    with pytest.raises(DefinitionInvalid) as invalid:
        parse(text)
    return invalid.value


def changed(old: str, new: str, text: str = TEXT) -> str:
    assert old in text, old
    return text.replace(old, new, 1)


def test_every_shipped_workflow_goes_by_its_file_and_begins_at_version_one() -> None:
    assert {NAME, "ogp-nap", "tindak-lanjut-bpk"} <= set(shipped_names())
    for name in shipped_names():
        assert (parse(shipped(name)).name, parse(shipped(name)).version) == (name, 1)


def test_the_shipped_workflow_is_what_it_says() -> None:
    assert (DEFINITION.name, DEFINITION.version) == (NAME, 1)
    assert DEFINITION.digest == sha256(TEXT.encode()).hexdigest()
    assert DEFINITION.initial.name == "drafted"
    assert DEFINITION.ceiling == "province_secretary"
    assert DEFINITION.claim_limit == Limit(10)


def test_a_workflow_that_is_not_shipped_is_refused_by_name() -> None:
    for name in ("unheard-of", "../definition_yaml", ""):
        with pytest.raises(DefinitionInvalid, match=f"only {shipped_names()[0]}"):
            shipped(name)


def test_states_mean_what_the_story_needs() -> None:
    states = DEFINITION.states
    assert {name for name, state in states.items() if state.is_open} == OPEN
    assert {name for name, state in states.items() if state.meaning == "exit"} == {"withdrawn", "cancelled", "expired"}
    assert states["completed"].meaning == "success"
    assert {name for name, state in states.items() if state.private} == {"drafted"}
    assert {name for name, state in states.items() if state.claims} == OPEN - {"drafted"}
    assert {name for name, state in states.items() if state.owed} == OPEN - {"drafted"}


def test_the_ladders_climb_as_the_table_says() -> None:
    task, decision = DEFINITION.ladders["task"], DEFINITION.ladders["decision"]
    assert DEFINITION.item_ladder == "task"
    assert [level.offset_days for level in task.levels] == [-5, 0, 3, 5, 10, 15, 20]
    assert [level.style for level in task.levels[3:]] == ["list", "digest", "list", "digest"]
    assert [level.offset_days for level in decision.levels] == [-1, 0, 2, 5, 10, 15]
    assert [level.number for level in decision.levels] == [1, 2, 3, 4, 5, 6]
    assert [level.number for level in decision.levels if level.offers_delegation] == [4]
    assert task.levels[2].recipients == (Recipient("next_up", ("agency_head",)), Recipient("obliged"))
    assert decision.levels[2].recipients == (Recipient("obliged"), Recipient("role", ("region_coordinator",)))
    assert decision.levels[5].recipients == (Recipient("superior", never_above="province_secretary"),)


def test_a_ladder_climbs_to_whom_its_text_names() -> None:
    task = parse(changed("next_up: [agency_head]", "next_up: [region_secretary]")).ladders["task"]
    assert task.levels[2].recipients == (Recipient("next_up", ("region_secretary",)), Recipient("obliged"))


def test_who_may_do_what_outside_the_moves() -> None:
    may = {act: {role.name for role in DEFINITION.roles.values() if act in role.may} for act in ("claim", "draft")}
    assert may == {"claim": {"agency_pic"}, "draft": {"region_coordinator", "agency_head"}}
    assert "check_claim" in DEFINITION.roles["region_coordinator"].may
    assert {"verify_claim", "draw_sample"} <= DEFINITION.roles["province_coordinator"].may
    assert "import" in DEFINITION.roles["province_coordinator"].may
    assert {role.name for role in DEFINITION.roles.values() if "witness" in role.may} == {
        "ministry_lead",
        "province_secretary",
    }


def test_the_table_of_who_is_told_is_read_cell_by_cell() -> None:
    rules = DEFINITION.notices
    exits = frozenset({"completed", "withdrawn", "cancelled", "expired"})
    assert NoticeRule("step-reached", "approver", "now", action=True) in rules
    assert NoticeRule("request-rejected", "region_secretary", "daily") in rules
    assert NoticeRule("state-changed", "province_secretary", "weekly", exits) in rules
    assert NoticeRule("signature-recorded", "region_secretary", "now", receipt=True) in rules
    assert NoticeRule("claim-verified", "mentor", "page") in rules
    assert not any(rule.fact == "claim-returned" and rule.to == "region_secretary" for rule in rules)


def test_a_minimal_workflow_takes_every_default() -> None:
    pledge = parse(MINIMAL)
    step = pledge.moves["keep"].steps[0]
    assert pledge.ceiling is None
    assert pledge.claim_limit == Limit(60, working=False)
    assert (step.if_conflicted, step.if_vacant, step.verdicts) == ("block", "block", frozenset({"approve"}))
    assert pledge.ladders["slow"].levels[1].recipients == (Recipient("superior"),)
    assert pledge.moves["keep"].heard == ()
    assert pledge.roles["giver"].label == Label("Pemberi", "Giver")


def test_equal_text_is_parsed_once() -> None:
    assert parse(shipped(NAME)) is parse(shipped(NAME))


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ("version: 1", "version: 0", "version", "0, expected at least 1"),
        ("version: 1", "version: one", "version", "text, expected a whole number"),
        ("version: 1", "version: 0x1", "version", "expected a whole number in decimal digits"),
        ("version: 1", "version: 1.5", "version", "a fraction, expected a whole number"),
        ("version: 1", "version: [1]", "version", "a list, expected a whole number"),
        ("name: replikasi-inovasi", "name: ' '", "name", "blank, expected text"),
        ("name: replikasi-inovasi", "name: 2022-01-01", "name", "tag:yaml.org,2002:timestamp, expected text"),
        ("name: replikasi-inovasi", "", "document", "name is missing"),
        (
            "item_ladder: task",
            "item_ladder: rope",
            "item_ladder",
            "unknown ladder 'rope', expected one of decision, direction, finding, help, signature, task",
        ),
        ("name: replikasi-inovasi", "name: Replikasi Inovasi", "name", "'Replikasi Inovasi' can't be a name"),
        ("{name: check,", "{name: a/b,", "moves.sign.steps[0].name", "'a/b' can't be a name"),
        ("  signed: {", "  Signed: {", "states.Signed", "'Signed' can't be a name"),
        ("  mentor: {", "  asker: {", "roles.asker", "the name asker has a meaning of its own"),
        ("  return:\n    bukti", "  give_back:\n    bukti", "reasons", "claims can be returned"),
        ("claim_limit: 10", "claim_limit: 0", "claim_limit", "0, expected at least 1"),
        ("claim_limit: 10", "claim_limit: {days: 10}", "claim_limit", "working is missing"),
        ("ceiling: province_secretary", "ceiling: sky", "ceiling", "unknown role 'sky'"),
        ("ceiling: province_secretary", "cieling: x", "cieling", "unknown key, expected one of"),
        ("en: Region}", "en: 5}", "party.en", "a whole number, expected text"),
        ("en: Region}", "fr: Région}", "party.fr", "unknown key, expected one of en, id"),
        ("{id: Wilayah, en: Region}", "{id: Wilayah}", "party", "en is missing"),
        ("{id: Wilayah, en: Region}", "Region", "party", "text, expected a mapping"),
        ("{id: Konsep, en: Draft}", "{id: Konsep, en: }", "states.drafted.label.en", "nothing, expected text"),
        ("initial: true", "initial: false", "states", "0 initial states, expected one"),
        ("initial: true", "initial: yes", "states.drafted.initial", "'yes', expected true or false"),
        ("initial: true", "initial: 1", "states.drafted.initial", "a whole number, expected true or false"),
        (
            "meaning: open, claims: true",
            "meaning: open, initial: true",
            "states",
            "2 initial states, expected one",
        ),
        ("meaning: open, initial", "meaning: closed, initial", "states", "the initial state drafted isn't open"),
        ("meaning: success", "meaning: done", "states.completed.meaning", "unknown meaning 'done'"),
        ("from: [drafted]", "from: [dreamt]", "moves.sign.from[0]", "unknown state 'dreamt'"),
        ("from: [drafted]", "from: []", "moves.sign.from", "an empty list"),
        ("to: signed", "to: sealed", "moves.sign.to", "unknown state 'sealed'"),
        ("to: signed", "does: hold\n    to: signed", "moves.sign", "expected either to"),
        ("    to: signed\n", "", "moves.sign", "expected either to"),
        ("does: hold", "does: dance", "moves.hold.does", "unknown effect 'dance'"),
        ("longest_days: 60", "longest_days: 0", "moves.hold.longest_days", "0, expected at least 1"),
        ("ask: [agency_head]", "ask: [king]", "moves.sign.ask[0]", "unknown role 'king'"),
        ("guards: [plan_complete, ends", "guards: [plan_pretty, ends", "moves.sign.guards[0]", "unknown guard"),
        ("evidence: [{id: SK", "evidence: [{nama: SK", "moves.start.evidence[0].nama", "unknown key"),
        ("reasons: modify", "reasons: whim", "moves.amend.reasons", "unknown reason catalogue 'whim'"),
        ("plan: true", "plan: maybe", "moves.amend.plan", "text, expected true or false"),
        (
            "role: region_secretary, limit: 5, ladder: signature, signs",
            "role: king, limit: 5, ladder: signature, signs",
            "moves.sign.steps[1].role",
            "unknown role 'king'",
        ),
        ("limit: 3, ladder: decision", "limit: 3, ladder: rope", "moves.sign.steps[0].ladder", "unknown ladder"),
        ("limit: 3, ladder: decision", "limit: -3, ladder: decision", "moves.sign.steps[0].limit", "-3, expected"),
        ("limit: 3, ladder: decision", "limit: 3, ladder: decision, signs: true", "moves.sign.steps", "only the last"),
        ("{name: sign,", "{name: check,", "moves.sign.steps", "two steps of one name"),
        (
            "verdicts: [approve, return]",
            "verdicts: [return]",
            "moves.withdraw.steps[1].verdicts",
            "nobody could approve",
        ),
        ("verdicts: [approve, return]", "verdicts: [shrug]", "moves.withdraw.steps[1].verdicts[0]", "unknown verdict"),
        (
            "  reject:\n    tidak",
            "  refuse:\n    tidak",
            "moves.sign.steps[0]",
            "the verdict reject has no reason catalogue",
        ),
        ("when: [core_component_dropped", "when: [full_moon", "moves.amend.steps[3].when[0]", "unknown condition"),
        ("role: owner", "role: landlord", "moves.amend.heard[1].role", "unknown role 'landlord'"),
        ("after: check, when", "after: lunch, when", "moves.amend.heard[0].after", "unknown step 'lunch'"),
        ("text_chars: 20", "text_chars: -1", "reasons.return.lainnya.text_chars", "-1, expected at least 0"),
        ("bukti_tidak_sesuai:", "bukti_kurang:", "reasons.return.bukti_kurang", "given twice"),
        ("offset_days: 3, recipients", "offset_days: 0, recipients", "ladders.task.levels", "offsets must rise"),
        ("style: list", "style: shout", "ladders.task.levels[3].style", "unknown style 'shout'"),
        ("recipients: [obliged]", "recipients: []", "ladders.task.levels[0].recipients", "an empty list"),
        ("recipients: [obliged]", "recipients: [all]", "ladders.task.levels[0].recipients[0]", "unknown recipient"),
        ("[{role: region_coordinator}]", "[{role: king}]", "ladders.task.levels[3].recipients[0].role", "unknown role"),
        ("[{role: region_coordinator}]", "[{}]", "ladders.task.levels[3].recipients[0]", "expected exactly one of"),
        ("fact: request-opened", "fact: cake-eaten", "notices[0].fact", "unknown fact 'cake-eaten'"),
        (
            "  - fact: request-opened\n",
            "  - fact: request-opened\n    states: [signed]\n",
            "notices[0].states",
            "only state",
        ),
        ("states: [in_replication, modified]", "states: [asleep]", "notices[8].states[0]", "unknown state 'asleep'"),
        ("now: [approver]", "now: [neighbour]", "notices[1].now[0]", "unknown addressee 'neighbour'"),
        ("now: [approver]\n", "now: [approver, mentor]\n    daily: [mentor]\n", "notices[1]", "told twice"),
        ("action: [approver]", "action: [mentor]", "notices[1].action[0]", "unknown addressee 'mentor'"),
        ("notices:\n", "notices:\n  - request-opened\n", "notices[0]", "text, expected a mapping"),
        ("notices:\n", "notices:\n  - fact: draft-edited\n", "notices[0]", "nobody is told"),
    ],
)
def test_text_that_breaks_the_schema_is_refused_at_its_place(old: str, new: str, place: str, reason: str) -> None:
    invalid = refusal(changed(old, new))
    assert invalid.place == place
    assert reason in invalid.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty, expected a workflow"),
        ("a: [", "while parsing"),
        ("a: 1\n---\nb: 2", "expected a single document"),
        ("- a", "a list, expected a mapping"),
        ("[a, b]: c", "a list, expected text"),
        ("!!python/object/apply:os.system [ls]", "expected a mapping"),
        ("[" * 100_000, "nested too deeply"),
        ("a: &a [" + "x, " * 999 + "x]\nb: [" + "*a, " * 49 + "*a]", "too large"),
        ("a: &a [*a]", "too large"),
        ("a: *nowhere", "undefined alias"),
    ],
)
def test_what_is_no_workflow_at_all_is_refused(text: str, reason: str) -> None:
    invalid = refusal(text)
    assert invalid.place == "document"
    assert reason in invalid.reason


def test_a_refusal_names_the_line() -> None:
    line = next(number for number, row in enumerate(TEXT.splitlines(), start=1) if "item_ladder" in row)
    invalid = refusal(changed("item_ladder: task", "item_ladder: rope"))
    assert str(invalid) == f"item_ladder: {invalid.reason}"
    assert invalid.reason.endswith(f"(line {line})")


def test_no_word_of_the_shipped_workflow_stands_in_one_language_alone() -> None:
    labels = re.findall(r"\{id: .*?, en: .*?\}", TEXT)
    assert len(labels) == len(re.findall(r"\bid: ", TEXT)) > 80


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("limit: 5", "limit: 10001", "moves.keep.steps[0].limit"),
        ("offset_days: 9", "offset_days: 99999999999", "ladders.slow.levels[1].offset_days"),
        ("offset_days: 0", "offset_days: -10001", "ladders.slow.levels[0].offset_days"),
        ("version: 2", "version: 99999999999999999999", "version"),
    ],
)
def test_no_number_leads_past_what_a_calendar_counts(old: str, new: str, place: str) -> None:
    invalid = refusal(changed(old, new, MINIMAL))
    assert invalid.place == place
    assert re.search(r"expected at (least -|most )10000 \(line [0-9]+\)", invalid.reason)


@pytest.mark.parametrize("escaped", [r"\0", r"\n", r"\u202e", r"\u2028"])
def test_no_word_says_what_its_reader_cannot_see(escaped: str) -> None:
    invalid = refusal(changed("en: Pledge", f'en: "Pled{escaped}ge"', MINIMAL))
    assert invalid.place == "label.en"
    assert "one line of text that reads as it is written (line 4)" in invalid.reason


def test_a_word_of_nothing_but_joiners_is_blank() -> None:
    assert "blank" in refusal(changed("en: Pledge", r'en: "\u200b"', MINIMAL)).reason


def test_scripts_keep_the_joiners_that_they_are_written_with() -> None:
    assert parse(changed("en: Pledge", r'en: "\u0646\u200c\u0645"', MINIMAL)).label.en == "\u0646\u200c\u0645"


def test_what_is_no_unicode_is_no_workflow() -> None:
    assert refusal(MINIMAL + "# \ud800").place == "document"


def test_a_key_that_is_no_text_is_refused_where_it_stands() -> None:
    found = refusal(changed("  giver: {label", "  1: {label", MINIMAL))
    assert found.place == "roles"
    assert found.reason.startswith("a whole number, expected text (line ")


def test_every_office_of_a_role_cannot_sign() -> None:
    found = refusal(
        changed(
            "        if_vacant: block", "        if_vacant: block\n        every: true\n        signs: true", MINIMAL
        )
    )
    assert found.place == "moves.keep.steps[0].signs"
