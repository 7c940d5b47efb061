"""The auditor's check looks beyond the read models: at every file, and at what references and others' ids lead to."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import delete, select, update

from events.engine import write_transaction
from service import evidence, external_ids
from service.catalog import commitment_stream
from service.cli.root import kawal
from service.references import reference_table
from service.verification import FILE, Finding, verify
from tests.support.importing import COORDINATOR, ask
from tests.support.played import NOBODY_LISTENS, copied, opened
from workflows.commands import GiveExternalId
from workflows.context import Acting


def test_a_file_that_was_changed_or_removed_beside_the_log_is_named(played: Path, tmp_path: Path) -> None:
    with opened(copied(played, tmp_path)) as runtime:
        root = runtime.config.evidence_dir
        changed, gone, *rest = evidence.digests(runtime.engine)
        whole = verify(runtime)
        assert (whole.agrees, whole.files) == (True, len(rest) + 2)
        evidence.path_of(root, changed).write_bytes(b"%PDF-1.7 surat lain")
        evidence.path_of(root, gone).unlink()
        with write_transaction(runtime.engine) as connection:
            connection.execute(delete(evidence.evidence_table))
        found = verify(runtime).findings
        other = evidence.kept_under(root, changed)
    assert set(found) == {
        Finding(FILE, (changed,), "differs", "content", changed, other),
        Finding(FILE, (gone,), "missing"),
    }
    told = CliRunner().invoke(kawal, ["verify"], env={"KAWAL_DATA_DIR": str(tmp_path), "REDIS_URL": NOBODY_LISTENS})
    assert told.exit_code == 1
    assert f"file {gone}: it is gone" in told.stdout
    assert f"file {changed}: its SHA-256 is {other}" in told.stdout


def test_a_reference_and_another_systems_id_that_lead_elsewhere_are_named(played: Path, tmp_path: Path) -> None:
    with opened(copied(played, tmp_path)) as runtime:
        with runtime.engine.connect() as connection:
            (first, mine), (second, _) = connection.execute(
                select(reference_table.c.reference, reference_table.c.commitment).limit(2)
            )
        holder = runtime.basis(fresh=True).directory.holders(COORDINATOR, runtime.now().date())[0]
        by = Acting(COORDINATOR, holder.person, holder.capacity)
        ask(runtime, GiveExternalId("sipd", "7", 1), commitment_stream(mine), by=by)
        external = external_ids.External("kalbar-2022", external_ids.ITEM, "sipd", "7")
        assert verify(runtime).findings == (Finding("external_id", external.key, "missing"),)
        assert external_ids.claim(runtime.engine, external, f"{mine}/2", now=runtime.now()) == f"{mine}/2"
        with write_transaction(runtime.engine) as connection:
            connection.execute(delete(reference_table).where(reference_table.c.reference == second))
            changed = reference_table.c.reference == first
            connection.execute(update(reference_table).where(changed).values(commitment="lain"))
        assert set(verify(runtime).findings) == {
            Finding("external_id", external.key, "differs", "target", f"{mine}/1", f"{mine}/2"),
            Finding("reference", (first,), "differs", "commitment", mine, "lain"),
            Finding("reference", (second,), "missing"),
        }
