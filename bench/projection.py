"""Folding the log into read models, against reading the same events and inserting as many plain rows.

python -m bench.projection                    plays the demo's story first (about a minute)
python -m bench.projection --data var         on a copy of what a data directory holds
"""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

from sqlalchemy import Column, Engine, Integer, MetaData, Table, Text, delete, func, insert, select

from bench import played
from bench.measure import Result, Round, alternate, options, repeated, report
from events.engine import write_transaction
from events.envelope import Event
from events.subscriptions import reset_checkpoint
from events.together import run_together
from service import catalog
from service.read_models.histories import Histories, by_commitment
from service.read_models.projection import MODELS, projections
from service.runtime import Runtime

PLAIN = Table(
    "bench_plain",
    MetaData(),
    Column("n", Integer, primary_key=True),
    *(Column(f"text{number}", Text, nullable=False) for number in range(5)),
)
BATCHES = (5_000, 20)
"""What a worker that was behind takes at once, and about what one finds behind a burst of commands."""


def main() -> None:
    """Measure a rebuild's and a live drain's fold, and what decoding a fact costs."""
    parser = options(__doc__ or "", rounds=5)
    played.add_options(parser)
    arguments = parser.parse_args()
    with played.played(arguments) as runtime, tempfile.TemporaryDirectory(dir=_beside(runtime)) as folder:
        results = _compare(played.copy_of(runtime, Path(folder)), arguments.rounds)
        events = runtime.store.read_all(limit=1_000_000)
        results.append(_decoding(events, arguments.rounds))
    report(results, as_json=arguments.as_json, notes=(f"{len(events)} events in the log",))


def _compare(runtime: Runtime, rounds: int) -> list[Result]:
    head = runtime.store.log_head()
    assert head is not None
    rows = _row_count(runtime.engine)
    with write_transaction(runtime.engine) as connection:
        PLAIN.create(connection)
    found = [
        alternate(
            f"fold one event into {len(MODELS)} read models, batches of {batch:,}",
            _fold(runtime, head.position, batch),
            floor_name=f"read it and insert {rows / head.position:.1f} plain rows, same batches",
            floor=_plain(runtime, head.position, batch, rows=rows),
            rounds=rounds,
        )
        for batch in BATCHES
    ]
    runtime.close()
    return found


def _fold(runtime: Runtime, head: int, batch: int) -> Round:
    def run() -> float:
        with write_transaction(runtime.engine) as connection:
            for model in MODELS:
                for table in model.tables:
                    connection.execute(delete(table))
                reset_checkpoint(connection, model.name, model.version)
        subscriptions = projections(Histories(runtime.store))
        begun = time.perf_counter()
        applied = 0
        while applied < head:
            count = run_together(runtime.engine, runtime.store, subscriptions, limit=min(batch, head - applied))
            assert count, "the read models don't stand together"
            applied += count
        return (time.perf_counter() - begun) / head

    return run


def _plain(runtime: Runtime, head: int, batch: int, *, rows: int) -> Round:
    def run() -> float:
        with write_transaction(runtime.engine) as connection:
            connection.execute(delete(PLAIN))
        begun = time.perf_counter()
        done = written = 0
        while done < head:
            page = runtime.store.read_all(done, min(batch, head - done))
            done = page[-1].position
            share = rows * done // head - written
            values = [_values(written + n, page[n % len(page)]) for n in range(share)]
            written += share
            with write_transaction(runtime.engine) as connection:
                if values:
                    connection.execute(insert(PLAIN), values)
        return (time.perf_counter() - begun) / head

    return run


def _decoding(events: list[Event], rounds: int) -> Result:
    mine = [event for stream in by_commitment(events).values() for event in stream][:2_000]

    def decode() -> None:
        for event in mine:
            # The event keeps its parsed body from the first round, which doesn't count: only the conversion is timed.
            catalog.REGISTRY.decode_data(event.type, event.schema_version, data=event.data)

    def parse() -> None:
        for event in mine:
            json.loads(event.body)

    work, floor = repeated(decode, 3), repeated(parse, 3)
    return alternate(
        "make a fact of a parsed body",
        lambda: work() / len(mine),
        floor_name="parse the body as JSON",
        floor=lambda: floor() / len(mine),
        rounds=rounds,
    )


def _values(n: int, event: Event) -> dict[str, object]:
    return {
        "n": n,
        "text0": event.stream,
        "text1": event.type,
        "text2": event.operation,
        "text3": event.leaf_hash.hex(),
        "text4": str(event.recorded_at),
    }


def _row_count(engine: Engine) -> int:
    with engine.connect() as connection:
        tables = [table for model in MODELS for table in model.tables]
        return sum(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables)


def _create(engine: Engine) -> None:
    with write_transaction(engine) as connection:
        PLAIN.create(connection)


def _beside(runtime: Runtime) -> str:
    return str(Path(str(runtime.engine.url.database)).parent)


if __name__ == "__main__":
    main()
