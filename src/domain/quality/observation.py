"""A price as it arrived, and everything it is judged against."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.price_point import PricePoint
from domain.quality.outlier import Recent
from domain.quality.terms import Terms
from domain.quality.thresholds import DEFAULTS, Thresholds


@dataclass(frozen=True, slots=True)
class Observation:
    """A price and what is known of its listing. Prices are in the quote unit; None is what is not known.

    ``expected`` is what the corporate actions since have made of the last good price, None without any.
    ``day_before`` is the last good price from before the price's trading day, as actions since have moved it.
    ``recent`` is what the last hour was like, for live ticks only.
    """

    point: PricePoint
    now: datetime
    thresholds: Thresholds = DEFAULTS
    terms: Terms | None = None
    last_good: Decimal | None = None
    expected: Decimal | None = None
    day_before: Decimal | None = None
    recent: Recent | None = None

    def is_explained(self, price: Decimal) -> bool:
        """Whether corporate actions have made of the last good price what came, within a tolerance."""
        expected = self.expected
        return expected is not None and abs(price - expected) <= expected * self.thresholds.explained
