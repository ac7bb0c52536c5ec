"""What a comparison finds and cannot book keeps orders back, and is said (DOMAIN §3)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal

import pytest

from alpaca_server.server import AlpacaServer
from api.wiring import House
from application.evaluate_position import Question
from application.orders.dispatch import Dispatch
from application.ports.broker import Broker, BrokerReport, KeysSealed
from application.reconciliation.differences import Findings
from application.reconciliation.missed_executions import AdoptExecutions
from application.reconciliation.orders_compared import CompareOrders
from application.reconciliation.reconcile import Reconcile
from broker_contract.alpaca import account_at
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import Portfolio
from domain.position.state import Position
from domain.quote import Quote
from examples import IN_SESSION, Opened, by_hand, open_example, portfolio_of, position_of
from projections import alerts


@dataclass
class Desk:
    """A portfolio in a real ledger, and its account at a local Alpaca that agrees with it."""

    house: House
    server: AlpacaServer
    opened: Opened
    sealed: bool = field(default=False)

    def of(self, _: Portfolio) -> Broker:
        """The application's Brokers."""
        if self.sealed:
            raise KeysSealed("These keys were sealed with key 00112233, which is not here.")
        return account_at(self.server, seconds_max=2)

    @property
    def at_broker(self) -> Dispatch:
        """The use cases of orders at this broker."""
        return replace(self.house.dispatch, brokers=self)

    def reconcile(self) -> Findings:
        """Compare both sides."""
        house = self.house
        compare = CompareOrders(house.ledger, house.books, house.order_reports, self.at_broker)
        adopt = AdoptExecutions(house.ledger, house.books, self.at_broker)
        use_case = Reconcile(house.ledger, self, house.books, house.reconciliations, compare, adopt)
        return use_case(self.opened.portfolio_id)

    def order(self, price: str) -> str:
        """An order is decided at a price, and sent; answers the client order id."""
        house = self.house
        question = Question(self.opened.position_id, Quote(last=Decimal(price), as_of=IN_SESSION), IN_SESSION)
        order_id = house.evaluate_position(by_hand(house), question).answer.order_id
        assert order_id is not None
        submit = replace(house.submit_order, dispatch=self.at_broker)
        submit(self.opened.position_id, order_id)
        assert self.position.order is not None
        return self.position.order.client_order_id

    @property
    def position(self) -> Position:
        """The position as it stands."""
        return position_of(self.house, self.opened)

    @property
    def may_trade(self) -> bool:
        """Whether orders may leave."""
        return portfolio_of(self.house, self.opened).reconciled

    @property
    def alerts(self) -> list[str]:
        """The rules of the alerts that are open."""
        with self.house.pool.connection() as connection:
            found = alerts.page(connection, "local", portfolio_id=self.opened.portfolio_id, is_open=True)
        return [each["rule"] for each in found]


@pytest.fixture
def desk(new_house: Callable[[], House]) -> Iterator[Desk]:
    """A desk whose broker agrees with it."""
    house = new_house()
    house.ledger.clock = lambda: IN_SESSION
    with AlpacaServer(cash="1000000", positions={"KO": "100"}, now=lambda: IN_SESSION) as server:
        choice = BrokerChoice(kind="alpaca", environment="paper", account=server.account_number)
        yield Desk(house, server, open_example(house, broker=choice))


def test_a_purchase_taken_back_whose_shares_were_sold(desk: Desk) -> None:
    """The bust takes more than is held. It used to end the comparison, which then said nothing and stopped nothing."""
    execution = desk.server.fill(desk.order("97"), None, "97.00", silent=True)
    desk.server.trade_outside("KO", "sell", "152", "96.00")
    assert desk.reconcile().clean
    assert desk.position.shares == 0
    desk.server.transfer("KO", "53")  # or it would be short, which this server does not know
    desk.server.bust(execution, silent=True)
    desk.house.ledger.clock = lambda: IN_SESSION + timedelta(minutes=5)

    for _ in range(2):
        findings = desk.reconcile()
        assert "execution_unbookable" in [each.rule for each in findings.differences]
        assert not desk.may_trade
        assert "execution_unbookable" in desk.alerts
    assert desk.position.shares == 0


@pytest.mark.parametrize("has_ended", [False, True], ids=["open", "ended"])
def test_what_lacks_shares_does_not_keep_those_shares_from_being_booked(desk: Desk, has_ended: bool) -> None:
    """Ours has sold what somebody bought at the broker, and neither is on the books.

    It used to end each comparison before the purchase was booked, so that no later one came any further.
    """
    order = desk.order("103")
    desk.server.trade_outside("KO", "sell", "100", "103.00")
    assert desk.reconcile().clean
    assert desk.position.shares == 0
    desk.server.trade_outside("KO", "buy", "60", "103.00")
    desk.server.fill(order, None, "103.00", silent=True)
    if has_ended:
        desk.house.order_reports([BrokerReport(order, "canceled", at=IN_SESSION)])

    assert desk.reconcile().clean

    assert desk.position.shares == Decimal(desk.server.positions["KO"])
    assert (desk.may_trade, desk.alerts) == (True, [])


def test_keys_that_cannot_be_opened(desk: Desk) -> None:
    """Nobody can ask the broker, so nobody knows: orders wait, and a person is told."""
    desk.sealed = True
    findings = desk.reconcile()
    assert [each.rule for each in findings.differences] == ["broker_silent"]
    assert (desk.may_trade, desk.alerts) == (False, ["broker_silent"])
    desk.sealed = False
    assert desk.reconcile().clean
    assert (desk.may_trade, desk.alerts) == (True, [])
