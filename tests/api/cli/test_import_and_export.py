"""``ballast import`` and ``ballast export``: a broker's file in, a ledger out that beancount accepts."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from beancount import loader

from api.wiring import House
from application import portfolios
from broker_files import CASH, SEMIS, WORLD, aj_bell
from domain.portfolio.events import BrokerChoice
from domain.settings import SettingsChange
from domain.streams import PORTFOLIO
from examples import by_hand
from kills.programs import PATIENCE_SECONDS


def ballast(house: House, data: Path, *words: str) -> tuple[int, str]:
    """The exit code of a command, and everything that it said."""
    addresses = {"DATABASE_URL": house.database_url, "REDIS_URL": house.redis_url, "BALLAST_DATA": str(data)}
    environment: Mapping[str, str] = {**os.environ, **addresses, "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    return done.returncode, done.stdout + done.stderr


def a_pension(house: House) -> UUID:
    """The only portfolio, in pounds."""
    pension = portfolios.open_portfolio(
        house.ledger,
        by_hand(house),
        house.ledger.new_id(),
        title="Pension",
        currency="GBP",
        mode="advisory",
        broker=BrokerChoice(),
        settings=SettingsChange(),
    )
    return pension.answer.id


def test_a_file_is_shown_asked_about_booked_once_and_exported(
    new_house: Callable[[], House], tmp_path: Path
) -> None:
    house, file, ledger = new_house(), tmp_path / "positions.csv", tmp_path / "pension.beancount"
    pension = a_pension(house)
    file.write_bytes(aj_bell(WORLD, SEMIS, CASH))

    code, told = ballast(house, tmp_path, "import", str(file), "--apply")
    assert code == 1
    assert "Which listing is XLON:VWRP" in told
    known = ["--answer", "XLON:VWRP=register", "--answer", "XLON:SEMI=register"]
    code, told = ballast(house, tmp_path, "import", str(file), "--apply", *known)
    assert (code, "Booked 3 entries as batch" in told) == (0, True), told
    code, told = ballast(house, tmp_path, "import", str(file))
    assert (code, "0 entries" in told) == (0, True), told
    state = house.ledger.load(PORTFOLIO, pension).state
    assert state is not None
    assert state.cash == Decimal("512.44")

    code, told = ballast(house, tmp_path, "export", "--format", "beancount", "--output", str(ledger))
    assert code == 0, told
    entries, errors, _ = loader.load_file(str(ledger))
    assert not errors
    assert "2026-03-11 balance Assets:Pension:Holdings:VWRP 236 VWRP" in ledger.read_text()
    assert len(entries) > 10

    file.write_bytes(aj_bell(WORLD)[:-20])
    code, told = ballast(house, tmp_path, "import", str(file))
    assert (code, "cut off or damaged" in told) == (2, True), told
