"""What a volatility trigger advises where a person places the orders: its decision as one line (DOMAIN §8)."""

from uuid import UUID, uuid5

from domain.allocation.advice import Line
from domain.money import ZERO, notional
from domain.position.events import OrderIntended
from domain.recommendation.decide import recommendation_of
from domain.recommendation.events import AdvisedLine, PositionOrder, RecommendationProposed


def propose(position_id: UUID, intended: OrderIntended, run_id: UUID | None) -> RecommendationProposed:
    """The order that a position wants, for a person to place. The same order is proposed under the same ids."""
    recommendation_id = recommendation_of(intended.order_id)
    return RecommendationProposed(
        recommendation_id=recommendation_id,
        portfolio_id=intended.portfolio_id,
        run_id=run_id,
        kind="volatility",
        currency=intended.currency,
        policy_hash=None,
        snapshot_hash=None,
        engine=intended.rule,
        lines=(AdvisedLine(id=uuid5(recommendation_id, "1"), line=_line(intended)),),
        suppressed=(),
        sleeves=(),
        triggers=(),
        told=intended.message,
        order=PositionOrder(
            position_id=position_id,
            order_id=intended.order_id,
            client_order_id=intended.client_order_id,
        ),
    )


def _line(intended: OrderIntended) -> Line:
    inputs, outputs = intended.inputs, intended.outputs
    price = outputs.price or ZERO
    trimmed = (outputs.trimmed_by,) if outputs.trimmed_by else ()
    return Line(
        action=intended.side,
        listing_id=intended.listing_id,
        symbol=intended.symbol,
        sleeve=None,
        quantity=intended.quantity,
        price=price,
        amount=notional(intended.quantity, price, inputs.unit_scale, intended.currency),
        source="volatility",
        trigger=None,
        funding="position" if intended.side == "BUY" else "none",
        weight_before=outputs.asset_share,
        weight_after=outputs.projected_asset_share,
        rules=(inputs.settings.sizing, *trimmed),
        sentence=intended.message,
    )
