"""A stored file given out by a door: to be saved, and never shown as a page of ours."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response, send_file

from service import evidence
from service.errors import NotFound
from service.runtime import Runtime
from workflows.facts import Evidence


def given_file(runtime: Runtime, files: Iterable[Evidence], digest: str) -> Response:
    """The one of these files that has the digest. Raises NotFound, EvidenceRefused."""
    named = next((one for one in files if one.digest == digest), None)
    if named is None:
        raise NotFound("evidence", digest)
    file = evidence.open_file(runtime.config.evidence_dir, digest)
    response = send_file(
        file, mimetype=named.media_type, as_attachment=True, download_name=named.name, etag=digest, conditional=False
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
