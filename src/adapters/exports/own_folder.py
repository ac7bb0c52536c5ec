"""A folder of our own and what is below it, reached one name at a time: a link on the way is never followed.

Else what is exported could land somewhere else, or something else be handed out as an export.
"""

import errno
import os
import stat
from pathlib import Path


def inner_folder(root: Path, parts: tuple[str, ...]) -> Path:
    """A folder below the root, made where it is missing. Raises OSError, for a link or a file in its place too."""
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = root
    for part in parts:
        path /= part
        path.mkdir(mode=0o700, exist_ok=True)
        _require_folder(path)
    return path


def folder_below(root: Path, parts: tuple[str, ...]) -> Path | None:
    """A folder below the root that is there, None for anything else."""
    path = root
    try:
        for part in parts:
            path /= part
            _require_folder(path)
    except OSError:
        return None
    return path


def file_below(root: Path, parts: tuple[str, ...], name: str) -> Path | None:
    """A plain file below the root that is there, None for anything else."""
    folder = folder_below(root, parts)
    if folder is None:
        return None
    path = folder / name
    try:
        return path if stat.S_ISREG(path.lstat().st_mode) else None
    except OSError:
        return None


def move_folder(drafted: Path, to: Path) -> None:
    """Give a folder and the files in it its name at once, and see that all of it is on the disk. Raises OSError."""
    for path in drafted.iterdir():
        _sync(path)
    _sync(drafted)
    drafted.rename(to)
    _sync(to.parent)


def _sync(path: Path) -> None:
    """Let a file, or the names in a folder, outlive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _require_folder(path: Path) -> None:
    if not stat.S_ISDIR(path.lstat().st_mode):
        raise NotADirectoryError(errno.ENOTDIR, f"{path} is no folder of Ballast's", str(path))
