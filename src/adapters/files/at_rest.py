"""Which files in a watched folder are meant to be read, and when they have come to rest.

A file whose name begins with a dot or ends like an unfinished download is not looked at, nor is what is no file. One is
at rest when nobody has written to it for some seconds; who copies slowly had better copy elsewhere and rename.
"""

import stat
from pathlib import Path

QUIET_SECONDS = 5.0
UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".download", "~")


def is_wanted(path: Path) -> bool:
    """Whether it is a file that is meant to be read. Raises FileNotFoundError when it is gone."""
    if path.name.startswith(".") or path.name.endswith(UNFINISHED):
        return False
    return stat.S_ISREG(path.lstat().st_mode)


def is_at_rest(path: Path, now: float) -> bool:
    """Whether nobody has written to it of late; ``now`` is in seconds since 1970. Raises FileNotFoundError."""
    return abs(now - path.lstat().st_mtime) >= QUIET_SECONDS
