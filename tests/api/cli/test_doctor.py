"""``ballast doctor`` about calendars: of exchanges that listings name, and how far each reaches."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from api.cli.doctor import calendars
from api.cli.main import app
from api.wiring import House
from examples import open_example

XNYS_LAST = House("", "").sessions.reaches("XNYS")[1]


def examined(house: House, data: Path) -> tuple[int, dict[str, Any]]:
    """The exit code, and what was found about each calendar."""
    addresses = {"DATABASE_URL": house.database_url, "REDIS_URL": house.redis_url, "BALLAST_DATA": str(data)}
    result = CliRunner().invoke(app, ["doctor", "--json"], env=addresses)
    found = {finding["name"]: finding for finding in json.loads(result.stdout)}
    return result.exit_code, {name: each for name, each in found.items() if name.startswith("calendar")}


def test_every_exchange_of_a_listing_is_looked_at_and_no_other(house: House, tmp_path: Path) -> None:
    assert examined(house, tmp_path) == (0, {})
    open_example(house)
    open_example(house, exchange="XSIM")

    code, found = examined(house, tmp_path)

    assert set(found) == {"calendar XNYS", "calendar XSIM"}
    assert found["calendar XNYS"]["value"] == f"known to {XNYS_LAST}"
    soon = XNYS_LAST - datetime.now(UTC).date() < timedelta(days=90)
    assert (code, found["calendar XNYS"]["problem"] is not None) == (int(soon), soon)


def test_an_exchange_without_a_calendar_is_a_problem(house: House, tmp_path: Path) -> None:
    open_example(house, exchange="XXXX")

    code, found = examined(house, tmp_path)

    assert code == 1
    assert found["calendar XXXX"]["value"] == "not known"
    assert "There is no calendar for exchange XXXX" in found["calendar XXXX"]["problem"]


def test_ninety_days_before_the_end_it_becomes_a_problem() -> None:
    in_time, late = (next(calendars(["XNYS"], XNYS_LAST - timedelta(days=days))) for days in (90, 89))

    assert (in_time.value, in_time.problem) == (f"known to {XNYS_LAST}", None)
    assert late.value == f"known to {XNYS_LAST}"
    assert late.problem is not None
    assert f"XNYS ends on {XNYS_LAST}, 89 days ahead" in late.problem


def test_nothing_is_said_of_the_simulated_venue() -> None:
    assert next(calendars(["XSIM"], date(2300, 1, 1))).problem is None


def test_an_allow_list_that_cannot_be_read_is_named(house: House, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["doctor", "--json"], env={"BALLAST_OUTBOUND_ALLOW": "nas.local"})
    assert result.exit_code == 1
    assert "nas.local is neither a network" in json.loads(result.stdout)[0]["problem"]
