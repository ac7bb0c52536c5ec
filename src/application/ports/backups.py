"""Backups of everything, as whoever asks for one sees them."""

from typing import NamedTuple, Protocol

from domain.refusals import Refusal


class BackupFailed(Refusal):
    """There is no backup; the text says why in a sentence."""

    kind = "backup-failed"


class Backup(NamedTuple):
    """A backup that is there and was read to its end; ``kept`` is how many there are, this one among them."""

    name: str
    size_bytes: int
    kept: int


class Backups(Protocol):
    """Where backups are kept."""

    def make(self, name: str) -> Backup:
        """Make the backup of this name, which is done already if it is there; the earliest beyond a number go.

        Raises BackupFailed.
        """
