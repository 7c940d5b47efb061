"""What a workflow's text may say and probably doesn't mean: each doubt at its place, in both languages."""

from string import Formatter

import pytest

from tests.support.directory import directory
from tests.support.reporting import text
from tests.workflows.test_definition import MINIMAL, changed
from workflows.definition_checks import OF_ACTS, Organised, doubts, office_doubts
from workflows.definition_yaml import parse, shipped, shipped_names
from workflows.definition_yaml.answers import REASONED
from workflows.doubts import SENTENCES
from workflows.offices import EMPTY
from workflows.yaml_nodes import line_of

SOUND = changed(
    "      - {offset_days: 9, recipients: [superior]}",
    "      - {offset_days: 9, recipients: [superior, {role: giver}]}",
    MINIMAL,
)
STEP = (
    "      - {name: again, label: {id: Lagi, en: Again}, role: taker, limit: 5, ladder: slow, if_conflicted: block}\n"
)
MOVE = """  loop:
    label: {id: Ulang, en: Again}
    from: [lost]
    to: found
    ask: [giver]
    steps:
      - {name: ok, label: {id: Setuju, en: Agree}, role: taker, limit: 5, ladder: slow, verdicts: [approve]}
  back:
    label: {id: Balik, en: Back}
    from: [found]
    to: lost
    ask: [giver]
    steps:
      - {name: ok, label: {id: Setuju, en: Agree}, role: taker, limit: 5, ladder: slow, verdicts: [approve]}
"""
OPEN = "  {0}: {{label: {{id: {0}, en: {0}}}, meaning: open{1}}}\n"
REASONS = "reasons: {{{}: {{a: {{id: A, en: A}}}}}}"


ENDED = (
    "  gone: {label: {id: Hilang, en: Gone}, meaning: exit}\n  held: {label: {id: Ditahan, en: Held}, meaning: open}\n"
)
HOLD = """moves:
  take:
    label: {id: Ambil, en: Take}
    from: [made]
    to: held
    ask: [giver]
    steps:
      - {name: ok, label: {id: Setuju, en: Agree}, role: taker, limit: 5, ladder: slow, verdicts: [approve]}
"""
HELD = changed("    from: [made]\n    to: kept", "    from: [made, held]\n    to: kept", SOUND).replace(
    "moves:\n", HOLD, 1
)
HELD = changed("states:\n", "states:\n" + ENDED, HELD)
DUTY = (
    "duties: {{answer: {{label: {{id: Jawab, en: Answer}}, begins: {}, owed_by: giver, limit: 5, until: {},"
    " ladder: slow}}}}\n"
)


def found(text: str) -> list[tuple[str, str]]:
    told = doubts(parse(text))
    for one in told:
        assert one.sentence("id") != one.sentence("en")
        assert all(fact and "None" not in fact for fact in one.facts.values())
    return [(one.code, one.place) for one in told]


def put(after: str, text: str, where: str = SOUND) -> str:
    return changed(after, after + text, where)


def test_a_sound_workflow_leaves_no_doubt() -> None:
    assert found(SOUND) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            put("states:\n", OPEN.format("lost", "")),
            [("unreachable_state", "states.lost"), ("dead_end", "states.lost")],
        ),
        (
            put("moves:\n", MOVE, put("states:\n", OPEN.format("lost", "") + OPEN.format("found", ""))),
            [
                ("unreachable_state", "states.lost"),
                ("unreachable_state", "states.found"),
                ("never_closes", "states.lost"),
                ("never_closes", "states.found"),
            ],
        ),
        (
            SOUND.replace("[superior, {role: giver}]", "[obliged]"),
            [("endless_wait", "moves.keep.steps[0]")],
        ),
        (
            SOUND.replace("        role: taker", "        role: giver"),
            [("acted_already", "moves.keep.steps[0].role")],
        ),
        (
            SOUND.replace("roles:\n", STEP + "roles:\n").replace(
                "reasons: {}", "reasons: {return: {a: {id: A, en: A}}, reject: {a: {id: A, en: A}}}"
            ),
            [("acted_already", "moves.keep.steps[1].role")],
        ),
        (
            "ceiling: giver\n"
            + SOUND.replace("        role: taker", "        role: giver").replace("        if_conflicted: block\n", ""),
            [("acted_at_ceiling", "moves.keep.steps[0].role")],
        ),
        (
            put("    to: kept\n", "    guards: [plan_differs, new_items]\n"),
            [("guard_never_holds", "moves.keep.guards[0]"), ("guard_never_holds", "moves.keep.guards[1]")],
        ),
        (
            HELD + DUTY.format("{state: held}", "[gone]"),
            [("unreachable_state", "states.gone"), ("duty_never_met", "duties.answer.until")],
        ),
        (
            HELD + DUTY.format("{fact: document-received}", "[gone]"),
            [("unreachable_state", "states.gone"), ("duty_never_met", "duties.answer.until")],
        ),
        (HELD + DUTY.format("{state: held}", "[kept]"), [("unreachable_state", "states.gone")]),
        (
            put("    to: kept\n", "    guards: [signature_effective, all_items_verified]\n"),
            [("guard_never_holds", "moves.keep.guards[0]"), ("guard_never_holds", "moves.keep.guards[1]")],
        ),
        (
            SOUND.replace("initial: true}", "initial: true, claims: true}").replace(
                "reasons: {}", REASONS.format("return")
            ),
            [
                ("act_without_role", "states.made.claims"),
                ("act_without_role", "states.made.claims"),
                ("unused_catalogue", "reasons.return"),
            ],
        ),
        (SOUND.replace("reasons: {}", REASONS.format("whim")), [("unused_catalogue", "reasons.whim")]),
        (
            put("ladders:\n", "  steep: {label: {id: C, en: S}, levels: [{offset_days: 0, recipients: [obliged]}]}\n"),
            [("unused_ladder", "ladders.steep")],
        ),
        (
            SOUND.replace("notices: []", "notices:\n  - {fact: holder-appointed, page: [giver]}"),
            [("notice_of_nothing", "notices[0]")],
        ),
        (SOUND.replace("notices: []", "notices:\n  - {fact: go-live-set, now: [giver]}"), []),
        (
            SOUND.replace("notices: []", "notices:\n  - {fact: go-live-set, now: [asker]}"),
            [("notice_nobody_hears", "notices[0]")],
        ),
        (
            SOUND.replace("notices: []", "notices:\n  - {fact: state-changed, states: [made], now: [giver]}"),
            [("notice_of_no_state", "notices[0]")],
        ),
        (
            SOUND.replace(
                "notices: []",
                "notices:\n  - {fact: draft-edited, now: [giver]}\n  - {fact: draft-edited, now: [approver, giver]}\n"
                "  - {fact: claim-made, now: [verifier, asker]}",
            ),
            [("notice_nobody_hears", "notices[1]"), ("notice_nobody_hears", "notices[2]")],
        ),
        (
            SOUND + "fields: {request: {keep: {x: {label: {id: X, en: X}, type: text, required_in: [keep],"
            " visible_to: [taker]}}}}\n",
            [("field_nobody_fills", "fields.request.keep.x.visible_to")],
        ),
        (
            SOUND + "fields: {commitment: {x: {label: {id: X, en: X}, type: text, required_in: [keep],"
            " visible_to: [taker]}}}\n",
            [("field_nobody_fills", "fields.commitment.x.visible_to")],
        ),
        (
            SOUND + "fields: {item: {x: {label: {id: X, en: X}, type: text, required_in: [keep],"
            " visible_to: [giver]}}}\n",
            [("field_nobody_fills", "fields.item.x.visible_to")],
        ),
    ],
)
def test_a_doubt_is_named_at_its_place(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_a_field_that_is_required_long_after_the_draft_is_doubted() -> None:
    late = "fields: {commitment: {x: {label: {id: X, en: X}, type: text, required_in: [completed]}}}\n"
    soon = late.replace("completed", "signed, sign, drafted")
    known = found(shipped("replikasi-inovasi"))
    assert found(shipped("replikasi-inovasi") + soon) == known
    assert set(found(shipped("replikasi-inovasi") + late)) - set(known) == {
        ("field_late", "fields.commitment.x.required_in")
    }


def test_money_that_nobody_handles_is_doubted() -> None:
    kept = shipped("replikasi-inovasi") + "\nledger: {label: {id: Uang, en: Money}}\n"
    assert ("ledger_without_role", "ledger") in found(kept)
    guarded = changed("guards: [all_items_verified,", "guards: [money_settled, all_items_verified,")
    assert ("guard_without_ledger", "moves.complete.guards[0]") in found(guarded)


def test_offices_show_what_the_text_cannot() -> None:
    definition = parse(shipped("replikasi-inovasi"))
    (lone,) = office_doubts(Organised(definition, directory(), ("61.03",)))
    assert (lone.code, lone.facts) == ("role_without_office", {"role": "internal_auditor"})
    nobody = office_doubts(Organised(definition, EMPTY, ("61.03",)))
    assert {one.code for one in nobody} == {"role_without_office"}
    assert ("roles.system_admin.may", "system_admin") in {(one.place, one.facts["role"]) for one in nobody}
    elsewhere = office_doubts(Organised(definition, directory(), ("61.03", "nowhere")))
    assert {(one.code, one.facts["parties"]) for one in elsewhere[1:]} == {("step_unfilled_for", "nowhere")}


def test_a_quorum_larger_than_its_offices_is_doubted() -> None:
    shared = changed(
        "{name: approve, label: {id: Persetujuan, en: Approval}, role: region_secretary, limit: 5, ladder: decision}",
        "{name: approve, label: {id: Persetujuan, en: Approval}, role: region_secretary, every: true,"
        " quorum: 9, limit: 5, ladder: decision}",
    )
    found_ = office_doubts(Organised(parse(shared), directory(), ("61.03",)))
    assert [(one.code, one.place) for one in found_[1:]] == [("quorum_too_large", "moves.start.steps[1]")]
    enough = office_doubts(Organised(parse(shared.replace("quorum: 9", "quorum: 1")), directory(), ("61.03",)))
    assert found_[:1] == enough


def test_every_doubt_is_said_in_both_languages_with_the_same_places() -> None:
    def places(text: str) -> set[str | None]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    for label in SENTENCES.values():
        assert places(label.id) == places(label.en)
    for name in shipped_names():
        for one in doubts(parse(shipped(name))):
            assert "{" not in one.sentence("id") + one.sentence("en")


def test_a_place_is_found_in_the_text() -> None:
    text = shipped("replikasi-inovasi")
    rows = text.splitlines()
    for place, begins in (
        ("states.expired", "expired:"),
        ("moves.sign.steps[1]", "- {name: sign"),
        ("moves.sign.steps[1].role", "- {name: sign"),
        ("moves.sign.heard[7]", "sign:"),
        ("notices[2].now", "now: [heard]"),
        ("roles", "roles:"),
        ("roles[3]", "roles:"),
    ):
        assert rows[line_of(text, place) - 1].strip().startswith(begins), place


def test_catalogues_that_acts_need_count_as_used() -> None:
    assert set(REASONED) <= set(OF_ACTS.items())


def test_the_ladder_of_reports_alone_counts_as_used() -> None:
    more = "  late:\n    label: {id: Telat, en: Late}\n    levels: [{offset_days: 0, recipients: [obliged]}]\n"
    ladders = changed("ladders:\n", f"ladders:\n{more}", text())
    assert ("unused_ladder", "ladders.late") in found(ladders)
    assert ("unused_ladder", "ladders.late") not in found(
        changed("days: 20, ladder: task}", "days: 20, ladder: late}", ladders)
    )


def test_progress_that_only_reports_claim_is_no_doubt() -> None:
    assert "act_without_role" not in {code for code, _ in found(text().replace("[claim, ", "["))}


def test_no_shipped_workflow_leaves_a_doubt() -> None:
    assert {name: doubts(parse(shipped(name))) for name in shipped_names()} == dict.fromkeys(shipped_names(), ())


def test_a_doubt_says_in_either_language_what_it_is_about() -> None:
    field = "{label: {id: X, en: X}, type: text, required_in: [keep], visible_to: [taker, watcher]}"
    watched = (
        put("roles:\n", "  watcher: {label: {id: Pengamat, en: Watcher}}\n")
        + f"fields: {{commitment: {{x: {field}}}}}\n"
    )
    (doubt,) = (one for one in doubts(parse(watched)) if one.code == "field_nobody_fills")
    assert doubt.sentence("en") == "The field x is required, and those who see it (taker, watcher) can't write it."
    assert doubt.sentence("id") == "Isian x wajib, tetapi yang melihatnya (taker, watcher) tidak dapat mengisinya."


def test_a_field_of_a_request_is_written_by_whoever_asks() -> None:
    field = "{label: {id: X, en: X}, type: text, required_in: [keep], visible_to: [giver]}"
    assert found(SOUND + f"fields: {{request: {{keep: {{x: {field}}}}}}}\n") == []


def test_parties_without_an_office_for_a_step_are_all_named_with_the_step() -> None:
    definition = parse(shipped("replikasi-inovasi"))
    lost = office_doubts(Organised(definition, directory(), ("61.03", "nowhere", "elsewhere")))[1:]
    first = lost[0]
    assert first.facts["parties"] == "nowhere, elsewhere"
    assert set(first.facts) == {"role", "parties", "move", "step"}
    assert {one.sentence("en")[-29:] for one in lost} == {"for nowhere, elsewhere or above."[-29:]}
