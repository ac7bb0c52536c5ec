"""From when on the gate's checks find something (DOMAIN §4), and what listings and portfolios have otherwise."""

from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from domain.events import Value
from domain.numbers import WireDecimal, shortest
from domain.overrides import Overrides
from domain.refusals import Invalid

Share = Annotated[WireDecimal, Field(gt=0, le=1000)]
Tolerance = Annotated[WireDecimal, Field(ge=0, le=Decimal("0.2"))]
Ratio = Annotated[WireDecimal, Field(gt=2, le=1_000_000)]
Sigmas = Annotated[WireDecimal, Field(ge=1, le=1000)]
Number = Annotated[int, Field(strict=True, ge=2, le=100)]
Seconds = Annotated[int, Field(strict=True, ge=1, le=604_800)]
SomeSeconds = Annotated[int, Field(strict=True, ge=0, le=86_400)]
Minutes = Annotated[int, Field(strict=True, ge=1, le=10_080)]
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
    missing_close_minutes: Minutes = 120
    future_seconds: SomeSeconds = 5
    jump_warn: Share = Decimal("0.10")
    jump_critical: Share = Decimal("0.50")
    explained: Tolerance = Decimal("0.02")
    scale_low: Ratio = Decimal(80)
    scale_high: Ratio = Decimal(125)
    split_tolerance: Tolerance = Decimal("0.02")
    split_ratio_max: Number = 20
    value_jump: Share = Decimal("0.50")
    outlier_sigmas: Sigmas = Decimal(10)
    outlier_least: Share = Decimal("0.005")

    @model_validator(mode="after")
    def _scale_in_order(self) -> Self:
        # Invalid is no ValueError: pydantic lets it through, and the field keeps its path on the wire.
        if self.scale_low > self.scale_high:
            low, high = shortest(self.scale_low), shortest(self.scale_high)
            raise Invalid("scale_low", f"The lower ratio {low} must not be above the upper one {high}.")
        return self

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


class ThresholdsChange(Overrides):
    """Thresholds of a listing or a portfolio: only the keys that were given count."""

    stale_intraday_seconds: Seconds | None = None
    stale_close_days: Days | None = None
    stale_fx_days: Days | None = None
    missing_close_minutes: Minutes | None = None
    future_seconds: SomeSeconds | None = None
    jump_warn: Share | None = None
    jump_critical: Share | None = None
    explained: Tolerance | None = None
    scale_low: Ratio | None = None
    scale_high: Ratio | None = None
    split_tolerance: Tolerance | None = None
    split_ratio_max: Number | None = None
    value_jump: Share | None = None
    outlier_sigmas: Sigmas | None = None
    outlier_least: Share | None = None

    @field_validator("*", mode="before")
    @classmethod
    def _never_off(cls, value: object, info: ValidationInfo) -> object:
        if value is None:
            raise ValueError("must have a value; leave the key out to have the default")
        return value


NONE_SET = ThresholdsChange()

TIGHTENED = (
    "stale_intraday_seconds",
    "stale_close_days",
    "stale_fx_days",
    "missing_close_minutes",
    "jump_critical",
    "value_jump",
)
"""What a portfolio may have tighter for itself. The rest says what a price is, and that is one thing for all."""

DEFAULTS = Thresholds()
STALE_INTRADAY = DEFAULTS.stale_intraday
STALE_CLOSE = DEFAULTS.stale_close


@lru_cache(maxsize=10_000)
def of_listing(change: ThresholdsChange) -> Thresholds:
    """The thresholds of a listing: the defaults, overridden. Raises Invalid when they contradict each other."""
    return Thresholds(**change.given()) if change.given() else DEFAULTS


@lru_cache(maxsize=10_000)
def tightened(listing: Thresholds, own: ThresholdsChange) -> Thresholds:
    """A listing's thresholds for a portfolio that has some of its own: of each the tighter one counts."""
    tighter = {
        name: limit
        for name, limit in own.given().items()
        if name in TIGHTENED and limit < getattr(listing, name)
    }
    return listing.model_copy(update=tighter) if tighter else listing


def require_tightening(own: ThresholdsChange) -> None:
    """Refuse thresholds that only a listing has. Raises Invalid."""
    for name in own.given():
        if name not in TIGHTENED:
            raise Invalid(name, "Only a listing has this threshold; it is the same for everybody.")
