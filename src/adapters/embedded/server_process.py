"""One embedded server as a direct child of ours: how it is started, awaited, and ended."""

import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from adapters.embedded.failure import EmbeddedServerFailed, said_clearly
from adapters.embedded.folder import DataFolder
from adapters.embedded.server_lock import ServerLock, record_leader, wait_until

LOG_BYTES_MAX = 10_000_000
LOG_TAIL_BYTES = 20_000
# Nothing of the caller's PGPORT, LC_ALL or TZ may decide how a server runs.
SERVER_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
# What a server says when it gives up; the first one is the cause, clients knocking too early are not.
COMPLAINT = re.compile(r"(FATAL|PANIC)(?!:  the database system is)|error:|Fatal|Bad file|Can't|Failed")


class ServerProcess:
    """A server's process, its lock and its log, the latter two named as the directory `data`, where it runs.

    `ending`: signals in the order they are tried, each with its seconds.
    """

    def __init__(
        self, name: str, folder: DataFolder, data: Path, ending: Sequence[tuple[signal.Signals, float]]
    ) -> None:
        self.name = name
        self._folder = folder
        self._data = data
        self._lock = ServerLock(folder.run / f"{data.name}.lock", ending)
        self._log_path = folder.logs / f"{data.name}.log"
        self._log_start_bytes = 0
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Process id of the server we started, None when it has ended or was never started."""
        child = self._child
        return child.pid if child is not None and child.poll() is None else None

    @contextmanager
    def claimed(self) -> Iterator[int]:
        """Hold the server's lock for a start, ending first what is left of a former server."""
        attempt = f"{self.name} cannot be started in {self._folder.root}"
        with said_clearly(attempt), self._lock.claimed() as lock:
            self._turn_the_page()
            yield lock

    def spawn(self, command: Sequence[str], lock: int) -> None:
        """Start the server itself, which from then on holds the lock."""
        self._child = self._popen(command, self._data, lock)
        record_leader(lock, self._child.pid)

    def run(self, command: Sequence[str], directory: Path, lock: int, timeout_seconds: float) -> None:
        """Run a program that prepares the server's data; raises `EmbeddedServerFailed` if it fails."""
        with self._popen(command, directory, lock) as program:
            try:
                exit_status = program.wait(timeout_seconds)
            except BaseException:
                program.kill()
                raise
        if exit_status != 0:
            raise self.failure("could not be set up")

    def wait_until_ready(self, ready: Callable[[], bool], timeout_seconds: float) -> None:
        """Wait for `ready`; raises `EmbeddedServerFailed` if the server ends first or takes longer."""
        if wait_until(lambda: self.pid is None or ready(), timeout_seconds) and self.pid is not None:
            return
        raise self.failure("did not start")

    def stop(self) -> None:
        """End the server and all it has forked, gently at first; nothing happens when nothing runs."""
        with said_clearly(f"{self.name} cannot be stopped in {self._folder.root}"), self._lock.claimed():
            child = self._child
        if child is not None:
            child.wait()

    def failure(self, what: str) -> EmbeddedServerFailed:
        """Answer the sentence to raise: what, where, and the complaint in the log since this start."""
        with self._log_path.open("rb") as log:
            log.seek(max(self._log_start_bytes, self._log_path.stat().st_size - LOG_TAIL_BYTES))
            text = log.read().decode(errors="replace")
        lines = [line.strip().rstrip(".") for line in text.splitlines() if line.strip()]
        last = lines[-1] if lines else "its log is empty"
        complaint = next((line for line in lines if COMPLAINT.search(line)), last)
        return EmbeddedServerFailed(f"{self.name} {what} in {self._folder.root}: {complaint}.")

    def _turn_the_page(self) -> None:
        self._log_start_bytes = self._log_path.stat().st_size if self._log_path.exists() else 0
        if self._log_start_bytes > LOG_BYTES_MAX:
            self._log_path.replace(self._log_path.with_suffix(".log.1"))
            self._log_start_bytes = 0

    def _popen(self, command: Sequence[str], directory: Path, lock: int) -> subprocess.Popen[bytes]:
        account = self._folder.account
        with self._open_log() as log:
            return subprocess.Popen(
                command,
                cwd=directory,
                env=SERVER_ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=(lock,),
                start_new_session=True,  # a terminal's Ctrl-C must not reach the server
                umask=0o077,
                user=None if account is None else account.uid,
                group=None if account is None else account.gid,
                extra_groups=None if account is None else (),
            )

    def _open_log(self) -> BinaryIO:
        return os.fdopen(os.open(self._log_path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab")
