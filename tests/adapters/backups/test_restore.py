"""A database is restored whole or not at all, only into an empty one, and marked before anybody may use it."""

import shlex
import subprocess
import sys
from bisect import bisect_left
from pathlib import Path

import psycopg
import pytest

from adapters.backups.postgres_backups import PostgresBackups
from adapters.backups.programs import Programs, programs_for
from adapters.backups.restore import NotRestored, Restore
from adapters.postgres.migrate import UnfinishedRestore
from api.wiring import House
from examples import IN_SESSION, open_example
from people import account
from projections.rebuild import REBUILD_LOCK

REAL = programs_for(18)
RELATIONS = b"select count(*) from pg_class where relnamespace = 'public'::regnamespace"


@pytest.fixture
def backup(house: House, tmp_path: Path) -> Path:
    """A backup of a house with something in it."""
    open_example(house)
    made = PostgresBackups(house.database_url, tmp_path / "backups", 3, REBUILD_LOCK).make("ballast-1")
    return tmp_path / "backups" / made.name


def relations(database_url: str) -> int:
    """How much is in a database."""
    with psycopg.connect(database_url) as connection:
        row = connection.execute(RELATIONS).fetchone()
    assert row is not None
    return int(row[0])


def cut_within_the_rows(backup: Path) -> Path:
    """The beginning of a backup: all of its table of contents, and next to nothing more."""
    whole, cut = backup.read_bytes(), backup.with_name("cut.dump")

    def has_its_contents(size: int) -> bool:
        cut.write_bytes(whole[:size])
        return subprocess.run([REAL.restore, "--list", cut], capture_output=True, check=False).returncode == 0

    size = bisect_left(range(len(whole)), True, key=has_its_contents)
    assert has_its_contents(size)
    return cut


def interfered(tmp_path: Path, script: str) -> Programs:
    """Programs whose ``pg_restore`` is a shell script; in it ``$real`` is the true one."""
    folder = tmp_path / "programs"
    folder.mkdir()
    (folder / "pg_restore").write_text(f"#!/bin/sh\nreal={shlex.quote(str(REAL.restore))}\n{script}\n")
    (folder / "pg_restore").chmod(0o700)
    return Programs(18, folder)


def test_what_is_restored_is_marked_with_its_file(house: House, backup: Path, empty_database: str) -> None:
    Restore(empty_database)(backup, IN_SESSION)
    restored = House(empty_database, house.redis_url)
    restored.prepare_database()
    waiting = restored.restored.waiting()
    with house.pool.connection() as before, restored.pool.connection() as after:
        assert house.log.last_number(before) == restored.log.last_number(after) > 0
    restored.close()
    assert waiting is not None
    assert waiting.restoration == ("ballast-1.dump", IN_SESSION, None)


def test_a_sign_in_that_was_ended_since_does_not_come_to_life_again(
    house: House, tmp_path: Path, empty_database: str
) -> None:
    anna = account(house)
    secret = house.sign_in_by_password.begin(anna).secret.get_secret_value()
    PostgresBackups(house.database_url, tmp_path, 3, REBUILD_LOCK).make("ballast-1")
    house.keep_accounts.revoke(anna)

    Restore(empty_database)(tmp_path / "ballast-1.dump", IN_SESSION)

    restored = House(empty_database, house.redis_url)
    restored.prepare_database()
    assert restored.accounts.by_name("Anna") == anna
    assert restored.recognise.by_cookie(secret) is None
    restored.close()


def test_a_database_with_something_in_it_is_refused(house: House, backup: Path) -> None:
    before = relations(house.database_url)
    with pytest.raises(NotRestored, match="is not empty: there is the table "):
        Restore(house.database_url)(backup, IN_SESSION)
    assert relations(house.database_url) == before
    assert house.restored.may_act()


@pytest.mark.parametrize(
    ("statement", "there"),
    [
        ("create function public.f() returns int language sql return 1", "the function f"),
        ("create schema accounts", "the schema accounts"),
    ],
)
def test_whatever_is_in_it_counts(empty_database: str, backup: Path, statement: str, there: str) -> None:
    with psycopg.connect(empty_database, autocommit=True) as connection:
        connection.execute(statement.encode())
    with pytest.raises(NotRestored, match=there):
        Restore(empty_database)(backup, IN_SESSION)


def test_a_database_that_somebody_uses_is_refused(empty_database: str, backup: Path) -> None:
    with psycopg.connect(empty_database), pytest.raises(NotRestored, match="Somebody else is connected"):
        Restore(empty_database)(backup, IN_SESSION)


def test_a_file_that_is_cut_off_leaves_the_database_empty(empty_database: str, backup: Path) -> None:
    """And it may be tried again with another."""
    cut = cut_within_the_rows(backup)
    with pytest.raises(NotRestored, match=r"Nothing was restored from .*cut\.dump: pg_restore ended"):
        Restore(empty_database)(cut, IN_SESSION)
    assert relations(empty_database) == 0
    Restore(empty_database)(backup, IN_SESSION)
    assert relations(empty_database) > 0


def test_a_file_that_is_not_there_is_named(empty_database: str, tmp_path: Path) -> None:
    with pytest.raises(NotRestored, match=r"There is no file .*/gone\.dump\."):
        Restore(empty_database)(tmp_path / "gone.dump", IN_SESSION)


def test_what_was_cut_off_in_between_is_never_used(
    house: House, backup: Path, empty_database: str, tmp_path: Path
) -> None:
    """Whether it dies before the data is there, or after: a start refuses, and so does a second restore."""
    died = interfered(tmp_path, '"$real" "$@"; kill -9 $PPID')
    _restored_by_a_process_that_dies(empty_database, backup, died)
    assert relations(empty_database) > 0
    cut_off = House(empty_database, house.redis_url)
    with pytest.raises(UnfinishedRestore, match="drop it"):
        cut_off.prepare_database()
    cut_off.close()
    with pytest.raises(NotRestored, match="not empty"):
        Restore(empty_database)(backup, IN_SESSION)


def _restored_by_a_process_that_dies(database_url: str, file: Path, programs: Programs) -> None:
    source = (
        "import sys; from datetime import UTC, datetime; from pathlib import Path\n"
        "from adapters.backups.programs import Programs; from adapters.backups.restore import Restore\n"
        "url, file, folder = sys.argv[1:]\n"
        "Restore(url, lambda _: Programs(18, Path(folder)))(Path(file), datetime.now(UTC))\n"
    )
    words = [sys.executable, "-c", source, database_url, str(file), str(programs.folder)]
    assert subprocess.run(words, check=False, timeout=60).returncode == -9
