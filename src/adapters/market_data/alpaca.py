"""Alpaca's market data over its REST API, as its SDK defines it: snapshots, daily bars. Every digit is kept.

The SDK itself reads prices as floats, waits without an end and tries again by itself, so it is not used for this.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from adapters.market_data.alpaca_answers import closes, next_page, quotes
from adapters.market_data.asking import Asking, reading
from adapters.market_data.timing import Timing
from application.ports.broker import Credentials
from application.ports.market_data import (
    Payload,
    ProviderGarbled,
    ProviderRefused,
    Quoted,
    Rated,
    Topic,
    Wanted,
)
from domain.fx import Pair
from domain.market_data.providers import Provider
from domain.refusals import Conflict

SYMBOLS_MAX = 100
BARS_MAX = 10_000
PAGES_MAX = 20

US_EXCHANGES = frozenset(
    {"XNYS", "XNAS", "XNGS", "XNMS", "XNCM", "XASE", "ARCX", "BATS", "BATY", "EDGA", "EDGX", "IEXG"}
)
"""Where Alpaca's symbols are those of the listing; elsewhere the same letters may be another company."""

CredentialsOf = Callable[[], Credentials | None]
"""The keys to ask with. Raises Conflict, KeysSealed among them."""


class AlpacaData:
    """Alpaca as a provider of one portfolio, at one moment."""

    topics: frozenset[Topic] = frozenset({"quotes", "closes"})

    def __init__(
        self, provider: Provider, credentials: CredentialsOf, url: str, asking: Asking, timing: Timing
    ) -> None:
        self._provider = provider
        self._credentials = credentials
        self._url = url
        self._ask = asking
        self._timing = timing

    @property
    def name(self) -> str:
        """See application.ports.market_data.MarketData."""
        return self._provider.name

    def listings_max(self, topic: Topic) -> int:
        """See application.ports.market_data.MarketData."""
        return SYMBOLS_MAX

    def serves(self, wanted: Wanted) -> bool:
        """See application.ports.market_data.MarketData."""
        if wanted.listing_id in self._provider.symbols:
            return True
        exchanges = self._provider.exchanges
        return wanted.exchange in US_EXCHANGES and (exchanges is None or wanted.exchange in exchanges)

    def quotes(self, wanted: Sequence[Wanted]) -> Quoted:
        """See application.ports.market_data.MarketData."""
        by_symbol = self._by_symbol(wanted)
        asked = self._feed({"symbols": ",".join(by_symbol)})
        payload = self._asked("quotes", wanted, "/v2/stocks/snapshots", asked)
        with reading(payload) as json:
            return Quoted(quotes(json, by_symbol, self.name), [payload])

    def closes(self, wanted: Sequence[Wanted], since: date) -> Quoted:
        """See application.ports.market_data.MarketData."""
        by_symbol = self._by_symbol(wanted)
        asked = self._feed(
            {
                "symbols": ",".join(by_symbol),
                "timeframe": "1Day",
                "start": f"{since}T00:00:00Z",
                "limit": str(BARS_MAX),
                "adjustment": "raw",
            }
        )
        payloads, bars = [], []
        for payload in self._pages(wanted, asked):
            with reading(payload) as json:
                bars += closes(json, by_symbol, since, self.name, self._timing)
            payloads.append(payload)
        return Quoted(bars, payloads)

    def rate(self, pair: Pair) -> Rated:
        """See application.ports.market_data.MarketData."""
        raise ProviderRefused("is not asked for exchange rates")

    def _pages(self, wanted: Sequence[Wanted], asked: Mapping[str, str]) -> Iterator[Payload]:
        """Every page; half of them would be no answer. Raises a kind of ProviderFailed."""
        token: str | None = None
        for _ in range(PAGES_MAX):
            turned = asked if token is None else {**asked, "page_token": token}
            payload = self._asked("closes", wanted, "/v2/stocks/bars", turned)
            yield payload
            with reading(payload) as json:
                token = next_page(json)
            if token is None:
                return
        raise ProviderGarbled(f"answered more than {PAGES_MAX} pages")

    def _asked(self, topic: Topic, wanted: Sequence[Wanted], path: str, asked: Mapping[str, str]) -> Payload:
        try:
            keys = self._credentials()
        except Conflict as sealed:
            raise ProviderRefused(f"cannot be asked: {sealed}") from None
        if keys is None:
            raise ProviderRefused(
                "cannot be asked: it has no keys, and the portfolio is not connected to Alpaca"
            )
        headers = {
            "APCA-API-KEY-ID": keys.key_id.get_secret_value(),
            "APCA-API-SECRET-KEY": keys.secret_key.get_secret_value(),
        }
        listing_ids = tuple(each.listing_id for each in wanted)
        return self._ask(topic, listing_ids, f"{self._url}{path}?{urlencode(asked)}", headers)

    def _feed(self, asked: dict[str, str]) -> Mapping[str, str]:
        return asked if self._provider.feed is None else {**asked, "feed": self._provider.feed}

    def _by_symbol(self, wanted: Sequence[Wanted]) -> Mapping[str, Wanted]:
        return {
            self._provider.symbol_of(each.listing_id, each.symbol, each.exchange): each for each in wanted
        }
