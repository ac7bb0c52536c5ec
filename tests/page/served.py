"""A house, served over a socket of this machine while it is at work."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from api.http.app import create_app
from api.wiring import House
from examples import eventually
from over_http import configuration


@contextmanager
def served(house: House, **settings: Any) -> Iterator[str]:
    """Where the house is served, by its own clock."""
    app = create_app(house, configuration(**settings))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, lifespan="on"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    eventually(lambda: server.started)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        app.state.live_stream.close()
        thread.join()
