"""Files that prove something, kept by what is in them: one content is one file, wherever it was named.

A folder of its own holds them (KAWAL_EVIDENCE_DIR; shared, where there is more than one machine) and never in the log,
which knows a file by its SHA-256. A file is written aside, made durable and renamed: under its own name it is whole.
"""

from __future__ import annotations

import codecs
import errno
import os
import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import BigInteger, Column, Connection, Engine, String, Table, insert, select
from sqlalchemy.exc import IntegrityError

from events.engine import answering, write_transaction
from events.tables import UtcTime
from service.db import metadata
from workflows.facts import Evidence

evidence_table = Table(
    "evidence_file",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("name", String, nullable=False),
    Column("media_type", String, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("stored_at", UtcTime, nullable=False),
    Column("office", String, nullable=False),
    Column("person", String, nullable=False),
)
"""One row a content: who brought it first, when, and under which name."""

LONGEST_NAME = 200
_CHUNK = 65_536
_UNFINISHED = "unfinished"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_OFFICE = "application/vnd.openxmlformats-officedocument."
_XLSX, _DOCX = f"{_OFFICE}spreadsheetml.sheet", f"{_OFFICE}wordprocessingml.document"
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    _XLSX: (".xlsx",),
    _DOCX: (".docx",),
    "text/csv": (".csv",),
    "text/plain": (".txt",),
}
"""What is taken, and how the names of such files end."""
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)


class EvidenceRefused(Exception):
    """A file that isn't taken, or isn't there; nothing was kept.

    code   evidence_empty, evidence_too_large, evidence_type_refused, disk_full, evidence_unknown,
           evidence_damaged
    facts  what explains it: name, limit_bytes, found, allowed, digest
    """

    def __init__(self, code: str, facts: Mapping[str, str]) -> None:
        super().__init__(f"{code}: {dict(facts)}")
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that is there, and who brought it first."""

    evidence: Evidence
    stored_at: datetime
    office: str
    person: str


def store(
    engine: Engine,
    root: Path,
    stream: BinaryIO,
    *,
    name: str,
    declared_type: str | None = None,
    office: str,
    person: str,
    now: datetime,
    max_bytes: int,
) -> Evidence:
    """Keep what the stream holds and say what it is; durable on return, and once however often it is brought.

    name           as it came; kept without folders and control characters
    declared_type  what the sender calls it: it decides only between kinds of text; what is in the file decides the rest
    max_bytes      the stream is read no further than one byte past it
    raises         EvidenceRefused; events.errors.Unavailable where the database is away
    """
    shown = clean_name(name)
    with _Unfinished(root, shown) as unfinished:
        digest, size = unfinished.write(stream, max_bytes)
        media_type = _media_type(unfinished.path, shown, declared_type)
        _put(unfinished.path, path_of(root, digest), shown)
    evidence = Evidence(digest, shown, media_type, size)
    _remember(engine, Stored(evidence, now, office, person))
    return evidence


def open_file(root: Path, digest: str) -> BinaryIO:
    """The file of that content, to be read: hashed first, so that nobody is given another in its place.

    raises  EvidenceRefused evidence_unknown, evidence_damaged
    """
    if _DIGEST.fullmatch(digest) is None:
        raise EvidenceRefused("evidence_unknown", {"digest": digest[:64]})
    try:
        file = path_of(root, digest).open("rb")
    except OSError as error:
        raise EvidenceRefused("evidence_unknown", {"digest": digest}) from error
    if _digest_of(file) != digest:
        file.close()
        raise EvidenceRefused("evidence_damaged", {"digest": digest})
    file.seek(0)
    return file


def find(connection: Connection, digest: str) -> Stored | None:
    """What is known of a content; None where nobody brought it."""
    row = connection.execute(select(evidence_table).where(evidence_table.c.digest == digest)).one_or_none()
    if row is None:
        return None
    evidence = Evidence(row.digest, row.name, row.media_type, row.size_bytes)
    return Stored(evidence, row.stored_at, row.office, row.person)


def digests(engine: Engine) -> tuple[str, ...]:
    """Every content that was ever brought, in order."""
    with answering(), engine.connect() as connection:
        query = select(evidence_table.c.digest).order_by(evidence_table.c.digest)
        return tuple(connection.execute(query).scalars())


def kept_under(root: Path, digest: str) -> str | None:
    """The SHA-256 of what is kept under a digest, which is the digest unless somebody changed it; None: it is gone."""
    try:
        with path_of(root, digest).open("rb") as file:
            return _digest_of(file)
    except OSError:
        return None


def sweep(root: Path, *, older_than: datetime) -> int:
    """Remove what interrupted uploads left behind, untouched since then; how many they were."""
    removed = 0
    for path in (root / _UNFINISHED).glob("*"):
        try:
            if path.stat().st_mtime < older_than.timestamp():
                path.unlink()
                removed += 1
        except FileNotFoundError:
            continue
    return removed


def path_of(root: Path, digest: str) -> Path:
    """Where the file of a content is kept."""
    return root / digest[:2] / digest[2:4] / digest


def clean_name(name: str) -> str:
    """The last part of a file's name on one line, without control characters; never empty."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    printable = "".join(" " if unicodedata.category(one)[0] in "CZ" else one for one in last)
    kept = " ".join(printable.split()).strip(". ")
    if len(kept) > LONGEST_NAME:
        stem, dot, ending = kept.rpartition(".")
        kept = f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if 0 < len(ending) < 10 else kept[:LONGEST_NAME]
    return kept or "berkas"


class _Unfinished:
    """A file beside its place to be; gone when left, unless it was moved there."""

    def __init__(self, root: Path, name: str) -> None:
        self._folder = root / _UNFINISHED
        self._name = name
        self.path = self._folder / "none"

    def __enter__(self) -> _Unfinished:
        return self

    def __exit__(self, *_: object) -> None:
        self.path.unlink(missing_ok=True)

    def write(self, stream: BinaryIO, max_bytes: int) -> tuple[str, int]:
        """Copy the stream to disk, durably; its SHA-256 in hex and its size."""
        return _on_disk(self._name, lambda: self._write(stream, max_bytes))

    def _write(self, stream: BinaryIO, max_bytes: int) -> tuple[str, int]:
        self._folder.mkdir(parents=True, exist_ok=True)
        descriptor, path = tempfile.mkstemp(dir=self._folder)
        self.path = Path(path)
        whole, size = sha256(), 0
        with os.fdopen(descriptor, "wb") as file:
            while chunk := stream.read(min(_CHUNK, max_bytes + 1 - size)):
                size += len(chunk)
                if size > max_bytes:
                    raise EvidenceRefused("evidence_too_large", {"name": self._name, "limit_bytes": str(max_bytes)})
                whole.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        if size == 0:
            raise EvidenceRefused("evidence_empty", {"name": self._name})
        return whole.hexdigest(), size


def _on_disk(name: str, act: Callable[[], tuple[str, int]]) -> tuple[str, int]:
    try:
        return act()
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise EvidenceRefused("disk_full", {"name": name}) from error


def _put(unfinished: Path, place: Path, name: str) -> None:
    """Rename to the place; its folders' entries are made durable too, or a crash could forget the file."""

    def move() -> tuple[str, int]:
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished.replace(place)
        for folder in (place.parent, place.parent.parent, place.parent.parent.parent):
            _sync_folder(folder)
        return "", 0

    _on_disk(name, move)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remember(engine: Engine, stored: Stored) -> None:
    evidence = stored.evidence
    row = {
        "digest": evidence.digest,
        "name": evidence.name,
        "media_type": evidence.media_type,
        "size_bytes": evidence.size_bytes,
        "stored_at": stored.stored_at,
        "office": stored.office,
        "person": stored.person,
    }
    try:
        with write_transaction(engine) as connection:
            if find(connection, evidence.digest) is None:
                connection.execute(insert(evidence_table).values(row))
    except IntegrityError:
        # Somebody brought the same content at the same moment: one row is enough.
        return


def _media_type(path: Path, name: str, declared: str | None) -> str:
    """What the file is by its content, where its name doesn't claim another kind."""
    found = _by_content(path)
    ending = Path(name).suffix.lower()
    if found == "text/plain" and (ending == ".csv" or (ending == "" and (declared or "").startswith("text/csv"))):
        found = "text/csv"
    if found not in ENDINGS or (ending and ending not in ENDINGS[found]):
        facts = {"name": name, "found": found, "allowed": ", ".join(e for kinds in ENDINGS.values() for e in kinds)}
        raise EvidenceRefused("evidence_type_refused", facts)
    return found


def _by_content(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(16)
    magic = next((media_type for magic, media_type in _MAGIC if start.startswith(magic)), None)
    if magic is not None:
        return magic
    if start.startswith(b"PK\x03\x04"):
        return _by_parts(path)
    return "text/plain" if _is_text(path) else "application/octet-stream"


def _by_parts(path: Path) -> str:
    """Which office format an archive is; one with macros in it is none that is taken."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = frozenset(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return "application/zip"
    if "[Content_Types].xml" not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
        return "application/zip"
    if "xl/workbook.xml" in names:
        return _XLSX
    return _DOCX if "word/document.xml" in names else "application/zip"


def _is_text(path: Path) -> bool:
    """UTF-8 throughout, without control characters that no text has."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                if any(character < " " and character not in "\t\n\r\f" for character in decoder.decode(chunk)):
                    return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _digest_of(file: BinaryIO) -> str:
    whole = sha256()
    while chunk := file.read(_CHUNK):
        whole.update(chunk)
    return whole.hexdigest()
