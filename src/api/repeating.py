"""What a role does again and again, in a thread of its own."""

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

import psycopg
import psycopg_pool
import structlog

from domain.refusals import Refusal

log = structlog.get_logger()


class Repeating:
    """Does its tasks, one after the other, every so many seconds for as long as the ``with`` block lasts.

    What goes wrong is logged, under the name, and stops neither the other tasks nor the next round.
    """

    def __init__(self, name: str, seconds: float, *tasks: Callable[[], object]) -> None:
        self._name = name
        self._seconds = seconds
        self._tasks = tasks
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(self._seconds):
            for task in self._tasks:
                try:
                    task()
                except (psycopg.Error, psycopg_pool.PoolTimeout, OSError, Refusal) as error:
                    log.warning(f"{self._name}.paused", error=str(error).strip())
                except Exception:  # a process edge: whatever is wrong may be mended by the next round
                    log.exception(f"{self._name}.failed")
