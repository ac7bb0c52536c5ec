"""Clients for tests of the server itself: the SDK, plain HTTP, and a plain websocket."""

import json
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import httpx
from websockets.sync.client import ClientConnection, connect

from alpaca_server.server import AlpacaServer

if TYPE_CHECKING:  # importing the SDK warns about its websocket library, which each test has to allow
    from alpaca.trading.client import TradingClient

PATIENCE_SECONDS = 10.0


def sdk(server: AlpacaServer, *, raw: bool = False) -> "TradingClient":
    """The SDK's client of this server."""
    from alpaca.trading.client import TradingClient

    return TradingClient(server.key_id, server.secret_key, raw_data=raw, url_override=server.url)


def http(server: AlpacaServer, timeout: float = PATIENCE_SECONDS) -> httpx.Client:
    """A plain client with the server's keys."""
    headers = {"APCA-API-KEY-ID": server.key_id, "APCA-API-SECRET-KEY": server.secret_key}
    return httpx.Client(base_url=f"{server.url}/v2", headers=headers, timeout=timeout)


def buy(client_order_id: str, quantity: str = "10", **others: Any) -> dict[str, Any]:
    """What is posted for an order of KO, at the market unless it says otherwise."""
    order = {"symbol": "KO", "side": "buy", "type": "market", "time_in_force": "day", "qty": quantity}
    return order | {"client_order_id": client_order_id} | others


@contextmanager
def sdk_updates(server: AlpacaServer, *, raw: bool = False) -> Iterator["queue.Queue[Any]"]:
    """What the SDK's stream hands to its handler."""
    from alpaca.trading.stream import TradingStream

    received: queue.Queue[Any] = queue.Queue()
    stream = TradingStream(server.key_id, server.secret_key, raw_data=raw, url_override=server.stream_url)

    async def handle(update: Any) -> None:
        received.put(update)

    stream.subscribe_trade_updates(handle)
    thread = threading.Thread(target=stream.run, daemon=True)
    thread.start()
    try:
        server.wait_for_listeners()
        yield received
    finally:
        stream.stop()
        server.stream.disconnect()  # or it looks for the stop only after five seconds
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()


@contextmanager
def listener(server: AlpacaServer) -> Iterator[ClientConnection]:
    """A websocket that is let in and listens."""
    with connect(server.stream_url) as line:
        say(line, "authenticate", {"key_id": server.key_id, "secret_key": server.secret_key})
        assert hear(line)["data"]["status"] == "authorized"
        say(line, "listen", {"streams": ["trade_updates"]})
        assert hear(line) == {"stream": "listening", "data": {"streams": ["trade_updates"]}}
        yield line


def say(line: ClientConnection, action: str, data: dict[str, Any]) -> None:
    """Send a message."""
    line.send(json.dumps({"action": action, "data": data}))


def hear(line: ClientConnection) -> dict[str, Any]:
    """The next message, without floats."""
    message: dict[str, Any] = json.loads(line.recv(PATIENCE_SECONDS), parse_float=Decimal)
    return message


def events(line: ClientConnection, count: int) -> list[tuple[str, str]]:
    """The next updates, as event and client order id."""
    updates = [hear(line)["data"] for _ in range(count)]
    return [(each["event"], each["order"]["client_order_id"]) for each in updates]
