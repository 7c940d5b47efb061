"""What a plan's row may say beyond the usual: the items before it, its weight, its targets by period."""

from __future__ import annotations

import re
from decimal import Decimal

from service.imports.cells import parse_optional_text
from service.imports.money import parse_count, parse_quantity
from service.imports.problems import CellValue, Unreadable
from workflows.facts import PeriodTarget

_BETWEEN = re.compile(r"\s*[;\n]\s*|\s*,\s+")
_NUMBERS, _TARGETS = 'numbers of rows, such as "1; 2"', 'targets by period, such as "B03=10; B06=25"'


def parse_numbers(value: CellValue) -> tuple[int, ...]:
    """The numbers of other rows; none for an empty cell. Raises Unreadable depends_on_unreadable."""
    text = parse_optional_text(value)
    try:
        return tuple(dict.fromkeys(parse_count(part) for part in re.split(r"[;,\s]+", text) if part))
    except Unreadable as error:
        raise Unreadable("depends_on_unreadable", _NUMBERS) from error


def parse_weight(value: CellValue) -> Decimal | None:
    """A weight above zero; None for an empty cell. Raises Unreadable like `parse_quantity`."""
    return None if value is None or value == "" else parse_quantity(value)


def parse_targets(value: CellValue) -> tuple[PeriodTarget, ...]:
    """Targets by period, in the order written; none for an empty cell. Raises Unreadable targets_unreadable."""
    text = parse_optional_text(value)
    return tuple(_target(part) for part in _BETWEEN.split(text) if part)


def _target(part: str) -> PeriodTarget:
    period, sign, target = part.partition("=")
    try:
        if not sign or not period.strip():
            raise Unreadable("targets_unreadable", _TARGETS)
        return PeriodTarget(period.strip(), parse_quantity(target.strip()))
    except Unreadable as error:
        raise Unreadable("targets_unreadable", _TARGETS) from error
