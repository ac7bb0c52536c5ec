"""A network that can be cut: a PostgreSQL server's socket behind a forwarder that loses answers on demand."""

import os
import socket
import threading
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from forwarder import CHUNK_BYTES, Forwarder

SYNC = b"S\x00\x00\x00\x04"
"""The protocol's message that ends a question."""


class CutNetwork(Forwarder):
    """Forwards connections to a database; ``lose_answer_to`` cuts one right after it has asked."""

    def __init__(self, database_url: str, folder: Path) -> None:
        parameters = conninfo_to_dict(database_url)
        port = str(parameters.get("port") or 5432)
        host = str(parameters.get("host") or "localhost")
        path = folder / f".s.PGSQL.{port}"
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(os.fspath(path))
        listener.listen()
        super().__init__(listener, f"{host}/.s.PGSQL.{port}" if host.startswith("/") else (host, int(port)))
        self.database_url = make_conninfo(database_url, host=os.fspath(folder))
        self._fatal: bytes | None = None
        self.cut = threading.Event()

    def lose_answer_to(self, question: bytes) -> None:
        """The next connection that sends these bytes gets them through, and is cut before any answer."""
        self.cut.clear()
        self._fatal = question

    def ask(self, client: socket.socket, server: socket.socket) -> None:
        """Pass everything on, and hang up after the fatal question: the server works on it and finds nobody to tell."""
        fatal = False
        while asked := client.recv(CHUNK_BYTES):
            server.sendall(asked)
            fatal = fatal or (self._fatal is not None and self._fatal in asked)
            if fatal and asked.endswith(SYNC):  # a long question comes in several pieces
                self._fatal = None
                client.shutdown(socket.SHUT_RDWR)
                self.cut.set()
                return
