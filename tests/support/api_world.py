"""One world for the API: the small directory in a real demo log, a person with a token in every office, a real app.

world = api_world(tmp_path)
answer = world.post("61.03.bag", f"/requests/{request}/approvals", etag=etag)
"""

from __future__ import annotations

import atexit
import io
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from events.engine import make_engine, truncate_wal
from service import catalog, config, identity
from service.app import create_app
from service.config import Config
from service.db import create_schema
from service.dispatch import Ask, Caller, dispatch
from service.drain import Drain
from service.opened import runtime_of
from service.runtime import Runtime
from tests.support import directory as small
from tests.support.short_path import short_path
from tests.support.world import ADMIN, COORDINATOR, DRAFT_DAY, OPENED, PARTY, PLAN, PROGRAMME, SUBJECT
from workflows.commands import (
    AdoptCalendar,
    AppointHolder,
    Command,
    ConfirmDefinition,
    EndAppointment,
    EstablishOffice,
    GiveGrant,
    InstallDefinition,
    OpenProgramme,
    ProposeDefinition,
    RegisterOrganisation,
)
from workflows.context import Acting
from workflows.facts import CalendarAdopted, PlanItem

OPERATOR = Caller(Acting("operator", "operator"), "cli:test")
NOBODY_LISTENS = "redis://127.0.0.1:1/0"
_keys = count(1)


@dataclass(slots=True)
class ApiWorld:
    """A running application with its log; `tokens` and `persons` by office."""

    app: Flask
    config: Config
    runtime: Runtime
    tokens: dict[str, str] = field(default_factory=dict)
    persons: dict[str, str] = field(default_factory=dict)

    @property
    def client(self) -> FlaskClient:
        """A client without any cookie or token."""
        return self.app.test_client()

    def get(self, office: str, path: str, **headers: str) -> TestResponse:
        """Read as an office. path: below /api/v1"""
        return self.client.get(f"/api/v1{path}", headers={**self.bearer(office), **_named(headers)})

    def post(
        self,
        office: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        key: str | None = None,
        etag: str | None = None,
        **headers: str,
    ) -> TestResponse:
        """Ask for something as an office, under a fresh key unless one is given."""
        wanted = {**self.bearer(office), "Idempotency-Key": key or f"key-{next(_keys)}", **_named(headers)}
        if etag is not None:
            wanted["If-Match"] = etag
        return self.client.post(f"/api/v1{path}", json=dict(body or {}), headers=wanted)

    def patch(self, office: str, path: str, body: Mapping[str, Any], *, etag: str | None) -> TestResponse:
        """Change something as an office."""
        wanted = self.bearer(office) | ({"If-Match": etag} if etag else {})
        return self.client.patch(f"/api/v1{path}", json=dict(body), headers=wanted)

    def bearer(self, office: str) -> dict[str, str]:
        """The header that says who asks."""
        return {"Authorization": f"Bearer {self.tokens[office]}"}

    def upload(self, office: str, content: bytes = b"%PDF-1.7 surat keputusan", name: str = "sk.pdf") -> str:
        """Upload a file as an office; its digest."""
        answer = self.client.post(
            "/api/v1/evidence",
            data={"file": (io.BytesIO(content), name)},
            headers={**self.bearer(office), "Idempotency-Key": f"key-{next(_keys)}"},
        )
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return str(answer.get_json()["digest"])

    def appoint(self, office: str, *, since: datetime | None = None) -> str:
        """One more person in an office, with a token of its own; returns the token."""
        number = len(self.persons) + next(_keys)
        new = identity.NewPerson(name=f"Pemegang {office}", email=f"p{number}@kawal.example")
        person = identity.create_person(self.runtime.engine, new, now=datetime.now(UTC)).id
        capacity = "definitive" if not self.persons.get(office) else "plh"
        starts_on = (since or self.runtime.now()).date() - timedelta(days=1)
        self.tell(
            catalog.OFFICES, AppointHolder(f"{office}/{person}", office, person, capacity, "SK 1/2021", starts_on, None)
        )
        token = identity.issue_token(
            self.runtime.engine, person=person, office=office, name="uji", now=datetime.now(UTC)
        )
        self.persons.setdefault(office, person)
        self.tokens.setdefault(office, token.secret)
        return token.secret

    def end(self, office: str) -> None:
        """The office's first holder holds it no more, since yesterday."""
        person = self.persons[office]
        yesterday = self.runtime.now().date() - timedelta(days=1)
        self.tell(catalog.OFFICES, EndAppointment(f"{office}/{person}", yesterday, "SK 2"))

    def grant(self, office: str, **named: str) -> None:
        """Let an office of scope `granted` read something. named: organisation, subject or commitment."""
        what = {"organisation": None, "subject": None, "commitment": None, **named}
        day = self.runtime.now().date() - timedelta(days=1)
        self.tell(
            catalog.OFFICES, GiveGrant(f"g{next(_keys)}", office, **what, starts_on=day, ends_on=None, letter="ST 7")
        )

    def tell(self, stream: str, command: Command, *, by: Caller = OPERATOR) -> None:
        """Somebody, an operator as a rule, records something of the directory or the programmes."""
        dispatch(self.runtime, Ask(command, stream, by, f"cli:{by.acting.office}:{next(_keys)}", {}))

    def install(self, name: str, text: str) -> None:
        """Bring a workflow in by two persons."""
        proposer, confirmer = (Caller(Acting(one, self.persons[one]), "cli:test") for one in (ADMIN, COORDINATOR))
        stream = catalog.definition_stream(name)
        self.tell(stream, ProposeDefinition(name, text), by=proposer)
        self.tell(stream, ConfirmDefinition(f"{name}.p1"), by=confirmer)

    def catch_up(self) -> None:
        """Let the read models and the telling reach the log's head."""
        Drain(self.runtime).run()

    def advance(self, *, to: datetime) -> None:
        """Move the demo's clock forward."""
        self.runtime.store.advance_clock(to=to)


def api_world(folder: Path, *, database_url: str | None = None, hold_s: int = 120) -> ApiWorld:
    """A fresh database in the folder (or the given one), the small directory in it, and an application on it.

    hold_s  how long a decision's mail waits
    """
    settings = _settings(folder, database_url, hold_s)
    if database_url is not None:
        return _made(settings)
    template = _template()
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(template.config.data_dir / "kawal.db", folder / "kawal.db")
    app = create_app(settings)
    return ApiWorld(app, settings, runtime_of(app), dict(template.tokens), dict(template.persons))


@lru_cache(maxsize=1)
def _template() -> ApiWorld:
    """Made once a process: SQLite's file is copied for each test."""
    folder = Path(tempfile.mkdtemp(prefix="kawal-world-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    world = _made(_settings(folder, None))
    truncate_wal(world.runtime.engine)
    world.runtime.close()
    return world


def _settings(folder: Path, database_url: str | None, hold_s: int = 120) -> Config:
    environment = {
        "KAWAL_DATA_DIR": str(folder),
        "REDIS_URL": NOBODY_LISTENS,
        "KAWAL_DECISION_HOLD_S": str(hold_s),
    }
    return config.load(environment | ({"DATABASE_URL": database_url} if database_url else {}))


def _made(settings: Config) -> ApiWorld:
    _create(settings)
    app = create_app(settings)
    world = ApiWorld(app, settings, runtime_of(app))
    world.runtime.store.set_clock(DRAFT_DAY)
    _tell_basis(world)
    for name, *_ in small.OFFICES:
        world.appoint(name, since=DRAFT_DAY)
    coordinator = Caller(Acting(COORDINATOR, world.persons[COORDINATOR]), "cli:test")
    world.tell(catalog.programme_stream(PROGRAMME), OpenProgramme(OPENED), by=coordinator)
    return world


def draft_body(**changed: Any) -> dict[str, Any]:
    """A sound draft as JSON."""
    sound = {
        "programme": PROGRAMME,
        "party": PARTY,
        "subject": SUBJECT,
        "fiscal_year": 2022,
        "replication_scope": "full",
        "agency": "61.03.dinkes",
        "pic": "61.03.dinkes.pic",
        "items": [item_body(item) for item in PLAN],
    }
    return {**sound, **changed}


def item_body(item: PlanItem = PLAN[0], **changed: Any) -> dict[str, Any]:
    """A plan item as JSON."""
    written = {name: getattr(item, name) for name in item.__slots__}
    texts = {"target": str(item.target), "starts_on": str(item.starts_on), "ends_on": str(item.ends_on)}
    own = {one.name: one.value for one in item.fields}
    return {**written, **texts, "fields": own, **changed}


def _create(settings: Config) -> None:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = make_engine(settings.database_url)
    create_schema(engine, kind="demo")
    engine.dispose()


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def _tell_basis(world: ApiWorld) -> None:
    calendar = small.calendar()
    adopted = CalendarAdopted(
        calendar.calendar, 1, "uji", calendar.first_day, calendar.last_day, tuple(sorted(calendar.days_off))
    )
    world.tell(catalog.calendar_stream(adopted.calendar), AdoptCalendar(adopted))
    for name, parent in small.ORGANISATIONS:
        command = RegisterOrganisation(name, parent, f"Organisasi {name}", "kind", small.ZONE, small.CALENDAR)
        world.tell(catalog.OFFICES, command)
    for name, role, where, scope, to in small.OFFICES:
        world.tell(catalog.OFFICES, EstablishOffice(name, f"Jabatan {name}", role, where, scope, to))
    text = short_path()
    digest = sha256(text.encode()).hexdigest()
    install = InstallDefinition("replikasi-inovasi", 1, digest, text)
    world.tell(catalog.definition_stream("replikasi-inovasi"), install)
