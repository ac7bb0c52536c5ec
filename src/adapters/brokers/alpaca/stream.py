"""An account's stream of trade updates, through the SDK's connection but not its loop.

The SDK's loop goes on when a handler fails, and what it could not handle is gone. Here every update is handed to
``receive`` before anything else is done with it; when that fails the line is given up, and on every new line, the
first included, ``missed`` is called as soon as Alpaca listens to us, so that no update can fall between.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import structlog
from alpaca.trading.stream import TradingStream

from adapters.brokers.alpaca.answer import read_json
from adapters.brokers.alpaca.updates import TRADE_UPDATES
from application.ports.broker import Credentials

log = structlog.get_logger()

ANSWER_SECONDS_MAX = 10.0
STEADY_SECONDS = 30.0
BACKOFF_SECONDS_MAX = 30.0
LINE = {
    "open_timeout": ANSWER_SECONDS_MAX,
    "ping_interval": 10,
    "ping_timeout": 10,  # a line that died silently is noticed within twenty seconds
    "close_timeout": 0.3,  # the library waits up to five times as long for its farewell
    "max_queue": 1024,
}


class LineLost(Exception):
    """The stream is not what it should be, so another line is tried."""


class AlpacaStream(TradingStream):
    """Reads the stream in the thread that runs it. ``receive`` and ``missed`` are short, and may raise anything."""

    def __init__(
        self,
        credentials: Credentials,
        url: str,
        receive: Callable[[str], None],
        missed: Callable[[], None],
        backoff_seconds: float = 1.0,
    ) -> None:
        super().__init__(
            credentials.key_id.get_secret_value(),
            credentials.secret_key.get_secret_value(),
            raw_data=True,
            url_override=url,
            websocket_params=dict(LINE),
        )
        self._receive = receive
        self._missed = missed
        self._reconnect_min_backoff = backoff_seconds
        self._reconnect_max_backoff = BACKOFF_SECONDS_MAX
        self._stopping = threading.Event()
        self._reading: tuple[asyncio.AbstractEventLoop, asyncio.Task[None]] | None = None

    def run(self) -> None:
        """Read until stopped."""
        asyncio.run(self._run())

    def stop(self) -> None:
        """Ask it to end, from any thread; it takes two seconds at most."""
        self._stopping.set()
        if self._reading is not None:
            loop, task = self._reading
            with suppress(RuntimeError):  # it has ended already
                loop.call_soon_threadsafe(task.cancel)

    async def _run(self) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # asyncio.run made it
        self._reading = asyncio.get_running_loop(), task
        failures = 0
        while not self._stopping.is_set():
            began = time.monotonic()
            self._data_received = False
            try:
                await self._read()
            except asyncio.CancelledError:
                break
            except Exception as error:  # noqa: BLE001  # a process edge: another line is tried, whatever it was
                log.warning("alpaca.stream_lost", error=f"{type(error).__name__}: {error}")
            finally:
                await self._hang_up()
            steady = self._data_received or time.monotonic() - began > STEADY_SECONDS
            failures = 1 if steady else failures + 1
            try:
                await asyncio.sleep(self._reconnect_delay(failures))
            except asyncio.CancelledError:
                break

    async def _read(self) -> None:
        """One line, from the greeting until it breaks."""
        async with asyncio.timeout(ANSWER_SECONDS_MAX):
            await self._connect()  # type: ignore[no-untyped-call]  # the SDK's
            await self._auth()  # type: ignore[no-untyped-call]  # the SDK's
        line: Any = self._ws
        await line.send('{"action": "listen", "data": {"streams": ["trade_updates"]}}')
        listening = False
        while True:
            async with asyncio.timeout(None if listening else ANSWER_SECONDS_MAX):
                frame = await line.recv()
            raw = frame if isinstance(frame, str) else frame.decode(errors="replace")
            stream, streams = _kind(raw)
            if stream == "authorization":
                raise LineLost("Alpaca let us in no longer")
            if stream != "listening":
                self._receive(raw)
                self._data_received = True
            elif TRADE_UPDATES not in streams:
                raise LineLost("Alpaca tells us nothing")
            elif not listening:
                listening = True
                self._missed()

    async def _hang_up(self) -> None:
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(1.5):
                await self.close()


def _kind(raw: str) -> tuple[str | None, list[object]]:
    """Which stream a frame is of, as far as it says so, and which streams it names."""
    try:
        frame = read_json(raw)
    except ValueError:
        return None, []
    if not isinstance(frame, dict):
        return None, []
    stream, data = frame.get("stream"), frame.get("data")
    streams = data.get("streams") if isinstance(data, dict) else None
    return (stream if isinstance(stream, str) else None), (streams if isinstance(streams, list) else [])
