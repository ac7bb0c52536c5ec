"""What Today shows, gathered: each live portfolio of a person with its positions, value and prices, and what waits."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from psycopg import Connection

from api.http.answers import moment, money, rounded
from api.http.cards import card_now
from api.http.for_you import for_you
from api.http.holdings import holding_json
from api.http.position_card import SHARE_FRACTION
from api.wiring import House
from domain.balancing import Band
from domain.balancing.exact import Ratio
from domain.glance import Glance, is_near
from domain.money import ZERO
from domain.portfolio.money import kind_of_money
from domain.portfolio.state import Portfolio
from domain.settings import SettingsChange, resolve
from domain.valuation import CloseOfDay
from projections import alerts, balances, portfolios, position_sources, recommendations

LOOK_BACK = timedelta(days=14)
"""Far enough to meet a day before today on which something was priced."""

CHANGE_FRACTION = Decimal("0.000001")
WAITING_MAX = 50
POSITIONS_MAX = 10_000


class Seen(NamedTuple):
    """What the cards of some positions say of bands and prices."""

    positions: int
    near: int
    stale: int
    prices: Sequence[datetime]

    @property
    def oldest(self) -> datetime | None:
        """The oldest price that is good enough to decide on."""
        return min(self.prices, default=None)


class Worth(NamedTuple):
    """What a portfolio is worth in its currency."""

    assets: Decimal
    cash: Decimal

    @property
    def value(self) -> Decimal:
        """Everything."""
        return self.assets + self.cash

    @property
    def asset_share(self) -> str | None:
        """What part of it is in shares."""
        if self.value <= 0:
            return None
        return rounded(Ratio(self.assets, self.value).rounded(), SHARE_FRACTION)


class Glanced(NamedTuple):
    """One portfolio with what is to be seen of it."""

    portfolio: Portfolio
    seen: Seen
    json: dict[str, Any]


def today(house: House, principal: str) -> dict[str, Any]:
    """Everything of one person at a glance."""
    now = house.ledger.clock()
    with house.pool.connection() as connection:
        owned = [portfolios.one(connection, each) for each in portfolios.live(connection, principal)]
        found = [_glanced(house, connection, each, principal, now) for each in owned if each is not None]
        open_alerts = alerts.page(connection, principal, is_open=True, limit=WAITING_MAX)
        open_advice = recommendations.open_of(connection, principal, WAITING_MAX)
    glance = _glance(found, len(open_advice), len(open_alerts), now)
    frozen = [each.portfolio for each in found if each.portfolio.frozen]
    return {
        "state": glance.state,
        "sentence": glance.sentence(),
        "alarm": glance.alarm,
        "at": moment(now),
        "for_you": for_you(frozen, open_advice, open_alerts),
        "portfolios": [each.json for each in found],
    }


def _glance(found: Sequence[Glanced], advice: int, open_alerts: int, now: datetime) -> Glance:
    oldest = min((each.seen.oldest for each in found if each.seen.oldest), default=None)
    return Glance(
        frozen=[each.portfolio.title for each in found if each.portfolio.frozen],
        recommendations=advice,
        alerts=open_alerts,
        positions=sum(each.seen.positions for each in found),
        near=sum(each.seen.near for each in found),
        stale=sum(each.seen.stale for each in found),
        oldest_price=now - oldest if oldest else None,
    )


def _glanced(
    house: House, connection: Connection[dict[str, Any]], portfolio: Portfolio, member: str, now: datetime
) -> Glanced:
    seen = _seen(house, position_sources.page(connection, member, portfolio.id, None, POSITIONS_MAX))
    worth = _worth(house, connection, portfolio, now)
    closes = house.value_history(portfolio.id, now, (now - LOOK_BACK).date())
    settings, currency = resolve(portfolio.settings, SettingsChange()), portfolio.currency
    json = {
        "id": portfolio.id,
        "name": portfolio.title,
        "base_currency": currency,
        "mode": portfolio.mode,
        "money": kind_of_money(portfolio),
        "frozen": portfolio.frozen,
        "freeze_reasons": portfolio.freeze_reasons,
        "value": None if worth is None else money(worth.value, currency),
        **_change(worth, closes, now, currency),
        "asset_share": worth.asset_share if worth else None,
        "guardrails": {"low": str(settings.g_low), "high": str(settings.g_high)},
        "cash": money(portfolio.cash, currency),
        "positions": seen.positions,
        "near": seen.near,
        "stale": seen.stale,
        "oldest_price": moment(seen.oldest),
        "newest_price": moment(max(seen.prices, default=None)),
    }
    return Glanced(portfolio, seen, json)


def _seen(house: House, sources: Sequence[position_sources.Sources]) -> Seen:
    cards = [card_now(house, each) for each in sources if each.position.status != "closed"]
    priced = [(card, card["price"]) for card in cards if card["price"] is not None]
    near = [card for card, price in priced if _is_near(card, price)]
    fresh = [datetime.fromisoformat(price["as_of"]) for _, price in priced if not price["stale"]]
    return Seen(len(cards), len(near), len(priced) - len(fresh), fresh)


def _is_near(card: dict[str, Any], price: dict[str, Any]) -> bool:
    edges = Band(Decimal(card["buy_below"]), Decimal(card["sell_above"]))
    return is_near(Decimal(price["value"]), Decimal(card["anchor"]), edges)


def _worth(
    house: House, connection: Connection[dict[str, Any]], portfolio: Portfolio, now: datetime
) -> Worth | None:
    """What is held, at the latest good prices and rates, with all cash; None where one of them is not known."""
    held = balances.holdings_of(connection, portfolio.id)
    cash = sum(balances.cash_of(connection, portfolio.id).values(), ZERO)
    foreign = any(each["currency"] != each["base_currency"] for each in held)
    rates = house.fx_rates.latest() if foreign else []
    values = [holding_json(each, rates, now)["value"] for each in held]
    if None in values or not (values or cash):
        return None
    return Worth(sum(map(Decimal, values), ZERO), cash)


def _change(
    worth: Worth | None, closes: Sequence[CloseOfDay], now: datetime, currency: str
) -> dict[str, str | None]:
    """The day's gain or loss: against the newest close before today and what came or went since."""
    before = [each for each in closes if each.day < now.date()]
    begin = (before[-1].value if before else ZERO) + sum(
        (each.flows for each in closes if each.day == now.date()), ZERO
    )
    if worth is None or begin <= 0:
        return {"change": None, "change_share": None}
    change = worth.value - begin
    share = Ratio(change, begin).rounded()
    return {"change": money(change, currency), "change_share": rounded(share, CHANGE_FRACTION)}
