"""A bucket of an object store: an object is there whole or not at all, and the manifest comes last."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from uuid import UUID

from domain.exports.destination import Bucket
from domain.exports.wanted import MANIFEST


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Where the store is and how it lets us in; without an endpoint it is Amazon's own.

    ``encryption`` asks the store to encrypt what it keeps: ``AES256``, or ``aws:kms`` with a key of its own.
    """

    access_key: str
    secret_key: str = field(repr=False)
    endpoint: str | None = None
    region: str | None = None
    encryption: str | None = None
    kms_key: str | None = None


class ObjectStore(Protocol):
    """What a place in a bucket needs of its store. Every call may raise ExportFailed."""

    def read(self, bucket: str, key: str) -> bytes | None:
        """A small object's bytes, None where there is none."""

    def put(self, path: Path, bucket: str, key: str) -> None:
        """Send a file; the object appears when all of it has come."""


@dataclass(frozen=True, slots=True)
class BucketPlace:
    """The application's Place in a bucket, below a prefix of the run's own."""

    store: ObjectStore
    bucket: Bucket
    run_id: UUID
    draft: Callable[[], AbstractContextManager[Path]]

    @property
    def name(self) -> str:
        """See application.ports.exports.Place."""
        return f"s3://{self.bucket.name}/{self._key('')}".rstrip("/")

    def manifest(self) -> bytes | None:
        """See application.ports.exports.Place."""
        return self.store.read(self.bucket.name, self._key(MANIFEST))

    def drafting(self) -> AbstractContextManager[Path]:
        """See application.ports.exports.Place."""
        return self.draft()

    def publish(self, drafted: Path, names: Sequence[str], manifest: bytes) -> None:
        """See application.ports.exports.Place."""
        (drafted / MANIFEST).write_bytes(manifest)
        for name in (*names, MANIFEST):
            self.store.put(drafted / name, self.bucket.name, self._key(name))

    def _key(self, name: str) -> str:
        return "/".join(part for part in (self.bucket.prefix, str(self.run_id)) if part) + f"/{name}"
