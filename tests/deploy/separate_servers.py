"""PostgreSQL and Redis as somebody runs them for us: Debian's programs, over TCP, with passwords."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis

from examples import eventually

ROOT = Path(__file__).parents[2]
SUPERUSER_PASSWORD = "the administrator's"  # of a server that lives as long as a test
DATABASE_PASSWORD = "p4ss'\"w0rd-of-ballast"  # with what a careless script trips over
REDIS_PASSWORD = "r3dis-of-ballast"


@dataclass(frozen=True)
class Servers:
    """Where they are, and which version PostgreSQL is of."""

    database_url: str
    redis_url: str
    administrator_url: str


def postgres_programs() -> Path | None:
    """The folder of the newest PostgreSQL that Debian has installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return found[-1].parent if found else None


def redis_program() -> Path | None:
    """Debian's Redis."""
    found = shutil.which("redis-server", path="/usr/bin:/usr/local/bin")
    return Path(found) if found else None


@contextmanager
def separate_servers(programs: Path, redis_server: Path) -> Iterator[Servers]:
    """Both, started for the length of a ``with`` block, with roles and database made by our own script."""
    folder = Path(tempfile.mkdtemp(prefix="ballast-servers-"))
    account = pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    folder.chmod(0o755)
    for name in ("postgres", "sockets", "redis"):
        (folder / name).mkdir(mode=0o700)
        shutil.chown(folder / name, account.pw_uid, account.pw_gid)
    try:
        with (
            _postgres(programs, folder, account) as port,
            _redis(redis_server, folder, account) as redis_port,
        ):
            at = f"host=127.0.0.1 port={port}"
            yield Servers(
                psycopg.conninfo.make_conninfo(
                    at, user="ballast", dbname="ballast", password=DATABASE_PASSWORD
                ),
                f"redis://:{REDIS_PASSWORD}@127.0.0.1:{redis_port}/0",
                psycopg.conninfo.make_conninfo(
                    at, user="postgres", dbname="ballast", password=SUPERUSER_PASSWORD
                ),
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _postgres(programs: Path, folder: Path, account: pwd.struct_passwd) -> Iterator[int]:
    port = free_port()
    password = folder / "postgres-password"
    password.write_text(SUPERUSER_PASSWORD)
    password.chmod(0o644)
    options = ["--username=postgres", f"--pwfile={password}", "--auth=scram-sha-256", "--no-sync"]
    subprocess.run(
        [programs / "initdb", "-D", folder / "postgres", *options],
        user=account.pw_uid, group=account.pw_gid, check=True, capture_output=True, timeout=60, cwd=folder,
    )  # fmt: skip
    settings = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder / "sockets"}
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with _running(
        [programs / "postgres", "-D", folder / "postgres", *words, "-c", "fsync=off"], folder, account
    ):
        administrator = {"PGHOST": "127.0.0.1", "PGPORT": str(port), "PGPASSWORD": SUPERUSER_PASSWORD}
        eventually(lambda: _answers(administrator))
        _make_database(programs, folder, administrator)
        yield port


def _make_database(programs: Path, folder: Path, administrator: Mapping[str, str]) -> None:
    """As the container of PostgreSQL does at its first start."""
    password = folder / "DATABASE_PASSWORD"
    password.write_text(DATABASE_PASSWORD + "\n")
    environment = {
        **administrator,
        "PATH": f"{programs}:/usr/bin:/bin",
        "DATABASE_PASSWORD_FILE": str(password),
    }
    script = ROOT / "deploy" / "make-database.sh"
    subprocess.run(["sh", script], env=environment, check=True, timeout=60)


@contextmanager
def _redis(server: Path, folder: Path, account: pwd.struct_passwd) -> Iterator[int]:
    port = free_port()
    configuration = folder / "redis.conf"
    configuration.write_text(
        f"bind 127.0.0.1\nport {port}\nrequirepass {REDIS_PASSWORD}\ndir {folder / 'redis'}\nsave ''\n"
    )
    configuration.chmod(0o644)
    with _running([server, configuration], folder, account):
        with redis.Redis(port=port, password=REDIS_PASSWORD) as client:
            eventually(lambda: _pings(client))
        yield port


@contextmanager
def _running(words: list[str | Path], folder: Path, account: pwd.struct_passwd) -> Iterator[None]:
    with (folder / f"{Path(words[0]).name}.log").open("wb") as log:
        process = subprocess.Popen(
            words, user=account.pw_uid, group=account.pw_gid, cwd=folder, stdout=log, stderr=log
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait(20)


def _answers(administrator: Mapping[str, str]) -> bool:
    try:
        psycopg.connect(
            host=administrator["PGHOST"], port=administrator["PGPORT"], user="postgres", dbname="postgres",
            password=administrator["PGPASSWORD"],
        ).close()  # fmt: skip
    except psycopg.OperationalError:
        return False
    return True


def _pings(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


def free_port() -> int:
    """A port of loopback that nobody has."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
