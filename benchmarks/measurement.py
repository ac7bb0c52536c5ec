"""How a figure is taken and shown: medians over rounds, next to the limit that was measured in the same run."""

import multiprocessing
import re
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

T = TypeVar("T")

KIBIBYTES_A_MEBIBYTE = 1024
ROOM = 1.15
"""Memory is flat where ten times as much work takes no more than this; what allocators keep varies so much."""


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


def flat(name: str, mebibytes: float, shorter: float) -> Measurement:
    """A peak of memory, which is promised to be what much less work took."""
    return Measurement(name, mebibytes, "MiB", shorter * ROOM, "less")


def in_a_process_of_its_own(work: Callable[..., T], *arguments: object) -> T:
    """What the work answers, done by a new process that has done nothing else."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as processes:
        return processes.submit(work, *arguments).result()


def peak_mebibytes() -> float:
    """The most memory that this process has had in use, without what it was started from.

    The resource usage that the system counts for a process begins with that of its parent.
    """
    found = re.search(r"^VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    if found is None:
        raise OSError("this system does not tell a process's peak of memory")
    return int(found[1]) / KIBIBYTES_A_MEBIBYTE
