"""The band index: which positions a price may move, found by comparing, not loading (DOMAIN §2 step 1).

Prices are compared as exact integers, the price times 10**28: that holds every price that was ever stored and
every middle of two of them. Thresholds are rounded outward, so the index may name a position that then holds,
but it never misses one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from uuid import UUID

from domain.balancing import band
from domain.money import ZERO
from domain.numbers import EXACT
from domain.position.state import Position
from domain.settings import Settings

DIGITS = 28
NEVER_BUYS = -1
NEVER_SELLS = 10 ** (DIGITS + 20)


def scaled(price: Decimal) -> int:
    """A price as an exact integer; a price of more than 28 decimals raises ValueError."""
    shifted = price.scaleb(DIGITS, EXACT)
    whole = int(shifted)
    if whole != shifted:
        raise ValueError(f"{price} has more than {DIGITS} decimals")
    return whole


def unscaled(price: int) -> Decimal:
    """The price that an exact integer stands for."""
    return Decimal(price).scaleb(-DIGITS, EXACT)


@dataclass(frozen=True, slots=True)
class Watch:
    """A position under watch: decide when the price is at or below ``buy_at``, at or above ``sell_at``.

    The thresholds and ``settings`` are those of the versions given.
    """

    position_id: UUID
    version: int
    portfolio_id: UUID
    portfolio_version: int
    buy_at: int
    sell_at: int
    settings: Settings


@dataclass(frozen=True, slots=True)
class Braked:
    """A portfolio that a loss of the day would freeze."""

    portfolio_id: UUID
    portfolio_version: int


@dataclass(frozen=True, slots=True)
class BandChange:
    """What changed about one position: its watch on a listing of a feed, None when it is not to be decided.

    ``braked`` is its portfolio when that has a daily-loss brake, and is not frozen already.
    """

    feed: str
    listing_id: UUID
    position_id: UUID
    watch: Watch | None
    braked: Braked | None = None


def watch(position: Position, version: int, portfolio_version: int, settings: Settings) -> Watch:
    """Where a position's thresholds lie: its band, or its guardrails where they are watched and nearer."""
    with localcontext(EXACT):
        buy_at, sell_at = _thresholds(position, settings)
    return Watch(
        position_id=position.id,
        version=version,
        portfolio_id=position.portfolio_id,
        portfolio_version=portfolio_version,
        buy_at=NEVER_SELLS if buy_at is None else _outward(buy_at, ROUND_CEILING),
        sell_at=_outward(sell_at, ROUND_FLOOR),
        settings=settings,
    )


def _thresholds(position: Position, settings: Settings) -> tuple[Decimal | None, Decimal]:
    """The prices to buy at or below (None: at any) and to sell at or above."""
    edges = band(position.anchor, settings.tau)
    funds = position.cash + position.receivable
    if not settings.rebalance_on_breach:
        return edges
    if not position.shares:
        short_of_shares = funds > 0 and settings.g_low > 0
        return None if short_of_shares else edges.buy_below, edges.sell_above
    per_share = funds / (position.shares * position.unit_scale)
    if settings.g_high < 1:
        highest = per_share * settings.g_high / (1 - settings.g_high)
    else:  # all in shares is allowed, so only overdrawn cash is too little
        highest = ZERO if funds < 0 else edges.sell_above
    lowest = per_share * settings.g_low / (1 - settings.g_low)
    return max(edges.buy_below, lowest), min(edges.sell_above, highest)


def _outward(price: Decimal, rounding: str) -> int:
    return int(price.scaleb(DIGITS, EXACT).to_integral_value(rounding, EXACT))


@dataclass(frozen=True, slots=True)
class ListingBands:
    """The watches on one listing, ordered both ways; between the quiet prices nothing is due."""

    watches: Mapping[UUID, Watch] = field(default_factory=dict)
    quiet_low: int = NEVER_BUYS
    quiet_high: int = NEVER_SELLS
    buys: Sequence[tuple[int, UUID]] = ()
    sells: Sequence[tuple[int, UUID]] = ()
    quiet: tuple[Decimal, Decimal] = (Decimal("-Infinity"), Decimal("Infinity"))

    def after(self, changed: Iterable[BandChange]) -> "ListingBands":
        """The bands with changes taken in. These here stay as they are for a thread that is reading them."""
        watches = dict(self.watches)
        for change in changed:
            if change.watch is None:
                watches.pop(change.position_id, None)
            else:
                watches[change.position_id] = change.watch
        buys = sorted((each.buy_at, each.position_id) for each in watches.values())
        sells = sorted((each.sell_at, each.position_id) for each in watches.values())
        low = buys[-1][0] if buys else NEVER_BUYS
        high = sells[0][0] if sells else NEVER_SELLS
        return ListingBands(
            watches=watches,
            quiet_low=low,
            quiet_high=high,
            buys=buys,
            sells=sells,
            quiet=(unscaled(low), unscaled(high)),
        )

    def crossed(self, price: int) -> list[Watch]:
        """The positions to decide at this price, in the order of their ids."""
        if self.quiet_low < price < self.quiet_high:
            return []
        buys = self.buys[bisect_left(self.buys, price, key=_threshold) :]
        sells = self.sells[: bisect_right(self.sells, price, key=_threshold)]
        due = {position_id for _, position_id in buys} | {position_id for _, position_id in sells}
        return [self.watches[position_id] for position_id in sorted(due)]


def _threshold(entry: tuple[int, UUID]) -> int:
    return entry[0]


class BandIndex:
    """Every position under watch, by feed and listing."""

    def __init__(self) -> None:
        self._listings: dict[tuple[str, UUID], ListingBands] = {}
        self._places: dict[UUID, tuple[str, UUID]] = {}

    def __len__(self) -> int:
        """How many positions are under watch."""
        return sum(len(bands.watches) for bands in self._listings.values())

    def put(self, changed: Iterable[BandChange]) -> None:
        """Take in what changed. A position that a merger has brought to another listing leaves its old one."""
        grouped: dict[tuple[str, UUID], list[BandChange]] = {}
        for change in changed:
            place = (change.feed, change.listing_id)
            left = self._places.get(change.position_id, place)
            if left != place:
                grouped.setdefault(left, []).append(replace(change, watch=None))
            self._places[change.position_id] = place
            grouped.setdefault(place, []).append(change)
        for key, changes in grouped.items():
            self._listings[key] = self._listings.get(key, ListingBands()).after(changes)

    def crossed(self, feed: str, listing_id: UUID, price: int) -> list[Watch]:
        """The positions that a price of a listing may move."""
        bands = self._listings.get((feed, listing_id))
        return bands.crossed(price) if bands else []

    def of_feed(self, feed: str) -> Mapping[UUID, ListingBands]:
        """The bands of every listing of one feed, for screening whole batches."""
        return {listing_id: bands for (each, listing_id), bands in self._listings.items() if each == feed}
