"""How a figure is taken and shown: medians over rounds, next to the limit that was measured in the same run."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Measurement:
    """A figure, what it is held against, and the promise: at least, or at most, ``target``."""

    name: str
    value: float
    unit: str
    target: float | None = None
    better: Literal["more", "less"] = "more"
    note: str = ""

    @property
    def kept(self) -> bool | None:
        """Whether the promise is kept; None where nothing was promised."""
        if self.target is None:
            return None
        return self.value >= self.target if self.better == "more" else self.value <= self.target


def seconds(work: Callable[[], object], rounds: int = 5) -> float:
    """The median time of one call."""
    return statistics.median(_timed(work) for _ in range(rounds))


def each_second(work: Callable[[], object], times: int) -> list[float]:
    """The seconds that each of ``times`` calls took."""
    return [_timed(work) for _ in range(times)]


def percentile(values: list[float], percent: float) -> float:
    """The value that ``percent`` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
