"""Serve HTTP until told to stop."""

import errno
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
import uvicorn

from api.collector import calm_the_collector
from api.configuration import Configuration
from api.http.app import create_app
from api.http.live_stream import LiveStream
from api.http.loopback import is_loopback
from api.wiring import House

log = structlog.get_logger()

BACKLOG = 1024
STOP_SECONDS = 5
HEADER_BYTES_MAX = 64 * 1024


def serve(house: House, configuration: Configuration) -> None:
    """Serve on the configured address until SIGTERM or SIGINT, then finish what is under way.

    Ends the program with one sentence when the address cannot be had, or must not be.
    """
    host, port = configuration.host, configuration.port
    if configuration.auth == "open" and not is_loopback(host):
        raise SystemExit(
            f"Without sign-in Ballast listens on this machine only, not on {host}: "
            "set BALLAST_HOST=127.0.0.1."
        )
    listening = _bind(host, port)
    app = create_app(house, configuration)
    server = _Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=STOP_SECONDS,
            h11_max_incomplete_event_size=HEADER_BYTES_MAX,
            forwarded_allow_ips=configuration.trusted_proxies,
            lifespan="on",
        ),
        app.state.live_stream,
    )
    calm_the_collector()
    log.info("api.listening", host=host, port=port)
    with listening:
        server.run(sockets=[listening])
    if not server.started:
        raise SystemExit("The API could not start; the log says why.")
    log.info("api.stopped")


class _Server(uvicorn.Server):
    """Uvicorn, except that a signal ends it and not the whole program: there is more to put away after it."""

    def __init__(self, config: uvicorn.Config, live_stream: LiveStream) -> None:
        super().__init__(config)
        self._live_stream = live_stream

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop; streams, which never end by themselves, first."""
        self._live_stream.close()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on SIGTERM and SIGINT, and leave the handlers as they were found."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        numbers = (signal.SIGINT, signal.SIGTERM)
        previous = {number: signal.signal(number, self.handle_exit) for number in numbers}
        try:
            yield
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)


def _bind(host: str, port: int) -> socket.socket:
    try:
        return _listen(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise SystemExit(
                f"Port {port} is in use on {host}: choose another one with --port or BALLAST_PORT."
            ) from None
        raise SystemExit(f"Cannot listen on {host}:{port}: {error.strerror or error}.") from None


def _listen(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(BACKLOG)
    except OSError:
        listening.close()
        raise
    return listening
