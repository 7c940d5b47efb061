"""When one click is enough to enter an office."""

from __future__ import annotations

import pytest

from service.identity import SENTENCES, may_click_in

HOST = ("Host", "127.0.0.1:8000")


@pytest.mark.parametrize("remote", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST", "[::1]:8000"])
def test_a_visitor_at_the_machine_itself_may_click_into_a_demo(remote: str, host: str) -> None:
    headers = [("Host", host), ("Accept-Language", "id"), ("Cookie", "a=b"), ("X-Requested-With", "htmx")]
    assert may_click_in(kind_is_demo=True, remote_addr=remote, server_host="127.0.0.1", headers=headers)


def test_nobody_may_click_into_a_real_log() -> None:
    assert not may_click_in(kind_is_demo=False, remote_addr="127.0.0.1", server_host="127.0.0.1", headers=[HOST])


@pytest.mark.parametrize("remote", ["192.168.1.4", "10.0.0.1", "8.8.8.8", "fe80::1", "", None, "127.0.0.1, 8.8.8.8"])
def test_nobody_may_click_in_from_another_machine(remote: str | None) -> None:
    assert not may_click_in(kind_is_demo=True, remote_addr=remote, server_host="127.0.0.1", headers=[HOST])


@pytest.mark.parametrize("bound", ["0.0.0.0", "::", "192.168.1.4", "kawal.example", "", None])
def test_nobody_may_click_in_where_the_socket_is_open_to_others(bound: str | None) -> None:
    assert not may_click_in(kind_is_demo=True, remote_addr="127.0.0.1", server_host=bound, headers=[HOST])


@pytest.mark.parametrize(
    "header",
    [
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "x-forwarded-anything",
        "X_Forwarded_For",
        "Forwarded",
        "Via",
        "X-Real-IP",
        "CF-Connecting-IP",
        "CF-Ray",
        "True-Client-IP",
        "X-Client-IP",
        "X-Original-Host",
        "Tailscale-User-Login",
        "Fly-Client-IP",
        "X-Amzn-Trace-Id",
        "X-Envoy-External-Address",
    ],
)
def test_a_header_that_a_proxy_adds_closes_the_door_even_when_it_is_empty(header: str) -> None:
    for value in ("127.0.0.1", ""):
        headers = [HOST, (header, value)]
        assert not may_click_in(kind_is_demo=True, remote_addr="127.0.0.1", server_host="127.0.0.1", headers=headers)


@pytest.mark.parametrize("hosts", [["jahat.example"], ["127.0.0.1.jahat.example:8000"], [], ["127.0.0.1", "a.example"]])
def test_a_page_elsewhere_that_points_its_name_at_this_machine_stays_out(hosts: list[str]) -> None:
    headers = [("Host", host) for host in hosts]
    assert not may_click_in(kind_is_demo=True, remote_addr="127.0.0.1", server_host="127.0.0.1", headers=headers)


def test_every_sentence_exists_in_both_languages_with_the_same_places() -> None:
    for code, label in SENTENCES.items():
        assert label.id, code
        assert label.en, code
        assert {one for one in ("{email}", "{office}", "{seconds}", "{least}", "{most}") if one in label.id} == {
            one for one in ("{email}", "{office}", "{seconds}", "{least}", "{most}") if one in label.en
        }
