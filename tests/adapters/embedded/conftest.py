"""A data folder, programs of their own to be killed, and a look at which processes are left on a folder."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from adapters.embedded.folder import DataFolder

SOURCES = Path(__file__).parents[3] / "src"


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "data"
    # Where the path is too long for a socket, this is in the temporary directory.
    shutil.rmtree(DataFolder(tmp_path / "data").sockets, ignore_errors=True)


@pytest.fixture
def program() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start Python source as a process of its own, with arguments; it should end when its input does."""
    started: list[subprocess.Popen[str]] = []

    def start(source: str, *arguments: object) -> subprocess.Popen[str]:
        words = [sys.executable, "-c", source, *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": f"{SOURCES}:{':'.join(sys.path)}"}
        pipe = subprocess.PIPE
        started.append(subprocess.Popen(words, env=environment, stdin=pipe, stdout=pipe, text=True))
        return started[-1]

    yield start
    for process in started:
        with process:  # closes its input and output
            pass
        assert process.returncode in (0, -signal.SIGKILL)


@pytest.fixture
def processes_on() -> Callable[[Path], list[str]]:
    """Answer the command lines of the processes whose working directory is in a data folder."""

    def look(data: Path) -> list[str]:
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if (process / "cwd").readlink().is_relative_to(data.resolve()):
                    found.append((process / "cmdline").read_text().replace("\0", " "))
            except OSError:
                continue
        return found

    return look


@pytest.fixture(autouse=True)
def _nothing_is_left(tmp_path: Path, processes_on: Callable[[Path], list[str]]) -> Iterator[None]:
    """No test of this folder may leave a server running."""
    yield
    assert processes_on(tmp_path) == []
