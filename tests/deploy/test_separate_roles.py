"""Every role as a process of its own, beside servers that Debian ships, over TCP and with passwords."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from adapters.backups.postgres_backups import PostgresBackups
from api.cli.up import ROLES
from api.wiring import House
from deploy.separate_servers import (
    DATABASE_PASSWORD,
    REDIS_PASSWORD,
    Servers,
    free_port,
    postgres_programs,
    redis_program,
    separate_servers,
)
from examples import eventually
from kills.programs import Program
from over_http import open_example
from projections.rebuild import REBUILD_LOCK

STOP_SECONDS = 15.0


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    """Both servers."""
    postgres, redis = postgres_programs(), redis_program()
    if postgres is None or redis is None:
        pytest.skip("Debian's PostgreSQL and Redis are not installed: make setup-servers")
    with separate_servers(postgres, redis) as started:
        yield started


def test_roles_trade_together_and_stop_when_they_are_told(servers: Servers, tmp_path: Path) -> None:
    port = free_port()
    environment = {
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        "BALLAST_PORT": str(port),
        "BALLAST_AUTH": "open",
    }
    assert command(environment, tmp_path, "migrate") == "The database is up to date.\n"
    roles = {name: Program(tmp_path / "data", name, environment=environment) for name in ROLES}
    try:
        for role in roles.values():
            role.start()
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            eventually(lambda: is_ready(client))
            example = open_example(client)
            assert example.evaluate(price="97.00")["outcome"] == "trade"
            eventually(lambda: "position.execution_booked" in {each["type"] for each in example.events()})
    finally:
        for role in roles.values():
            role.send(signal.SIGTERM)
    statuses = {name: role.wait(STOP_SECONDS) for name, role in roles.items()}
    assert statuses == dict.fromkeys(ROLES, 0)

    findings = json.loads(command(environment, tmp_path, "doctor", "--json"))
    assert {"PostgreSQL", "Redis"} <= {each["name"] for each in findings if each["problem"] is None}
    house = House(servers.database_url, servers.redis_url)
    assert house.verified(lambda step, done, total: None).ok
    assert PostgresBackups(servers.database_url, tmp_path, 1, REBUILD_LOCK).make("ballast-1").size_bytes > 0
    house.close()
    said = "".join(path.read_text(errors="replace") for path in tmp_path.glob("*.log")) + json.dumps(findings)
    assert DATABASE_PASSWORD not in said
    assert REDIS_PASSWORD not in said


def test_its_role_owns_one_database_and_may_nothing_else(servers: Servers) -> None:
    with psycopg.connect(servers.database_url, autocommit=True) as connection:
        may = connection.execute(
            "select rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolreplication"
            " from pg_roles where rolname = current_user"
        ).fetchone()
        assert may == (False, False, False, False, False)
        for statement in ("create role another", "create database another", "alter role ballast superuser"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())
    with psycopg.connect(servers.administrator_url) as connection:
        owned = connection.execute(
            "select relname from pg_class where relowner = 'ballast_tenant'::regrole"
        ).fetchall()
    assert owned == []


def is_ready(client: httpx.Client) -> bool:
    """Whether the API answers that it is ready."""
    try:
        return client.get("/health/ready").status_code == 200
    except httpx.TransportError:
        return False


def command(environment: dict[str, str], folder: Path, *words: str) -> str:
    """What a command printed that ended well."""
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", *words, "--data", str(folder / "data")],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
