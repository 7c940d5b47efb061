"""Downloads: what the pages show, as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask import Response, request, stream_with_context
from flask.typing import ResponseReturnValue

from service.errors import NotFound
from service.exports.commitments import commitments_csv
from service.read_models.commitment_queries import Filters
from service.sentences import Vocabulary
from service.web.pages import pages as new_pages
from service.web.visit import Visit
from workflows.definition import Field

pages = new_pages("downloads")


@pages.get("/commitments.csv")
def download_commitments(visit: Visit) -> ResponseReturnValue:
    """Every commitment that the office sees, of one programme where one is named, as CSV."""
    programme = request.args.get("programme") or None
    if programme is not None and programme not in visit.basis.programmes:
        raise NotFound("programme", programme)
    saved = f"kawal-{programme or 'commitments'}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{saved}"', "Cache-Control": "no-store"}
    return Response(
        stream_with_context(_pieces(visit, programme)), content_type="text/csv; charset=utf-8", headers=headers
    )


def _pieces(visit: Visit, programme: str | None) -> Iterator[str]:
    opened = visit.basis.programmes
    with visit.runtime.engine.connect() as connection:
        yield from commitments_csv(
            connection,
            visit.scope,
            Filters(programme=programme),
            words={name: _words(visit, name) for name in opened},
            own=_own(visit),
            sample=frozenset(name for name, one in opened.items() if one.sample),
        )


def _words(visit: Visit, programme: str) -> Vocabulary:
    opened = visit.basis.programmes[programme]
    definition = visit.basis.definition(opened.definition, opened.definition_version)
    versions = visit.basis.versions(opened.definition)
    return Vocabulary(visit.language, visit.basis.directory, opened, definition, versions)


def _own(visit: Visit) -> Mapping[tuple[str, int], Mapping[str, Field]]:
    return {
        (name, number): {
            field.name: field for field in definition.fields.commitment.values() if field.is_seen_by(visit.role)
        }
        for name in visit.basis.installed.definitions
        for number, definition in visit.basis.versions(name).items()
    }
