"""Where tests keep what need not outlive them, and servers that keep theirs there."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from adapters.embedded.servers import Servers, open_servers

MEMORY = Path("/dev/shm")  # noqa: S108  # the folders made in it have names of their own
PREFIX = "ballast-of-"
ROOM = 4 << 30  # bytes; more than a whole run takes


def keep_in_memory() -> None:
    """Have temporary files made in memory, where the system has a place for that and room in it.

    A fresh database is three hundred small files, which a busy disk takes seconds to make and memory a tenth of
    one. They lie in a folder of this run's own and go with it: the one that pytest would share between runs it closes,
    whenever one begins, to the account that the servers have. Whoever sets TMPDIR is obeyed.
    """
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK | os.X_OK):
        return
    _remove_left_behind()
    if shutil.disk_usage(MEMORY).free >= ROOM:
        own = MEMORY / f"{PREFIX}{os.getpid()}"  # short: names of sockets must be
        own.mkdir()
        own.chmod(0o711)  # others, such as a server's account, may pass through and look at nothing
        atexit.register(shutil.rmtree, own, ignore_errors=True)
        os.environ["TMPDIR"] = tempfile.tempdir = str(own)


def _remove_left_behind() -> None:
    """What runs have left that were killed."""
    for folder in MEMORY.glob(f"{PREFIX}*"):
        pid = folder.name.removeprefix(PREFIX)
        if pid == str(os.getpid()) or not Path("/proc", pid).exists():
            shutil.rmtree(folder, ignore_errors=True)


def is_in_memory() -> bool:
    """Whether temporary files are."""
    return Path(tempfile.gettempdir()).is_relative_to(MEMORY)


@contextmanager
def servers(prefix: str, database_url: str | None = None, redis_url: str | None = None) -> Iterator[Servers]:
    """A private PostgreSQL and Redis for as long as the ``with`` block lasts, or those of the addresses given."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        with open_servers(folder, database_url, redis_url) as opened:
            yield opened
    finally:
        shutil.rmtree(folder, ignore_errors=True)
