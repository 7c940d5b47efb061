"""Who is told of which fact."""

from __future__ import annotations

from dataclasses import dataclass, field

ADDRESSEE_NAMES = frozenset({"approver", "asker", "acted", "heard", "claimant", "verifier", "addressee", "raiser"})


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """One cell of the table of who is told.

    fact      the stored name of the fact; `states` narrows state-changed to changes into these states
    to        a role, or one of ADDRESSEE_NAMES: approver is the open step's office, verifier the claim's,
              acted whoever asked for or decided on the request, addressee and raiser the matter's
    urgency   now | daily | weekly | page
    action    it is now that office's turn to do something
    receipt   told even of its own act
    row       which row of the table it stands in, from 0
    """

    fact: str
    to: str
    urgency: str
    states: frozenset[str] = frozenset()
    action: bool = False
    receipt: bool = False
    row: int = field(default=0, compare=False)
