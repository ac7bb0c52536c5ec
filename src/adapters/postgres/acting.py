"""For whom this thread or task works, which is for whom its connections see rows.

It is the house where nothing else is said: workers, followers, the command line. A request says it before anything else
(`api/http/acting.py`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

HOUSE = None
"""Whoever sees every row."""

NOBODY = ""
"""Whoever sees what belongs to nobody, and no row of a person."""

_acting: ContextVar[str | None] = ContextVar("acting", default=HOUSE)


def acting_person() -> str | None:
    """The id of the person that this works for; ``NOBODY``, or ``HOUSE``."""
    return _acting.get()


def go_on_for(person: str | None) -> None:
    """Work for somebody else from here on, within an ``acting_for``."""
    _acting.set(person)


@contextmanager
def acting_for(person: str | None) -> Iterator[None]:
    """Work for somebody, for the length of the block."""
    token = _acting.set(person)
    try:
        yield
    finally:
        _acting.reset(token)
