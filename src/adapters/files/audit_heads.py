"""Heads of the audit chain in a file: a line of JSON each, written to its end and to the disk before it counts."""

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from application.ports.heads import BrokenHeads
from domain.audit.chain import Head

TAIL_BYTES = 4_096
"""Many times as long as a line."""


class HeadsFile:
    """The application's Heads. Without a path there are none, and none are kept."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def latest(self) -> Head | None:
        """See application.ports.heads.Heads. Raises BrokenHeads when the last line is none."""
        if self._path is None or not self._path.exists():
            return None
        with self._path.open("rb") as file:
            return _last(file.fileno(), self._path)

    def all(self) -> Sequence[Head]:
        """See application.ports.heads.Heads."""
        if self._path is None or not self._path.exists():
            return ()
        whole, newline, _ = self._path.read_bytes().rpartition(b"\n")
        lines = whole.split(b"\n") if newline else []
        return [_read(line, f"line {count} of {self._path}") for count, line in enumerate(lines, start=1)]

    def keep(self, head: Head) -> None:
        """See application.ports.heads.Heads. What a crash left of a line is overwritten."""
        if self._path is None:
            return
        with _locked(self._path) as file:
            last = _last(file, self._path)
            if last is not None and last.number >= head.number:
                return
            os.ftruncate(file, _whole(file))
            os.write(file, head.model_dump_json().encode() + b"\n")
            os.fsync(file)


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    """The file, made if need be, that nobody else writes to meanwhile."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    finally:
        os.close(file)


def _tail(file: int) -> tuple[int, bytes]:
    """Where the file's last bytes begin, and these bytes."""
    begin = max(0, os.fstat(file).st_size - TAIL_BYTES)
    return begin, os.pread(file, TAIL_BYTES, begin)


def _whole(file: int) -> int:
    """The length of the file's whole lines in bytes."""
    begin, tail = _tail(file)
    return begin + tail.rfind(b"\n") + 1


def _last(file: int, path: Path) -> Head | None:
    lines = _tail(file)[1].split(b"\n")[:-1]
    return _read(lines[-1], f"the last line of {path}") if lines else None


def _read(line: bytes, where: str) -> Head:
    try:
        return Head.model_validate_json(line)
    except ValidationError:
        raise BrokenHeads(f"There is no head of the audit chain in {where}.") from None
