"""Connections that are checked after the name is resolved, and that keep to one deadline for a whole call.

The address that was checked is the one connected to: a name that answers differently a moment later gains nothing.
"""

import socket
import ssl
import threading
import time
from collections.abc import Iterable
from concurrent.futures import Future
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import httpcore

from adapters.outbound.addresses import AddressPolicy


class NotAllowed(Exception):
    """A host must not be connected to; nothing has been sent."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call under way: until when, by ``time.monotonic``, and whether it is over TLS."""

    until: float
    sealed: bool

    @property
    def seconds_left(self) -> float:
        """What is left of its time. Raises httpcore.TimeoutException when that is nothing."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is over")
        return left


UNDER_WAY: ContextVar[Call] = ContextVar("UNDER_WAY")
"""The call that the present thread makes."""


class CheckedBackend(httpcore.NetworkBackend):
    """Resolves a host, checks every address of it, and connects to those that were checked."""

    def __init__(self, policy: AddressPolicy) -> None:
        self._policy = policy

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers. Raises NotAllowed if any of them is not allowed."""
        call, plain = UNDER_WAY.get(), httpcore.SyncBackend()
        addresses = resolve(host, port, call.seconds_left)
        for address in addresses:
            refusal = self._policy.refusal(host, port, address, sealed=call.sealed)
            if refusal is not None:
                raise NotAllowed(refusal)
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for untried, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
            try:
                seconds = call.seconds_left / untried
                return _Line(plain.connect_tcp(address, port, seconds, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


class _Line(httpcore.NetworkStream):
    """A connection, or TLS over one, that waits for each byte no longer than the call under way has left."""

    def __init__(self, line: httpcore.NetworkStream) -> None:
        self._line = line

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """See httpcore."""
        return self._line.read(max_bytes, UNDER_WAY.get().seconds_left)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """See httpcore."""
        self._line.write(buffer, UNDER_WAY.get().seconds_left)

    def close(self) -> None:
        """See httpcore."""
        self._line.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """See httpcore."""
        return _Line(self._line.start_tls(ssl_context, server_hostname, UNDER_WAY.get().seconds_left))

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401  # as in httpcore
        """See httpcore."""
        return self._line.get_extra_info(info)


def resolve(host: str, port: int, seconds_max: float) -> list[str]:
    """Every address of a host, in the system's order; a name server that hangs is not waited for longer.

    Raises httpcore.ConnectError and httpcore.ConnectTimeout.
    """
    found: Future[list[str]] = Future()

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.set_result(list(dict.fromkeys(str(where[0]) for *_, where in answers)))
        except (OSError, ValueError, OverflowError) as error:
            found.set_exception(httpcore.ConnectError(f"{host} is not known ({error})"))

    threading.Thread(target=ask, daemon=True, name="resolve").start()
    try:
        return found.result(seconds_max)
    except TimeoutError:
        raise httpcore.ConnectTimeout(f"the name server does not answer for {host}") from None
