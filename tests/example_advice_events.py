"""Every event of advice once, with every field set."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.allocation.advice import Line, SleeveWeight, Suppressed
from domain.events import Event
from domain.portfolio.events import AdviceClosed, AdviceOpened, TriggersConsumed, TriggersReleased
from domain.recommendation.events import (
    AdvisedLine,
    ExecutedLine,
    PositionOrder,
    RecommendationApproved,
    RecommendationExecuted,
    RecommendationIgnored,
    RecommendationProposed,
    RecommendationReversed,
    RecommendationSuperseded,
)
from stories import AT, LISTING_ID, ORDER_ID, PORTFOLIO_ID, POSITION_ID

RECOMMENDATION_ID = UUID("019aa000-0000-7000-8000-0000000000a1")
LINE_ID = UUID("019aa000-0000-7000-8000-0000000000a2")
RUN_ID = UUID("019aa000-0000-7000-8000-0000000000a3")
WHERE: dict[str, Any] = {"recommendation_id": RECOMMENDATION_ID, "portfolio_id": PORTFOLIO_ID}
ADVISED: dict[str, Any] = {
    "portfolio_id": PORTFOLIO_ID,
    "currency": "USD",
    "recommendation_id": RECOMMENDATION_ID,
}

LINE = Line(
    action="BUY",
    listing_id=LISTING_ID,
    symbol="KO",
    sleeve="core",
    quantity=Decimal(3),
    price=Decimal("118.425"),
    amount=Decimal("355.28"),
    source="wave",
    trigger="wave:A",
    funding="cash_park",
    weight_before=Decimal("0.352150"),
    weight_after=Decimal("0.354708"),
    rules=("wave:A", "most_underweight"),
    sentence="Buy 3 KO for 355.28 USD: wave A; core is at 35.2 % of 35 %.",
)


def advice_examples() -> list[Event]:
    """One of each."""
    return [
        RecommendationProposed(
            **WHERE,
            run_id=RUN_ID,
            kind="monthly",
            currency="USD",
            policy_hash="5f" * 32,
            snapshot_hash="6e" * 32,
            engine="allocation.1",
            lines=(AdvisedLine(id=LINE_ID, line=LINE),),
            suppressed=(
                Suppressed(
                    rule="below_lot",
                    listing_id=LISTING_ID,
                    subject="KO",
                    sentence="4 USD of KO comes to less than one lot.",
                ),
            ),
            sleeves=(
                SleeveWeight(
                    sleeve="core",
                    target=Decimal("0.35"),
                    before=Decimal("0.352150"),
                    after=Decimal("0.354708"),
                    drift=Decimal("0.215000"),
                    actionable=False,
                ),
            ),
            triggers=("wave:A",),
            told="Advises one order.",
        ),
        RecommendationApproved(**WHERE),
        RecommendationExecuted(
            **WHERE,
            lines=(
                ExecutedLine(
                    line_id=LINE_ID,
                    action="BUY",
                    symbol="KO",
                    quantity=Decimal(3),
                    price=Decimal("118.50"),
                    fee=Decimal("1.50"),
                    executed_at=AT,
                    broker_reference="AJB-7",
                    entry_id=UUID("019aa000-0000-7000-8000-0000000000a4"),
                ),
            ),
            complete=True,
        ),
        RecommendationIgnored(**WHERE, reason="Not this month."),
        RecommendationSuperseded(**WHERE, by_run_id=RUN_ID),
        RecommendationReversed(**WHERE, reason="The broker erred."),
        AdviceOpened(**ADVISED, kind="monthly", triggers=("wave:A",)),
        TriggersConsumed(**ADVISED, triggers=("wave:A",)),
        AdviceClosed(**ADVISED, released=("wave:A",)),
        TriggersReleased(
            portfolio_id=PORTFOLIO_ID, currency="USD", triggers=("wave:A",), reason="It was a mistake."
        ),
    ]


def later_advice_examples() -> dict[str, Event]:
    """Events of advice with fields that they got after they were first released, by what was added."""
    [proposed, *_] = advice_examples()
    order = PositionOrder(
        position_id=POSITION_ID,
        order_id=ORDER_ID,
        client_order_id=f"{POSITION_ID}|2026-11-20T16:00:00.000000Z|BUY",
    )
    of_a_trigger = {"run_id": None, "kind": "volatility", "policy_hash": None, "snapshot_hash": None}
    return {
        "order": proposed.model_copy(update=of_a_trigger | {"order": order}),
        "reason": RecommendationSuperseded(**WHERE, by_run_id=None, reason="KO was split 4 for 1"),
    }
