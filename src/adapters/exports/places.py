"""Places that exports go to: the folder of exports, and buckets where a store is configured."""

import errno
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from adapters.exports.bucket import BucketPlace, ObjectStore
from adapters.exports.drafts import drafting, take_away, unwritable
from adapters.exports.own_folder import file_below, inner_folder, move_folder
from application.ports.exports import Place
from domain.exports.destination import Bucket, Folder, destination_of
from domain.exports.wanted import MANIFEST
from domain.refusals import Invalid

THERE_ALREADY = (errno.ENOTEMPTY, errno.EEXIST)


@dataclass(frozen=True, slots=True)
class ExportPlaces:
    """The application's Places. ``store`` is the object store that is configured, None where none is.

    ``buckets`` are those that exports may go to, None for every one that the store's keys reach.
    """

    folder: Path
    store: Callable[[], ObjectStore | None]
    buckets: Sequence[Bucket] | None = None

    def check(self, destination: str) -> None:
        """See application.ports.exports.Places."""
        wanted = destination_of(destination)
        if isinstance(wanted, Bucket):
            self._configured(wanted)

    def place(self, destination: str, run_id: UUID) -> Place:
        """See application.ports.exports.Places."""
        match destination_of(destination):
            case Folder(parts):
                return FolderPlace(self.folder, (*parts, str(run_id)))
            case Bucket() as bucket:
                return BucketPlace(self._configured(bucket), bucket, run_id, lambda: drafting(self.folder))

    def remove(self, destination: str, run_id: UUID) -> bool:
        """See application.ports.exports.Places."""
        match destination_of(destination):
            case Folder(parts):
                return take_away(self.folder, (*parts, str(run_id)))
            case Bucket():
                return False

    def file(self, destination: str, run_id: UUID, name: str) -> Path | None:
        """Where a published file is, None where it is not on this machine, or has gone."""
        match destination_of(destination):
            case Folder(parts):
                return file_below(self.folder, (*parts, str(run_id)), name)
            case Bucket():
                return None

    def _configured(self, wanted: Bucket) -> ObjectStore:
        store = self.store()
        if store is None:
            raise Invalid(
                "destination",
                "No object store is configured here: BALLAST_S3_ACCESS_KEY and BALLAST_S3_SECRET_KEY.",
            )
        if self.buckets is not None and not any(each.holds(wanted) for each in self.buckets):
            raise Invalid("destination", "BALLAST_EXPORT_DESTINATIONS does not name this bucket and prefix.")
        return store


@dataclass(frozen=True, slots=True)
class FolderPlace:
    """The application's Place in the folder of exports: a folder of the run's own, which appears whole."""

    folder: Path
    parts: tuple[str, ...]

    @property
    def name(self) -> str:
        """See application.ports.exports.Place."""
        return f"file:{'/'.join(self.parts)}"

    def manifest(self) -> bytes | None:
        """See application.ports.exports.Place."""
        path = file_below(self.folder, self.parts, MANIFEST)
        return None if path is None else path.read_bytes()

    def drafting(self) -> AbstractContextManager[Path]:
        """See application.ports.exports.Place."""
        return drafting(self.folder)

    def publish(self, drafted: Path, names: Sequence[str], manifest: bytes) -> None:  # all goes at once
        """See application.ports.exports.Place."""
        *outer, own = self.parts
        try:
            (drafted / MANIFEST).write_bytes(manifest)
            move_folder(drafted, inner_folder(self.folder, tuple(outer)) / own)
        except OSError as error:
            if error.errno not in THERE_ALREADY:
                raise unwritable(self.folder.joinpath(*outer), error) from error
