"""The worker role: does jobs until told to stop."""

from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self

import dramatiq

from adapters.redis.queue import MESSAGES_QUEUE, QUEUE, REVIEWS_QUEUE, RUNS_QUEUE
from api import actors
from api.collector import calm_the_collector
from api.wiring import House

THREADS = 4
PREFETCHED_JOBS = 100  # fewer leave a thread idle between jobs
IDLE_POLL_MILLISECONDS = 10

SLOW_QUEUES = (RUNS_QUEUE, MESSAGES_QUEUE)
SLOW_THREADS = 2
SLOW_POLL_MILLISECONDS = 100
STOP_MILLISECONDS, SLOW_STOP_MILLISECONDS = 8_000, 5_000
"""What takes longer to end is left: another worker begins with it again."""


class Worker:
    """Worker threads in this process, for as long as the ``with`` block lasts."""

    def __init__(self, house: House, threads: int = THREADS) -> None:
        self._house = house
        actors.declare(house)
        self._worker = dramatiq.Worker(
            house.queue, queues={QUEUE}, worker_threads=threads, worker_timeout=IDLE_POLL_MILLISECONDS
        )
        self.slow = [
            dramatiq.Worker(
                house.queue,
                queues={queue},
                worker_threads=SLOW_THREADS,
                worker_timeout=SLOW_POLL_MILLISECONDS,
            )
            for queue in (*SLOW_QUEUES, *([REVIEWS_QUEUE] if house.reviewing else []))
        ]
        # Dramatiq's own variable for this is read when it is first imported, which is long before.
        self._worker.queue_prefetch = PREFETCHED_JOBS
        # A worker inside another program must say itself that it has booted, or time limits do nothing.
        house.queue.emit_after("process_boot")

    @property
    def takes_jobs(self) -> bool:
        """Whether it begins with another job once it is done with one."""
        return any(thread.running for thread in self._worker.workers)

    def __enter__(self) -> Self:
        # What happened at brokers while nobody listened is not known: first the books are compared.
        for portfolio_id in self._house.books.connected():
            self._house.reconcile.require(portfolio_id, "A worker started.")
        calm_the_collector()
        self._worker.start()
        for worker in self.slow:
            worker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Every queue at once: together they take as long as the slowest, which is less than a supervisor waits."""
        with ThreadPoolExecutor(1 + len(self.slow)) as stopping:
            ends = [stopping.submit(self._worker.stop, STOP_MILLISECONDS)]
            ends += [stopping.submit(worker.stop, SLOW_STOP_MILLISECONDS) for worker in self.slow]
        for end in ends:
            end.result()
