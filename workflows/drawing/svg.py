"""A laid out workflow as SVG: one text, the same for the same workflow, without scripts, styles or anything outside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from xml.sax.saxutils import escape

from workflows.definition import Definition
from workflows.drawing.graph import Graph, Node, graph_of, said
from workflows.drawing.order import Layered, Run, layered
from workflows.drawing.places import LINE_PX, MARGIN_PX, Box, boxes
from workflows.drawing.ranks import ranks

INK, LINE, PAPER = "#1b1f24", "#57606a", "#ffffff"
FILLS = {"open": "#e7f0fb", "working": "#cfe3f9", "closed": "#eef0f2", "success": "#d9f0dd", "exit": "#f6e9e4"}
FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif"
BASELINE_PX, ASIDE_PX = 13, 14


def svg(definition: Definition, language: str) -> str:
    """The workflow's states and moves as an SVG document, with labels in a language (id | en).

    A state is a box, a move a pill between the states that it leads from and to; a dashed line belongs to a move that
    leaves the state as it is. `title` and `desc` say in words what is drawn.
    """
    graph = graph_of(definition, language)
    drawn = layered(graph, ranks(definition))
    placed = boxes(drawn)
    width = max(box.x + box.width / 2 for box in placed.values()) + MARGIN_PX
    height = max(box.bottom for box in placed.values()) + MARGIN_PX
    return "\n".join(
        (
            *_head(definition, language, graph, width=round(width), height=round(height)),
            *(_path(run, placed, drawn, definition) for run in drawn.runs),
            *(part for name, node in graph.nodes.items() for part in _node(node, placed[name])),
            "</svg>",
            "",
        )
    )


def _head(definition: Definition, language: str, graph: Graph, *, width: int, height: int) -> Iterator[str]:
    own = _id(definition)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' role="img" aria-labelledby="{own}-title {own}-desc" font-family="{FONT}" font-size="13"'
        f' text-anchor="middle" lang="{language}">'
    )
    yield f'<title id="{own}-title">{escape(said(definition.label, language))}</title>'
    yield f'<desc id="{own}-desc">{escape(_in_words(definition, language))}</desc>'
    yield (
        f'<defs><marker id="{own}-arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8"'
        f' orient="auto"><path d="M0 0 L8 4 L0 8 Z" fill="{LINE}"/></marker></defs>'
    )
    yield f'<rect width="{width}" height="{height}" fill="{PAPER}"/>'


def _in_words(definition: Definition, language: str) -> str:
    """Every move with the states that it leads from and to."""
    states, stays = definition.states, "tanpa mengubah keadaan" if language == "id" else "leaves the state as it is"
    told = []
    for move in definition.moves.values():
        sources = ", ".join(said(states[name].label, language) for name in states if name in move.sources)
        target = stays if move.target is None else said(states[move.target].label, language)
        told.append(f"{said(move.label, language)}: {sources} → {target}.")
    return " ".join(told)


def _path(run: Run, placed: Mapping[str, Box], drawn: Layered, definition: Definition) -> str:
    points = list(_points(run, placed, aside=_aside(run, drawn)))
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for (x, y), (next_x, next_y) in pairwise(points):
        half = (y + next_y) / 2
        parts.append(f"C{x:.1f} {half:.1f} {next_x:.1f} {half:.1f} {next_x:.1f} {next_y:.1f}")
    dashes = ' stroke-dasharray="5 4"' if run.line.dashed else ""
    arrow = f' marker-end="url(#{_id(definition)}-arrow)"' if run.line.arrow else ""
    return f'<path d="{" ".join(parts)}" fill="none" stroke="{LINE}" stroke-width="1.4"{dashes}{arrow}/>'


def _aside(run: Run, drawn: Layered) -> float:
    """How far to the right of the middle a line runs: apart from one between the same nodes the other way."""
    there = any((one.line.target, one.line.source) == (run.line.source, run.line.target) for one in drawn.runs)
    return 0 if not there else ASIDE_PX if run.line.arrow else -ASIDE_PX


def _points(run: Run, placed: Mapping[str, Box], *, aside: float) -> Iterator[tuple[float, float]]:
    """Where the line passes: out of its source, through both ends of every bend, into its target."""
    first, last = placed[run.nodes[0]], placed[run.nodes[-1]]
    down = first.y < last.y
    yield first.x + aside, first.bottom if down else first.top
    for bend in (placed[name] for name in run.nodes[1:-1]):
        yield bend.x, bend.top if down else bend.bottom
        yield bend.x, bend.bottom if down else bend.top
    yield last.x + aside, last.top if down else last.bottom


def _node(node: Node, box: Box) -> Iterator[str]:
    left = box.x - box.width / 2
    shape = f'<rect x="{left:.1f}" y="{box.top:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'
    if node.kind == "move":
        yield f'{shape} rx="{min(box.height / 2, 17):.1f}" fill="{PAPER}" stroke="{LINE}"/>'
    else:
        dashes = ' stroke-dasharray="6 3"' if node.meaning == "exit" else ""
        thick = 2.6 if node.is_initial or node.meaning == "success" else 1.4
        yield f'{shape} rx="4" fill="{FILLS[node.meaning]}" stroke="{INK}" stroke-width="{thick}"{dashes}/>'
    weight = ' font-weight="600"' if node.kind == "state" else ""
    top = box.y - len(node.lines) * LINE_PX / 2
    for number, line in enumerate(node.lines):
        y = top + number * LINE_PX + BASELINE_PX
        yield f'<text x="{box.x:.1f}" y="{y:.1f}" fill="{INK}"{weight}>{escape(line)}</text>'


def _id(definition: Definition) -> str:
    return f"{definition.name}-{definition.version}"
