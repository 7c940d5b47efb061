"""Under which reference a draft begins, and which commitment it follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.api.door import Door
from service.references import next_reference, reference_of
from service.rejoining import earlier
from workflows.commands import Earlier
from workflows.rejoining import earlier_of

_PLACED = ("programme", "party", "subject")


def placed(door: Door, body: Mapping[str, Any]) -> tuple[str, Earlier | None]:
    """The reference of the draft that a body asks for, and what it follows; raises NotFound where it sees none such."""
    named, wanted = body["follows"], tuple(body[name] for name in _PLACED)
    if named is None:
        reference = reference_of(*wanted)
        return reference, _earlier(door, wanted, reference)
    _, state = door.visible(named)
    drafted = state.drafted
    reference = next_reference(door.basis.programmes[drafted.programme], drafted)
    if tuple(getattr(drafted, name) for name in _PLACED) != wanted:
        return reference, earlier_of(state)
    return reference, _earlier(door, wanted, reference)


def _earlier(door: Door, wanted: tuple[str, ...], reference: str) -> Earlier | None:
    programme, party, subject = wanted
    return earlier(door.runtime, programme, party, subject, beside=reference)
