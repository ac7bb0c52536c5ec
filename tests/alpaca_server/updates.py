"""Trade updates on their way to whoever listens, and what a test lets go wrong with them."""

import random
import threading
from abc import ABC, abstractmethod

from alpaca_server import wire

STREAM = "trade_updates"


class Updates(ABC):
    """Passes updates on. Faults apply to what is told from now on, in the order in which they stand here:

    dropped updates are not duplicated, duplicates are shuffled one by one, held updates are not yet delayed.
    """

    def __init__(self) -> None:
        self.told: list[wire.JSON] = []
        """Every update that was meant to be sent."""
        self._lock = threading.RLock()
        self._drop = self._duplicate = self._delay = 0
        self._seconds = 0.0
        self._held: list[str] | None = None
        self._release_at: int | None = None
        self._random = random.Random()

    def drop(self, times: int = 1) -> None:
        """Lose the next updates."""
        with self._lock:
            self._drop = times

    def duplicate(self, times: int = 1) -> None:
        """Send each of the next updates twice."""
        with self._lock:
            self._duplicate = times

    def reorder(self, times: int, seed: int = 0) -> None:
        """Collect the next updates and send them when they are complete, in another order."""
        with self._lock:
            self.hold()
            self._release_at, self._random = times, random.Random(seed)

    def hold(self) -> None:
        """Keep updates back until ``release``."""
        with self._lock:
            self._held, self._release_at = self._held or [], None

    def release(self, seed: int | None = None) -> None:
        """Send what was kept back, in another order if there is a seed, and keep nothing back any more."""
        with self._lock:
            held, self._held, self._release_at = self._held or [], None, None
            if seed is not None:
                held = _another_order(held, random.Random(seed))
            for text in held:
                self._send(text)

    def delay(self, seconds: float, times: int = 1) -> None:
        """Send each of the next updates later; others may overtake it."""
        with self._lock:
            self._seconds, self._delay = seconds, times

    def publish(self, update: wire.JSON) -> None:
        """Tell an update to everyone who listens, as well as the faults allow."""
        text = wire.dumps({"stream": STREAM, "data": update})
        with self._lock:
            self.told.append(update)
            if self._drop > 0:
                self._drop -= 1
                return
            copies = 2 if self._duplicate > 0 else 1
            self._duplicate = max(0, self._duplicate - 1)
            for copy in [text] * copies:
                if self._held is None:
                    self._send(copy)
                else:
                    self._held.append(copy)
            if self._held is not None and len(self._held) == self._release_at:
                self._held = _another_order(self._held, self._random)
                self.release()

    def _send(self, text: str) -> None:
        seconds = self._seconds if self._delay > 0 else 0.0
        self._delay = max(0, self._delay - 1)
        self._broadcast(text, seconds)

    @abstractmethod
    def _broadcast(self, text: str, seconds: float) -> None:
        """Send a text to everybody who listens, after some seconds."""


def _another_order(texts: list[str], chance: random.Random) -> list[str]:
    """The same in an order that is certainly another, if there can be one."""
    shuffled = list(texts)
    while len(set(texts)) > 1 and shuffled == texts:
        chance.shuffle(shuffled)
    return shuffled
