"""A folder of strategies in files, one folder for each portfolio, and what is known of files that were tried."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PolicyFiles:
    """What lies in the folder of one portfolio, named by its id, under a hash of all of it.

    ``problem`` says in one sentence why it is no strategy at all; the files are then empty.
    """

    name: str
    sha256: str
    policy: bytes = b""
    manifesto: bytes | None = None
    problem: str | None = None


class PolicyFolder(Protocol):
    """The folder."""

    def settled(self) -> Sequence[PolicyFiles]:
        """What lies in it and nobody writes to any more."""


class TriedFiles(Protocol):
    """The content of each portfolio's folder that was tried last, whatever came of it."""

    def alone(self) -> AbstractContextManager[bool]:
        """Be the only one who tries files; whether that is so."""

    def sha256(self, name: str) -> str | None:
        """The hash of what was tried last."""

    def remember(self, name: str, sha256: str, at: datetime) -> None:
        """It was tried."""
