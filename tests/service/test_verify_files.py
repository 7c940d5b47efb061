"""The auditor's check hashes every file again, whatever the database says of it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner
from sqlalchemy import delete

from events.engine import write_transaction
from service import evidence
from service.cli.root import kawal
from service.verification import FILE, Finding, verify
from tests.support.played import NOBODY_LISTENS, copied, opened


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
