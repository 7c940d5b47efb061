"""Composes the Flask application: configuration, doors and health."""

from __future__ import annotations

import os

from flask import Flask
from flask.typing import ResponseReturnValue

from service import config as configuration
from service.config import Config


def create_app(config: Config | None = None) -> Flask:
    """Build the application for one set of settings.

    config  None: read from the environment
    raises  ConfigError
    """
    settings = config or configuration.load(os.environ)
    app = Flask("kawal", static_folder=None, template_folder=None)
    app.config["SECRET_KEY"] = settings.secret_key()
    app.config["MAX_CONTENT_LENGTH"] = settings.body_max_bytes
    app.extensions["kawal"] = settings
    app.add_url_rule("/healthz", view_func=healthz)
    return app


def healthz() -> ResponseReturnValue:
    """Say that the process answers; whether it can do its work is /readyz's to say."""
    return {"status": "ok"}
