"""The trade updates over a websocket, and what goes wrong with them on the way."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from uvicorn._types import ASGIReceiveCallable, ASGISendCallable

from alpaca_server import wire
from alpaca_server.messages import Keys
from alpaca_server.updates import STREAM, Updates


@dataclass(eq=False)
class _Connection:
    """A client on the line; whoever has something for it puts it into its queue: text, or None to hang up."""

    loop: asyncio.AbstractEventLoop
    queue: asyncio.Queue[str | None] = field(default_factory=asyncio.Queue)
    authorized: bool = False
    listens: bool = False

    def put(self, text: str | None, seconds: float = 0) -> None:
        """Send something, from any thread."""
        with suppress(RuntimeError):  # the server has stopped
            if seconds:
                self.loop.call_soon_threadsafe(self.loop.call_later, seconds, self.queue.put_nowait, text)
            else:  # not call_later(0), which may turn two of them around
                self.loop.call_soon_threadsafe(self.queue.put_nowait, text)


class Stream(Updates):
    """Tells every client that is let in and listens."""

    def __init__(self, keys: Keys, changed: Callable[[], None], *, binary: bool) -> None:
        super().__init__()
        self.binary = binary
        """Paper accounts send binary frames, live ones text."""
        self.attempts = 0
        """How many connections were tried, also those that were refused."""
        self._keys = keys
        self._changed = changed
        self._connections: set[_Connection] = set()
        self._refuse, self._refuse_status = 0, 503

    @property
    def listeners(self) -> int:
        """How many clients are authorised and listen."""
        with self._lock:
            return sum(each.listens for each in self._connections)

    def disconnect(self) -> None:
        """Cut every line, without a word, once it has carried what was sent before."""
        with self._lock:
            for each in self._connections:
                each.put(None)

    def refuse(self, times: int, status: int = 503) -> None:
        """Refuse the next connections with this HTTP status; 0 accepts them again."""
        with self._lock:
            self._refuse, self._refuse_status = times, status

    def _broadcast(self, text: str, seconds: float) -> None:
        for each in self._connections:
            if each.listens:
                each.put(text, seconds)

    async def converse(
        self, receive: ASGIReceiveCallable, send: ASGISendCallable, hang_up: Callable[[], None]
    ) -> None:
        """Serve one client that wants to connect, until it leaves or is cut off."""
        with self._lock:
            self.attempts += 1
            refused = self._refuse > 0
            self._refuse = max(0, self._refuse - 1)
        self._changed()
        if refused:
            await refuse_handshake(receive, send, self._refuse_status)
            return
        await send({"type": "websocket.accept", "subprotocol": None, "headers": []})
        connection = _Connection(asyncio.get_running_loop())
        with self._lock:
            self._connections.add(connection)
        writer = asyncio.create_task(self._write(connection, send, hang_up))
        try:
            while (message := await receive())["type"] == "websocket.receive":
                self._hear(connection, message.get("text") or message.get("bytes") or b"")
        finally:
            with self._lock:
                self._connections.discard(connection)
            writer.cancel()
            self._changed()

    async def _write(
        self, connection: _Connection, send: ASGISendCallable, hang_up: Callable[[], None]
    ) -> None:
        while (text := await connection.queue.get()) is not None:
            if self.binary:
                await send({"type": "websocket.send", "bytes": text.encode(), "text": None})
            else:
                await send({"type": "websocket.send", "bytes": None, "text": text})
        hang_up()

    def _hear(self, connection: _Connection, text: str | bytes) -> None:
        asked = _read(text)
        action, data = asked.get("action"), asked.get("data", {})
        match action:
            case "authenticate" | "auth":
                key_id, secret = (
                    data.get("key_id", asked.get("key")),
                    data.get("secret_key", asked.get("secret")),
                )
                connection.authorized = self._keys.fit(key_id, secret)
                self._reply(connection, "authorization", {"status": _status(connection), "action": action})
            case "listen" if not connection.authorized:
                self._reply(connection, "authorization", {"status": _status(connection), "action": action})
            case "listen":
                streams = [each for each in data.get("streams", []) if each == STREAM]
                self._reply(connection, "listening", {"streams": streams})
                connection.listens = bool(streams)
                self._changed()
            case _:
                self._reply(connection, "error", {"error": "invalid message"})

    def _reply(self, connection: _Connection, stream: str, data: wire.JSON) -> None:
        connection.put(wire.dumps({"stream": stream, "data": data}))


async def refuse_handshake(receive: ASGIReceiveCallable, send: ASGISendCallable, status: int) -> None:
    """Answer a client that wants a websocket with an HTTP error."""
    await send({"type": "websocket.http.response.start", "status": status, "headers": []})
    await send({"type": "websocket.http.response.body", "body": b"", "more_body": False})
    await receive()  # that it is over
    await receive()  # and that the line is closed


def _read(text: str | bytes) -> wire.JSON:
    try:
        asked = wire.loads(text)
    except ValueError:
        return {}
    return asked if isinstance(asked, dict) else {}


def _status(connection: _Connection) -> str:
    return "authorized" if connection.authorized else "unauthorized"
