"""``ballast freeze``: the brake from a terminal, on servers of one's own, beside a running Ballast and without one."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from api.wiring import House
from application import portfolios
from application.evaluate_position import Question
from domain.order import OrderStatus
from domain.portfolio.events import BrokerChoice, BrokerConnected
from domain.quote import Quote
from domain.streams import PORTFOLIO, POSITION
from examples import IN_SESSION, Opened, by_hand, open_example
from kills.programs import PATIENCE_SECONDS, run


@pytest.fixture
def house(new_house: Callable[[], House]) -> House:
    """A house whose clock stands in the session; nothing runs but what a test calls."""
    made = new_house()
    made.ledger.clock = lambda: IN_SESSION
    return made


def frozen(house: House, data: Path, *words: str) -> tuple[int, Any]:
    """The exit code of a freeze, and what it said: an answer, or why there is none."""
    addresses = {"DATABASE_URL": house.database_url, "REDIS_URL": house.redis_url, "BALLAST_DATA": str(data)}
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "freeze", *words, "--json"],
        env={**os.environ, **addresses},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    return done.returncode, json.loads(done.stdout) if done.stdout else done.stderr


def reasons(house: House, opened: Opened) -> tuple[str, ...]:
    """What a portfolio is frozen for."""
    state = house.ledger.load(PORTFOLIO, opened.portfolio_id).state
    assert state is not None
    return state.freeze_reasons


def ordered(house: House, opened: Opened) -> None:
    """An order that works at the paper broker."""
    question = Question(opened.position_id, Quote(last=Decimal(97), as_of=IN_SESSION), IN_SESSION)
    order_id = house.evaluate_position(by_hand(house), question).answer.order_id
    assert order_id is not None
    house.submit_order(opened.position_id, order_id)


def test_everything_of_everybody_stops(house: House, tmp_path: Path) -> None:
    """Whoever has the machine has the switch."""
    first, second = open_example(house), open_example(house, symbol="PEP")
    portfolios.freeze(house.ledger, by_hand(house), second.portfolio_id, "PEP jumped")
    with house.pool.connection() as connection:
        connection.execute(
            "update portfolio_members set member = 'x' where portfolio_id = %s", (first.portfolio_id,)
        )

    code, said = frozen(house, tmp_path, "--all", "--reason", "a bad day")

    assert code == 0
    assert {each["id"]: each["already_frozen"] for each in said["portfolios"]} == {
        str(first.portfolio_id): False,
        str(second.portfolio_id): True,
    }
    assert reasons(house, first) == ("a bad day",)
    assert reasons(house, second) == ("PEP jumped", "a bad day")


def test_one_stops_by_its_id_or_its_name(house: House, tmp_path: Path) -> None:
    first, second = open_example(house), open_example(house, symbol="PEP")
    portfolios.amend(house.ledger, by_hand(house), second.portfolio_id, "Pension", None, lambda _: [])

    frozen(house, tmp_path, "Pension")
    assert (reasons(house, first), len(reasons(house, second))) == ((), 1)
    frozen(house, tmp_path, str(first.portfolio_id), "--reason", "it too")
    assert reasons(house, first) == ("it too",)


def test_brokers_are_asked_without_any_worker(house: House, tmp_path: Path) -> None:
    opened = open_example(house, broker=BrokerChoice(auto_fill=False))
    ordered(house, opened)

    code, said = frozen(house, tmp_path, "--all", "--cancel")

    assert (code, [each["status"] for each in said["orders"]]) == (0, ["canceled"])
    state = house.ledger.load(POSITION, opened.position_id).state
    assert state is not None
    assert state.order is not None
    assert state.order.status is OrderStatus.CANCELED


def test_an_order_that_could_not_be_cancelled_ends_with_one_and_the_freeze_stands(
    house: House, tmp_path: Path
) -> None:
    """The account's keys are not there, so its broker cannot be asked."""
    opened = open_example(house, broker=BrokerChoice(auto_fill=False))
    ordered(house, opened)
    _connected_without_keys(house, opened)

    code, said = frozen(house, tmp_path, "--all", "--cancel")

    assert code == 1
    assert [each["problem"] is not None for each in said["orders"]] == [True]
    assert reasons(house, opened)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "or --all"),
        (["--all", "Example"], "or --all"),
        (["Example"], "Several portfolios are called Example"),
        (["Nobody"], "There is no portfolio Nobody"),
        (["019aa000-0000-7000-8000-000000000002"], "There is no portfolio 019aa000"),
        (["--all", "--reason", " "], "needs a reason"),
    ],
)
def test_what_is_not_clear_is_refused_and_stops_nothing(
    house: House, tmp_path: Path, words: list[str], sentence: str
) -> None:
    opened = [open_example(house), open_example(house, symbol="PEP")]

    code, said = frozen(house, tmp_path, *words)

    assert code == 2
    assert sentence in said
    assert [reasons(house, each) for each in opened] == [(), ()]


def test_on_a_data_folder_that_nothing_runs_on(tmp_path: Path) -> None:
    """Its servers are started for the command and stopped again."""
    said = run(tmp_path / "data", "freeze", "--all", "--cancel", "--json")

    assert said == {"portfolios": [], "orders": []}


def _connected_without_keys(house: House, opened: Opened) -> None:
    """As if an account had been connected whose keys were lost since."""

    def decide(transaction: Any) -> None:
        stream, state = transaction.require(PORTFOLIO, opened.portfolio_id)
        broker = BrokerChoice(kind="alpaca", environment="paper", account="PA3TESTS0001")
        transaction.append(
            stream, [BrokerConnected(portfolio_id=state.id, currency=state.currency, broker=broker)]
        )

    house.ledger.transact(by_hand(house), decide)
