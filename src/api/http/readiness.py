"""Whether the servers that Ballast needs answer: all that a stranger is told, and asked once a second at most."""

import time
from collections.abc import Callable
from threading import Lock

BELIEVED_SECONDS = 1.0


class Readiness:
    """Asks for everybody who wants to know at the same time, so that a flood of probes costs one question a second."""

    def __init__(self, ask: Callable[[], bool], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._monotonic = monotonic
        self._asking = Lock()
        self._known: tuple[float, bool] | None = None

    def __call__(self) -> bool:
        """Whether they do. While one asks, others get the answer before; only a first one is waited for."""
        known = self._known
        if known is not None and self._monotonic() < known[0]:
            return known[1]
        if not self._asking.acquire(blocking=known is None):
            return known is not None and known[1]
        try:
            return self._asked_anew(known)
        finally:
            self._asking.release()

    def _asked_anew(self, before: tuple[float, bool] | None) -> bool:
        known = self._known
        if known is not None and known is not before:  # somebody was faster
            return known[1]
        answer = self._ask()
        self._known = self._monotonic() + BELIEVED_SECONDS, answer
        return answer
