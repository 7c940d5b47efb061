"""How every bench measures: rounds that alternate with a floor, ratios inside a round, and one table row a result."""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

Round = Callable[[], float]
"""One round: does its work and returns the seconds of one operation."""
HEADER = "| what | one operation | its floor | floor | times the floor: median (spread) | rounds |"


@dataclass(frozen=True, slots=True)
class Result:
    """What one comparison found. Times are medians, in seconds an operation; a ratio is taken inside each round.

    ratio  above 1: slower than the floor by that factor
    """

    what: str
    floor: str
    took_s: float
    floor_s: float
    ratio: float
    lowest: float
    highest: float
    rounds: int

    @property
    def row(self) -> str:
        """A row of the table in docs/benchmarks.md."""
        spread = f"{_figure(self.ratio)} ({_figure(self.lowest)}-{_figure(self.highest)})"
        return (
            f"| {self.what} | {shown(self.took_s)} | {self.floor} | {shown(self.floor_s)} | {spread} | {self.rounds} |"
        )


def alternate(what: str, work: Round, *, floor_name: str, floor: Round, rounds: int) -> Result:
    """Compare `work` with `floor`: after one round of each that doesn't count, `rounds` of both in turn.

    The one that goes first changes from round to round, and the collector is kept out of both.
    """
    _quietly(work)
    _quietly(floor)
    pairs = []
    for number in range(rounds):
        if number % 2:
            floored = _quietly(floor)
            pairs.append((_quietly(work), floored))
        else:
            pairs.append((_quietly(work), _quietly(floor)))
    ratios = [took / floored for took, floored in pairs]
    return Result(
        what=what,
        floor=floor_name,
        took_s=median(took for took, _ in pairs),
        floor_s=median(floored for _, floored in pairs),
        ratio=median(ratios),
        lowest=min(ratios),
        highest=max(ratios),
        rounds=rounds,
    )


def repeated(call: Callable[[], object], times: int) -> Round:
    """A round that makes the call many times; the loop itself is part of it, in work and floor alike."""

    def run() -> float:
        begun = time.perf_counter()
        for _ in range(times):
            call()
        return (time.perf_counter() - begun) / times

    return run


def options(purpose: str, *, rounds: int) -> argparse.ArgumentParser:
    """The options that every bench has."""
    parser = argparse.ArgumentParser(description=purpose, formatter_class=_AsWritten)
    parser.add_argument("--rounds", type=_positive, default=rounds, help="how many rounds count")
    parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON instead of a table")
    return parser


def report(results: Sequence[Result], *, as_json: bool, notes: Sequence[str] = ()) -> None:
    """Print the results, with the machine and the load that they were taken under."""
    if as_json:
        rows = [{name: getattr(one, name) for name in Result.__slots__} for one in results]
        print(json.dumps({"machine": machine(), "notes": list(notes), "results": rows}, ensure_ascii=False, indent=2))
        return
    print(machine())
    for note in notes:
        print(note)
    print(f"\n{HEADER}\n|---|---|---|---|---|---|")
    for one in results:
        print(one.row)


def machine() -> str:
    """The machine's class, its load now, and the day: without them a figure means nothing."""
    load, _, _ = os.getloadavg()
    python = platform.python_version()
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores {platform.machine()}, "
        f"{platform.system()}, Python {python}, load {load:.1f}"
    )


def shown(seconds: float) -> str:
    """A span as people read it: 1.24 s, 3.1 ms, 870 ns."""
    for least, unit, factor in ((1.0, "s", 1), (1e-3, "ms", 1e3), (1e-6, "µs", 1e6)):
        if seconds >= least:
            return f"{_figure(seconds * factor)} {unit}"
    return f"{seconds * 1e9:.0f} ns"


class _AsWritten(argparse.RawDescriptionHelpFormatter, argparse.ArgumentDefaultsHelpFormatter):
    """Keeps the lines of the purpose, and says each option's default."""


def _figure(value: float) -> str:
    """Three figures, no more than were measured."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _quietly(run: Round) -> float:
    gc.collect()
    gc.disable()
    try:
        return run()
    finally:
        gc.enable()


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number
