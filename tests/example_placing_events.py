"""Every event of a line of advice that becomes an order, once, with every field set."""

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.events import Event
from domain.order import OrderStatus
from domain.placing.placement import Placement
from domain.portfolio.events import UnitsSetAside, UnitsTraded
from domain.position.evaluate import Evaluation, evaluate
from domain.position.events import OrderIntended
from domain.recommendation.events import (
    ExecutedLine,
    LineDeclined,
    LinePlaced,
    LineSettled,
    PlacingBegun,
    PlacingEnded,
)
from stories import (
    AT,
    LISTING_ID,
    OPENED,
    ORDER_ID,
    PORTFOLIO_ID,
    POSITION_ID,
    a_portfolio,
    a_quote,
    circumstances,
    position,
)

RECOMMENDATION_ID = UUID("019aa000-0000-7000-8000-0000000000a1")
LINE_ID = UUID("019aa000-0000-7000-8000-0000000000a2")
ENTRY_ID = UUID("019aa000-0000-7000-8000-0000000000a4")
LINE: dict[str, Any] = {
    "recommendation_id": RECOMMENDATION_ID,
    "portfolio_id": PORTFOLIO_ID,
    "line_id": LINE_ID,
    "attempt": 1,
    "symbol": "KO",
}
PLACEMENT = Placement(
    recommendation_id=RECOMMENDATION_ID,
    line_id=LINE_ID,
    attempt=1,
    side="BUY",
    quantity=Decimal(3),
    advised_price=Decimal("118.425"),
    min_trade=Decimal(25),
    cost=Decimal(0),
    policy_hash="5f" * 32,
    snapshot_hash="6e" * 32,
)
PLACING = OPENED.model_copy(
    update={"shares": Decimal(0), "book_cost": Decimal("0.00"), "placement": PLACEMENT}
)


def decided(price: str, cash: str) -> Evaluation:
    """The example's line at a price, with some cash."""
    state = replace(position.given(PLACING).state, cash=Decimal(cash))
    return evaluate(state, a_portfolio(), circumstances(a_quote(price)), ORDER_ID)


def placing_examples() -> list[Event]:
    """One of each."""
    left_out = decided("118.50", "100.00")
    executed = ExecutedLine(
        line_id=LINE_ID,
        action="BUY",
        symbol="KO",
        quantity=Decimal(2),
        price=Decimal("118.50"),
        fee=Decimal("0.02"),
        executed_at=AT,
        broker_reference="x1",
        entry_id=ENTRY_ID,
        amount=Decimal("237.00"),
        order_id=ORDER_ID,
    )
    of_units: dict[str, Any] = {
        "portfolio_id": PORTFOLIO_ID,
        "currency": "USD",
        "position_id": POSITION_ID,
        "listing_id": LISTING_ID,
        "symbol": "KO",
    }
    return [
        PlacingBegun(
            recommendation_id=RECOMMENDATION_ID,
            portfolio_id=PORTFOLIO_ID,
            attempt=1,
            at_once=False,
            begun_at=AT,
            lines=(LINE_ID,),
        ),
        LinePlaced(
            **LINE,
            position_id=POSITION_ID,
            order_id=ORDER_ID,
            client_order_id=f"{POSITION_ID}|2026-11-20T16:00:00.000000Z|BUY",
            side="BUY",
            quantity=Decimal(3),
            cash=Decimal("373.05"),
            trading_day=AT.date(),
        ),
        LineDeclined(
            **LINE,
            reason="insufficient_cash",
            rule=left_out.rule,
            inputs=left_out.inputs,
            outputs=left_out.decision,
            message=left_out.sentence,
        ),
        LineSettled(
            **LINE,
            position_id=POSITION_ID,
            order_id=ORDER_ID,
            side="BUY",
            status=OrderStatus.EXPIRED,
            reason="the day is over",
            ordered=Decimal(3),
            filled=Decimal(2),
            average_price=Decimal("118.50"),
            fee=Decimal("0.02"),
            executions=(executed,),
        ),
        PlacingEnded(
            recommendation_id=RECOMMENDATION_ID,
            portfolio_id=PORTFOLIO_ID,
            attempt=1,
            complete=False,
            left=(LINE_ID,),
        ),
        UnitsSetAside(**of_units, quantity=Decimal(6), book_cost=Decimal("7390.20")),
        UnitsTraded(**of_units, order_id=ORDER_ID, quantity=Decimal(-6)),
    ]


def later_placing_examples() -> dict[str, Event]:
    """What positions and orders say since they may carry out advice."""
    intended = decided("118.50", "1000.00").event
    assert isinstance(intended, OrderIntended)
    return {"placement": PLACING, "line": intended}
