"""The demo's input as the story needs it: who promises what, and by which offices."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "demo_data" / "kalbar-2022"
PROGRAMME = "kalbar-2022"
COORDINATOR = "61.biro-organisasi"
SECRETARY = "61.sekda"
MINISTRY = "menpanrb.deputi-yanlik"
MENTOR = "61.tim-pendamping"


@dataclass(frozen=True, slots=True)
class Item:
    """A plan item, as far as the story asks."""

    number: int
    activity: str
    target: Decimal
    starts_on: date
    ends_on: date
    budget_idr: int
    evidence: str


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment of the folder. `index` counts from 0 over the folder, `place` inside its party."""

    index: int
    place: int
    reference: str
    party: str
    subject: str
    agency: str
    pic: str
    items: tuple[Item, ...]

    @property
    def coordinator(self) -> str:
        """The party's coordinator."""
        return f"{self.party}.bag-organisasi"

    @property
    def secretary(self) -> str:
        """The party's secretary."""
        return f"{self.party}.sekda"


def promises(folder: Path = FOLDER) -> tuple[Promise, ...]:
    """Every commitment of the folder, in its order."""
    plans: dict[str, list[Item]] = {}
    for row in _rows(folder / "action_plans.csv"):
        item = Item(
            int(row["no"]),
            row["activity"],
            Decimal(row["target"]),
            date.fromisoformat(row["start"]),
            date.fromisoformat(row["end"]),
            int(row["budget_idr"]),
            row["evidence_required"],
        )
        plans.setdefault(row["commitment"], []).append(item)
    seen: dict[str, int] = {}
    found = []
    for index, row in enumerate(_rows(folder / "commitments.csv")):
        place = seen.get(row["region"], 0)
        seen[row["region"]] = place + 1
        items = tuple(plans[row["id"]])
        found.append(
            Promise(index, place, row["id"], row["region"], row["innovation"], row["agency"], row["pic"], items)
        )
    return tuple(found)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
