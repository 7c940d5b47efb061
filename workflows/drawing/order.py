"""The nodes of each layer from left to right, so that few lines cross; long lines get a bend in each layer between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workflows.drawing.graph import Graph, Line, Node

SWEEPS = 12


@dataclass(frozen=True, slots=True)
class Run:
    """A line with the nodes that it passes, from its source to its target."""

    line: Line
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layered:
    """The layers from top to bottom; `runs`: the lines with their bends; `parts`: their pieces from layer to layer."""

    nodes: Mapping[str, Node]
    layers: tuple[tuple[str, ...], ...]
    runs: tuple[Run, ...]
    parts: tuple[tuple[str, str], ...]


def layered(graph: Graph, ranks: Mapping[str, int]) -> Layered:
    """The graph in layers, each in an order that crosses few lines."""
    nodes, layer_of = dict(graph.nodes), dict(ranks)
    runs = tuple(_run(line, nodes, layer_of) for line in graph.lines)
    parts = tuple(_downwards(one, layer_of) for run in runs for one in zip(run.nodes, run.nodes[1:], strict=False))
    used = sorted(set(layer_of.values()))
    layers = [[name for name in nodes if layer_of[name] == layer] for layer in used]
    return Layered(nodes, _ordered(layers, parts), runs, parts)


def _run(line: Line, nodes: dict[str, Node], layer_of: dict[str, int]) -> Run:
    start, end = layer_of[line.source], layer_of[line.target]
    between = range(start + 1, end) if start < end else range(start - 1, end, -1)
    bends = []
    for layer in between:
        bend = Node(f"bend {line.source} {line.target} {layer}", "bend")
        nodes[bend.name], layer_of[bend.name] = bend, layer
        bends.append(bend.name)
    return Run(line, (line.source, *bends, line.target))


def _downwards(part: tuple[str, str], layer_of: Mapping[str, int]) -> tuple[str, str]:
    first, second = part
    return part if layer_of[first] <= layer_of[second] else (second, first)


def _ordered(layers: Sequence[Sequence[str]], parts: Sequence[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    best = [list(layer) for layer in layers]
    tried = [list(layer) for layer in layers]
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        for index in range(1, len(tried)) if down else range(len(tried) - 2, -1, -1):
            beside = tried[index - 1 if down else index + 1]
            tried[index] = _by_neighbours(tried[index], beside, parts)
        if crossings(tried, parts) < crossings(best, parts):
            best = [list(layer) for layer in tried]
    return tuple(tuple(layer) for layer in best)


def _by_neighbours(layer: list[str], beside: list[str], parts: Sequence[tuple[str, str]]) -> list[str]:
    place = {name: index for index, name in enumerate(beside)}
    own = {name: index * len(beside) / max(1, len(layer)) for index, name in enumerate(layer)}

    def middle(name: str) -> float:
        near = [place[a if b == name else b] for a, b in parts if name in (a, b) and (a if b == name else b) in place]
        return sum(near) / len(near) if near else own[name]

    return sorted(layer, key=middle)


def crossings(layers: Sequence[Sequence[str]], parts: Sequence[tuple[str, str]]) -> int:
    """How many pairs of lines cross between neighbouring layers."""
    place = {name: index for layer in layers for index, name in enumerate(layer)}
    layer_of = {name: number for number, layer in enumerate(layers) for name in layer}
    found = 0
    for first, (a, b) in enumerate(parts):
        for c, d in parts[first + 1 :]:
            if layer_of[a] == layer_of[c] and (place[a] - place[c]) * (place[b] - place[d]) < 0:
                found += 1
    return found
