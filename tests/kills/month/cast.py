"""Two schedulers, three workers and the followers of the log on a clock that runs fast, to be killed again and again.

Each is a process of its own, made ready once and then forked, so that it is back in a moment.
"""

import multiprocessing
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ctypes import c_double
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.synchronize import Semaphore

from api.following import Followers
from api.logs import configure
from api.scheduling import Scheduling, steady
from api.wiring import House
from api.worker import Worker
from domain.runs.kinds import HouseKind
from kills.programs import PATIENCE_SECONDS, Broken

BEGAN = datetime(2026, 10, 15, tzinfo=UTC)
HOUSE_SCHEDULES: Mapping[HouseKind, str] = {"retention": "0 3 * * *"}
ROLES = ("scheduler", "scheduler", "worker", "worker", "worker", "projections")
LOOK_SECONDS = 0.1


@dataclass(frozen=True)
class FastClock:
    """So many times as fast as the machine's, from ``BEGAN`` until ``until``; it stands still before and after.

    ``started`` is shared by all, the seconds since 1970 at which it was let go; 0 until then. It has no lock, which
    somebody might die with.
    """

    started: c_double
    times: float
    until: datetime

    def go(self) -> None:
        """Let time pass."""
        self.started.value = time.time()

    def now(self) -> datetime:
        """Its time."""
        passed = time.time() - self.started.value if self.started.value else 0.0
        return min(BEGAN + timedelta(seconds=passed * self.times), self.until)

    def steady(self) -> timedelta:
        """As fast, by the clock that nobody can set."""
        return steady() * self.times


def play(role: str, addresses: tuple[str, str], clock: FastClock, ready: Semaphore) -> None:
    """Be a scheduler, a worker or the followers of the log until killed."""
    configure("error")
    house = House(*addresses, clock=clock.now, house_schedules=HOUSE_SCHEDULES)
    part: Scheduling | Worker | Followers
    match role:
        case "scheduler":
            part = Scheduling(house, clock.steady, LOOK_SECONDS)
        case "worker":
            part = Worker(house)
        case _:
            part = Followers(house)
    with part:
        ready.release()
        threading.Event().wait()


@dataclass
class Cast:
    """The processes by their places in ``ROLES``."""

    context: ForkServerContext
    addresses: tuple[str, str]
    clock: FastClock
    ready: Semaphore
    playing: dict[int, ForkServerProcess] = field(default_factory=dict)
    killed: Counter[str] = field(default_factory=Counter)

    def begin(self, place: int) -> None:
        """Begin one."""
        words = (ROLES[place], self.addresses, self.clock, self.ready)
        self.playing[place] = self.context.Process(target=play, args=words, daemon=True)
        self.playing[place].start()

    def kill(self, place: int) -> None:
        """End one as a power cut would, and begin another in its place."""
        self.stop(place)
        self.killed[ROLES[place]] += 1
        self.begin(place)

    def stop(self, place: int) -> None:
        """End one."""
        self.playing[place].kill()
        self.playing[place].join()


@contextmanager
def on_stage(addresses: tuple[str, str], times: float, until: datetime) -> Iterator[Cast]:
    """All of them at work, and time passing. However it ends, nothing is left running. Raises Broken."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([play.__module__])
    clock = FastClock(context.RawValue(c_double), times, until)
    cast = Cast(context, addresses, clock, context.Semaphore(0))
    try:
        for place in range(len(ROLES)):
            cast.begin(place)
        if not all(cast.ready.acquire(timeout=PATIENCE_SECONDS) for _ in ROLES):
            raise Broken(f"not all began within {PATIENCE_SECONDS:g} s each")
        clock.go()
        yield cast
    finally:
        for place in cast.playing:
            cast.stop(place)
