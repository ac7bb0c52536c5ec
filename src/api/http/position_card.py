"""The position card: where a position stands and what the rule would do now (`GET /positions/{id}`)."""

from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from functools import lru_cache
from typing import Any
from uuid import UUID

from domain import balancing
from domain.balancing import Decision, DecisionInputs, band
from domain.balancing.exact import EXACT, Ratio
from domain.events import rfc3339
from domain.explain import sentence
from domain.freshness import Hours
from domain.money import round_to_minor_unit
from domain.numbers import plain, shortest
from domain.order import Execution, Order
from domain.position.evaluate import Circumstances, gather
from domain.position.state import Position
from domain.quote import Quote
from domain.recommendation.decide import recommendation_of
from domain.sessions import Session
from domain.settings import Settings
from projections.position_sources import Sources

SHARE_FRACTION = Decimal("0.0001")
CENT = Decimal("0.01")


def card(
    sources: Sources,
    session: Session | None,
    now: datetime,
    hours: Hours,
    unchanged: timedelta = timedelta(0),
    *,
    told: bool = False,
) -> dict[str, Any]:
    """A position at ``now``, as JSON writes it: decimals are strings, money has its minor units.

    ``next_action`` is what the rule would decide at this moment on the latest known price; null where no
    calendar says (``session``) whether the venue trades, because nothing is decided then, and of what carries out a
    line of advice, which follows no rule. ``unchanged`` is for how long of a session the price has stood still.
    ``told`` puts the decision into words as well.
    """
    position, settings = sources.position, sources.settings
    circumstances = Circumstances(
        quote=sources.quote,
        decided_at=now,
        now=now,
        session=session or Session(position.exchange, now.date(), open=False),
        settings=settings,
        is_close=sources.is_close,
        reconciled=sources.portfolio.reconciled,
        hours=hours,
        thresholds=sources.thresholds,
        unchanged=unchanged,
    )
    inputs = gather(position, sources.portfolio, circumstances)
    decision = balancing.decide(inputs)
    follows_its_rule = session is not None and position.placement is None
    edges = band(position.anchor, settings.tau)
    price = _price(sources.quote, inputs)
    return {
        "id": position.id,
        "portfolio_id": position.portfolio_id,
        "listing": {
            "id": position.listing_id,
            "symbol": position.symbol,
            "exchange": position.exchange,
            "currency": position.currency,
            "quote_unit": position.quote_unit,
        },
        "status": position.status,
        "shares": plain(position.shares),
        "cash": _money(position.cash, position.currency),
        "receivable": _money(position.receivable, position.currency),
        "anchor": plain(position.anchor),
        "price": price,
        "asset_share": _share(_asset_share(position, price)),
        "buy_below": _edge(edges.buy_below),
        "sell_above": _edge(edges.sell_above),
        "guardrails": {"low": plain(settings.g_low), "high": plain(settings.g_high)},
        "next_action": _action(decision) if follows_its_rule else None,
        "open_order": order_json(position.id, position.open_order) if position.open_order else None,
        "orders_today": inputs.orders_today,
        "settings": settings_json(settings),
    } | (
        {"sentence": sentence(inputs, decision, position.symbol) if follows_its_rule else None}
        if told
        else {}
    )


def order_json(position_id: UUID, order: Order) -> dict[str, Any]:
    """An order as clients see it."""
    return {
        "id": order.id,
        "position_id": position_id,
        "recommendation_id": recommendation_of(order.id) if order.by_hand else None,
        "client_order_id": order.client_order_id,
        "broker": order.broker,
        "account": order.account,
        "broker_order_id": order.broker_order_id,
        "side": order.side,
        "type": order.type,
        "quantity": plain(order.quantity),
        "filled": plain(order.filled),
        "average_price": None if order.average_price is None else plain(order.average_price),
        "status": order.status.value,
        "decided_price": plain(order.decided_price),
        "limit_price": None if order.limit_price is None else plain(order.limit_price),
        "time_in_force": order.time_in_force,
        "overlay": order.overlay.value if order.overlay else None,
        "executions": [execution_json(each) for each in order.executions],
    }


def execution_json(execution: Execution) -> dict[str, Any]:
    """A fill as clients see it."""
    return {
        "execution_id": execution.execution_id,
        "revision": execution.revision,
        "quantity": plain(execution.quantity),
        "price": plain(execution.price),
        "commission": plain(execution.commission),
        "at": rfc3339(execution.at),
    }


@lru_cache(maxsize=10_000)
def settings_json(settings: Settings) -> dict[str, Any]:
    """Settings in force; thousands of positions share a handful of them, so each is written once."""
    always = {"time_in_force": settings.time_in_force, "place_allocation": settings.place_allocation}
    return settings.model_dump(mode="json") | always


def _price(quote: Quote | None, inputs: DecisionInputs) -> dict[str, Any] | None:
    """The price that decides, or the one that is too old to; null when none was ever seen."""
    if quote is None:
        return None
    value, source = inputs.price, inputs.price_source
    if value is None:
        value, source = (quote.mid, "mid") if quote.mid is not None else (quote.last, "last")
    if value is None:
        return None
    return {
        "value": plain(value),
        "source": source,
        "as_of": rfc3339(quote.as_of),
        "stale": inputs.price_problem == "stale_price",
    }


def _asset_share(position: Position, price: dict[str, Any] | None) -> Decimal | None:
    if price is None:
        return None
    with localcontext(EXACT):
        assets = position.shares * Decimal(price["value"]) * position.unit_scale
        value = assets + position.cash + position.receivable
    return Ratio(assets, value).rounded() if value > 0 else None


def _action(decision: Decision) -> dict[str, Any]:
    return {
        "outcome": decision.outcome,
        "reason": decision.reason,
        "side": decision.side,
        "raw_quantity": None if decision.raw_quantity is None else plain(decision.raw_quantity),
        "quantity": None if decision.quantity is None else plain(decision.quantity),
        "projected_asset_share": _share(decision.projected_asset_share),
    }


def _edge(price: Decimal) -> str:
    """An exact price with at least two decimals and no idle zeros after them."""
    return plain(price.quantize(CENT)) if price == price.quantize(CENT) else shortest(price)


def _share(share: Decimal | None) -> str | None:
    return None if share is None else plain(share.quantize(SHARE_FRACTION, ROUND_HALF_EVEN))


def _money(amount: Decimal, currency: str) -> str:
    return plain(round_to_minor_unit(amount, currency))
