"""What the gate judges by, in this process, brought up to date with the log when it has moved on."""

from dataclasses import dataclass, field, replace
from threading import Lock
from uuid import UUID

from application.ports import Batch, GateRules
from domain.portfolio.state import Portfolio
from domain.quality import DEFAULTS, ListingRules, Terms, Thresholds, ThresholdsChange
from domain.quality.rules import Tighter
from domain.quality.thresholds import tightened

UNKNOWN = ListingRules(exchange="", terms=Terms("", ""))


@dataclass(slots=True)
class Rulebook:
    """One for all threads of a process."""

    rules: GateRules
    _up_to: int = -1
    _listings: dict[UUID, ListingRules] = field(default_factory=dict)
    _portfolios: dict[UUID, ThresholdsChange] = field(default_factory=dict)
    _refreshing: Lock = field(default_factory=Lock)

    def refresh(self, log_number: int | None = None) -> None:
        """Take in what was registered and set, at least up to ``log_number``; None asks the log in any case."""
        with self._refreshing:
            if log_number is None or log_number > self._up_to:
                newest, listings, portfolios = self.rules.since(self._up_to)
                self._up_to = max(newest, log_number or 0)
                self._listings |= listings
                self._portfolios |= portfolios

    def skip_own(self, batch: Batch, last: int) -> None:
        """What ticks append sets nothing: it need not be asked for when nobody else wrote in between."""
        with self._refreshing:
            if self._up_to == last - len(batch.events):
                self._up_to = last

    def of(self, listing_id: UUID) -> ListingRules | None:
        """What prices of a listing are judged by; None for one that is not registered."""
        return self._listings.get(listing_id)

    def thresholds(self, listing_id: UUID, portfolio: Portfolio) -> Thresholds:
        """The thresholds of a listing as they are for a portfolio."""
        rules = self._listings.get(listing_id)
        return tightened(rules.thresholds if rules else DEFAULTS, portfolio.thresholds)

    def tightened(self, feed: str) -> dict[UUID, ListingRules]:
        """The rules of the listings that are held, on a feed, by portfolios with tighter thresholds of their own."""
        own = {portfolio_id: change for portfolio_id, change in self._portfolios.items() if change.given()}
        if not own:
            return {}
        found: dict[UUID, list[Tighter]] = {}
        for portfolio_id, listing_id in self.rules.held_by(feed, list(own)):
            rules = self._listings.get(listing_id, UNKNOWN)
            tighter = tightened(rules.thresholds, own[portfolio_id])
            if tighter != rules.thresholds:
                found.setdefault(listing_id, []).append((portfolio_id, tighter))
        return {
            listing_id: replace(self._listings.get(listing_id, UNKNOWN), tighter=tuple(tighter))
            for listing_id, tighter in found.items()
        }
