"""A folder that people drop price files into, and what is known of files that were taken in."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.price_point import PricePoint


class BrokenFile(Exception):
    """A file cannot be taken in; ``str()`` is one plain sentence."""


@dataclass(frozen=True, slots=True)
class DroppedFile:
    """What is in a file: closes of the listings named, oldest first, and what was left out.

    ``strangers`` are tickers that no listing goes by, ``unfinished`` rows of sessions that are not over.
    """

    sha256: str
    points: Sequence[PricePoint]
    symbols: Sequence[str]
    strangers: int
    unfinished: int


class DropFolder(Protocol):
    """The folder."""

    def settled(self) -> Sequence[str]:
        """The names of files that nobody writes to any more."""

    def read(self, name: str, now: datetime) -> DroppedFile | None:
        """What is in a file at a moment, None when it has gone. Raises BrokenFile."""

    def put_away(self, name: str, sentence: str, *, failed: bool) -> None:
        """Move a file to those that are done, or that have failed, with a sentence beside it."""


class TakenFiles(Protocol):
    """What is known of files that were taken in."""

    def alone(self) -> AbstractContextManager[bool]:
        """Be the only one who takes files in; whether that is so."""

    def taken_at(self, sha256: str) -> datetime | None:
        """When a file of this content was taken in."""

    def remember(self, sha256: str, name: str, at: datetime, sentence: str) -> None:
        """A file was taken in."""
