"""The data-quality gate: pure checks that judge a price before anything may use it (DOMAIN §4)."""

from domain.quality.checks import CHECKS, Check, Verdict, judge, verdict
from domain.quality.events import (
    ListingThresholdsSet,
    PriceFlagged,
    PriceQuarantined,
    PricesDiscarded,
    PricesReleased,
)
from domain.quality.finding import Finding, Severity
from domain.quality.gate import Gate
from domain.quality.judged import Flagged, Judged, Offended, Stopped
from domain.quality.lane import EVER, Lane, in_time
from domain.quality.last_good import LastGood
from domain.quality.minutes import Minutes
from domain.quality.observation import Observation
from domain.quality.outlier import Recent
from domain.quality.rules import ListingRules, TradingDay
from domain.quality.terms import Terms
from domain.quality.thresholds import DEFAULTS, STALE_CLOSE, STALE_INTRADAY, Thresholds, ThresholdsChange

__all__ = [
    "CHECKS",
    "DEFAULTS",
    "EVER",
    "STALE_CLOSE",
    "STALE_INTRADAY",
    "Check",
    "Finding",
    "Flagged",
    "Gate",
    "Judged",
    "Lane",
    "LastGood",
    "ListingRules",
    "ListingThresholdsSet",
    "Minutes",
    "Observation",
    "Offended",
    "PriceFlagged",
    "PriceQuarantined",
    "PricesDiscarded",
    "PricesReleased",
    "Recent",
    "Severity",
    "Stopped",
    "Terms",
    "Thresholds",
    "ThresholdsChange",
    "TradingDay",
    "Verdict",
    "in_time",
    "judge",
    "verdict",
]
