"""What is listed, where its prices come from, and what judges and watches them."""

from collections.abc import Sequence
from functools import cached_property, partial
from uuid import UUID

from adapters.brokers.alpaca import addresses
from adapters.files.drop_folder import SOURCE as DROPPED
from adapters.files.drop_folder import PriceDropFolder
from adapters.market_data.providers import ProvidersByKind
from api.wiring.reviews import Reviews
from application.ingest_prices import IngestPrices
from application.market_data.refresh_prices import RefreshPrices
from application.market_data.set_providers import SetProviders
from application.market_data.take_in_files import TakeInFiles
from application.market_data.take_rates import TakeRates
from application.ports.market_data import Wanted
from application.quality.lanes import Lanes
from application.quality.settle_quarantine import SettleQuarantine
from application.quality.trading_days import TradingDays
from application.registry.instruments import KeepInstruments
from application.registry.listings import KeepListings
from application.registry.symbols import ChangeSymbols
from application.watching.looking import Looking
from application.watching.watch import Watch
from projections import alerts as alert_rows
from projections import constituents as constituent_rows
from projections import listings as listing_rows
from projections import positions as position_rows


class Pricing(Reviews):
    """Providers, listings, and the gate between them."""

    @cached_property
    def watch(self) -> Watch:
        return Watch(self.ledger, Looking(self.prices, self.sessions, self.watched_listings))

    @cached_property
    def trading_days(self) -> TradingDays:
        return TradingDays(self.sessions)

    @cached_property
    def lanes(self) -> Lanes:
        return Lanes(self.rulebook, self.calendar, self.trading_days)

    @cached_property
    def ingest_prices(self) -> IngestPrices:
        return IngestPrices(self.ledger, self.prices, self.band_watch, self.jobs, self._holders, self.lanes)

    @cached_property
    def settle_quarantine(self) -> SettleQuarantine:
        return SettleQuarantine(
            self.ledger, self.prices, self.quarantine, self.lanes, self.jobs, self._alerted_for
        )

    @cached_property
    def take_in_files(self) -> TakeInFiles:
        folder = PriceDropFolder(self.drop_folder, self._known_listings, self.sessions)
        return TakeInFiles(self.ledger, folder, self.taken_files, self.ingest_prices)

    @cached_property
    def providers(self) -> ProvidersByKind:
        return ProvidersByKind(
            outbound=lambda: self.outbound,
            keys=self.provider_keys,
            broker_keys=self.broker_keys.credentials,
            sessions=self.sessions,
            dropped=partial(self.taken_files.newest, DROPPED),
            look=self.take_in_files,
            alpaca_url=self.alpaca_data_url or addresses.DATA,
            seconds_max=self.provider_seconds_max,
        )

    @cached_property
    def set_providers(self) -> SetProviders:
        return SetProviders(self.ledger, self.provider_keys)

    @cached_property
    def refresh_prices(self) -> RefreshPrices:
        return RefreshPrices(
            self.ledger,
            self.providers,
            self.provider_records,
            self.ingest_prices,
            self.take_rates,
            self.sessions,
            self._watched,
        )

    @cached_property
    def take_rates(self) -> TakeRates:
        return TakeRates(self.ledger, self.fx_rates)

    @cached_property
    def keep_instruments(self) -> KeepInstruments:
        return KeepInstruments(self.ledger, self.directory)

    @cached_property
    def keep_listings(self) -> KeepListings:
        return KeepListings(self.ledger, self.directory)

    @cached_property
    def change_symbols(self) -> ChangeSymbols:
        return ChangeSymbols(self.ledger, self.directory, self.sessions)

    def _known_listings(self) -> Sequence[Wanted]:
        with self.pool.connection() as connection:
            return [Wanted(**row) for row in listing_rows.particulars(connection)]

    def _watched(self, portfolio_id: UUID) -> Sequence[Wanted]:
        with self.pool.connection() as connection:
            watched = constituent_rows.watched_by(connection, portfolio_id)
            return [Wanted(**row) for row in listing_rows.particulars(connection, watched)]

    def _holders(self, feed: str, listing_id: UUID) -> Sequence[UUID]:
        with self.pool.connection() as connection:
            return position_rows.portfolios_with(connection, feed, listing_id)

    def _alerted_for(self, listing_id: UUID) -> Sequence[tuple[UUID | None, str]]:
        with self.pool.connection() as connection:
            return alert_rows.open_about(connection, listing_id)
