"""Positions read back with all that their cards and bands are made of: portfolio, settings, price and thresholds."""

from datetime import datetime
from functools import lru_cache
from typing import Any, LiteralString, NamedTuple, TypeVar
from uuid import UUID

from psycopg import Connection
from pydantic import TypeAdapter

from domain.events import Value
from domain.order import Order
from domain.placing.placement import Placement
from domain.portfolio.events import BrokerChoice
from domain.portfolio.state import Portfolio
from domain.position.settled import Accrual, LastEnded, Settled
from domain.position.state import HandedOver, LastSkip, OrderDay, Position
from domain.price_point import PricePoint
from domain.quality import DEFAULTS, Thresholds
from domain.quality.lane import is_tick
from domain.quote import Quote
from domain.settings import Settings, SettingsChange, resolve
from projections.gate_rules import in_force
from projections.members import OF_MEMBER

V = TypeVar("V", bound=Value)

KNOWN_MAX = 10_000


class Sources(NamedTuple):
    """What a card is made of: ``settings`` are those in force, ``is_close`` says the quote is a session's."""

    position: Position
    portfolio: Portfolio
    settings: Settings
    quote: Quote | None
    is_close: bool
    unchanged_since: datetime | None = None
    thresholds: Thresholds = DEFAULTS


def sources(
    position: Position,
    portfolio: Portfolio,
    settings: Settings,
    latest: PricePoint | None,
    thresholds: Thresholds,
) -> Sources:
    """What a card is made of, by the newest good price of its listing. Only ticks stand still: closes are one a day."""
    if latest is None:
        return Sources(position, portfolio, settings, None, is_close=False, thresholds=thresholds)
    unchanged_since = latest.unchanged_since if is_tick(latest) else None
    return Sources(position, portfolio, settings, latest.quote, latest.is_close, unchanged_since, thresholds)


# JSON comes as text: most rows share theirs with many others, and what is known need not be read again.
SOURCES = """
    select p.position_id, p.portfolio_id, p.listing_id, p.version, p.event_number, p.status, p.symbol,
        p.exchange, p.currency, p.quote_unit, p.lot, p.shares, p.cash, p.receivable, p.book_cost, p.anchor,
        p.settings::text, p.latest_order::text, p.order_days::text, p.last_skip::text, p.last_ended::text,
        p.accruals::text, p.settled::text, p.handed_over::text, p.anchored_at, p.placement::text,
        f.owner, f.title, f.currency as portfolio_currency, f.mode, f.clock, f.broker::text,
        f.settings::text as portfolio_settings, f.cash as portfolio_cash, f.frozen_because, f.reconciled,
        f.version as portfolio_version, f.event_number as portfolio_event_number,
        q.last, q.bid, q.ask, q.high, q.low, q.as_of, q.is_close, q.source, q.unchanged_since,
        gl.thresholds::text as listing_thresholds, gp.thresholds::text as own_thresholds
    from positions p
    join portfolios f using (portfolio_id)
    left join latest_prices q on q.listing_id = p.listing_id
        and q.feed = feed_of(f.clock, f.portfolio_id)
    left join gate_thresholds gl on gl.subject = p.listing_id
    left join gate_thresholds gp on gp.subject = p.portfolio_id
"""


def one(connection: Connection[dict[str, Any]], member: str, position_id: UUID) -> Sources | None:
    """What the card of one position of a person's portfolios is made of."""
    row = connection.execute(
        f"{SOURCES} where p.position_id = %(position)s and p.{OF_MEMBER}",
        {"position": position_id, "member": member},
    ).fetchone()
    return _sources(row) if row else None


def page(
    connection: Connection[dict[str, Any]],
    member: str,
    portfolio_id: UUID | None,
    after: UUID | None,
    limit: int,
    *,
    placements: bool = False,
    symbol: str | None = None,
) -> list[Sources]:
    """Cards' sources of a person's positions, in the order of their ids, which is that of their opening.

    ``symbol`` is how the symbol begins, in capitals.
    With ``placements`` those that carried out a line of advice are among them; their ids are in no order of time.
    """
    filters: list[tuple[LiteralString, object]] = [
        ("p.portfolio_id = %(portfolio)s", portfolio_id),
        ("p.position_id > %(after)s", after),
        ("starts_with(upper(p.symbol), %(symbol)s)", symbol),
    ]
    kinds: list[LiteralString] = [] if placements else ["p.placement is null"]
    given = [each for each, value in filters if value is not None]
    where = " and ".join([f"p.{OF_MEMBER}", *kinds, *given])
    found = connection.execute(
        f"{SOURCES} where {where} order by p.position_id limit %(limit)s",
        {
            "member": member,
            "portfolio": portfolio_id,
            "after": after,
            "limit": limit,
            "symbol": symbol,
        },
    ).fetchall()
    return [_sources(row) for row in found]


class Changed(NamedTuple):
    """A position that it or its portfolio changed, with the versions and the event that did it last."""

    position: Position
    version: int
    portfolio: Portfolio
    portfolio_version: int
    event_number: int


def changed_since(connection: Connection[dict[str, Any]], number: int) -> list[Changed]:
    """Positions that events after ``number`` changed, directly or through their portfolio."""
    found = connection.execute(
        SOURCES + " where p.position_id in ("
        "   select position_id from positions where event_number > %(number)s union all"
        "   select position_id from portfolios join positions using (portfolio_id)"
        "   where portfolios.event_number > %(number)s)",
        {"number": number},
    ).fetchall()
    return [
        Changed(
            _position(row),
            row["version"],
            _portfolio(row),
            row["portfolio_version"],
            max(row["event_number"], row["portfolio_event_number"]),
        )
        for row in found
    ]


def _sources(row: dict[str, Any]) -> Sources:
    settings = _in_force(row["portfolio_settings"], row["settings"])
    thresholds = in_force(row["listing_thresholds"], row["own_thresholds"])
    return sources(_position(row), _portfolio(row), settings, _latest(row), thresholds)


def _latest(row: dict[str, Any]) -> PricePoint | None:
    if row["as_of"] is None:
        return None
    return PricePoint(
        listing_id=row["listing_id"],
        as_of=row["as_of"],
        last=row["last"],
        bid=row["bid"],
        ask=row["ask"],
        is_close=row["is_close"],
        source=row["source"],
        high=row["high"],
        low=row["low"],
        unchanged_since=row["unchanged_since"],
    )


def _position(row: dict[str, Any]) -> Position:
    skip, order, ended = row["last_skip"], row["latest_order"], row["last_ended"]
    placement = row["placement"]
    return Position(
        id=row["position_id"],
        portfolio_id=row["portfolio_id"],
        listing_id=row["listing_id"],
        symbol=row["symbol"],
        exchange=row["exchange"],
        currency=row["currency"],
        quote_unit=row["quote_unit"],
        lot=row["lot"],
        status=row["status"],
        shares=row["shares"],
        cash=row["cash"],
        receivable=row["receivable"],
        book_cost=row["book_cost"],
        anchor=row["anchor"],
        settings=_settings(row["settings"]),
        order=Order.model_validate_json(order) if order else None,
        order_days=_values(OrderDay, row["order_days"]),
        last_skip=LastSkip.model_validate_json(skip) if skip else None,
        last_ended=LastEnded.model_validate_json(ended) if ended else None,
        accruals=_values(Accrual, row["accruals"]),
        settled=_values(Settled, row["settled"]),
        handed_over=_handed_over(row["handed_over"]),
        anchored_at=row["anchored_at"],
        placement=Placement.model_validate_json(placement) if placement else None,
    )


def _portfolio(row: dict[str, Any]) -> Portfolio:
    return Portfolio(
        id=row["portfolio_id"],
        owner=row["owner"],
        title=row["title"],
        currency=row["portfolio_currency"],
        mode=row["mode"],
        clock=row["clock"],
        broker=_broker(row["broker"]),
        settings=_settings(row["portfolio_settings"]),
        cash=row["portfolio_cash"],
        frozen_because=row["frozen_because"],
        reconciled=row["reconciled"],
    )


@lru_cache(maxsize=KNOWN_MAX)
def _settings(text: str) -> SettingsChange:
    return SettingsChange.model_validate_json(text)


@lru_cache(maxsize=KNOWN_MAX)
def _handed_over(text: str) -> HandedOver:
    return HandedOver.model_validate_json(text)


@lru_cache(maxsize=KNOWN_MAX)
def _broker(text: str) -> BrokerChoice:
    return BrokerChoice.model_validate_json(text)


@lru_cache(maxsize=KNOWN_MAX)
def _in_force(portfolio: str, position: str) -> Settings:
    return resolve(_settings(portfolio), _settings(position))


def _values(kind: type[V], text: str) -> tuple[V, ...]:
    """The values of a column; most are empty, which is not worth a parser's time."""
    return () if text == "[]" else TypeAdapter(tuple[kind, ...]).validate_json(text)  # type: ignore[valid-type]
