"""The runbook's command sequences, run word for word."""

import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from adapters.embedded.folder import DataFolder
from adapters.embedded.servers import open_servers
from api.http.app import create_app
from api.secrets_folder import known_sealing_key, sealing_key
from api.wiring import House
from examples import open_example
from kills.canonical import canonical
from over_http import HERE, answered, configuration

ROOT = Path(__file__).parents[2]
RUNBOOK = ROOT / "docs" / "runbook.md"
SERVERS = ("DATABASE_URL", "REDIS_URL", "BALLAST_DATA")


def commands(heading: str) -> str:
    """The first block of commands under a heading."""
    _, found, below = RUNBOOK.read_text().partition(f"\n### {heading}\n")
    assert found, heading
    block = re.search(r"```sh\n(.*?)```", below, re.DOTALL)
    assert block is not None
    return block[1]


@dataclass(frozen=True)
class Machine:
    """A folder with the data of a Ballast that is stopped now, what was in it, and the key of what is sealed."""

    folder: Path
    held: str
    sealing_key: str

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"


@pytest.fixture
def machine() -> Iterator[Machine]:
    """One that has something on its books."""
    folder = Path(tempfile.mkdtemp(prefix="ballast-runbook-"))
    data = folder / "data"
    with open_servers(data, None, None) as servers:
        house = House(servers.database_url, servers.redis_url)
        house.prepare_database()
        open_example(house)
        key = sealing_key(DataFolder(data).secrets)
        house.sealing_key = lambda: key
        with TestClient(create_app(house, configuration()), base_url=HERE) as client:
            answered(client.put("/channels", json={"channels": [CHANNEL]}))
        house.close()
        held = canonical(data)
    yield Machine(folder, held, key.get_secret_value())
    shutil.rmtree(folder, ignore_errors=True)


CHANNEL = {"name": "phone", "url": "jsons://user:password@hooks.example.org/path"}


def run(script: str, folder: Path) -> str:
    """Run it as a person would who stops at the first thing that goes wrong; answers what it said."""
    environment = {name: value for name, value in os.environ.items() if name not in SERVERS}
    programs = f"{Path(sys.executable).parent}:{environment['PATH']}"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env={**environment, "PATH": programs},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_after_backup_loss_and_restore_everything_is_what_it_was(machine: Machine) -> None:
    """Verified, rebuilt equal to live, with its keys, and allowed to act again."""
    said = run(commands("Backup, loss, restore"), machine.folder)

    assert "is read only until `ballast verify` finds that nothing differs." in said
    assert "Nothing differs." in said
    assert "only live" not in said
    assert known_sealing_key(DataFolder(machine.data).secrets) == SecretStr(machine.sealing_key)
    with (
        open_servers(machine.data, None, None) as servers,
        psycopg.connect(servers.database_url) as connection,
    ):
        rows = connection.execute("select verified_at, lifted_at from restorations").fetchall()
        restored = canonical(machine.data)
    [(verified_at, lifted_at)] = rows
    assert lifted_at >= verified_at
    held, there = set(machine.held.splitlines()), set(restored.splitlines())
    assert held <= there
    # All that happened after is the run that wrote the backup.
    newer = sorted(line.split()[1] for line in there - held if line[:1].isdigit())
    assert newer == ["run.requested.1", "run.started.1"]


def test_after_a_change_of_the_sealing_key_the_new_one_alone_opens_everything(machine: Machine) -> None:
    said = run(commands("Change the sealing key"), machine.folder)

    assert "1 secret was sealed anew." in said
    [*_, path] = sorted((machine.data / "secrets").glob("BALLAST_SEALING_KEY*"))
    assert path.name == "BALLAST_SEALING_KEY"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    new = known_sealing_key(DataFolder(machine.data).secrets)
    assert new is not None
    assert new.get_secret_value() != machine.sealing_key
    with open_servers(machine.data, None, None) as servers:
        house = House(servers.database_url, servers.redis_url, sealing_key=lambda: new)
        with house.pool.connection() as connection:
            [channel] = connection.execute("select channel_id from channels").fetchall()
        address = house.channels.address(channel["channel_id"])
        house.close()
    assert address is not None
    assert address.get_secret_value() == CHANNEL["url"]
