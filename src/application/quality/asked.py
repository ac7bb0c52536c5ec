"""Prices that somebody asks about: they pass the same gate as any other, and are not stored."""

from dataclasses import dataclass
from datetime import datetime

from application.ports import PricePoint, Prices
from application.quality.trading_days import TradingDays
from domain.actions import expected_price
from domain.listing import Listing
from domain.quality import LastGood, Observation, Thresholds, verdict
from domain.quote import Quote

ASKED = "asked"


@dataclass(frozen=True, slots=True)
class AskedPrices:
    """Judges a quote that comes with a question."""

    prices: Prices
    days: TradingDays

    def passes(self, feed: str, listing: Listing, thresholds: Thresholds, quote: Quote) -> bool:
        """Whether the gate would let it pass. It is no tick: somebody asks on purpose, however calm the hour was."""
        point = PricePoint(
            listing.id, quote.as_of, quote.last, quote.bid, quote.ask, is_close=False, source=ASKED
        )
        known = self._known(feed, listing, quote.as_of)
        last = known.point.value if known is not None else None
        expected = day_before = None
        if known is not None and last is not None:
            expected = expected_price(listing.announced, last, known.point.as_of, quote.as_of)
        if known is not None and known.day_before is not None and known.day_before_at is not None:
            day_before = known.day_before
            moved = expected_price(listing.announced, day_before, known.day_before_at, quote.as_of)
            day_before = day_before if moved is None else moved
        observation = Observation(
            point, quote.as_of, thresholds, last_good=last, expected=expected, day_before=day_before
        )
        finding = verdict(observation)
        return finding is None or finding.severity not in ("CRITICAL", "REJECT")

    def _known(self, feed: str, listing: Listing, at: datetime) -> LastGood | None:
        """The last good price before a moment, and where its trading day began as far as that is known."""
        latest = self.prices.last_good(feed, listing.id)
        if latest is None:
            return None
        if at < latest.point.as_of:
            before = self.prices.last_before(feed, listing.id, at)
            return LastGood(before or latest.point)
        if latest.day_until is not None and at < latest.day_until:
            return latest
        return LastGood(latest.point, day_before=latest.point.value, day_before_at=latest.point.as_of)
