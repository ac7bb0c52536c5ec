"""Single values of Alpaca's JSON, read strictly: decimals to the last digit, moments, sides."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from domain.order import Side

Json = Mapping[str, Any]

DIGITS_MAX = 40
NUMBER = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?", re.ASCII)
SIDES: Mapping[str, Side] = {"buy": "BUY", "sell": "SELL"}


class Garbled(ValueError):
    """What came is not what Alpaca sends."""


def text(json: Json, name: str) -> str:
    """A field that is a text and says something."""
    value = json.get(name)
    if not isinstance(value, str) or not value:
        raise Garbled(f"Alpaca sent no {name}")
    return value


def number(json: Json, name: str) -> Decimal:
    """A field that is a number, in a string or bare; a float has lost digits and never comes this far."""
    value = json.get(name)
    try:
        if isinstance(value, str) and NUMBER.fullmatch(value):
            return Decimal(value)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**30:
            return Decimal(value)
        if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < DIGITS_MAX:
            return value
    except InvalidOperation:
        pass
    raise Garbled(f"Alpaca sent no {name} that is a number")


def maybe_number(json: Json, name: str) -> Decimal | None:
    """A number that may be missing."""
    return None if json.get(name) is None else number(json, name)


def moment(json: Json, name: str) -> datetime:
    """A moment; of its nanoseconds the microseconds are kept."""
    try:
        at = datetime.fromisoformat(text(json, name))
    except ValueError:
        raise Garbled(f"Alpaca sent no {name} that is a moment") from None
    if at.tzinfo is None:
        raise Garbled(f"Alpaca sent {name} without a time zone")
    return at


def maybe_moment(json: Json, name: str) -> datetime | None:
    """A moment that may be missing."""
    return None if json.get(name) is None else moment(json, name)


def side(json: Json) -> Side:
    """Which side; a short sale is a sale."""
    named = text(json, "side")
    known = SIDES.get(named.removesuffix("_short"))
    if known is None:
        raise Garbled(f"Alpaca sent the side {named}")
    return known


def execution_root(execution_id: str) -> str:
    """What an execution is called on both ways that it comes: an activity has its time before it."""
    return execution_id.rpartition("::")[2]
