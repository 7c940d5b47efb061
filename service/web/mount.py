"""Puts the pages into an application."""

from __future__ import annotations

from flask import Flask, Response, current_app, request

from service.web import (
    acts,
    appointments,
    asking,
    assets,
    commitment,
    decisions,
    definitions,
    delegations,
    directions,
    downloads,
    duties,
    handovers,
    headers,
    inbox,
    ledger,
    login,
    matrix,
    matters,
    notices,
    periods,
    programmes,
    progress,
    proposals,
    rejoining,
    report_workbooks,
    reports,
    roll_up,
    sharing,
    sheet_prints,
    sheets,
    sittings,
    switches,
    waves,
    why_not,
)
from service.web.pages import Pages

MODULES: tuple[Pages, ...] = (
    inbox.pages,
    commitment.pages,
    why_not.pages,
    acts.pages,
    decisions.pages,
    asking.pages,
    rejoining.pages,
    duties.pages,
    matters.pages,
    reports.pages,
    report_workbooks.pages,
    sharing.pages,
    directions.pages,
    ledger.pages,
    sheets.pages,
    sheet_prints.pages,
    sittings.pages,
    matrix.pages,
    downloads.pages,
    progress.pages,
    roll_up.pages,
    periods.pages,
    programmes.pages,
    waves.pages,
    notices.pages,
    delegations.pages,
    appointments.pages,
    handovers.pages,
    definitions.pages,
    proposals.pages,
    login.pages,
    switches.pages,
)
_MACHINES = ("/api/", "/healthz", "/readyz", "/metrics", "/openapi.json", "/problems")


def mount(app: Flask) -> None:
    """Add every page; errors on other paths than the machines' are answered by `answer_error`."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.add_url_rule("/static/<name>", "web_static", assets.serve)
    for module in MODULES:
        app.register_blueprint(module.blueprint)
    app.after_request(_secure)


def _secure(response: Response) -> Response:
    if request.path.startswith(_MACHINES):
        return response
    https = str(current_app.extensions["kawal"].base_url).startswith("https://")
    return headers.secure(response, https=https)
