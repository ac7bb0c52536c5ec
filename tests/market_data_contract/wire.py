"""The providers that are asked over a network, on the contract's bench, from a local server."""

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime
from typing import Any

from pydantic import SecretStr

from adapters.market_data.alpaca import AlpacaData
from adapters.market_data.asking import Asking
from adapters.market_data.http import HttpProvider
from adapters.market_data.timing import Timing
from adapters.outbound.addresses import AddressPolicy
from adapters.outbound.client import Outbound
from application.ports.broker import Credentials
from application.ports.market_data import MarketData, Wanted
from domain.market_data.providers import Provider
from market_data_contract.bench import NOW, SESSIONS
from provider_server.board import Bar, Quote
from provider_server.server import ProviderServer

SECONDS_MAX = 20.0
HASTY_SECONDS_MAX = 0.3
"""For answers that never come whole."""


class WireBench:
    """A local server, and a provider that asks it."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self.server = stack.enter_context(ProviderServer())

    def tell(self, wanted: Wanted, quote: Quote | None = None, bars: list[Bar] | None = None) -> None:
        """See Bench."""
        if quote is not None:
            self.server.board.quotes[wanted.symbol] = quote
        if bars is not None:
            self.server.board.bars[wanted.symbol] = bars

    def provider(
        self, now: datetime = NOW, *, allowed: bool = True, seconds_max: float = SECONDS_MAX
    ) -> MarketData:
        """See Bench; ``allowed`` is whether the operator lets it reach the local server."""
        policy = AddressPolicy.parse("127.0.0.1" if allowed else None)
        outbound = self._stack.enter_context(Outbound(policy))
        return self._made(Asking(outbound, now, seconds_max), Timing(SESSIONS, now))

    def _made(self, asking: Asking, timing: Timing) -> MarketData:
        raise NotImplementedError


def http_provider(server: ProviderServer, **others: Any) -> Provider:
    """The local generic provider, as a portfolio would describe it."""
    described: Mapping[str, Any] = {
        "name": "alpha",
        "kind": "http",
        "headers": {"x-key": "{key}"},
        "quotes": {
            "url": f"{server.url}/quote/{{symbol}}",
            "symbol": "symbol",
            "last": "price",
            "bid": "bid",
            "ask": "ask",
            "as_of": "time",
            "currency": "currency",
            "unit": "unit",
        },
        "closes": {
            "url": f"{server.url}/daily/{{symbol}}?since={{since}}",
            "items": "bars",
            "symbol": "symbol",
            "as_of": "date",
            "open": "o",
            "high": "h",
            "low": "l",
            "close": "c",
        },
        "fx": {
            "url": f"{server.url}/fx/{{base}}/{{quote}}",
            "base": "base",
            "rate": "rates.{quote}",
            "as_of": "time",
        },
    }
    return Provider.model_validate({**described, **others})


class HttpBench(WireBench):
    """The generic provider."""

    def _made(self, asking: Asking, timing: Timing) -> MarketData:
        key = SecretStr(self.server.key)
        return HttpProvider(http_provider(self.server), lambda: key, asking, timing)


class HttpManyBench(WireBench):
    """The generic provider that is asked for many listings at once."""

    def _made(self, asking: Asking, timing: Timing) -> MarketData:
        key = SecretStr(self.server.key)
        quotes = {
            "url": f"{self.server.url}/quotes?symbols={{symbols}}",
            "symbols_max": 50,
            "items": "quotes",
            "symbol": "symbol",
            "last": "price",
            "bid": "bid",
            "ask": "ask",
            "as_of": "time",
        }
        return HttpProvider(http_provider(self.server, quotes=quotes), lambda: key, asking, timing)


class AlpacaBench(WireBench):
    """Alpaca's market data."""

    def _made(self, asking: Asking, timing: Timing) -> MarketData:
        keys = Credentials(SecretStr(self.server.key_id), SecretStr(self.server.secret_key))
        provider = Provider(name="alpaca", kind="alpaca", feed="iex")
        return AlpacaData(provider, lambda: keys, self.server.url, asking, timing)
