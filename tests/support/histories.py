"""A file of states from elsewhere, brought in by `kawal import history` as an operator does."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from service.cli.root import kawal
from service.references import commitment_of
from service.runtime import Runtime
from tests.support.played import NOBODY_LISTENS
from workflows.commitment import Commitment

HEADER = "id,title,state,true_on,source,note"
ROWS = (
    "B-2,Kedua,drafted,2021-02-01,SIMDA,",
    "A/1 – 追跡 «ɑ»,Pelacakan kasus 追跡,in_replication,3 Mei 2021,,berjalan",
    "A/1 – 追跡 «ɑ»,Pelacakan kasus 追跡,Konsep,2021-01-04,SIMDA,",
    "A/1 – 追跡 «ɑ»,Pelacakan kasus 追跡,Signed,2021-03-01,SIMDA,lembar 4",
)
FIRST = "A/1 – 追跡 «ɑ»"
REFERENCE = f"KALBAR-2022-{FIRST}"
CLOCK = datetime(2022, 1, 10, 3, tzinfo=UTC)


def run(runtime: Runtime, *words: str) -> Result:
    environment = {"KAWAL_DATA_DIR": str(runtime.config.data_dir), "REDIS_URL": NOBODY_LISTENS}
    return CliRunner().invoke(kawal, ["import", *words], env=environment, catch_exceptions=False)


def history(runtime: Runtime, file: Path, *words: str) -> Result:
    known = ["--definition", "replikasi-inovasi", "--programme", "kalbar-2022"]
    return run(runtime, "history", str(file), *known, *words)


def told(runtime: Runtime, file: Path, *words: str) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(history(runtime, file, *words, "--json").stdout)
    return report


def csv_file(folder: Path, *rows: str, header: str = HEADER) -> Path:
    file = folder / "riwayat.csv"
    file.write_text("\n".join((header, *rows)), encoding="utf-8")
    return file


def state_of(runtime: Runtime, reference: str) -> Commitment:
    with runtime.engine.connect() as connection:
        known = commitment_of(connection, reference)
    assert known is not None
    state = runtime.commitment(known, fresh=True).state
    assert state is not None
    return state


def positions(runtime: Runtime) -> int:
    head = runtime.store.log_head()
    return 0 if head is None else head.position
