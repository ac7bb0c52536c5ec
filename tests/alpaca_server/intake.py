"""Which new orders the broker takes, and how it words its refusals."""

from decimal import Decimal, InvalidOperation
from typing import Any, get_args
from uuid import uuid4

from alpaca_server.book import Book
from alpaca_server.orders import ZERO, Order, Side
from alpaca_server.wire import JSON, decimal

MALFORMED, UNPROCESSABLE, FORBIDDEN = 40010001, 42210000, 40310000
CLIENT_ORDER_ID_CHARACTERS = 128


class Refused(Exception):
    """An answer with an error: its status, Alpaca's code and message, and further fields."""

    def __init__(self, status: int, code: int, message: str, **fields: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body: JSON = {"code": code, "message": message, **fields}


def draft(body: Any, book: Book, assets: set[str], account: JSON) -> Order:
    """The order that a client's JSON asks for, or raise Refused."""
    if not isinstance(body, dict):
        raise Refused(400, 40010000, "request body format is invalid")
    order = _read(body, book)
    if order.symbol not in assets:
        raise Refused(422, UNPROCESSABLE, f'asset "{order.symbol}" not found')
    if order.client_order_id in book.orders:
        raise Refused(422, MALFORMED, "client_order_id must be unique")
    for flag in ("account_blocked", "trading_blocked", "trade_suspended_by_user"):
        if account[flag]:
            raise Refused(403, FORBIDDEN, f"new orders are rejected: {flag}")
    _check_terms(order)
    _check_means(order, book)
    return order


def _read(body: JSON, book: Book) -> Order:
    client_order_id = str(body.get("client_order_id") or uuid4())
    if len(client_order_id) > CLIENT_ORDER_ID_CHARACTERS:
        raise Refused(
            422, MALFORMED, f"client_order_id must be at most {CLIENT_ORDER_ID_CHARACTERS} characters"
        )
    kind, limit = body.get("type"), _number(body, "limit_price")
    if body.get("side") not in get_args(Side):
        raise Refused(422, MALFORMED, f"invalid side: {body.get('side')}")
    if kind not in {"market", "limit"}:
        raise Refused(422, MALFORMED, f"invalid type: {kind}")
    if (limit is None) == (kind == "limit"):
        raise Refused(422, MALFORMED, f"{kind} orders require {'a' if limit is None else 'no'} limit price")
    if body.get("time_in_force") not in {"day", "gtc", "ioc"}:
        raise Refused(422, MALFORMED, f"invalid time_in_force: {body.get('time_in_force')}")
    at = book.now()
    return Order(
        order_id=str(uuid4()),
        client_order_id=client_order_id,
        symbol=str(body.get("symbol")),
        side=body["side"],
        kind=kind,
        time_in_force=body["time_in_force"],
        quantity=_number(body, "qty") or ZERO,
        limit_price=limit,
        extended_hours=bool(body.get("extended_hours")),
        status="pending_new",
        submitted_at=at,
        updated_at=at,
    )


def _number(body: JSON, name: str) -> Decimal | None:
    """A field as a decimal; the SDK's own models send numbers, others send strings."""
    if body.get(name) is None:
        return None
    try:
        number = Decimal(str(body[name]))
    except InvalidOperation:
        number = ZERO
    if not number.is_finite() or number <= 0:
        raise Refused(422, MALFORMED, f"{name} must be > 0")
    return number


def _check_terms(order: Order) -> None:
    limit = order.limit_price
    if order.quantity <= 0:
        raise Refused(422, MALFORMED, "qty or notional is required")
    if order.quantity != round(order.quantity, 9):
        raise Refused(422, UNPROCESSABLE, "qty can have up to 9 decimal places")
    if order.quantity % 1 and order.time_in_force != "day":
        raise Refused(422, UNPROCESSABLE, "fractional orders must be DAY orders")
    if order.extended_hours and (order.kind != "limit" or order.time_in_force == "ioc"):
        raise Refused(422, UNPROCESSABLE, "extended hours order must be DAY or GTC limit orders")
    if limit is not None and limit != round(limit, 2 if limit >= 1 else 4):
        message = f"invalid limit_price {decimal(limit)}. sub-penny increment does not fulfill minimum pricing criteria"
        raise Refused(422, UNPROCESSABLE, message)


def _check_means(order: Order, book: Book) -> None:
    cost, there = order.quantity * book.expected_price(order), book.buying_power
    if order.side == "buy" and cost > there:
        fields = {"buying_power": decimal(there), "cost_basis": decimal(cost)}
        raise Refused(403, FORBIDDEN, "insufficient buying power", **fields)
    held, available = book.position(order.symbol), book.available(order.symbol)
    if order.side == "sell" and order.quantity > available:
        asked = f"(requested: {decimal(order.quantity)}, available: {decimal(available)})"
        raise Refused(
            403,
            FORBIDDEN,
            f"insufficient qty available for order {asked}",
            available=decimal(available),
            existing_qty=decimal(held),
            held_for_orders=decimal(held - available),
            related_orders=[each.order_id for each in book.working(order.symbol, "sell")],
            symbol=order.symbol,
        )
