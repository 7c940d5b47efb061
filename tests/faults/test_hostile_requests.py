"""What no program of an office would send: refused in one shape, never answered by a 5xx, and nothing is recorded."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from urllib.parse import quote, urlencode

import pytest

from service.api import cursors
from tests.support.live import Answer, Live, Wire, crowded_draft
from tests.support.visitor import Visitor
from tests.support.world import HEAD, REGION

pytestmark = pytest.mark.serial
Ask = Callable[[Live], Answer]
MARK = "hostile"
COMMITMENTS = "/api/v1/commitments"
EVIDENCE = "/api/v1/evidence"
JSON = "Content-Type: application/json"
FORM = "Content-Type: multipart/form-data; boundary=b"
MEGABYTE = 1 << 20


def head(live: Live, start: str, *lines: str) -> list[str]:
    """A request's head in an office's name, closing."""
    bearer = live.wire.bearer(REGION)["Authorization"]
    return [f"{start} HTTP/1.1", "Host: kawal", f"Authorization: {bearer}", "Connection: close", *lines]


def posted(path: str, *lines: str, body: bytes | Callable[[], Iterator[bytes]] = b"{}", key: str = MARK) -> Ask:
    """A POST with these lines and bytes."""

    def ask(live: Live) -> Answer:
        named = (f"Idempotency-Key: {key}",) if key else ()
        return live.wire.raw(head(live, f"POST {path}", *named, *lines), body if isinstance(body, bytes) else body())

    return ask


def sized(path: str, media_type: str, body: bytes) -> Ask:
    """A POST that says how long it is."""
    return posted(path, media_type, f"Content-Length: {len(body)}", body=body)


def read(path: str, *lines: str) -> Ask:
    """A GET with these lines."""
    return lambda live: live.wire.raw(head(live, f"GET {path}", *lines))


def keyed(key: str) -> Ask:
    """A sound draft under an odd key."""
    body = json.dumps(crowded_draft(50)).encode()
    return posted(COMMITMENTS, JSON, f"Content-Length: {len(body)}", body=body, key=key)


def chunked(megabytes: int) -> Callable[[], Iterator[bytes]]:
    """A body that doesn't say how long it will be."""

    def pieces() -> Iterator[bytes]:
        piece = b"%x\r\n" % MEGABYTE + b" " * MEGABYTE + b"\r\n"
        yield from (piece for _ in range(megabytes))
        yield b"0\r\n\r\n"

    return pieces


def cursor(kind: str, *parts: cursors.Part) -> str:
    """A cursor that may be of another list or of nobody's making."""
    return quote(cursors.encode(kind, *parts))


CHUNKS = "Transfer-Encoding: chunked"
MANY_PARTS = b"".join(b'--b\r\nContent-Disposition: form-data; name="f%d"\r\n\r\n1\r\n' % n for n in range(10_000))
LONG_FIELD = b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\n' + b"x" * 2 * MEGABYTE + b"\r\n--b--\r\n"
REFUSED: list[tuple[str, Ask, int, str]] = [
    ("a body without length over the limit", posted(COMMITMENTS, JSON, CHUNKS, body=chunked(4)), 413, "body_too_large"),
    ("a file without length over the limit", posted(EVIDENCE, FORM, CHUNKS, body=chunked(24)), 413, "body_too_large"),
    (
        "a length over the limit",
        posted(COMMITMENTS, JSON, "Content-Length: 999999999", body=b"x"),
        413,
        "body_too_large",
    ),
    ("a negative length", posted(COMMITMENTS, JSON, "Content-Length: -1"), 400, "request_malformed"),
    (
        "two lengths",
        posted(COMMITMENTS, JSON, "Content-Length: 2", "Content-Length: 3"),
        400,
        "request_malformed",
    ),
    ("a length and chunks", posted(COMMITMENTS, JSON, "Content-Length: 2", CHUNKS), 400, "request_malformed"),
    ("a broken chunk", posted(COMMITMENTS, JSON, CHUNKS, body=b"zz\r\n{}\r\n0\r\n\r\n"), 400, "request_malformed"),
    ("ten thousand parts", sized(EVIDENCE, FORM, MANY_PARTS + b"--b--\r\n"), 413, "body_too_large"),
    ("a field as long as a file", sized(EVIDENCE, FORM, LONG_FIELD), 413, "body_too_large"),
    ("a form that breaks off", sized(EVIDENCE, FORM, b"--b\r\nContent-Disposition: form"), 422, "evidence_empty"),
    ("a form without a boundary", sized(EVIDENCE, "Content-Type: multipart/form-data", b"a"), 422, "evidence_empty"),
    ("a header of 100 kB", read(COMMITMENTS, f"X-Big: {'x' * 100_000}"), 431, "header_too_large"),
    ("300 headers", read(COMMITMENTS, *(f"X-{n}: 1" for n in range(300))), 431, "header_too_large"),
    ("an address of 100 kB", read(f"{COMMITMENTS}?q={'x' * 100_000}"), 414, "uri_too_long"),
    ("no HTTP", lambda live: live.wire.raw(["\x16\x03\x01"]), 400, "request_malformed"),
    ("HTTP/3", lambda live: live.wire.raw([f"GET {COMMITMENTS} HTTP/3.0"]), 400, "request_malformed"),
    ("an unknown method", lambda live: live.wire.raw(head(live, f"BREW {COMMITMENTS}")), 405, "method_not_allowed"),
    ("an unknown expectation", posted(COMMITMENTS, JSON, "Expect: 42", "Content-Length: 2"), 400, "request_malformed"),
    ("a key of 10 kB", keyed("k" * 10_000), 431, "header_too_large"),
    ("a key of 5 kB", keyed("k" * 5_000), 400, "idempotency_key_malformed"),
    ("a key with a control character", keyed(f"{MARK}\x01"), 400, "request_malformed"),
    ("a key with a null byte", keyed(f"{MARK}\x00"), 400, "request_malformed"),
    ("a key with a tab", keyed(f"{MARK}\t2"), 400, "idempotency_key_malformed"),
    ("a key outside of ASCII", keyed(f"{MARK}\xe9"), 400, "idempotency_key_malformed"),
    ("two authorisations", read(COMMITMENTS, "Authorization: Bearer kwl_x"), 401, "token_unknown"),
    ("a null byte in the address", read(f"{COMMITMENTS}/a%00b"), 404, "not_found"),
    ("a null byte in a request's name", read("/api/v1/requests/a%00b.r1"), 404, "not_found"),
    ("a null byte in a claim's name", read("/api/v1/claims/a%00b.c1"), 404, "not_found"),
    ("a null byte in a sheet's name", read("/api/v1/sheets/a%00b"), 404, "not_found"),
    ("half a character in the address", read(f"{COMMITMENTS}/%ed%a0%80"), 404, "not_found"),
    ("bytes that are no text in the address", read(f"{COMMITMENTS}/%ff%fe"), 404, "not_found"),
    ("a null byte in a filter", read(f"{COMMITMENTS}?q=%00"), 422, "input_invalid"),
    ("a way out of the evidence", read(f"{COMMITMENTS}/x/evidence/..%2f..%2fetc%2fpasswd"), 404, "not_found"),
    ("a token in the address", lambda live: in_address(live.wire), 401, "token_missing"),
    ("a cookie", lambda live: live.wire.send("GET", COMMITMENTS, headers=cookie(live.wire)), 401, "token_missing"),
    ("a bearer of 8 kB", read(COMMITMENTS, f"Authorization: Bearer {'x' * 7_000}"), 401, "token_unknown"),
]


@pytest.mark.parametrize(("ask", "status", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_no_sound_request_is_a_problem(live: Live, ask: Ask, status: int, code: str) -> None:
    answer = ask(live)
    assert (answer.status, answer.code) == (status, code), answer.body
    assert live.operations(f":{MARK}") == {}


BODIES: list[tuple[str, bytes, int, str]] = [
    ("deep lists", b"[" * 200_000, 400, "body_malformed"),
    ("deep objects", b'{"a":' * 20_000 + b"1" + b"}" * 20_000, 400, "body_malformed"),
    ("a whole number of 100,000 digits", b'{"fiscal_year":' + b"9" * 100_000 + b"}", 400, "body_malformed"),
    ("a whole number of 400 digits", b'{"items":[{"target":' + b"9" * 400 + b"}]}", 422, "input_invalid"),
    ("a year of 400 digits", b'{"fiscal_year":' + b"9" * 400 + b"}", 422, "input_invalid"),
    ("a number of a gigabyte", b'{"items":[{"target":1e999999999}]}', 422, "input_invalid"),
    ("a number of a gigabyte behind the point", b'{"items":[{"target":1e-999999999}]}', 422, "input_invalid"),
    ("money of a gigabyte", b'{"items":[{"budget_idr":1e999999999}]}', 422, "input_invalid"),
    ("an exponent past every bound", b'{"items":[{"target":1e99999999999999999999}]}', 400, "body_malformed"),
    ("not a number", b'{"fiscal_year":NaN}', 400, "body_malformed"),
    ("infinity", b'{"fiscal_year":-Infinity}', 400, "body_malformed"),
    ("a name twice", b'{"party":"61.03","party":"61.05"}', 400, "body_malformed"),
    ("60,000 names", b"{" + b",".join(b'"%d":1' % n for n in range(60_000)) + b"}", 422, "input_invalid"),
    ("half a character as a name", b'{"\\ud800":1}', 422, "input_invalid"),
    ("half a character", b'{"party":"\\ud800"}', 422, "input_invalid"),
    ("a null byte", b'{"party":"\\u0000"}', 422, "input_invalid"),
    ("another encoding", '{"party":"61.03"}'.encode("utf-16"), 400, "body_malformed"),
    ("lists for everything", b'{"party":[],"subject":{},"items":{"a":[]},"pic":[[]]}', 422, "input_invalid"),
    ("an empty body", b"", 400, "body_malformed"),
]


@pytest.mark.parametrize(("body", "status", "code"), [row[1:] for row in BODIES], ids=[row[0] for row in BODIES])
def test_a_bomb_of_a_body_is_refused_at_once(on_sqlite: Live, body: bytes, status: int, code: str) -> None:
    answer = sized(COMMITMENTS, JSON, body)(on_sqlite)
    assert (answer.status, answer.code) == (status, code), answer.body[:500]
    assert len(answer.json["title"]) < 1_000
    assert answer.took_s < 5
    assert on_sqlite.operations(f":{MARK}") == {}


@pytest.mark.parametrize("etag", ['{etag}, "x"', "W/{etag}", "*", '""', '"1-zz"', "1-00", f'"{"9" * 200}"', "\xe9"])
def test_a_condition_other_than_one_strong_etag_is_refused(on_sqlite: Live, etag: str) -> None:
    commitment = on_sqlite.commitment
    seen = on_sqlite.wire.get(REGION, f"/commitments/{commitment}").headers["etag"]
    headers = {"If-Match": etag.format(etag=seen), "Idempotency-Key": MARK}
    answer = on_sqlite.wire.send("POST", f"/requests/{commitment}.r1/approvals", REGION, body={}, headers=headers)
    assert (answer.status, answer.code) == (400, "if_match_malformed")


@pytest.mark.parametrize("version", ["99999999999999999999-0000000000000000", "-1-0000000000000000", "---", "0-"])
def test_an_etag_that_never_was_is_stale(on_sqlite: Live, version: str) -> None:
    path = f"/requests/{on_sqlite.commitment}.r1/approvals"
    headers = {"If-Match": f'"{version}"', "Idempotency-Key": MARK}
    answer = on_sqlite.wire.send("POST", path, REGION, body={}, headers=headers)
    assert (answer.status, answer.code) == (412, "stale_version")


CURSORS = (
    cursor("inbox", "2022-01-01T00:00:00+00:00", "a", "b"),
    cursor("history", 1, "0000000000000000"),
    cursor("history", 10**30, "0"),
    cursor("history", -1, "0"),
    cursor("commitments", "\x00"),
    cursor("commitments", "\ud800"),
    cursor("commitments", 1),
    cursor("notices", "0", "1", "2", "3"),
    "W10",
    "%00",
    "%ff",
)


@pytest.mark.parametrize("wrong", CURSORS)
def test_a_cursor_of_another_list_is_refused(live: Live, wrong: str) -> None:
    lists = ("/commitments", "/inbox", "/notices", f"/commitments/{live.commitment}/history")
    answers = [live.wire.get(HEAD, f"{path}?cursor={wrong}") for path in lists]
    assert [answer.status for answer in answers] == [400 if len(wrong) > 3 else answers[0].status] * len(lists)
    assert {answer.code for answer in answers} <= {"cursor_malformed", "input_invalid"}


def test_a_key_with_colons_is_one_key_of_its_office(live: Live) -> None:
    key = f"http:{REGION}:x:timer:1"
    body = json.dumps(crowded_draft(51)).encode()
    first, again = (posted(COMMITMENTS, JSON, f"Content-Length: {len(body)}", body=body, key=key)(live) for _ in "12")
    assert (first.status, again.status) == (201, 201)
    assert first.body == again.body
    assert [len(positions) for operation, positions in live.operations(key).items()] == [1]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\surat.pdf", "surat.pdf"),
        ("/etc/cron.d/x.pdf", "x.pdf"),
        ("a\x00b.pdf", "a b.pdf"),
        ("..", "berkas"),
        ("%2e%2e%2f.pdf", "%2e%2e%2f.pdf"),
        ("x" * 5_000 + ".pdf", "x" * 196 + ".pdf"),
        ("CON.pdf", "CON.pdf"),
    ],
)
def test_a_file_is_kept_by_its_content_whatever_it_is_called(on_sqlite: Live, name: str, kept: str) -> None:
    before = files_of(on_sqlite)
    answer = on_sqlite.wire.upload(HEAD, f"%PDF-1.7 {name[:20]}".encode(), name)
    assert answer.status == 201
    digest = answer.json["digest"]
    assert answer.json["name"] == kept
    assert files_of(on_sqlite) - before == {f"evidence/{digest[:2]}/{digest[2:4]}/{digest}"}


def files_of(live: Live) -> set[str]:
    """Every file below the data directory but the server's own."""
    own = ("run/", "valkey/", "kawal.db", "mail/", "up-output.txt", "secret")
    found = (str(path.relative_to(live.data_dir)) for path in live.data_dir.rglob("*") if path.is_file())
    return {path for path in found if not path.startswith(own)}


def in_address(wire: Wire) -> Answer:
    """A token where it would end in every log on the way."""
    token = wire.tokens[HEAD]
    return wire.send("GET", f"{COMMITMENTS}?{urlencode({'access_token': token, 'token': token})}")


def cookie(wire: Wire) -> dict[str, str]:
    """A session of the pages, which the API doesn't know."""
    return {"Cookie": f"{Visitor(wire).enter(HEAD).cookie}; token={wire.tokens[HEAD]}"}


def test_clients_that_fall_silent_hold_nobody_up_for_long(on_sqlite: Live) -> None:
    heads = head(on_sqlite, f"POST {COMMITMENTS}", f"Idempotency-Key: {MARK}", JSON, "Content-Length: 500")
    half = "\r\n".join((*heads, "", '{"party":')).encode()
    whole_head = half[: len(half) // 2]
    silent = [on_sqlite.wire.opened(half if number % 2 else whole_head) for number in range(8)]
    try:
        answer = on_sqlite.wire.send("GET", "/healthz", timeout_s=30)
        assert answer.status == 200
        assert answer.took_s < 16
        answers = [on_sqlite.wire.answer_on(connection) for connection in silent]
    finally:
        for connection in silent:
            connection.close()
    assert {answer.code for answer in answers if answer is not None} <= {"request_malformed"}
    assert on_sqlite.operations(f":{MARK}") == {}


def test_clients_that_do_not_hang_up_keep_nobody_waiting(on_sqlite: Live) -> None:
    start = "\r\n".join((*head(on_sqlite, "GET /healthz"), "", "")).encode()
    lingering = [on_sqlite.wire.opened(start) for _ in range(4)]
    try:
        answers = [on_sqlite.wire.answer_on(connection) for connection in lingering]
        assert [answer.status for answer in answers if answer is not None] == [200] * 4
        assert on_sqlite.wire.send("GET", "/healthz").took_s < 1.8
    finally:
        for connection in lingering:
            connection.close()
