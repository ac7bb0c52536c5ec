"""``ballast replay`` as a person runs it, against an oracle written from the rules alone."""

import signal
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kills.canonical import canonical
from kills.programs import Program, events_in, processes_on, run, wait_for
from kills.rounds import summary_of
from price_files import write_prices
from story.naive_balancing import Account

ROWS = 160
NUMBERS = ("fees", "shares", "cash", "final_value", "buy_and_hold")
DOLLARS = ("--exchange", "XNYS", "--currency", "USD")
PENCE = ("--exchange", "XLON", "--currency", "GBP", "--unit", "GBX")


def options(account: Account) -> list[str]:
    settings = ("sizing", "r", "tau", "min_notional", "g_low", "g_high")
    pairs = [f"{name}={getattr(account, name)}" for name in settings]
    pairs.append(f"commission_bps={account.commission}")
    money = ["--cash", str(account.cash), "--shares", str(account.shares)]
    money += ["--slippage-bps", str(account.slippage)]
    return [*money, *(word for pair in pairs for word in ("--set", pair))]


def account(sizing: str, numbers: str, scale: Decimal = Decimal(1)) -> Account:
    """``numbers`` are cash, shares, r, tau, smallest notional, slippage and commission in basis points."""
    cash, shares, r, tau, least, slippage, commission = map(Decimal, numbers.split())
    return Account(
        cash=cash,
        shares=shares,
        sizing=sizing,
        r=r,
        tau=tau,
        min_notional=least,
        slippage=slippage,
        commission=commission,
        scale=scale,
    )


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder for several replays, one after the other."""
    return tmp_path_factory.mktemp("shared") / "data"


@pytest.mark.parametrize(
    ("market", "first", "expected"),
    [
        (DOLLARS, "97.35", account("anchor_ratio", "10000 0 0.5 0.03 100 0 1")),
        (DOLLARS, "61.20", account("proportional", "20000 40 3 0.02 500 7 5")),
        (PENCE, "8412.50", account("fixed_fraction", "25000 50 0.1 0.03 900 2.5 12", scale=Decimal("0.01"))),
    ],
    ids=["anchor_ratio", "proportional", "fixed_fraction"],
)
def test_a_replay_trades_as_the_rules_say(
    tmp_path: Path, shared: Path, market: tuple[str, ...], first: str, expected: Account
) -> None:
    """Trades, skips, fees and what is left in the end are those of a naive reading of DOMAIN §2."""
    closes = write_prices(tmp_path / "WALK.csv", rows=ROWS, seed=11, exchange=market[1], first=first)

    found = run(shared, "replay", str(tmp_path / "WALK.csv"), "--json", *market, *options(expected))

    for number in NUMBERS:
        found[number] = Decimal(found[number])
    told = {name: found[name] for name in found if name not in ("symbol", "frozen") and name[-3:] != "_id"}
    assert told == expected.replayed(closes)
    assert found["buys"] > 5
    assert found["sells"] > 5
    assert sum(found["skips"].values()) > 5


@pytest.fixture(scope="module")
def peaceful(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A data folder with one replay in it, and what it answered."""
    folder = tmp_path_factory.mktemp("peaceful")
    write_prices(folder / "WALK.csv", rows=ROWS, seed=5)
    return folder / "data", run(folder / "data", *words(folder))


def words(folder: Path) -> tuple[str, ...]:
    return ("replay", str(folder / "WALK.csv"), "--json", "--set", "tau=0.02", "--shares", "10")


def test_the_same_command_again_answers_the_same_and_adds_nothing(peaceful: tuple[Path, Any]) -> None:
    """A replay is known by its file and its settings."""
    data, answer = peaceful
    before = canonical(data)

    assert run(data, *words(data.parent)) == answer
    assert canonical(data) == before


def test_two_data_folders_hold_the_same_events(peaceful: tuple[Path, Any], tmp_path: Path) -> None:
    """But for ids and the moments at which they happened to be stored."""
    data, answer = peaceful

    again = run(tmp_path / "data", *words(data.parent))

    assert summary_of(again) == summary_of(answer)
    assert canonical(tmp_path / "data") == canonical(data)


def stop_under_way(replay: Program, number: signal.Signals, stored: int) -> int:
    """Start a replay, signal it when it has stored more than that, and answer how many events there were."""
    replay.start()
    try:
        wait_for(
            lambda: replay.status() is not None or events_in(replay.data) > stored + 20, "the first trades"
        )
        reached = events_in(replay.data)
        replay.send(number)
        wait_for(lambda: replay.status() is not None, "the end of the interrupted replay", 20)
    finally:
        replay.kill()
    return reached


def test_an_interrupted_replay_goes_on_where_it_stopped(peaceful: tuple[Path, Any], tmp_path: Path) -> None:
    """Ctrl-C and a polite kill end it cleanly; the same command again comes to the same end."""
    data, answer = peaceful
    interrupted = tmp_path / "data"
    replay, stored = Program(interrupted, *words(data.parent)), 0
    for number in (signal.SIGINT, signal.SIGTERM):
        stored = stop_under_way(replay, number, stored)
        assert replay.status() == 128 + number
        assert processes_on(interrupted) == []

    again = run(interrupted, *words(data.parent))

    assert summary_of(again) == summary_of(answer)
    assert canonical(interrupted) == canonical(data)


def test_a_broken_row_stops_everything_before_anything_is_stored(tmp_path: Path) -> None:
    """File, line and reason are named, and not even the good file beside it is begun."""
    good, bad = tmp_path / "GOOD.csv", tmp_path / "BAD.csv"
    write_prices(good, rows=20, seed=1)
    write_prices(bad, rows=20, seed=1)
    lines = bad.read_text().splitlines()
    bad.write_text("\n".join([*lines[:7], lines[7].split(",")[0] + ",1e2", *lines[8:]]) + "\n")
    replay = Program(tmp_path / "data", "replay", str(good), str(bad))
    replay.start()

    wait_for(lambda: replay.status() is not None, "the refusal")

    assert replay.status() == 2
    assert f"{bad}:8: the close '1e2' is no plain number" in replay.last_words()
    assert not (tmp_path / "data").exists()
