"""When a message that could not be sent is tried again, and when no more."""

from collections.abc import Sequence
from datetime import timedelta

PAUSES: Sequence[timedelta] = tuple(timedelta(minutes=minutes) for minutes in (2, 5, 10, 18, 25))
"""After the first try and each further one: six tries in an hour. Each is longer than a try may take."""


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many tries; after the last one, until whoever made it counts as dead."""
    return PAUSES[min(tries, len(PAUSES)) - 1]


def is_last(tries: int) -> bool:
    """Whether there is none after so many."""
    return tries > len(PAUSES)
