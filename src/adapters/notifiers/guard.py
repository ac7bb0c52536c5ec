"""What the process that runs apprise may do: connect to checked addresses, and read Python's own files. No more.

It hears of everything by an audit hook: after names are resolved, and wherever a redirect or a plugin leads. A hook
cannot be taken away again, and whoever swallows what it raises has not connected all the same.
"""

import mimetypes
import os
import socket
import ssl
import sys
import sysconfig
from pathlib import Path
from typing import Any

from adapters.outbound.addresses import AddressPolicy

CERTIFICATES = ssl.get_default_verify_paths()
READABLE = (
    *sysconfig.get_paths().values(), str(Path(__file__).parents[2]), *mimetypes.knownfiles, os.devnull,
    CERTIFICATES.openssl_cafile, CERTIFICATES.openssl_capath,
)  # fmt: skip
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT

FORBIDDEN = (
    "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "pty.spawn", "ctypes.",
    "socket.bind", "socket.sendto", "socket.sendmsg",
)  # fmt: skip
"""How these events begin: no other program, and no datagrams, which connect to nothing."""


class Refused(Exception):
    """What a channel must not do. The text holds nothing of the channel's address but its host."""


class Guard:
    """Watches this process from ``install`` on. ``refusal`` is the first thing that was refused, None so far."""

    def __init__(self, policy: AddressPolicy, *, sealed: bool) -> None:
        """``sealed`` says whether what is sent is sent over TLS."""
        self.refusal: str | None = None
        self.sealed = sealed
        self._policy = policy
        self._hosts: dict[str, str] = {}
        self._readable = tuple({os.path.realpath(each) for each in READABLE if each})

    def install(self) -> None:
        """Begin to watch."""
        resolve = socket.getaddrinfo

        def noting(host: Any, *others: Any, **named: Any) -> Any:  # noqa: ANN401  # as in socket
            found = resolve(host, *others, **named)
            for *_, where in found:
                self._hosts[str(where[0])] = host.decode() if isinstance(host, bytes) else str(host)
            return found

        socket.getaddrinfo = noting
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            self._opening(*arguments)
        elif event == "socket.connect":
            self._connecting(arguments[1])
        elif event.startswith(FORBIDDEN):
            self._refuse(f"A channel must not do this: {event}.")

    def _connecting(self, where: object) -> None:
        if not isinstance(where, tuple):
            self._refuse("A channel must not connect to a socket of this machine.")
            return
        address, port = str(where[0]), int(where[1])
        host = self._hosts.get(address, address)
        try:
            refusal = self._policy.refusal(host, port, address, sealed=self.sealed)
        except ValueError:  # a name, which would be resolved where nobody sees it
            refusal = f"{host} was to be connected to by its name"
        if refusal is not None:
            self._refuse(f"{refusal}.")

    def _opening(self, path: object, _: object, flags: int) -> None:
        if isinstance(path, int):
            return  # opened already
        place = os.path.realpath(os.fsdecode(path))  # type: ignore[arg-type]  # a path in one of its shapes
        inside = any(place == root or place.startswith(root + os.sep) for root in self._readable)
        if flags & WRITING or not inside:
            self._refuse("A channel must neither read nor write files of this machine.")

    def _refuse(self, sentence: str) -> None:
        self.refusal = self.refusal or sentence
        raise Refused(sentence)
