"""``ballast backup``: with a Ballast at work and without one, and a clear word when there is none."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from typer.testing import CliRunner

from api.cli.main import app
from api.wiring import House
from domain.runs.state import Run
from domain.streams import RUN
from examples import open_example
from kills.programs import PATIENCE_SECONDS


def asked(house: House, data: Path) -> tuple[int, str]:
    """The exit code, and what it said: what came of it, or why there is no backup."""
    addresses = {"DATABASE_URL": house.database_url, "REDIS_URL": house.redis_url, "BALLAST_DATA": str(data)}
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "backup", "--json"],
        env={**os.environ, **addresses},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    return done.returncode, done.stdout or done.stderr


def backed_up(house: House, data: Path) -> tuple[dict[str, str], Run]:
    """What the command printed, and the run it asked for."""
    code, answer = asked(house, data)
    assert code == 0, answer
    said = json.loads(answer)
    run = house.ledger.load(RUN, UUID(said["id"])).state
    assert run is not None
    return said, run


def test_it_works_without_a_worker(house: House, tmp_path: Path) -> None:
    open_example(house)
    said, run = backed_up(house, tmp_path)
    [file] = (tmp_path / "backups").iterdir()
    assert said["summary"].startswith(f"Wrote {file.name}, ")
    assert said["summary"].endswith("and read it to its end; 1 is kept.")
    assert (run.kind, run.trigger, run.status, run.portfolio_id) == ("backup", "person", "success", None)


def test_beside_a_worker_it_is_carried_out_once(running: House, tmp_path: Path) -> None:
    """By whichever is quicker."""
    running.backups_folder = tmp_path / "backups"
    open_example(running)
    _, run = backed_up(running, tmp_path)
    assert run.attempts == 1
    assert len([*(tmp_path / "backups").iterdir()]) == 1


def test_when_there_is_none_it_says_why(house: House, tmp_path: Path) -> None:
    open_example(house)
    (tmp_path / "backups").touch()
    code, said = asked(house, tmp_path)
    assert code == 4
    assert "ballast: There is no backup: The folder " in said
    assert said.endswith(" cannot be written to: File exists.\n")


def test_the_doctor_tells_of_the_latest(house: House, tmp_path: Path) -> None:
    """And calls for somebody when there is none although one was due."""
    open_example(house)
    assert examined(house, tmp_path)["value"] == "none yet"
    said, _ = backed_up(house, tmp_path)
    assert examined(house, tmp_path)["value"] == said["summary"]
    assert examined(house, tmp_path)["problem"] is None
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "backups").touch()
    assert asked(house, broken)[0] == 4
    assert "cannot be written to" in examined(house, broken)["problem"]


def examined(house: House, data: Path) -> dict[str, Any]:
    """What the doctor finds about backups."""
    addresses = {"DATABASE_URL": house.database_url, "REDIS_URL": house.redis_url, "BALLAST_DATA": str(data)}
    result = CliRunner().invoke(app, ["doctor", "--json"], env=addresses)
    [finding] = [each for each in json.loads(result.stdout) if each["name"] == "backup"]
    return dict(finding)


@pytest.mark.parametrize("variable", ["BALLAST_BACKUP_CRON", "BALLAST_RETENTION_CRON"])
def test_an_expression_that_is_none_is_named(variable: str) -> None:
    result = CliRunner().invoke(app, ["doctor", "--json"], env={variable: "every night"})
    assert result.exit_code == 1
    [finding] = json.loads(result.stdout)
    assert finding["name"] == variable
    assert "five fields" in finding["problem"]
    assert "Or it is 'off'." in finding["problem"]
