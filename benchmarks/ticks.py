"""Quiet ticks: through the gate and the band index without being looked at, beside the rule written naively."""

import random
import tracemalloc
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

import msgspec

from benchmarks.ground import IN_SESSION, later
from benchmarks.measurement import Measurement, seconds
from domain.balancing import band
from domain.bands import BandChange, BandIndex, Watch, scaled
from domain.quality import STALE_INTRADAY, Observation, judge
from domain.screen import Window, sift, window
from domain.settings import Settings

LISTINGS = 500
POSITIONS = 10_000
TICKS = 200_000
NAIVE_TICKS = 2_000
FEED = "live"
SETTINGS = Settings()


class Quote(msgspec.Struct):
    """A quote as it comes over the wire."""

    listing_id: str
    last: str
    as_of: datetime


class Prices(dict[str, int]):
    """Prices as exact integers by their spelling; the same few spellings come again and again."""

    def __missing__(self, text: str) -> int:
        self[text] = price = scaled(Decimal(text))
        return price


def run(_: object) -> Iterator[Measurement]:
    """Quiet ticks from decoded batches and from JSON, the naive rule, and whether both name the same positions."""
    chance = random.Random(20261121)
    listings = [uuid4() for _ in range(LISTINGS)]
    anchors = {listing: Decimal(chance.randint(2_000, 50_000)) / 100 for listing in listings}
    index, held = _positions(chance, anchors)
    quotes = _quotes(chance, anchors, TICKS)

    yield from _speed(index, anchors, quotes)
    yield from _naive(held, anchors, quotes[:NAIVE_TICKS])
    yield from _same_decisions(chance, index, held, anchors)
    yield from _memory(chance, anchors)


def _positions(
    chance: random.Random, anchors: dict[UUID, Decimal]
) -> tuple[BandIndex, dict[UUID, list[tuple[UUID, Decimal, Decimal]]]]:
    """Ten thousand positions with anchors within a percent of the price: the index, and plainly as a list."""
    index, held = BandIndex(), {listing: [] for listing in anchors}
    changes = []
    for number in range(POSITIONS):
        listing = list(anchors)[number % LISTINGS] if number < LISTINGS else chance.choice(list(held))
        anchor = (anchors[listing] * Decimal(chance.randint(990, 1010)) / 1000).quantize(Decimal("0.01"))
        position, tau = UUID(int=number + 1), Decimal(chance.choice(("0.02", "0.03", "0.05")))
        held[listing].append((position, anchor, tau))
        edges = band(anchor, tau)
        watch = Watch(position, 1, position, 1, scaled(edges.buy_below), scaled(edges.sell_above), SETTINGS)
        changes.append(BandChange(FEED, listing, position, watch))
    index.put(changes)
    return index, held


def _quotes(chance: random.Random, anchors: dict[UUID, Decimal], count: int) -> list[Quote]:
    """Prices within half a percent of the last ones, in cents, every listing once a round."""
    listings = list(anchors)
    quotes = []
    for number in range(count):
        listing = listings[number % LISTINGS]
        price = (anchors[listing] * Decimal(chance.randint(9_950, 10_050)) / 10_000).quantize(Decimal("0.01"))
        quotes.append(Quote(str(listing), str(price), later(number // LISTINGS)))
    return quotes


def _windows(index: BandIndex, anchors: dict[UUID, Decimal]) -> dict[str, Window]:
    bands = index.of_feed(FEED)
    return {
        str(listing): window(scaled(price), later(-1), bands[listing].quiet_low, bands[listing].quiet_high)
        for listing, price in anchors.items()
    }


def _speed(index: BandIndex, anchors: dict[UUID, Decimal], quotes: list[Quote]) -> Iterator[Measurement]:
    prices = Prices()
    decoded = [(each.listing_id, prices[each.last], prices[each.last], each.as_of) for each in quotes]
    encoded = msgspec.json.encode(quotes)
    decoder = msgspec.json.Decoder(list[Quote])
    oldest = IN_SESSION - STALE_INTRADAY

    def from_batches() -> None:
        assert not sift(decoded, _windows(index, anchors), oldest)

    def from_json() -> None:
        known = Prices()
        ticks = [
            (each.listing_id, price, price, each.as_of)
            for each in decoder.decode(encoded)
            if (price := known[each.last])
        ]
        assert not sift(ticks, _windows(index, anchors), oldest)

    yield Measurement(
        "quiet ticks from decoded batches", TICKS / seconds(from_batches), "/s", target=2_000_000
    )
    yield Measurement("quiet ticks from JSON bytes", TICKS / seconds(from_json), "/s", target=500_000)


def _naive(
    held: dict[UUID, list[tuple[UUID, Decimal, Decimal]]], anchors: dict[UUID, Decimal], quotes: list[Quote]
) -> Iterator[Measurement]:
    def every_position() -> None:
        last_good = dict(anchors)
        for quote in quotes:
            listing, price = UUID(quote.listing_id), Decimal(quote.last)
            judge(Observation(price, quote.as_of, False, quote.as_of, last_good[listing]))
            last_good[listing] = price
            _due(held[listing], price)

    yield Measurement("the rule written naively", len(quotes) / seconds(every_position, rounds=3), "/s")


def _due(positions: list[tuple[UUID, Decimal, Decimal]], price: Decimal) -> list[UUID]:
    return sorted(
        position
        for position, anchor, tau in positions
        if price >= anchor * (1 + tau) or price <= anchor * (1 - tau)
    )


def _same_decisions(
    chance: random.Random,
    index: BandIndex,
    held: dict[UUID, list[tuple[UUID, Decimal, Decimal]]],
    anchors: dict[UUID, Decimal],
) -> Iterator[Measurement]:
    """Crossing prices and exact touches: the index must name what the naive rule names."""
    checked = differing = 0
    for _ in range(5_000):
        listing = chance.choice(list(held))
        _, anchor, tau = chance.choice(held[listing])
        touch = anchor * (1 + chance.choice((-1, 1)) * tau)
        for price in (touch, touch + Decimal("0.0001"), touch - Decimal("0.0001")):
            named = [watch.position_id for watch in index.crossed(FEED, listing, scaled(price))]
            differing += named != _due(held[listing], price)
            checked += 1
    yield Measurement(f"crossed ticks that differ, of {checked:,}", differing, "", target=0, better="less")


def _memory(chance: random.Random, anchors: dict[UUID, Decimal]) -> Iterator[Measurement]:
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    index, _held = _positions(chance, anchors)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    yield Measurement("memory a position, with the list beside it", (after - before) / len(index), "bytes")
