"""Where each node stands: in its layer's row, near to what it is joined with, and never over another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workflows.drawing.graph import Node
from workflows.drawing.order import Layered

CHAR_PX, LINE_PX, MARGIN_PX, GAP_X_PX, GAP_Y_PX = 8, 18, 16, 18, 30
PADDING_X_PX, PADDING_Y_PX, BEND_PX = 12, 8, 6
ROUNDS = 24


@dataclass(frozen=True, slots=True)
class Box:
    """A node's middle and size, in px."""

    x: float
    y: float
    width: float
    height: float

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.y - self.height / 2

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height / 2


def boxes(drawn: Layered) -> Mapping[str, Box]:
    """Every node's box; all of them lie right of and below the margin."""
    sizes = {name: _size(node) for name, node in drawn.nodes.items()}
    across = _across(drawn, sizes)
    left = min(across[name] - sizes[name][0] / 2 for name in across)
    found: dict[str, Box] = {}
    y = float(MARGIN_PX)
    for layer in drawn.layers:
        height = max(sizes[name][1] for name in layer)
        for name in layer:
            width, own_height = sizes[name]
            tall = height if drawn.nodes[name].kind == "bend" else own_height
            found[name] = Box(across[name] - left + MARGIN_PX, y + height / 2, width, tall)
        y += height + GAP_Y_PX
    return found


def _size(node: Node) -> tuple[float, float]:
    if node.kind == "bend":
        return BEND_PX, 0
    longest = max(len(line) for line in node.lines)
    return longest * CHAR_PX + 2 * PADDING_X_PX, len(node.lines) * LINE_PX + 2 * PADDING_Y_PX


def _across(drawn: Layered, sizes: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    """The middle of each node from left to right: layer after layer drawn towards its neighbours, down and up again."""
    near: dict[str, list[str]] = {name: [] for name in drawn.nodes}
    for upper, lower in drawn.parts:
        near[upper].append(lower)
        near[lower].append(upper)
    across: dict[str, float] = {}
    joined = [[name for name in layer if near[name]] for layer in drawn.layers]
    for layer in joined:
        across |= _apart(layer, dict.fromkeys(layer, 0.0), sizes)
    for turn in range(ROUNDS):
        for layer in joined if turn % 2 == 0 else joined[::-1]:
            wanted = {name: sum(across[one] for one in near[name]) / len(near[name]) for name in layer}
            across |= _apart(layer, wanted, sizes)
    for whole, beside in zip(drawn.layers, joined, strict=True):
        across |= _alone([name for name in whole if not near[name]], beside, across, sizes)
    return across


def _alone(
    names: Sequence[str],
    beside: Sequence[str],
    across: Mapping[str, float],
    sizes: Mapping[str, tuple[float, float]],
) -> dict[str, float]:
    """The places of nodes that nothing is joined with: to the right of their layer."""
    edge = max((across[name] + sizes[name][0] / 2 + GAP_X_PX for name in beside), default=0.0)
    found: dict[str, float] = {}
    for name in names:
        found[name] = edge + sizes[name][0] / 2
        edge += sizes[name][0] + GAP_X_PX
    return found


def _apart(
    layer: Sequence[str], wanted: Mapping[str, float], sizes: Mapping[str, tuple[float, float]]
) -> dict[str, float]:
    """The places nearest to the wanted ones that keep the order and the gaps (pool adjacent violators)."""
    offsets: list[float] = []
    for index, name in enumerate(layer):
        before = layer[index - 1]
        step = 0.0 if index == 0 else (sizes[before][0] + sizes[name][0]) / 2 + GAP_X_PX
        offsets.append(step + (offsets[-1] if offsets else 0.0))
    blocks: list[tuple[float, int]] = []
    for name, offset in zip(layer, offsets, strict=True):
        blocks.append((wanted[name] - offset, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (last, many), (previous, more) = blocks.pop(), blocks.pop()
            blocks.append(((last * many + previous * more) / (many + more), many + more))
    places = [place for place, many in blocks for _ in range(many)]
    return {name: place + offset for name, place, offset in zip(layer, places, offsets, strict=True)}
