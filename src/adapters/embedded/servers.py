"""Both servers together: owned by the first program on a data folder, shared by those that come later."""

import json
import os
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from adapters.embedded.failure import EmbeddedServerFailed, said_clearly
from adapters.embedded.folder import DataFolder, Holder, InstanceLock, InstanceRunning
from adapters.embedded.postgres import EmbeddedPostgres, postgres_answers
from adapters.embedded.redis import EmbeddedRedis, redis_answers

JOIN_TIMEOUT_SECONDS = 60.0
JOIN_POLL_SECONDS = 0.05


class EmbeddedServer(Protocol):
    """What both servers can do."""

    name: str

    @property
    def url(self) -> str: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...
    def is_running(self) -> bool: ...


class Ownership:
    """The owner's side: the folder's lock, the servers started on it, and the note for guests."""

    def __init__(self, folder: DataFolder, lock: InstanceLock, started: Sequence[EmbeddedServer]) -> None:
        self.lock = lock
        self._folder = folder
        self._started = started
        self._restarting = threading.Lock()
        self._ending = threading.Event()

    def start(self) -> None:
        """Start the servers side by side; raises the first failure after each has answered or failed."""
        _all_at_once([server.start for server in self._started])

    def publish(self, database_url: str, redis_url: str) -> None:
        """Tell guests where both servers are; for our eyes only, since a given URL may hold a password."""
        note = {"pid": os.getpid(), "database_url": database_url, "redis_url": redis_url}
        draft = self._folder.servers_file.with_suffix(".new")
        with said_clearly(f"{self._folder.servers_file} cannot be written"):
            draft.unlink(missing_ok=True)
            draft.touch(mode=0o600)
            draft.write_text(json.dumps(note))
            draft.replace(self._folder.servers_file)

    def watch(self) -> tuple[str, ...]:
        """Start again what has died; answers the names. Raises `EmbeddedServerFailed`."""
        with self._restarting:
            dead = [server for server in self._started if not server.is_running()]
            if self._ending.is_set() or not dead:
                return ()
            try:
                _all_at_once([server.start for server in dead])
            except EmbeddedServerFailed:
                if self._ending.is_set():
                    return ()
                raise
            return tuple(server.name for server in dead)

    def end(self) -> None:
        """Stop the servers side by side and give the folder up."""
        self._ending.set()
        stops = [server.stop for server in self._started]
        try:
            self._folder.servers_file.unlink(missing_ok=True)
            _all_at_once(stops)  # cuts a restart short that is under way in `watch`
            with self._restarting:
                _all_at_once(stops)  # and ends what that restart may have started after
            with suppress(OSError):
                self._folder.sockets.rmdir()  # it may be in the temporary directory
        finally:
            self.lock.release()


class Servers:
    """Where PostgreSQL and Redis are, and the duty to stop the ones we started. Use it in a `with` statement.

    `holder` names the program that owns the data folder, when that is another one and we are its guest.
    """

    def __init__(
        self,
        database_url: str,
        redis_url: str,
        *,
        ownership: Ownership | None = None,
        holder: Holder | None = None,
    ) -> None:
        self.database_url = database_url
        self.redis_url = redis_url
        self.holder = holder
        self._ownership = ownership

    @property
    def owner(self) -> bool:
        """Whether this program owns the data folder and the servers started on it."""
        return self._ownership is not None

    def describe(self, what: str) -> None:
        """Say what this owner is, for example its address, to a program that finds the folder taken."""
        if self._ownership is not None:
            self._ownership.lock.describe(what)

    def watch(self) -> tuple[str, ...]:
        """Start again, on the same sockets, whichever of our servers has died; answers their names.

        Call it every second or so. Raises `EmbeddedServerFailed` when one does not come back; call it again.
        """
        return () if self._ownership is None else self._ownership.watch()

    def close(self) -> None:
        """Stop what we started, cleanly, and give the folder up; a guest only leaves."""
        ownership, self._ownership = self._ownership, None
        if ownership is not None:
            ownership.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_servers(
    data: Path | None, database_url: str | None, redis_url: str | None, *, what: str = "ballast"
) -> Servers:
    """Answer where PostgreSQL and Redis are, starting on the folder `data` whichever has no URL given.

    With both URLs given nothing is started and `data` is not touched. If another program owns the folder we
    join it as a guest, waiting a minute at most until its servers answer. `what` is said to those who find
    the folder taken. Raises `EmbeddedServerFailed`.
    """
    if database_url is not None and redis_url is not None:
        return Servers(database_url, redis_url)
    if data is None:
        raise EmbeddedServerFailed("Name a data folder, or set DATABASE_URL and REDIS_URL.")
    folder = DataFolder(data)
    deadline = time.monotonic() + JOIN_TIMEOUT_SECONDS
    while True:
        try:
            lock = folder.lock(what)
        except InstanceRunning as running:
            joined = _join(folder, running.holder, database_url, redis_url)
            if joined is not None:
                return joined
            if time.monotonic() > deadline:
                raise EmbeddedServerFailed(f"{running} Its servers do not answer.") from running
            time.sleep(JOIN_POLL_SECONDS)
        else:
            return _own(folder, lock, database_url, redis_url)


def _own(folder: DataFolder, lock: InstanceLock, database_url: str | None, redis_url: str | None) -> Servers:
    postgres, redis = EmbeddedPostgres(folder), EmbeddedRedis(folder)
    started: list[EmbeddedServer] = []
    if database_url is None:
        started.append(postgres)
    if redis_url is None:
        started.append(redis)
    ownership = Ownership(folder, lock, started)
    servers = Servers(database_url or postgres.url, redis_url or redis.url, ownership=ownership)
    try:
        ownership.start()
        ownership.publish(servers.database_url, servers.redis_url)
    except BaseException:
        servers.close()
        raise
    return servers


def _join(
    folder: DataFolder, holder: Holder, database_url: str | None, redis_url: str | None
) -> Servers | None:
    """Answer the owner's servers, or None as long as it has not published them or they do not answer."""
    try:
        note = json.loads(folder.servers_file.read_text())
    except (OSError, ValueError):
        return None
    if note["pid"] != holder.pid:  # left by an owner that was killed
        return None
    if not postgres_answers(note["database_url"]) or not redis_answers(note["redis_url"]):
        return None
    return Servers(database_url or note["database_url"], redis_url or note["redis_url"], holder=holder)


def _all_at_once(actions: Sequence[Callable[[], object]]) -> None:
    """Run the actions side by side; raises the first failure, in their order, once all have ended."""
    pool = ThreadPoolExecutor(max_workers=max(1, len(actions)))
    running = [pool.submit(action) for action in actions]
    pool.shutdown(wait=False)  # does not hold up a Ctrl-C, which ends the servers and thereby the actions
    wait(running)
    for done in running:
        done.result()
