"""Between the decision and the sending the price moves on: decided anew, three times at most (DOMAIN §3)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from api.wiring import House
from application.evaluate_position import Question
from application.portfolios import amend
from domain.order import Order, OrderStatus, client_order_id
from domain.position.events import OrderReevaluated
from domain.quote import Quote
from domain.settings import SettingsChange
from domain.streams import POSITION
from examples import IN_SESSION, Opened, by_hand, open_example, tick


@pytest.fixture
def house(new_house: Callable[[], House]) -> House:
    """A house whose clock stands in the session; nothing runs but what a test calls."""
    made = new_house()
    made.ledger.clock = lambda: IN_SESSION
    return made


def at(seconds: int) -> datetime:
    """A moment after the decision."""
    return IN_SESSION + timedelta(seconds=seconds)


def decided(house: House, opened: Opened, price: str = "97.00") -> Order:
    """The example's order, decided and not sent."""
    question = Question(opened.position_id, Quote(last=Decimal(price), as_of=IN_SESSION), IN_SESSION)
    house.evaluate_position(by_hand(house), question)
    return latest(house, opened)


def latest(house: House, opened: Opened) -> Order:
    """The position's latest order."""
    position = house.ledger.load(POSITION, opened.position_id).state
    assert position is not None
    assert position.order is not None
    return position.order


def comes(house: House, opened: Opened, price: str, seconds: int) -> None:
    """A later price comes in, and the clock with it."""
    house.ledger.clock = lambda: at(seconds)
    house.ingest_prices([tick(opened.listing_id, price, at(seconds))])


def reevaluations(house: House, opened: Opened) -> list[OrderReevaluated]:
    """What was decided anew."""
    return [
        recorded.event
        for recorded in house.ledger.log.tail([(opened.position_id, 0)])
        if isinstance(recorded.event, OrderReevaluated)
    ]


def send(house: House, opened: Opened, order: Order) -> Order:
    """Do the job that sends it."""
    house.submit_order(opened.position_id, order.id)
    return latest(house, opened)


@pytest.mark.parametrize(("price", "anew"), [("97.194", 0), ("97.1941", 1), ("96.806", 0), ("96.8059", 1)])
def test_a_move_of_twenty_basis_points_is_borne_and_more_is_decided_anew(
    house: House, price: str, anew: int
) -> None:
    """0.2 % of 97 is 0.194, either way; the boundary itself still counts as standing still."""
    opened = open_example(house, settings=SettingsChange(tau=Decimal("0.02")))
    order = decided(house, opened)
    comes(house, opened, price, 2)
    assert send(house, opened, order).status is OrderStatus.FILLED
    assert len(reevaluations(house, opened)) == anew


def test_the_new_decision_has_its_own_time_size_and_client_order_id(house: House) -> None:
    """A re-evaluation's time is the newer quote's; the order goes on under the key that this makes."""
    opened = open_example(house)
    order = decided(house, opened)
    comes(house, opened, "90.00", 2)
    sent = send(house, opened, order)
    assert sent.id == order.id
    assert sent.client_order_id == client_order_id(opened.position_id, at(2), "BUY")
    assert (sent.status, sent.decided_price, sent.reevaluations) == (OrderStatus.FILLED, Decimal("90.00"), 1)
    assert sent.average_price == Decimal("90.00")
    [again] = reevaluations(house, opened)
    assert again.previous_client_order_id == order.client_order_id
    assert again.drift_bps == Decimal("721.65")
    assert again.inputs.price == Decimal("90.00")
    assert again.outputs.quantity == sent.quantity


def test_a_price_back_inside_the_band_ends_the_order_unsent(house: House) -> None:
    """The reason to trade is gone: nothing leaves, and the anchor stays."""
    opened = open_example(house)
    order = decided(house, opened)
    comes(house, opened, "99.00", 2)
    ended = send(house, opened, order)
    assert ended.status is OrderStatus.SKIPPED
    [again] = reevaluations(house, opened)
    assert (again.outputs.outcome, again.outputs.reason) == ("hold", "within_band")
    with house.pool.connection() as connection:
        assert connection.execute("select from paper_orders").fetchall() == []


def test_the_other_side_of_the_band_turns_the_order_round(house: House) -> None:
    """From a buy to a sale: the same order, a new key."""
    opened = open_example(house)
    order = decided(house, opened)
    comes(house, opened, "103.00", 2)
    sent = send(house, opened, order)
    assert (sent.side, sent.status) == ("SELL", OrderStatus.FILLED)
    assert sent.client_order_id.endswith("|SELL")


class Running:
    """A price that has moved on by half a per cent whenever it is asked for."""

    def __init__(self, house: House, opened: Opened) -> None:
        self._house, self._opened, self._asked = house, opened, 0

    def __call__(self) -> datetime:
        """The clock, which a new price comes with."""
        self._asked += 1
        moment = at(self._asked)
        self._house.ledger.clock = lambda: moment
        price = Decimal("97.00") * (1 - Decimal("0.005") * self._asked)
        self._house.ingest_prices(
            [tick(self._opened.listing_id, str(price.quantize(Decimal("0.01"))), moment)]
        )
        self._house.ledger.clock = self
        return moment


def test_a_price_that_runs_away_is_not_run_after(house: House) -> None:
    """Three new decisions, each overtaken; then the order ends as it is."""
    opened = open_example(house)
    order = decided(house, opened)
    comes(house, opened, "96.52", 0)
    house.ledger.clock = Running(house, opened)
    house.ledger.clock()
    ended = send(house, opened, order)
    assert ended.status is OrderStatus.SKIPPED
    assert [each.attempt for each in reevaluations(house, opened)] == [1, 2, 3]


def test_a_wider_tolerance_is_the_owners_choice(house: House) -> None:
    """drift_bps of the portfolio says how far is too far."""
    opened = open_example(house)
    wider = SettingsChange(drift_bps=Decimal(1000))
    amend(house.ledger, by_hand(house), opened.portfolio_id, None, wider, house.positions_of)
    order = decided(house, opened)
    comes(house, opened, "95.00", 2)
    assert send(house, opened, order).average_price == Decimal("97.00")
    assert reevaluations(house, opened) == []


def test_an_older_quote_is_no_drift(house: House) -> None:
    """What was known before the decision does not overtake it."""
    opened = open_example(house)
    house.ingest_prices([tick(opened.listing_id, "99.50", at(-30))])
    order = decided(house, opened)
    assert send(house, opened, order).status is OrderStatus.FILLED
    assert reevaluations(house, opened) == []


def test_acting_on_a_past_time_is_not_overtaken_by_the_present(house: House) -> None:
    """A decision of an hour ago on paper is sent as it was decided, whatever the price is now."""
    opened = open_example(house)
    order = decided(house, opened)
    comes(house, opened, "80.00", 3600)
    assert send(house, opened, order).average_price == Decimal("97.00")


def test_the_first_key_still_answers_the_order_that_was_decided_anew(house: House) -> None:
    """Another buy of that very moment gets the first order, not a second one."""
    opened = open_example(house)
    order = decided(house, opened)
    comes(house, opened, "90.00", 2)
    send(house, opened, order)
    question = Question(opened.position_id, Quote(last=Decimal("86.00"), as_of=IN_SESSION), IN_SESSION)
    assert house.evaluate_position(by_hand(house), question).answer.order_id == order.id
