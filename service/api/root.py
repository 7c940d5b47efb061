"""Outside /api/v1, without a token: whether the process lives and can work, its figures, and the codes of errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import Blueprint, Flask, Response, current_app, request
from flask.typing import ResponseReturnValue
from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from events.errors import LogError
from service import health
from service.opened import opened_of, runtime_of
from service.problems import STATUSES, ProblemError, coded, codes

blueprint = Blueprint("root", __name__)


@blueprint.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Say that the process answers; whether it can do its work is /readyz's to say."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Say whether answers can be relied on; 503 with the reasons where not."""
    try:
        found = health.readiness(runtime_of(current_app))
    except LogError as error:
        return {"ready": False, "reasons": [f"database: {error}"]}, 503
    body = {
        "ready": found.is_ready,
        "reasons": found.reasons,
        "warnings": found.warnings,
        "position": found.position,
        "lag": found.lag,
        "clock_looked_at": found.clock_looked_at.isoformat() if found.clock_looked_at else None,
        "queue_reachable": found.queue_reachable,
        "wal_bytes": found.wal_bytes,
    }
    return body, 200 if found.is_ready else 503


@blueprint.get("/metrics")
def metrics() -> ResponseReturnValue:
    """Give the figures in Prometheus' text format; of HTTP requests those of this process."""
    return Response(generate_latest(current_app.extensions["kawal.metrics"]), mimetype="text/plain; version=0.0.4")


@blueprint.get("/problems")
def list_problems() -> ResponseReturnValue:
    """List every code that an error may carry."""
    return {"codes": [_code(code) for code in sorted(codes())]}


@blueprint.get("/problems/<string:code>")
def read_problem(code: str) -> ResponseReturnValue:
    """Describe one code: where an error's `type` leads."""
    if code not in codes():
        raise ProblemError(coded("not_found"))
    return _code(code)


def count_requests(app: Flask) -> None:
    """Count this process's requests by endpoint and status, and measure the rest when it is asked for."""
    registry = CollectorRegistry()
    counter = Counter("kawal_http_requests", "HTTP requests", ("endpoint", "method", "status"), registry=registry)
    registry.register(_Figures(app))
    app.extensions["kawal.metrics"] = registry

    def count(response: Response) -> Response:
        # The rule's name, never the path: an id would make a series of its own.
        counter.labels(request.endpoint or "-", request.method, str(response.status_code)).inc()
        return response

    app.after_request(count)


class _Figures(Collector):
    """Measured at each scrape; where the database is away only `kawal_up` is given, as 0."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def collect(self) -> Iterable[Metric]:
        """The gauges of this moment."""
        up = GaugeMetricFamily("kawal_up", "1 where the database answers")
        try:
            found = health.figures(opened_of(self._app).runtime())
        except LogError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield _gauge("kawal_log_position", "The log's last position", found.position)
        yield _gauge("kawal_projections_halted", "Read models that stopped at an event", found.halted)
        yield _gauge("kawal_obligations_open", "Obligations that are owed", found.obligations_open)
        yield _gauge("kawal_obligations_overdue", "Obligations past their due moment", found.obligations_overdue)
        yield _gauge("kawal_wal_bytes", "Size of SQLite's write-ahead log; 0 on PostgreSQL", found.wal_bytes)
        yield _by("kawal_projection_lag", "Events that a read model is behind", "projection", found.lag)
        yield _by("kawal_deliveries", "Deliveries by status", "status", found.deliveries)


def _gauge(name: str, text: str, value: int) -> Metric:
    gauge = GaugeMetricFamily(name, text)
    gauge.add_metric([], value)
    return gauge


def _by(name: str, text: str, label: str, values: Mapping[str, int]) -> Metric:
    gauge = GaugeMetricFamily(name, text, labels=[label])
    for key, value in values.items():
        gauge.add_metric([key], value)
    return gauge


def _code(code: str) -> dict[str, object]:
    label = codes()[code]
    return {"code": code, "status": STATUSES[code], "sentence": {"id": label.id, "en": label.en}}
