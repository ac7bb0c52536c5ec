"""Splits and mergers, with orders open and prices on their way (DOMAIN §5)."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from api.wiring import House
from application.ports.broker import BrokerReport
from domain.order import Fill, Order, OrderStatus
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import LIVE_FEED
from domain.position.state import Position
from example_action_events import seen
from examples import IN_SESSION, Opened, by_hand, open_example, tick
from projections.catalogue import BY_NAME
from projections.rebuild import Rebuild

from .actions_told import (
    EX_DATE,
    EX_OPEN,
    SECOND,
    another_listing,
    at_time,
    books,
    dividend,
    intended,
    names,
    open_beside,
    price,
    split,
    state,
)

DAY = timedelta(days=1)
BY_HAND = BrokerChoice(auto_fill=False)


@pytest.fixture
def house(new_house: Callable[[], House]) -> House:
    """A house whose clock stands in Friday's session; nothing runs but what a test calls."""
    return at_time(new_house(), IN_SESSION)


@pytest.mark.parametrize(
    ("ratio", "after", "shares", "anchor"), [("10", "9.99", 1000, "10"), ("0.1", "999.00", 10, "1000")]
)
def test_a_split_fires_no_trigger(house: House, ratio: str, after: str, shares: int, anchor: str) -> None:
    """The first price of new shares passes the gate and is compared with the new band."""
    opened = open_example(house)
    split(house, opened, ratio)
    price(house, opened, "100.00", IN_SESSION)
    drained = price(house, opened, after, EX_OPEN)
    assert seen(drained.ticks, drained.decided) == (1, 0)
    assert seen(state(house, opened).shares, state(house, opened).anchor) == (shares, Decimal(anchor))
    assert split(house, opened, ratio).is_new is False
    house.settle_actions(opened.position_id)
    assert names(house, opened).count("split_applied") == 1


def test_a_fraction_is_paid_out_at_the_last_good_price_before(house: House) -> None:
    """105 for 10 and a half: half of a new share is five old ones at 98.00."""
    opened = open_example(house, shares="105")
    split(house, opened, "0.1")
    price(house, opened, "98.00", EX_OPEN - SECOND)
    price(house, opened, "981.00", EX_OPEN)
    after = state(house, opened)
    assert seen(after.shares, after.cash, after.book_cost) == (10, 10_490, 10_000)
    assert books(house, opened.portfolio_id) == 0


def test_announced_late_it_leaves_what_was_bought_since(house: House) -> None:
    """The price came down to a tenth, somebody released it, and the rule bought: that was of new shares."""
    opened = open_example(house, anchor="10")
    price(house, opened, "9.70", EX_OPEN)
    (order,) = intended(house, opened)
    house.submit_order(opened.position_id, order.order_id)
    bought = state(house, opened).shares - 100
    assert bought > 0
    at_time(house, EX_OPEN + timedelta(hours=1))
    split(house, opened)
    house.settle_actions(opened.position_id)
    assert seen(state(house, opened).shares, state(house, opened).anchor) == (1000 + bought, Decimal("9.70"))


def test_an_order_that_has_not_left_never_leaves(house: House) -> None:
    opened = open_example(house)
    split(house, opened)
    price(house, opened, "97.00", IN_SESSION)
    (order,) = intended(house, opened)
    at_time(house, EX_OPEN)
    house.calendar.refresh()
    assert house.submit_order(opened.position_id, order.order_id).sent is False
    after = _order(state(house, opened))
    assert seen(after.status, state(house, opened).shares) == (OrderStatus.CANCELED, 1000)


def test_an_order_at_the_broker_is_cancelled(house: House) -> None:
    """A split asks the broker; the answer ends the order, and nothing of it is filled."""
    opened = open_example(house, broker=BY_HAND)
    split(house, opened)
    price(house, opened, "97.00", IN_SESSION)
    (order,) = intended(house, opened)
    house.submit_order(opened.position_id, order.order_id)
    assert _order(state(house, opened)).status is OrderStatus.WORKING
    price(house, opened, "9.75", EX_OPEN)
    after = state(house, opened)
    assert seen(_order(after).status, after.shares, after.anchor) == (OrderStatus.CANCELED, 1000, 10)
    assert house._due_for_actions() == []


def test_a_dividend_leaves_an_open_order_alone(house: House) -> None:
    opened = open_example(house, broker=BY_HAND)
    dividend(house, opened)
    price(house, opened, "97.00", IN_SESSION)
    (order,) = intended(house, opened)
    house.submit_order(opened.position_id, order.order_id)
    at_time(house, EX_OPEN).settle_actions(opened.position_id)
    assert _order(state(house, opened)).status is OrderStatus.WORKING
    assert house._due_for_actions() == []


def test_a_cancel_that_was_never_asked_for_is_asked_for_by_the_sweep(house: House) -> None:
    """Whoever settled the split died right after: an order of old shares is found for as long as it is open."""
    opened = open_example(house, broker=BY_HAND)
    price(house, opened, "97.00", IN_SESSION)
    (order,) = intended(house, opened)
    house.submit_order(opened.position_id, order.order_id)
    split(house, opened)
    settle = house.settle_actions.within
    house.ledger.transact(by_hand(house), lambda each: settle(each, opened.position_id, EX_OPEN))
    assert _order(state(house, opened)).status is OrderStatus.WORKING
    at_time(house, EX_OPEN)
    assert house._due_for_actions() == [opened.position_id]
    house.settle_actions(opened.position_id)
    assert _order(state(house, opened)).status is OrderStatus.CANCELED
    assert house._due_for_actions() == []


def test_a_fill_from_before_the_split_that_is_told_after_it(house: House) -> None:
    """The cancel came too late: 52 at 97.00 are 520 at 9.70, and the anchor follows."""
    opened = open_example(house, broker=BY_HAND)
    split(house, opened)
    price(house, opened, "97.00", IN_SESSION)
    (order,) = intended(house, opened)
    house.submit_order(opened.position_id, order.order_id)
    price(house, opened, "9.70", EX_OPEN)
    filled = Fill("late", 1, Decimal(52), Decimal("97.00"), Decimal(0), IN_SESSION + SECOND)
    house.order_reports([BrokerReport(order.client_order_id, "fill", fill=filled, at=EX_OPEN + SECOND)])
    after = state(house, opened)
    assert seen(after.shares, after.cash, after.anchor) == (1520, 4956, Decimal("9.70"))
    assert _holding(house, opened, opened.listing_id) == (1520, Decimal("15044.00"))
    assert books(house, opened.portfolio_id) == 0


@pytest.mark.parametrize(
    ("value", "stopped"),
    [
        ("10.00", False),
        ("10.20", False),
        ("9.80", False),
        ("10.21", True),
        ("97.00", True),
        ("99.00", True),
        ("1.00", True),
    ],
)
def test_the_gate_lets_pass_what_the_split_explains(house: House, value: str, stopped: bool) -> None:
    """Within two per cent of a tenth. A price of old shares after the split is stopped, though it did not jump."""
    opened = open_example(house)
    split(house, opened)
    price(house, opened, "100.00", IN_SESSION)
    at_time(house, EX_OPEN)
    taken = house.ingest_prices([tick(opened.listing_id, value, EX_OPEN)])
    assert bool(taken.quarantined) is stopped


def test_before_the_open_and_without_a_split_nothing_is_explained(house: House) -> None:
    opened = open_example(house)
    price(house, opened, "100.00", IN_SESSION)
    split(house, opened)
    early = house.ingest_prices([tick(opened.listing_id, "10.00", IN_SESSION + SECOND)])
    assert [finding.rule for _, finding in early.quarantined] == ["split_suspect"]


def test_a_merger_goes_on_with_the_other_listing(house: House) -> None:
    """Half a PEP and two dollars for each KO: from then on prices of PEP decide, and those of KO do not."""
    opened = open_example(house)
    into = another_listing(house)
    there = open_beside(house, into, anchor="196")
    _merger(house, opened, into)
    at_time(house, EX_OPEN)
    assert house.settle_actions.waiting() == [opened.position_id]
    assert price(house, opened, "100.00", EX_OPEN).decided == 0
    after = state(house, opened)
    assert seen(after.listing_id, after.shares, after.cash, after.anchor) == (into, 50, 10_200, 196)
    assert _holding(house, opened, opened.listing_id) == (0, 0)
    assert _holding(house, opened, into) == (50, Decimal("9800.00"))
    assert books(house, opened.portfolio_id) == 0
    moved = Opened(into, opened.portfolio_id, opened.position_id)
    assert price(house, opened, "103.00", EX_OPEN + SECOND).decided == 0
    assert price(house, moved, "202.00", EX_OPEN + SECOND).decided == 2
    assert [len(intended(house, each)) for each in (opened, there)] == [1, 1]


def test_a_dividend_owed_before_the_merger_is_paid_after_it(house: House) -> None:
    """And it finds its day by prices of the new listing too."""
    opened = open_example(house)
    into = another_listing(house)
    told = dividend(house, opened)
    at_time(house, EX_OPEN).settle_actions(opened.position_id)
    _merger(house, opened, into)
    house.settle_actions(opened.position_id)
    moved = Opened(into, opened.portfolio_id, opened.position_id)
    assert state(house, opened).receivable == 300
    payable_at = getattr(told.action, "payable_at", EX_OPEN)
    price(house, moved, "192.00", payable_at)
    assert seen(state(house, opened).receivable, state(house, opened).cash) == (0, 10_500)


def test_an_action_of_the_new_listing_from_before_the_merger_is_none_of_its_business(house: House) -> None:
    opened = open_example(house)
    into = another_listing(house)
    _merger(house, opened, into, effective=EX_DATE + DAY)
    split(house, Opened(into, opened.portfolio_id, opened.position_id))
    at_time(house, EX_OPEN + DAY).settle_actions(opened.position_id)
    assert state(house, opened).shares == 50
    assert house.settle_actions.waiting() == []


def test_read_models_say_the_same_when_they_are_rebuilt(house: House) -> None:
    opened = open_example(house)
    _merger(house, opened, another_listing(house))
    at_time(house, EX_OPEN).settle_actions(opened.position_id)
    models = [BY_NAME[name] for name in ("actions", "positions", "orders", "journal", "cash", "holdings")]
    with house.pool.connection() as connection:
        assert all(
            each.equal for each in Rebuild(connection, house.log, models).run(lambda step, done, total: None)
        )


def test_live_prices_of_both_listings_in_one_batch(house: House) -> None:
    """The tick of the old listing settles, and the new one's is decided on what that leaves."""
    opened = open_example(house)
    into = another_listing(house)
    _merger(house, opened, into)
    at_time(house, EX_OPEN)
    house.ingest_prices([tick(opened.listing_id, "100.00", EX_OPEN), tick(into, "190.00", EX_OPEN)])
    assert house.evaluate_ticks(LIVE_FEED, [opened.listing_id, into]).decided == 1
    assert [order.inputs.anchor for order in intended(house, opened)] == [196]


def _merger(house: House, opened: Opened, into: UUID, *, effective: date = EX_DATE) -> None:
    house.announce_actions.merger(
        by_hand(house),
        opened.listing_id,
        into_listing_id=into,
        effective=effective,
        ratio=Decimal("0.5"),
        cash_per_share=Decimal(2),
    )


def _order(position: Position) -> Order:
    assert position.order is not None
    return position.order


def _holding(house: House, opened: Opened, listing_id: UUID) -> tuple[object, ...]:
    with house.pool.connection() as connection:
        row = connection.execute(
            "select quantity, book_cost from holdings where portfolio_id = %s and listing_id = %s",
            (opened.portfolio_id, listing_id),
        ).fetchone()
    assert row is not None
    return row["quantity"], row["book_cost"]


def test_a_fraction_is_worth_what_the_splits_before_have_made_of_the_last_price(house: House) -> None:
    """101 shares at 100.00 are 404 at 25.00, and these 121.2 at 83.33."""
    opened = open_example(house, shares="101")
    price(house, opened, "100.00", IN_SESSION)
    split(house, opened, "4")
    split(house, opened, "0.3", EX_DATE + DAY)
    house.settle_actions(opened.position_id, EX_OPEN + 2 * DAY)
    assert seen(state(house, opened).shares, state(house, opened).cash) == (121, Decimal("10016.67"))
