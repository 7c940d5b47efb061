"""Endpoints: files that prove something, by what is in them."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import BinaryIO, cast

from flask import request
from werkzeug.datastructures import FileStorage

from events.envelope import Json
from service import evidence
from service.api.changes import REPLAYED
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.schemas.parts import EvidenceFile
from service.given_files import given_file
from service.problems import ProblemError, coded
from workflows.facts import Evidence

endpoints = Endpoints("evidence", "Files that prove something, kept by their SHA-256.")
FIELD = "file"
_FORM_BYTES = 65_536
_CHUNK = 65_536


@endpoints.upload("/evidence", EvidenceFile, field=FIELD)
def upload_evidence(door: Door) -> Reply:
    """Upload a file

    One content is one file: again is nothing new. Its digest is what requests and claims name.
    """
    settings = door.runtime.config
    request.max_content_length = settings.evidence_max_bytes + _FORM_BYTES
    if request.mimetype != "multipart/form-data":
        raise ProblemError(coded("media_type_unsupported", found=request.mimetype or "-", wanted="multipart/form-data"))
    file = request.files.get(FIELD)
    if file is None:
        raise ProblemError(coded("evidence_empty"))
    stored, repeated = door.once(_asked(file), lambda: _store(door, file))
    return Reply(stored, headers=REPLAYED if repeated else {})


@endpoints.download("/commitments/<string:commitment>/evidence/<string:digest>")
def download_evidence(door: Door, commitment: str, digest: str) -> Reply:
    """Download a file that the commitment names"""
    _, state = door.visible(commitment)
    return Reply(given_file(door.runtime, state.files, digest))


def _asked(file: FileStorage) -> Mapping[str, Json]:
    """What an upload asks: this content under this name."""
    digest = sha256()
    for chunk in iter(lambda: file.stream.read(_CHUNK), b""):
        digest.update(chunk)
    file.stream.seek(0)
    return {"digest": digest.hexdigest(), "name": (file.filename or "").encode("utf-8", "backslashreplace").decode()}


def _store(door: Door, file: FileStorage) -> Evidence:
    settings = door.runtime.config
    return evidence.store(
        door.runtime.engine,
        settings.evidence_dir,
        cast("BinaryIO", file.stream),
        name=file.filename or "",
        declared_type=file.mimetype,
        office=door.office,
        person=door.principal.person,
        now=door.now,
        max_bytes=settings.evidence_max_bytes,
    )
