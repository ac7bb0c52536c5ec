"""One verification at a time in this process, shared by all who ask meanwhile."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from domain.audit.verification import Verification

KEPT_SECONDS = 600.0
"""For so long an answer waits for somebody who was told to come back."""

Progress = Callable[[str, int, int], None]
Verify = Callable[[Progress], Verification]


@dataclass(frozen=True, slots=True)
class UnderWay:
    """How far a verification has come: what it looks at, and how many events of it are behind it."""

    step: str = "events"
    done: int = 0
    in_all: int = 0


@dataclass(slots=True)
class _Work:
    under_way: UnderWay = field(default_factory=UnderWay)
    answer: Verification | None = None
    error: Exception | None = None
    ended_at: float | None = None
    over: threading.Event = field(default_factory=threading.Event)

    def run(self, verify: Verify) -> None:
        try:
            self.answer = verify(self._progress)
        except Exception as error:  # noqa: BLE001  # whoever asked gets it
            self.error = error
        self.ended_at = time.monotonic()
        self.over.set()

    def _progress(self, step: str, done: int, in_all: int) -> None:
        self.under_way = UnderWay(step, done, in_all)

    @property
    def is_old(self) -> bool:
        """Whether it ended so long ago that nobody comes back for it."""
        return self.ended_at is not None and time.monotonic() - self.ended_at > KEPT_SECONDS


class Verifying:
    """Verifies when asked."""

    def __init__(self, verify: Verify) -> None:
        self._verify = verify
        self._lock = threading.Lock()
        self._work: _Work | None = None

    def ask(self, seconds: float) -> Verification | UnderWay:
        """Verify, or join who does; answers after some seconds in any case. Raises what the verification raised.

        What ended while nobody waited is the answer to the next who asks.
        """
        with self._lock:
            if self._work is None or self._work.is_old:
                self._work = _Work()
                threading.Thread(
                    target=self._work.run, args=(self._verify,), name="verify", daemon=True
                ).start()
            work = self._work
        if not work.over.wait(seconds):
            return work.under_way
        with self._lock:
            if self._work is work:
                self._work = None
        if work.error is not None:
            raise work.error
        return work.answer or work.under_way
