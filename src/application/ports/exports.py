"""What an export needs from outside: rows as they stood at one moment, files, and a place to put them."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol
from uuid import UUID

from domain.exports.extract import Extract, Sheet
from domain.exports.wanted import ExportedFile, Form
from domain.refusals import Refusal
from domain.runs.state import Run


class ExportFailed(Refusal):
    """There is no export; the text says why in a sentence."""

    kind = "export-failed"


class Extracts(Protocol):
    """Where rows come from."""

    def of(self, run: Run) -> AbstractContextManager[Extract]:
        """What an export is to hold, at one moment that lasts as long as the ``with`` block.

        Raises ExportFailed when not all of it can be told.
        """


class Place(Protocol):
    """Where one export goes."""

    @property
    def name(self) -> str:
        """It in words, such as ``file:2026/0199…``."""

    def manifest(self) -> bytes | None:
        """What stands in the manifest that is there; then all of the export is."""

    def drafting(self) -> AbstractContextManager[Path]:
        """An empty folder to write the files into; what an earlier attempt left in it is gone."""

    def publish(self, drafted: Path, names: Sequence[str], manifest: bytes) -> None:
        """Put drafted files where they belong, the manifest last: who sees it sees all. Raises ExportFailed.

        Where somebody was faster, what is there stays.
        """


class Places(Protocol):
    """Every place that an export may go to."""

    def check(self, destination: str) -> None:
        """Raise Invalid for a destination that no export of this program can go to."""

    def remove(self, destination: str, run_id: UUID) -> bool:
        """Take a published export away, all of it at once; answers whether it was there.

        Nothing is taken out of a bucket. Raises ExportFailed.
        """

    def place(self, destination: str, run_id: UUID) -> Place:
        """The place of one export, of nobody else's, at a destination. Raises Invalid."""


class WriteFile(Protocol):
    """Writes a sheet as a file of its form."""

    def __call__(self, sheet: Sheet, form: Form, path: Path, progress: Callable[[int], None]) -> ExportedFile:
        """Write all of it, in flat memory, and see that it is on the disk; ``progress`` hears the rows done so far."""


class Progress(Protocol):
    """How far exports have come, for whoever waits for one."""

    def tell(self, run_id: UUID, rows_done: int, rows_in_all: int) -> None:
        """Say how far one has come."""
