"""A policy to test with, and holdings under it: an investor's pension of six funds and a cash park."""

import json
from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.allocation import ENGINE, Constituent, Held, Kind, Price, Snapshot
from domain.allocation.snapshot import Gates
from domain.policy import Policy, read

ON_A_DAY_IN_MARCH = datetime(2026, 3, 10, 17, 7, tzinfo=UTC)

SLEEVES = {
    "VWRP": "core",
    "WLDS": "small_cap",
    "XWES": "energy",
    "XWHS": "healthcare",
    "IGL5": "short_gilts",
    "SEMI": "semis",
    "CSH2": "cash_park",
}
PRICES = {
    "VWRP": "11842.50",
    "WLDS": "568.35",
    "XWES": "4402.00",
    "XWHS": "4190.50",
    "IGL5": "4071.00",
    "SEMI": "946.10",
    "CSH2": "123170.00",
}
HOLDINGS = {"VWRP": 236, "WLDS": 702, "XWES": 171, "XWHS": 190, "IGL5": 98, "SEMI": 2954, "CSH2": 13}
LISTINGS = {ticker: UUID(int=number) for number, ticker in enumerate(SLEEVES, 1)}
ELIGIBLE = ["core", "semis", "energy", "healthcare", "small_cap", "short_gilts"]

DOCUMENT: dict[str, Any] = {
    "version": "1.0.0",
    "base_currency": "GBP",
    "instruments": [
        {"ticker": ticker, "exchange": "LSE", "currency": "GBP", "quote_scale": "GBX", "sleeve": sleeve}
        for ticker, sleeve in SLEEVES.items()
    ],
    "targets": {
        "core": 0.35,
        "small_cap": 0.05,
        "energy": 0.1,
        "healthcare": 0.1,
        "short_gilts": 0.05,
        "semis": 0.35,
    },
    "cash_park": {
        "instrument_ticker": "CSH2",
        "staged_amount_gbp": 16000,
        "waves": [
            {
                "name": name,
                "drawdown_trigger": level,
                "deploy_amount_gbp": 8000,
                "deploy_strategy": "most_underweight",
                "eligible_sleeves": ELIGIBLE,
            }
            for name, level in (("A", 0.1), ("B", 0.2))
        ],
        "sunset": [
            {
                "date": day,
                "deploy_fraction_of_remaining": fraction,
                "deploy_strategy": "fixed_allocation",
                "deploy_to_sleeves": ["core"],
            }
            for day, fraction in (("2027-02-01", 0.5), ("2028-02-01", 1.0))
        ],
    },
    "cadence": {
        "monthly": {
            "contribution_gbp": 500,
            "max_orders": 2,
            "min_trade_gbp": 25,
            "default_orders": [
                {"ticker": "VWRP", "amount_gbp": 425},
                {"ticker": "WLDS", "amount_gbp": 75},
            ],
        },
        "quarterly": {
            "max_orders": 3,
            "min_trade_gbp": 25,
            "priority_underweight_sleeves": ["energy", "healthcare", "semis", "short_gilts"],
            "fallback_to_monthly_defaults_when_no_meaningful_drift": True,
        },
    },
    "triggers": {
        "major_sleeve_abs_drift_pp": 2.0,
        "minor_sleeve_abs_drift_pp": 1.0,
        "minor_sleeves": ["small_cap", "short_gilts"],
        "wave_triggers_enabled": True,
    },
}


def document(**changes: object) -> dict[str, Any]:
    """The policy's document with some values changed, each named by its path: ``cadence__monthly__max_orders``."""
    changed = deepcopy(DOCUMENT)
    place: Any
    for path, value in changes.items():
        *way, last = path.split("__")
        place = changed
        for step in way:
            place = place[int(step)] if isinstance(place, list) else place[step]
        place[last] = value
    return changed


def by_weights(
    weights: Mapping[str, str], *, exchange: str, currency: str, quote_scale: str
) -> dict[str, Any]:
    """A policy of an instrument a sleeve. A quarter sells what has risen for what has fallen, if only a little."""
    suffix = currency.lower()
    first = next(iter(weights))
    return {
        "version": "1",
        "base_currency": currency,
        "instruments": [
            {
                "ticker": ticker,
                "exchange": exchange,
                "currency": currency,
                "quote_scale": quote_scale,
                "sleeve": ticker,
            }
            for ticker in weights
        ],
        "targets": {ticker: float(weight) for ticker, weight in weights.items()},
        "cadence": {
            "monthly": {
                f"contribution_{suffix}": 1000,
                "max_orders": 3,
                f"min_trade_{suffix}": 50,
                "default_orders": [{"ticker": first, f"amount_{suffix}": 1000}],
            },
            "quarterly": {"max_orders": 6, f"min_trade_{suffix}": 50},
        },
        "triggers": {"major_sleeve_abs_drift_pp": 0.1},
        "constraints": {"allow_rebalance_sells": True},
    }


def in_dollars(found: dict[str, Any]) -> dict[str, Any]:
    """The same policy for a portfolio in US dollars."""
    text = json.dumps(found).replace("_gbp", "_usd").replace("GBP", "USD").replace("GBX", "USD")
    dollars: dict[str, Any] = json.loads(text)
    return dollars


def policy(**changes: object) -> Policy:
    """The policy, with some values of its document changed."""
    return read(json.dumps(document(**changes))).policy


def snapshot(
    kind: Kind = "monthly",
    *,
    cash: str = "512.44",
    holdings: Mapping[str, int | str] = HOLDINGS,
    prices: Mapping[str, str] = PRICES,
    as_of: datetime = ON_A_DAY_IN_MARCH,
    drawdown: str | None = None,
    used: tuple[str, ...] = (),
    gates: Gates = Gates(),  # noqa: B008  # immutable
    problems: Mapping[str, str] | None = None,
) -> Snapshot:
    """What a run would decide on; ``problems`` says of some tickers why their price cannot be used."""
    return Snapshot(
        engine=ENGINE,
        portfolio_id=UUID(int=900),
        kind=kind,
        as_of=as_of,
        currency="GBP",
        cash=Decimal(cash),
        holdings=tuple(
            Held(listing_id=LISTINGS[ticker], symbol=ticker, quantity=Decimal(units))
            for ticker, units in holdings.items()
        ),
        prices=tuple(
            Price(
                listing_id=LISTINGS[ticker],
                price=Decimal(price),
                per_unit=Decimal("0.01"),
                as_of=as_of,
                source="test",
                problem=(problems or {}).get(ticker),
            )
            for ticker, price in prices.items()
        ),
        constituents=tuple(
            Constituent(
                listing_id=LISTINGS[ticker],
                symbol=ticker,
                sleeve=sleeve,
                role="cash_park" if ticker == "CSH2" else "invested",
                lot=Decimal(1),
            )
            for ticker, sleeve in SLEEVES.items()
        ),
        policy_hash="0" * 64,
        gates=gates,
        drawdown=None if drawdown is None else Decimal(drawdown),
        used=used,
    )
