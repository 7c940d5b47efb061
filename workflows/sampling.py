"""The lot: which checked claims of a period are verified, drawn so that anybody can draw it again (ADR 0037)."""

from __future__ import annotations

from hashlib import sha256

from workflows.definition.claims import PERMILLE

BYTES_DRAWN = 8


def is_drawn(claim: str, *, seed: str, permille: int) -> bool:
    """True if the lot falls on a claim: the first 8 bytes of SHA-256 over "<seed>/<claim>", as a part of 2^64.

    claim  "<reference>.c<number>", which is no chance of its own
    Each claim is drawn for itself, so the answer needs no list of the others. Costs one hash.
    """
    drawn = int.from_bytes(sha256(f"{seed}/{claim}".encode()).digest()[:BYTES_DRAWN], "big")
    return drawn * PERMILLE < permille << (8 * BYTES_DRAWN)
