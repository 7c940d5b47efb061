"""Forms from elsewhere are refused: a token signed for this very browser, and the origin that the browser names."""

from __future__ import annotations

import hmac
from hashlib import sha256
from urllib.parse import urlsplit

from flask import Request, current_app
from itsdangerous import Signer

from service.web.refusals import FormRefused
from service.web.visit import Visit

FIELD = "csrf"
_SALT, _SEAL = "kawal.form", "kawal.kept"


def token_of(visit: Visit) -> str:
    """The token of every form of this session, or of this browser where nobody is signed in; no secret is in it."""
    return _signer(_SALT).get_signature(_bound(visit)).decode()


def check(visit: Visit, request: Request) -> None:
    """Let only a form of ours pass, sent by the browser that it was made for. Raises FormRefused."""
    if not _is_ours(request):
        raise FormRefused("foreign")
    given = request.form.get(FIELD, "")
    if not hmac.compare_digest(given.encode(), token_of(visit).encode()):
        raise FormRefused("expired")


def sealed(visit: Visit, text: str) -> str:
    """The text with a mark that no other session can make: a form brings back only what it was given."""
    return f"{text}.{_signer(_SEAL).get_signature(f'{_bound(visit)} {text}').decode()}"


def unsealed(visit: Visit, brought: str) -> str | None:
    """The text that was sealed in this session; None for anything else."""
    text = brought.partition(".")[0]
    return text if hmac.compare_digest(brought.encode(), sealed(visit, text).encode()) else None


def _is_ours(request: Request) -> bool:
    """By what the browser itself says: the origin, or how the sites are related; a client that says neither passes.

    A page with a secret in its address sends no referrer, and then Origin: null.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    if origin in (None, "null"):
        return origin is None or site == "same-origin"
    base_url = str(current_app.extensions["kawal"].base_url)
    return origin in (_origin(base_url), _origin(request.host_url))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _bound(visit: Visit) -> str:
    return f"visitor {visit.visitor}" if visit.person is None else f"session {visit.session}"


def _signer(salt: str) -> Signer:
    return Signer(str(current_app.secret_key), salt=salt, digest_method=sha256, key_derivation="hmac")
