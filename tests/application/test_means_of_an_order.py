"""Between the decision and the sending, cash and shares may go elsewhere (DOMAIN §2 step 6, §6)."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from api.wiring import House
from application import positions
from application.evaluate_position import Question
from application.ledger import Transaction
from domain.order import Fill, OrderStatus
from domain.position import booking
from domain.position.state import Position
from domain.quote import Quote
from domain.streams import POSITION
from examples import IN_SESSION, Opened, by_hand, open_example, position_of


@pytest.fixture
def house(new_house: Callable[[], House]) -> House:
    """A house whose clock stands in the session."""
    made = new_house()
    made.ledger.clock = lambda: IN_SESSION
    return made


def decide(house: House, opened: Opened, price: str) -> Position:
    """The example decides, and nothing is sent yet."""
    question = Question(opened.position_id, Quote(last=Decimal(price), as_of=IN_SESSION), IN_SESSION)
    assert house.evaluate_position(by_hand(house), question).answer.order_id is not None
    return position_of(house, opened)


def send(house: House, opened: Opened) -> Position:
    """Do the order's job."""
    order = position_of(house, opened).order
    assert order is not None
    house.submit_order(opened.position_id, order.id)
    return position_of(house, opened)


def test_a_sale_of_shares_that_somebody_sold_at_the_broker_does_not_leave(house: House) -> None:
    """Fifty were to be sold, five are left: the rest would be sold short."""
    opened = open_example(house)
    decide(house, opened, "103")

    def adopt(transaction: Transaction) -> None:
        stream, position = transaction.require(POSITION, opened.position_id)
        fill = Fill("stranger", 1, Decimal(95), Decimal(103), Decimal(0), IN_SESSION)
        transaction.append(stream, booking.adopt(position, "alpaca", "PA1", "SELL", fill, None))

    house.ledger.transact(by_hand(house), adopt)
    after = send(house, opened)
    assert after.order is not None
    assert (after.order.status, after.shares) == (OrderStatus.SKIPPED, Decimal(5))


def test_a_purchase_whose_cash_went_back_does_not_leave(house: House) -> None:
    """Orders may not overdraw."""
    opened = open_example(house)
    decide(house, opened, "97")
    positions.return_cash(house.ledger, by_hand(house), opened.position_id, Decimal(5000))
    after = send(house, opened)
    assert after.order is not None
    assert (after.order.status, after.cash) == (OrderStatus.SKIPPED, Decimal(5000))


def test_to_the_cent_it_still_leaves(house: House) -> None:
    """52 at 97.00 and 1 bp cost 5 044.50 of 10 000."""
    opened = open_example(house)
    decide(house, opened, "97")
    positions.return_cash(house.ledger, by_hand(house), opened.position_id, Decimal("4955.49"))
    after = send(house, opened)
    assert after.order is not None
    assert (after.order.status, after.cash) == (OrderStatus.FILLED, Decimal("0.01"))
