"""How far the read models are, known in this process without asking: what `?at_least=` waits for.

One thread listens to what the followers announce and looks every second anyway. A read model that is written
with the events is never behind, so the log itself stands for all of those, under the name ``log``.
"""

import asyncio
import threading
from collections.abc import Iterable

import psycopg
import structlog

from projections.follower import EVENTS_CHANNEL, FOLLOWED_CHANNEL

log = structlog.get_logger()

LOG = "log"
LOOK_AGAIN_SECONDS = 1.0
LISTEN_SECONDS = 0.25  # how long a stop may take
RETRY_SECONDS = 0.5

Waiter = tuple[int, asyncio.AbstractEventLoop, "asyncio.Future[None]"]


class ReadModelsReached:
    """The number each read model has reached, and the newest that this process itself appended."""

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url
        self._numbers: dict[str, int] = {}
        self._waiters: dict[str, list[Waiter]] = {}
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="read models reached", daemon=True)
        self.own_number = 0

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def appended(self, number: int) -> None:
        """Note that this process appended up to here: what it shows next shall include it."""
        with self._lock:
            self.own_number = max(self.own_number, number)
        self._reach([(LOG, number)])

    def has_reached(self, name: str, number: int) -> bool:
        """Whether a read model is known to be that far."""
        return self._numbers.get(name, 0) >= number

    async def wait(self, name: str, number: int, seconds_max: float) -> bool:
        """Wait until a read model is that far; False when it is not in time."""
        if self.has_reached(name, number):
            return True
        loop = asyncio.get_running_loop()
        reached: asyncio.Future[None] = loop.create_future()
        waiter = (number, loop, reached)
        with self._lock:
            self._waiters.setdefault(name, []).append(waiter)
        try:
            if not self.has_reached(name, number):  # it may have come while we queued up
                await asyncio.wait_for(reached, seconds_max)
        except TimeoutError:
            return False
        finally:
            with self._lock:
                waiters = self._waiters.get(name, [])
                if waiter in waiters:
                    waiters.remove(waiter)
        return True

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
            except psycopg.OperationalError as error:
                log.warning("positions.database_lost", error=type(error).__name__)
                self._stopping.wait(RETRY_SECONDS)

    def _listen(self) -> None:
        with psycopg.connect(self._database_url, autocommit=True, connect_timeout=5) as connection:
            connection.execute(f"listen {FOLLOWED_CHANNEL}")
            connection.execute(f"listen {EVENTS_CHANNEL}")
            rounds = 0
            while not self._stopping.is_set():
                if rounds % (LOOK_AGAIN_SECONDS / LISTEN_SECONDS) == 0:
                    self._look(connection)
                rounds += 1
                for notification in connection.notifies(timeout=LISTEN_SECONDS):
                    self._reach([_announced(notification)])

    def _look(self, connection: psycopg.Connection[tuple[str, int]]) -> None:
        self._reach(
            connection.execute(
                "select name, number from followers"
                " union all select 'log', coalesce(max(notification_id), 0) from stored_events"
            ).fetchall()
        )

    def _reach(self, reached: Iterable[tuple[str, int]]) -> None:
        with self._lock:
            for name, number in reached:
                # A rebuild begins anew, but what was reached once stays visible all the while.
                self._numbers[name] = max(number, self._numbers.get(name, 0))
                waiting = self._waiters.get(name, [])
                for waiter in [each for each in waiting if each[0] <= number]:
                    waiting.remove(waiter)
                    _tell(waiter)


def _announced(notification: psycopg.Notify) -> tuple[str, int]:
    if notification.channel == EVENTS_CHANNEL:
        return LOG, int(notification.payload)
    name, _, number = notification.payload.partition(" ")
    return name, int(number)


def _tell(waiter: Waiter) -> None:
    _, loop, reached = waiter

    def tell() -> None:
        if not reached.done():
            reached.set_result(None)

    try:
        loop.call_soon_threadsafe(tell)
    except RuntimeError:  # its event loop has been closed
        return
