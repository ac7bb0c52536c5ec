"""Executions: money, shares and cost they move, the anchor that follows, and what is never booked twice."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.numbers import shortest
from domain.order import End, Fill, OrderStatus
from domain.position import booking, ordering
from domain.position.booking import is_overfilled
from domain.position.events import (
    AnchorMoved,
    ExecutionBooked,
    OrderEnded,
    OrderIntended,
    OrderSubmitted,
)
from domain.position.state import Position
from domain.refusals import Conflict, Invalid, NotYet
from given_when_then import Given, When
from stories import (
    ALLOCATED,
    INTENDED,
    OPENED,
    PORTFOLIO_ID,
    SENT,
    fill,
    intended,
    latest,
    position,
)


def told(given: Given[Position], report: Fill) -> When[Position]:
    """The given position is told of a fill."""
    return given.when(lambda state: booking.book(state, latest(state), report))


def ending(given: Given[Position], status: End) -> When[Position]:
    """The given position is told that its order is over."""
    return given.when(lambda state: ordering.end(state, latest(state), status, None))


def held(given: Given[Position]) -> tuple[str, str, str, str]:
    """Shares, cash, book cost and anchor."""
    state = given.state
    return shortest(state.shares), shortest(state.cash), shortest(state.book_cost), shortest(state.anchor)


def selling(quantity: int = 50) -> Given[Position]:
    """The example position with a sale out."""
    sale = intended("103.00").model_copy(update={"quantity": Decimal(quantity)})
    assert isinstance(sale, OrderIntended)
    given = position.given(OPENED, ALLOCATED, sale)
    return given.when(lambda s: ordering.submit(s, latest(s), "paper", str(PORTFOLIO_ID))).then_kinds(
        OrderSubmitted
    )


def test_a_buy_takes_cash_and_adds_shares_at_cost() -> None:
    """52 at 97.00 with half a dollar: the commission is paid, but is no part of the cost."""
    filled = told(position.given(*SENT), fill("52", commission="0.5")).then_kinds(
        ExecutionBooked, OrderEnded, AnchorMoved
    )
    assert held(filled) == ("152", "4955.5", "15044", "97")


def test_a_sale_releases_average_cost() -> None:
    """After a buy at 97 the average cost is 98.97; half the shares take half the cost with them."""
    bought = told(position.given(*SENT), fill("52")).then_kinds(ExecutionBooked, OrderEnded, AnchorMoved)
    state = replace(bought.state, order=selling().state.order)
    sold = told(Given(position, state), fill("50", "103", "s1")).then_kinds(
        ExecutionBooked, OrderEnded, AnchorMoved
    )
    # 15044 × 50 / 152 is 4948.684…
    assert held(sold) == ("102", "10106", "10095.32", "103")


def test_the_last_share_takes_the_last_cent_of_cost() -> None:
    """Thirds do not divide a cent; when nothing is held, nothing is left in the books."""
    given = selling(100)
    for number, quantity in enumerate(("33", "33", "34")):
        kinds = [ExecutionBooked] if number < 2 else [ExecutionBooked, OrderEnded, AnchorMoved]
        given = told(given, fill(quantity, "103.01", f"s{number}")).then_kinds(*kinds)
    assert held(given)[0::2] == ("0", "0")


def test_money_is_rounded_half_even_once() -> None:
    """0.5 × 97.01 is 48.505, which books as 48.50; 0.5 × 97.03 is 48.515, which books as 48.52."""
    for price, worth in (("97.01", "48.50"), ("97.03", "48.52")):
        after = told(position.given(*SENT), fill("0.5", price)).then_kinds(ExecutionBooked)
        assert after.state.cash == Decimal("10000.00") - Decimal(worth)


def test_the_anchor_is_the_volume_weighted_fill_price() -> None:
    """10 at 96 and 42 at 97 make 96.807692307692."""
    partly = told(position.given(*SENT), fill("10", "96", "x1")).then_kinds(ExecutionBooked)
    assert partly.state.anchor == 100
    filled = told(partly, fill("42", "97", "x2")).then_kinds(ExecutionBooked, OrderEnded, AnchorMoved)
    assert filled.state.anchor == Decimal("96.807692307692")


def test_enormous_and_tiny_fills_add_up_to_the_last_digit() -> None:
    """Eighteen digits before the dot and twelve behind it: none of the thirty is lost in a sum."""
    partly = told(position.given(*SENT), fill("0.000000000001", name="x1")).then_kinds(ExecutionBooked)
    filled = told(partly, fill("999999999999999999", "0.01", "x2")).then_kinds(
        ExecutionBooked, OrderEnded, AnchorMoved
    )
    assert filled.state.shares == Decimal("1000000000000000099.000000000001")
    assert filled.state.order is not None
    assert filled.state.order.filled == Decimal("999999999999999999.000000000001")


def test_an_average_of_enormous_prices_is_exact() -> None:
    """Eighteen digits before the dot and twelve behind it still average."""
    report = fill("52", "999999999999999999.000000000001")
    filled = told(position.given(*SENT), report).then_kinds(ExecutionBooked, OrderEnded, AnchorMoved)
    assert filled.state.anchor == Decimal("999999999999999999.000000000001")


@pytest.mark.parametrize("status", [OrderStatus.CANCELED, OrderStatus.EXPIRED, OrderStatus.REJECTED])
def test_an_order_that_ends_partly_filled_moves_the_anchor(status: End) -> None:
    """What was filled counts, however the order ended."""
    partly = told(position.given(*SENT), fill("10", "96")).then_kinds(ExecutionBooked)
    ended = ending(partly, status).then_kinds(OrderEnded, AnchorMoved)
    assert held(ended) == ("110", "9040", "10960", "96")


def test_an_order_that_ends_without_a_fill_moves_nothing() -> None:
    """Before it was sent or after, a cancelled order leaves the position as it was."""
    for events in ((OPENED, ALLOCATED, INTENDED), SENT):
        ended = ending(position.given(*events), OrderStatus.CANCELED).then_kinds(OrderEnded)
        assert held(ended) == ("100", "10000", "10000", "100")
        assert ended.state.open_order is None
        ending(ended, OrderStatus.CANCELED).then_nothing()


def test_a_fill_at_the_anchor_does_not_move_it() -> None:
    """No event says that nothing moved."""
    told(position.given(*SENT), fill("52", "100.00")).then_kinds(ExecutionBooked, OrderEnded)


def test_a_repeated_execution_is_already_so() -> None:
    """While the order is open and after it has ended."""
    partly = told(position.given(*SENT), fill("10")).then_kinds(ExecutionBooked)
    told(partly, fill("10")).then_nothing()
    ended = ending(partly, OrderStatus.CANCELED).then_kinds(OrderEnded, AnchorMoved)
    told(ended, fill("10")).then_nothing()


@pytest.mark.parametrize(
    "other",
    [fill("11"), fill("10", "98"), fill("10", commission="1"), fill("0")],
    ids=["quantity", "price", "commission", "nothing"],
)
def test_another_content_under_a_known_execution_is_refused(other: Fill) -> None:
    """A revision is booked once; what differs has to say that it is a later one."""
    partly = told(position.given(*SENT), fill("10")).then_kinds(ExecutionBooked)
    told(partly, other).then_refused(Conflict, "Execution x1 is booked as 10 at 97.00")


def test_an_older_revision_is_already_so() -> None:
    """What a later revision replaced does not come back."""
    partly = told(position.given(*SENT), fill("10", revision=2)).then_kinds(ExecutionBooked)
    told(partly, fill("99", revision=1)).then_nothing()


def test_a_fill_after_the_cancel_is_booked_and_moves_the_anchor() -> None:
    """The broker was faster than the cancel: an order with fills has ended, so the anchor is their price."""
    ended = ending(position.given(*SENT), OrderStatus.CANCELED).then_kinds(OrderEnded)
    late = told(ended, fill("10", "96")).then_kinds(ExecutionBooked, AnchorMoved)
    assert held(late) == ("110", "9040", "10960", "96")
    assert late.state.order is not None
    assert late.state.order.status is OrderStatus.CANCELED


def test_more_filled_than_ordered_is_booked_and_known() -> None:
    """It is a fact; freezing the portfolio is the use case's affair."""
    filled = told(position.given(*SENT), fill("52")).then_kinds(ExecutionBooked, OrderEnded, AnchorMoved)
    assert not is_overfilled(latest(filled.state))
    over = told(filled, fill("1", name="x2")).then_kinds(ExecutionBooked)
    assert is_overfilled(latest(over.state))
    assert over.state.shares == 153


def test_more_sold_than_held_is_kept_for_later() -> None:
    """There are no short holdings; the buy that brought the shares may still be on its way."""
    told(selling(), fill("101", "103", "s1")).then_refused(NotYet, "more KO than the 100 that are held")


def test_a_fill_of_an_order_that_was_not_sent_is_refused() -> None:
    """Nothing can have happened to an order that never left."""
    given = position.given(OPENED, ALLOCATED, INTENDED)
    told(given, fill("1")).then_refused(Conflict, "has not been sent")


@pytest.mark.parametrize("report", [fill("0"), fill("-1"), fill("1", "0"), fill("1", commission="-0.01")])
def test_an_impossible_fill_is_refused(report: Fill) -> None:
    """A fill has a quantity and a price, and costs nothing less than nothing."""
    told(position.given(*SENT), report).then_refused(Invalid, "above zero")


def test_orders_of_a_day_count_once_they_reach_the_broker() -> None:
    """An intention alone does not count, and another trading day starts at nothing."""
    before, sent = position.given(OPENED, ALLOCATED, INTENDED).state, position.given(*SENT).state
    day = INTENDED.inputs.trading_day
    assert (before.orders_on(day), sent.orders_on(day)) == (0, 1)
    assert sent.orders_on(day.replace(day=day.day + 1)) == 0
