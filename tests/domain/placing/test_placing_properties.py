"""Whatever a broker executes of a line of advice: nothing is spent that is not there, and nothing is lost."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.journal import entry_for
from domain.money import ZERO, notional
from domain.order import Fill, OrderStatus
from domain.placing.budgets import rooms
from domain.placing.opening import fund, opened, part_of, wind_up
from domain.placing.placement import Placement
from domain.portfolio.units import Units
from domain.position import booking, ordering
from domain.position.evaluate import evaluate
from domain.position.events import AnyPositionEvent, CashAllocated, OrderIntended, PositionClosed
from domain.position.evolve import evolve as evolve_position
from domain.position.state import Position
from domain.settings import resolve
from example_placing_events import PLACEMENT
from stories import AT, KO, ORDER_ID, POSITION_ID, a_listing, a_portfolio, a_quote, circumstances

CENTS = st.integers(1, 500_000).map(lambda cents: Decimal(cents) / 100)
UNITS = st.integers(1, 500).map(Decimal)
PARTS = st.lists(st.tuples(st.integers(1, 100), st.integers(0, 100)), max_size=4)
ENDS = st.sampled_from([OrderStatus.CANCELED, OrderStatus.EXPIRED, OrderStatus.REJECTED])


def after(state: Position, events: list[AnyPositionEvent]) -> Position:
    """The position after events, each of which posts a balanced entry or none."""
    for event in events:
        entry = entry_for(event, POSITION_ID)
        assert entry is None or sum((line.amount for line in entry.lines), ZERO) == 0
        state = evolve_position(state, event, POSITION_ID)
    return state


def placed(
    placement: Placement, units: Units, cash: Decimal, price: Decimal
) -> tuple[Position, OrderIntended | None]:
    """A line's position with what it was given, and the order that is decided on it."""
    state = evolve_position(None, opened(a_portfolio(), a_listing(KO), placement, units), POSITION_ID)
    state = after(state, fund(state, cash)) if cash else state
    around = circumstances(a_quote(price))
    around = replace(around, settings=resolve(a_portfolio().settings, state.settings))
    event = evaluate(state, a_portfolio(), around, ORDER_ID).event
    return state, event if isinstance(event, OrderIntended) else None


def executed(
    state: Position, intended: OrderIntended, parts: list[tuple[int, int]], end: OrderStatus
) -> Position:
    """The order sent, filled in parts at prices that its limit allows, ended, and settled; late parts come too."""
    state = after(state, [intended])
    assert state.order is not None
    settings = resolve(a_portfolio().settings, state.settings)
    limit = ordering.limit_of(state, state.order, settings, Decimal("0.01"))
    state = after(state, ordering.submit(state, state.order, "paper", "p", limit_price=limit))
    left = intended.quantity
    for number, (share, cheaper) in enumerate(parts):
        quantity = min(left, (intended.quantity * share / 100).quantize(Decimal(1)))
        order = state.order
        assert order is not None
        if not quantity:
            continue
        best = limit or order.decided_price
        price = max(Decimal("0.01"), (best - Decimal(cheaper) / 100))
        commission = notional(quantity, price, Decimal(1), "USD") * settings.commission_bps / 10_000
        fill = Fill(f"x{number}", 1, quantity, price, commission, AT)
        state = after(state, booking.book(state, order, fill))
        state = after(state, booking.settle_closed(state))
        left -= quantity
        if number == 1 and state.order is not None and state.order.is_open:
            state = after(state, ordering.end(state, state.order, end, None))  # type: ignore[arg-type]  # one of the ends
            state = after(state, wind_up(state))
    if state.order is not None and state.order.is_open:
        state = after(state, ordering.end(state, state.order, end, None))  # type: ignore[arg-type]  # one of the ends
    return after(state, wind_up(state))


@given(UNITS, CENTS, CENTS, st.integers(-500, 500), PARTS, ENDS)
def test_a_purchase_never_costs_more_than_was_set_aside(
    quantity: Decimal,
    advised: Decimal,
    cash: Decimal,
    moved: int,
    parts: list[tuple[int, int]],
    end: OrderStatus,
) -> None:
    placement = PLACEMENT.model_copy(
        update={"quantity": quantity, "advised_price": advised, "min_trade": ZERO, "cost": Decimal("0.10")}
    )
    price = max(Decimal("0.01"), (advised * (10_000 + moved) / 10_000).quantize(Decimal("0.01")))
    state, intended = placed(placement, Units(), cash, price)
    if intended is None:
        return
    assert 0 < intended.quantity <= quantity
    state = executed(state, intended, parts, end)
    assert state.status == "closed"
    assert (state.shares, state.cash, state.book_cost) == (ZERO, ZERO, ZERO)
    assert state.order is not None
    assert state.handed_over.shares == state.order.filled
    spent = sum((each.notional + each.commission for each in state.order.executions), ZERO)
    assert spent <= cash


@given(UNITS, UNITS, CENTS, CENTS, PARTS, ENDS)
def test_what_is_not_sold_comes_back_at_what_it_has_cost(
    held: Decimal,
    quantity: Decimal,
    cost: Decimal,
    price: Decimal,
    parts: list[tuple[int, int]],
    end: OrderStatus,
) -> None:
    there = Units(held, cost)
    taken = part_of(there, min(held, quantity), "USD")
    assert 0 <= taken.book_cost <= cost
    placement = PLACEMENT.model_copy(
        update={"side": "SELL", "quantity": quantity, "advised_price": price, "min_trade": ZERO}
    )
    state, intended = placed(placement, taken, ZERO, price)
    assert intended is not None
    assert intended.quantity == taken.quantity
    state = executed(state, intended, parts, end)
    assert state.order is not None
    assert (state.shares, state.cash, state.book_cost) == (ZERO, ZERO, ZERO)
    assert state.handed_over.shares == taken.quantity - state.order.filled
    released = sum((each.book_cost for each in state.order.executions), ZERO)
    assert state.handed_over.book_cost == taken.book_cost - released
    assert state.handed_over.book_cost >= 0


@given(st.lists(CENTS, max_size=6), CENTS)
def test_what_is_set_aside_for_all_is_never_more_than_there_is(costs: list[Decimal], left: Decimal) -> None:
    given_to = rooms(costs, left, "USD")
    assert len(given_to) == len(costs)
    assert all(cost <= given <= cost * Decimal("1.05") for cost, given in zip(costs, given_to, strict=True))
    assert sum(given_to, ZERO) <= sum(costs, ZERO) + left


def test_units_go_at_what_they_have_cost_on_average_and_the_last_take_all_that_is_left() -> None:
    thirteen = Units(Decimal(13), Decimal("1000.00"))
    assert part_of(thirteen, Decimal(6), "USD") == Units(Decimal(6), Decimal("461.54"))
    assert part_of(thirteen, Decimal(13), "USD") == thirteen


def test_what_an_execution_has_cost_beyond_what_there_was_the_portfolio_pays() -> None:
    """A broker that disregards a limit is a fact, and is booked."""
    state, intended = placed(PLACEMENT, Units(), Decimal("400.00"), Decimal("118.50"))
    assert intended is not None
    state = after(state, [intended])
    assert state.order is not None
    state = after(state, ordering.submit(state, state.order, "paper", "p"))
    assert state.order is not None
    state = after(state, booking.book(state, state.order, Fill("x", 1, Decimal(3), Decimal(150), ZERO, AT)))
    [covered, closed] = wind_up(state)
    assert isinstance(covered, CashAllocated)
    assert covered.amount == 50
    assert isinstance(closed, PositionClosed)
    assert closed.shares == 3
