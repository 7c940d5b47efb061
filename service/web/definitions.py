"""Pages: a workflow as it was installed, drawn and in words."""

from __future__ import annotations

from flask import Response
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from service.errors import NotFound
from service.sentences import workflow_told
from service.web.pages import pages as new_pages
from service.web.rendering import page
from service.web.visit import Visit
from workflows.definition import Definition
from workflows.drawing import svg

pages = new_pages("definitions")


@pages.get("/definitions/<name>/<int:version>")
def read_definition(visit: Visit, name: str, version: int) -> ResponseReturnValue:
    """A workflow's version: its drawing, then everything that it says, section by section."""
    definition = _installed(visit, name, version)
    return page(
        visit,
        "pages/definition.html",
        d=definition,
        # The drawing escapes what it writes; nothing of it comes from anywhere else.
        drawing=Markup(svg(definition, visit.language)),
        sections=workflow_told(definition, visit.language),
        versions=[one.version for one in visit.basis.installed.definitions[name]],
        drawing_path=f"/definitions/{name}/{version}.svg",
    )


@pages.get("/definitions/<name>/<int:version>.svg")
def read_drawing(visit: Visit, name: str, version: int) -> ResponseReturnValue:
    """The drawing alone, to be saved."""
    definition = _installed(visit, name, version)
    saved = f"{name}-{version}.svg"
    headers = {"Content-Disposition": f'attachment; filename="{saved}"'}
    return Response(svg(definition, visit.language), mimetype="image/svg+xml", headers=headers)


def _installed(visit: Visit, name: str, version: int) -> Definition:
    try:
        return visit.basis.definition(name, version)
    except KeyError as error:
        raise NotFound("definition", f"{name} {version}") from error
