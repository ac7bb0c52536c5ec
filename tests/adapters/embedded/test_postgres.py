"""The private PostgreSQL: it keeps what was committed, and comes up again whatever was left behind."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from adapters.embedded.failure import EmbeddedServerFailed
from adapters.embedded.folder import DataFolder
from adapters.embedded.postgres import EmbeddedPostgres
from adapters.embedded.redis import EmbeddedRedis
from adapters.embedded.server_lock import wait_until


@pytest.fixture
def postgres(data: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(DataFolder(data))
    yield server
    server.stop()


@pytest.fixture
def redis(data: Path) -> Iterator[EmbeddedRedis]:
    server = EmbeddedRedis(DataFolder(data))
    yield server
    server.stop()


def write(url: str, number: int) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (number integer)")
        connection.execute("INSERT INTO kept VALUES (%s)", (number,))


def read(url: str) -> list[int]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("SELECT number FROM kept ORDER BY number")]


def kill(postgres: EmbeddedPostgres) -> None:
    assert postgres.pid is not None
    os.kill(postgres.pid, signal.SIGKILL)
    assert wait_until(lambda: not postgres.is_running(), 5)


def test_what_was_written_is_there_after_a_restart(postgres: EmbeddedPostgres) -> None:
    """Started twice is started once; stopped twice is stopped once."""
    postgres.start()
    postgres.start()
    write(postgres.url, 1)
    postgres.stop()
    postgres.stop()
    assert not postgres.is_running()
    postgres.start()
    assert read(postgres.url) == [1]


def test_it_is_durable_and_listens_on_no_port(postgres: EmbeddedPostgres) -> None:
    """Commits reach the disk, pages carry checksums, and only the socket leads in."""
    postgres.start()
    with psycopg.connect(postgres.url) as connection:
        names = ("fsync", "synchronous_commit", "full_page_writes", "data_checksums", "listen_addresses")
        assert [connection.execute(f"SHOW {name}").fetchone() for name in names] == [
            ("on",), ("on",), ("on",), ("on",), ("",)
        ]  # fmt: skip


def test_we_own_the_database_and_are_no_superuser(postgres: EmbeddedPostgres) -> None:
    """As with a hosted PostgreSQL, so that nothing works here that would fail there."""
    postgres.start()
    with psycopg.connect(postgres.url) as connection:
        row = connection.execute("SELECT current_user::text, current_setting('is_superuser')").fetchone()
        assert row == ("ballast", "off")
        connection.execute("CREATE SCHEMA ours")


def test_a_terminals_interrupt_does_not_reach_it(postgres: EmbeddedPostgres) -> None:
    """It leads a session of its own."""
    postgres.start()
    assert postgres.pid is not None
    assert os.getsid(postgres.pid) == postgres.pid


def test_a_killed_postmaster_loses_nothing(postgres: EmbeddedPostgres) -> None:
    """Its files and its dying children do not stand in the way of the next start."""
    postgres.start()
    write(postgres.url, 1)
    kill(postgres)
    postgres.start()
    assert read(postgres.url) == [1]


def test_a_busy_backend_of_a_killed_postmaster_does_not_hold_up_the_next(postgres: EmbeddedPostgres) -> None:
    """A backend in the middle of a long computation does not notice by itself, so it is ended."""
    postgres.start()
    write(postgres.url, 1)
    busy = psycopg.connect(postgres.url)

    def compute() -> None:
        with suppress(psycopg.OperationalError):
            busy.execute("SELECT count(*) FROM generate_series(1, 2000000000)")

    computing = threading.Thread(target=compute)
    computing.start()
    with psycopg.connect(postgres.url, autocommit=True) as connection:  # a transaction would look but once
        query = "SELECT 1 FROM pg_stat_activity WHERE query LIKE %s AND state = 'active'"
        assert wait_until(lambda: connection.execute(query, ("%generate_series(1, 2%",)).rowcount > 0, 5)
    kill(postgres)
    postgres.start()
    assert read(postgres.url) == [1]
    computing.join(5)
    assert not computing.is_alive()
    busy.close()


def test_a_process_id_that_was_given_to_another_program_does_not_block_the_start(
    data: Path, postgres: EmbeddedPostgres, redis: EmbeddedRedis
) -> None:
    """After a container's restart the id in postmaster.pid may be anybody's, here that of Redis."""
    postgres.start()
    write(postgres.url, 1)
    redis.start()
    kill(postgres)
    for stale in (data / "postgres" / "postmaster.pid", DataFolder(data).sockets / ".s.PGSQL.5432.lock"):
        stale.write_text("\n".join([str(redis.pid), *stale.read_text().splitlines()[1:], ""]))
    postgres.start()
    assert read(postgres.url) == [1]
    assert redis.is_running()


def test_a_set_up_that_was_cut_short_is_begun_again(data: Path, postgres: EmbeddedPostgres) -> None:
    """Half a cluster beside the real place is thrown away."""
    (data / "postgres.new" / "base").mkdir(parents=True)
    postgres.start()
    write(postgres.url, 1)
    assert not (data / "postgres.new").exists()


def test_a_folder_of_another_version_is_refused_in_one_sentence(
    data: Path, postgres: EmbeddedPostgres, processes_on: Callable[[Path], list[str]]
) -> None:
    """The sentence names the server, the folder and what the server itself complained about."""
    postgres.start()
    postgres.stop()
    (data / "postgres" / "PG_VERSION").write_text("14\n")
    with pytest.raises(
        EmbeddedServerFailed, match=r"^PostgreSQL did not start in .*data: .*FATAL.*incompatible"
    ):
        postgres.start()
    assert processes_on(data) == []
