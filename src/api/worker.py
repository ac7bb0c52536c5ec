"""The worker role: does jobs until told to stop."""

import gc
import os
from types import TracebackType
from typing import Self

import dramatiq

from api import actors
from api.wiring import House

# Dramatiq reads this once, when it is imported; few prefetched jobs leave a thread idle between them.
os.environ.setdefault("dramatiq_queue_prefetch", "100")

THREADS = 4
IDLE_POLL_MILLISECONDS = 10


class Worker:
    """Worker threads in this process, for as long as the ``with`` block lasts."""

    def __init__(self, house: House, threads: int = THREADS) -> None:
        actors.declare(house)
        self._worker = dramatiq.Worker(
            house.queue, worker_threads=threads, worker_timeout=IDLE_POLL_MILLISECONDS
        )
        # A worker inside another program must say itself that it has booted, or time limits do nothing.
        house.queue.emit_after("process_boot")

    def __enter__(self) -> Self:
        calm_the_collector()
        self._worker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._worker.stop()


def calm_the_collector() -> None:
    """Spare what is there for good from every collection, and collect in larger strides.

    Thousands of cached positions are looked through by each full collection, in the middle of a decision.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
