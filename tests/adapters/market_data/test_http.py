"""The generic provider: the shapes that answers come in, and answers about something else."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pydantic import SecretStr

from adapters.market_data.asking import Asking
from adapters.market_data.http import HttpProvider
from adapters.market_data.timing import Timing
from adapters.outbound.addresses import AddressPolicy
from adapters.outbound.client import Outbound
from application.ports import PricePoint
from application.ports.broker import KeysSealed
from application.ports.market_data import MarketData, ProviderGarbled, ProviderRefused
from domain.fx import Pair, Rate
from market_data_contract.bench import KO, NOW, PG, SESSIONS, WEEK
from market_data_contract.wire import http_provider
from provider_server.board import Quote
from provider_server.door import Door, Reply
from provider_server.server import ProviderServer

LATE = NOW - timedelta(minutes=1)
Describe = Callable[..., MarketData]


@pytest.fixture
def server(stack: ExitStack) -> ProviderServer:
    server = stack.enter_context(ProviderServer())
    server.board.quotes["KO"] = Quote("97.10", LATE)
    server.board.bars["KO"] = WEEK
    return server


@pytest.fixture
def described(stack: ExitStack, server: ProviderServer) -> Describe:
    """The provider with some of its description changed."""
    outbound = stack.enter_context(Outbound(AddressPolicy.parse("127.0.0.1")))

    def describe(**others: Any) -> MarketData:
        asking, timing = Asking(outbound, NOW, 20), Timing(SESSIONS, NOW)
        return HttpProvider(http_provider(server, **others), lambda: SecretStr(server.key), asking, timing)

    return describe


@pytest.fixture
def saying(stack: ExitStack, described: Describe) -> Callable[..., PricePoint]:
    """The quote that is read from an answer."""

    def say(body: str, **question: Any) -> PricePoint:
        door = stack.enter_context(Door(lambda _: Reply(content=body.encode())))
        quotes = {"url": f"{door.url}/{{symbol}}", "last": "p", "as_of": "t"} | question
        (point,) = described(quotes=quotes, headers={}).quotes([KO]).points
        return point

    return say


def test_closes_side_by_side_are_read_as_days(server: ProviderServer, described: Describe) -> None:
    """The shape of Yahoo's charts; a day without a price is null there."""
    server.board.bars["KO"] = [WEEK[0], replace(WEEK[1], close="null"), *WEEK[2:]]
    where = "chart.result[0]"
    closes = {
        "url": f"{server.url}/columns/{{symbol}}",
        "as_of": f"{where}.timestamp",
        "close": f"{where}.indicators.quote[0].close",
    }
    points = described(closes=closes).closes([KO], WEEK[0].day).points
    assert [(point.as_of, str(point.last)) for point in points] == [
        (SESSIONS.close_of("XNYS", bar.day), bar.close) for bar in (WEEK[0], *WEEK[2:4])
    ]


def test_closes_under_their_dates_are_read_as_days(server: ProviderServer, described: Describe) -> None:
    """The shape of Alpha Vantage's series."""
    closes = {
        "url": f"{server.url}/by-date/{{symbol}}",
        "items": '["Time Series (Daily)"]',
        "as_of": "@",
        "close": '["4. close"]',
    }
    points = described(closes=closes).closes([KO], WEEK[0].day).points
    assert [str(point.last) for point in points] == [bar.close for bar in WEEK[:-1]]


def test_two_different_bars_of_one_day_are_believed_neither(
    server: ProviderServer, described: Describe
) -> None:
    server.board.bars["KO"] = [WEEK[0], replace(WEEK[0], close="9.65")]
    with pytest.raises(ProviderGarbled, match="two different bars of 2026-11-16"):
        described().closes([KO], WEEK[0].day)


def test_an_answer_about_another_symbol_is_none(server: ProviderServer, described: Describe) -> None:
    server.board.quotes["PG"] = Quote("141.5", LATE)
    server.spoil = lambda reply: replace(reply, content=reply.content.replace(b'"KO"', b'"PG"'))
    with pytest.raises(ProviderGarbled, match="is about PG where KO was asked for"):
        described().quotes([KO])
    with pytest.raises(ProviderGarbled, match="another symbol than KO"):
        described().closes([KO], WEEK[0].day)


def test_a_listing_goes_by_its_own_symbol_there(server: ProviderServer, described: Describe) -> None:
    server.board.quotes |= {"KO.N": Quote("97.20", LATE), "P&G/X?": Quote("141.5", LATE)}
    provider = described(suffixes={"XNYS": ".N"}, symbols={str(PG.listing_id): "P&G/X?"})
    assert provider.quotes([KO]).points[0].last == Decimal("97.20")
    with pytest.raises(ProviderGarbled, match="404"):
        provider.quotes([PG])
    assert [asked.path for asked in server.asked] == ["/quote/KO.N", "/quote/P%26G%2FX%3F"]


def test_what_a_provider_calls_the_currency_and_unit_comes_as_it_says(
    server: ProviderServer, described: Describe
) -> None:
    for said, unit, expected in (("GBP", "GBp", ("GBP", "GBp")), ("usd", "usd", ("USD", "USD"))):
        server.board.quotes["KO"] = Quote("97.10", LATE, currency=said, unit=unit)
        (point,) = described().quotes([KO]).points
        assert (point.currency, point.unit) == expected


def test_a_label_that_is_promised_and_missing_makes_no_price(saying: Callable[..., PricePoint]) -> None:
    with pytest.raises(ProviderGarbled, match="has no 'c'"):
        saying('{"p":1,"t":"2026-11-20T15:59:00Z"}', currency="c")


def test_a_quote_of_a_day_is_the_close_of_its_session(saying: Callable[..., PricePoint]) -> None:
    point = saying('{"p":"97.75","t":"2026-11-19"}')
    assert (point.as_of, point.is_close) == (SESSIONS.close_of("XNYS", date(2026, 11, 19)), True)


@pytest.mark.parametrize(
    ("day", "why"),
    [("2026-11-20", "not over"), ("2026-11-22", "no session"), ("1900-01-01", "cannot be timed")],
)
def test_a_quote_of_a_day_that_has_no_close_is_none(
    saying: Callable[..., PricePoint], day: str, why: str
) -> None:
    with pytest.raises(ProviderGarbled, match=why):
        saying(f'{{"p":"97.75","t":"{day}"}}')


@pytest.mark.parametrize(
    "body", ['{"t":1763654340}', '{"p":null,"t":1763654340}', '{"p":{},"t":1}', '{"p":1}', '{"p":1,"t":""}']
)
def test_a_quote_without_price_or_moment_is_none(saying: Callable[..., PricePoint], body: str) -> None:
    with pytest.raises(ProviderGarbled):
        saying(body)


def test_of_several_items_the_one_that_was_asked_for_is_read(saying: Callable[..., PricePoint]) -> None:
    items = '{"r":[{"s":"PG","p":1,"t":1763654340},{"s":"KO","p":2,"t":1763654340}]}'
    assert saying(items, items="r", symbol="s").last == 2
    with pytest.raises(ProviderGarbled, match="2 items"):
        saying(items, items="r")


def test_an_exchange_rate_is_of_the_pair_that_was_asked_for(
    server: ProviderServer, described: Describe
) -> None:
    server.board.rates["USD", "GBP"] = "0.74123456789", LATE
    found = described().rate(Pair("USD", "GBP")).rate
    assert found == Rate(Pair("USD", "GBP"), LATE, Decimal("0.74123456789"), "alpha")
    server.spoil = lambda reply: replace(
        reply, content=reply.content.replace(b'"base":"USD"', b'"base":"EUR"')
    )
    with pytest.raises(ProviderGarbled, match="is about EUR where USD was asked for"):
        described().rate(Pair("USD", "GBP"))


def test_a_daily_rate_is_of_its_afternoon(stack: ExitStack, described: Describe) -> None:
    door = stack.enter_context(Door(lambda _: Reply(content=b'{"date":"2026-11-19","rates":{"GBP":0.74}}')))
    fx = {"url": f"{door.url}/latest?base={{base}}", "rate": "rates.{quote}", "as_of": "date"}
    found = described(fx=fx, headers={}).rate(Pair("USD", "GBP")).rate
    assert found.as_of == datetime(2026, 11, 19, 15, tzinfo=UTC)


def test_a_key_that_is_not_there_or_cannot_be_opened_is_said(
    stack: ExitStack, server: ProviderServer
) -> None:
    outbound = stack.enter_context(Outbound(AddressPolicy.parse("127.0.0.1")))

    def sealed() -> SecretStr:
        raise KeysSealed("It was sealed with another key.")

    for key, why in ((lambda: None, "has not been given"), (sealed, "sealed with another key")):
        asking, timing = Asking(outbound, NOW, 20), Timing(SESSIONS, NOW)
        with pytest.raises(ProviderRefused, match=why):
            HttpProvider(http_provider(server), key, asking, timing).quotes([KO])
    assert server.asked == []


def test_a_key_in_the_address_is_told_to_nobody_else(
    described: Describe, stack: ExitStack, server: ProviderServer
) -> None:
    door = stack.enter_context(Door(lambda _: Reply(500, b"")))
    quotes = {"url": f"{door.url}/{{symbol}}?key={{key}}", "last": "p", "as_of": "t"}
    with pytest.raises(Exception, match="500") as failed:
        described(quotes=quotes, headers={}).quotes([KO])
    assert door.asked[0].query["key"] == server.key
    assert server.key not in str(failed.value)


def test_a_provider_is_asked_about_its_own_exchanges_only(described: Describe) -> None:
    abroad = replace(KO, exchange="XLON")
    assert described().serves(abroad)
    assert not described(exchanges=["XNYS"]).serves(abroad)
    assert described(exchanges=["XNYS"]).serves(KO)
    assert described(exchanges=["XNYS"], symbols={str(KO.listing_id): "KO.L"}).serves(abroad)
