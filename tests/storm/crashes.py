"""The moments at which a process may die or be overtaken: before and after whatever it asks of the outside."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

CRITICAL = "broker."
CRITICAL_TIMES = 4
"""Where a call to a broker is under way, it happens so many times as often."""


class Crashed(BaseException):
    """The process is gone. No ``except Exception`` of the program sees it, as none sees a real death."""


class Moments:
    """Decides at every moment whether the process dies there, or another one comes in between.

    The other one is ``meanwhile``: a whole step of another process, which must not be interrupted by a third.
    """

    def __init__(self, chance: Random, crash_rate: float, meanwhile_rate: float) -> None:
        self._chance = chance
        self._crash_rate = crash_rate
        self._meanwhile_rate = meanwhile_rate
        self._alone = False
        self.meanwhile: Callable[[], None] = lambda: None
        self.calm = False
        """Whether nothing happens at any moment any more."""
        self.reached: Counter[str] = Counter()
        self.crashed: Counter[str] = Counter()
        self.overtaken: Counter[str] = Counter()

    def reach(self, name: str, *, locked: bool = False) -> None:
        """Come to a moment; ``locked`` says that nobody else could do anything now. Raises Crashed."""
        self.reached[name] += 1
        if self.calm:
            return
        times = CRITICAL_TIMES if name.startswith(CRITICAL) else 1
        drawn = self._chance.random() / times
        if drawn < self._crash_rate:
            self.crashed[name] += 1
            raise Crashed(name)
        if drawn < self._crash_rate + self._meanwhile_rate and not locked and not self._alone:
            self.overtaken[name] += 1
            with self.alone():
                self.meanwhile()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Within this nobody else comes in between."""
        before, self._alone = self._alone, True
        try:
            yield
        finally:
            self._alone = before
