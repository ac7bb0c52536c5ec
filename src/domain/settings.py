"""How a position is balanced: every setting with its default and bounds, and the overrides (DOMAIN §2)."""

from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StrictBool, ValidationInfo, field_validator, model_validator

from domain.events import Value
from domain.numbers import NonNegativeDecimal, PositiveDecimal, WireDecimal, shortest
from domain.order import OrderType, TimeInForce
from domain.overrides import Overrides
from domain.refusals import Invalid

Sizing = Literal["anchor_ratio", "proportional", "fixed_fraction"]
Cadence = Literal["tick", "minute", "close"]
PlaceAllocation = Literal["approved", "at_once"]
Distance = Annotated[WireDecimal, Field(gt=0, lt=1)]
LowerShare = Annotated[WireDecimal, Field(ge=0, lt=1)]
UpperShare = Annotated[WireDecimal, Field(gt=0, le=1)]
Rate = Annotated[WireDecimal, Field(ge=0, le=1)]
BasisPoints = Annotated[WireDecimal, Field(ge=0, lt=10_000)]
OrderCount = Annotated[int, Field(strict=True, ge=0, le=10_000)]
Percent = Annotated[WireDecimal, Field(gt=0, le=100)]


def _is_day(time_in_force: str) -> bool:
    return time_in_force == "day"


def _is_approved(place_allocation: str) -> bool:
    return place_allocation == "approved"


class Settings(Value):
    """The settings in force, complete. Guardrails, rates and ``tau`` are fractions of one."""

    tau: Distance = Decimal("0.03")
    sizing: Sizing = "anchor_ratio"
    r: PositiveDecimal = Decimal("0.5")
    g_low: LowerShare = Decimal("0.25")
    g_high: UpperShare = Decimal("0.75")
    min_notional: NonNegativeDecimal = Decimal(100)
    commission_bps: BasisPoints = Decimal(1)
    max_orders_day: OrderCount = 5
    withholding: Rate = Decimal("0.25")
    after_hours: StrictBool = False
    fractional: StrictBool = False
    order_type: OrderType = "market"
    drift_bps: BasisPoints = Decimal(20)
    rebalance_on_breach: StrictBool = False
    cadence: Cadence = "tick"
    max_daily_loss_pct: Percent | None = None
    time_in_force: Annotated[TimeInForce, Field(exclude_if=_is_day)] = "day"  # added later, see ADDED_LATER
    place_allocation: Annotated[PlaceAllocation, Field(exclude_if=_is_approved)] = "approved"  # added later

    @model_validator(mode="after")
    def _guardrails_in_order(self) -> Self:
        # Invalid is no ValueError: pydantic lets it through, and the field keeps its path on the wire.
        if self.g_low >= self.g_high:
            low, high = shortest(self.g_low), shortest(self.g_high)
            raise Invalid("settings.g_low", f"The lower guardrail {low} must be below the upper one {high}.")
        return self


class SettingsChange(Overrides):
    """Overrides: only the keys that were given count. Null is legal for ``max_daily_loss_pct`` alone: off."""

    tau: Distance | None = None
    sizing: Sizing | None = None
    r: PositiveDecimal | None = None
    g_low: LowerShare | None = None
    g_high: UpperShare | None = None
    min_notional: NonNegativeDecimal | None = None
    commission_bps: BasisPoints | None = None
    max_orders_day: OrderCount | None = None
    withholding: Rate | None = None
    after_hours: StrictBool | None = None
    fractional: StrictBool | None = None
    order_type: OrderType | None = None
    drift_bps: BasisPoints | None = None
    rebalance_on_breach: StrictBool | None = None
    cadence: Cadence | None = None
    max_daily_loss_pct: Percent | None = None
    time_in_force: TimeInForce | None = None
    place_allocation: PlaceAllocation | None = None

    @field_validator("*", mode="before")
    @classmethod
    def _null_means_off(cls, value: object, info: ValidationInfo) -> object:
        if value is None and info.field_name != "max_daily_loss_pct":
            raise ValueError("must have a value; leave the key out to inherit it")
        return value


def resolve(*changes: SettingsChange) -> Settings:
    """The settings in force: the defaults, overridden from left to right (the portfolio's, the position's).

    Raises Invalid for ``settings.g_low`` when together they put the guardrails out of order.
    """
    overrides: dict[str, Any] = {}
    for change in changes:
        overrides |= change.given()
    return Settings(**overrides)
