"""The socket side: an ASGI program on a free loopback port, served from a thread of its own."""

import asyncio
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import parse_qsl

from uvicorn import Config
from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, HTTPScope, Scope
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from alpaca_server.faults import Faults
from alpaca_server.messages import Answer, Request
from alpaca_server.rest import Rest
from alpaca_server.stream import Stream, refuse_handshake

PATIENCE_SECONDS = 10.0


class Door:
    """Lets requests in, has them answered or spoilt, and can cut any line."""

    def __init__(self, rest: Rest, stream: Stream, faults: Faults, saw: Callable[[Request], None]) -> None:
        self._rest, self._stream, self._faults, self._saw = rest, stream, faults, saw
        self._lines: dict[tuple[str, int], asyncio.Transport] = {}
        self._loop: asyncio.AbstractEventLoop
        self._closing: asyncio.Event
        self._thread: threading.Thread
        self.address: str

    def open(self) -> None:
        """Serve, from now until ``close``."""
        # Named TCP, or asyncio does not switch Nagle's algorithm off and each answer takes 40 ms.
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.bind(("127.0.0.1", 0))
        listening.listen()  # whoever comes before the thread runs, waits
        self.address = f"127.0.0.1:{listening.getsockname()[1]}"
        self._loop, self._closing = asyncio.new_event_loop(), asyncio.Event()
        self._thread = threading.Thread(target=self._run, args=(listening,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Cut every line and stop serving; what hangs hangs no more."""
        with suppress(RuntimeError):  # it has stopped already
            self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join(PATIENCE_SECONDS)
        assert not self._thread.is_alive(), "the server does not stop"

    def _run(self, listening: socket.socket) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve(listening))
        finally:
            asyncio.set_event_loop(None)
            self._loop.close()

    async def _serve(self, listening: socket.socket) -> None:
        door, state = self, ServerState()

        class Line(H11Protocol):
            """A connection that the door can find again."""

            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                super().connection_made(transport)
                door._lines[transport.get_extra_info("peername")] = transport

        config = Config(
            self._answer,
            interface="asgi3",
            ws="websockets-sansio",
            proxy_headers=False,
            log_config=None,
            access_log=False,
        )
        config.load()
        server = await self._loop.create_server(lambda: Line(config, state, {}), sock=listening)
        await self._closing.wait()
        server.close()
        for transport in self._lines.values():
            transport.abort()
        await server.wait_closed()
        while state.tasks:
            await asyncio.wait(state.tasks, timeout=PATIENCE_SECONDS)

    async def _answer(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        assert scope["type"] != "lifespan"
        assert scope["client"] is not None
        line = self._lines[scope["client"]]
        if scope["type"] == "websocket":
            await receive()  # that it wants to connect
            if scope["path"] == "/stream":
                await self._stream.converse(receive, send, line.abort)
            else:
                await refuse_handshake(receive, send, 404)
            return
        request = await _read(scope, receive)
        self._saw(request)
        fault = self._faults.take(request)
        if fault is None:
            await _write(send, self._rest.answer(request))
            return
        if not fault.after_effect:
            await self._hang(fault.seconds)
        true = self._rest.answer(request) if fault.has_effect else None
        if fault.after_effect:
            await self._hang(fault.seconds)
        if fault.cut:
            if true is not None and fault.midway:
                await _write(send, true, half=True)
            line.abort()
            await receive()  # uvicorn has noticed it then
            return
        answer = fault.instead(true) if fault.instead else true
        assert answer is not None
        await _write(send, answer)

    async def _hang(self, seconds: float) -> None:
        if seconds:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), seconds)


async def _read(scope: HTTPScope, receive: ASGIReceiveCallable) -> Request:
    content, more = b"", True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            break
        content += message["body"]
        more = message["more_body"]
    return Request(
        method=scope["method"],
        path=scope["path"],
        query=dict(parse_qsl(scope["query_string"].decode())),
        headers={name.decode(): value.decode() for name, value in scope["headers"]},
        content=content,
    )


async def _write(send: ASGISendCallable, answer: Answer, *, half: bool = False) -> None:
    content = answer.content[: len(answer.content) // 2] if half else answer.content
    headers = [(name.encode(), value.encode()) for name, value in answer.headers.items()]
    if answer.status != 204:
        headers.append((b"content-length", str(len(answer.content)).encode()))
    await send(
        {"type": "http.response.start", "status": answer.status, "headers": headers, "trailers": False}
    )
    await send({"type": "http.response.body", "body": content, "more_body": half})
