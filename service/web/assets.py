"""The pages' style and script, held in memory: named by what is in them, so that a browser keeps them for ever."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Response, request
from werkzeug.exceptions import NotFound

FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FOR_EVER = "public, max-age=31536000, immutable"
_FOR_A_WHILE = "public, max-age=300"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent. digest: of its content, part of its address"""

    content: bytes
    zipped: bytes
    media_type: str
    digest: str


@lru_cache(maxsize=1)
def assets() -> Mapping[str, Asset]:
    """Every file of the folder, by name."""
    return {path.name: _read(path) for path in sorted(FOLDER.iterdir()) if path.suffix in _TYPES}


def address(name: str) -> str:
    """Where a file is; another content is another address. Raises KeyError for a file that isn't there."""
    return f"/static/{name}?v={assets()[name].digest}"


def serve(name: str) -> Response:
    """Answer with a file."""
    asset = assets().get(name)
    if asset is None:
        raise NotFound
    zipped = request.accept_encodings.quality("gzip") > 0
    response = Response(asset.zipped if zipped else asset.content, mimetype=asset.media_type)
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = _FOR_EVER if request.args.get("v") == asset.digest else _FOR_A_WHILE
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    # The two codings are different bytes: one strong tag for both would mix them up in a cache.
    response.set_etag(f"{asset.digest}{'-gz' if zipped else ''}")
    response.make_conditional(request)
    return response


def _read(path: Path) -> Asset:
    content = path.read_bytes()
    digest = sha256(content).hexdigest()[:16]
    return Asset(content, gzip.compress(content, 9, mtime=0), _TYPES[path.suffix], digest)
