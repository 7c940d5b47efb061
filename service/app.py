"""Composes the Flask application: configuration, doors and health."""

from __future__ import annotations

import os

from flask import Flask, Response, request

from service import api, web
from service import config as configuration
from service.api import problem_details
from service.config import Config
from service.opened import Opened
from service.problems import ProblemError, coded


def create_app(config: Config | None = None) -> Flask:
    """Build the application for one set of settings; nothing is opened before the first request that needs it.

    config  None: read from the environment
    raises  ConfigError
    """
    settings = config or configuration.load(os.environ)
    app = Flask("kawal", static_folder=None, template_folder=None)
    app.config["SECRET_KEY"] = settings.secret_key()
    app.config["MAX_CONTENT_LENGTH"] = settings.body_max_bytes
    app.json.sort_keys = False  # type: ignore[attr-defined]  # Flask's own provider has it
    app.extensions["kawal"] = settings
    app.extensions["kawal.opened"] = Opened(settings)
    api.mount(app)
    web.mount(app)
    app.before_request(refuse_unreadable)
    app.register_error_handler(Exception, answer_error)
    return app


def refuse_unreadable() -> None:
    """Refuse an address that names nothing: no id holds a control character, and PostgreSQL takes no null byte."""
    if not request.path.isprintable():
        raise ProblemError(coded("not_found"))
    is_page = not problem_details.belongs_to_api(request.path)
    if is_page and any("\x00" in value for values in request.args.listvalues() for value in values):
        raise ProblemError(coded("request_malformed"))


def answer_error(error: Exception) -> Response:
    """Answer an error the way its door does."""
    if problem_details.belongs_to_api(request.path):
        return problem_details.answer_error(error)
    return web.answer_error(error)
