"""A file that is hashed while it is written, and on the disk before it counts."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from domain.exports.wanted import ExportedFile

BLOCK_BYTES = 1 << 20


class Hashing:
    """Passes on what is written to a file, and knows its size in bytes and its SHA-256."""

    closed = False

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.size_bytes = 0

    def write(self, block: bytes) -> int:
        """Write a block."""
        self._hash.update(block)
        self.size_bytes += len(block)
        return self._file.write(block)

    def flush(self) -> None:
        """See io.IOBase."""
        self._file.flush()

    def close(self) -> None:
        """The file is closed by whoever opened it."""

    def tell(self) -> int:
        """How much has been written."""
        return self.size_bytes

    def written(self, name: str, rows: int | None) -> ExportedFile:
        """What was written, by now."""
        return ExportedFile(name=name, rows=rows, size_bytes=self.size_bytes, sha256=self._hash.hexdigest())


@contextmanager
def hashed(path: Path) -> Iterator[Hashing]:
    """A new file to write; at the end of the block it is on the disk."""
    with path.open("xb", buffering=BLOCK_BYTES) as file:
        yield Hashing(file)
        file.flush()
        os.fsync(file.fileno())


def sha256_of(path: Path) -> str:
    """A file's hash in hexadecimal digits, read in flat memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
