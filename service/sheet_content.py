"""What was signed, as the exact bytes that anybody can hash again: a sheet's signatures in RFC 8785 form."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import cast

import msgspec

from events.envelope import Json, canonical, rfc3339
from service.runtime import Runtime
from service.sheets import Part, Sheet
from workflows.commitment import Recorded
from workflows.facts import SignatureRecorded


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes, and their SHA-256 in hex."""

    body: bytes
    digest: str


def content_of(runtime: Runtime, sheet: Sheet) -> Content | None:
    """What was signed of a sheet, by all of its signatures so far; None before the first.

    Of the commitments that the reader sees: an agency's own sheet is its own commitments alone. Witnesses stand beside
    what was signed, not in it, so a later witness changes nothing.
    """
    signatures = [one for part in sheet.parts for one in _signatures(runtime, part)]
    if not signatures:
        return None
    whole: Json = {
        "sheet": sheet.id,
        "programme": sheet.programme,
        "party": sheet.party,
        "signatures": sorted(signatures, key=msgspec.json.encode),
    }
    body = canonical(whole)
    return Content(body, sha256(body).hexdigest())


def _signatures(runtime: Runtime, part: Part) -> list[Json]:
    history = runtime.history(part.commitment.id, up_to_version=part.head.version)
    return [_signature(part, one, one.fact) for one in history if isinstance(one.fact, SignatureRecorded)]


def _signature(part: Part, event: Recorded, signed: SignatureRecorded) -> Json:
    """One commitment's part: what was promised, by whom, in which capacity, when, where and how."""
    state = part.commitment
    opened = state.requests[signed.request].opened
    plan = state.revisions[0] if opened.items is None else opened.items
    return {
        "commitment": state.id,
        "reference": state.drafted.reference,
        "subject": state.drafted.subject,
        "request": signed.request,
        "substance": signed.digest,
        "plan": [cast("Json", msgspec.json.decode(msgspec.json.encode(item))) for item in plan],
        "office": signed.office,
        "capacity": event.capacity,
        "on_behalf_of": event.on_behalf_of,
        "kind": signed.kind,
        "mode": signed.mode,
        "place": signed.place,
        "signed_at": rfc3339(signed.signed_at),
        "sitting": signed.sitting,
        "scan": None if signed.scan is None else signed.scan.digest,
    }
