"""Look once a minute for what no event announces: what is missing, and what a portfolio has lost.

It has a thread of its own, since reading an exchange's calendar for the first time takes seconds. Any number of
processes may look: what one has said the next one finds said.
"""

import threading
from types import TracebackType
from typing import Self

import psycopg
import psycopg_pool
import structlog

from api.wiring import House

log = structlog.get_logger()

LOOK_SECONDS = 60.0


class Watching:
    """Watches for as long as the ``with`` block lasts."""

    def __init__(self, house: House, look_seconds: float = LOOK_SECONDS) -> None:
        self._house = house
        self._look_seconds = look_seconds
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watching", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(self._look_seconds):
            for look in (self._house.daily_loss_brake.sweep, self._house.watch):
                try:
                    look()
                except (psycopg.Error, psycopg_pool.PoolTimeout) as error:
                    log.warning("watching.paused", error=str(error).strip())
                except Exception:  # a process edge: whatever is wrong may be mended while it looks again
                    log.exception("watching.failed")
