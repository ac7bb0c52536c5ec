"""Which pg_dump reads a server: its own version or the next later one, and else it is said what is missing."""

import time
from pathlib import Path

import pytest

from adapters.backups.child import finish
from adapters.backups.programs import Programs, programs_for
from application.ports import BackupFailed

INSTALLED = [Programs(18, Path("/eighteen")), Programs(15, Path("/fifteen")), Programs(16, Path("/sixteen"))]


@pytest.mark.parametrize(("server", "taken"), [(15, 15), (16, 16), (17, 18), (18, 18), (13, 15)])
def test_its_own_version_or_the_next_later_one(server: int, taken: int) -> None:
    assert programs_for(server, INSTALLED).major == taken


def test_what_is_missing_is_said() -> None:
    with pytest.raises(
        BackupFailed, match=r"pg_dump of version 19 or later on the PATH; the latest here is 18\."
    ):
        programs_for(19, INSTALLED)
    with pytest.raises(BackupFailed, match="there is none here"):
        programs_for(15, [])


def test_the_embedded_servers_own_are_always_there() -> None:
    assert programs_for(18).major == 18
    assert programs_for(18).restore.exists()


def test_what_takes_too_long_is_ended() -> None:
    began = time.monotonic()
    with pytest.raises(BackupFailed, match="sleep took longer than 0 minutes"):
        finish(Path("/bin/sleep"), ["60"], output=-3, also={}, seconds_max=0.1)
    assert time.monotonic() - began < 30
