"""A portfolio whose prices come from local providers, in the hands of a test, on a real ledger."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import SecretStr

from adapters.seals.sealing import new_sealing_key
from api.wiring import House
from application import portfolios
from application.registry.constituents import put
from domain.listing import ListingRegistered
from domain.market_data.providers import Provider
from domain.portfolio.events import BrokerChoice, Constituent
from domain.portfolio.state import Portfolio
from domain.runs.decide import Result
from domain.runs.kinds import Trigger
from domain.runs.state import Run
from domain.settings import SettingsChange
from domain.streams import PORTFOLIO
from examples import IN_SESSION, Opened, by_hand, open_example
from market_data_contract.wire import http_provider
from projections import alerts as alert_rows
from provider_server.board import Quote
from provider_server.server import ProviderServer

LATE = IN_SESSION - timedelta(minutes=1)


@dataclass
class MarketDesk:
    """``now`` is the house's clock; time goes by when a test says so."""

    house: House
    opened: Opened
    alpha: ProviderServer
    beta: ProviderServer
    others: dict[str, UUID]
    now: datetime = IN_SESSION
    sealing_key: str = field(default_factory=new_sealing_key)

    @property
    def portfolio(self) -> Portfolio:
        """The portfolio as it stands."""
        state = self.house.ledger.load(PORTFOLIO, self.opened.portfolio_id).state
        assert state is not None
        return state

    def tell(
        self,
        server: ProviderServer,
        last: str | None = "97.10",
        symbol: str = "KO",
        ago: timedelta = timedelta(minutes=1),
        **others: Any,
    ) -> None:
        """Let a provider quote a symbol, as of a while ago."""
        server.board.quotes[symbol] = Quote(last, self.now - ago, **others)

    def use(self, *providers: Provider) -> None:
        """Ask these from now on, in this order."""
        keys = {server.url: server.key for server in (self.alpha, self.beta)}
        given = {
            place: SecretStr(keys[each.hosts[0]]) for place, each in enumerate(providers) if each.takes_key
        }
        self.house.set_providers(by_hand(self.house), self.opened.portfolio_id, providers, given)

    def refresh(self, trigger: Trigger = "schedule", house: House | None = None) -> Result:
        """Refresh its prices now."""
        by = house or self.house
        run = Run(by.ledger.new_id(), "price_refresh", trigger, self.opened.portfolio_id, None, self.now)
        return by.refresh_prices(run)

    def passes(self, **time: float) -> None:
        """Let time go by."""
        self.now += timedelta(**time)

    def rows(self, query: str) -> list[dict[str, Any]]:
        """What a question to the database answers."""
        with self.house.pool.connection() as connection:
            return connection.execute(query).fetchall()

    def prices(self) -> list[tuple[str, str, str | None]]:
        """What is stored: source, price, and the rule that stopped it."""
        found = self.rows(
            "select source, last, quarantined from price_points order by as_of, source, is_close, listing_id"
        )
        return [(row["source"], str(row["last"]), row["quarantined"]) for row in found]

    def alerts(self) -> list[tuple[str, bool]]:
        """Every alert there was: its rule, and whether it is open."""
        with self.house.pool.connection() as connection:
            found = alert_rows.page(
                connection, "local", portfolio_id=None, is_open=None, after=None, limit=100
            )
        return [(row["rule"], row["resolved_at"] is None) for row in found]

    def decided(self) -> list[dict[str, Any]]:
        """The orders that were decided, once the rule has seen what came."""
        self.house.evaluate_ticks("live", [self.opened.listing_id])
        return self.rows("select 1 from stored_events where topic like 'position.order%'")

    def also_watch(self, *symbols: str) -> None:
        """Let the portfolio watch more listings."""
        self.others |= {symbol: _register(self.house, symbol) for symbol in symbols}
        watch(self.house, self.opened.portfolio_id, list(self.others.values()))

    def in_pounds(self) -> "MarketDesk":
        """The same desk for another portfolio, in pounds, which only watches KO."""
        portfolio_id = self.house.ledger.new_id()
        portfolios.open_portfolio(
            self.house.ledger,
            by_hand(self.house),
            portfolio_id,
            title="Abroad",
            currency="GBP",
            mode="advisory",
            broker=BrokerChoice(),
            settings=SettingsChange(),
        )
        watch(self.house, portfolio_id, [self.opened.listing_id])
        return replace(self, opened=replace(self.opened, portfolio_id=portfolio_id))

    def join(self, house: House) -> House:
        """Let another process have the same clock and sealing key."""
        house.clock = lambda: self.now
        house.ledger.clock = house.clock
        house.sealing_key = lambda: SecretStr(self.sealing_key)
        return house


def open_desk(house: House, stack: ExitStack, symbols: Sequence[str] = ("PG",)) -> MarketDesk:
    """Hundred KO at an anchor of 100 under the rule, and other listings that are only watched."""
    opened = open_example(house)
    others = {symbol: _register(house, symbol) for symbol in symbols}
    watch(house, opened.portfolio_id, list(others.values()))
    alpha, beta = stack.enter_context(ProviderServer()), stack.enter_context(ProviderServer())
    desk = MarketDesk(house, opened, alpha, beta, others)
    desk.join(house)
    desk.use(quoting(alpha, "alpha"), quoting(beta, "beta"))
    return desk


def quoting(server: ProviderServer, name: str, **others: Any) -> Provider:
    """A provider of quotes alone."""
    return http_provider(server, name=name, closes=None, fx=None, **others)


def watch(house: House, portfolio_id: UUID, listing_ids: Sequence[UUID]) -> None:
    """Make a portfolio watch listings."""
    constituents = [
        Constituent(listing_id=each, sleeve="core", role="invested", priority=place, monitored=True)
        for place, each in enumerate(listing_ids)
    ]
    put(house.ledger, by_hand(house), portfolio_id, constituents)


def _register(house: House, symbol: str) -> UUID:
    listing = ListingRegistered(
        listing_id=house.ledger.new_id(),
        symbol=symbol,
        exchange="XNYS",
        currency="USD",
        quote_unit="USD",
        lot=Decimal(1),
    )
    return house.keep_listings.register(by_hand(house), listing).answer.listing.id
