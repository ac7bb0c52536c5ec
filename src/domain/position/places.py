"""What every event of a position says of where it belongs, so that its reader need not look it up."""

from typing import TypedDict
from uuid import UUID

from domain.order import Order, Side
from domain.position.state import Position


class Place(TypedDict):
    """A position's own particulars."""

    portfolio_id: UUID
    listing_id: UUID
    symbol: str
    currency: str


class OrderPlace(Place):
    """Those of one of its orders."""

    order_id: UUID
    client_order_id: str
    side: Side


def place(state: Position) -> Place:
    """Where an event of this position belongs."""
    return {
        "portfolio_id": state.portfolio_id,
        "listing_id": state.listing_id,
        "symbol": state.symbol,
        "currency": state.currency,
    }


def order_place(state: Position, order: Order) -> OrderPlace:
    """Where an event of this order belongs."""
    return {
        **place(state),
        "order_id": order.id,
        "client_order_id": order.client_order_id,
        "side": order.side,
    }
