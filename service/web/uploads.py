"""Files of a form: kept as soon as they come, so that a form which is refused doesn't ask for them again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, cast

from flask import Request

from events.engine import answering
from service import evidence
from service.evidence import EvidenceRefused
from service.web.visit import Visit
from workflows.facts import Evidence

FIELD, KEPT = "evidence", "kept"
MOST_FILES = 10


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The files of a form, each content once. error: why one of them wasn't taken"""

    evidence: tuple[Evidence, ...]
    error: EvidenceRefused | None = None


def uploaded(visit: Visit, request: Request, *, field: str = FIELD, kept: str = KEPT) -> Uploaded:
    """Keep what the form brings, beside what an earlier try of the same form had brought.

    field, kept  the names of the file field, and of the fields with what is there already
    """
    found = {one.digest: one for one in _kept(visit, request, kept)}
    error = None
    for file in request.files.getlist(field)[:MOST_FILES]:
        if not file.filename:
            continue
        try:
            one = evidence.store(
                visit.runtime.engine,
                visit.runtime.config.evidence_dir,
                cast("BinaryIO", file.stream),
                name=file.filename,
                declared_type=file.mimetype,
                office=visit.office,
                person=visit.principal.person,
                now=visit.now,
                max_bytes=visit.runtime.config.evidence_max_bytes,
            )
        except EvidenceRefused as refused:
            error = refused
        else:
            found[one.digest] = one
    return Uploaded(tuple(found.values()), error)


def _kept(visit: Visit, request: Request, field: str) -> list[Evidence]:
    digests = request.form.getlist(field)[:MOST_FILES]
    if not digests:
        return []
    with answering(), visit.runtime.engine.connect() as connection:
        found = [evidence.find(connection, digest) for digest in digests]
    return [one.evidence for one in found if one is not None]
