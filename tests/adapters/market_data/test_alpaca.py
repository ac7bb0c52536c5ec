"""Alpaca's market data: trade and quote at one moment, pages of bars, and who is asked for what."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from adapters.market_data.alpaca import AlpacaData
from adapters.market_data.alpaca_answers import quotes
from adapters.market_data.asking import Asking
from adapters.market_data.exact_json import Json, read_json
from adapters.market_data.timing import Timing
from adapters.outbound.addresses import AddressPolicy
from adapters.outbound.client import Outbound
from application.ports import PricePoint
from application.ports.market_data import ProviderGarbled, ProviderRefused
from domain.market_data.providers import Provider
from market_data_contract.bench import KO, NOW, PG, SESSIONS, WEEK
from market_data_contract.wire import AlpacaBench


def snapshot(traded: timedelta | None, quoted: timedelta | None) -> PricePoint:
    """What is made of a trade at 97 and a quote of 98 to 99, each so long ago."""

    def at(ago: timedelta) -> str:
        return (NOW - ago).isoformat().replace("+00:00", "Z")

    trade = "null" if traded is None else f'{{"t":"{at(traded)}","p":97}}'
    quote = "null" if quoted is None else f'{{"t":"{at(quoted)}","bp":98,"ap":99}}'
    json: Json = read_json(f'{{"KO":{{"latestTrade":{trade},"latestQuote":{quote}}}}}'.encode())
    (point,) = quotes(json, {"KO": KO}, "alpaca")
    return point


SECOND = timedelta(seconds=1)


def test_trade_and_quote_of_one_moment_are_one_price() -> None:
    point = snapshot(4 * SECOND, 1 * SECOND)
    assert (point.last, point.bid, point.as_of) == (Decimal(97), Decimal(98), NOW - SECOND)


def test_a_trade_of_long_ago_does_not_borrow_the_quote_s_moment() -> None:
    point = snapshot(5 * SECOND, SECOND)
    assert (point.last, point.bid, point.as_of) == (None, Decimal(98), NOW - SECOND)


def test_a_quote_of_long_ago_does_not_borrow_the_trade_s_moment() -> None:
    point = snapshot(SECOND, 5 * SECOND)
    assert (point.last, point.bid, point.as_of) == (Decimal(97), None, NOW - SECOND)


def test_either_alone_is_a_price() -> None:
    assert snapshot(SECOND, None).value == 97
    assert snapshot(None, SECOND).value == Decimal("98.5")


def test_every_price_is_in_dollars_by_its_own_word() -> None:
    assert snapshot(SECOND, SECOND).currency == "USD"


def test_bars_come_from_every_page(stack: ExitStack) -> None:
    bench = AlpacaBench(stack)
    bench.tell(KO, bars=WEEK)
    bench.tell(PG, bars=WEEK)
    points = bench.provider().closes([KO, PG], WEEK[0].day).points
    assert [(point.listing_id, point.last) for point in points] == [
        (each.listing_id, Decimal(bar.close)) for each in (KO, PG) for bar in WEEK[:-1]
    ]
    pages = bench.server.asked_for("/v2/stocks/bars")
    assert [asked.query.get("page_token") for asked in pages] == [None, "3", "6", "9"]
    assert {asked.query["feed"] for asked in pages} == {"iex"}


def test_half_of_the_pages_are_no_answer(stack: ExitStack) -> None:
    bench = AlpacaBench(stack)
    bench.tell(KO, bars=WEEK)
    bench.server.spoil = lambda reply: (
        replace(reply, content=b"<html>") if len(bench.server.asked) > 1 else reply
    )
    with pytest.raises(ProviderGarbled):
        bench.provider().closes([KO], WEEK[0].day)


def test_pages_without_an_end_are_left(stack: ExitStack) -> None:
    bench = AlpacaBench(stack)
    bench.server.spoil = lambda reply: replace(reply, content=b'{"bars":{},"next_page_token":"3"}')
    with pytest.raises(ProviderGarbled, match="20 pages"):
        bench.provider().closes([KO], WEEK[0].day)


def test_bars_of_another_symbol_are_no_answer(stack: ExitStack) -> None:
    bench = AlpacaBench(stack)
    bench.tell(KO, bars=WEEK)
    bench.server.spoil = lambda reply: replace(reply, content=reply.content.replace(b'"KO"', b'"PG"'))
    with pytest.raises(ProviderGarbled, match="bars of PG"):
        bench.provider().closes([KO], WEEK[0].day)


def test_no_bar_yet_is_an_answer(stack: ExitStack) -> None:
    assert list(AlpacaBench(stack).provider().closes([KO], date(2026, 11, 20)).points) == []


def test_symbols_are_alpaca_s_on_american_exchanges_only(stack: ExitStack) -> None:
    bench = AlpacaBench(stack)
    abroad = replace(KO, exchange="XLON")
    provider = bench.provider()
    assert provider.serves(KO)
    assert not provider.serves(abroad)


def test_without_keys_nobody_is_asked(stack: ExitStack) -> None:
    bench = AlpacaBench(stack)
    outbound = stack.enter_context(Outbound(AddressPolicy.parse("127.0.0.1")))
    provider = AlpacaData(
        Provider(name="alpaca", kind="alpaca"),
        lambda: None,
        bench.server.url,
        Asking(outbound, NOW, 20),
        Timing(SESSIONS, NOW),
    )
    with pytest.raises(ProviderRefused, match="not connected to Alpaca"):
        provider.quotes([KO])
    assert bench.server.asked == []
