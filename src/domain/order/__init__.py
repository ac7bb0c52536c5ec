"""An order: its life as a table, and what is known of it so far (DOMAIN §3)."""

from domain.order.executions import Execution, Fill
from domain.order.machine import (
    ENDED,
    OVERLAYS,
    TRANSITIONS,
    End,
    OrderStatus,
    OrderStep,
    Overlay,
    is_legal,
)
from domain.order.state import Order, OrderType, Side, TimeInForce, client_order_id, opposite

__all__ = [
    "ENDED",
    "OVERLAYS",
    "TRANSITIONS",
    "End",
    "Execution",
    "Fill",
    "Order",
    "OrderStatus",
    "OrderStep",
    "OrderType",
    "Overlay",
    "Side",
    "TimeInForce",
    "client_order_id",
    "is_legal",
    "opposite",
]
