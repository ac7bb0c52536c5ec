"""The data-quality gate: pure checks that judge a price before anything may use it (DOMAIN §4)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import ClassVar, Literal
from uuid import UUID

from domain.events import Event, Instant, StreamKind
from domain.numbers import Exact

Severity = Literal["WARN", "CRITICAL", "REJECT"]

STALE_INTRADAY = timedelta(minutes=30)
STALE_CLOSE = timedelta(days=3)
JUMP_WARN = Decimal("0.10")
JUMP_CRITICAL = Decimal("0.50")
EXPLAINED = Decimal("0.02")


@dataclass(frozen=True, slots=True)
class Observation:
    """A price as it arrived, and what it is judged against. Prices are in the listing's quote unit.

    ``expected`` is what the corporate actions since have made of the last good price, None without any.
    """

    price: Decimal
    as_of: datetime
    is_close: bool
    now: datetime
    last_good: Decimal | None
    expected: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: the rule, how bad it is, and the two values that differ."""

    rule: str
    severity: Severity
    observed: str
    expected: str


Check = Callable[[Observation], Finding | None]


def stale(observation: Observation) -> Finding | None:
    """Older than half an hour, or than three days for a close: it blocks the decision, not the storing."""
    limit = STALE_CLOSE if observation.is_close else STALE_INTRADAY
    age = observation.now - observation.as_of
    if age <= limit:
        return None
    rule = "stale_close" if observation.is_close else "stale_intraday"
    return Finding(
        rule, "WARN", f"{int(age.total_seconds())} s old", f"at most {int(limit.total_seconds())} s"
    )


def jump(observation: Observation) -> Finding | None:
    """Far from the last good price: beyond 10 % a warning, beyond 50 % it is quarantined.

    What a corporate action explains within 2 % is no jump. A price that an action should have moved and did not
    is one: it is judged against both, and the worse finding counts.
    """
    price, expected = observation.price, observation.expected
    if expected is None:
        return _distance(price, observation.last_good)
    if abs(price - expected) <= expected * EXPLAINED:
        return None
    found = [_distance(price, observation.last_good), _distance(price, expected)]
    worst = [finding for finding in found if finding is not None and finding.severity == "CRITICAL"]
    return next((finding for finding in (*worst, *found) if finding is not None), None)


def _distance(price: Decimal, last: Decimal | None) -> Finding | None:
    if last is None:
        return None
    distance = abs(price - last)
    if distance <= last * JUMP_WARN:
        return None
    severity: Severity = "CRITICAL" if distance > last * JUMP_CRITICAL else "WARN"
    limit = JUMP_CRITICAL if severity == "CRITICAL" else JUMP_WARN
    return Finding("jump", severity, str(price), f"within {limit:.0%} of {last}")


CHECKS: tuple[Check, ...] = (stale, jump)


def judge(observation: Observation) -> tuple[Finding, ...]:
    """Every finding of the gate on one price, in the order of ``CHECKS``."""
    return tuple(finding for check in CHECKS if (finding := check(observation)) is not None)


class PriceQuarantined(Event):
    """A price that nothing may use until a person releases it; portfolios holding the listing are frozen."""

    name: ClassVar[str] = "quality.price_quarantined.1"
    stream_kind: ClassVar[StreamKind] = "listing"

    listing_id: UUID
    symbol: str
    price: Exact
    as_of: Instant
    source: str
    rule: str
    observed: str
    expected: str

    def sentence(self) -> str:
        return f"Quarantined {self.symbol} at {self.price}: {self.rule}, expected {self.expected}."
