"""A network that can be cut: a PostgreSQL server's socket behind a forwarder that loses answers on demand."""

import os
import socket
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from psycopg.conninfo import conninfo_to_dict, make_conninfo

SYNC = b"S\x00\x00\x00\x04"
"""The protocol's message that ends a question."""

CHUNK_BYTES = 65_536


class CutNetwork:
    """Forwards connections to a database; ``lose_answer_to`` cuts one right after it has asked."""

    def __init__(self, database_url: str, folder: Path) -> None:
        parameters = conninfo_to_dict(database_url)
        port = str(parameters.get("port") or 5432)
        host = str(parameters.get("host") or "localhost")
        self._server = f"{host}/.s.PGSQL.{port}" if host.startswith("/") else (host, int(port))
        path = folder / f".s.PGSQL.{port}"
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(os.fspath(path))
        self._listener.listen()
        self.database_url = make_conninfo(database_url, host=os.fspath(folder))
        self._fatal: bytes | None = None
        self.cut = threading.Event()

    def lose_answer_to(self, question: bytes) -> None:
        """The next connection that sends these bytes gets them through, and is cut before any answer."""
        self.cut.clear()
        self._fatal = question

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
                family = socket.AF_UNIX if isinstance(self._server, str) else socket.AF_INET
                server = socket.socket(family)
                server.connect(self._server)
                threading.Thread(target=self._ask, args=(client, server), daemon=True).start()
                threading.Thread(target=_forward, args=(server, client), daemon=True).start()

    def _ask(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError), client, server:
            fatal = False
            while asked := client.recv(CHUNK_BYTES):
                server.sendall(asked)
                fatal = fatal or (self._fatal is not None and self._fatal in asked)
                if fatal and asked.endswith(SYNC):  # a long question comes in several pieces
                    self._fatal = None
                    client.shutdown(socket.SHUT_RDWR)
                    self.cut.set()
                    # The server still works on what it was asked, and finds nobody to tell.
                    return


def _forward(server: socket.socket, client: socket.socket) -> None:
    with suppress(OSError):
        while answered := server.recv(CHUNK_BYTES):
            client.sendall(answered)
    with suppress(OSError):
        client.shutdown(socket.SHUT_RDWR)
