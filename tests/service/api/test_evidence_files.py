"""Evidence over HTTP: taken by content, refused whole, and only given out with a commitment that names it."""

from __future__ import annotations

import errno
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from service import evidence, request_keys
from service.errors import KeyTaken
from service.housekeeping import keep_house
from tests.support.api_story import done, refused, signed
from tests.support.api_world import ApiWorld
from tests.support.browsing import visitor
from tests.support.world import HEAD, NEIGHBOUR, REGION

PDF = b"%PDF-1.7\nSK tim replikasi\n"


def _upload(world: ApiWorld, content: bytes, name: str, *, field: str = "file") -> TestResponse:
    headers = {**world.bearer(HEAD), "Idempotency-Key": f"up-{name}"}
    data = {field: (io.BytesIO(content), name)}
    return world.client.post("/api/v1/evidence", data=data, content_type="multipart/form-data", headers=headers)


def _kept(world: ApiWorld) -> list[Path]:
    return [path for path in world.config.evidence_dir.rglob("*") if path.is_file()]


def test_one_content_is_one_file(world: ApiWorld) -> None:
    first, again = done(_upload(world, PDF, "sk.pdf")), done(_upload(world, PDF, "salinan.pdf"))
    assert first["digest"] == again["digest"]
    assert (first["media_type"], first["size_bytes"]) == ("application/pdf", len(PDF))
    assert len(_kept(world)) == 1


@pytest.mark.parametrize(
    ("content", "name", "status", "code"),
    [
        (b"", "kosong.pdf", 422, "evidence_empty"),
        (b"MZ\x90\x00\x03", "program.exe", 415, "evidence_type_refused"),
        (b"<html><script>1</script></html>", "laman.html", 415, "evidence_type_refused"),
        (b"MZ\x90\x00\x03", "surat.pdf", 415, "evidence_type_refused"),
    ],
)
def test_a_file_that_is_not_taken_leaves_nothing(
    world: ApiWorld, content: bytes, name: str, status: int, code: str
) -> None:
    refused(_upload(world, content, name), status, code)
    assert _kept(world) == []


def test_a_file_over_the_limit_is_refused(world: ApiWorld) -> None:
    over = world.config.evidence_max_bytes + 1
    refused(_upload(world, PDF + b"x" * (over - len(PDF)), "besar.pdf"), 413, "evidence_too_large")
    refused(_upload(world, PDF + b"x" * (over + 100_000), "lebih.pdf"), 413, "body_too_large")
    assert _kept(world) == []


def test_an_upload_without_a_file_is_refused(world: ApiWorld) -> None:
    refused(_upload(world, PDF, "sk.pdf", field="other"), 422, "evidence_empty")
    answer = world.post(HEAD, "/evidence", {"file": "x"})
    refused(answer, 415, "media_type_unsupported")


def test_a_full_disk_is_said_and_nothing_stays(world: ApiWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    answer = _upload(world, PDF, "sk.pdf")
    monkeypatch.undo()
    refused(answer, 503, "disk_full")
    assert _kept(world) == []


def test_a_file_is_given_out_with_the_commitment_that_names_it(world: ApiWorld) -> None:
    story = signed(world)
    digest = world.upload(HEAD, PDF, "sk tim.pdf")
    path = f"{story.path}/evidence/{digest}"
    refused(world.get(HEAD, path), 404, "not_found")
    story.ask("start", evidence=[digest])
    answer = world.get(REGION, path)
    assert answer.data == PDF
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.mimetype == "application/pdf"
    refused(world.get(NEIGHBOUR, path), 404, "not_found")
    refused(world.get(HEAD, f"{story.path}/evidence/../../etc/passwd"), 404, "not_found")


def test_another_file_put_under_a_digest_is_given_to_nobody(world: ApiWorld) -> None:
    story = signed(world)
    digest = world.upload(HEAD, PDF, "sk tim.pdf")
    story.ask("start", evidence=[digest])
    evidence.path_of(world.config.evidence_dir, digest).write_bytes(PDF + b"lain")
    refused(world.get(REGION, f"{story.path}/evidence/{digest}"), 500, "evidence_damaged")
    one = visitor(world, REGION)
    one.open(f"{story.path}/evidence/{digest}")
    assert (one.status, "bukan lagi berkas yang tercatat" in one.words) == (500, True)


def _under(world: ApiWorld, key: str, content: bytes, *, name: str = "sk.pdf", office: str = HEAD) -> TestResponse:
    headers = {**world.bearer(office), "Idempotency-Key": key}
    data = {"file": (io.BytesIO(content), name)}
    return world.client.post("/api/v1/evidence", data=data, content_type="multipart/form-data", headers=headers)


def test_a_key_of_an_upload_is_for_one_content(world: ApiWorld) -> None:
    first = _under(world, "k", PDF)
    refused(_under(world, "k", PDF + b"lain"), 422, "idempotency_key_reused")
    refused(_under(world, "k", PDF, name="lain.pdf"), 422, "idempotency_key_reused")
    assert len(_kept(world)) == 1
    again = _under(world, "k", PDF)
    assert done(again) == done(first)
    assert (first.headers.get("Idempotency-Replayed"), again.headers["Idempotency-Replayed"]) == (None, "true")
    done(_under(world, "k", PDF + b"lain", office=REGION))


def test_a_refused_upload_keeps_no_key(world: ApiWorld) -> None:
    refused(_under(world, "k", b""), 422, "evidence_empty")
    done(_under(world, "k", PDF))


def test_a_key_that_two_take_at_once_is_for_the_first(world: ApiWorld) -> None:
    engine, now = world.runtime.engine, datetime.now(UTC)
    request_keys.remember(engine, "http:a:b:k", "0" * 64, now=now)
    request_keys.remember(engine, "http:a:b:k", "0" * 64, now=now)
    with pytest.raises(KeyTaken):
        request_keys.remember(engine, "http:a:b:k", "1" * 64, now=now)


def test_old_keys_are_forgotten(world: ApiWorld) -> None:
    done(_under(world, "k", PDF))
    now = datetime.now(UTC)
    keep_house(world.runtime, now=now + timedelta(days=29))
    refused(_under(world, "k", PDF + b"lain"), 422, "idempotency_key_reused")
    keep_house(world.runtime, now=now + timedelta(days=31))
    done(_under(world, "k", PDF + b"lain"))
