"""From when on the gate's checks find something (DOMAIN §4)."""

from datetime import timedelta
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from domain.events import Value
from domain.numbers import WireDecimal

Share = Annotated[WireDecimal, Field(gt=0, le=1000)]
Tolerance = Annotated[WireDecimal, Field(ge=0, le=Decimal("0.2"))]
Seconds = Annotated[int, Field(strict=True, ge=1, le=604_800)]
Days = Annotated[int, Field(strict=True, ge=1, le=366)]


class Thresholds(Value):
    """The thresholds in force, complete. What is no count and no time is a fraction of one.

    ``explained`` is how near to what corporate actions make of it a price must be; ``scale_low`` and
    ``scale_high`` bound the ratio that is taken for another unit, either way round; ``outlier_least`` is the
    distance below which no tick is an outlier, however calm the hour was.
    """

    stale_intraday_seconds: Seconds = 1_800
    stale_close_days: Days = 3
    stale_fx_days: Days = 3
    missing_close_minutes: Annotated[int, Field(strict=True, ge=1, le=10_080)] = 120
    future_seconds: Annotated[int, Field(strict=True, ge=0, le=86_400)] = 5
    jump_warn: Share = Decimal("0.10")
    jump_critical: Share = Decimal("0.50")
    explained: Tolerance = Decimal("0.02")
    scale_low: Annotated[WireDecimal, Field(gt=1)] = Decimal(80)
    scale_high: Annotated[WireDecimal, Field(gt=1)] = Decimal(125)
    split_tolerance: Tolerance = Decimal("0.02")
    split_ratio_max: Annotated[int, Field(strict=True, ge=2, le=100)] = 20
    value_jump: Share = Decimal("0.50")
    outlier_sigmas: Annotated[WireDecimal, Field(ge=1, le=1000)] = Decimal(10)
    outlier_least: Share = Decimal("0.005")

    @property
    def stale_intraday(self) -> timedelta:
        """How old a price may be while its exchange is open."""
        return timedelta(seconds=self.stale_intraday_seconds)

    @property
    def stale_close(self) -> timedelta:
        """How old a close, or any price out of session, may be."""
        return timedelta(days=self.stale_close_days)

    @property
    def future(self) -> timedelta:
        """How far a price may lie ahead of our clock."""
        return timedelta(seconds=self.future_seconds)


DEFAULTS = Thresholds()
STALE_INTRADAY = DEFAULTS.stale_intraday
STALE_CLOSE = DEFAULTS.stale_close
