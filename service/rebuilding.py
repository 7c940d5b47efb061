"""Building read models anew from the log, in one transaction: readers see the old rows until the new ones are whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import delete, insert

from events.engine import write_transaction
from events.subscriptions import compare_and_set, start_checkpoint
from service.catalog import recorded
from service.read_models.histories import by_commitment
from service.read_models.model import History, Model, Row
from service.read_models.projection import MODELS
from service.runtime import Runtime
from workflows.commitment import Recorded, replay

PAGE = 2_000


def rebuild(
    runtime: Runtime, *, progress: Callable[[int], None] = lambda _: None, models: Sequence[Model] = MODELS
) -> int:
    """Replace every row of the given read models by the fold of the log; notices and escalations are not touched.

    progress  called with how many further events have been read
    returns   the position that the models stand at now; workers go on from there
    """
    histories, position, leaf = _read(runtime, progress)
    for model in models:
        rows = _rows(model, histories)
        while not _replace(runtime, model, rows, position=position, leaf=leaf):
            continue
    return position


def _replace(runtime: Runtime, model: Model, rows: dict[str, list[Row]], *, position: int, leaf: bytes) -> bool:
    """False if a worker moved the checkpoint meanwhile."""
    with write_transaction(runtime.engine) as connection:
        seen = start_checkpoint(connection, model.name, model.version)
        # First, so that no worker's batch slips in between: its own compare-and-set fails from here on.
        if not compare_and_set(connection, seen, position, leaf):
            return False
        for table in model.tables:
            connection.execute(delete(table))
            if rows[table.name]:
                connection.execute(insert(table), rows[table.name])
    return True


def _read(runtime: Runtime, progress: Callable[[int], None]) -> tuple[list[list[Recorded]], int, bytes]:
    histories: dict[str, list[Recorded]] = {}
    position, leaf = 0, b""
    while page := runtime.store.read_all(after=position, limit=PAGE):
        for stream, events in by_commitment(page).items():
            histories.setdefault(stream, []).extend(recorded(event) for event in events)
        position, leaf = page[-1].position, page[-1].leaf_hash
        progress(len(page))
    return list(histories.values()), position, leaf


def _rows(model: Model, histories: list[list[Recorded]]) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {table.name: [] for table in model.tables}
    for events in histories:
        state = replay(events)
        assert state is not None
        for table, mine in model.rows(History(events, state)).items():
            rows[table.name] += mine
    return rows
