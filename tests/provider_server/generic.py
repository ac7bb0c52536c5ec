"""A provider as there are many: JSON over HTTP, numbers bare on the wire."""

import json
from datetime import UTC, datetime

from provider_server.board import Bar, Board, Quote
from provider_server.door import Asked, Reply

NOT_FOUND = Reply(404, b'{"error":"unknown symbol"}')


def answer(asked: Asked, board: Board) -> Reply:
    """The true answer to a request."""
    match asked.path.strip("/").split("/"):
        case ["quote", symbol] if symbol in board.quotes:
            return _reply(_quote(symbol, board.quotes[symbol]))
        case ["quotes"]:
            wanted = asked.query["symbols"].split(",")
            found = [_quote(each, board.quotes[each]) for each in wanted if each in board.quotes]
            return _reply(f'{{"quotes":[{",".join(found)}]}}')
        case ["daily", symbol] if symbol in board.bars:
            since = asked.query["since"]
            days = [each for each in board.bars[symbol] if each.day.isoformat() >= since]
            return _reply(f'{{"symbol":"{symbol}","bars":[{",".join(_bar(each) for each in days)}]}}')
        case ["columns", symbol] if symbol in board.bars:
            return _reply(_columns(board.bars[symbol]))
        case ["by-date", symbol] if symbol in board.bars:
            dated = [f'"{each.day}":{{"4. close":"{each.close}"}}' for each in board.bars[symbol]]
            return _reply(f'{{"Time Series (Daily)":{{{",".join(dated)}}}}}')
        case ["fx", base, quote] if (base, quote) in board.rates:
            rate, at = board.rates[base, quote]
            return _reply(f'{{"base":"{base}","rates":{{"{quote}":{rate}}},"time":{int(at.timestamp())}}}')
        case _:
            return NOT_FOUND


def _reply(text: str) -> Reply:
    json.loads(text)
    return Reply(content=text.encode(), headers={"content-type": "application/json"})


def _quote(symbol: str, quote: Quote) -> str:
    numbers = {"price": quote.last, "bid": quote.bid, "ask": quote.ask}
    fields = [f'"{name}":{digits or "null"}' for name, digits in numbers.items()]
    texts = {"symbol": symbol, "time": _rfc3339(quote.at), "currency": quote.currency, "unit": quote.unit}
    fields += [f'"{name}":{json.dumps(text)}' for name, text in texts.items()]
    return f"{{{','.join(fields)}}}"


def _bar(bar: Bar) -> str:
    open_, high, low, close = bar.ohlc
    return f'{{"date":"{bar.day}","o":{open_},"h":{high},"l":{low},"c":{close}}}'


def _columns(bars: list[Bar]) -> str:
    """As Yahoo's charts are."""
    moments = [
        int(datetime(each.day.year, each.day.month, each.day.day, 14, 30, tzinfo=UTC).timestamp())
        for each in bars
    ]
    closes = ",".join(each.close for each in bars)
    return f'{{"chart":{{"result":[{{"timestamp":{moments},"indicators":{{"quote":[{{"close":[{closes}]}}]}}}}]}}}}'


def _rfc3339(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
