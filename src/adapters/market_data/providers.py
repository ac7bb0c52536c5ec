"""The providers of portfolios, made from their descriptions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from pydantic import SecretStr

from adapters.brokers.alpaca import addresses
from adapters.market_data.alpaca import AlpacaData
from adapters.market_data.asking import Asking
from adapters.market_data.files import DroppedPrices, Newest
from adapters.market_data.http import HttpProvider
from adapters.market_data.simulated import SimulatedPrices
from adapters.market_data.timing import Timing
from adapters.outbound.client import Outbound
from application.ports import Sessions
from application.ports.broker import BrokerAccount, Credentials
from application.ports.market_data import PROVIDER_SECONDS_MAX, MarketData
from application.ports.provider_keys import ProviderKeys
from domain.market_data.providers import Provider
from domain.portfolio.state import Portfolio

BrokerKeys = Callable[[BrokerAccount], Credentials]
"""The keys of a broker's account. Raises KeysSealed."""


@dataclass(frozen=True, slots=True)
class ProvidersByKind:
    """The application's Providers. ``look`` takes in what lies in the drop folder."""

    outbound: Callable[[], Outbound]
    keys: ProviderKeys
    broker_keys: BrokerKeys
    sessions: Sessions
    dropped: Newest
    look: Callable[[], object]
    alpaca_url: str = addresses.DATA
    seconds_max: float = PROVIDER_SECONDS_MAX

    def of(self, portfolio: Portfolio, now: datetime) -> Sequence[MarketData]:
        """See application.ports.market_data.Providers."""
        return [self._made(each, portfolio, now) for each in portfolio.providers]

    def _made(self, provider: Provider, portfolio: Portfolio, now: datetime) -> MarketData:
        timing = Timing(self.sessions, now)
        match provider.kind:
            case "http":
                return HttpProvider(
                    provider, lambda: self._key(provider, portfolio), self._asking(now), timing
                )
            case "alpaca":
                return AlpacaData(
                    provider,
                    lambda: self._credentials(provider, portfolio),
                    self.alpaca_url,
                    self._asking(now),
                    timing,
                )
            case "simulated":
                return SimulatedPrices(provider.name, now)
            case "files":
                return DroppedPrices(provider.name, self.look, self.dropped)
            case _:
                assert_never(provider.kind)

    def _asking(self, now: datetime) -> Asking:
        return Asking(self.outbound(), now, self.seconds_max)

    def _key(self, provider: Provider, portfolio: Portfolio) -> SecretStr | None:
        secret = self.keys.key_of(portfolio.id, provider)
        return secret if isinstance(secret, SecretStr) else None

    def _credentials(self, provider: Provider, portfolio: Portfolio) -> Credentials | None:
        """Its own keys, else those of the account that the portfolio trades in."""
        secret = self.keys.key_of(portfolio.id, provider)
        if isinstance(secret, Credentials):
            return secret
        broker = portfolio.broker
        if broker.kind != "alpaca" or broker.environment is None or broker.account is None:
            return None
        return self.broker_keys(BrokerAccount(portfolio.id, broker.kind, broker.environment, broker.account))
