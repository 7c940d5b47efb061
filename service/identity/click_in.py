"""When a visitor may enter an office by one click, without any proof of who it is."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address

_FORWARDED = frozenset(
    {
        "client-ip",
        "fastly-client-ip",
        "forwarded",
        "forwarded-for",
        "remote-addr",
        "true-client-ip",
        "via",
        "x-client-ip",
        "x-cluster-client-ip",
        "x-host",
        "x-proxyuser-ip",
        "x-real-ip",
        "x-remote-addr",
        "x-remote-ip",
        "x-request-start",
    }
)
_FORWARDED_PREFIXES = (
    "cdn-",
    "cf-",
    "fly-",
    "ngrok-",
    "tailscale-",
    "x-amz",
    "x-appengine-",
    "x-arr-",
    "x-azure-",
    "x-envoy-",
    "x-forwarded",
    "x-ngrok-",
    "x-original-",
    "x-proxy",
    "x-tailscale-",
    "x-vercel-",
)


def may_click_in(
    *, kind_is_demo: bool, remote_addr: str | None, server_host: str | None, headers: Iterable[tuple[str, str]]
) -> bool:
    """Whether the visitor sits at this very machine, before a log in which nothing is real.

    remote_addr  the peer of the socket itself, never what a header claims
    server_host  the address that the socket is bound to
    headers      every header of the request; one that a proxy adds, or a foreign Host, closes the door

    The Host is looked at because a page elsewhere can make its own name point at 127.0.0.1 and then read our answers.
    """
    if not kind_is_demo or not _is_loopback(remote_addr) or not _is_loopback(server_host):
        return False
    lowered = [(name.lower().replace("_", "-"), value) for name, value in headers]
    hosts = [value for name, value in lowered if name == "host"]
    return (
        len(hosts) == 1
        and _is_loopback(_without_port(hosts[0]))
        and not any(name in _FORWARDED or name.startswith(_FORWARDED_PREFIXES) for name, _ in lowered)
    )


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        address = ip_address((host or "").strip("[]"))
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool(address.is_loopback or (mapped is not None and mapped.is_loopback))


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()
