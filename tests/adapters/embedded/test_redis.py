"""The private Redis: append-only, on a socket, ended with or without clients."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis

from adapters.embedded.failure import EmbeddedServerFailed
from adapters.embedded.folder import DataFolder
from adapters.embedded.redis import EmbeddedRedis
from adapters.embedded.server_lock import wait_until


@pytest.fixture
def server(data: Path) -> Iterator[EmbeddedRedis]:
    server = EmbeddedRedis(DataFolder(data))
    yield server
    server.stop()


def test_what_was_written_is_there_after_a_stop_with_clients_connected(
    data: Path, server: EmbeddedRedis, processes_on: Callable[[Path], list[str]]
) -> None:
    """A connected client neither keeps the server up nor loses it anything."""
    server.start()
    with redis.Redis.from_url(server.url) as client:
        client.set("kept", "1")
        server.stop()
        assert processes_on(data) == []
        server.start()
        assert client.get("kept") == b"1"


def test_a_killed_server_comes_back_with_what_it_had(server: EmbeddedRedis) -> None:
    """The append-only file is in the kernel's hands before the answer is given."""
    server.start()
    with redis.Redis.from_url(server.url) as client:
        client.set("kept", "1")
        assert server.pid is not None
        os.kill(server.pid, signal.SIGKILL)
        assert wait_until(lambda: not server.is_running(), 5)
        server.start()
        assert client.get("kept") == b"1"


def test_it_listens_on_no_port_and_flushes_every_second(server: EmbeddedRedis) -> None:
    """The socket is the only way in."""
    server.start()
    with redis.Redis.from_url(server.url, decode_responses=True) as client:
        for name, value in (("port", "0"), ("appendonly", "yes"), ("appendfsync", "everysec")):
            assert client.config_get(name) == {name: value}


def test_a_broken_append_only_file_is_one_sentence(data: Path, server: EmbeddedRedis) -> None:
    """The sentence carries Redis' own complaint."""
    server.start()
    with redis.Redis.from_url(server.url) as client:
        client.set("kept", "1")
    server.stop()
    file = data / "redis" / "appendonly.aof"
    file.write_bytes(b"nonsense\r\n" + file.read_bytes())
    with pytest.raises(EmbeddedServerFailed, match=r"^Redis did not start in .*data: .*Bad file format"):
        server.start()
