"""A server that never falls silent and never comes to an end: a byte now, a byte then."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

PAUSE_SECONDS = 0.02


@contextmanager
def trickling(head: bytes) -> Iterator[str]:
    """Its address. It sends a head at once, and then blanks for ever, to everyone who connects."""
    over = threading.Event()

    def serve(line: socket.socket) -> None:
        with line, suppress(OSError):
            line.recv(65536)
            line.sendall(head)
            while not over.wait(PAUSE_SECONDS):
                line.sendall(b" ")

    def accept() -> None:
        with suppress(OSError):
            while True:
                line, _ = listening.accept()
                threading.Thread(target=serve, args=(line,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            over.set()
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
    accepting.join(5)


def closed_address() -> str:
    """An address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return f"http://127.0.0.1:{listening.getsockname()[1]}"
