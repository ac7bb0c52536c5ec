"""Live quotes through the whole gate and the band index, beside every check made of every quote."""

import random
import tracemalloc
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import msgspec

from benchmarks.ground import IN_SESSION, later
from benchmarks.measurement import Measurement, seconds
from domain.balancing import band
from domain.bands import BandChange, BandIndex, Watch, scaled
from domain.price_point import PricePoint
from domain.quality import (
    EVER,
    Gate,
    Lane,
    LastGood,
    ListingRules,
    Minutes,
    Observation,
    Terms,
    TradingDay,
    verdict,
)
from domain.quality.lane import EVERYWHERE
from domain.settings import Settings

LISTINGS = 500
POSITIONS = 10_000
QUOTES = 200_000
A_BATCH = 10_000
NAIVE_QUOTES = 2_000
FEED = "live"
SETTINGS = Settings()
RULES = ListingRules("XNYS", Terms("USD", "USD"))
MIDNIGHT = IN_SESSION.replace(hour=5) + timedelta(days=1)
HOUR_AGO = IN_SESSION - timedelta(hours=1)
ODD_ONE_IN = 500
QUOTES_A_SECOND = 10


class Quote(msgspec.Struct):
    """A quote as it comes over the wire."""

    listing_id: UUID
    last: Decimal
    bid: Decimal
    ask: Decimal
    as_of: datetime


def run(_: object) -> Iterator[Measurement]:
    """The gate alone, gate and bands together, from JSON, naively; and whether all name the same."""
    chance = random.Random(20261121)
    listings = [uuid4() for _ in range(LISTINGS)]
    anchors = {listing: Decimal(chance.randint(2_000, 50_000)) / 100 for listing in listings}
    index, held = _positions(chance, anchors)
    batches = _batches(chance, anchors)

    yield from _speed(index, anchors, batches)
    yield from _naive(anchors, batches)
    yield from _same_decisions(chance, index, held)
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


def _batches(chance: random.Random, anchors: dict[UUID, Decimal]) -> list[list[PricePoint]]:
    """Quotes of every listing ten times a second, with bid and ask, walking a little; one in 500 is out of place."""
    cents = {listing: int(anchor * 100) for listing, anchor in anchors.items()}
    listings, quotes = list(anchors), []
    for number in range(QUOTES):
        listing = listings[number % LISTINGS]
        # Drawn back to where it began, so that prices stay within the bands.
        home = int(anchors[listing] * 100)
        step = chance.choice((-1, 0, 0, 1)) * max(1, home // 10_000)
        cents[listing] += step + (home - cents[listing]) // 20
        price = Decimal(cents[listing]) / 100
        if chance.randrange(ODD_ONE_IN) == 0:
            price *= Decimal(chance.choice(("0.01", "0.5", "0.96", "1.04", "1.2", "100")))
        spread = Decimal("0.01")
        at = later(number // LISTINGS / QUOTES_A_SECOND)
        quotes.append(
            PricePoint(listing, at, price, price - spread, price + spread, is_close=False, source="bench")
        )
    return [quotes[begin : begin + A_BATCH] for begin in range(0, QUOTES, A_BATCH)]


class Market:
    """What the gate remembers from batch to batch, as the database does in its place."""

    def __init__(self, anchors: dict[UUID, Decimal], index: BandIndex | None) -> None:
        self._bands = index.of_feed(FEED) if index else {}
        self._known = {
            listing: LastGood(
                PricePoint(listing, later(-1), price, None, None, is_close=False, source="bench"),
                later(-1), MIDNIGHT, price, HOUR_AGO, Decimal("0.0004"),
            )
            for listing, price in anchors.items()
        }  # fmt: skip
        self._minutes = {
            listing: [
                (HOUR_AGO + timedelta(minutes=minute), price * (1 + Decimal(minute % 7 - 3) / 10_000))
                for minute in range(60)
            ]
            for listing, price in anchors.items()
        }

    def take(self, batch: Sequence[PricePoint]) -> int:
        """Judge a batch; answers how many prices are good."""
        lanes = {}
        now = batch[-1].as_of
        for listing, known in self._known.items():
            bands = self._bands.get(listing)
            lane = Lane(
                listing, RULES, is_live=True, horizon=now + timedelta(seconds=5),
                quiet=bands.quiet if bands else EVERYWHERE, dropped=(),
            )  # fmt: skip
            lane.remember(known)
            if now >= lane.minute_until:
                lane.minutes = Minutes(self._minutes[listing])
                lane.centre()
            lanes[listing] = lane
        gate = Gate(lanes, now, _day_of, lambda *_: None, lambda *_: EVER)
        judged = gate.take(batch)
        self._known = {listing: lane.last_good for listing, lane in lanes.items()}
        return len(judged.good)


def _day_of(exchange: str, at: datetime) -> TradingDay:
    return TradingDay(at.date(), MIDNIGHT)


def _speed(
    index: BandIndex, anchors: dict[UUID, Decimal], batches: list[list[PricePoint]]
) -> Iterator[Measurement]:
    encoded = [msgspec.json.encode([_as_quote(each) for each in batch]) for batch in batches]
    decoder = msgspec.json.Decoder(list[Quote])

    def judged(bands: BandIndex | None) -> None:
        market = Market(anchors, bands)
        good = sum(market.take(batch) for batch in batches)
        assert QUOTES * 0.99 < good < QUOTES

    def from_json() -> None:
        market = Market(anchors, index)
        for batch in encoded:
            market.take([_as_point(each) for each in decoder.decode(batch)])

    alone = QUOTES / seconds(lambda: judged(None))
    yield Measurement("live quotes through the whole gate, from decoded batches", alone, "/s", target=500_000)
    together = QUOTES / seconds(lambda: judged(index))
    yield Measurement("gate and band index together", together, "/s", target=400_000)
    yield Measurement("the same from JSON bytes", QUOTES / seconds(from_json), "/s")


def _as_quote(point: PricePoint) -> Quote:
    return Quote(point.listing_id, point.last, point.bid, point.ask, point.as_of)


def _as_point(quote: Quote) -> PricePoint:
    return PricePoint(
        quote.listing_id, quote.as_of, quote.last, quote.bid, quote.ask, is_close=False, source="bench"
    )


def _naive(anchors: dict[UUID, Decimal], batches: list[list[PricePoint]]) -> Iterator[Measurement]:
    def every_check() -> None:
        last_good = dict(anchors)
        for quote in batches[0][:NAIVE_QUOTES]:
            last = last_good[quote.listing_id]
            finding = verdict(
                Observation(quote, quote.as_of, terms=RULES.terms, last_good=last, day_before=last)
            )
            if finding is None:
                last_good[quote.listing_id] = quote.last

    yield Measurement("every check made of every quote", NAIVE_QUOTES / seconds(every_check, rounds=3), "/s")


def _due(positions: list[tuple[UUID, Decimal, Decimal]], price: Decimal) -> list[UUID]:
    return sorted(
        position
        for position, anchor, tau in positions
        if price >= anchor * (1 + tau) or price <= anchor * (1 - tau)
    )


def _same_decisions(
    chance: random.Random, index: BandIndex, held: dict[UUID, list[tuple[UUID, Decimal, Decimal]]]
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
