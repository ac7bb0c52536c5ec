"""An object store behind a line that stops at one request: it has begun to leave, and never arrives."""

import socket
import threading
from urllib.parse import urlsplit

from forwarder import CHUNK_BYTES, Forwarder


class HeldStore(Forwarder):
    """Forwards connections to a store; the one on which ``stop_at`` is said goes no further, and ``reached`` is set."""

    def __init__(self, endpoint: str, stop_at: bytes) -> None:
        address = urlsplit(endpoint)
        listener = socket.create_server(("127.0.0.1", 0))
        super().__init__(listener, (str(address.hostname), int(address.port or 80)))
        self._stop_at = stop_at
        self.endpoint = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.reached = threading.Event()

    def ask(self, client: socket.socket, server: socket.socket) -> None:
        """Pass on what comes before the request, and swallow it and all after it."""
        while asked := client.recv(CHUNK_BYTES):
            if self._stop_at in asked:
                self.reached.set()
                while client.recv(CHUNK_BYTES):
                    pass
                return
            server.sendall(asked)
