"""Our books beside the broker's: what was missed is adopted, what differs is said, silence proves nothing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from alpaca_server.server import AlpacaServer
from api.wiring import House
from application import portfolios
from application.evaluate_position import Question
from application.orders.dispatch import ONE_SENDER
from application.ports.broker import Broker, BrokerReport, Sent, Ticket
from application.reconciliation.differences import Findings
from compared_desk import Desk, open_desk
from domain.order import Order, OrderStatus
from domain.quote import Quote
from domain.streams import PORTFOLIO
from examples import IN_SESSION, by_hand, eventually, open_example
from projections import alerts

POSITIONS = "/v2/positions"
ACTIVITIES = "/v2/account/activities*"
ORDERS = "/v2/orders"


class Unreachable:
    """An account whose customer dies before anything has left."""

    def __init__(self, account: Broker) -> None:
        self.kind, self.account = account.kind, account.account
        self.as_sent, self.look_up, self.cancel = account.as_sent, account.look_up, account.cancel
        self.statement, self.reported = account.statement, account.reported

    def submit(self, _: Ticket) -> Sent:
        """It was never heard of."""
        raise ConnectionError


@pytest.fixture
def server() -> Iterator[AlpacaServer]:
    """An Alpaca that has what the example has on its books."""
    with AlpacaServer(cash="1000000", positions={"KO": "100"}, now=lambda: IN_SESSION) as made:
        yield made


@pytest.fixture
def desk(new_house: Callable[[], House], server: AlpacaServer) -> Desk:
    """A desk whose broker agrees with it."""
    return open_desk(new_house(), server)


def rules(findings: Findings) -> list[str]:
    """What keeps orders back."""
    return [each.rule for each in findings.differences]


def test_books_that_agree_are_clean(desk: Desk) -> None:
    """Nothing to adopt, nothing to say, and no event about it."""
    before = desk.house.ledger.load(PORTFOLIO, desk.opened.portfolio_id).version
    findings = desk.reconcile()
    assert (findings.clean, findings.adopted, findings.all) == (True, 0, ())
    assert desk.house.ledger.load(PORTFOLIO, desk.opened.portfolio_id).version == before
    assert desk.open_alerts == []


def test_nothing_leaves_before_the_first_clean_comparison(desk: Desk) -> None:
    """A decision is skipped as unreconciled; one that was taken before waits, and leaves after the comparison."""
    desk.house.reconcile.require(desk.opened.portfolio_id, "A worker started.")
    question = Question(desk.opened.position_id, Quote(last=Decimal(97), as_of=IN_SESSION), IN_SESSION)
    skipped = desk.house.evaluate_position(by_hand(desk.house), question).answer.decision
    assert (skipped.outcome, skipped.reason) == ("skip", "unreconciled")
    assert desk.reconcile().clean
    assert desk.portfolio.reconciled
    assert desk.order().status is OrderStatus.WORKING


def test_an_order_that_was_decided_waits_for_the_comparison(desk: Desk) -> None:
    """It stays intended, for as long as it takes."""
    question = Question(desk.opened.position_id, Quote(last=Decimal(97), as_of=IN_SESSION), IN_SESSION)
    order_id = desk.house.evaluate_position(by_hand(desk.house), question).answer.order_id
    assert order_id is not None
    desk.house.reconcile.require(desk.opened.portfolio_id, "A worker started.")
    assert not desk.house.submit_order(desk.opened.position_id, order_id).sent
    assert desk.position.order is not None
    assert desk.position.order.status is OrderStatus.INTENDED
    assert desk.server.requests_to("POST", ORDERS) == []


def test_a_fill_that_was_missed_is_adopted(desk: Desk) -> None:
    """The stream was down: the order is found filled, with its executions and the anchor after them."""
    order = desk.order()
    desk.server.fill(order.client_order_id, None, "96.90", silent=True)
    findings = desk.reconcile()
    assert findings.clean
    assert findings.adopted == 1
    assert (desk.position.shares, desk.position.anchor) == (Decimal(152), Decimal("96.90"))
    assert desk.position.order is not None
    assert desk.position.order.status is OrderStatus.FILLED
    assert desk.reconcile().adopted == 0


def test_a_part_that_was_missed_is_adopted_while_the_order_works_on(desk: Desk) -> None:
    """Ten of fifty-two: booked, and the rest still open."""
    order = desk.order()
    desk.server.partially_fill(order.client_order_id, "10", "96.90", silent=True)
    assert desk.reconcile().clean
    assert desk.position.shares == 110
    assert desk.position.open_order is not None
    assert desk.position.open_order.status is OrderStatus.PARTIAL


def test_a_cancel_that_was_missed_is_adopted(desk: Desk) -> None:
    """The order is over there; so it is here."""
    order = desk.order()
    desk.server.cancel(order.client_order_id, silent=True)
    assert desk.reconcile().clean
    assert desk.position.open_order is None


def test_a_trade_by_hand_is_adopted_as_an_event(desk: Desk) -> None:
    """Somebody bought three at the broker: shares, cash and cost follow, the anchor does not."""
    desk.server.trade_outside("KO", "buy", "3", "96.00")
    findings = desk.reconcile()
    assert findings.clean
    assert findings.adopted == 1
    state = desk.position
    assert (state.shares, state.cash, state.anchor) == (Decimal(103), Decimal("9712.00"), Decimal(100))
    again = desk.reconcile()
    assert (again.clean, again.adopted) == (True, 0)
    assert desk.position.shares == 103


def test_a_trade_in_what_nobody_trades_here_is_only_said(desk: Desk) -> None:
    """There is no position to book it on; trading goes on."""
    desk.server.trade_outside("PEP", "buy", "1", "10.00")
    findings = desk.reconcile()
    assert "external_trade" in [each.rule for each in findings.warnings]
    assert desk.open_alerts.count("external_trade") == 1


def test_missing_shares_keep_orders_back_until_they_are_there(desk: Desk) -> None:
    """Fewer than on the books: critical, said once, and resolved when the books agree again."""
    desk.server.transfer("KO", "-10")
    for _ in range(2):
        findings = desk.reconcile()
        assert rules(findings) == ["holding_differs"]
        assert not desk.portfolio.reconciled
    assert desk.open_alerts == ["holding_differs"]
    desk.server.transfer("KO", "10")
    assert desk.reconcile().clean
    assert desk.portfolio.reconciled
    assert desk.open_alerts == []


def test_no_holdings_at_all_are_no_holdings_sold(desk: Desk) -> None:
    """An empty list, while a hundred shares are on the books, changes nothing but the confidence in it."""
    desk.server.faults.empty_list("GET", POSITIONS, times=10)
    assert not desk.reconcile().clean
    assert desk.position.shares == 100
    assert not desk.portfolio.reconciled


def test_less_cash_than_on_the_books_keeps_orders_back(desk: Desk) -> None:
    """An order could overspend it; more cash is only worth a word."""
    desk.server.deposit("-100")
    assert rules(desk.reconcile()) == ["cash_differs"]
    desk.server.deposit("300")
    findings = desk.reconcile()
    assert findings.clean
    assert [each.rule for each in findings.warnings] == ["cash_differs"]


def test_a_few_cents_of_fees_keep_nothing_back(desk: Desk) -> None:
    """Exchanges take them from sales; a person books them when there is time."""
    desk.server.deposit("-0.03")
    findings = desk.reconcile()
    assert findings.clean
    assert [each.rule for each in findings.warnings] == ["cash_differs"]


@pytest.mark.parametrize(
    "fault",
    [
        lambda faults: faults.status("GET", POSITIONS, 500, times=10),
        lambda faults: faults.status("GET", ORDERS, 429, times=10),
        lambda faults: faults.hang("GET", ACTIVITIES, 30, times=10),
        lambda faults: faults.truncated("GET", "/v2/account", times=10),
        lambda faults: faults.html("GET", POSITIONS, times=10),
        lambda faults: faults.json("GET", ORDERS, {"orders": []}, times=10),
    ],
    ids=["500", "429", "hang", "half an answer", "HTML", "another type"],
)
def test_a_failed_answer_is_no_answer(desk: Desk, fault: Any) -> None:
    """Whatever the broker fails with: nothing is booked or ended, orders wait, and a person is told."""
    order = desk.order()
    fault(desk.server.faults)
    findings = desk.reconcile()
    assert rules(findings) == ["broker_silent"]
    assert not desk.portfolio.reconciled
    assert desk.position.order == order
    desk.server.faults.clear()
    assert desk.reconcile().clean
    assert desk.open_alerts == []


def test_an_order_that_the_broker_does_not_know_stays_open_and_unknown(desk: Desk) -> None:
    """It vanished there: not cancelled, not forgotten, but a person's affair."""
    order = desk.order()
    desk.server.forget(order.client_order_id)
    findings = desk.reconcile()
    assert "order_missing" in rules(findings)
    assert desk.position.order is not None
    assert desk.position.order.status is OrderStatus.UNKNOWN


def test_an_order_whose_sender_died_waits_for_the_sweep_to_send_it(desk: Desk) -> None:
    """The broker does not know it, because it never left: that needs no person, only the same id once more."""
    with pytest.raises(ConnectionError):
        replace(desk, broker=Unreachable(desk.broker)).order()
    desk.house.reconcile.require(desk.opened.portfolio_id, "A worker started.")
    eventually(lambda: desk.reconcile().clean)
    order = desk.position.order
    assert order is not None
    assert order.status is OrderStatus.SUBMITTING

    # Until then whoever died might still have been sending it.
    desk.house.ledger.clock = lambda: IN_SESSION + ONE_SENDER
    eventually(lambda: desk.submit_order(desk.opened.position_id, order.id).sent)

    assert list(desk.server.orders) == [order.client_order_id]
    assert desk.open_alerts == []


def test_an_order_that_has_ended_here_and_works_there_is_critical(desk: Desk) -> None:
    """It could still be filled although nobody expects it."""
    order = desk.order()
    canceled = desk.house.order_reports([_canceled(order)]).answer
    assert canceled.status is OrderStatus.CANCELED
    assert rules(desk.reconcile()) == ["order_stray"]
    desk.server.cancel(order.client_order_id, silent=True)
    assert desk.reconcile().clean


def test_an_order_of_somebody_else_is_only_said(desk: Desk) -> None:
    """A limit order placed by hand."""
    desk.server.place_outside("KO", "buy", "1", "10")
    findings = desk.reconcile()
    assert findings.clean
    assert [each.rule for each in findings.warnings] == ["order_stray"]


def test_executions_of_before_the_account_was_connected_are_not_ours(new_house: Callable[[], House]) -> None:
    """What was traded the month before is in the holdings already."""
    month_ago = IN_SESSION - timedelta(days=30)
    clock = [month_ago]
    with AlpacaServer(cash="1000000", positions={"KO": "100"}, now=lambda: clock[0]) as server:
        server.trade_outside("KO", "buy", "5", "50.00")
        server.trade_outside("KO", "sell", "5", "50.00")
        clock[0] = IN_SESSION
        desk = open_desk(new_house(), server)
        findings = desk.reconcile()
        assert (findings.clean, findings.adopted) == (True, 0)


def test_on_paper_there_is_nothing_to_compare(new_house: Callable[[], House]) -> None:
    """The paper broker's book is ours."""
    house = new_house()
    assert house.reconcile(open_example(house).portfolio_id).clean


def _canceled(order: Order) -> Any:

    return BrokerReport(order.client_order_id, "canceled", at=IN_SESSION)


def test_silence_resolves_no_alert_but_its_own(desk: Desk) -> None:
    """Nothing was compared, so nothing agrees again."""
    desk.server.transfer("KO", "-10")
    desk.reconcile()
    desk.server.faults.status("GET", POSITIONS, 500, times=10)
    desk.reconcile()
    assert sorted(desk.open_alerts) == ["broker_silent", "holding_differs"]
    desk.server.faults.clear()
    desk.reconcile()
    assert desk.open_alerts == ["holding_differs"]


def test_a_warning_that_becomes_critical_is_raised_anew(desk: Desk) -> None:
    """More cash than on the books is worth a word; when it has become less, the word is another."""
    desk.server.deposit("100")
    desk.reconcile()
    desk.server.deposit("-200")
    desk.reconcile()
    with desk.house.pool.connection() as connection:
        found = alerts.page(connection, "local", portfolio_id=desk.opened.portfolio_id)
    severities = [(each["severity"], each["resolved_at"] is None) for each in found]
    assert severities == [("WARN", False), ("CRITICAL", True)]


def test_a_frozen_portfolio_is_compared_and_what_was_missed_is_booked(desk: Desk) -> None:
    """A fill that nobody heard of, and a trade by hand: facts, whatever stands still."""
    order = desk.order()
    portfolios.freeze(
        desk.house.ledger, by_hand(desk.house), desk.opened.portfolio_id, "I want to look first"
    )
    desk.server.fill(order.client_order_id, None, "96.90", silent=True)
    desk.server.trade_outside("KO", "buy", "3", "96.00")
    findings = desk.reconcile()
    assert (findings.clean, findings.adopted) == (True, 2)
    assert (desk.position.shares, desk.portfolio.frozen) == (Decimal(155), True)
