"""How much of a line of advice still fits, and why it is left out (DOMAIN §8)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from domain.balancing import Decision
from domain.placing.placement import Placement
from domain.placing.rule import ENGINE
from domain.portfolio.events import PortfolioFrozen
from domain.position.evaluate import Evaluation, evaluate
from domain.settings import SettingsChange
from example_placing_events import PLACEMENT, PLACING
from stories import ORDER_ID, PORTFOLIO_ID, a_portfolio, a_quote, circumstances, position

FROZEN = PortfolioFrozen(portfolio_id=PORTFOLIO_ID, currency="USD", reason="a doubt", listing_id=None)


def decided(
    price: str | None = "118.50",
    *,
    cash: str = "1000.00",
    shares: str = "0",
    placement: Placement = PLACEMENT,
    frozen: bool = False,
    settings: SettingsChange | None = None,
    **around: Any,
) -> Evaluation:
    """The line, with some cash or shares, in a session in which nothing stands against it."""
    opened = PLACING.model_copy(update={"placement": placement, "shares": Decimal(shares)})
    state = replace(position.given(opened).state, cash=Decimal(cash))
    quote = None if price is None else a_quote(price)
    where = circumstances(quote, settings=settings, **around)
    return evaluate(state, a_portfolio(*([FROZEN] if frozen else [])), where, ORDER_ID)


def said(decision: Decision) -> tuple[str, str | None, str | None, str | None]:
    """The outcome in short."""
    quantity = None if decision.quantity is None else str(decision.quantity)
    return decision.outcome, decision.reason, quantity, decision.trimmed_by


SALE = PLACEMENT.model_copy(update={"side": "SELL", "min_trade": Decimal(0)})


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (decided(), ("trade", None, "3", None)),
        (decided(cash="356.30"), ("trade", None, "3", None)),
        (decided(cash="356.20"), ("trade", None, "2", "cash")),
        (decided(cash="118.00"), ("skip", "insufficient_cash", "0", "cash")),
        (decided("124.34"), ("trade", None, "3", None)),
        (decided("124.35"), ("skip", "collar", None, None)),
        (decided("112.50"), ("skip", "collar", None, None)),
        (decided(shares="3", placement=SALE), ("trade", None, "3", None)),
        (decided(shares="2", placement=SALE), ("trade", None, "2", "units")),
        (decided(shares="0", placement=SALE), ("skip", "insufficient_shares", "0", "units")),
        (decided(None), ("hold", "no_price", None, None)),
        (decided(frozen=True), ("skip", "frozen", None, None)),
        (decided(reconciled=False), ("skip", "unreconciled", None, None)),
        (decided(is_open=False), ("skip", "market_closed", None, None)),
        (decided(settings=SettingsChange(max_orders_day=0)), ("skip", "daily_limit", None, None)),
    ],
)
def test_a_line_is_placed_cut_or_left_out(
    line: Evaluation, expected: tuple[str, str | None, str | None, str | None]
) -> None:
    assert said(line.decision) == expected
    assert line.rule == ENGINE


def test_what_is_left_of_a_line_is_no_smaller_than_its_policy_allows() -> None:
    large = PLACEMENT.model_copy(update={"min_trade": Decimal(300)})
    assert said(decided(placement=large).decision) == ("trade", None, "3", None)
    assert said(decided(placement=large, cash="300.00").decision) == ("skip", "below_min", "2", "cash")


def test_what_an_order_costs_beside_the_commission_is_kept_back() -> None:
    costly = PLACEMENT.model_copy(update={"cost": Decimal("5.00")})
    assert decided(placement=costly, cash="356.30").decision.quantity == 2


def test_a_purchase_has_a_limit_and_a_fraction_of_a_share_has_room_instead() -> None:
    """Brokers take no limits for fractions; so that those never cost what is not there, they are of less."""
    whole = decided(cash="360.00").event
    assert whole is not None
    assert getattr(whole, "type", None) == "limit"
    tenths = PLACING.model_copy(update={"lot": Decimal("0.1")})
    state = replace(position.given(tenths).state, cash=Decimal("360.00"))
    in_tenths = evaluate(
        state,
        a_portfolio(),
        circumstances(a_quote("118.50"), settings=SettingsChange(fractional=True)),
        ORDER_ID,
    )
    assert getattr(in_tenths.event, "type", None) == "market"
    assert in_tenths.decision.quantity == Decimal("2.8")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (decided(), "Decided to buy 3 KO at 118.50, as advised."),
        (
            decided(cash="300.00"),
            "Decided to buy 2 KO at 118.50, as advised; of 3 advised, the 300.00 there is for it pays for no more.",
        ),
        (
            decided("130.00"),
            "Did not place the order to buy 3 KO: 130.00 is more than 5 % away from the 118.425 advised.",
        ),
        (
            decided(cash="10.00"),
            "Did not place the order to buy 3 KO: the 10.00 there is for it pays for none at 118.50.",
        ),
        (decided(None), "Waiting to buy 3 KO: there is no price."),
    ],
)
def test_it_says_so_in_one_sentence(line: Evaluation, sentence: str) -> None:
    assert line.sentence == sentence
