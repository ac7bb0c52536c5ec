"""How a portfolio describes a provider, and what it cannot say."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.market_data.paths import filled_steps, steps
from domain.market_data.providers import Provider
from domain.market_data.templates import filled_url

QUOTES = {"url": "https://prices.example/quote/{symbol}", "last": "price", "as_of": "time"}
CLOSES = {
    "url": "https://prices.example/daily/{symbol}/{since}",
    "items": "bars",
    "as_of": "day",
    "close": "c",
}
FX = {"url": "https://prices.example/fx/{base}", "rate": "rates.{quote}", "as_of": "time"}
ALPHA = {"name": "alpha", "kind": "http", "quotes": QUOTES}


def problems(**described: Any) -> dict[str, str]:
    """The field and the reason of everything that is wrong with a description."""
    with pytest.raises(ValidationError) as refused:
        Provider.model_validate(ALPHA | described)
    return {".".join(str(part) for part in each["loc"]): each["msg"] for each in refused.value.errors()}


def test_a_description_is_read_as_it_is_given() -> None:
    provider = Provider.model_validate(
        ALPHA | {"closes": CLOSES, "fx": FX, "headers": {"X-Key": "Token {key}"}}
    )
    assert Provider.model_validate_json(provider.model_dump_json()) == provider
    assert provider.takes_key
    assert provider.hosts == ("https://prices.example",)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://prices.example/{symbol}", "begins with https"),
        ("prices.example/{symbol}", "begins with https"),
        ("https:///{symbol}", "and a host"),
        ("https://{symbol}.example/", "host outright"),
        ("https://prices.example:99999/{symbol}", "must be an address"),
        ("https://prices.example:0/{symbol}", "and a host"),
        ("https://me:secret@prices.example/{symbol}", "name or a password"),
        ("https://prices.example/{symbol}#top", "fragment"),
        ("https://prices.example/{symbol} x", "without spaces"),
        ("https://prices.example/{symbol}\r\nHost: x", "without spaces"),
        ("https://prices.example/{Symbol}", "brace"),
        ("https://prices.example/{symbol!r}", "brace"),
        ("https://prices.example/{symbol", "brace"),
    ],
)
def test_an_address_that_cannot_be_asked_is_named(url: str, reason: str) -> None:
    found = problems(quotes=QUOTES | {"url": url})
    assert reason in found["quotes.url"]
    assert "secret" not in found["quotes.url"]


@pytest.mark.parametrize(
    ("question", "change", "reason"),
    [
        ("quotes", {"url": "https://prices.example/"}, "must have the place {symbol}"),
        ("quotes", {"url": "https://prices.example/{symbol}{since}"}, "has no place {since}"),
        ("quotes", {"last": None}, "where last stands"),
        ("quotes", {"symbols_max": 2}, "{symbol}"),
        (
            "quotes",
            {"symbols_max": 2, "url": "https://prices.example/{symbols}"},
            "where items stand",
        ),
        ("closes", {"url": "https://prices.example/{since}"}, "must have the place {symbol}"),
        ("fx", {"rate": "rate"}, "must have the place {quote}"),
        ("fx", {"url": "https://prices.example/{symbol}"}, "has no place {symbol}"),
    ],
)
def test_a_question_asks_for_what_is_wanted(question: str, change: dict[str, Any], reason: str) -> None:
    every: dict[str, dict[str, Any]] = {"quotes": QUOTES, "closes": CLOSES, "fx": FX}
    assert reason in problems(**{question: every[question] | change})[question]


@pytest.mark.parametrize(
    "path", ["", ".", "a.", "a..b", "a b", "a[x]", "a[-1]", "[", 'a["b]', "{symbol", "a.{since}"]
)
def test_a_path_that_cannot_be_followed_is_named(path: str) -> None:
    assert "quotes.last" in problems(quotes=QUOTES | {"last": path})


@pytest.mark.parametrize(
    ("described", "field"),
    [
        ({"name": "Alpha"}, "name"),
        ({"name": ""}, "name"),
        ({"kind": "yahoo"}, "kind"),
        ({"headers": {"Host": "x"}}, "headers"),
        ({"headers": {"a b": "x"}}, "headers"),
        ({"headers": {"X-Key": "a\r\nX: b"}}, "headers.X-Key"),
        ({"headers": {"X-Key": "{secret}"}}, "headers.X-Key"),
        ({"symbols": {"KO": "KO"}}, "symbols.KO.[key]"),
        ({"suffixes": {"NYSE!": ".N"}}, "suffixes.NYSE!.[key]"),
        ({"unknown": 1}, "unknown"),
        ({"quotes": None}, ""),
        ({"kind": "alpaca"}, ""),
        ({"feed": "iex"}, ""),
        ({"kind": "simulated", "quotes": None, "exchanges": ["XSIM"]}, ""),
    ],
)
def test_whatever_else_is_wrong_is_named_too(described: dict[str, Any], field: str) -> None:
    assert field in problems(**described)


@given(symbol=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20))
def test_no_symbol_reaches_beyond_its_place_in_an_address(symbol: str) -> None:
    filled = filled_url("https://prices.example/a/{symbol}/b?c={symbol}", {"symbol": symbol})
    assert filled.startswith("https://prices.example/a/")
    assert filled.count("/") == 5
    assert filled.count("?") == 1
    assert not set("#& ") & set(filled)


def test_a_place_in_a_path_is_one_name_whatever_stands_in_it() -> None:
    assert filled_steps("rates.{quote}[0]", {"quote": "a.b[1]"}) == ("rates", "a.b[1]", 0)
    assert steps('["Global Quote"]["05. price"]') == ("Global Quote", "05. price")


def test_a_listing_goes_by_its_own_symbol_or_its_exchange_s_suffix() -> None:
    listing_id = UUID("019aa000-0000-7000-8000-00000000a001")
    provider = Provider.model_validate(
        ALPHA | {"suffixes": {"XLON": ".L"}, "symbols": {str(listing_id): "EZJ-LON"}}
    )
    assert provider.symbol_of(listing_id, "EZJ", "XLON") == "EZJ-LON"
    assert provider.symbol_of(UUID(int=1), "EZJ", "XLON") == "EZJ.L"
    assert provider.symbol_of(UUID(int=1), "KO", "XNYS") == "KO"
