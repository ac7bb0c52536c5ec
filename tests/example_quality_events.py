"""Examples of what the gate says, and of thresholds that are set."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from domain.events import Event
from domain.portfolio.events import PortfolioFrozen, PortfolioThresholdsSet
from domain.quality import (
    ListingThresholdsSet,
    PriceFlagged,
    PriceQuarantined,
    PricesDiscarded,
    PricesReleased,
    ThresholdsChange,
)
from stories import AT, LISTING_ID, PORTFOLIO_ID

KO: dict[str, Any] = {"listing_id": LISTING_ID, "symbol": "KO"}

QUARANTINED = PriceQuarantined(
    **KO,
    price=Decimal("9700.00"),
    as_of=AT,
    source="api",
    rule="jump",
    observed="9700.00",
    expected="within 10% of 97.00",
)


def quality_examples() -> list[Event]:
    """One of each."""
    return [
        QUARANTINED,
        PricesReleased(
            **KO,
            prices=3,
            lowest=Decimal("160.00"),
            highest=Decimal("171.50"),
            since=AT,
            until=AT + timedelta(minutes=2),
            rules=("jump",),
            over=("jump",),
            reason="The exchange says the same.",
        ),
        PricesDiscarded(
            **KO,
            prices=1,
            lowest=Decimal("9700.00"),
            highest=Decimal("9700.00"),
            since=AT,
            until=AT,
            rules=("scale",),
            over=(),
            reason="The provider sent cents.",
        ),
        PriceFlagged(
            **KO,
            price=Decimal("110.00"),
            as_of=AT,
            source="api",
            rule="jump",
            observed="110.00",
            expected="within 10% of 97.00",
            day=date(2026, 11, 20),
        ),
        ListingThresholdsSet(
            **KO, thresholds=ThresholdsChange(jump_critical=Decimal("0.3"), stale_intraday_seconds=600)
        ),
        PortfolioThresholdsSet(
            portfolio_id=PORTFOLIO_ID,
            currency="USD",
            thresholds=ThresholdsChange(jump_critical=Decimal("0.15")),
        ),
    ]


def later_quality_examples() -> dict[str, Event]:
    """Events that have got fields since they were first released, by what was added."""
    frozen = PortfolioFrozen(
        portfolio_id=PORTFOLIO_ID, currency="USD", reason="KO jumped.", listing_id=LISTING_ID
    )
    return {"listing": frozen, "feed": QUARANTINED.model_copy(update={"feed": "replay"})}
