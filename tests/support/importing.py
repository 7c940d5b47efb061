"""A log in a file of its own, and the demo's folder to import into it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import msgspec
from sqlalchemy import Engine
from uuid6 import uuid7

from events.engine import make_engine
from events.envelope import Json
from service import config, identity, references  # noqa: F401  # tables that an empty schema must have
from service.catalog import OFFICES
from service.db import create_schema
from service.dispatch import Ask, Caller, dispatch
from service.imports import mappings  # noqa: F401  # its table must be in an empty schema, too
from service.imports.carrying_out import Callers, Done, carry_out
from service.imports.plan import plan_programme, plan_workbook
from service.imports.programme import read_folder
from service.imports.steps import Plan
from service.references import commitment_of
from service.runtime import Runtime
from workflows.commands import AppointHolder, Command
from workflows.commitment import Commitment
from workflows.context import Acting

DEMO = Path(config.__file__).parent / "demo_data" / "kalbar-2022"
WORKBOOK = DEMO / "rencana-aksi-kalbar-2022.xlsx"
PROGRAMME = "kalbar-2022"
COORDINATOR = "61.biro-organisasi"
OPERATOR = Caller(Acting("operator", "operator"), "cli:test")


@contextmanager
def opened(folder: Path, *, clock: datetime | None = None, url: str | None = None) -> Iterator[Runtime]:
    """An empty log, made and opened; with `clock` a demo's, which begins at that moment.

    url  None: SQLite in the folder
    """
    folder.mkdir(parents=True, exist_ok=True)
    settings = config.load({"KAWAL_DATA_DIR": str(folder), "DATABASE_URL": url or ""})
    engine: Engine = make_engine(settings.database_url)
    create_schema(engine, kind="real" if clock is None else "demo")
    runtime = Runtime(settings, engine=engine)
    if clock is not None:
        runtime.store.set_clock(clock)
    try:
        yield runtime
    finally:
        runtime.close()


def standing_in(office: str = COORDINATOR) -> Acting:
    """The operator in the place of an office's holder."""
    return Acting(office, "operator", "plh")


def plan_of(runtime: Runtime, source: Path, *, by: Acting | None = None, with_drafts: bool = True) -> Plan:
    """What importing a folder or a workbook would do."""
    acting, now = by or standing_in(), runtime.now()
    if source.is_dir():
        folder = read_folder(source, programme=PROGRAMME, fiscal_year=2022)
        return plan_programme(runtime, folder, by=acting, now=now, with_drafts=with_drafts)
    return plan_workbook(runtime, source, programme=PROGRAMME, by=acting, now=now)


def bring(
    runtime: Runtime,
    source: Path,
    *,
    by: Acting | None = None,
    with_drafts: bool = True,
    all_or_nothing: bool = False,
) -> tuple[Plan, tuple[Done, ...]]:
    """Import a folder or a workbook."""
    plan = plan_of(runtime, source, by=by, with_drafts=with_drafts)
    callers = Callers(OPERATOR, Caller(plan.by, "cli:test"))
    return plan, carry_out(runtime, plan, callers, all_or_nothing=all_or_nothing)


def copy_of(folder: Path, *, change: Callable[[Path], None] = lambda path: None) -> Path:
    """A copy of the demo's folder to be damaged."""
    shutil.copytree(DEMO, folder)
    change(folder)
    return folder


def replaced(file: Path, old: str, new: str) -> None:
    """Replace a text that stands in the file exactly once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def appoint(runtime: Runtime, office: str) -> Acting:
    """Somebody who holds the office from now on."""
    person = str(uuid7())
    command = AppointHolder(str(uuid7()), office, person, "definitive", "800/1", date(2020, 1, 1), None)
    ask(runtime, command, OFFICES, by=OPERATOR.acting)
    return Acting(office, person)


def ask(runtime: Runtime, command: Command, stream: str, *, by: Acting) -> None:
    """Dispatch one command under a key of its own."""
    request: dict[str, Json] = msgspec.json.decode(msgspec.json.encode(command))
    dispatch(runtime, Ask(command, stream, Caller(by, "password:test"), f"cli:test:{uuid7()}", request))


def commitment(runtime: Runtime, reference: str) -> Commitment:
    """A commitment by its reference, read anew."""
    with runtime.engine.connect() as connection:
        known = commitment_of(connection, reference)
    assert known is not None, f"nobody drafted {reference}"
    state = runtime.commitment(known, fresh=True).state
    assert state is not None, f"{reference} is reserved, but nothing was drafted"
    return state


def told(runtime: Runtime) -> dict[str, list[tuple[str, dict[str, Json]]]]:
    """By reference what each commitment's stream says: types and data in order, less the generated id."""
    found: dict[str, list[tuple[str, dict[str, Json]]]] = {}
    for stream in runtime.store.streams("commitment-"):
        events = runtime.store.read_stream(stream)
        reference = str(events[0].data["reference"])
        found[reference] = [
            (event.type, {name: value for name, value in event.data.items() if name != "commitment"})
            for event in events
        ]
    return found


def position(runtime: Runtime) -> int:
    """How many events the log holds."""
    head = runtime.store.log_head()
    return 0 if head is None else head.position
