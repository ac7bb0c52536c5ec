"""A backup holds everything, is whole or is not there, and the latest are kept."""

import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.rows import dict_row
from psycopg.sql import SQL, Identifier

from adapters.backups.postgres_backups import PostgresBackups
from adapters.backups.programs import Programs, programs_for
from api.wiring import House
from application.ports import BackupFailed
from examples import eventually, open_example
from projections.catalogue import READ_MODELS
from projections.rebuild import REBUILD_LOCK, Rebuild

REAL = programs_for(18)


@pytest.fixture
def backups(house: House, tmp_path: Path) -> PostgresBackups:
    """Backups of a house with something in it."""
    open_example(house)
    return PostgresBackups(house.database_url, tmp_path / "backups", 3, REBUILD_LOCK)


@pytest.fixture
def pretending(backups: PostgresBackups, tmp_path: Path) -> Callable[[str], PostgresBackups]:
    """Backups whose ``pg_dump`` is a shell script; in it ``$real`` is the true one."""

    def make(script: str) -> PostgresBackups:
        folder = tmp_path / "programs"
        folder.mkdir()
        dump = folder / "pg_dump"
        dump.write_text(f"#!/bin/sh\nreal={REAL.dump}\nhere={tmp_path}\n{script}\n")
        dump.chmod(0o700)
        (folder / "pg_restore").symlink_to(REAL.restore)
        return replace(backups, programs=lambda _: Programs(18, folder))

    return make


def files(backups: PostgresBackups) -> list[str]:
    """What lies in the folder."""
    return sorted(path.name for path in backups.folder.iterdir())


def test_what_is_restored_is_what_was_there(
    house: House, backups: PostgresBackups, empty_database: str
) -> None:
    """Every table row for row, and every read model is what the restored events say."""
    made = backups.make("ballast-1")
    options = ["--exit-on-error", f"--dbname={empty_database}", str(backups.folder / made.name)]
    subprocess.run([REAL.restore, *options], check=True, timeout=60)
    restored = House(empty_database, house.redis_url)
    tables = SQL("select tablename from pg_tables where schemaname = 'public' order by tablename")
    with (
        house.pool.connection() as before,
        psycopg.connect(empty_database, autocommit=True, row_factory=dict_row) as after,
    ):
        names = [row["tablename"] for row in before.execute(tables)]
        assert names == [row["tablename"] for row in after.execute(tables)]
        for name in names:
            rows = SQL("select t::text as row from {} t order by t::text").format(Identifier(name))
            assert before.execute(rows).fetchall() == after.execute(rows).fetchall(), name
        for rebuilt in Rebuild(after, restored.log, READ_MODELS).run(lambda step, done, total: None):
            assert rebuilt.equal, rebuilt
    restored.close()
    assert "stored_events" in names


def test_nobody_else_may_read_it(backups: PostgresBackups) -> None:
    made = backups.make("ballast-1")
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (backups.folder, backups.folder / made.name)]
    assert modes == [0o700, 0o600]


def test_the_latest_are_kept_and_other_files_are_let_be(backups: PostgresBackups) -> None:
    backups.folder.mkdir()
    (backups.folder / "mine.dump").touch()
    kept = [backups.make(f"ballast-{number}").kept for number in (2, 3, 1, 4, 5)]
    assert kept == [1, 2, 3, 3, 3]
    assert files(backups) == ["ballast-3.dump", "ballast-4.dump", "ballast-5.dump", "mine.dump"]


def test_one_that_is_there_is_not_written_again(backups: PostgresBackups) -> None:
    """A worker died after it was done and before it said so."""
    first = backups.make("ballast-1")
    written = (backups.folder / first.name).stat().st_mtime_ns
    assert backups.make("ballast-1") == first
    assert (backups.folder / first.name).stat().st_mtime_ns == written


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ('"$real" "$@" | head -c 20000', "pg_restore ended with status 1"),
        ("echo nonsense", "pg_restore ended with status 1"),
        ('"$real" --exclude-table=stored_events "$@"', "does not hold the events"),
        (
            "echo 'pg_dump: error: the cable is out.' >&2; exit 1",
            "status 1: pg_dump: error: the cable is out.",
        ),
        ("exit 3", "pg_dump ended with status 3: it said nothing."),
    ],
    ids=["cut off", "nonsense", "without the events", "complaining", "silent"],
)
def test_what_is_not_whole_is_no_backup(
    pretending: Callable[[str], PostgresBackups], script: str, reason: str
) -> None:
    """Nothing is left of it, and the ones before stay."""
    backups = pretending(script)
    replace(backups, programs=programs_for).make("ballast-0")
    with pytest.raises(BackupFailed, match=reason):
        backups.make("ballast-1")
    assert files(backups) == ["ballast-0.dump"]


def test_a_password_is_not_shown_to_who_lists_processes(
    pretending: Callable[[str], PostgresBackups], tmp_path: Path
) -> None:
    backups = pretending('echo "$@" > "$here/said"; echo "$PGPASSWORD" > "$here/given"; exec "$real" "$@"')
    with_password = make_conninfo(backups.database_url, password="hush")
    replace(backups, database_url=with_password).make("ballast-1")
    assert "hush" not in (tmp_path / "said").read_text()
    assert (tmp_path / "given").read_text() == "hush\n"


def test_it_waits_while_read_models_are_rebuilt(
    house: House, pretending: Callable[[str], PostgresBackups], tmp_path: Path
) -> None:
    """Their swap would wait for the dump, and the whole log for the swap."""
    backups = pretending('touch "$here/begun"; exec "$real" "$@"')
    waiting = "select from pg_stat_activity where query like 'select pg_advisory_lock%' and wait_event_type = 'Lock'"
    with psycopg.connect(house.database_url, autocommit=True) as rebuild:
        rebuild.execute("select pg_advisory_lock(%s)", (REBUILD_LOCK,))
        making = threading.Thread(target=backups.make, args=("ballast-1",))
        making.start()
        eventually(lambda: rebuild.execute(waiting.encode()).fetchone() is not None)
        assert not (tmp_path / "begun").exists()
    making.join(20)
    assert files(backups) == ["ballast-1.dump"]


MAKE_ONE = """
import sys
from pathlib import Path
from adapters.backups.postgres_backups import PostgresBackups
from adapters.backups.programs import Programs
database_url, folder, programs = sys.argv[1:]
PostgresBackups(database_url, Path(folder), 3, 1, lambda _: Programs(18, Path(programs))).make("ballast-1")
"""


def test_what_a_killed_process_leaves_is_removed_once_nobody_writes_it(
    pretending: Callable[[str], PostgresBackups], tmp_path: Path
) -> None:
    """Its pg_dump may outlive it for a while, and must not be pulled the file from under."""
    backups = pretending('echo $$ > "$here/writing"; mv "$here/writing" "$here/pid"; exec sleep 60')
    words = [
        sys.executable,
        "-c",
        MAKE_ONE,
        backups.database_url,
        str(backups.folder),
        str(tmp_path / "programs"),
    ]
    source = str(Path(__file__).parents[3] / "src")
    with subprocess.Popen(words, env={**os.environ, "PYTHONPATH": source}) as killed:
        eventually(lambda: (tmp_path / "pid").exists() or killed.poll() is not None)
        killed.kill()
    child = int((tmp_path / "pid").read_text())
    working = replace(backups, programs=programs_for)
    try:
        working.make("ballast-2")
        assert len(files(backups)) == 2
    finally:
        os.kill(child, signal.SIGKILL)
    eventually(lambda: len(files(backups)) == 2 and not _lives(child))
    working.make("ballast-3")
    assert files(backups) == ["ballast-2.dump", "ballast-3.dump"]


def test_a_folder_that_cannot_be_used_is_said_in_a_sentence(backups: PostgresBackups, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BackupFailed, match=r"The folder .*/file cannot be written to: File exists\."):
        replace(backups, folder=tmp_path / "file").make("ballast-1")


def _lives(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
