"""The shapes of Alpaca's JSON: money and quantities as strings, times as Go writes them."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_DNS, uuid5

from alpaca_server.book import Book
from alpaca_server.orders import Execution, Order

JSON = dict[str, Any]

NANOSECONDS = "789"
"""The digits of every moment that Python's datetime cannot hold."""


def dumps(value: Any) -> str:
    """JSON in which a Decimal is a number with all its digits."""
    match value:
        case Decimal():
            return f"{value:f}"
        case dict():
            return "{" + ",".join(f"{json.dumps(name)}:{dumps(each)}" for name, each in value.items()) + "}"
        case list():
            return "[" + ",".join(dumps(each) for each in value) + "]"
        case _:
            return json.dumps(value)


def loads(text: str | bytes) -> Any:
    """JSON in which no number has become a float."""
    return json.loads(text, parse_float=Decimal)


def decimal(value: Decimal) -> str:
    """A decimal as Alpaca writes it, without zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def maybe(value: Decimal | None) -> str | None:
    """A decimal that may not be known."""
    return None if value is None else decimal(value)


def instant(at: datetime) -> str:
    """A moment to the nanosecond."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}{NANOSECONDS}Z"


def nanoseconds(text: str) -> int:
    """A moment or a day as Alpaca reads it, in nanoseconds since the beginning of time."""
    at = datetime.fromisoformat(text)
    since = (at if at.tzinfo else at.replace(tzinfo=UTC)) - datetime.min.replace(tzinfo=UTC)
    beyond = re.search(r"\.\d{6}(\d{1,3})", text)
    return since // timedelta(microseconds=1) * 1000 + int(beyond[1].ljust(3, "0") if beyond else 0)


def asset_id(symbol: str) -> str:
    """Alpaca's id of a security."""
    return str(uuid5(NAMESPACE_DNS, symbol))


def asset(symbol: str) -> JSON:
    """A security that may be traded."""
    return {
        "id": asset_id(symbol),
        "class": "us_equity",
        "exchange": "NYSE",
        "symbol": symbol,
        "name": f"{symbol} Common Stock",
        "status": "active",
        "tradable": True,
        "marginable": True,
        "shortable": True,
        "easy_to_borrow": True,
        "fractionable": True,
        "attributes": [],
    }


def order(its: Order) -> JSON:
    """An order with every field that Alpaca sends."""
    ends = ("filled_at", "expired_at", "canceled_at", "failed_at", "replaced_at")
    return {
        "id": its.order_id,
        "client_order_id": its.client_order_id,
        "created_at": instant(its.submitted_at),
        "updated_at": instant(its.updated_at),
        "submitted_at": instant(its.submitted_at),
        **{name: instant(its.ended_at[name]) if name in its.ended_at else None for name in ends},
        "replaced_by": None,
        "replaces": None,
        "asset_id": asset_id(its.symbol),
        "symbol": its.symbol,
        "asset_class": "us_equity",
        "notional": None,
        "qty": decimal(its.quantity),
        "filled_qty": decimal(its.filled),
        "filled_avg_price": maybe(its.average_price),
        "order_class": "",
        "order_type": its.kind,
        "type": its.kind,
        "side": its.side,
        "position_intent": "buy_to_open" if its.side == "buy" else "sell_to_close",
        "time_in_force": its.time_in_force,
        "limit_price": maybe(its.limit_price),
        "stop_price": None,
        "status": its.status,
        "extended_hours": its.extended_hours,
        "legs": None,
        "trail_percent": None,
        "trail_price": None,
        "hwm": None,
        "subtag": None,
        "source": None,
        "expires_at": instant(its.submitted_at + timedelta(days=90 if its.time_in_force == "gtc" else 1)),
    }


def activity(its: Execution) -> JSON:
    """An execution among the account's activities; what remained of the order is that of its time."""
    before = its.order.executions[: its.order.executions.index(its) + 1]
    done = sum((each.quantity for each in before if each.stands), Decimal(0))
    return {
        "id": its.activity_id,
        "activity_type": "FILL",
        "transaction_time": instant(its.at),
        "type": "partial_fill" if done < its.order.quantity else "fill",
        "price": decimal(its.price),
        "qty": decimal(its.quantity),
        "side": its.order.side,
        "symbol": its.order.symbol,
        "leaves_qty": decimal(its.order.quantity - done),
        "order_id": its.order.order_id,
        "cum_qty": decimal(done),
        "order_status": "partially_filled" if done < its.order.quantity else "filled",
    }


def position(book: Book, symbol: str) -> JSON:
    """A position at its quote, or at what it cost when there is none."""
    units, entry = book.position(symbol), book.entry_price(symbol)
    price = book.last_price(symbol)
    gain = units * (price - entry)
    share = (price / entry - 1).quantize(Decimal("1e-9"))
    return {
        "asset_id": asset_id(symbol),
        "symbol": symbol,
        "exchange": "NYSE",
        "asset_class": "us_equity",
        "asset_marginable": True,
        "qty": decimal(units),
        "avg_entry_price": decimal(round(entry, 9)),
        "side": "long",
        "market_value": decimal(units * price),
        "cost_basis": decimal(units * entry),
        "unrealized_pl": decimal(gain),
        "unrealized_plpc": decimal(share),
        "unrealized_intraday_pl": decimal(gain),
        "unrealized_intraday_plpc": decimal(share),
        "current_price": decimal(price),
        "lastday_price": decimal(price),
        "change_today": "0",
        "qty_available": decimal(book.available(symbol)),
    }


def account(book: Book, number: str, says: Mapping[str, Any]) -> JSON:
    """The account, except for what a test has it say otherwise."""
    worth = sum((units * book.last_price(symbol) for symbol, units in book.positions.items()), Decimal(0))
    shown = {
        "equity": book.cash + worth,
        "last_equity": book.cash + worth,
        "portfolio_value": book.cash + worth,
    }
    shown |= {"long_market_value": worth, "position_market_value": worth, "cash": book.cash}
    shown |= dict.fromkeys(
        ("buying_power", "regt_buying_power", "non_marginable_buying_power"), book.buying_power
    )
    nothing = ("accrued_fees", "initial_margin", "maintenance_margin", "short_market_value", "sma")
    flags = ("account_blocked", "trade_suspended_by_user", "trading_blocked", "transfers_blocked")
    return {
        "id": asset_id(number),
        "account_number": number,
        "status": "ACTIVE",
        "crypto_status": "ACTIVE",
        "currency": "USD",
        "multiplier": "1",
        "shorting_enabled": False,
        "created_at": "2024-01-02T15:04:05.123456Z",
        "balance_asof": "2026-01-02",
        **{name: decimal(amount) for name, amount in shown.items()},
        **dict.fromkeys(nothing, "0"),
        **dict.fromkeys(flags, False),
        **says,
    }
