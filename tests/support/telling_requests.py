"""What happens to requests beside their verdicts: an outside body is heard, the ground goes."""

from __future__ import annotations

from datetime import UTC, date, datetime

from workflows import facts
from workflows.facts import CommitmentFact, Evidence

BODY = "Dinas Kesehatan Provinsi Jawa Barat"
DUE_ON, DUE_AT = date(2022, 4, 14), datetime(2022, 4, 14, 17, tzinfo=UTC)


def outside_opinion(request: str, *, by: str, letter: Evidence) -> tuple[tuple[str, CommitmentFact], ...]:
    """An owner without an office is asked, and an office enters what it wrote."""
    said = facts.OpinionGiven(request, by, "Tidak keberatan.", BODY, "440/12", date(2022, 4, 12), (letter,))
    return ((by, facts.OpinionInvited(request, "owner", by, DUE_ON, DUE_AT, BODY)), (by, said))


def voided(request: str, *, by: str) -> tuple[tuple[str, CommitmentFact], ...]:
    """A request loses its ground."""
    return ((by, facts.RequestVoided(request, "verification-revoked", ("all_items_verified", "terms"))),)
