"""Answers as bytes: decimals as strings, times in RFC 3339, no validation that hot reads would pay for."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import msgspec
from fastapi import Response

from domain.events import rfc3339
from domain.money import round_to_minor_unit
from domain.numbers import EXACT, plain

POSITION_HEADER = "Ballast-Position"

_encoder = msgspec.json.Encoder()


def encode(content: object) -> bytes:
    """JSON of plain values and UUIDs; decimals and times must be text already."""
    return _encoder.encode(content)


def json_answer(content: bytes, status: int = 200, position: int | None = None) -> Response:
    """An answer whose body is written already; ``position`` is where the log stands after a command."""
    headers = None if position is None else {POSITION_HEADER: str(position)}
    return Response(content, status, headers, "application/json")


def page_answer(items: Sequence[Any], cursor: str | None) -> Response:
    """A page of a list, and the cursor of the next one, null at the end."""
    return json_answer(encode({"items": items, "next": cursor}))


def money(amount: Decimal, currency: str) -> str:
    """An amount with its currency's minor units: ``10000.00``."""
    return plain(round_to_minor_unit(amount, currency))


def decimal(number: Decimal | None) -> str | None:
    """A number as it is, every digit kept."""
    return None if number is None else plain(number)


def rounded(number: Decimal | None, fraction: Decimal) -> str | None:
    """A number for display, half-even."""
    return None if number is None else plain(number.quantize(fraction, ROUND_HALF_EVEN, EXACT))


def moment(at: datetime | None) -> str | None:
    """A time, or null."""
    return None if at is None else rfc3339(at)


def renamed(row: Mapping[str, Any], **names: str) -> dict[str, Any]:
    """A row under its names on the wire, decimals and times as text."""
    return {name: _text(row[column]) for name, column in names.items()}


def _text(value: object) -> object:
    match value:
        case Decimal():
            return plain(value)
        case datetime():
            return rfc3339(value)
        case _:
            return value
