"""The lock that tells whether anything of a server is left, and how what is left is ended.

The lock file is opened and locked by us and inherited by the server and by whatever it forks, so the kernel
answers "does anything of a former server still run here?": no process id is mistaken for another after a
container's restart, no unreaped zombie counts as alive, and backends that outlive a killed postmaster count
until they end.
"""

import fcntl
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from adapters.embedded.failure import EmbeddedServerFailed

POLL_SECONDS = 0.01
ORPHANS_GRACE_SECONDS = 3.0
KILL_SECONDS = 10.0


def wait_until(condition: Callable[[], bool], timeout_seconds: float) -> bool:
    """Ask `condition` every ten milliseconds; answers whether it came true in time."""
    deadline = time.monotonic() + timeout_seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


class ServerLock:
    """Held by one server and its forks. `ending`: the signals to try, each with its seconds.

    Whoever uses it owns the data folder: whichever server holds the lock already is a leftover.
    """

    def __init__(self, path: Path, ending: Sequence[tuple[signal.Signals, float]]) -> None:
        self._path = path
        self._ending = ending
        self._one_at_a_time = threading.Lock()

    @contextmanager
    def claimed(self) -> Iterator[int]:
        """Hold the lock, ending first whatever holds it; answers the descriptor for the server to inherit.

        Raises `EmbeddedServerFailed` if a leftover survives even SIGKILL (stuck in the disk's driver).
        """
        with self._one_at_a_time:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                if not _take(descriptor):
                    self._end_holders(descriptor)
                os.ftruncate(descriptor, 0)
                yield descriptor
            finally:
                os.close(descriptor)

    def _end_holders(self, descriptor: int) -> None:
        leader = _recorded_leader(descriptor)
        for number, seconds in self._ending:
            if leader not in self._holders(leader):
                break
            _send(leader, number)
            if wait_until(lambda: _take(descriptor), seconds):
                return
        # The leader is gone or deaf. Its forks notice by themselves unless busy; both survive a kill.
        if wait_until(lambda: _take(descriptor), ORPHANS_GRACE_SECONDS):
            return
        for pid in self._holders(leader):
            _send(pid, signal.SIGKILL)
        if not wait_until(lambda: _take(descriptor), KILL_SECONDS):
            raise EmbeddedServerFailed(
                f"A former server (process {leader}) holds {self._path} and does not end, even if killed."
            )

    def _holders(self, leader: int) -> set[int]:
        """Answer who else has the lock file open; without /proc (macOS), the recorded leader."""
        if sys.platform != "linux":
            return {leader} - {0}
        holders = set()
        for descriptors in Path("/proc").glob("[0-9]*/fd"):
            with suppress(OSError):  # ended meanwhile, or not ours to look at
                if any(entry.readlink() == self._path for entry in descriptors.iterdir()):
                    holders.add(int(descriptors.parent.name))
        return holders - {os.getpid()}


def record_leader(descriptor: int, pid: int) -> None:
    """Write into the claimed lock which process the server's ending signals go to."""
    os.pwrite(descriptor, str(pid).encode(), 0)


def _recorded_leader(descriptor: int) -> int:
    text = os.pread(descriptor, 20, 0)
    return int(text) if text.isdigit() else 0


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _send(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)
