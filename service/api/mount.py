"""Puts the API into an application."""

from __future__ import annotations

from typing import Any

import flask_smorest
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask
from flask_smorest.utils import prepare_response

from service.api import (
    appointments,
    claims,
    commitments,
    decisions,
    definitions,
    delegations,
    directions,
    directory,
    duties,
    external_commitments,
    external_ids,
    files,
    handovers,
    histories,
    ledger,
    matters,
    migrations,
    notes,
    overviews,
    periods,
    problem_details,
    programmes,
    progress,
    questions,
    report_workbooks,
    reports,
    requests,
    roll_up,
    root,
    seats,
    sheets,
    sittings,
    waves,
    what_if,
)
from service.api.endpoints import REFUSALS, Endpoints, refusal
from service.api.fields import OwnValues, Quantity
from service.api.schemas.problems import Problem
from service.release import VERSION

GROUPS: tuple[Endpoints, ...] = (
    directory.endpoints,
    delegations.endpoints,
    appointments.endpoints,
    handovers.endpoints,
    definitions.endpoints,
    migrations.endpoints,
    commitments.endpoints,
    questions.endpoints,
    waves.endpoints,
    what_if.endpoints,
    requests.endpoints,
    decisions.endpoints,
    sheets.endpoints,
    sittings.endpoints,
    claims.endpoints,
    duties.endpoints,
    matters.endpoints,
    directions.endpoints,
    notes.endpoints,
    reports.endpoints,
    report_workbooks.endpoints,
    periods.endpoints,
    programmes.endpoints,
    seats.endpoints,
    progress.endpoints,
    roll_up.endpoints,
    external_ids.endpoints,
    external_commitments.endpoints,
    ledger.endpoints,
    files.endpoints,
    overviews.endpoints,
    histories.endpoints,
)


class _Api(flask_smorest.Api):  # type: ignore[misc]  # flask-smorest is untyped
    """Describes every error as a problem, and answers them itself."""

    ERROR_SCHEMA = Problem
    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        return

    def _register_pagination_header(self) -> None:
        """Nothing here has flask-smorest's header of pages: a Link leads on."""

    def _register_responses(self) -> None:
        for status, description in REFUSALS.items():
            response = {"description": description, "schema": Problem}
            prepare_response(response, self.spec, problem_details.MEDIA_TYPE)
            self.spec.components.response(refusal(status), response)


def mount(app: Flask) -> Any:
    """Add every endpoint of the API and its description; errors are answered by the application's handler.

    returns  flask-smorest's Api, whose `spec` is the description
    """
    app.config.update(
        API_TITLE="kawal",
        API_VERSION=VERSION,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/",
        OPENAPI_JSON_PATH="openapi.json",
    )
    api = _Api(app, spec_kwargs={"marshmallow_plugin": MarshmallowPlugin(schema_name_resolver=_schema_name)})
    api.register_field(Quantity, "string", "decimal")
    api.register_field(OwnValues, "object", None)
    api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
    api.spec.options["security"] = [{"bearer": []}]
    for group in GROUPS:
        api.register_blueprint(group.blueprint)
    app.register_blueprint(root.blueprint)
    root.count_requests(app)
    app.before_request(problem_details.refuse_redirects)
    return api


def _schema_name(schema: object) -> str:
    """A schema's own name: marshmallow's resolver would cut "Schema" off."""
    cls = schema if isinstance(schema, type) else type(schema)
    return cls.__name__
