"""What was signed, as the exact bytes that anybody can hash again: a sheet's signatures in RFC 8785 form."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import cast

import msgspec

from events.envelope import Json, canonical, rfc3339
from service import reading
from service.basis import Basis
from service.runtime import Runtime
from service.sheets import Part, Sheet
from workflows.commitment import Recorded
from workflows.facts import PlanItem, SignatureRecorded
from workflows.field_sight import plan_seen


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes, and their SHA-256 in hex."""

    body: bytes
    digest: str


def content_of(runtime: Runtime, sheet: Sheet, basis: Basis, office: str) -> Content | None:
    """What was signed of a sheet, by all of its signatures so far, as an office sees it; None before the first.

    Of the commitments that the reader sees: an agency's own sheet is its own commitments alone, without the own fields
    that its role doesn't see. Witnesses stand beside what was signed, not in it, so a later witness changes nothing.
    """
    known = basis.directory.office(office)
    role = None if known is None else known.role
    signatures = [one for part in sheet.parts for one in _signatures(runtime, basis, part, role)]
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


def _signatures(runtime: Runtime, basis: Basis, part: Part, role: str | None) -> list[Json]:
    history = runtime.history(part.commitment.id, up_to_version=part.head.version)
    own = reading.definition_of(basis, part.commitment).fields.item
    return [
        _signature(part, one, one.fact, plan_seen(_plan(part, one.fact), own, role))
        for one in history
        if isinstance(one.fact, SignatureRecorded)
    ]


def _plan(part: Part, signed: SignatureRecorded) -> tuple[PlanItem, ...]:
    opened = part.commitment.requests[signed.request].opened
    return part.commitment.revisions[0] if opened.items is None else opened.items


def _signature(part: Part, event: Recorded, signed: SignatureRecorded, plan: tuple[PlanItem, ...]) -> Json:
    """One commitment's part: what was promised, for and by which office, in which capacity, when, where and how."""
    state = part.commitment
    return {
        "commitment": state.id,
        "reference": state.drafted.reference,
        "subject": state.drafted.subject,
        "request": signed.request,
        "substance": signed.digest,
        "plan": [cast("Json", msgspec.json.decode(msgspec.json.encode(item))) for item in plan],
        "office": signed.office,
        "by": event.office,
        "capacity": event.capacity,
        "on_behalf_of": event.on_behalf_of,
        "kind": signed.kind,
        "mode": signed.mode,
        "place": signed.place,
        "signed_at": rfc3339(signed.signed_at),
        "sitting": signed.sitting,
        "scan": None if signed.scan is None else signed.scan.digest,
    }
