"""Read Alpaca's snapshots and bars. Its names are short: t is a moment, p a trade's price, bp and ap bid and ask."""

from collections.abc import Mapping
from datetime import date, datetime

from adapters.market_data.exact_json import Json, Unreadable, at, moment, number
from adapters.market_data.timing import Timing
from application.ports import PricePoint
from application.ports.market_data import Wanted
from domain.quote import LAST_AGE_MAX

CURRENCY = "USD"
"""Of every price, as long as none other is asked for."""


def quotes(json: Json, wanted: Mapping[str, Wanted], source: str) -> list[PricePoint]:
    """A quote of each listing that there is one of. Raises Unreadable, also when there is none at all."""
    found = _object(json)
    told = [(each, found[symbol]) for symbol, each in wanted.items() if found.get(symbol) is not None]
    points = [
        point for each, snapshot in told if (point := _quote(_object(snapshot), each, source)) is not None
    ]
    if not points:
        raise Unreadable("has nothing of what was asked for")
    return points


def closes(
    json: Json, wanted: Mapping[str, Wanted], since: date, source: str, timing: Timing
) -> list[PricePoint]:
    """The closes on one page, of sessions that are over. Raises Unreadable."""
    points = list[PricePoint]()
    for symbol, bars in (_maybe_object(at(json, ("bars",))) or {}).items():
        if symbol not in wanted or not isinstance(bars, list):
            raise Unreadable(f"has bars of {symbol}, which is not what was asked for")
        found = (_close(_object(bar), wanted[symbol], source, timing, since) for bar in bars)
        points += [point for point in found if point is not None]
    return points


def next_page(json: Json) -> str | None:
    """What the next page goes by, None on the last one. Raises Unreadable."""
    token = _object(json).get("next_page_token")
    if token is None:
        return None
    if not isinstance(token, str) or not token:
        raise Unreadable("has a page that does not go on")
    return token


def _quote(snapshot: Mapping[str, Json], wanted: Wanted, source: str) -> PricePoint | None:
    """Trade and quote as one price, where one moment is true for both; else the later of them."""
    trade, quote = _maybe_object(snapshot.get("latestTrade")), _maybe_object(snapshot.get("latestQuote"))
    traded_at = _moment(trade) if trade else None
    quoted_at = _moment(quote) if quote else None
    last = number(trade.get("p")) if trade else None
    bid, ask = (number(quote.get("bp")), number(quote.get("ap"))) if quote else (None, None)
    if not bid or not ask:
        bid = ask = quoted_at = None  # an empty side of the book is written as zero
    if quoted_at is not None and traded_at is not None:
        if traded_at > quoted_at + LAST_AGE_MAX:
            bid = ask = quoted_at = None
        elif quoted_at > traded_at + LAST_AGE_MAX:
            last = traded_at = None
    moments = [each for each in (traded_at, quoted_at) if each is not None]
    if not moments:
        return None
    return PricePoint(
        listing_id=wanted.listing_id,
        as_of=max(moments),
        last=last,
        bid=bid,
        ask=ask,
        is_close=False,
        source=source,
        currency=CURRENCY,
    )


def _close(
    bar: Mapping[str, Json], wanted: Wanted, source: str, timing: Timing, since: date
) -> PricePoint | None:
    timed = timing.of_bar(wanted.exchange, _moment(bar))
    if timed is None or timed[0] < since:
        return None
    return PricePoint(
        listing_id=wanted.listing_id,
        as_of=timed[1],
        last=number(bar.get("c")),
        bid=None,
        ask=None,
        is_close=True,
        source=source,
        open=number(bar.get("o")),
        high=number(bar.get("h")),
        low=number(bar.get("l")),
        currency=CURRENCY,
    )


def _moment(json: Mapping[str, Json]) -> datetime:
    found = moment(json.get("t"))
    if not isinstance(found, datetime):
        raise Unreadable("has a date where a moment should be")
    return found


def _object(json: Json) -> Mapping[str, Json]:
    if not isinstance(json, Mapping):
        raise Unreadable("is of another shape")
    return json


def _maybe_object(json: Json) -> Mapping[str, Json] | None:
    return None if json is None else _object(json)
