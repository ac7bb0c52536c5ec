"""Three portfolios that were opened some days ago, each with a position in a listing and at a broker of its own.

They are opened at a clock of the past, so that a dividend and a split of the last session, announced while
everything runs, find shares that were held before them. Those on paper follow a policy beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from adapters.embedded.servers import open_servers
from api.wiring import House
from application import portfolios, positions
from domain.listing import ListingRegistered
from domain.portfolio.events import BrokerChoice
from domain.settings import SettingsChange
from examples import by_hand
from kills.live.followed import follow
from kills.programs import Program

DAYS_HELD = timedelta(days=10)
SHARES, CASH, FUNDS = Decimal(100), Decimal(20_000), Decimal(100_000)
SIMULATED_SYMBOL = "TIDE"
"""Its prices come from the scheduler, not from us."""

SETTINGS: dict[str, Any] = {
    "tau": "0.01",
    "sizing": "proportional",
    "r": "1",
    "g_low": "0.05",
    "g_high": "0.95",
    "min_notional": "1",
    "max_orders_day": 10_000,
    "after_hours": True,
}
AT_ANY_HOUR = {"order_type": "limit"}
"""Nothing else leaves for a real broker while its exchange is closed."""

PAPER = BrokerChoice(auto_fill=True, partial_fills=True, slippage_bps=Decimal(5), latency_ms=50)
CALLED_BACK = BrokerChoice(auto_fill=False)


@dataclass(frozen=True)
class Account:
    """A portfolio with its one position. ``ex_date`` is the last session that has begun."""

    name: str
    symbol: str
    listing_id: UUID
    portfolio_id: UUID
    position_id: UUID
    ex_date: date


@dataclass(frozen=True)
class Accounts:
    """One at each kind of broker; the last is connected to it only later. Of the first advice is placed at once."""

    paper: Account
    called_back: Account
    alpaca: Account
    followed: Mapping[str, UUID]
    """The listings of the policy by symbol."""

    @property
    def all(self) -> tuple[Account, ...]:
        """All three."""
        return self.paper, self.called_back, self.alpaca

    @property
    def advised(self) -> tuple[Account, ...]:
        """Those that follow the policy."""
        return self.paper, self.called_back


def open_accounts(up: Program, now: datetime) -> Accounts:
    """Open everything on the servers of a ``ballast up`` that is starting."""
    with open_servers(up.data, None, None, what="an opening") as servers:
        house = House(servers.database_url, servers.redis_url, clock=lambda: now - DAYS_HELD)
        try:
            house.prepare_database()
            _register(house, SIMULATED_SYMBOL, "XSIM")
            paper = _open(house, "paper", "PAPER", "XSIM", PAPER, now, place_allocation="at_once")
            called_back = _open(house, "callbacks", "CALLS", "XSIM", CALLED_BACK, now)
            alpaca = _open(house, "alpaca", "KO", "XNYS", BrokerChoice(), now)
            followed, _ = [follow(house, each.portfolio_id) for each in (paper, called_back)]
            return Accounts(paper, called_back, alpaca, followed)
        finally:
            house.close()


def _open(
    house: House,
    name: str,
    symbol: str,
    exchange: str,
    broker: BrokerChoice,
    now: datetime,
    **settings: str,
) -> Account:
    portfolio_id, position_id = house.ledger.new_id(), house.ledger.new_id()
    listing_id = _register(house, symbol, exchange)
    cause = by_hand(house)
    portfolios.open_portfolio(
        house.ledger,
        cause,
        portfolio_id,
        title=name,
        currency="USD",
        mode="automatic",
        broker=broker,
        settings=SettingsChange.model_validate(SETTINGS | settings),
    )
    portfolios.move_cash(house.ledger, cause, portfolio_id, "deposit", FUNDS)
    positions.open_position(
        house.ledger,
        cause,
        position_id,
        portfolio_id=portfolio_id,
        listing_id=listing_id,
        cash=CASH,
        shares=SHARES,
        anchor=Decimal(100),
        settings=SettingsChange.model_validate(AT_ANY_HOUR if exchange == "XNYS" else {}),
    )
    ex_date = _last_session(house, exchange, now)
    return Account(name, symbol, listing_id, portfolio_id, position_id, ex_date)


def _register(house: House, symbol: str, exchange: str) -> UUID:
    listing_id = house.ledger.new_id()
    listing = ListingRegistered(
        listing_id=listing_id,
        symbol=symbol,
        exchange=exchange,
        currency="USD",
        quote_unit="USD",
        lot=Decimal(1),
        title=symbol,
    )
    house.keep_listings.register(by_hand(house), listing)
    return listing_id


def _last_session(house: House, exchange: str, now: datetime) -> date:
    day = now.date()
    while True:
        opened = house.sessions.open_of(exchange, day)
        if opened is not None and opened < now:
            return day
        day -= timedelta(days=1)
