"""Moves that are kept apart: whoever had a hand in what one brought on record may have none in the other."""

from __future__ import annotations

from workflows.commitment import Request
from workflows.errors import Blocker
from workflows.moving import Moving
from workflows.rules import NONE, Blockers, Hands, acted, behind


def kept_apart(case: Moving) -> Blockers:
    """No office and no person that asked for or decided an approved request of the moves named acts on this one."""
    if not case.move.apart_from:
        return NONE
    mine = behind(acted(case.context, "approved"), case.context)
    return tuple(
        Blocker("kept_apart", {"move": request.opened.move, "request": request.opened.request})
        for request in case.commitment.requests.values()
        if request.opened.move in case.move.apart_from and _had_a_hand(mine, request, case)
    )


def _had_a_hand(mine: Hands, request: Request, case: Moving) -> bool:
    return request.status == "approved" and any(behind(act, case.context).meet(mine) for act in request.acts)
