"""Both servers under one owner: started together, watched, shared with guests, found again after a kill."""

import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
import redis

from adapters.embedded.failure import EmbeddedServerFailed
from adapters.embedded.folder import DataFolder
from adapters.embedded.postgres import postgres_answers
from adapters.embedded.redis import redis_answers
from adapters.embedded.server_lock import wait_until
from adapters.embedded.servers import Servers, open_servers

StartProgram = Callable[..., subprocess.Popen[str]]
OPEN_AND_WAIT = """
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from adapters.embedded.servers import open_servers
with open_servers(Path(sys.argv[1]), None, None) as servers:
    print("owner" if servers.owner else "guest", servers.database_url, servers.redis_url, flush=True)
    sys.stdin.read()
"""


def said(program: subprocess.Popen[str]) -> str:
    """Answer the next line the program printed."""
    assert program.stdout is not None
    return program.stdout.readline()


def remember(servers: Servers, number: int) -> None:
    with psycopg.connect(servers.database_url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (number integer)")
        connection.execute("INSERT INTO kept VALUES (%s)", (number,))
    with redis.Redis.from_url(servers.redis_url) as client:
        client.sadd("kept", number)


def remembered(servers: Servers) -> list[int]:
    """Answer what both servers remember, which must be the same."""
    with psycopg.connect(servers.database_url) as connection:
        rows = [row[0] for row in connection.execute("SELECT number FROM kept ORDER BY number")]
    with redis.Redis.from_url(servers.redis_url) as client:
        assert sorted(int(member) for member in client.smembers("kept")) == rows
    return rows


def pids(data: Path) -> dict[str, int]:
    """Answer the process ids on record: the first line of PostgreSQL's own file, Redis' word for itself."""
    with redis.Redis.from_url(json.loads(DataFolder(data).servers_file.read_text())["redis_url"]) as client:
        redis_pid = int(client.info("server")["process_id"])
    postgres_pid = int((data / "postgres" / "postmaster.pid").read_text().split()[0])
    return {"PostgreSQL": postgres_pid, "Redis": redis_pid}


def test_the_owner_starts_both_and_leaves_nothing_running(
    data: Path, processes_on: Callable[[Path], list[str]]
) -> None:
    """And finds everything again the next time."""
    with open_servers(data, None, None) as servers:
        assert servers.owner
        remember(servers, 1)
    assert processes_on(data) == []
    with open_servers(data, None, None) as servers:
        assert remembered(servers) == [1]


@pytest.mark.parametrize("name", ["PostgreSQL", "Redis"])
def test_a_killed_server_is_started_again_where_it_was(data: Path, name: str) -> None:
    """`watch` answers what it did, and the URLs still lead to the same data."""
    with open_servers(data, None, None) as servers:
        remember(servers, 1)
        assert servers.watch() == ()
        os.kill(pids(data)[name], signal.SIGKILL)
        assert wait_until(lambda: servers.watch() == (name,), 10)
        assert remembered(servers) == [1]


def test_after_a_killed_owner_the_next_one_takes_over(
    data: Path, program: StartProgram, processes_on: Callable[[Path], list[str]]
) -> None:
    """The orphaned servers are replaced, nothing is lost, nothing is left behind."""
    owner = program(OPEN_AND_WAIT, data)
    assert said(owner).startswith("owner")
    with open_servers(data, None, None) as guest:
        assert not guest.owner
        remember(guest, 1)
    orphans = pids(data)
    owner.kill()
    owner.wait()
    assert processes_on(data) != []
    with open_servers(data, None, None) as servers:
        assert servers.owner
        assert remembered(servers) == [1]
        assert set(pids(data).values()).isdisjoint(orphans.values())
    assert processes_on(data) == []


def test_an_owner_killed_while_starting_stands_in_nobodys_way(
    data: Path, program: StartProgram, processes_on: Callable[[Path], list[str]]
) -> None:
    """Whether it was just setting up, starting or ready: the next owner gets a working pair."""
    for moment in ((data / "postgres.new").exists, (data / "postgres" / "postmaster.pid").exists):
        owner = program(OPEN_AND_WAIT, data)
        assert wait_until(moment, 10)
        owner.kill()
        owner.wait()
    with open_servers(data, None, None) as servers:
        remember(servers, 1)
    assert processes_on(data) == []


def test_two_folders_side_by_side_do_not_meet(tmp_path: Path) -> None:
    """Each has its own servers and its own data, also where the paths are too long for a socket."""
    deep = tmp_path / ("d" * 100) / ("e" * 100)
    with (
        open_servers(tmp_path / "data", None, None) as one,
        open_servers(deep / "one", None, None) as two,
        open_servers(deep / "two", None, None) as three,
    ):
        for number, servers in enumerate((one, two, three)):
            assert servers.owner
            remember(servers, number)
        assert [remembered(servers) for servers in (one, two, three)] == [[0], [1], [2]]
    assert not any(DataFolder(folder).sockets.exists() for folder in (deep / "one", deep / "two"))


@pytest.mark.parametrize("letter", [" ", ",", "'", '"', "%2", "é", "?", "#", "&", "\\"])
def test_any_letter_may_be_in_a_folders_name(letter: str) -> None:
    """Both servers and their URLs take it as it is."""
    with (
        TemporaryDirectory(prefix=f"ballast{letter}") as short,
        open_servers(Path(short), None, None) as servers,
    ):
        remember(servers, 1)
        assert remembered(servers) == [1]


def test_a_guest_shares_the_servers_and_stops_nothing(data: Path) -> None:
    """It is told who the owner is, and its leaving changes nothing."""
    with open_servers(data, None, None, what="http://127.0.0.1:8080") as owner:
        with open_servers(data, None, None) as guest:
            assert (guest.database_url, guest.redis_url) == (owner.database_url, owner.redis_url)
            assert not guest.owner
            assert guest.holder is not None
            assert (guest.holder.pid, guest.holder.what) == (os.getpid(), "http://127.0.0.1:8080")
            remember(guest, 1)
            assert guest.watch() == ()
        assert remembered(owner) == [1]


def test_of_programs_started_at_once_one_owns_and_all_share(data: Path, program: StartProgram) -> None:
    """A guest that comes too early waits until the owner's servers answer."""
    answers = [said(other).split() for other in [program(OPEN_AND_WAIT, data) for _ in range(3)]]
    assert sorted(words[0] for words in answers) == ["guest", "guest", "owner"]
    assert len({tuple(words[1:]) for words in answers}) == 1


def test_an_owner_whose_input_ends_stops_its_servers(data: Path, program: StartProgram) -> None:
    """An orderly end takes the sockets away."""
    owner = program(OPEN_AND_WAIT, data)
    _, database_url, redis_url = said(owner).split()
    assert postgres_answers(database_url)
    assert redis_answers(redis_url)
    assert owner.stdin is not None
    owner.stdin.close()
    assert owner.wait(20) == 0
    assert not postgres_answers(database_url)
    assert not redis_answers(redis_url)


def test_given_both_urls_nothing_is_started(data: Path) -> None:
    """Not even the folder is made."""
    with open_servers(data, "postgresql://host/database", "redis://host") as servers:
        assert (servers.database_url, servers.redis_url) == ("postgresql://host/database", "redis://host")
        assert not servers.owner
    assert not data.exists()


def test_given_one_url_only_the_other_server_is_started(data: Path) -> None:
    """The given URL is passed on as it is."""
    with open_servers(data, "postgresql://host/database", None) as servers:
        assert servers.database_url == "postgresql://host/database"
        assert redis_answers(servers.redis_url)
        assert list((data / "postgres").iterdir()) == []


def test_without_folder_and_url_one_sentence_says_what_is_missing() -> None:
    """There is nowhere to start a server."""
    with pytest.raises(EmbeddedServerFailed, match="Name a data folder"):
        open_servers(None, None, "redis://host")


def test_if_one_server_fails_the_other_is_stopped_and_the_folder_given_up(
    data: Path, processes_on: Callable[[Path], list[str]]
) -> None:
    """A failed start leaves nothing that the next one would trip over."""
    with open_servers(data, None, None) as servers:
        remember(servers, 1)
    version = data / "postgres" / "PG_VERSION"
    version.write_text("14\n")
    with pytest.raises(EmbeddedServerFailed, match=r"^PostgreSQL did not start"):
        open_servers(data, None, None)
    assert processes_on(data) == []
    version.write_text("18\n")
    with open_servers(data, None, None) as servers:
        assert remembered(servers) == [1]
