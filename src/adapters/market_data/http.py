"""Any provider that answers JSON over HTTP, as a portfolio's configuration describes it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from pydantic import SecretStr

from adapters.market_data import http_answers as answers
from adapters.market_data.asking import Asking, reading
from adapters.market_data.timing import Timing
from application.ports.broker import KeysSealed
from application.ports.market_data import (
    Payload,
    ProviderRefused,
    Quoted,
    Rated,
    Topic,
    Wanted,
)
from domain.fx import Pair
from domain.market_data.providers import Provider
from domain.market_data.questions import KEY, Question
from domain.market_data.templates import filled, filled_url

KeyOf = Callable[[], SecretStr | None]
"""The provider's key, asked for when it is needed. Raises KeysSealed."""


class HttpProvider:
    """One such provider, at one moment."""

    def __init__(self, provider: Provider, key: KeyOf, asking: Asking, timing: Timing) -> None:
        self._provider = provider
        self._key = key
        self._ask = asking
        self._timing = timing

    @property
    def name(self) -> str:
        """See application.ports.market_data.MarketData."""
        return self._provider.name

    @property
    def topics(self) -> frozenset[Topic]:
        """See application.ports.market_data.MarketData."""
        named: dict[Topic, Question | None] = {
            "quotes": self._provider.quotes,
            "closes": self._provider.closes,
            "fx": self._provider.fx,
        }
        return frozenset(topic for topic, question in named.items() if question is not None)

    def listings_max(self, topic: Topic) -> int:
        """See application.ports.market_data.MarketData."""
        quotes = self._provider.quotes
        return quotes.symbols_max if topic == "quotes" and quotes is not None else 1

    def serves(self, wanted: Wanted) -> bool:
        """See application.ports.market_data.MarketData."""
        exchanges = self._provider.exchanges
        return (
            exchanges is None or wanted.exchange in exchanges or wanted.listing_id in self._provider.symbols
        )

    def quotes(self, wanted: Sequence[Wanted]) -> Quoted:
        """See application.ports.market_data.MarketData."""
        question = self._provider.quotes
        if question is None:
            raise ProviderRefused("is not asked for quotes")
        if question.symbols_max == 1:
            (one,) = wanted
            values = self._values(one)
            payload = self._asked("quotes", wanted, question, values)
            with reading(payload) as json:
                point = answers.quote_of_one(json, question, values, one, self.name, self._timing)
            return Quoted([point], [payload])
        by_symbol = {self._symbol(each): each for each in wanted}
        payload = self._asked("quotes", wanted, question, {"symbols": ",".join(by_symbol)})
        with reading(payload) as json:
            points = answers.quotes_of_many(json, question, by_symbol, self.name, self._timing)
        return Quoted(points, [payload])

    def closes(self, wanted: Sequence[Wanted], since: date) -> Quoted:
        """See application.ports.market_data.MarketData."""
        question = self._provider.closes
        if question is None:
            raise ProviderRefused("is not asked for closes")
        (one,) = wanted
        values = {**self._values(one), "since": since.isoformat()}
        payload = self._asked("closes", wanted, question, values)
        with reading(payload) as json:
            points = answers.closes(json, question, values, one, since, self.name, self._timing)
        return Quoted(points, [payload])

    def rate(self, pair: Pair) -> Rated:
        """See application.ports.market_data.MarketData."""
        question = self._provider.fx
        if question is None:
            raise ProviderRefused("is not asked for exchange rates")
        payload = self._asked("fx", [], question, {"base": pair.base, "quote": pair.quote})
        with reading(payload) as json:
            found = answers.rate(json, question, pair, self.name, self._timing)
        return Rated(found, payload)

    def _asked(
        self, topic: Topic, wanted: Sequence[Wanted], question: Question, values: Mapping[str, str]
    ) -> Payload:
        key = self._opened_key()
        url = filled_url(question.url, {**values, **key})
        headers = {name: filled(value, key) for name, value in self._provider.headers.items()}
        return self._ask(topic, tuple(each.listing_id for each in wanted), url, headers)

    def _opened_key(self) -> Mapping[str, str]:
        """The key under its place's name; nothing for a provider that takes none."""
        if not self._provider.takes_key:
            return {}
        try:
            key = self._key()
        except KeysSealed as sealed:
            raise ProviderRefused(f"cannot be asked: {sealed}") from None
        if key is None:
            raise ProviderRefused("cannot be asked: its key has not been given")
        return {KEY: key.get_secret_value()}

    def _values(self, wanted: Wanted) -> Mapping[str, str]:
        return {
            "symbol": self._symbol(wanted),
            "exchange": wanted.exchange,
            "currency": wanted.currency,
        }

    def _symbol(self, wanted: Wanted) -> str:
        return self._provider.symbol_of(wanted.listing_id, wanted.symbol, wanted.exchange)
