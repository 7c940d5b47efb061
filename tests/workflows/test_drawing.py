"""A workflow as SVG: everything is drawn, nothing over something else, the same again, and said in words too."""

import re
import xml.etree.ElementTree as ET
from itertools import combinations, pairwise

import pytest

from tests.workflows.test_definition import MINIMAL, changed
from workflows.definition import Definition
from workflows.definition_yaml import parse, shipped, shipped_names
from workflows.drawing import svg
from workflows.drawing.graph import graph_of, state_node, wrapped
from workflows.drawing.order import crossings, layered
from workflows.drawing.places import boxes
from workflows.drawing.ranks import ranks
from workflows.lifecycle import compile_table

SVG = "{http://www.w3.org/2000/svg}"
BACK = """
  again:
    label: {id: Ulangi, en: Again}
    from: [kept]
    to: made
    ask: [giver]
    steps:
      - {name: confirm, label: {id: Sahkan, en: Confirm}, role: taker, limit: 5, ladder: slow}
"""
CIRCULAR = changed("roles:\n", BACK.removeprefix("\n") + "roles:\n", MINIMAL).replace(
    "reasons: {}", "reasons: {return: {a: {id: A, en: A}}, reject: {a: {id: A, en: A}}}"
)
LONE = changed("moves:\n", "  lost: {label: {id: Hilang, en: Lost}, meaning: open}\nmoves:\n", MINIMAL)
CLOSED = LONE.replace("en: Lost}, meaning: open}", "en: Lost}, meaning: exit}")
DEFINITIONS = [
    *(parse(shipped(name)) for name in shipped_names()),
    *(parse(one) for one in (MINIMAL, CIRCULAR, LONE, CLOSED)),
]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda one: one.name)
def test_every_state_and_move_is_drawn_with_its_label_and_told_in_words(definition: Definition, language: str) -> None:
    root = ET.fromstring(svg(definition, language))
    drawn = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
    words = root.findtext(f"{SVG}desc") or ""
    for one in (*definition.states.values(), *definition.moves.values()):
        label = one.label.en if language == "en" else one.label.id
        assert " ".join(label.split()) in drawn
    for move in definition.moves.values():
        assert (move.label.en if language == "en" else move.label.id) in words
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == (definition.label.en if language == "en" else definition.label.id)
    named = {root.find(f"{SVG}title").get("id"), root.find(f"{SVG}desc").get("id")}
    assert set((root.get("aria-labelledby") or "").split()) == named


@pytest.mark.parametrize(("language", "said"), [("id", "tanpa mengubah keadaan"), ("en", "leaves the state as it is")])
def test_a_move_that_leaves_the_state_as_it_is_is_told_so_in_the_language_asked_for(language: str, said: str) -> None:
    shown = svg(parse(shipped("replikasi-inovasi")), language)
    words = ET.fromstring(shown).findtext(f"{SVG}desc") or ""
    assert f"→ {said}." in words


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda one: one.name)
def test_no_node_stands_over_another_or_outside(definition: Definition) -> None:
    graph = graph_of(definition, "id")
    placed = boxes(layered(graph, ranks(definition)))
    width, height = (float(one) for one in re.search(r'viewBox="0 0 (\d+) (\d+)"', svg(definition, "id")).groups())
    for name in graph.nodes:
        box = placed[name]
        assert box.x - box.width / 2 >= 0
        assert box.x + box.width / 2 <= width
        assert box.bottom <= height
    for one, other in combinations((placed[name] for name in graph.nodes), 2):
        apart = abs(one.x - other.x) >= (one.width + other.width) / 2
        assert apart or abs(one.y - other.y) >= (one.height + other.height) / 2


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda one: one.name)
def test_a_line_runs_from_each_state_by_each_move_of_the_table(definition: Definition) -> None:
    lines = {(line.source, line.target) for line in graph_of(definition, "id").lines}
    for (source, move), target in compile_table(definition).items():
        assert (f"state {source}", f"move {move}") in lines
        stays = definition.moves[move].target is None
        assert stays or (f"move {move}", f"state {target}") in lines
    assert len(ET.fromstring(svg(definition, "id")).findall(f"{SVG}path")) == len(lines)


def test_the_way_leads_downwards_but_for_ways_back() -> None:
    layers = ranks(DEFINITIONS[shipped_names().index("replikasi-inovasi")])
    order = ["state drafted", "move sign", "state signed", "move start", "state in_replication", "move amend"]
    order += ["state modified", "move complete", "state completed"]
    assert all(layers[one] < layers[other] for one, other in pairwise(order))
    assert layers["state expired"] == layers["state completed"]
    assert ranks(parse(CIRCULAR)) == {"state made": 0, "move keep": 1, "state kept": 2, "move again": 3}
    assert ranks(parse(LONE))["state lost"] == 0


def test_few_lines_cross() -> None:
    definition = parse(shipped("replikasi-inovasi"))
    graph = graph_of(definition, "id")
    drawn = layered(graph, ranks(definition))
    assert crossings(drawn.layers, drawn.parts) <= len(graph.lines) / 2


def test_the_same_workflow_is_drawn_the_same() -> None:
    for definition in DEFINITIONS:
        assert svg(definition, "en") == svg(definition, "en")


def test_a_label_cannot_break_out_of_the_drawing() -> None:
    hostile = changed("id: Tepati", 'id: "</text><script>alert(1)</script>&"', MINIMAL)
    drawn = svg(parse(hostile), "id")
    assert "<script" not in drawn
    assert "</text><script>alert(1)</script>&:" in (ET.fromstring(drawn).findtext(f"{SVG}desc") or "")


def test_a_drawing_asks_for_nothing_from_outside() -> None:
    for definition in DEFINITIONS:
        drawn = svg(definition, "id")
        assert re.findall(r"<(?:style|script|image|use|foreignObject)", drawn) == []
        assert re.findall(r"(?:href|src|style|class)=", drawn) == []


def test_labels_are_wrapped_at_words() -> None:
    assert wrapped("Direplikasi dengan perubahan") == ("Direplikasi dengan", "perubahan")
    assert wrapped("Ketidakberpertanggungjawaban itu") == ("Ketidakberpertanggungjawaban", "itu")


def test_a_closed_state_that_nothing_leads_to_stands_at_the_bottom_and_an_open_one_on_top() -> None:
    closed, opened = ranks(parse(CLOSED)), ranks(parse(LONE))
    assert closed[state_node("lost")] == max(closed.values())
    assert opened[state_node("lost")] == 0
