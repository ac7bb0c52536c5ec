"""A local server of anything, over a real loopback socket: what it answers, and how, is the test's choice."""

import socketserver
import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import parse_qsl, urlsplit

Manner = Literal["whole", "hang", "trickle", "trickle_headers", "cut"]

TRICKLE_SECONDS = 0.05


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True)
class Reply:
    """What is answered: whole, not at all, a byte at a time, or only its first half."""

    status: int = 200
    content: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)
    manner: Manner = "whole"


class Door:
    """Serves from a thread of its own, for as long as the ``with`` block lasts."""

    def __init__(self, answer: Callable[[Asked], Reply], certificate: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self.closing = threading.Event()
        self._answer = answer
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        if certificate is not None:
            self._server.socket = certificate.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def port(self) -> int:
        """Where it listens, on 127.0.0.1."""
        return self._server.server_port

    @property
    def url(self) -> str:
        """Its address in plain HTTP."""
        return f"http://127.0.0.1:{self.port}"

    def reply(self, asked: Asked) -> Reply:
        """Note a request, and choose its answer."""
        self.asked.append(asked)
        return self._answer(asked)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients leave as they please."""


def _handler(door: Door) -> type[socketserver.BaseRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            length = int(self.headers.get("content-length", 0))
            parts = urlsplit(self.path)
            asked = Asked(
                self.command,
                parts.path,
                dict(parse_qsl(parts.query, keep_blank_values=True)),
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(length),
            )
            with suppress(OSError):
                self._write(door.reply(asked))

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is logged."""

        def _write(self, reply: Reply) -> None:
            if reply.manner == "hang":
                door.closing.wait()
                return
            head = f"HTTP/1.1 {reply.status} -\r\n".encode()
            headers = {"content-length": str(len(reply.content))} | dict(reply.headers)
            head += "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode() + b"\r\n"
            if reply.manner == "trickle_headers":
                self._trickle(head)
            else:
                self.wfile.write(head)
            match reply.manner:
                case "trickle":
                    self._trickle(reply.content)
                case "cut":
                    self.wfile.write(reply.content[: len(reply.content) // 2])
                    self.close_connection = True
                case _:
                    self.wfile.write(reply.content)

        def _trickle(self, content: bytes) -> None:
            for byte in content:
                self.wfile.write(bytes([byte]))
                if door.closing.wait(TRICKLE_SECONDS):
                    return

    return Handler
