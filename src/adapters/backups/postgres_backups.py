"""Backups in a folder: written beside, read to their end, and only then given their name."""

import fcntl
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg

from adapters.backups.child import finish
from adapters.backups.connecting import option_and_environment
from adapters.backups.programs import Programs, programs_for
from application.ports import Backup, BackupFailed

OURS, SUFFIX, UNFINISHED = "ballast-", ".dump", ".unfinished"
SECONDS_MAX = 50 * 60
CHECK_SECONDS_MAX = 5 * 60
"""Together less than the hour that a run may take."""

EVENTS = b"TABLE DATA public stored_events"
"""What no backup is one without."""


@dataclass(frozen=True, slots=True)
class PostgresBackups:
    """The application's Backups. ``rebuilding`` is the lock that a rebuild of read models holds.

    ``programs`` answers which to use with a server of a version.
    """

    database_url: str
    folder: Path
    kept: int
    rebuilding: int
    programs: Callable[[int], Programs] = programs_for

    def make(self, name: str) -> Backup:
        """See application.ports.Backups."""
        done = self.folder / f"{name}{SUFFIX}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._remove_unfinished()
            if not done.exists():
                self._write(done)
            kept = self._remove_earliest()
            return Backup(done.name, done.stat().st_size, kept)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise BackupFailed(f"The folder {self.folder} cannot be written to: {reason}.") from error

    def _write(self, done: Path) -> None:
        with self._alone() as server_major, self._unfinished() as file:
            programs = self.programs(server_major)
            self._dump(programs, file)
            self._check(programs, Path(file.name))
            os.fsync(file.fileno())
            Path(file.name).rename(done)
        _sync(self.folder)

    @contextmanager
    def _alone(self) -> Iterator[int]:
        """While no read model is rebuilt: its swap would wait for the dump with the whole log waiting behind it.

        Answers the server's version.
        """
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            connection.execute("select pg_advisory_lock(%s)", (self.rebuilding,))
            yield connection.info.server_version // 10_000

    @contextmanager
    def _unfinished(self) -> Iterator[IO[bytes]]:
        """A file that is removed unless it was given a name. Whoever writes into it, our child too, holds its lock."""
        with tempfile.NamedTemporaryFile(suffix=UNFINISHED, dir=self.folder, delete=False) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            try:
                yield file
            finally:
                Path(file.name).unlink(missing_ok=True)

    def _dump(self, programs: Programs, file: IO[bytes]) -> None:
        where, also = option_and_environment(self.database_url)
        options = ["--format=custom", "--no-password", where]
        finish(programs.dump, options, output=file, also=also, seconds_max=SECONDS_MAX)

    def _check(self, programs: Programs, file: Path) -> None:
        """Read its table of contents, and then everything, which a file that was cut off does not survive."""
        with tempfile.TemporaryFile() as contents:
            finish(
                programs.restore,
                ["--list", str(file)],
                output=contents,
                also={},
                seconds_max=CHECK_SECONDS_MAX,
            )
            contents.seek(0)
            if EVENTS not in contents.read():
                raise BackupFailed("The backup that was written does not hold the events.")
        finish(
            programs.restore,
            ["--file=-", str(file)],
            output=subprocess.DEVNULL,
            also={},
            seconds_max=CHECK_SECONDS_MAX,
        )

    def _remove_unfinished(self) -> None:
        """Remove what a dead process left, unless its child writes on."""
        for path in self.folder.glob(f"*{UNFINISHED}"):
            with suppress(FileNotFoundError, BlockingIOError), path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()

    def _remove_earliest(self) -> int:
        """Names begin with their moment, so that their order is that of time; answers how many are left."""
        found = sorted(self.folder.glob(f"{OURS}*{SUFFIX}"))
        for path in found[: -self.kept]:
            path.unlink(missing_ok=True)
        return min(len(found), self.kept)


def _sync(folder: Path) -> None:
    """Let the new name be on disk, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
