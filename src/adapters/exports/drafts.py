"""Where exports are written before they go to their places: a folder for each attempt, gone with it."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from adapters.exports.own_folder import folder_below, inner_folder
from application.ports.exports import ExportFailed

UNFINISHED = ".unfinished"
"""Beside finished exports, so that they need only a new name; nobody can name it as a destination."""


@contextmanager
def drafting(folder: Path) -> Iterator[Path]:
    """An empty folder to write into; what dead processes left is removed. Raises ExportFailed."""
    try:
        drafts = inner_folder(folder, (UNFINISHED,))
        with _locked(drafts):
            _remove_left(drafts)
            draft = Path(tempfile.mkdtemp(dir=drafts))
            descriptor = _lock(draft, fcntl.LOCK_EX)
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        os.close(descriptor)


def take_away(folder: Path, parts: tuple[str, ...]) -> bool:
    """Remove a published folder: it loses its name at once and its files then, as what is left of a draft does.

    Answers whether it was there. Raises ExportFailed.
    """
    published = folder_below(folder, parts)
    if published is None:
        return False
    try:
        drafts = inner_folder(folder, (UNFINISHED,))
        with _locked(drafts):
            published.rename(taken := drafts / published.name)
            shutil.rmtree(taken, ignore_errors=True)
    except OSError as error:
        raise unwritable(folder, error) from error
    return True


def unwritable(folder: Path, error: OSError) -> ExportFailed:
    """What to say of a folder that does not take an export."""
    return ExportFailed(
        f"The folder {folder} cannot be written to: {error.strerror or type(error).__name__}."
    )


def _remove_left(drafts: Path) -> None:
    """Whoever writes a draft holds its lock, which ends with the process."""
    for left in drafts.iterdir():
        try:
            os.close(_lock(left, fcntl.LOCK_EX | fcntl.LOCK_NB))
        except BlockingIOError:
            continue
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    descriptor = _lock(folder, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(descriptor)


def _lock(folder: Path, how: int) -> int:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, how)
    except BlockingIOError:
        os.close(descriptor)
        raise
    return descriptor
