"""How far long work has come, on standard error: bars on a terminal, elsewhere a line now and then."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

SECONDS_BETWEEN_LINES = 10.0
"""What is over sooner says nothing, so that the mails of nightly jobs stay short."""

Tell = Callable[[str, int, int | None], None]
"""Called with (what is done, how much of it is, and how much it will be, None while nobody knows)."""


@contextmanager
def progress() -> Iterator[Tell]:
    """Tell of steps, one after the other or side by side."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Lines(time.monotonic, lambda line: print(line, file=sys.stderr, flush=True))
        return
    columns = (TextColumn("{task.description:<16}"), BarColumn(), TaskProgressColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=console) as shown:
        yield Bars(shown)


class Bars:
    """A bar for each step."""

    def __init__(self, shown: Progress) -> None:
        self._shown = shown
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, step: str, done: int, in_all: int | None) -> None:
        """See Tell."""
        if step not in self._tasks:
            self._tasks[step] = self._shown.add_task(step, total=in_all)
        self._shown.update(self._tasks[step], completed=done, total=in_all)


class Lines:
    """A line every ten seconds."""

    def __init__(self, seconds: Callable[[], float], say: Callable[[str], None]) -> None:
        self._seconds = seconds
        self._say = say
        self._said_at = seconds()

    def __call__(self, step: str, done: int, in_all: int | None) -> None:
        """See Tell."""
        if self._seconds() - self._said_at < SECONDS_BETWEEN_LINES:
            return
        self._said_at = self._seconds()
        self._say(f"{step}: {_so_far(done, in_all)}")


def _so_far(done: int, in_all: int | None) -> str:
    return f"{done:,} of {in_all:,} ({100 * done // in_all} %)" if in_all else f"{done:,}"
