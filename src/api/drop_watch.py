"""Watches the drop folder: what is put there is taken in, for as long as the scheduler runs."""

import threading
from types import TracebackType
from typing import Self

import psycopg
import psycopg_pool
import structlog

from api.wiring import House
from domain.refusals import Refusal

log = structlog.get_logger()

LOOK_SECONDS = 2.0


class DropWatch:
    """Looks every two seconds, for as long as the ``with`` block lasts; of several processes one takes a file."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="drop-watch", daemon=True)

    def __enter__(self) -> Self:
        self._house.drop_folder.mkdir(parents=True, exist_ok=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            try:
                self._house.take_in_files()
            except (psycopg.Error, psycopg_pool.PoolTimeout, OSError, Refusal) as error:
                log.warning("drop_folder.paused", error=str(error).strip())
