"""Ten thousand open orders compared with a broker that speaks Alpaca's API, page by page over a socket."""

import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

from pydantic import SecretStr

from adapters.brokers.alpaca.account import AlpacaAccount
from adapters.brokers.alpaca.addresses import Addresses
from adapters.brokers.alpaca.lines import Lines
from api.wiring import House
from application.ledger import Cause, Transaction
from application.ports.broker import BROKER_SECONDS_MAX, Broker, Credentials
from application.reconciliation.missed_executions import AdoptExecutions
from application.reconciliation.orders_compared import CompareOrders
from application.reconciliation.reconcile import Reconcile
from benchmarks.ground import FREE_CASH, IN_SESSION, fresh_house, later, settle
from benchmarks.measurement import Measurement
from benchmarks.whole_orders import place
from domain.order import Order
from domain.portfolio import decide as portfolio_rules
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import Portfolio
from domain.streams import PORTFOLIO

sys.path.append(str(Path(__file__).parents[1] / "tests"))  # the local Alpaca is a fake of the tests

from alpaca_server.orders import Order as TheirOrder
from alpaca_server.server import AlpacaServer

ORDERS = 10_000
LISTINGS = 50
MISSED = 100
ORDERS_AN_APPEND = 100
ROUNDS = 3


def run(addresses: tuple[str, str]) -> Iterator[Measurement]:
    """Books and broker agree but for some fills that were missed; those are adopted in the first round."""
    with fresh_house(addresses) as house, AlpacaServer(now=lambda: IN_SESSION) as server:
        estate = settle(house, LISTINGS, ORDERS // LISTINGS, portfolio_count=1)
        portfolio_id = estate.portfolio_ids[0]
        server.deposit(FREE_CASH - server.cash)
        for number in range(LISTINGS):
            server.transfer(f"L{number}", 100 * ORDERS // LISTINGS)
        orders = _placed(house, estate.position_ids, server.account_number)
        for number, order in enumerate(orders):
            server.book.orders[order.client_order_id] = _theirs(number, order)
        for order in orders[:MISSED]:
            server.partially_fill(order.client_order_id, "1", "97.00", silent=True)
        reconcile = _reconcile(house, server)
        _connect(house, portfolio_id, server)
        began = time.perf_counter()
        first = reconcile(portfolio_id)
        adopting = time.perf_counter() - began
        if not first.clean or first.adopted != MISSED or first.orders != ORDERS:
            raise AssertionError(f"not exact: {first.adopted} adopted, {first.differences[:3]}")
        quiet = statistics.median(_seconds(reconcile, portfolio_id) for _ in range(ROUNDS))
        yield Measurement("10 000 open orders, 100 missed fills adopted", adopting, "s", 10, "less")
        yield Measurement("10 000 open orders that agree", quiet, "s", 10, "less")


def _seconds(reconcile: Reconcile, portfolio_id: UUID) -> float:
    began = time.perf_counter()
    if not reconcile(portfolio_id).clean:
        raise AssertionError("the books should agree")
    return time.perf_counter() - began


def _placed(house: House, position_ids: list[UUID], account: str) -> list[Order]:
    """An order at work for every position."""
    orders: list[Order] = []
    cause = Cause(actor="local", correlation_id=house.ledger.new_id(), at=IN_SESSION)
    for begin in range(0, len(position_ids), ORDERS_AN_APPEND):
        part = position_ids[begin : begin + ORDERS_AN_APPEND]

        def decide(transaction: Transaction, part: list[UUID] = part) -> list[Order]:
            where = ("alpaca", account)
            states = [place(house, transaction, each, later(1), Decimal("97.00"), where) for each in part]
            return [state.order for state in states if state.order is not None]

        orders += house.ledger.transact(cause, decide).answer
    return orders


def _theirs(number: int, order: Order) -> TheirOrder:
    at = IN_SESSION - timedelta(milliseconds=ORDERS - number)
    return TheirOrder(
        str(uuid4()), order.client_order_id, f"L{number % LISTINGS}", "buy", "market", "day", order.quantity,
        None, False, "new", at, at,
    )  # fmt: skip


class _OneAccount:
    """The application's Brokers with one account for all."""

    def __init__(self, server: AlpacaServer) -> None:
        keys = Credentials(SecretStr(server.key_id), SecretStr(server.secret_key))
        addresses = Addresses(server.url, server.stream_url)
        self._account = AlpacaAccount(
            server.account_number, "paper", keys, addresses, Lines(), BROKER_SECONDS_MAX
        )

    def of(self, _: Portfolio) -> Broker:
        return self._account


def _reconcile(house: House, server: AlpacaServer) -> Reconcile:
    brokers = _OneAccount(server)
    at_broker = replace(house.dispatch, brokers=brokers)
    compare = CompareOrders(house.ledger, house.books, house.order_reports, at_broker)
    adopt = AdoptExecutions(house.ledger, house.books, at_broker)
    return Reconcile(house.ledger, brokers, house.books, house.reconciliations, compare, adopt)


def _connect(house: House, portfolio_id: UUID, server: AlpacaServer) -> None:
    choice = BrokerChoice(kind="alpaca", environment="paper", account=server.account_number)

    def decide(transaction: Transaction) -> None:
        stream, portfolio = transaction.require(PORTFOLIO, portfolio_id)
        transaction.append(stream, portfolio_rules.connect(portfolio, choice, None))

    house.ledger.transact(Cause("local", house.ledger.new_id(), at=IN_SESSION), decide)
