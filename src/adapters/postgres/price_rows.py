"""Prices as rows, and rows as prices."""

from datetime import datetime
from typing import Any
from uuid import UUID

from application.ports import PricePoint
from domain.quality import LastGood

Key = tuple[UUID, datetime, str, bool]
"""What a price is known by within a feed: listing, moment, source, and whether it is a close."""


def key_of(point: PricePoint) -> Key:
    """What a price is known by."""
    return point.listing_id, point.as_of, point.source, point.is_close


def key_in(row: dict[str, Any]) -> Key:
    """What the price of a row is known by."""
    return row["listing_id"], row["as_of"], row["source"], row["is_close"]


def key_record(point: PricePoint) -> dict[str, Any]:
    """A price's key as JSON for the database."""
    return {
        "listing_id": point.listing_id,
        "as_of": point.as_of,
        "source": point.source,
        "is_close": point.is_close,
    }


def row_of(point: PricePoint) -> tuple[object, ...]:
    """A price as a row: its key, last, bid, ask, open, high and low."""
    return (
        point.listing_id,
        point.as_of,
        point.source,
        point.is_close,
        point.last,
        point.bid,
        point.ask,
        point.open,
        point.high,
        point.low,
    )


def record_of(point: PricePoint) -> dict[str, Any]:
    """A price as JSON for the database."""
    return key_record(point) | {
        "last": point.last,
        "bid": point.bid,
        "ask": point.ask,
        "open": point.open,
        "high": point.high,
        "low": point.low,
    }


def point_in(row: dict[str, Any]) -> PricePoint:
    """The price of a row; one of latest prices says since when it has been unchanged."""
    return PricePoint(
        listing_id=row["listing_id"],
        as_of=row["as_of"],
        last=row["last"],
        bid=row["bid"],
        ask=row["ask"],
        is_close=row["is_close"],
        source=row["source"],
        open=row["open"],
        high=row["high"],
        low=row["low"],
        unchanged_since=row.get("unchanged_since"),
    )


def last_good_in(row: dict[str, Any]) -> LastGood:
    """The last good price of a row of latest prices, with what the gate remembers of it."""
    return LastGood(
        point_in(row),
        row["unchanged_since"],
        row["day_until"],
        row["day_before"],
        row["day_before_at"],
        row["sigma"],
    )


def last_good_record(known: LastGood) -> dict[str, Any]:
    """A last good price as JSON for the database."""
    return record_of(known.point) | {
        "unchanged_since": known.unchanged_since,
        "day_until": known.day_until,
        "day_before": known.day_before,
        "day_before_at": known.day_before_at,
        "sigma": known.sigma,
    }
