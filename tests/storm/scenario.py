"""What a seed decides once and for all: the portfolios, their settings, and how bad everything is."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from random import Random

from domain.order import Side
from domain.settings import PlaceAllocation, SettingsChange

BEGINNING = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)
"""A Monday morning in New York, an afternoon in London: both are open."""

STEPS = 150
FOLLOWS_NONE = 0.25
"""How often a portfolio follows no strategy, and only its positions trade."""


@dataclass(frozen=True)
class Plan:
    """A position to open: what it trades, and with how much. Prices are in the quote unit."""

    symbol: str
    exchange: str
    quote_unit: str
    lot: Decimal
    price: Decimal
    shares: Decimal
    cash: Decimal
    settings: SettingsChange


@dataclass(frozen=True)
class Strategy:
    """A policy to follow, of these symbols at an exchange. Prices are in the quote unit, weights parts of one."""

    exchange: str
    quote_unit: str
    weights: dict[str, str]
    prices: dict[str, Decimal]
    place_allocation: PlaceAllocation


@dataclass(frozen=True)
class Account:
    """A portfolio and the broker account that is its own; where it follows a strategy, advice becomes orders."""

    name: str
    currency: str
    plans: tuple[Plan, ...]
    strategy: Strategy | None = None


@dataclass(frozen=True)
class Weather:
    """How bad everything is; rates are parts of one."""

    crash_rate: float
    meanwhile_rate: float
    emptied_rate: float
    """How often the queue dies with the process."""
    drop_rate: float
    copy_rate: float
    other_id_rate: float
    delay_rate: float
    delay_seconds_max: float
    lost_for_good: bool
    """Whether what was dropped never comes, or comes at the very end."""
    channels: tuple[str, ...]
    silence_rate: float
    ambiguity_rate: float
    refusal_rate: float
    at_once_rate: float
    """How often the broker's answer to an order says already that it was filled."""
    revision_rate: float
    by_hand_rate: float
    overfill_rate: float
    volatility: float


@dataclass(frozen=True)
class Scenario:
    """Everything a seed decides beforehand."""

    seed: int
    steps: int
    accounts: tuple[Account, ...]
    weather: Weather


def scenario(seed: int, steps: int = STEPS) -> Scenario:
    """The scenario of a seed."""
    chance = Random(f"{seed}|scenario")
    weather = Weather(
        crash_rate=chance.choice((0.0, 0.001, 0.004, 0.012)),
        meanwhile_rate=chance.choice((0.0, 0.01, 0.04)),
        emptied_rate=chance.choice((0.0, 0.3, 1.0)),
        drop_rate=chance.choice((0.0, 0.02, 0.1, 0.4)),
        copy_rate=chance.choice((0.0, 0.3, 0.6)),
        other_id_rate=chance.choice((0.0, 0.05, 0.3)),
        delay_rate=chance.choice((0.0, 0.1, 0.5)),
        delay_seconds_max=chance.choice((2.0, 20.0, 400.0)),
        lost_for_good=chance.random() < 0.5,
        channels=chance.choice(
            (("callback",), ("callback",), ("callback",), ("stream",), ("callback", "stream"))
        ),
        silence_rate=chance.choice((0.0, 0.05, 0.3)),
        ambiguity_rate=chance.choice((0.0, 0.05, 0.3)),
        refusal_rate=chance.choice((0.0, 0.03, 0.1)),
        at_once_rate=chance.choice((0.0, 0.3)),
        revision_rate=chance.choice((0.0, 0.05, 0.2)),
        by_hand_rate=chance.choice((0.0, 0.005, 0.03)),
        overfill_rate=chance.choice((0.0, 0.0, 0.005)),
        volatility=chance.choice((0.004, 0.008, 0.015)),
    )
    accounts = [
        Account("PA1", "USD", tuple(_plan(chance, "USD", f"US{n}") for n in range(chance.randint(2, 6))))
    ]
    if chance.random() < 0.4:
        plans = tuple(_plan(chance, "GBP", f"LON{n}") for n in range(chance.randint(1, 2)))
        accounts.append(Account("PA2", "GBP", plans))
    strategies = Random(f"{seed}|strategies")
    advised = [replace(each, strategy=_strategy(strategies, each)) for each in accounts]
    return Scenario(seed, steps, tuple(advised), weather)


def _strategy(chance: Random, account: Account) -> Strategy | None:
    if chance.random() < FOLLOWS_NONE:
        return None
    symbols = [f"{account.name}-{letter}" for letter in "ABC"]
    is_sterling = account.currency == "GBP"
    prices = [Decimal(chance.choice(("97.31", "12.5", "311.07"))) for _ in symbols]
    return Strategy(
        exchange=chance.choice(("XSIM", "XLON" if is_sterling else "XNYS")),
        quote_unit="GBX" if is_sterling else account.currency,
        weights=dict(zip(symbols, ("0.4", "0.3", "0.3"), strict=True)),
        prices={
            symbol: each * (10 if is_sterling else 1) for symbol, each in zip(symbols, prices, strict=True)
        },
        place_allocation=chance.choice(("approved", "approved", "at_once")),
    )


def _plan(chance: Random, currency: str, symbol: str) -> Plan:
    fractional = chance.random() < 0.3
    quote_unit = "GBX" if currency == "GBP" else currency
    price = Decimal(chance.choice(("97.31", "12.5", "311.07", "0.83")))
    scale = Decimal("0.01") if quote_unit == "GBX" else Decimal(1)
    if quote_unit == "GBX":
        price *= 10
    worth = Decimal(chance.choice((2_000, 20_000, 90_000)))
    g_low = Decimal(chance.choice(("0", "0.1", "0.25", "0.4")))
    return Plan(
        symbol=symbol,
        exchange=chance.choice(("XSIM", "XLON" if currency == "GBP" else "XNYS")),
        quote_unit=quote_unit,
        lot=Decimal("0.001") if fractional else Decimal(1),
        price=price,
        shares=(worth / 2 / price / scale).quantize(Decimal(1)),
        cash=(worth / 2).quantize(Decimal("0.01")),
        settings=SettingsChange(
            tau=Decimal(chance.choice(("0.002", "0.005", "0.01"))),
            sizing=chance.choice(("anchor_ratio", "proportional", "fixed_fraction")),
            r=Decimal(chance.choice(("0.5", "0.1", "1.5"))) if chance.random() < 0.7 else Decimal("0.3"),
            g_low=g_low,
            g_high=g_low + Decimal(chance.choice(("0.3", "0.5"))),
            min_notional=Decimal(chance.choice((0, 50))),
            commission_bps=Decimal(chance.choice((0, 1, 20))),
            max_orders_day=10_000,
            fractional=fractional,
            order_type=chance.choice(("market", "market", "limit")),
            time_in_force=chance.choice(("day", "day", "gtc", "ioc")),
            drift_bps=Decimal(chance.choice((20, 200, 2000))),
            rebalance_on_breach=chance.random() < 0.3,
        ),
    )


def sides() -> tuple[Side, Side]:
    """Both sides, in an order that never changes."""
    return "BUY", "SELL"
