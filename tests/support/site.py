"""A world's pages at a port of this machine, served by threads of the test's own process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import Thread
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.serving import make_server

from tests.support.api_world import ApiWorld


@contextmanager
def served(world: ApiWorld) -> Iterator[str]:
    """The address of the world's pages; what is read from read models has caught up before each answer."""

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        world.catch_up()
        return world.app.wsgi_app(environ, start)

    server = make_server("127.0.0.1", 0, answer)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
