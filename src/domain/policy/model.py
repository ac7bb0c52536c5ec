"""The policy's shape. Amounts are in the base currency, weights, fractions and drawdowns are parts of one.

In the document an amount's key ends with its currency, ``contribution_gbp`` where the base currency is GBP;
here it does not (``domain.policy.reading`` takes it off).
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, StrictBool, WithJsonSchema

from domain.events import Value
from domain.numbers import plain


def _exact(number: object) -> object:
    if isinstance(number, Decimal):
        return number
    raise ValueError("must be a number")


def _whole(number: object) -> object:
    if isinstance(number, Decimal) and number == number.to_integral_value():
        return int(number)
    raise ValueError("must be a whole number")


Number = Annotated[
    Decimal,
    BeforeValidator(_exact),
    PlainSerializer(plain, return_type=str, when_used="json"),
    WithJsonSchema({"type": "number"}),
]
Amount = Annotated[Number, Field(ge=0), WithJsonSchema({"type": "number", "minimum": 0})]
Positive = Annotated[Number, Field(gt=0), WithJsonSchema({"type": "number", "exclusiveMinimum": 0})]
Part = Annotated[
    Number, Field(gt=0, le=1), WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 1})
]
Weight = Annotated[Number, Field(ge=0, le=1), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})]
Points = Annotated[
    Number, Field(ge=0, le=100), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100})
]
Count = Annotated[
    int,
    BeforeValidator(_whole),
    Field(ge=1, le=100),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 100}),
]
Name = Annotated[str, Field(strict=True, min_length=1, max_length=64, pattern=r"^\S(.*\S)?$")]
Ticker = Annotated[str, Field(strict=True, pattern=r"^[A-Z0-9][A-Z0-9.\-]{0,31}$")]
Currency = Annotated[str, Field(strict=True, pattern=r"^[A-Z]{3}$")]
Unit = Annotated[str, Field(strict=True, pattern=r"^[A-Za-z]{3}$")]
Isin = Annotated[str, Field(strict=True, pattern=r"^[A-Z]{2}[A-Z0-9]{9}[0-9]$")]
Strategy = Literal["most_underweight", "fixed_allocation"]


def _day(text: object) -> object:
    if isinstance(text, str):
        return date.fromisoformat(text)
    raise ValueError("must be a date, such as 2027-02-01")


Day = Annotated[date, BeforeValidator(_day)]


class Instrument(Value):
    """A security that the policy may trade. A sleeve is all its instruments; it buys its first."""

    ticker: Ticker
    isin: Isin | None = None
    exchange: Name
    currency: Currency
    quote_scale: Unit
    sleeve: Name
    price_source_hint: str | None = None


class PriceNormalization(Value):
    """What the author's prices are in; the listing's own unit decides, and has to agree."""

    target_currency: Currency
    quote_scale_factors: dict[Unit, Positive]


class Wave(Value):
    """Staged cash that is deployed once when the portfolio has fallen by ``drawdown_trigger``, inclusive."""

    name: Name
    drawdown_trigger: Part
    deploy_amount: Positive
    deploy_strategy: Strategy
    eligible_sleeves: tuple[Name, ...] = Field(min_length=1)

    @property
    def code(self) -> str:
        """By what its state is kept, whatever the policy's version."""
        return f"wave:{self.name}"


class Sunset(Value):
    """Staged cash that is deployed once on or after a day, whatever has happened by then."""

    date: Day
    deploy_fraction_of_remaining: Part
    deploy_strategy: Strategy
    deploy_to_sleeves: tuple[Name, ...] = Field(min_length=1)

    @property
    def code(self) -> str:
        """By what its state is kept, whatever the policy's version."""
        return f"sunset:{self.date.isoformat()}"


class CashPark(Value):
    """A cash-like instrument in which money waits for waves and sunsets."""

    instrument_ticker: Ticker
    staged_amount: Amount = Decimal(0)
    waves: tuple[Wave, ...] = ()
    sunset: tuple[Sunset, ...] = ()


class DefaultOrder(Value):
    """What a monthly run buys of one instrument when no sleeve is actionably underweight."""

    ticker: Ticker
    amount: Positive


class Weekly(Value):
    """A weekly run looks and buys nothing by itself."""

    review_only: Literal[True] = True


class Monthly(Value):
    """The contribution and its orders; an order below ``min_trade`` is not worth its cost."""

    contribution: Positive
    max_orders: Count
    min_trade: Amount
    default_orders: tuple[DefaultOrder, ...] = Field(min_length=1)
    fallback_strategy: Literal["most_underweight"] = "most_underweight"


class Quarterly(Value):
    """A run that first serves the sleeves named here, in this order, where they are actionably underweight."""

    max_orders: Count
    min_trade: Amount
    priority_underweight_sleeves: tuple[Name, ...] = ()
    fallback_to_monthly_defaults_when_no_meaningful_drift: StrictBool = True


class Cadence(Value):
    weekly: Weekly = Weekly()
    monthly: Monthly
    quarterly: Quarterly | None = None


class Triggers(Value):
    """How far a sleeve's weight may stray, in percentage points, before it is acted upon: strictly beyond."""

    major_sleeve_abs_drift_pp: Points = Decimal(2)
    minor_sleeve_abs_drift_pp: Points = Decimal(1)
    minor_sleeves: tuple[Name, ...] = ()
    wave_triggers_enabled: StrictBool = True


class Constraints(Value):
    """What the policy never does. ``cost_per_order`` is kept back from each order's amount."""

    allow_individual_stocks: StrictBool = False
    max_drawdown_tolerance: Part | None = None
    use_accumulating_share_classes_only: StrictBool = False
    allow_rebalance_sells: StrictBool = False
    cost_per_order: Amount = Decimal(0)


class DataQuality(Value):
    freeze_on_value_jump_pct: Positive = Decimal(50)
    enable_quote_scale_checks: StrictBool = True
    enable_currency_mismatch_checks: StrictBool = True
    block_recommendations_on_any_critical_alert: StrictBool = True


class Notes(Value):
    principles_summary: tuple[str, ...] = ()


class Policy(Value):
    """The whole of it. Sleeves are the user's own names; ``targets`` are their weights among invested assets."""

    version: Name
    base_currency: Currency
    price_normalization: PriceNormalization | None = None
    instruments: tuple[Instrument, ...] = Field(min_length=1, max_length=1000)
    targets: dict[Name, Weight] = Field(min_length=1)
    cash_park: CashPark | None = None
    cadence: Cadence
    triggers: Triggers = Triggers()
    constraints: Constraints = Constraints()
    data_quality: DataQuality = DataQuality()
    notes: Notes = Notes()

    def instrument(self, ticker: str) -> Instrument | None:
        """The instrument of a ticker."""
        return next((each for each in self.instruments if each.ticker == ticker), None)

    def of_sleeve(self, sleeve: str) -> tuple[Instrument, ...]:
        """A sleeve's instruments in the order of the policy; it buys the first."""
        return tuple(each for each in self.instruments if each.sleeve == sleeve)

    @property
    def targeted(self) -> tuple[str, ...]:
        """The sleeves that have a target above zero, in the order of their first instruments."""
        sleeves = dict.fromkeys(each.sleeve for each in self.instruments)
        return tuple(sleeve for sleeve in sleeves if self.targets.get(sleeve))

    @property
    def watches_drawdown(self) -> bool:
        """Whether anything in it depends on how far the portfolio has fallen."""
        has_waves = self.cash_park is not None and bool(self.cash_park.waves)
        return (has_waves and self.triggers.wave_triggers_enabled) or (
            self.constraints.max_drawdown_tolerance is not None
        )

    def drift_limit(self, sleeve: str) -> Decimal:
        """How many percentage points a sleeve may stray."""
        minor = sleeve in self.triggers.minor_sleeves
        return self.triggers.minor_sleeve_abs_drift_pp if minor else self.triggers.major_sleeve_abs_drift_pp
