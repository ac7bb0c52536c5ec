"""Ten years of daily bars through the whole gate into the database, beside a bare COPY of the same rows.

Then the newest price of a listing, among as many prices as a database of many years holds.
"""

import random
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from adapters.postgres.pool import Pool
from api.wiring import House
from benchmarks.ground import IN_SESSION, fresh_house, settle
from benchmarks.measurement import Measurement, each_second, percentile
from domain.portfolio.state import LIVE_FEED
from domain.price_point import PricePoint

LISTINGS = 500
BARS = 2_520
A_BATCH = 10_000
PRICES = 10_000_000
LOOKS = 500
CENT = Decimal("0.01")

COPIED = """
    copy bare (feed, listing_id, as_of, source, is_close, last, bid, ask, open, high, low, quarantined) from stdin"""

MANY = """
    insert into price_points (feed, listing_id, as_of, source, is_close, last, stored_at)
    select 'live', l.id, timestamptz '1990-01-01' + n * interval '1 minute', 'bench', false,
        100 + (n %% 1000) / 100.0, now()
    from unnest(%s::uuid[]) as l (id) cross join generate_series(1, %s) as n"""


def run(addresses: tuple[str, str]) -> Iterator[Measurement]:
    """Bars through the gate and as a bare COPY; the newest price among ten million."""
    with fresh_house(addresses) as house:
        listing_ids = settle(house, LISTINGS, 0).listing_ids
        bars = _bars(house, listing_ids)
        gated, bare = _ingested(house, bars), _copied(house.pool, bars)
        yield Measurement(f"{len(bars):,} bars, bare COPY", bare, "points/s")
        yield Measurement(f"{len(bars):,} bars, gate and commit", gated, "points/s", target=50_000)
        yield Measurement("of the bare COPY", gated / bare, "x")
        again = _ingested(house, bars[: len(bars) // 10])
        yield Measurement("the same again", again, "points/s")
        yield from _newest(house, listing_ids)


def _bars(house: House, listing_ids: Sequence[UUID]) -> list[PricePoint]:
    """A walk for each listing, a bar at every close of ten years, as a provider sends them: by listing."""
    closes = _closes(house)
    chance = random.Random(20261128)
    bars = []
    for listing_id in listing_ids:
        price = Decimal(chance.randint(2_000, 50_000)) / 100
        for at in closes:
            opened, price = price, (price * Decimal(chance.gauss(1, 0.01))).quantize(CENT)
            low, high = sorted((opened, price))
            bars.append(
                PricePoint(listing_id, at, price, None, None, is_close=True, source="bench",
                    open=opened, high=high + CENT, low=low - CENT)
            )  # fmt: skip
    return bars


def _closes(house: House) -> list[datetime]:
    closes: list[datetime] = []
    at = IN_SESSION
    while len(closes) < BARS:
        at = house.sessions.previous_close("XNYS", at)
        closes.append(at)
    return closes[::-1]


def _ingested(house: House, bars: Sequence[PricePoint]) -> float:
    began = time.perf_counter()
    for begin in range(0, len(bars), A_BATCH):
        house.ingest_prices(bars[begin : begin + A_BATCH])
    return len(bars) / (time.perf_counter() - began)


def _copied(pool: Pool, bars: Sequence[PricePoint]) -> float:
    """The same rows into a table with the same key and nothing else to it."""
    with pool.connection() as connection:
        connection.execute("create table bare (like price_points including all)")
        began = time.perf_counter()
        with connection.cursor() as cursor, cursor.copy(COPIED) as copy:
            for bar in bars:
                copy.write_row(
                    (LIVE_FEED, bar.listing_id, bar.as_of, bar.source, True, bar.last, None, None,
                    bar.open, bar.high, bar.low, None)
                )  # fmt: skip
        connection.commit()
        return len(bars) / (time.perf_counter() - began)


def _newest(house: House, listing_ids: Sequence[UUID]) -> Iterator[Measurement]:
    """The newest price, and the newest before a moment, which is looked for among all of a listing's."""
    with house.pool.connection() as connection:
        connection.execute(MANY, (list(listing_ids), PRICES // len(listing_ids)))
        connection.commit()
        connection.execute("analyze price_points")
        (total,) = connection.execute("select count(*) as total from price_points").fetchone().values()  # type: ignore[union-attr]
    chance = random.Random(1)
    moment = IN_SESSION - timedelta(days=4_000)
    newest = each_second(lambda: house.prices.latest(LIVE_FEED, chance.choice(listing_ids)), LOOKS)
    before = each_second(
        lambda: house.prices.last_before(LIVE_FEED, chance.choice(listing_ids), moment), LOOKS
    )
    yield Measurement(f"newest price among {total:,}, p50", percentile(newest, 50) * 1e3, "ms", 1, "less")
    yield Measurement(
        f"newest before a moment among {total:,}, p50", percentile(before, 50) * 1e3, "ms", 1, "less"
    )
