"""The one folder everything lives in: where its parts are, who may read them, which program owns it now."""

import fcntl
import hashlib
import json
import os
import stat
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from adapters.embedded.account import ServerAccount, hand_over, server_account
from adapters.embedded.failure import EmbeddedServerFailed, said_clearly

# The kernel takes 107 bytes on Linux and 103 on macOS.
SOCKET_PATH_BYTES_MAX = 100
SOCKET_NAME_LONGEST = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Holder:
    """The program that owns a data folder: its process id (0 if not said yet) and what it says it is."""

    pid: int
    what: str


class InstanceRunning(RuntimeError):
    """Another program owns the data folder; the text is one sentence, `holder` says who it is."""

    def __init__(self, root: Path, holder: Holder) -> None:
        super().__init__(f"Ballast already runs on {root}: {holder.what} (process {holder.pid}).")
        self.holder = holder


class InstanceLock:
    """Exclusive ownership of a data folder. The kernel ends it with the process, however that ends."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def describe(self, what: str) -> None:
        """Say what the owner is, for example its address, to whoever finds the lock taken."""
        text = json.dumps({"pid": os.getpid(), "what": what}).encode()
        os.pwrite(self._descriptor, text, 0)
        os.ftruncate(self._descriptor, len(text))

    def release(self) -> None:
        """Give the folder up; a second call does nothing."""
        if self._descriptor >= 0:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)  # at once, even if a child is just being forked
            os.close(self._descriptor)
            self._descriptor = -1


class DataFolder:
    """Paths under one root: the servers' own, the house's (`secrets/`, `backups/`, `drop/` …), and the sockets'."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.postgres = self.root / "postgres"
        self.redis = self.root / "redis"
        self.run = self.root / "run"
        self.logs = self.root / "logs"
        self.secrets = self.root / "secrets"
        self.backups = self.root / "backups"
        self.exports = self.root / "exports"
        self.audit_heads = self.root / "audit" / "heads.jsonl"
        self.drop = self.root / "drop"
        self.policies = self.root / "policies"
        self.servers_file = self.run / "servers.json"
        self.sockets = _sockets_directory(self.root, self.run / "sockets")

    @cached_property
    def account(self) -> ServerAccount | None:
        """The account both servers run under, None for our own; ask after `prepare()`."""
        return server_account(self.postgres)

    def prepare(self) -> None:
        """Make what is missing, for our eyes only, and as root hand the servers' part to their account.

        Raises `EmbeddedServerFailed` when the folder cannot be made or belongs to somebody else.
        """
        with said_clearly(f"The data folder {self.root} cannot be used"):
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            for directory in (self.run, self.logs):
                directory.mkdir(mode=0o700, exist_ok=True)
            for directory in (self.postgres, self.redis, self.secrets):
                directory.mkdir(mode=0o700, exist_ok=True)
                directory.chmod(0o700)
            _make_own_directory(self.sockets, self.account)
            if self.account is not None:
                for directory in (self.postgres, self.redis, self.sockets):
                    hand_over(directory, self.account)

    def lock(self, what: str) -> InstanceLock:
        """Own the folder until `release()` or the end of this process; raises `InstanceRunning`."""
        self.prepare()
        with said_clearly(f"The data folder {self.root} cannot be locked"):
            path = self.run / "instance.lock"
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
                raise InstanceRunning(self.root, _read_holder(path)) from None
            lock = InstanceLock(descriptor)
            try:
                lock.describe(what)
            except OSError:  # a full disk
                lock.release()
                raise
        return lock


def _read_holder(path: Path) -> Holder:
    try:
        said = json.loads(path.read_text())
        return Holder(pid=int(said["pid"]), what=str(said["what"]))
    except (OSError, ValueError, KeyError, TypeError):
        # The owner is just writing it, or was killed while writing.
        return Holder(pid=0, what="another program")


def _sockets_directory(root: Path, wanted: Path) -> Path:
    # PostgreSQL's clients read a comma as the end of a host's name.
    if len(os.fsencode(wanted / SOCKET_NAME_LONGEST)) <= SOCKET_PATH_BYTES_MAX and "," not in str(wanted):
        return wanted
    name = "ballast-" + hashlib.sha256(os.fsencode(root)).hexdigest()[:16]
    short = Path(tempfile.gettempdir()).resolve() / name
    if len(os.fsencode(short / SOCKET_NAME_LONGEST)) <= SOCKET_PATH_BYTES_MAX:
        return short
    return Path("/tmp").resolve() / name  # noqa: S108 - private to its owner, see _make_own_directory


def _make_own_directory(path: Path, account: ServerAccount | None) -> None:
    """Make `path` 0700, refusing one that somebody else put there first: temporary directories are shared."""
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        status = path.lstat()
        ours = {os.geteuid()} if account is None else {os.geteuid(), account.uid}
        if not stat.S_ISDIR(status.st_mode) or status.st_uid not in ours:
            raise EmbeddedServerFailed(
                f"The socket directory {path} is somebody else's; remove it."
            ) from None
    path.chmod(0o700)
