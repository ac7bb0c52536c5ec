"""Alpaca's market data as its SDK defines it: snapshots, and daily bars in pages."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from provider_server.board import Bar, Board, Quote
from provider_server.door import Asked, Reply

NEW_YORK = ZoneInfo("America/New_York")
PAGE = 3
"""So small that a few days take several pages."""


def answer(asked: Asked, board: Board) -> Reply:
    """The true answer to a request."""
    symbols = asked.query.get("symbols", "").split(",")
    match asked.path:
        case "/v2/stocks/snapshots":
            found = [f'"{each}":{_snapshot(board.quotes[each])}' for each in symbols if each in board.quotes]
            return _reply(f"{{{','.join(found)}}}")
        case "/v2/stocks/bars":
            return _bars(asked, symbols, board)
        case _:
            return Reply(404, b'{"message":"endpoint not found."}')


def _snapshot(quote: Quote) -> str:
    at = (
        quote.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + "123Z"
    )  # nanoseconds, as Alpaca sends them
    trade = (
        f'{{"t":"{at}","x":"V","p":{quote.last},"s":100,"c":["@"],"i":1,"z":"A"}}' if quote.last else "null"
    )
    book = f'{{"t":"{at}","ax":"V","ap":{quote.ask or 0},"as":1,"bx":"V","bp":{quote.bid or 0},"bs":1,"c":["R"]}}'
    return (
        f'{{"latestTrade":{trade},"latestQuote":{book},"minuteBar":null,"dailyBar":null,"prevDailyBar":null}}'
    )


def _bars(asked: Asked, symbols: list[str], board: Board) -> Reply:
    """A page of bars of all symbols in a row, as the real one fills its pages symbol after symbol."""
    if asked.query["timeframe"] != "1Day" or asked.query["adjustment"] != "raw":
        return Reply(422, b'{"message":"invalid"}')
    start = datetime.fromisoformat(asked.query["start"])
    every = [
        (symbol, bar) for symbol in symbols for bar in board.bars.get(symbol, []) if _begins(bar) >= start
    ]
    first = int(asked.query.get("page_token", 0))
    page, token = every[first : first + PAGE], first + PAGE
    by_symbol = {
        symbol: [_bar(bar) for each, bar in page if each == symbol]
        for symbol in dict.fromkeys(s for s, _ in page)
    }
    bars = ",".join(f'"{symbol}":[{",".join(days)}]' for symbol, days in by_symbol.items())
    more = f'"{token}"' if token < len(every) else "null"
    return _reply(f'{{"bars":{{{bars}}},"next_page_token":{more}}}')


def _bar(bar: Bar) -> str:
    open_, high, low, close = bar.ohlc
    at = _begins(bar).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f'{{"t":"{at}","o":{open_},"h":{high},"l":{low},"c":{close},"v":1000,"n":10,"vw":{close}}}'


def _begins(bar: Bar) -> datetime:
    """Alpaca's days begin at midnight in New York."""
    return datetime(bar.day.year, bar.day.month, bar.day.day, tzinfo=NEW_YORK).astimezone(UTC)


def _reply(text: str) -> Reply:
    json.loads(text)
    return Reply(content=text.encode(), headers={"content-type": "application/json"})
