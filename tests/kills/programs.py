"""Ballast's programs as real processes that may be killed, and what is left of them."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import redis

from adapters.embedded.folder import DataFolder
from adapters.embedded.postgres import EmbeddedPostgres
from adapters.embedded.redis import EmbeddedRedis

SOURCES = Path(__file__).parents[2] / "src"
PATIENCE_SECONDS = 60.0
"""How long a recovery may take."""

POLL_SECONDS = 0.02
ANSWER_SECONDS = 5.0
"""How long a server may think about a question of ours before we count it as away."""

KILLED_SECONDS = 20.0
NEWEST = b"select coalesce(max(notification_id), 0) from stored_events"
OURS = (
    *("DATABASE_URL", "REDIS_URL", "BALLAST_DATA", "BALLAST_HOST", "BALLAST_PORT", "BALLAST_CALLBACK_SECRET"),
    *("BALLAST_SEALING_KEY", "BALLAST_ALPACA_URL", "BALLAST_ALPACA_STREAM_URL"),
)


class Broken(Exception):
    """A promise was broken; the text says which."""


# A shell ignores Ctrl-C on behalf of what it runs in the background, and whatever that starts inherits it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Program:
    """One ``ballast`` command on a data folder, in a session of its own, started again by us when it was killed."""

    def __init__(self, data: Path, *words: str, environment: Mapping[str, str] | None = None) -> None:
        self.data = data
        self._environment = dict(environment or {})
        self._words = [sys.executable, "-m", "api.cli", *words, "--data", str(data)]
        self._log = data.parent / f"{data.name}-{words[0]}.log"
        self._answer = data.parent / f"{data.name}-{words[0]}.json"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def name(self) -> str:
        return self._words[3]

    def start(self) -> None:
        """Start it; what it says goes to a file beside the data folder."""
        environment = {name: value for name, value in os.environ.items() if name not in OURS}
        environment |= self._environment | {"PYTHONPATH": str(SOURCES)}
        with self._log.open("ab") as log, self._answer.open("wb") as answer:
            self._process = subprocess.Popen(
                self._words,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=answer,
                stderr=log,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def status(self) -> int | None:
        """The exit status, None while it runs."""
        assert self._process is not None
        return self._process.poll()

    def send(self, number: signal.Signals) -> None:
        """Signal it, if it still runs."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.send(signal.SIGKILL)
        if self._process is not None:
            try:
                self._process.wait(KILLED_SECONDS)
            except subprocess.TimeoutExpired:
                raise Broken(f"{self.name} is still there {KILLED_SECONDS:g} s after it was killed") from None

    def wait(self, patience_seconds: float = PATIENCE_SECONDS) -> int:
        """Its exit status, once it has ended."""
        assert self._process is not None
        try:
            return self._process.wait(patience_seconds)
        except subprocess.TimeoutExpired:
            raise Broken(f"{self.name} did not end in {patience_seconds:g} s{self.last_words()}") from None

    def finish(self, patience_seconds: float = PATIENCE_SECONDS) -> Any:
        """Wait until it has ended well, and answer the JSON it printed."""
        assert self._process is not None
        try:
            status = self._process.wait(patience_seconds)
        except subprocess.TimeoutExpired:
            raise Broken(f"{self.name} did not end in {patience_seconds:g} s{self.last_words()}") from None
        if status != 0:
            raise Broken(f"{self.name} ended with status {status}{self.last_words()}")
        return json.loads(self._answer.read_text() or "null")

    def last_words(self) -> str:
        """The end of what it said, to be shown with a failure."""
        text = self._log.read_text(errors="replace") if self._log.exists() else ""
        return "".join(f"\n    {line}" for line in text.splitlines()[-15:])

    def children(self) -> dict[str, int]:
        """The roles and servers that it started and that run now, by name."""
        named: dict[str, int] = {}
        for pid in Path(f"/proc/{self.pid}/task").glob("*/children"):
            for child in _read(pid).split():
                name = _name(_read(Path(f"/proc/{child}/cmdline")).split("\0"))
                if name:
                    named[name] = int(child)
        return named


def processes_on(data: Path) -> list[int]:
    """Processes that work in the data folder or were told of it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        if int(process.name) == os.getpid():
            continue
        try:
            inside = (process / "cwd").readlink().is_relative_to(data.resolve())
        except OSError:
            continue
        told = f"BALLAST_DATA={data}\0" in _read(process / "environ")
        if inside or told or str(data) in _read(process / "cmdline").split("\0"):
            found.append(int(process.name))
    return found


def run(data: Path, *words: str) -> Any:
    """Run a command to its end and answer the JSON it printed. Raises Broken when it fails."""
    program = Program(data, *words)
    program.start()
    try:
        return program.finish()
    finally:
        program.kill()


def wait_for(condition: Callable[[], bool], what: str, seconds: float = PATIENCE_SECONDS) -> float:
    """Wait until a condition holds and answer how long that took. Raises Broken."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > seconds:
            raise Broken(f"{what} did not come within {seconds:g} s")
        time.sleep(POLL_SECONDS)
    return time.monotonic() - began


def owner_of(data: Path) -> int | None:
    """The process that says where the folder's servers are."""
    try:
        pid: int = json.loads((data / "run" / "servers.json").read_text())["pid"]
        return pid
    except (OSError, ValueError):
        return None


def events_in(data: Path) -> int:
    """How many events the folder's log holds; 0 while its database is away, or does not answer in five seconds.

    A server process whose postmaster was killed may wait for ever for one of its siblings, and no setting ends that.
    """
    url = EmbeddedPostgres(DataFolder(data)).url
    try:
        with closing(psycopg.connect(url, connect_timeout=2)) as connection:
            asked = connection.pgconn
            asked.send_query(NEWEST)
            until = time.monotonic() + ANSWER_SECONDS
            while asked.is_busy():
                if not select.select([asked.socket], [], [], max(0.0, until - time.monotonic()))[0]:
                    return 0
                asked.consume_input()
            answer = asked.get_result()
            value = answer.get_value(0, 0) if answer is not None and answer.ntuples else None
    except psycopg.Error:
        return 0
    return int(value or 0)


def redis_on(data: Path) -> redis.Redis:
    """The folder's Redis, which raises RedisError when it does not answer in five seconds."""
    return redis.Redis.from_url(
        EmbeddedRedis(DataFolder(data)).url,
        socket_timeout=ANSWER_SECONDS,
        socket_connect_timeout=ANSWER_SECONDS,
    )


def a_connection_on(data: Path) -> int | None:
    """A process of the folder's PostgreSQL that serves one of our connections; if it dies, all of them do."""
    for pid in processes_on(data):
        if _read(Path(f"/proc/{pid}/cmdline")).startswith("postgres: ballast ballast"):
            return pid
    return None


def _name(words: Sequence[str]) -> str | None:
    if words[0].endswith("/postgres") or words[0].startswith("postgres"):
        return "postgres"
    if "redis-server" in words[0]:
        return "redis"
    return words[3] if words[1:3] == ["-m", "api.cli"] else None


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""
