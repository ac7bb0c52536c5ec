"""Ask for what schedules want, about once a second. Any number of processes may: every slot has one run."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from types import TracebackType
from typing import Self

import psycopg
import psycopg_pool
import structlog

from api.wiring import House
from application.runs.clock_watch import ClockWatch
from domain.refusals import Refusal

log = structlog.get_logger()

LOOK_SECONDS = 1.0


def steady() -> timedelta:
    """A clock that nobody sets. Where the system has one, it runs on while the machine sleeps."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return timedelta(seconds=time.clock_gettime(clock))


class Scheduling:
    """Looks for due slots for as long as the ``with`` block lasts."""

    def __init__(
        self, house: House, steady: Callable[[], timedelta] = steady, look_seconds: float = LOOK_SECONDS
    ) -> None:
        self._house = house
        self._steady = steady
        self._look_seconds = look_seconds
        self._watch = ClockWatch()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="scheduling", daemon=True)

    def look(self) -> int:
        """Ask for what is due, unless the clock is in doubt; answers how many runs were asked for."""
        if not self._watch.believes(self._house.clock(), self._steady()):
            log.warning("scheduling.clock_in_doubt", now=self._house.clock().isoformat())
            return 0
        return self._house.request_due_runs()

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
            try:
                self.look()
            except (psycopg.Error, psycopg_pool.PoolTimeout, Refusal) as error:
                log.warning("scheduling.paused", error=str(error).strip())
            except Exception:  # a process edge: whatever is wrong may be mended while it looks again
                log.exception("scheduling.failed")
