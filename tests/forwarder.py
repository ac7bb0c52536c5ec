"""A line between a client and a server, which forwards what both say until somebody who listens ends it."""

import socket
import threading
from abc import ABC, abstractmethod
from contextlib import suppress
from types import TracebackType
from typing import Self

CHUNK_BYTES = 65_536


class Forwarder(ABC):
    """Accepts at ``listener`` and passes everything on to ``server``, a socket's path or a host and a port."""

    def __init__(self, listener: socket.socket, server: str | tuple[str, int]) -> None:
        self._listener = listener
        self._server = server

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    @abstractmethod
    def ask(self, client: socket.socket, server: socket.socket) -> None:
        """Pass on what a client says; both connections end with it."""

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(socket.AF_UNIX if isinstance(self._server, str) else socket.AF_INET)
                server.connect(self._server)
                threading.Thread(target=self._ask, args=(client, server), daemon=True).start()
                threading.Thread(target=_answer, args=(server, client), daemon=True).start()

    def _ask(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError), client, server:
            self.ask(client, server)


def _answer(server: socket.socket, client: socket.socket) -> None:
    with suppress(OSError):
        while answered := server.recv(CHUNK_BYTES):
            client.sendall(answered)
    with suppress(OSError):
        client.shutdown(socket.SHUT_RDWR)
