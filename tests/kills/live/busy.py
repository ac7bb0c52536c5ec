"""Threads that play the world around Ballast, and hand on what went wrong in them."""

import threading
from types import TracebackType
from typing import Self

from kills.live.requests import Requests

STOP_SECONDS_MAX = 70.0


class Busy:
    """Does ``step`` again and again, for as long as the ``with`` block lasts."""

    def __init__(self, name: str, requests: Requests | None = None) -> None:
        self._requests = requests
        self.stopping = threading.Event()
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def requests(self) -> Requests:
        """How it asks Ballast."""
        assert self._requests is not None
        return self._requests

    def step(self) -> None:
        """Do a little."""
        raise NotImplementedError

    def check(self) -> None:
        """Raise what ended it, if anything did."""
        if self._failure is not None:
            raise self._failure

    def stop(self) -> None:
        """Let it finish what it has begun."""
        self.stopping.set()
        self._thread.join(STOP_SECONDS_MAX)
        self.check()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        if self._requests is not None:
            self._thread.join(0 if kind else STOP_SECONDS_MAX)
            self._requests.close()

    def _run(self) -> None:
        try:
            while not self.stopping.is_set():
                self.step()
        except Exception as failure:  # noqa: BLE001  # the thread's edge: whoever checks is told
            self._failure = failure
