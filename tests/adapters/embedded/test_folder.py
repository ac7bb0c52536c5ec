"""The data folder: its parts, its sockets' place, its one owner."""

import os
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.embedded.failure import EmbeddedServerFailed
from adapters.embedded.folder import SOCKET_PATH_BYTES_MAX, DataFolder, InstanceRunning

StartProgram = Callable[..., subprocess.Popen[str]]
LOCK_AND_WAIT = """
import sys
from pathlib import Path
from adapters.embedded.folder import DataFolder
lock = DataFolder(Path(sys.argv[1])).lock("http://127.0.0.1:8080")
print("locked", flush=True)
sys.stdin.read()
"""


def said(program: subprocess.Popen[str]) -> str:
    """Answer the next line the program printed."""
    assert program.stdout is not None
    return program.stdout.readline()


def test_nobody_else_may_look_into_secrets_logs_and_data(data: Path) -> None:
    """Root and run may be passed through, for servers under an account of their own; the rest is closed."""
    folder = DataFolder(data)
    folder.prepare()
    for part in (folder.secrets, folder.logs, folder.postgres, folder.redis, folder.sockets):
        assert stat.S_IMODE(part.stat().st_mode) == 0o700
    for part in (folder.root, folder.run):
        assert stat.S_IMODE(part.stat().st_mode) & 0o066 == 0


def test_a_second_owner_is_told_who_the_first_is(data: Path) -> None:
    """The sentence names the folder, the owner's own words and its process."""
    lock = DataFolder(data).lock("starting")
    lock.describe("http://127.0.0.1:8080")
    with pytest.raises(
        InstanceRunning, match=rf"runs on .*data: http://127.0.0.1:8080 \(process {os.getpid()}\)"
    ):
        DataFolder(data).lock("another")
    lock.release()
    DataFolder(data).lock("another").release()


def test_a_killed_owner_leaves_no_lock(data: Path, program: StartProgram) -> None:
    """The kernel gives the folder back, however its owner ended."""
    owner = program(LOCK_AND_WAIT, data)
    assert said(owner) == "locked\n"
    with pytest.raises(InstanceRunning) as refusal:
        DataFolder(data).lock("second")
    assert refusal.value.holder.pid == owner.pid
    owner.kill()
    owner.wait()
    DataFolder(data).lock("second").release()


def test_sockets_of_a_deep_folder_are_in_a_short_place_of_its_own(tmp_path: Path) -> None:
    """Two deep folders get two places, and the same folder gets the same place again, also through a link."""
    deep, deeper = tmp_path / ("d" * 120), tmp_path / ("e" * 120)
    link = tmp_path / "link"
    deep.mkdir()
    link.symlink_to(deep)
    assert len(os.fsencode(DataFolder(deep).sockets)) < SOCKET_PATH_BYTES_MAX
    assert DataFolder(deep).sockets != DataFolder(deeper).sockets
    assert DataFolder(deep).sockets == DataFolder(link).sockets
    assert DataFolder(Path("/short")).sockets == Path("/short/run/sockets")
    assert DataFolder(Path("/with,comma")).sockets.parent == DataFolder(deep).sockets.parent


def test_a_socket_place_prepared_by_somebody_else_is_refused(tmp_path: Path) -> None:
    """In a shared temporary directory a name can be taken beforehand, for example by a link to elsewhere."""
    folder = DataFolder(tmp_path / ("d" * 120))
    folder.sockets.symlink_to(tmp_path)
    try:
        with pytest.raises(EmbeddedServerFailed, match="somebody else"):
            folder.prepare()
    finally:
        folder.sockets.unlink()


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    """A file in the way is said, not traced."""
    (tmp_path / "data").write_text("a file")
    with pytest.raises(EmbeddedServerFailed, match=r"^The data folder .* cannot be used: .*exists.*\.$"):
        DataFolder(tmp_path / "data").prepare()
