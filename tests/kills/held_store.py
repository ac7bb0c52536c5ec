"""An object store behind a line that stops at one request: it has begun to leave, and never arrives."""

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

CHUNK_BYTES = 65_536


class HeldStore:
    """Forwards connections to a store; the one on which ``stop_at`` is said goes no further, and ``reached`` is set."""

    def __init__(self, endpoint: str, stop_at: bytes) -> None:
        address = urlsplit(endpoint)
        self._server = (str(address.hostname), int(address.port or 80))
        self._stop_at = stop_at
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.endpoint = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.reached = threading.Event()

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(self._server)
                threading.Thread(target=self._ask, args=(client, server), daemon=True).start()
                threading.Thread(target=_forward, args=(server, client), daemon=True).start()

    def _ask(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError), client, server:
            while asked := client.recv(CHUNK_BYTES):
                if self._stop_at in asked:
                    self.reached.set()
                    while client.recv(CHUNK_BYTES):
                        pass
                    return
                server.sendall(asked)


def _forward(server: socket.socket, client: socket.socket) -> None:
    with suppress(OSError):
        while answered := server.recv(CHUNK_BYTES):
            client.sendall(answered)
