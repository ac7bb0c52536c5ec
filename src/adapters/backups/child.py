"""Runs a program to its end and says in a sentence what it complained of."""

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from application.ports import BackupFailed

POLL_SECONDS = 0.05
COMPLAINT_CHARACTERS_MAX = 300
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TMPDIR")


def finish(
    program: Path,
    options: Sequence[str],
    *,
    output: IO[bytes] | int,
    also: Mapping[str, str],
    seconds_max: float,
) -> None:
    """Run a program whose output goes where it is told, with PostgreSQL's own variables and ``also``.

    Raises BackupFailed with its last complaint, or when it takes too long. It does not outlive this call.
    """
    passed_on = {
        name: text for name, text in os.environ.items() if name in PASSED_ON or name.startswith("PG")
    }
    with tempfile.TemporaryFile() as complaints:
        child = subprocess.Popen(
            [program, *options],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=complaints,
            env={**passed_on, **also},
        )
        try:
            _wait(child, program, seconds_max)
        finally:
            child.kill()
            child.wait()
        if child.returncode != 0:
            complaint = _last_line(complaints)
            raise BackupFailed(f"{program.name} ended with status {child.returncode}: {complaint}.")


def _wait(child: subprocess.Popen[bytes], program: Path, seconds_max: float) -> None:
    # In short steps: a thread that waits in one piece could not be stopped.
    deadline = time.monotonic() + seconds_max
    while child.poll() is None:
        if time.monotonic() > deadline:
            raise BackupFailed(f"{program.name} took longer than {seconds_max / 60:.0f} minutes.")
        time.sleep(POLL_SECONDS)


def _last_line(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    said = complaints.read().decode(errors="replace").strip().splitlines() or ["it said nothing"]
    return said[-1].strip().rstrip(".")[:COMPLAINT_CHARACTERS_MAX]
