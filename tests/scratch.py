"""Where tests keep what need not outlive them."""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  # the folders made in it have names of their own
ROOM = 4 << 30  # bytes; more than a whole run takes


def keep_in_memory() -> None:
    """Have temporary files made in memory, where the system has a place for that and room in it.

    A fresh database is three hundred small files, which a busy disk takes seconds to make and memory a tenth of
    one. Whoever sets TMPDIR is obeyed.
    """
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK | os.X_OK):
        return
    if shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)
