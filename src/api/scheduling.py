"""Ask for what schedules want, about once a second. Any number of processes may: every slot has one run."""

import time
from collections.abc import Callable
from datetime import timedelta

import structlog

from api.repeating import Repeating
from api.wiring import House
from application.runs.clock_watch import ClockWatch

log = structlog.get_logger()

LOOK_SECONDS = 1.0


def steady() -> timedelta:
    """A clock that nobody sets. Where the system has one, it runs on while the machine sleeps."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return timedelta(seconds=time.clock_gettime(clock))


class Scheduling(Repeating):
    """Looks for due slots."""

    def __init__(
        self, house: House, steady: Callable[[], timedelta] = steady, look_seconds: float = LOOK_SECONDS
    ) -> None:
        super().__init__("scheduling", look_seconds, self.look)
        self._house = house
        self._steady = steady
        self._watch = ClockWatch()

    def look(self) -> int:
        """Ask for what is due, unless the clock is in doubt; answers how many runs were asked for."""
        if not self._watch.believes(self._house.clock(), self._steady()):
            log.warning("scheduling.clock_in_doubt", now=self._house.clock().isoformat())
            return 0
        return self._house.request_due_runs()
