"""The data-quality gate: pure checks that judge a price before anything may use it (DOMAIN §4)."""

from domain.quality.checks import CHECKS, Check, Verdict, judge, verdict
from domain.quality.events import PriceQuarantined
from domain.quality.finding import Finding, Severity
from domain.quality.observation import Observation
from domain.quality.outlier import Recent
from domain.quality.terms import Terms
from domain.quality.thresholds import DEFAULTS, STALE_CLOSE, STALE_INTRADAY, Thresholds

__all__ = [
    "CHECKS",
    "DEFAULTS",
    "STALE_CLOSE",
    "STALE_INTRADAY",
    "Check",
    "Finding",
    "Observation",
    "PriceQuarantined",
    "Recent",
    "Severity",
    "Terms",
    "Thresholds",
    "Verdict",
    "judge",
    "verdict",
]
