"""What a freeze stops, and what it never blocks (DOMAIN §4)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from api.wiring import House
from application import portfolios, positions
from application.evaluate_position import Answer, Question
from application.orders.submit_together import Intended
from application.ports import Origin
from application.ports.broker import Broker, BrokerEvent, BrokerReport
from application.replay import Scenario
from domain.order import Fill, Order, OrderStatus, client_order_id
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import LIVE_FEED, Portfolio
from domain.quote import Quote
from domain.refusals import Conflict
from domain.settings import SettingsChange
from domain.streams import POSITION
from examples import IN_SESSION, Opened, by_hand, open_example, portfolio_of, position_of, tick

BY_HAND = BrokerChoice(auto_fill=False)


@pytest.fixture
def house(new_house: Callable[[], House]) -> House:
    """A house whose clock stands in the session; nothing runs but what a test calls."""
    made = new_house()
    made.ledger.clock = lambda: IN_SESSION
    return made


def frozen(house: House, opened: Opened) -> Opened:
    """The example with its portfolio frozen."""
    portfolios.freeze(house.ledger, by_hand(house), opened.portfolio_id, "I want to look first")
    return opened


def order(house: House, opened: Opened) -> Order:
    """The position's latest order."""
    found = position_of(house, opened).order
    assert found is not None
    return found


def asked(house: House, opened: Opened, price: str = "97.00") -> Answer:
    """What an explicit evaluation answers."""
    quote = Quote(last=Decimal(price), as_of=IN_SESSION)
    return house.evaluate_position(by_hand(house), Question(opened.position_id, quote, IN_SESSION)).answer


def decided(house: House, opened: Opened) -> UUID:
    """An order that was decided and has not left."""
    order_id = asked(house, opened).order_id
    assert order_id is not None
    return order_id


def at_the_broker(house: House, opened: Opened) -> UUID:
    """An order that the paper broker has and does not fill by itself."""
    order_id = decided(house, opened)
    house.submit_order(opened.position_id, order_id)
    house.dispatch.look_up(order(house, opened).client_order_id)
    assert order(house, opened).status is OrderStatus.WORKING
    return order_id


def filled(opened: Opened, quantity: str, revision: int = 1) -> BrokerReport:
    """A report of one execution."""
    key = client_order_id(opened.position_id, IN_SESSION, "BUY")
    fill = Fill("x1", revision, Decimal(quantity), Decimal("97.00"), Decimal(0), IN_SESSION)
    event: BrokerEvent = "partial_fill" if revision == 1 else "trade_correct"
    return BrokerReport(key, event, fill=fill, at=IN_SESSION)


def paper_orders(house: House) -> int:
    """How many orders the paper broker has."""
    with house.pool.connection() as connection:
        return len(connection.execute("select from paper_orders").fetchall())


class Dying:
    """A process that dies before any broker has heard of it."""

    def of(self, _: Portfolio) -> Broker:
        """It was never heard of."""
        raise ConnectionError


def recorded_as_sent(house: House, opened: Opened) -> UUID:
    """An order that is recorded as on its way, and never left."""
    order_id = decided(house, opened)
    with pytest.raises(ConnectionError):
        replace(house.submit_order, dispatch=replace(house.dispatch, brokers=Dying()))(
            opened.position_id, order_id
        )
    assert order(house, opened).status is OrderStatus.SUBMITTING
    return order_id


def test_it_stops_the_evaluation_of_ticks(house: House) -> None:
    opened = frozen(house, open_example(house))
    house.ingest_prices([tick(opened.listing_id, "97.00")])

    drained = house.evaluate_ticks(LIVE_FEED, [opened.listing_id])

    assert (drained.ticks, drained.decided) == (1, 0)
    assert position_of(house, opened).last_skip is None


def test_it_stops_the_evaluation_of_a_replay(house: House) -> None:
    scenario = Scenario(
        symbol="KO", exchange="XNYS", currency="USD", quote_unit="USD", lot=Decimal(1), cash=Decimal(10_000),
        shares=Decimal(100), settings=SettingsChange(), broker=BrokerChoice(), source="test",
    )  # fmt: skip
    first = tick(UUID(int=0), "100")
    begun = house.replay.begin(scenario, first)
    opened = frozen(house, Opened(begun.listing_id, begun.portfolio_id, begun.position_id))
    house.ingest_prices([tick(begun.listing_id, "97.00")], str(begun.portfolio_id))

    assert house.evaluate_ticks(str(begun.portfolio_id), [begun.listing_id]).decided == 0
    assert position_of(house, opened).order is None


def test_an_evaluation_that_a_person_asks_for_skips(house: House) -> None:
    opened = frozen(house, open_example(house))

    answer = asked(house, opened)

    assert (answer.decision.outcome, answer.decision.reason, answer.order_id) == ("skip", "frozen", None)


def test_an_order_that_was_decided_before_does_not_leave(house: House) -> None:
    """Neither alone nor together with others."""
    alone, beside = open_example(house), open_example(house, symbol="PEP")
    order_id, another = decided(house, alone), decided(house, beside)
    frozen(house, alone)
    frozen(house, beside)

    assert not house.submit_order(alone.position_id, order_id).sent
    house.submit_together([Intended(beside.position_id, another, Origin(UUID(int=1), UUID(int=2)))])

    assert [order(house, each).status for each in (alone, beside)] == [OrderStatus.SKIPPED] * 2
    assert paper_orders(house) == 0


def test_an_order_that_was_on_its_way_and_never_left_ends(house: House) -> None:
    """Once it is certain that the broker has none of it; it is not sent when the freeze is lifted, days later."""
    opened = open_example(house)
    order_id = recorded_as_sent(house, opened)
    frozen(house, opened)
    assert not house.submit_order(opened.position_id, order_id).sent
    assert order(house, opened).status is OrderStatus.SUBMITTING

    house.ledger.clock = lambda: IN_SESSION + timedelta(seconds=80)
    house.submit_order(opened.position_id, order_id)

    assert order(house, opened).status is OrderStatus.REJECTED
    portfolios.unfreeze(house.ledger, by_hand(house), opened.portfolio_id, "I have looked")
    house.submit_order(opened.position_id, order_id)
    assert paper_orders(house) == 0


def test_no_job_that_sends_many_sends_one_of_these_again(house: House) -> None:
    opened = open_example(house)
    order_id = recorded_as_sent(house, opened)
    frozen(house, opened)

    house.submit_together([Intended(opened.position_id, order_id, Origin(UUID(int=1), UUID(int=2)))])

    assert paper_orders(house) == 0


def test_nobody_sends_an_order_again_by_hand(house: House) -> None:
    opened = open_example(house)
    order_id = recorded_as_sent(house, opened)
    frozen(house, opened)

    with pytest.raises(Conflict, match="The portfolio is frozen"):
        house.resubmit_order(by_hand(house), opened.position_id, order_id)

    assert paper_orders(house) == 0


def test_fills_of_an_order_that_is_out_are_booked_and_corrected(house: House) -> None:
    opened = open_example(house, broker=BY_HAND)
    at_the_broker(house, opened)
    frozen(house, opened)

    house.order_reports([filled(opened, "52")])
    assert (position_of(house, opened).shares, order(house, opened).status) == (
        Decimal(152),
        OrderStatus.FILLED,
    )
    house.order_reports([filled(opened, "50", revision=2)])
    assert position_of(house, opened).shares == 150


def test_an_order_that_is_out_can_be_cancelled(house: House) -> None:
    opened = open_example(house, broker=BY_HAND)
    order_id = at_the_broker(house, opened)
    frozen(house, opened)

    canceled = house.cancel_order(by_hand(house), opened.position_id, order_id).answer

    assert canceled.status is OrderStatus.CANCELED


def test_money_comes_and_goes(house: House) -> None:
    """From outside, and between a portfolio and its positions."""
    opened = frozen(house, open_example(house))
    cause = by_hand(house)

    portfolios.move_cash(house.ledger, cause, opened.portfolio_id, "deposit", Decimal(100))
    portfolios.move_cash(house.ledger, cause, opened.portfolio_id, "withdrawal", Decimal(30))
    positions.allocate_cash(house.ledger, cause, opened.position_id, Decimal(5))
    positions.return_cash(house.ledger, cause, opened.position_id, Decimal(1))

    assert portfolio_of(house, opened).cash == 1_000_000 - 10_000 + 100 - 30 - 4
    assert position_of(house, opened).cash == 10_004


def test_dividends_and_splits_take_effect(house: House) -> None:
    """They are announced, settled and paid."""
    opened = frozen(house, open_example(house))
    cause = by_hand(house)
    house.announce_actions.dividend(
        cause, opened.listing_id, ex_date=date(2026, 11, 23), pay_date=date(2026, 11, 24),
        per_share=Decimal(4), withholding_rate=None,
    )  # fmt: skip
    house.announce_actions.split(cause, opened.listing_id, ex_date=date(2026, 11, 25), ratio=Decimal(2))

    house.settle_actions(opened.position_id, IN_SESSION + timedelta(days=6))

    after = position_of(house, opened)
    assert (after.cash, after.shares, after.anchor) == (Decimal(10_300), Decimal(200), Decimal(48))
    assert not after.receivable


def test_a_position_is_opened_set_paused_and_closed(house: House) -> None:
    """What a person does with it moves nothing at a broker."""
    opened = frozen(house, open_example(house))
    cause, another = by_hand(house), house.ledger.new_id()

    positions.open_position(
        house.ledger, cause, another, portfolio_id=opened.portfolio_id, listing_id=opened.listing_id,
        cash=Decimal(100), shares=Decimal(1), anchor=Decimal(100), settings=SettingsChange(),
    )  # fmt: skip
    positions.change_settings(house.ledger, cause, another, SettingsChange(tau=Decimal("0.05")))
    positions.pause(house.ledger, cause, another)
    positions.resume(house.ledger, cause, another)
    positions.close(house.ledger, cause, another)

    closed = house.ledger.load(POSITION, another).state
    assert closed is not None
    assert closed.status == "closed"


def test_lifted_the_next_tick_is_decided(house: House) -> None:
    opened = frozen(house, open_example(house))
    portfolios.unfreeze(house.ledger, by_hand(house), opened.portfolio_id, "I have looked")
    house.ingest_prices([tick(opened.listing_id, "97.00")])

    assert house.evaluate_ticks(LIVE_FEED, [opened.listing_id]).kept == 1
