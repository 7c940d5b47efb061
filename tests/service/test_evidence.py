"""Evidence is kept by what is in it: whole or not at all, once, and only of the kinds that are taken."""

from __future__ import annotations

import io
import os
import resource
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import Engine, func, select

from events.engine import make_engine
from service import evidence
from service.db import create_schema
from service.evidence import EvidenceRefused
from tests.support.databases import ENGINES, fresh_database
from workflows.facts import Evidence

NOW = datetime(2022, 3, 1, 2, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n" + b"isi laporan\n" * 20
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
JPEG = b"\xff\xd8\xff\xe0" + bytes(64)
LIMIT = 100_000


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with made("sqlite", tmp_path) as engine:
        yield engine


@contextmanager
def made(kind: str, folder: Path) -> Iterator[Engine]:
    with fresh_database(kind, folder) as url:
        engine = make_engine(url)
        create_schema(engine)
        yield engine
        engine.dispose()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "evidence"


def bring(
    engine: Engine, root: Path, content: bytes | BinaryIO, name: str = "laporan.pdf", *, declared: str | None = None
) -> Evidence:
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    return evidence.store(
        engine,
        root,
        stream,
        name=name,
        declared_type=declared,
        office="61.01.dinkes.pic-pikobar",
        person="p1",
        now=NOW,
        max_bytes=LIMIT,
    )


def refusal(engine: Engine, root: Path, content: bytes | BinaryIO, name: str = "laporan.pdf") -> EvidenceRefused:
    with pytest.raises(EvidenceRefused) as refused:
        bring(engine, root, content, name)
    assert kept(root) == []
    return refused.value


def kept(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def archive(*parts: str) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as parcel:
        for part in parts:
            parcel.writestr(part, "<x/>")
    return whole.getvalue()


def spreadsheet() -> bytes:
    whole = io.BytesIO()
    Workbook().save(whole)
    return whole.getvalue()


def test_a_file_is_kept_under_its_digest_and_read_back_as_it_was(engine: Engine, root: Path) -> None:
    stored = bring(engine, root, PDF)
    assert stored == Evidence(sha256(PDF).hexdigest(), "laporan.pdf", "application/pdf", len(PDF))
    with evidence.open_file(root, stored.digest) as file:
        assert file.read() == PDF
    with engine.connect() as connection:
        assert evidence.find(connection, stored.digest) == evidence.Stored(
            stored, NOW, "61.01.dinkes.pic-pikobar", "p1"
        )
        assert evidence.find(connection, "0" * 64) is None
    assert kept(root) == [evidence.path_of(root, stored.digest)]


def test_the_same_content_brought_again_by_any_name_is_one_file_and_one_row(engine: Engine, root: Path) -> None:
    first = bring(engine, root, PDF, "satu.pdf")
    second = bring(engine, root, PDF, "dua.pdf")
    assert (second.digest, second.name) == (first.digest, "dua.pdf")
    assert len(kept(root)) == 1
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(evidence.evidence_table)).scalar_one() == 1


@pytest.mark.parametrize("kind", ENGINES)
def test_eight_uploads_of_one_content_at_once_all_succeed(kind: str, tmp_path: Path) -> None:
    root = tmp_path / "evidence"
    with made(kind, tmp_path) as engine, ThreadPoolExecutor(8) as pool:
        digests = set(pool.map(lambda number: bring(engine, root, PDF, f"{number}.pdf").digest, range(8)))
    assert digests == {sha256(PDF).hexdigest()}
    assert len(kept(root)) == 1


@pytest.mark.parametrize(
    ("content", "name", "declared", "media_type"),
    [
        (PNG, "foto.png", "application/octet-stream", "image/png"),
        (JPEG, "foto.JPEG", None, "image/jpeg"),
        (b"a;b\r\n1;2\r\n", "rekap.csv", "application/vnd.ms-excel", "text/csv"),
        ("catatan: rapat – selesai".encode(), "catatan.txt", None, "text/plain"),
        (b"a,b\n", "rekap", "text/csv; charset=utf-8", "text/csv"),
        (archive("[Content_Types].xml", "word/document.xml"), "surat.docx", None, evidence._DOCX),
        (spreadsheet(), "rekap.xlsx", "application/pdf", evidence._XLSX),
    ],
)
def test_the_media_type_is_what_the_content_says(
    engine: Engine, root: Path, content: bytes, name: str, declared: str | None, media_type: str
) -> None:
    assert bring(engine, root, content, name, declared=declared).media_type == media_type


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\x00" + bytes(60), "alat.exe"),
        (b"MZ\x90\x00" + bytes(60), "laporan.pdf"),
        (PDF, "foto.png"),
        (b"<html><script>alert(1)</script></html>", "laman.html"),
        (b"caf\xe9", "latin.txt"),
        (b"teks\x00biner", "teks.txt"),
        (archive("isi.txt"), "arsip.zip"),
        (archive("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), "makro.xlsx"),
        (b"PK\x03\x04 rusak", "rusak.xlsx"),
        (b"%PDF", "pendek.pdf"),
    ],
)
def test_another_kind_of_file_is_refused_and_nothing_is_left(
    engine: Engine, root: Path, content: bytes, name: str
) -> None:
    refused = refusal(engine, root, content, name)
    assert refused.code == "evidence_type_refused"
    assert refused.facts["name"] == name
    assert ".pdf" in refused.facts["allowed"]


def test_an_empty_file_is_refused(engine: Engine, root: Path) -> None:
    assert refusal(engine, root, b"").code == "evidence_empty"


def test_a_file_over_the_limit_is_refused_without_being_read_to_its_end(engine: Engine, root: Path) -> None:
    endless = io.BytesIO(PDF + bytes(10 * LIMIT))
    refused = refusal(engine, root, endless)
    assert (refused.code, refused.facts["limit_bytes"]) == ("evidence_too_large", str(LIMIT))
    assert endless.tell() == LIMIT + 1
    assert bring(engine, root, PDF + bytes(LIMIT - len(PDF))).size_bytes == LIMIT


def test_a_disk_that_takes_no_more_is_said_and_nothing_is_left(engine: Engine, root: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
    try:
        assert refusal(engine, root, PDF + bytes(50_000)).code == "disk_full"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(evidence.evidence_table)).scalar_one() == 0


def test_a_sender_that_breaks_off_leaves_nothing(engine: Engine, root: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 0:
                raise ConnectionResetError
            return super().read(size)

    with pytest.raises(ConnectionResetError):
        bring(engine, root, Broken(PDF + bytes(90_000)))
    assert kept(root) == []


@pytest.mark.parametrize("digest", ["../../kawal.db", "0" * 64, "", "A" * 64, "0" * 63 + "\n"])
def test_what_is_not_there_is_unknown_whatever_is_asked(root: Path, digest: str) -> None:
    with pytest.raises(EvidenceRefused) as refused:
        evidence.open_file(root, digest)
    assert refused.value.code == "evidence_unknown"


def test_a_file_that_was_changed_or_removed_by_hand_is_named_and_never_given_out(engine: Engine, root: Path) -> None:
    whole, changed, gone = (bring(engine, root, PDF + end).digest for end in (b"1", b"2", b"3"))
    evidence.path_of(root, changed).write_bytes(PDF)
    evidence.path_of(root, gone).unlink()
    assert evidence.digests(engine) == tuple(sorted((whole, changed, gone)))
    kept = [evidence.kept_under(root, one) for one in (whole, changed, gone)]
    assert kept == [whole, sha256(PDF).hexdigest(), None]
    with pytest.raises(EvidenceRefused) as refused:
        evidence.open_file(root, changed)
    assert (refused.value.code, refused.value.facts) == ("evidence_damaged", {"digest": changed})


def test_sweeping_removes_old_unfinished_files_alone(engine: Engine, root: Path) -> None:
    stored = bring(engine, root, PDF)
    old, young = root / "unfinished" / "old", root / "unfinished" / "young"
    old.write_bytes(b"x")
    young.write_bytes(b"x")
    os.utime(old, (NOW.timestamp() - 7200,) * 2)
    os.utime(young, (NOW.timestamp(),) * 2)
    assert evidence.sweep(root, older_than=NOW - timedelta(hours=1)) == 1
    assert sorted(kept(root)) == sorted([young, evidence.path_of(root, stored.digest)])


@given(st.text())
def test_a_cleaned_name_is_short_and_harmless_and_cleaning_again_changes_nothing(name: str) -> None:
    clean = evidence.clean_name(name)
    assert 0 < len(clean) <= evidence.LONGEST_NAME
    assert not set(clean) & {"/", "\\", "\n", "\r", "\x00"}
    assert clean not in (".", "..")
    assert evidence.clean_name(clean) == clean


def test_a_name_keeps_its_last_part_and_its_ending() -> None:
    assert evidence.clean_name("C:\\Users\\kantor\\SK  tim.pdf") == "SK tim.pdf"
    assert evidence.clean_name("../../etc/passwd") == "passwd"
    assert evidence.clean_name("x" * 400 + ".pdf").endswith("x.pdf")
    assert evidence.clean_name("\x00") == "berkas"
