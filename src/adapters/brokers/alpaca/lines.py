"""Connections that tell whether anything has left on them, and that can be cut whatever they wait for."""

import contextlib
import socket
import threading
from contextvars import ContextVar
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

CONNECTIONS_MAX = 8


class Call:
    """One request under way. It is either given up before anything of it has left, or it may have arrived."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._line: HTTPConnection | None = None
        self._left = self._given_up = False

    def goes_to(self, line: HTTPConnection) -> None:
        """This connection is being made for it, or was there."""
        self._line = line

    def leaves(self) -> None:
        """Its first or next bytes go out now, unless it was given up."""
        with self._lock:
            if self._given_up:
                raise ConnectionAbortedError("the call was given up")
            self._left = True

    def give_up(self) -> bool:
        """Cut its line, so that nothing leaves from now on; answers whether anything may have left before.

        What never came as far as a line of ours counts as having left: nothing is known about it.
        """
        with self._lock:
            self._given_up = True
        line = self._line
        if line is not None and line.sock is not None:
            with contextlib.suppress(OSError):
                line.sock.shutdown(socket.SHUT_RDWR)
        return self._left or line is None


UNDER_WAY: ContextVar[Call] = ContextVar("UNDER_WAY")
"""The request that the present thread makes."""


class _Line(HTTPConnection):
    def connect(self) -> None:
        """Connect, for the request under way."""
        UNDER_WAY.get().goes_to(self)
        super().connect()

    def send(self, data: Any) -> None:  # noqa: ANN401  # as in http.client
        """Send a part of the request under way."""
        call = UNDER_WAY.get()
        if self.sock is None:
            self.connect()
        call.goes_to(self)
        call.leaves()
        super().send(data)


class _SealedLine(_Line, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Line


class _SealedPool(HTTPSConnectionPool):
    ConnectionCls = _SealedLine


class Lines(HTTPAdapter):
    """The connections to a broker, shared by threads. Nothing is ever tried twice on them."""

    def __init__(self) -> None:
        super().__init__(pool_connections=2, pool_maxsize=CONNECTIONS_MAX, max_retries=0)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401  # as in requests
        """Make the pools, of lines that tell."""
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SealedPool}
